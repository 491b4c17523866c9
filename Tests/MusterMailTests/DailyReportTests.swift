import Extracts
import Foundation
import LookForward
import MusterStore
import Roster
import Testing

@testable import MusterMail

@Suite("The day's report from a store")
struct DailyReportTests {
    @Test("A store into which nothing was imported has nothing to report on")
    func nothing() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "muster-mail-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try MusterStore(path: folder.appending(path: "trust.sqlite").path, creating: true)
        #expect(throws: NothingImported(path: store.path)) {
            try DailyReport(
                store, on: InventedReport.friday, asOf: nil, clock: InventedReport.at("2025-11-21T06:30")
            ).make(days: nil, edition: "morning")
        }
    }
}
