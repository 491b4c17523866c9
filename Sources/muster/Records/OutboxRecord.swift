import MusterStore
import Roster

/// What `muster outbox retry --json` prints.
struct RetryRecord: Encodable {
    /// Those that were tried.
    let messages: [OutboxRecord]
    /// Others that wait, were refused or came back, and are still news.
    let outstanding: [OutboxRecord]
    /// Those that were given up now.
    let expired: [OutboxRecord]

    init(_ result: RetryResult) {
        messages = result.tried.map(OutboxRecord.init)
        outstanding = result.outstanding.map(OutboxRecord.init)
        expired = result.expired.map(OutboxRecord.init)
    }
}

/// A message of the outbox as `--json` prints it; its bytes are printed by `muster outbox show --source`.
struct OutboxRecord: Encodable {
    struct Attempt: Encodable {
        let number: Int
        let began: Instant
        let ended: Instant?
        let verdict: String?
        let code: Int?
        let reply: String?
    }

    let id: Int64
    let issue: String
    let date: Day
    let edition: String
    let valid: Bool
    let recipient: String
    let address: String
    let messageId: String
    let subject: String
    let state: String
    let attempts: Int
    let due: Instant
    let verdict: String?
    let code: Int?
    let reply: String?
    let history: [Attempt]?

    init(_ message: OutboxMessage) { self.init(message, attempts: nil) }

    init(_ message: OutboxMessage, attempts: [OutboxAttempt]?) {
        id = message.id.value
        issue = message.issue.description
        date = message.issue.date
        edition = message.issue.edition
        valid = message.issue.isValid
        recipient = message.draft.recipient
        address = message.draft.to
        messageId = message.draft.messageID
        subject = message.draft.subject
        state = message.state.rawValue
        self.attempts = message.attempts
        due = message.due
        verdict = message.last?.verdict.rawValue
        code = message.last?.code
        reply = message.last?.reply
        history = attempts?.map {
            Attempt(
                number: $0.number, began: $0.began, ended: $0.ended, verdict: $0.delivery?.verdict.rawValue,
                code: $0.delivery?.code, reply: $0.delivery?.reply)
        }
    }
}
