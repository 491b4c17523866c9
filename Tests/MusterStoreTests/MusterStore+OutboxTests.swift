import Foundation
import GRDB
import Roster
import Testing

@testable import MusterStore

/// An issue with messages for three invented mailboxes.
enum InventedIssue {
    /// Friday 21 November 2025.
    static let day = Day(ordinal: 20_413)
    static let noon = London.instant(day, ClockTime(minute: 720))
    static let tomorrow = noon + ElapsedMinutes(hours: 24)

    static func key(_ edition: String = "morning", isValid: Bool = true, on date: Day = day)
        -> ReportIssue.Key
    {
        ReportIssue.Key(organisation: "X1N", date: date, edition: edition, isValid: isValid)
    }

    static func issue(
        _ key: ReportIssue.Key = key(), report: String = #"{"gaps":2}"#, generated: Instant = noon
    ) -> ReportIssue {
        ReportIssue(key: key, generated: generated, report: Data(report.utf8))
    }

    static func draft(_ recipient: String, of key: ReportIssue.Key = key()) -> OutboxDraft {
        OutboxDraft(
            recipient: recipient, from: "report@x1n.example", to: "\(recipient)@x1n.example",
            messageID: "\(recipient).\(key.date).\(key.edition).\(key.isValid)@x1n.example",
            subject: "Staffing look forward",
            bytes: Data("To: \(recipient)\r\n\r\nNothing to do.\r\n".utf8))
    }

    static let recipients = ["bank", "matron", "medical"]
}

extension MusterStore {
    @discardableResult
    func enqueueInvented(
        _ key: ReportIssue.Key = InventedIssue.key(), _ recipients: [String] = InventedIssue.recipients,
        at now: Instant = InventedIssue.noon, generated: Instant? = nil
    ) throws -> [OutboxMessage.ID] {
        try enqueue(
            InventedIssue.issue(key, generated: generated ?? now),
            recipients.map { InventedIssue.draft($0, of: key) },
            expires: now + ElapsedMinutes(hours: 24), at: now)
    }
}

@Suite("The outbox")
struct OutboxTests {
    private let folder: TemporaryFolder
    private let store: MusterStore
    private let noon = InventedIssue.noon

    init() throws {
        folder = try TemporaryFolder()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
    }

    @Test("An issue that was only shown gives way to a newer one, and one with messages to none")
    func shown() throws {
        func report() throws -> String? {
            try store.issue(on: InventedIssue.day, edition: "morning", isValid: true).map {
                String(decoding: $0.report, as: UTF8.self)
            }
        }
        func addressed() throws -> ReportIssue? {
            try store.issue(on: InventedIssue.day, edition: "morning", isValid: true, isAddressed: true)
        }
        for text in [#"{"gaps":1}"#, #"{"gaps":3}"#] {
            try store.keep(InventedIssue.issue(report: text))
            #expect(try report() == text)
        }
        #expect(try addressed() == nil)
        #expect(
            try store.issues(from: InventedIssue.day, before: InventedIssue.day.advanced(by: 1)).count == 1)
        try store.enqueueInvented()
        #expect(try report() == #"{"gaps":2}"#)
        try store.keep(InventedIssue.issue(report: #"{"gaps":9}"#))
        #expect(try report() == #"{"gaps":2}"#)
        #expect(try addressed() != nil)
    }

    @Test("What was kept comes back byte for byte, with its issue")
    func kept() throws {
        let ids = try store.enqueueInvented()
        let messages = try store.outboxMessages(of: InventedIssue.key())
        #expect(messages.map(\.id) == ids)
        let drafts = InventedIssue.recipients.map { InventedIssue.draft($0) }
        #expect(messages.map(\.draft) == drafts)
        #expect(messages.allSatisfy { $0.state == .waiting && $0.attempts == 0 && $0.last == nil })
        let issue = try store.issue(on: InventedIssue.day, edition: "morning", isValid: true)
        #expect(issue == InventedIssue.issue())
    }

    @Test("The same issue again adds nothing and changes nothing; a new recipient gets theirs")
    func again() throws {
        let ids = try store.enqueueInvented()
        let other = InventedIssue.issue(report: "{}")
        let drafts = InventedIssue.recipients.map { InventedIssue.draft($0) }
        #expect(try store.enqueue(other, drafts, expires: noon, at: noon).isEmpty)
        #expect(
            try store.issue(on: InventedIssue.day, edition: "morning", isValid: true)
                == InventedIssue.issue())
        let added = try store.enqueueInvented(InventedIssue.key(), InventedIssue.recipients + ["site"])
        #expect(added.count == 1)
        #expect(try store.outboxMessages().map(\.id) == ids + added)
    }

    @Test("Another edition, and a valid report after none, are issues of their own")
    func editions() throws {
        try store.enqueueInvented(InventedIssue.key(isValid: false))
        try store.enqueueInvented(InventedIssue.key())
        try store.enqueueInvented(InventedIssue.key("afternoon"))
        #expect(try store.outboxMessages().count == 9)
        #expect(
            try store.issues(from: InventedIssue.day, before: InventedIssue.day.advanced(by: 1)).count == 2)
        #expect(try store.issues(from: InventedIssue.day.advanced(by: -1), before: InventedIssue.day).isEmpty)
    }

    @Test("A failure of the database keeps neither the issue nor any of its messages")
    func whole() throws {
        let twice = [InventedIssue.draft("bank"), InventedIssue.draft("bank", of: InventedIssue.key())]
        let clash = OutboxDraft(
            recipient: "other", from: twice[0].from, to: twice[0].to, messageID: twice[0].messageID,
            subject: "", bytes: Data())
        #expect(throws: StoreError.self) {
            try store.enqueue(InventedIssue.issue(), [twice[0], clash], expires: noon, at: noon)
        }
        #expect(try store.outboxMessages().isEmpty)
        #expect(try store.issue(on: InventedIssue.day, edition: "morning", isValid: true) == nil)
    }

    // MARK: - Sending

    private func begin(_ lock: borrowing OutboxLock, at now: Instant? = nil) throws -> OutboxMessage {
        let due = try #require(try store.dueMessages(lock, at: now ?? noon).first)
        return try #require(try store.begin(due.id, lock, at: now ?? noon))
    }

    @Test("Each verdict has its consequence", arguments: Verdict.allCases)
    func consequence(verdict: Verdict) throws {
        try store.enqueueInvented(InventedIssue.key(), ["bank"])
        let lock = try OutboxLock(of: store)
        let message = try begin(lock)
        #expect(message.state == .sending)
        let delivery = Delivery(verdict, code: 250, reply: "so said")
        try store.record(delivery, of: message, lock, at: noon)
        let after = try store.outboxMessage(message.id)
        #expect(after.last == delivery)
        switch verdict {
        case .accepted, .acceptedOnAFullDisk: #expect(after.state == .accepted)
        case .refused, .bounced: #expect(after.state == .refused)
        case .interrupted:
            #expect(after.state == .waiting)
            #expect(after.due == noon)
        default:
            #expect(after.state == .waiting)
            #expect(after.due == noon + ElapsedMinutes(2))
        }
        #expect(verdict.isAccepted == (after.state == .accepted))
        #expect(try store.begin(message.id, lock, at: noon) == nil || after.state == .waiting)
    }

    @Test("Waits grow to an hour, by the clock that is passed in")
    func waits() throws {
        #expect((1...8).map { RetryPlan.wait(after: $0).count } == [2, 4, 8, 16, 32, 60, 60, 60])
        try store.enqueueInvented(InventedIssue.key(), ["bank"])
        let lock = try OutboxLock(of: store)
        var now = noon
        for wait in [2, 4, 8, 16, 32, 60] {
            try store.record(
                Delivery(.unreachable, reply: ""), of: try begin(lock, at: now), lock, at: now)
            #expect(try store.dueMessages(lock, at: now + ElapsedMinutes(wait - 1)).isEmpty)
            now = now + ElapsedMinutes(wait)
            #expect(try store.dueMessages(lock, at: now).count == 1)
        }
    }

    @Test("What was left in the middle is recorded as interrupted, and due again at once")
    func interrupted() throws {
        try store.enqueueInvented(InventedIssue.key(), ["bank"])
        let message = try begin(try OutboxLock(of: store))
        let lock = try OutboxLock(of: store)
        try store.recover(lock, at: noon)
        let after = try store.outboxMessage(message.id)
        #expect(after.state == .waiting)
        #expect(after.last?.verdict == .interrupted)
        #expect(try store.dueMessages(lock, at: noon).map(\.id) == [message.id])
    }

    @Test("On a full disk the verdict finds room in the lock's note, and is filed later")
    func fullDisk() throws {
        try store.enqueueInvented(InventedIssue.key(), ["bank"])
        let lock = try OutboxLock(of: store)
        let message = try begin(lock)
        // No page may be added, and a long reply needs one.
        let pages = try store.write { db in try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0 }
        try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
        let reply = String(repeating: "taken ", count: 10_000)
        #expect(throws: StoreError.diskFull(path: store.path)) {
            try store.record(Delivery(.accepted, code: 250, reply: reply), of: message, lock, at: noon)
        }
        #expect(try store.outboxMessage(message.id).state == .sending)

        try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        try store.recover(lock, at: noon)
        let after = try store.outboxMessage(message.id)
        #expect(after.state == .accepted)
        #expect(after.last?.verdict == .acceptedOnAFullDisk)
        #expect(lock.note == nil)
    }

    @Test("A message that waited for a day is given up, and said to be")
    func expired() throws {
        try store.enqueueInvented(InventedIssue.key(), ["bank"])
        let lock = try OutboxLock(of: store)
        let ids = try store.outboxMessages().map(\.id)
        #expect(try store.recover(lock, at: InventedIssue.tomorrow - ElapsedMinutes(1)).isEmpty)
        #expect(try store.outboxMessages().map(\.state) == [.waiting])
        let given = try store.recover(lock, at: InventedIssue.tomorrow)
        #expect(given.map(\.id) == ids)
        #expect(given.map(\.state) == [.expired])
        #expect(try store.recover(lock, at: InventedIssue.tomorrow).isEmpty, "each is told once")
    }

    // MARK: - Nobody gets an older report after a newer one

    /// Who is sent something at that time, each by the first attempt.
    private func due(_ now: Instant) throws -> (due: [OutboxMessage.ID], given: [OutboxMessage.ID]) {
        let lock = try OutboxLock(of: store)
        let given = try store.recover(lock, at: now).map(\.id)
        return (try store.dueMessages(lock, at: now).map(\.id), given)
    }

    @Test(
        "What waits gives way to a message of a newer issue to the same recipient, and is said to be given up",
        arguments: [
            (InventedIssue.key(), 0, InventedIssue.key("afternoon"), 120),
            (InventedIssue.key(), 0, InventedIssue.key(on: InventedIssue.day.advanced(by: 1)), 1_110),
            (InventedIssue.key(isValid: false), 0, InventedIssue.key(), 0),
            // Looking back: both were made at the issue time of their day.
            (InventedIssue.key(), 0, InventedIssue.key("afternoon"), 0),
        ])
    func replaced(old: ReportIssue.Key, from: Int, new: ReportIssue.Key, to: Int) throws {
        let first = try store.enqueueInvented(old, at: noon + ElapsedMinutes(from))
        let now = noon + ElapsedMinutes(to)
        let second = try store.enqueueInvented(new, ["bank", "medical"], at: now)
        let (due, given) = try due(now + ElapsedMinutes(1))
        #expect(Set(due) == [first[1], second[0], second[1]], "the matron has no newer one")
        #expect(given == [first[0], first[2]])
        #expect(throws: StoreRefusal.replaced(first[0], by: second[0])) {
            try store.requeue([first[0]], expires: InventedIssue.tomorrow, at: now)
        }
    }

    @Test("An older issue that is kept after the newer one is not sent, and is said to be given up")
    func late() throws {
        let hour = noon + ElapsedMinutes(60)
        let newer = try store.enqueueInvented(InventedIssue.key("afternoon"), ["bank"], at: hour)
        let older = try store.enqueueInvented(
            InventedIssue.key(), ["bank", "matron"], at: hour, generated: noon)
        let (due, given) = try due(hour)
        #expect(due == [newer[0], older[1]])
        #expect(given == [older[0]])
        #expect(throws: StoreRefusal.replaced(older[0], by: newer[0])) {
            try store.requeue([older[0]], expires: InventedIssue.tomorrow, at: hour)
        }
    }

    @Test("An issue of an earlier day that was made later takes no place and loses none")
    func madeAhead() throws {
        let ahead = try store.enqueueInvented(
            InventedIssue.key(on: InventedIssue.day.advanced(by: 1)), ["bank"])
        let evening = try store.enqueueInvented(
            InventedIssue.key("evening"), ["bank"], at: noon + ElapsedMinutes(60))
        #expect(try due(noon + ElapsedMinutes(61)).due == ahead + evening)
    }

    @Test("A message that was being sent when the newer issue came ends as it ends, and is not tried again")
    func replacedInFlight() throws {
        let ids = try store.enqueueInvented(InventedIssue.key(), ["bank", "matron"])
        let lock = try OutboxLock(of: store)
        let bank = try begin(lock)
        let matron = try begin(lock)
        let hour = noon + ElapsedMinutes(60)
        try store.enqueueInvented(InventedIssue.key("afternoon"), ["bank", "matron"], at: hour)
        #expect(try store.outboxMessage(ids[0]).state == .sending)
        try store.record(Delivery(.accepted, reply: ""), of: bank, lock, at: hour)
        try store.record(Delivery(.refusedForNow, reply: ""), of: matron, lock, at: hour)
        #expect(try store.begin(ids[1], lock, at: hour + ElapsedMinutes(2)) == nil)
        #expect(try store.recover(lock, at: hour + ElapsedMinutes(2)).map(\.id) == [ids[1]])
        #expect(try store.outboxMessage(ids[0]).state == .accepted)
    }

    @Test("A refused or returned message of which there is a newer one waits for nobody to act")
    func replacedRefusal() throws {
        let ids = try store.enqueueInvented(InventedIssue.key(), ["bank", "matron"])
        let lock = try OutboxLock(of: store)
        for verdict in [Verdict.refused, .accepted] {
            try store.record(Delivery(verdict, reply: ""), of: try begin(lock), lock, at: noon)
        }
        let hour = noon + ElapsedMinutes(60)
        let newer = try store.enqueueInvented(InventedIssue.key("afternoon"), ["bank", "matron"], at: hour)
        try store.keepBounce(of: ids[1], reason: "mailbox full", at: hour)
        #expect(try store.outstandingMessages(at: hour).map(\.id) == newer)
        #expect(try store.outboxMessages(of: InventedIssue.key()).map(\.state) == [.refused, .refused])
    }

    @Test("What no server has is outstanding while it is news")
    func outstanding() throws {
        let ids = try store.enqueueInvented()
        let lock = try OutboxLock(of: store)
        for verdict in [Verdict.accepted, .refused, .unreachable] {
            try store.record(Delivery(verdict, reply: ""), of: try begin(lock), lock, at: noon)
        }
        #expect(try store.outstandingMessages(at: noon).map(\.id) == Array(ids.dropFirst()))
        #expect(try store.outstandingMessages(at: InventedIssue.tomorrow).isEmpty)
    }

    @Test("What came back counts as refused, with what was said, and can be sent again")
    func bounced() throws {
        let ids = try store.enqueueInvented(InventedIssue.key(), ["bank"])
        let lock = try OutboxLock(of: store)
        #expect(throws: StoreRefusal.notAccepted(ids[0])) {
            try store.keepBounce(of: ids[0], reason: "mailbox full", at: noon)
        }
        try store.record(Delivery(.accepted, code: 250, reply: "taken"), of: try begin(lock), lock, at: noon)
        #expect(throws: StoreRefusal.unsaid(field: "reason")) {
            try store.keepBounce(of: ids[0], reason: " ", at: noon)
        }
        try store.keepBounce(of: ids[0], reason: "mailbox full", at: noon + ElapsedMinutes(9))
        let after = try store.outboxMessage(ids[0])
        #expect(after.state == .refused && after.attempts == 1)
        #expect(after.last == Delivery(.bounced, reply: "mailbox full"))
        #expect(try store.outstandingMessages(at: noon).map(\.id) == ids)

        try store.requeue(ids, expires: InventedIssue.tomorrow, at: noon)
        try store.record(Delivery(.accepted, code: 250, reply: "taken"), of: try begin(lock), lock, at: noon)
        #expect(try store.outboxMessage(ids[0]).state == .accepted)
        #expect(
            try store.attempts(of: ids[0]).map { $0.delivery?.verdict } == [.accepted, .bounced, .accepted])
    }

    @Test("A refused message goes out again only if it is named, and an accepted one never")
    func requeue() throws {
        let ids = try store.enqueueInvented(InventedIssue.key(), ["bank", "matron"])
        let lock = try OutboxLock(of: store)
        for verdict in [Verdict.refused, .accepted] {
            try store.record(Delivery(verdict, reply: ""), of: try begin(lock), lock, at: noon)
        }
        #expect(try store.dueMessages(lock, at: InventedIssue.tomorrow).isEmpty)
        #expect(throws: StoreRefusal.alreadyAccepted(ids[1])) {
            try store.requeue(ids, expires: InventedIssue.tomorrow, at: noon)
        }
        #expect(try store.outboxMessage(ids[0]).state == .refused, "neither is changed")
        try store.requeue([ids[0]], expires: InventedIssue.tomorrow, at: noon)
        #expect(try store.dueMessages(lock, at: noon).map(\.id) == [ids[0]])
        #expect(throws: StoreRefusal.noMessage(RecordNumber(99))) {
            try store.requeue([RecordNumber(99)], expires: noon, at: noon)
        }
    }

    @Test("Two cannot hold the lock at once")
    func lock() throws {
        do {
            let first = try OutboxLock(of: store)
            #expect(throws: StoreError.sending(path: store.path)) {
                _ = try OutboxLock(of: store, patience: 1)
            }
            _ = first.note
        }
        _ = try OutboxLock(of: store, patience: 0)
    }
}
