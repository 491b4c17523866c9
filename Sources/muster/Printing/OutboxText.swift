import MusterFiles
import MusterStore
import Roster

/// The outbox in words for a terminal.
enum OutboxText {
    static func list(_ messages: [OutboxMessage], style: Style) -> String {
        messages.isEmpty
            ? "The outbox is empty." : messages.map { line($0, style: style) }.joined(separator: "\n")
    }

    static func retry(_ result: RetryResult, style: Style) -> String {
        let tried = result.tried.isEmpty ? "Nothing is due." : list(result.tried, style: style)
        return tried + block("Not with the mail server", result.outstanding, style: style)
            + givenUp(result.expired, style: style)
    }

    /// Follows other lines; nothing if there are none.
    static func givenUp(_ expired: [OutboxMessage], style: Style) -> String {
        block(
            "Given up, since a newer report has taken their place or a day has passed; nobody got these",
            expired,
            style: style)
    }

    private static func block(_ heading: String, _ messages: [OutboxMessage], style: Style) -> String {
        messages.isEmpty ? "" : "\n\(heading):\n\(list(messages, style: style))"
    }

    static func show(_ message: OutboxMessage, _ attempts: [OutboxAttempt], style: Style) -> String {
        let draft = message.draft
        return
            ([
                line(message, style: style), "Subject: \(draft.subject)", "From: \(draft.from)",
                "Message-ID: <\(draft.messageID)>",
            ] + style.section("Attempts", attempts.map { "  \(attempt($0))" }, none: "none yet"))
            .joined(separator: "\n")
    }

    /// `7  accepted  RX1 2025-11-21 morning  bank-nursing <staff.bank@trust.example>: 250 OK`.
    private static func line(_ message: OutboxMessage, style: Style) -> String {
        let state =
            switch message.state {
            case .accepted: style.good("accepted")
            case .refused, .expired: style.bad(message.state.rawValue)
            case .waiting: message.attempts == 0 ? "waiting" : style.bad("waiting")
            case .sending: "sending"
            }
        var text =
            "\(message.id)  \(state)  \(message.issue)  \(message.draft.recipient) <\(message.draft.to)>"
        if let last = message.last { text += ": \(words(last))" }
        if message.state == .waiting, message.attempts > 0 { text += "; next attempt \(message.due)" }
        return text
    }

    private static func attempt(_ attempt: OutboxAttempt) -> String {
        let end = attempt.delivery.map { words($0) } ?? "goes on"
        return "\(attempt.number). \(attempt.began): \(end)"
    }

    private static func words(_ delivery: Delivery) -> String {
        let doubt =
            delivery.verdict.isUncertain
            ? " (the server may have it; a second copy has the same Message-ID)" : ""
        return "\(delivery.verdict.rawValue)\(doubt), \(delivery.reply)"
    }
}
