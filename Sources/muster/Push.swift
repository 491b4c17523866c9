import ArgumentParser
import Foundation
import MusterFiles
import MusterLink
import MusterStore
import PlainText
import Roster
import SystemPool

/// `muster push`: tells the system what this organisation is short of and whom it can lend.
struct Push: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send gaps, offers and figures to the system, and pull calls and bookings down.",
        discussion: """
            Without FILE the push is made from the store and lending.yaml. It is kept in the store before it is sent: \
            one that cannot be sent now goes with the next `muster push`, the oldest first. The same again changes \
            nothing (but one that was refused is tried again), and an older extract never takes the place of a newer. No \
            name leaves the organisation: people \
            are pseudonyms, made from a key that stays in the store.

            What the store does not tell comes with --metrics, in CSV: beds, virtual wards, services that are staffed, \
            ambulances, harms, and OPEL as somebody entered it; each with the time at which it was true. A figure that \
            Muster works out itself, such as red flags, is a fault there, and so is one of another organisation: \
            nothing is sent then. A push takes the place of the one before whole, so give them with each.

            Nothing is sent without a data sharing agreement: its reference stands in lending.yaml, as data-sharing, and \
            is kept with each push.

            push.yaml beside the store says where the system is; the token is in the file that it names or in \
            MUSTER_PUSH_TOKEN. http goes to this machine only.

            Exit codes: 0 every push is with the system; 65 a push has faults, the system refuses one for good, no data \
            sharing agreement is named, or the store's data are too old or too broken to make one; 74 one could not be sent and waits, \
            or calls could not be pulled down, and 65 is not the case.

            Examples:
              muster push --store trust.sqlite
              muster push Rosters/north-star-ics/pushes/NS2.json --store trust.sqlite --to http://localhost:8080
              muster push --store trust.sqlite --metrics metrics.csv
              muster push --store trust.sqlite --dry-run
            """)

    @Argument(
        help: ArgumentHelp("Pushes as JSON. (default: one made from the store)", valueName: "FILE"),
        completion: .file(extensions: ["json"]))
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "The organisation's store; with FILE it is made if it is not there.", valueName: "FILE"),
        completion: .file())
    var store: String

    @OptionGroup var link: LinkOption
    @OptionGroup var lending: LendingOption

    @Option(
        help: ArgumentHelp(
            "Figures from elsewhere that the push made from the store carries too: organisation, name, day, value, "
                + "measured_at, framework, by.",
            valueName: "FILE"), completion: .file(extensions: ["csv"]))
    var metrics: String?

    @Option(help: ArgumentHelp("How many days, from today.", valueName: "N"))
    var days = 3

    @Option(help: ArgumentHelp("Make it as of this time. (default: now)", valueName: "TIME"))
    var asOf: Instant?

    @Flag(help: "Print what would be sent; keep nothing, open no connection.")
    var dryRun = false

    @Flag(help: "Only send what waits and pull calls down; make no new push.")
    var waiting = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if waiting, dryRun || !files.isEmpty {
            throw ValidationError("--waiting makes no push: leave out FILE and --dry-run.")
        }
        if metrics != nil, waiting || !files.isEmpty {
            throw ValidationError(
                "--metrics goes with a push made from the store: leave out FILE and --waiting.")
        }
        if dryRun, files.count > 1 { throw ValidationError("--dry-run shows one push.") }
        guard (1...14).contains(days) else { throw ValidationError("--days is from 1 to 14.") }
    }

    func run() throws {
        let faults = FaultList()
        let given = files.compactMap { file in
            faults.collecting { () throws(Faults) in try PushFile.read(URL(filePath: file), name: file) }
        }
        let terms =
            dryRun && !files.isEmpty
            ? nil : faults.collecting { () throws(Faults) in try lending.terms(beside: store) }
        let own = files.isEmpty && !waiting ? ownPart(terms, faults) : nil
        let link =
            dryRun ? nil : faults.collecting { () throws(Faults) in try self.link.link(beside: store) }
        try faults.throwIfAny()
        if dryRun, let push = given.first { return try show(push) }
        // Neither what is made now nor what waits goes out without it.
        let agreement = dryRun ? nil : try terms?.dataSharingAgreement(in: lending.file(beside: store).path)
        let place = try MusterStore(path: store, creating: !files.isEmpty)
        guard let link else { return try own.map { try show(try $0.push(from: place)) } ?? () }
        let exchange = SystemExchange(store: place, link: link) { .now }
        for push in given { try place.enqueue(push, under: agreement, at: .now) }
        let booked = try place.bookings().filter(\.isLive)
        let passed = try own.map { try makeOwn(place, $0, exchange) } ?? Passed()
        try send(place, passed, booked: booked, exchange)
    }

    private func show(_ push: OrganisationPush) throws {
        try FileHandle.standardOutput.write(contentsOf: push.json() + Data("\n".utf8))
    }

    // MARK: - This organisation's own push

    /// What it is made from, beside the store.
    private struct OwnPart {
        let terms: LendingTerms
        let figures: MetricsFile?
        let days: Int
        let now: Instant

        func push(from place: MusterStore, isCurrent: Bool = true) throws -> OrganisationPush {
            let push = try place.ownPush(terms, days: days, at: now, isCurrent: isCurrent)
            return figures.map { push.adding($0.metrics, opel: $0.opel) } ?? push
        }
    }

    /// Both of its files are read, whatever is wrong with one of them.
    private func ownPart(_ terms: LendingTerms?, _ faults: FaultList) -> OwnPart? {
        let now = asOf ?? .now
        let figures = metrics.flatMap { file in
            faults.collecting { () throws(Faults) in
                try MetricsFile.read(
                    URL(filePath: file), of: terms?.organisation,
                    days: now.day...now.day.advanced(by: days - 1), at: now)
            }
        }
        return terms.map { OwnPart(terms: $0, figures: figures, days: days, now: now) }
    }

    /// What has happened before anything is sent.
    private struct Passed {
        var pulled: [AidRequest] = []
        /// Why no push could be made; what waits is sent all the same, and what was pulled is told.
        var fault: LoanRefusal?
    }

    /// Calls are pulled down first: a push that allowed for one as it was would hide what has become of it.
    private func makeOwn(_ place: MusterStore, _ own: OwnPart, _ exchange: SystemExchange) throws -> Passed {
        var passed = Passed()
        let pulled = try? exchange.pullCalls()
        passed.pulled = pulled ?? []
        do {
            try place.enqueue(
                try own.push(from: place, isCurrent: pulled != nil), under: own.terms.dataSharing, at: .now)
        } catch let refusal as LoanRefusal {
            if passed.pulled.isEmpty, try place.waitingPushes().isEmpty { throw refusal }
            passed.fault = refusal
        }
        return passed
    }

    // MARK: - Up and down

    /// - Parameter booked: Bookings that stood before calls were pulled down.
    private func send(
        _ place: MusterStore, _ passed: Passed, booked: [BookingRecord], _ exchange: SystemExchange
    ) throws {
        let sent = try exchange.sendWaiting()
        let waiting = try place.waitingPushes().map(\.push)
        var pulled: [AidRequest] = []
        var pullError: LinkError?
        if waiting.isEmpty {
            do {
                pulled = try exchange.pullCalls()
            } catch let error as LinkError {
                pullError = error
            }
        }
        let standing = Set(try place.bookings().filter(\.isLive).map(\.id))
        let last = Set(pulled.map(\.id))
        let record = PushRecord(
            sent: sent, waiting: waiting, pulled: passed.pulled.filter { !last.contains($0.id) } + pulled,
            calls: try place.calls(), lackPerson: try place.callsLackingPerson(at: asOf ?? .now),
            lackVisitor: try place.callsToReceive(at: asOf ?? .now),
            cancelled: booked.filter { !standing.contains($0.id) },
            fault: passed.fault.map { "\($0)" }, error: pullError)
        if json {
            try Console.result(json: record)
        } else {
            try Console.result(PushText.text(record, style: .result))
        }
        if passed.fault != nil || waiting.isEmpty && pullError == nil && sent.contains(where: \.isRefused) {
            try Outcome.badData.end()
        }
        try (waiting.isEmpty && pullError == nil ? Outcome.done : .failedIO).end()
    }
}

extension SentPush {
    fileprivate var isRefused: Bool { push.state == .refused }
}

/// Where the system is.
struct LinkOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the system is and where the token is. (default: push.yaml beside the store)",
            valueName: "FILE"), completion: .file())
    var link: String?

    @Option(
        help: ArgumentHelp(
            "The system's address, instead of the settings: https://… ; http to this machine only.",
            valueName: "URL"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            "With --to, the file that holds the token. (default: MUSTER_PUSH_TOKEN)", valueName: "FILE"),
        completion: .file())
    var tokenFile: String?

    func validate() throws {
        if link != nil, to != nil { throw ValidationError("--link and --to exclude each other.") }
        if tokenFile != nil, to == nil { throw ValidationError("--token-file belongs to --to.") }
    }

    func link(beside store: String) throws(Faults) -> SystemLink {
        let environment = ProcessInfo.processInfo.environment
        if let to {
            return try LinkFile(address: to, tokenFile: tokenFile).link(environment: environment)
        }
        let file =
            link.map { URL(filePath: $0) }
            ?? URL(filePath: store).deletingLastPathComponent().appending(path: "push.yaml")
        return try LinkFile(file).link(environment: environment)
    }
}

/// Whom the organisation lends.
struct LendingOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How the system knows the organisation, and whom it lends. (default: lending.yaml beside the store)",
            valueName: "FILE"), completion: .file())
    var lending: String?

    func terms(beside store: String) throws(Faults) -> LendingTerms {
        try LendingFile.read(file(beside: store))
    }

    func file(beside store: String) -> URL {
        lending.map { URL(filePath: $0) }
            ?? URL(filePath: store).deletingLastPathComponent().appending(path: "lending.yaml")
    }
}
