import ArgumentParser
import Foundation
import MusterFiles
import MusterLink
import MusterMail
import MusterStore
import PlainText
import Roster
import SystemPool

/// `muster aid`: what an organisation itself does with calls for aid, on both sides.
struct Aid: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List calls for aid, confirm who goes, and book who comes.",
        discussion: """
            `muster push` pulls calls down. Once the asking organisation has accepted, the lender confirms: its own \
            rota is asked again, the system is told, and the receiving organisation is told who comes, from mailbox \
            to mailbox. The system never learns a name. The receiving organisation books whoever comes on its gap.

            Examples:
              muster aid list --store trust.sqlite
              muster aid confirm aid-3 --store trust.sqlite --role bank-desk --by "Bank desk" --reason "agreed by phone"
              muster aid receive aid-3 my-ward --store my-ward.sqlite --by "Bank desk" --reason "confirmed by NS1"
            """,
        subcommands: [List.self, Confirm.self, Receive.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the calls that concern this organisation, and who goes.")

        @OptionGroup var place: StoreOption
        @OptionGroup var clock: ClockOption

        @Flag(help: "Print one JSON object.")
        var json = false

        func run() throws {
            let store = try place.open()
            let record = AidListRecord(
                calls: try store.calls(), loans: try store.loans(),
                lackPerson: try store.callsLackingPerson(at: clock.now),
                lackVisitor: try store.callsToReceive(at: clock.now))
            if json {
                try Console.result(json: record)
            } else {
                try Console.result(PushText.calls(record, style: .result))
            }
        }
    }

    struct Confirm: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirm as the lender: check the rota again, tell the system, tell who comes.",
            discussion: """
                Without --send, the message to the receiving organisation is printed and nobody is told. The same \
                command again tells them again.

                Nobody goes who has not agreed to. Where a unit offered one of its people, without saying whom, --person \
                says who; unless lending.yaml lists them for that day, ask them, and state with --agreed that they \
                agree. Nobody goes either of whom lending.yaml says that something they need for it has lapsed.

                Exit codes: 0 confirmed; 3 refused, because a rule would be broken, a unit stripped, or somebody sent who \
                has not agreed or lacks something they need; 64 not a call \
                that can be confirmed here; 65 the system refuses, or the store's data are too old or too broken to \
                check by; 74 the system could not be reached or failed, or the message was not accepted.
                """)

        @Argument(help: "The call, as `list` names it.")
        var call: AidRequest.ID

        @OptionGroup var place: StoreOption
        @OptionGroup var signature: Signature
        @OptionGroup var link: LinkOption
        @OptionGroup var lending: LendingOption
        @OptionGroup var mail: MailOption

        @Option(help: ArgumentHelp("Who goes. (default: whoever was offered)", valueName: "ID"))
        var person: Person.ID?

        @Flag(
            help:
                "State that --person was asked and has agreed to go; the audit keeps it. (default: lending.yaml lists them)"
        )
        var agreed = false

        @Option(
            help: ArgumentHelp(
                "The role in which it is confirmed, which is all that the system hears.", valueName: "ROLE"))
        var role = JobRole.bankDesk

        @Option(
            help: ArgumentHelp(
                "The file whose first line is their name, for the receiving organisation alone; - reads it from "
                    + "standard input. It is kept nowhere.", valueName: "FILE"), completion: .file())
        var nameFile: String?

        /// Refused: whoever lists the processes of a machine reads their options.
        @Option(help: .hidden)
        var name: String?

        @OptionGroup var clock: ClockOption

        @Flag(help: "Send the message, by mail.yaml, to the partner's mailbox in lending.yaml.")
        var send = false

        @Flag(help: "Print one JSON object.")
        var json = false

        func validate() throws {
            if name != nil {
                throw ValidationError(
                    "--name is not accepted: everybody on this machine could read the name in the list of processes, "
                        + "and the shell keeps it. Give the name with --name-file FILE, or --name-file - to type it."
                )
            }
            if agreed, person == nil {
                throw ValidationError("--agreed says that somebody was asked: say with --person who.")
            }
            if send, nameFile == nil {
                throw ValidationError("--send tells who comes: give their name with --name-file FILE, or -.")
            }
        }

        /// Asked for before anything is done, so that nothing is left half done for want of a name.
        private func theirName() throws -> String? {
            guard let nameFile else { return nil }
            guard nameFile == "-" else {
                return try NamedFile(
                    nameFile, at: Place(file: "--name-file"),
                    in: URL(filePath: FileManager.default.currentDirectoryPath)
                ).secret("name", where: Self.isName)
            }
            if isatty(STDIN_FILENO) != 0 { Console.note("Who goes? Their name, for \(call) alone:") }
            guard let line = readLine(), Self.isName(line) else {
                throw ValidationError("--name-file - reads the name from standard input, and there was none.")
            }
            return line
        }

        private static func isName(_ line: String) -> Bool { line.contains { !$0.isWhitespace } }

        func run() throws {
            let name = try theirName()
            let store = try place.open()
            let terms = try lending.terms(beside: place.store)
            let exchange = SystemExchange(store: store, link: try link.link(beside: place.store)) { .now }
            let route = try send ? route(terms, store, exchange) : nil
            let reason = try Remark(checking: signature.reason, as: "--reason")
            let confirmed = try LoanConfirmation(
                store: store, exchange: exchange, terms: terms, now: clock.now
            ).confirm(
                call, person: person, wasAsked: agreed, by: signature.by, role: role, reason: reason)
            let handover = Handover(
                of: confirmed.call, from: terms.organisation, name: name ?? confirmed.person.text, grade: nil)
            let told = try route.map { try tell(handover, confirmed.call, by: $0, store) }
            if json {
                try Console.result(
                    json: LoanEntry(call: confirmed.call, person: confirmed.person, told: told))
            } else {
                try Console.result(
                    "\(confirmed.call.id) is \(confirmed.call.state.rawValue); \(confirmed.person) goes to "
                        + "\(confirmed.call.asking).\n\n" + (told.map { "Told: \($0)" } ?? handover.text))
            }
            if let told, !told.hasPrefix("accepted") { try Outcome.failedIO.end() }
        }

        /// How the receiving organisation is told.
        private struct Route {
            let from: EmailAddress
            let mailbox: EmailAddress
            let submission: SMTPSubmission
        }

        /// Looked up before anything is done: once a call is confirmed, the system holds it and nothing takes that back.
        /// Nil for a call that the system does not know either, which is for the confirmation to say.
        private func route(
            _ terms: LendingTerms, _ store: MusterStore, _ exchange: SystemExchange
        ) throws -> Route? {
            func known() throws -> AidRequest? { try store.calls().first { $0.id == call } }
            if try known() == nil { _ = try exchange.pullCalls() }
            guard let asking = try known()?.asking else { return nil }
            guard let mailbox = terms.partner(asking)?.mailbox else {
                throw ValidationError(
                    "lending.yaml names no mailbox of \(asking), so nobody could be told. Nothing was done: name it "
                        + "there, or leave --send out and tell them yourself.")
            }
            let file = try MailFile(mail.file(beside: place))
            return Route(
                from: file.from, mailbox: try EmailAddress(mailbox),
                submission: SMTPSubmission(
                    try file.server(environment: ProcessInfo.processInfo.environment)))
        }

        private func tell(
            _ handover: Handover, _ call: AidRequest, by route: Route, _ store: MusterStore
        ) throws -> String {
            let message = try handover.message(from: route.from, to: route.mailbox, at: .now)
            let delivery = route.submission.submit(message.bytes, from: message.from, to: message.to)
            if delivery.verdict.isAccepted { try store.keepTold(call.id, at: .now) }
            return "\(delivery.verdict.rawValue), \(delivery.reply)"
        }
    }

    struct Receive: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Book whoever comes under a confirmed call on its gap in the published rota.",
            discussion: """
                They are booked under their pseudonym; the independent checker judges the duty as any booking's. The \
                call is pulled down first, by push.yaml beside the store: it may have been taken back. Where the system \
                cannot be asked, what was pulled last counts, and that is said.

                Exit codes: 0 booked; 3 refused, because a rule would be broken; 64 not a call that can be booked here.
                """)

        @Argument(help: "The call, as `list` names it.")
        var call: AidRequest.ID

        @Argument(help: "The roster folder of the published rota.", completion: .directory)
        var folder: String

        @OptionGroup var place: StoreOption
        @OptionGroup var signature: Signature
        @OptionGroup var link: LinkOption
        @OptionGroup var lending: LendingOption

        @Option(help: ArgumentHelp("The shift. (default: the one with the call's times)", valueName: "ID"))
        var shift: ShiftType.ID?

        @Option(help: ArgumentHelp("The role. (default: one that the gap's rule counts)", valueName: "ID"))
        var role: Role.ID?

        @OptionGroup var clock: ClockOption

        @Flag(help: "Print one JSON object.")
        var json = false

        func run() throws {
            let folder = try RosterFolder.read(URL(filePath: folder))
            let store = try place.open()
            let own = try lending.terms(beside: place.store).organisation
            _ = try shift?.required(among: folder.scenario.shiftTypes.map(\.id), as: "--shift")
            _ = try role?.required(among: folder.scenario.roles.map(\.id), as: "--role")
            pull(store)
            let booking = try LoanArrival(
                store: store, own: own, scenario: folder.scenario, rules: folder.ruleBook
            ).book(
                call, shift: shift, role: role, by: signature.by, reason: signature.reason, at: clock.now)
            let gap = booking.left(of: try store.openGaps()).first
            if json {
                try Console.result(json: BookingEntry(booking, gap: gap))
            } else {
                let left = gap.map { "Still open: \(StoreText.vacancy($0))" } ?? "That gap is closed."
                try Console.result("\(StoreText.booking(booking)).\n\(left)")
            }
        }

        private func pull(_ store: MusterStore) {
            do {
                let link = try link.link(beside: place.store)
                _ = try SystemExchange(store: store, link: link) { .now }.pullCalls()
            } catch {
                Console.note(
                    "The system was not asked whether \(call) still stands; it is booked as it was pulled last. "
                        + "\(Failure(error).message)")
            }
        }
    }
}

/// The time of a drill.
struct ClockOption: ParsableArguments {
    @Option(help: ArgumentHelp("Act as of this time, for drills. (default: now)", valueName: "TIME"))
    var asOf: Instant?

    var now: Instant { asOf ?? .now }
}

extension Remark {
    /// - Throws: `ValidationError` that names the option.
    init(checking text: String, as option: String) throws {
        do {
            try self.init(text)
        } catch {
            throw ValidationError("\(option) \(error).")
        }
    }
}
