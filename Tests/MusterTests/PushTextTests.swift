import Foundation
import MusterLink
import MusterStore
import Roster
import SystemPool
import Testing

@testable import muster

@Suite("What muster push prints")
struct PushTextTests {
    @Test("What the system says is to be put right stands under the push that it took, and in JSON")
    func warnings() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try MusterStore(path: scratch.path("trust.sqlite"), creating: true)
        let now = Instant(minutes: 29_000_000)
        try store.enqueue(OrganisationPush(organisation: "NS1", extractedAt: now, first: now.day), at: now)
        let warning = "send MAIN under another id"
        let record = PushRecord(
            sent: try store.queuedPushes().map { SentPush(push: $0, warnings: [warning]) }, waiting: [],
            pulled: [], calls: [], lackPerson: [], lackVisitor: [], cancelled: [], fault: nil, error: nil)
        let lines = PushText.text(record, style: .plain).split(separator: "\n")
        #expect(lines.prefix(2).last == "  To put right: send MAIN under another id")
        #expect(record.sent.map(\.warnings) == [[warning]])
    }
}
