import Foundation
import Roster

/// An issue of the look-forward report as it was sent out.
///
/// An issue that says that there is no valid report is an issue of its own: it never stands in the way of the
/// valid one that follows when the data has come.
public struct ReportIssue: Hashable, Sendable {
    /// Which issue: one a day, organisation and edition.
    public struct Key: Hashable, Sendable, CustomStringConvertible {
        public let organisation: Organisation.ID
        public let date: Day
        /// `morning` unless somebody asked for another one the same day.
        public let edition: String
        /// Whether it reports; otherwise it says why there is no valid report.
        public let isValid: Bool

        public init(organisation: Organisation.ID, date: Day, edition: String, isValid: Bool) {
            self.organisation = organisation
            self.date = date
            self.edition = edition
            self.isValid = isValid
        }

        /// `RX1 2026-11-20 morning`, `RX1 2026-11-20 morning (no valid report)`.
        public var description: String {
            "\(organisation) \(date) \(edition)\(isValid ? "" : " (no valid report)")"
        }
    }

    public let key: Key
    public let generated: Instant
    /// The report as JSON, read back whole by those who know its type.
    public let report: Data

    public init(key: Key, generated: Instant, report: Data) {
        self.key = key
        self.generated = generated
        self.report = report
    }
}

/// A finished message that is to be kept before it is sent.
public struct OutboxDraft: Hashable, Sendable {
    /// The recipient's id in the report's policy, such as `bank-nursing`.
    public let recipient: String
    /// The envelope's addresses.
    public let from: String
    public let to: String
    /// Without angle brackets.
    public let messageID: String
    public let subject: String
    /// The whole message as it goes over the wire (RFC 5322, CRLF).
    public let bytes: Data

    public init(
        recipient: String, from: String, to: String, messageID: String, subject: String, bytes: Data
    ) {
        self.recipient = recipient
        self.from = from
        self.to = to
        self.messageID = messageID
        self.subject = subject
        self.bytes = bytes
    }
}

/// A message in the outbox.
public struct OutboxMessage: Hashable, Sendable {
    public typealias ID = RecordNumber<OutboxMessage>

    public enum State: String, CaseIterable, Hashable, Sendable, Codable {
        /// To be sent when its time has come.
        case waiting
        /// An attempt is going on, or its process ended without a word.
        case sending
        /// The server has it.
        case accepted
        /// The server will not take it, or it came back; somebody must act.
        case refused
        /// It waited until it was no longer news: for a day, or until a message of a newer issue took its place.
        case expired
    }

    public let id: ID
    public let issue: ReportIssue.Key
    public let draft: OutboxDraft
    public let state: State
    /// How many attempts began.
    public let attempts: Int
    /// When it is due, if it is waiting.
    public let due: Instant
    /// From when on it is no longer sent.
    public let expires: Instant
    /// What became of the last attempt that ended; nil before.
    public let last: Delivery?
}

/// One attempt to send a message, or the word that it came back.
public struct OutboxAttempt: Hashable, Sendable {
    /// 1, 2, 3 …
    public let number: Int
    public let began: Instant
    /// Nil while it goes on, and until an interrupted one was noticed.
    public let ended: Instant?
    public let delivery: Delivery?
}
