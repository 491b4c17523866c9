import Foundation
import MusterStore
import Roster

/// Sends what is due from a store's outbox.
public struct Sender: Sendable {
    private let store: MusterStore
    private let submission: any Submission
    private let now: @Sendable () -> Instant

    /// - Parameter now: The clock.
    public init(
        store: MusterStore, submission: any Submission, now: @escaping @Sendable () -> Instant
    ) {
        self.store = store
        self.submission = submission
        self.now = now
    }

    /// Sends every message whose time has come, one after the other: each attempt is noted before its first byte
    /// goes out and its verdict as soon as there is one.
    ///
    /// - Parameter onDelivery: Told of each verdict after it was recorded.
    /// - Returns: The messages that were given up now, since they are no longer news.
    /// - Throws: ``StoreError``; if the disk is full nothing further is sent.
    @discardableResult
    public func sendDue(
        _ lock: borrowing OutboxLock, onDelivery: (OutboxMessage, Delivery) -> Void = { _, _ in }
    ) throws -> [OutboxMessage] {
        let expired = try store.recover(lock, at: now())
        for due in try store.dueMessages(lock, at: now()) {
            guard let message = try store.begin(due.id, lock, at: now()) else { continue }
            let delivery = attempt(message)
            try store.record(delivery, of: message, lock, at: now())
            onDelivery(message, delivery)
        }
        return expired
    }

    private func attempt(_ message: OutboxMessage) -> Delivery {
        do throws(MessageError) {
            return submission.submit(
                message.draft.bytes, from: try EmailAddress(message.draft.from),
                to: try EmailAddress(message.draft.to))
        } catch {
            // Only somebody who changed the store by hand can bring this about.
            return Delivery(.refused, reply: "\(error)")
        }
    }
}
