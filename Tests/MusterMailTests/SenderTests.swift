import Foundation
import MusterStore
import Roster
import Synchronization
import Testing

@testable import MusterMail

@Suite("Sending what is due")
struct SenderTests {
    /// Answers what it is told to, and remembers what it was given.
    private final class Scripted: Submission {
        private let answers: Mutex<[Verdict]>
        let given = Mutex<[String]>([])

        init(_ answers: [Verdict]) { self.answers = Mutex(answers) }

        func submit(_ bytes: Data, from: EmailAddress, to: EmailAddress) -> Delivery {
            given.withLock { $0.append(to.text) }
            return Delivery(answers.withLock { $0.isEmpty ? .accepted : $0.removeFirst() }, reply: "scripted")
        }
    }

    private let folder = FileManager.default.temporaryDirectory.appending(path: "muster-mail-\(UUID())")
    private let noon = London.instant(Day(ordinal: 20_413), ClockTime(minute: 720))

    private func store() throws -> MusterStore {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let store = try MusterStore(path: folder.appending(path: "trust.sqlite").path, creating: true)
        let key = ReportIssue.Key(organisation: "X1N", date: noon.day, edition: "morning", isValid: true)
        let drafts = ["a", "b", "c"].map {
            OutboxDraft(
                recipient: $0, from: "report@x1n.example", to: "\($0)@x1n.example",
                messageID: "\($0)@x1n.example",
                subject: "", bytes: Data("\r\n".utf8))
        }
        try store.enqueue(
            ReportIssue(key: key, generated: noon, report: Data("{}".utf8)), drafts,
            expires: noon + ElapsedMinutes(hours: 24), at: noon)
        return store
    }

    @Test("One failure stops no other message; what was accepted is not sent again")
    func oneByOne() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(at: folder) }
        let lock = try OutboxLock(of: store)
        let server = Scripted([.accepted, .unreachable, .refused])
        try Sender(store: store, submission: server) { noon }.sendDue(lock)
        #expect(server.given.withLock(\.self) == ["a@x1n.example", "b@x1n.example", "c@x1n.example"])
        #expect(try store.outboxMessages().map(\.state) == [.accepted, .waiting, .refused])

        try Sender(store: store, submission: server) { noon + ElapsedMinutes(1) }.sendDue(lock)
        #expect(server.given.withLock(\.count) == 3, "nothing is due after a minute")
        var heard: [OutboxMessage.ID] = []
        try Sender(store: store, submission: server) { noon + ElapsedMinutes(2) }
            .sendDue(lock) { message, _ in heard.append(message.id) }
        #expect(server.given.withLock(\.last) == "b@x1n.example")
        #expect(heard.count == 1)
        #expect(try store.outboxMessages().map(\.state) == [.accepted, .accepted, .refused])
    }

    @Test("An attempt is on the record before the first byte goes out")
    func notedFirst() throws {
        /// Looks into the store in the middle of an attempt.
        struct Spy: Submission {
            let store: MusterStore

            func submit(_ bytes: Data, from: EmailAddress, to: EmailAddress) -> Delivery {
                let states = (try? store.outboxMessages().map(\.state)) ?? []
                return Delivery(states.contains(.sending) ? .accepted : .refused, reply: "")
            }
        }
        let store = try store()
        defer { try? FileManager.default.removeItem(at: folder) }
        let lock = try OutboxLock(of: store)
        try Sender(store: store, submission: Spy(store: store)) { noon }.sendDue(lock)
        #expect(try store.outboxMessages().allSatisfy { $0.state == .accepted })
    }
}
