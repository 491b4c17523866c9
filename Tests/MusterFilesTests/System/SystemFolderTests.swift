import Foundation
import PlainText
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

    // MARK: - Levels

    /// A system whose only point has these conditions.
    private func read(_ conditions: String) throws -> SystemFolder {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder.appending(path: "pushes"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = """
            muster: 1
            system: {id: here, name: Here}
            organisations: [{id: NS1, name: Northgate, kind: acute}]
            escalation:
              - id: red
                level: 3
                name: Red
                needed: 2
                expires-hours: 8
                conditions: \(conditions)
            """
        try Data(text.utf8).write(to: folder.appending(path: "system.yaml"))
        return try SystemFolder.read(folder)
    }

    private func faults(_ conditions: String) -> [String] {
        let thrown = #expect(throws: Faults.self) { _ = try read(conditions) }
        return thrown?.faults.map { "\($0)" } ?? []
    }

    @Test("A level that rests on one quantity is a fault at its place, which says what would be accepted")
    func oneQuantity() throws {
        let found = faults("[{figure: gap-hours, at-least: 5}, {figure: gap-percent, at-least: 0.5}]")
        #expect(found.count == 1)
        let fault = found.first ?? ""
        #expect(fault.contains("system.yaml:10"), "\(fault)")
        #expect(fault.contains("of red"), "\(fault)")
        #expect(fault.contains("only hours required and missing (gap-hours, gap-percent)"), "\(fault)")
        #expect(fault.contains("accepted: figures of at least 2 of these: hours required"), "\(fault)")
        let sound = try read("[{figure: gap-hours, at-least: 5}, {figure: red-flags, at-least: 1}]")
        #expect(sound.system.escalation.points.count == 1)
    }

    @Test("A condition that cannot be read is the only fault: what the others measure is not all")
    func unreadableCondition() throws {
        let found = faults("[{figure: gap-hours, at-least: 5}, {figure: gap-hour, at-least: 1}]")
        #expect(found.count == 1)
        #expect(found.first?.contains("gap-hours") == true, "\(found)")
        #expect(found.first?.contains("measure only") == false, "\(found)")
    }
}
