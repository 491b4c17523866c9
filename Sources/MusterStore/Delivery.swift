import Roster

/// What became of one attempt to hand a message to a mail server.
///
/// The words tell apart who has to act: nobody (a temporary refusal passes), the sender of the report (an address
/// that is refused), or whoever runs the mail settings (a password, a certificate).
public enum Verdict: String, CaseIterable, Hashable, Sendable, Codable {
    /// The server took the message over (250 after its end).
    case accepted
    /// A reply from 400 to 499: the server asks to try again later.
    case refusedForNow = "refused-for-now"
    /// A reply from 500 to 599: this message will not be taken as it is.
    case refused
    /// The server took it over, and later it came back as undeliverable; somebody has said so.
    case bounced
    /// The server knows no such name and password, or offers no way to log in.
    case authenticationFailed = "authentication-failed"
    /// No TLS, a certificate that does not prove the server's name, or a CA file that cannot be read.
    case tlsFailed = "tls-failed"
    /// No such host, or nobody listens there.
    case unreachable
    /// The server fell silent before the whole message had been handed over.
    case timedOut = "timed-out"
    /// The server fell silent after the end of the message: it may have taken it over.
    case timedOutAtTheEnd = "timed-out-at-the-end"
    /// The connection broke before the whole message had been handed over.
    case dropped
    /// The connection broke after the end of the message: the server may have taken it over.
    case droppedAtTheEnd = "dropped-at-the-end"
    /// The sending process ended without a word, such as killed or by a power failure: the server may have the
    /// message.
    case interrupted
    /// The server took the message over, but the disk was too full to record it in the store at once.
    case acceptedOnAFullDisk = "accepted-on-a-full-disk"

    /// Whether the server has the message for certain.
    public var isAccepted: Bool { self == .accepted || self == .acceptedOnAFullDisk }

    /// Whether the server may have the message although it did not say so. The next attempt then carries the
    /// same Message-ID, so that the reader's system can tell the second copy from a new message.
    public var isUncertain: Bool {
        self == .timedOutAtTheEnd || self == .droppedAtTheEnd || self == .interrupted
    }
}

/// The verdict on an attempt, with the server's own last words.
public struct Delivery: Hashable, Sendable, Codable {
    public let verdict: Verdict
    /// The last SMTP reply code; nil if there was none.
    public let code: Int?
    /// What the server or the transport said, in one line.
    public let reply: String

    public init(_ verdict: Verdict, code: Int? = nil, reply: String) {
        self.verdict = verdict
        self.code = code
        self.reply = reply
    }
}

/// When the next attempt is due: 2, 4, 8, 16, 32 minutes after the last, then every hour.
public enum RetryPlan {
    /// - Parameter attempts: How many there were; at least 1.
    public static func wait(after attempts: Int) -> ElapsedMinutes {
        ElapsedMinutes(attempts > 5 ? 60 : 1 << max(1, attempts))
    }
}
