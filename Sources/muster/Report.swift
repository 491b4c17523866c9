import ArgumentParser
import Extracts
import Foundation
import LookForward
import MusterFiles
import MusterMail
import MusterStore
import Roster

/// `muster report`: what is short on the days ahead, on the screen, in files, or by email to the staff banks.
struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report what is short on the days ahead, and send it to the staff banks.",
        discussion: """
            Without --dry-run and --send the report is printed. Each recipient of report.yaml gets a cut of their own. \
            A message is kept in the store before it is sent; the same command again sends what was not accepted, \
            and nothing twice. Data that cannot be relied on give a message that says so.

            Exit codes: 0 nothing short; 2 soft gaps remain, or data are in doubt; 3 a hard gap is open; \
            65 no valid report, or no message for a recipient. With --send: 0 every message was accepted, whatever it \
            says; 74 not every one, or one of an earlier issue was given up.

            Examples:
              muster report --store trust.sqlite --date 2025-11-21
              muster report --store trust.sqlite --date 2025-11-21 --dry-run --output mail
              muster report --store trust.sqlite --date 2025-11-21 --send
              muster report --store trust.sqlite --date 2025-11-21 --who 7K2M-9QXD
            """)

    @OptionGroup var place: StoreOption

    @Option(help: ArgumentHelp("The first day reported on, the day of the issue.", valueName: "D"))
    var date: Day

    @Option(
        help: ArgumentHelp(
            "How many days. (default: what report.yaml says, such as 3, and 4 from a Friday)", valueName: "N")
    )
    var days: Int?

    @Option(
        help: ArgumentHelp(
            "Which issue of the day: one word. To send one of a day to come give another than morning.",
            valueName: "NAME"))
    var edition = Self.morning
    private static let morning = "morning"

    @Option(
        help: ArgumentHelp(
            "The time as of which it is made. (default: now; the issue time of a day that has passed)",
            valueName: "TIME"))
    var asOf: Instant?

    @Flag(help: "Write the messages as .eml files; open no connection.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Where --dry-run writes. (default: the folder out beside the store)", valueName: "DIR"),
        completion: .directory)
    var output: String?

    @Flag(help: "Send the messages.")
    var send = false

    @OptionGroup var mail: MailOption

    @Flag(help: "Show how good the issues before this day have been, instead of a report.")
    var review = false

    @Option(
        help: ArgumentHelp(
            "Say for whom this reference in a message stands, instead of a report.", valueName: "REFERENCE"))
    var who: String?

    @Flag(help: "Make the version that may be shown to anyone.")
    var anonymise = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if send, dryRun { throw ValidationError("--send and --dry-run exclude each other.") }
        if send, anonymise {
            throw ValidationError("--anonymise is for the screen and for files: leave out --send.")
        }
        if review, send || dryRun || anonymise {
            throw ValidationError("--review shows figures: leave out --send, --dry-run and --anonymise.")
        }
        if who != nil, send || dryRun || anonymise || review {
            throw ValidationError(
                "--who tells of one person: leave out --send, --dry-run, --anonymise and --review.")
        }
        if output != nil, !dryRun { throw ValidationError("--output belongs to --dry-run.") }
        if let days, !(1...14).contains(days) { throw ValidationError("--days is from 1 to 14.") }
        guard edition.wholeMatch(of: /[a-z0-9]{1,20}/) != nil else {
            throw ValidationError("--edition is one word of up to 20 small letters and digits.")
        }
    }

    func run() throws {
        let store = try place.open()
        let daily = try DailyReport(store, on: date, asOf: asOf, clock: .now)
        if review {
            let review = try daily.review()
            return try json
                ? Console.result(json: review) : Console.result(ReviewText.text(review, style: .result))
        }
        if let who {
            let people = try daily.people(with: who).map(ReferredPersonRecord.init)
            return try json
                ? Console.result(json: ["people": people])
                : Console.result(people.map(\.sentence).joined(separator: "\n"))
        }
        try send ? deliver(daily, store) : show(daily)
    }

    // MARK: - On the screen and in files

    private func show(_ daily: DailyReport) throws {
        let whole = try daily.make(days: days, edition: edition)
        let report = anonymise ? whole.anonymised() : whole
        let (files, unusable) = dryRun ? try write(whole, daily) : ([], [])
        if json {
            try Console.result(json: ReportRecord(report, files: files, unusable: unusable))
        } else if dryRun {
            try Console.result(files.joined(separator: "\n"))
        } else {
            try Console.result(ReportText.compose(report, for: ""))
        }
        remember(whole, daily)
        try (name(unusable) ? .badData : Outcome(report)).end()
    }

    /// What is read on a screen is acted upon like a message. That it cannot be kept does not make it wrong.
    private func remember(_ report: ShortageReport, _ daily: DailyReport) {
        do {
            try daily.remember(report, edition: edition)
        } catch {
            Console.note(
                "This issue could not be kept, so the next one cannot say what has changed: \(error)")
        }
    }

    /// Says who gets nothing, whatever else is printed.
    ///
    /// - Returns: Whether there is anybody.
    private func name(_ unusable: [UnusableRecipient]) -> Bool {
        unusable.forEach { Console.note("Error: \($0)") }
        return !unusable.isEmpty
    }

    /// - Returns: The paths of the files, and for whom there is none.
    private func write(
        _ report: ShortageReport, _ daily: DailyReport
    ) throws -> ([String], [UnusableRecipient]) {
        let dispatch =
            anonymise
            ? try Dispatch(anonymised: report, edition: edition)
            : Dispatch(report, edition: edition, to: try recipients(daily), from: try sender())
        let folder =
            output.map { URL(filePath: $0) }
            ?? URL(filePath: place.store).deletingLastPathComponent().appending(path: "out")
        return (
            try dispatch.write(to: folder).map { folder.appending(path: $0).path }, dispatch.unusable
        )
    }

    /// A dry run needs no mail settings.
    private func sender() throws -> EmailAddress {
        let file = mail.file(beside: place)
        guard mail.mail != nil || FileManager.default.fileExists(atPath: file.path) else {
            Console.note(
                "There is no \(file.path): the files have a sender that does not exist. Nothing else is different."
            )
            return try EmailAddress(EmailAddress.nobody)
        }
        return try MailFile(file).from
    }

    private func recipients(_ daily: DailyReport) throws -> [Recipient] {
        guard !daily.policy.recipients.isEmpty else {
            throw ValidationError(
                "Nobody is to be told: name the recipients in report.yaml, and import it again.")
        }
        return daily.policy.recipients
    }

    // MARK: - By email

    private func deliver(_ daily: DailyReport, _ store: MusterStore) throws {
        // What was sent once stays the issue, so that nothing would go out on the morning itself.
        if date > daily.now.day, edition == Self.morning {
            throw ValidationError(
                "The morning issue of \(date) is made that morning: give this one a name of its own, such as --edition ahead."
            )
        }
        let sender = try mail.sender(from: store, beside: place)
        let from = try MailFile(mail.file(beside: place)).from
        let recipients = try recipients(daily)
        let lock = try OutboxLock(of: store)
        // What went out once stays the issue: somebody has acted on it.
        let earlier = try store.issue(on: date, edition: edition, isValid: true, isAddressed: true)
        let report = try earlier.map(ShortageReport.init) ?? daily.make(days: days, edition: edition)
        let dispatch = Dispatch(report, edition: edition, to: recipients, from: from)
        let key = try dispatch.enqueue(in: store, at: .now)
        var sent: [OutboxMessage.ID] = []
        let expired = try sender.sendDue(lock) { message, delivery in
            if delivery.verdict.isAccepted { sent.append(message.id) }
            if !json { Console.note("\(message.draft.recipient): \(delivery.verdict.rawValue)") }
        }
        let messages = try store.outboxMessages(of: key)
        if json {
            try Console.result(
                json: ReportRecord(
                    report, messages: messages, sent: sent.count, expired: expired,
                    unusable: dispatch.unusable))
        } else {
            let unsent = messages.count { $0.state != .accepted } + dispatch.unusable.count
            let sum =
                sent.isEmpty && unsent == 0
                ? "Nothing was sent: every message of this issue had been accepted before."
                : "\(counted(sent.count, "message")) accepted now, \(unsent) of this issue not accepted."
            try Console.result(
                "\(report.subject)\n\(OutboxText.list(messages, style: .result))\n\(sum)"
                    + OutboxText.givenUp(expired, style: .result))
        }
        let isHealthy =
            !name(dispatch.unusable) && expired.isEmpty && messages.allSatisfy { $0.state == .accepted }
        try (isHealthy ? Outcome.done : .failedIO).end()
    }
}

extension Outcome {
    /// What a report that is not sent comes to. Nothing short is claimed only if the data allow it.
    init(_ report: ShortageReport) {
        if !report.isValid {
            self = .badData
        } else if !report.hardGaps.isEmpty {
            self = .hard
        } else {
            self = report.hasNothingToDo ? .done : .softGaps
        }
    }
}
