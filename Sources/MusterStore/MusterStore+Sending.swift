import Foundation
import GRDB
import Roster

/// The steps of sending, for the one process that holds the ``OutboxLock``.
extension MusterStore {
    /// Puts right what an earlier process left in the middle of an attempt, and gives up what is no longer news.
    ///
    /// Nobody else sends while the lock is held, so a message that is being sent was left so. If its verdict
    /// stands in the lock's note, the disk was full; otherwise the process ended without a word, and the message
    /// is due again at once.
    ///
    /// - Returns: The messages that were given up now: somebody must be told.
    @discardableResult
    public func recover(_ lock: borrowing OutboxLock, at now: Instant) throws -> [OutboxMessage] {
        let note = lock.note
        let expired = try write { db in
            for message in try Self.inFlight(db) {
                let delivery =
                    note.flatMap { $0.message == message.id ? $0.delivery : nil }
                    ?? Delivery(.interrupted, reply: "the sending process ended before there was an answer")
                try Self.record(db, delivery, message, at: now)
            }
            let late = try Self.expiring(db, at: now)
            try db.execute(
                sql: "UPDATE message SET state = 'expired' WHERE state = 'waiting' AND expires <= ?",
                arguments: [now.minutes])
            return try late.map { try Self.message(db, $0.id) }
        }
        try lock.erase()
        return expired
    }

    /// What is due, the longest waiting first.
    public func dueMessages(_ lock: borrowing OutboxLock, at now: Instant) throws -> [OutboxMessage] {
        try read { try Self.unsent($0, dueAt: now) }
    }

    /// Notes that an attempt begins; must have returned before the first byte goes out.
    ///
    /// - Returns: nil if the message is not waiting, or is no longer news.
    public func begin(_ id: OutboxMessage.ID, _ lock: borrowing OutboxLock, at now: Instant) throws
        -> OutboxMessage?
    {
        try write { db in
            try db.execute(
                sql: """
                    UPDATE message SET state = 'sending' WHERE id = ? AND state = 'waiting' AND expires > ?
                    """, arguments: [id.value, now.minutes])
            guard db.changesCount == 1 else { return nil }
            try db.execute(
                sql: """
                    INSERT INTO attempt (message, number, began)
                    SELECT ?1, coalesce(max(number), 0) + 1, ?2 FROM attempt WHERE message = ?1
                    """, arguments: [id.value, now.minutes])
            return try Self.message(db, id)
        }
    }

    /// Records what became of the attempt that goes on. On a full disk the verdict goes into the lock's note,
    /// which needs no room, and ``recover(_:at:)`` files it.
    ///
    /// - Throws: ``StoreError/diskFull(path:)`` and others; the verdict is then in the note.
    public func record(
        _ delivery: Delivery, of message: OutboxMessage, _ lock: borrowing OutboxLock, at now: Instant
    ) throws {
        do {
            try write { try Self.record($0, delivery, message, at: now) }
        } catch {
            let onAFullDisk =
                delivery.verdict == .accepted
                ? Delivery(.acceptedOnAFullDisk, code: delivery.code, reply: delivery.reply) : delivery
            try lock.write(OutboxLock.Note(message: message.id, delivery: onAFullDisk))
            throw error
        }
    }

    /// Makes messages due now, also those that were refused or have expired: somebody has put the cause right.
    ///
    /// - Throws: ``StoreRefusal/noMessage(_:)``, ``StoreRefusal/alreadyAccepted(_:)``, ``StoreRefusal/replaced(_:by:)``;
    ///   then none is changed.
    public func requeue(_ ids: [OutboxMessage.ID], expires: Instant, at now: Instant) throws {
        try write { db in
            for id in ids {
                let message = try Self.message(db, id)
                guard message.state != .accepted else { throw StoreRefusal.alreadyAccepted(id) }
                if let newer = try Int64.fetchOne(
                    db,
                    sql: """
                        SELECT (\(Self.replacement) ORDER BY theirs.date DESC, theirs.generated DESC LIMIT 1)
                        FROM message WHERE id = ?
                        """, arguments: [id.value])
                {
                    throw StoreRefusal.replaced(id, by: OutboxMessage.ID(newer))
                }
                guard message.state != .sending else { continue }
                try db.execute(
                    sql: """
                        UPDATE message SET state = 'waiting', due = ?, expires = max(expires, ?) WHERE id = ?
                        """, arguments: [now.minutes, expires.minutes, id.value])
            }
        }
    }

    /// Notes that a message which the server had taken over came back: it counts as refused, and can be sent again.
    ///
    /// The word comes from whoever reads the sender's mailbox; SMTP itself ends with the server's acceptance.
    ///
    /// - Parameter reason: What the mail that came back says, in one line.
    /// - Throws: ``StoreRefusal/noMessage(_:)``, ``StoreRefusal/notAccepted(_:)``, ``StoreRefusal/unsaid(field:)``.
    public func keepBounce(of id: OutboxMessage.ID, reason: String, at now: Instant) throws {
        try Self.require(reason, "reason")
        try write { db in
            guard try Self.message(db, id).state == .accepted else { throw StoreRefusal.notAccepted(id) }
            try db.execute(
                sql: """
                    INSERT INTO attempt (message, number, began, ended, verdict, reply)
                    SELECT ?1, max(number) + 1, ?2, ?2, ?3, ?4 FROM attempt WHERE message = ?1
                    """, arguments: [id.value, now.minutes, Verdict.bounced.rawValue, reason])
            try db.execute(
                sql: "UPDATE message SET state = ? WHERE id = ?",
                arguments: [OutboxMessage.State.refused.rawValue, id.value])
            try Self.retireReplaced(db, at: now)
        }
    }

    private static func record(
        _ db: Database, _ delivery: Delivery, _ message: OutboxMessage, at now: Instant
    ) throws {
        try db.execute(
            sql: """
                UPDATE attempt SET ended = ?, verdict = ?, code = ?, reply = ?
                WHERE message = ? AND number = (SELECT max(number) FROM attempt WHERE message = ?)
                """,
            arguments: [
                now.minutes, delivery.verdict.rawValue, delivery.code, delivery.reply, message.id.value,
                message.id.value,
            ])
        let (state, wait): (OutboxMessage.State, ElapsedMinutes) =
            switch delivery.verdict {
            case .accepted, .acceptedOnAFullDisk: (.accepted, ElapsedMinutes(0))
            case .refused, .bounced: (.refused, ElapsedMinutes(0))
            case .interrupted: (.waiting, ElapsedMinutes(0))
            case .refusedForNow, .authenticationFailed, .tlsFailed, .unreachable, .timedOut,
                .timedOutAtTheEnd, .dropped, .droppedAtTheEnd:
                (.waiting, RetryPlan.wait(after: message.attempts))
            }
        try db.execute(
            sql: "UPDATE message SET state = ?, due = ? WHERE id = ?",
            arguments: [state.rawValue, (now + wait).minutes, message.id.value])
    }
}
