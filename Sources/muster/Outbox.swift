import ArgumentParser
import Foundation
import MusterMail
import MusterStore
import Roster

/// `muster outbox`: what was sent, what waits, and why.
struct Outbox: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the report's messages, show one, or try again.",
        discussion: """
            A message is kept in the store before it is sent. One that the mail server could not take waits 2, 4, 8, \
            16 and 32 minutes and then an hour each, for a day; `muster outbox retry` sends what is due. What comes \
            back after the server took it lands in the sender's mailbox: `muster outbox bounced` notes it.

            Exit codes: 0 done; 74 (retry) a message of the last day waits, was refused or came back, or one was \
            given up.

            Examples:
              muster outbox list --store trust.sqlite
              muster outbox show 7 --store trust.sqlite
              muster outbox retry --store trust.sqlite
              muster outbox bounced 7 --reason "mailbox full" --store trust.sqlite
            """,
        subcommands: [List.self, Show.self, Retry.self, Bounced.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List every message, the newest issue first.")

        @OptionGroup var place: StoreOption

        @Flag(help: "Print one JSON object.")
        var json = false

        func run() throws {
            let messages = try place.open().outboxMessages()
            if json {
                try Console.result(json: ["messages": messages.map(OutboxRecord.init)])
            } else {
                try Console.result(OutboxText.list(messages, style: .result))
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a message and every attempt to send it.")

        @Argument(help: ArgumentHelp("The message, as `list` numbers it.", valueName: "ID"))
        var message: Int64

        @OptionGroup var place: StoreOption

        @Flag(help: "Print the message itself, as it goes over the wire.")
        var source = false

        @Flag(help: "Print one JSON object.")
        var json = false

        func validate() throws {
            if source, json { throw ValidationError("--source and --json exclude each other.") }
        }

        func run() throws {
            let store = try place.open()
            let found = try store.outboxMessage(OutboxMessage.ID(message))
            if source {
                try FileHandle.standardOutput.write(contentsOf: found.draft.bytes)
                return
            }
            let attempts = try store.attempts(of: found.id)
            if json {
                try Console.result(json: OutboxRecord(found, attempts: attempts))
            } else {
                try Console.result(OutboxText.show(found, attempts, style: .result))
            }
        }
    }

    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send what is due, or the messages that are named.")

        @Argument(
            help: ArgumentHelp(
                "Messages to send at once, also if they were refused. (default: those whose time has come)",
                valueName: "ID"))
        var messages: [Int64] = []

        @OptionGroup var place: StoreOption
        @OptionGroup var mail: MailOption

        @Flag(help: "Print one JSON object.")
        var json = false

        func run() throws {
            let store = try place.open()
            let sender = try mail.sender(from: store, beside: place)
            let lock = try OutboxLock(of: store)
            let named = messages.map(OutboxMessage.ID.init)
            var expired = try store.recover(lock, at: .now)
            try store.requeue(named, expires: .now + Dispatch.news, at: .now)
            var tried: Set<OutboxMessage.ID> = Set(named)
            expired += try sender.sendDue(lock) { message, _ in tried.insert(message.id) }
            let result = RetryResult(
                tried: try store.outboxMessages().filter { tried.contains($0.id) },
                outstanding: try store.outstandingMessages(at: .now).filter { !tried.contains($0.id) },
                expired: expired.filter { !tried.contains($0.id) })
            try json
                ? Console.result(json: RetryRecord(result))
                : Console.result(OutboxText.retry(result, style: .result))
            try (result.isHealthy ? Outcome.done : .failedIO).end()
        }
    }

    struct Bounced: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Note that a message came back after the mail server had taken it.",
            discussion: """
                It then counts as refused, until it is sent again with `muster outbox retry ID` or is no longer news.
                """)

        @Argument(help: ArgumentHelp("The message, as `list` numbers it.", valueName: "ID"))
        var message: Int64

        @Option(help: ArgumentHelp("What the mail that came back says, in one line.", valueName: "TEXT"))
        var reason: String

        @OptionGroup var place: StoreOption

        @Flag(help: "Print one JSON object.")
        var json = false

        func validate() throws {
            guard reason.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
                throw ValidationError("--reason is one line.")
            }
        }

        func run() throws {
            let store = try place.open()
            let id = OutboxMessage.ID(message)
            try store.keepBounce(of: id, reason: reason, at: .now)
            let after = try store.outboxMessage(id)
            try json
                ? Console.result(json: OutboxRecord(after))
                : Console.result(OutboxText.list([after], style: .result))
        }
    }
}

/// What a retry comes to.
struct RetryResult {
    /// Due now, or named.
    let tried: [OutboxMessage]
    /// Others that are still news and that no server has.
    let outstanding: [OutboxMessage]
    /// Given up now.
    let expired: [OutboxMessage]

    var isHealthy: Bool {
        outstanding.isEmpty && expired.isEmpty && tried.allSatisfy { $0.state == .accepted }
    }
}

/// Which mail settings a command uses.
struct MailOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The mail settings: server, sender, where the password is. (default: mail.yaml beside the store)",
            valueName: "FILE"), completion: .file())
    var mail: String?

    func file(beside place: StoreOption) -> URL {
        mail.map { URL(filePath: $0) }
            ?? URL(filePath: place.store).deletingLastPathComponent().appending(path: "mail.yaml")
    }

    func sender(from store: MusterStore, beside place: StoreOption) throws -> Sender {
        let server = try MailFile(file(beside: place)).server(
            environment: ProcessInfo.processInfo.environment)
        return Sender(store: store, submission: SMTPSubmission(server)) { .now }
    }
}
