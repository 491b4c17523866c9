import Extracts
import Foundation
import LookForward
import MusterFiles
import MusterStore
import Roster
import Testing

@testable import MusterMail

@Suite("The day's report from a store")
struct DailyReportTests {
    private func withStore(_ body: (MusterStore) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "muster-mail-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(try MusterStore(path: folder.appending(path: "trust.sqlite").path, creating: true))
    }

    @Test("It is compared with what was sent, and not with what somebody looked at since")
    func sent() throws {
        try withStore { store in
            let demo = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Rosters/demo-trust")
            let six = InventedReport.at("2025-11-21T06:30")
            let read = try TrustImport.read(demo, now: six)
            try store.keep(read.extracts, reading: read.reading, by: "test", at: six)
            func daily(_ time: String) throws -> DailyReport {
                let now = InventedReport.at("2025-11-21T\(time)")
                return try DailyReport(store, on: InventedReport.friday, asOf: now, clock: now)
            }
            let early = try daily("06:00").make(days: 2, edition: "early")
            try daily("06:00").remember(early, edition: "early")
            let morning = try daily("06:30").make(days: nil, edition: "morning")
            #expect(morning.change?.sinceTime == early.generated, "nothing was sent before")
            _ = try Dispatch(
                morning, edition: "morning", to: daily("06:30").policy.recipients,
                from: EmailAddress("report@northgate.example")
            ).enqueue(in: store, at: six)
            let look = try daily("09:00").make(days: 1, edition: "look")
            try daily("09:00").remember(look, edition: "look")
            let change = try #require(try daily("13:00").make(days: nil, edition: "afternoon").change)
            #expect(change.sinceTime == morning.generated)
            #expect(change.firstReported.isEmpty && change.closed.isEmpty)
        }
    }

    @Test("A mailbox that cannot be used keeps nobody else's message back, and is named")
    func unusable() throws {
        try withStore { store in
            let recipients = ["bank..desk@trust.example", "matron@trust.example"].map { mailbox in
                Recipient(
                    id: Recipient.ID(String(mailbox.prefix { $0 != "@" })), name: "", mailbox: mailbox,
                    isInside: true)
            }
            let dispatch = Dispatch(
                InventedReport.whole, edition: "morning", to: recipients,
                from: try EmailAddress("report@trust.example"))
            let key = try dispatch.enqueue(in: store, at: InventedReport.at("2025-11-21T06:30"))
            #expect(try store.outboxMessages(of: key).map(\.draft.to) == ["matron@trust.example"])
            #expect(dispatch.unusable.map(\.recipient) == ["bank..desk"])
            #expect(dispatch.unusable.map(\.reason) == [.address("bank..desk@trust.example")])
        }
    }

    @Test("A store into which nothing was imported has nothing to report on")
    func nothing() throws {
        try withStore { store in
            #expect(throws: NothingImported(path: store.path)) {
                try DailyReport(
                    store, on: InventedReport.friday, asOf: nil, clock: InventedReport.at("2025-11-21T06:30")
                ).make(days: nil, edition: "morning")
            }
        }
    }
}
