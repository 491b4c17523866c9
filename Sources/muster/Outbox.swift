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
            16 and 32 minutes and then an hour each, for a day; `muster outbox retry` sends what is due.

            Exit codes: 0 done; 74 a message that was to be sent still is not.

            Examples:
              muster outbox list --store trust.sqlite
              muster outbox show 7 --store trust.sqlite
              muster outbox retry --store trust.sqlite
            """,
        subcommands: [List.self, Show.self, Retry.self], defaultSubcommand: List.self)

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
            try store.recover(lock, at: .now)
            try store.requeue(named, expires: .now + Dispatch.news, at: .now)
            var tried: Set<OutboxMessage.ID> = Set(named)
            try sender.sendDue(lock) { message, _ in tried.insert(message.id) }
            let after = try store.outboxMessages().filter { tried.contains($0.id) }
            if json {
                try Console.result(json: ["messages": after.map(OutboxRecord.init)])
            } else {
                try Console.result(after.isEmpty ? "Nothing is due." : OutboxText.list(after, style: .result))
            }
            try (after.allSatisfy { $0.state == .accepted } ? Outcome.done : .failedIO).end()
        }
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
