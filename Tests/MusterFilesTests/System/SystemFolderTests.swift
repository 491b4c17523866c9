import Foundation
import Roster
import SystemPool
import Testing

@testable import MusterFiles

@Suite("The folder of a system")
struct SystemFolderTests {
    private static let northStar = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Rosters/north-star-ics").standardizedFileURL

    @Test("North Star: five organisations, all pushes sound, moves worth making, proven")
    func northStar() throws {
        let folder = try SystemFolder.read(Self.northStar)
        #expect(folder.rejections.isEmpty)
        #expect(folder.pushes.count == 5)
        let now = try #require(folder.pushes.first).extractedAt
        let picture = SystemPicture.assemble(
            folder.system, pushes: folder.pushes.map { KeptPush(push: $0, receivedAt: now) }, at: now)
        let solution = try SystemPool.suggest(picture)
        #expect(solution.isProven)
        #expect(!solution.suggestions.isEmpty)
        let hard = try #require(solution.results.first { $0.level == .hardMinutes })
        #expect(hard.objective < hard.before)
        let strike = solution.suggestions.flatMap(\.moves).contains { $0.vacancy.id == "doctor-h-amu-e-14" }
        #expect(!strike)
        let unconfirmed = solution.hours.contains { $0.confirmedPerHour == nil }
        #expect(!unconfirmed)
        #expect(!solution.training.isEmpty)
    }
}
