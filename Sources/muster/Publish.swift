import ArgumentParser
import Foundation
import MusterFiles
import MusterStore
import Roster

/// `muster publish`: puts a draft in force.
struct Publish: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a draft rota from the store in force.",
        discussion: """
            The independent checker reads the draft once more, with the folder as it is now. A rota that breaks a \
            hard rule is refused. One with a hard gap is refused unless a named person accepts each gap with a \
            reason; the gap then stays a critical vacancy until a confirmed booking closes it. An earlier rota \
            for the same units and days is superseded; its bookings stand.

            Exit codes: 0 published; 3 refused, because a hard gap is open or a hard rule broken.

            Examples:
              muster publish my-ward --store my-ward.sqlite --by "J. Amin" --reason "agreed with the ward"
              muster publish my-ward --store my-ward.sqlite --by "J. Amin" --reason "agreed" \\
                --accept "senior@2026-11-12T20:30=R. Cole:locum being sought, consultant on call"
            """)

    @Argument(help: "The roster folder from which the draft was made.", completion: .directory)
    var folder: String

    @OptionGroup var place: StoreOption
    @OptionGroup var signature: Signature

    @Option(help: ArgumentHelp("The number of the draft. (default: the newest)", valueName: "N"))
    var rota: Int64?

    @Option(
        help: ArgumentHelp(
            "A hard gap, who carries it and why; once for each gap.", valueName: "GAP=NAME:REASON"))
    var accept: [AcceptedGap] = []

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let folder = try RosterFolder.read(URL(filePath: folder))
        Console.note(warnings: folder.warnings)
        let store = try place.open()
        let draft = try rota.map { RotaVersion.ID($0) } ?? store.newestDraft(of: folder.scenario)?.id
        guard let draft else {
            throw ValidationError(
                "There is no draft for this folder in \(place.store). Make one with `muster solve --store`.")
        }
        let accepted = Dictionary(accept.map { ($0.gap, $0.acceptance) }) { _, last in last }
        let published = try store.publish(
            draft, scenario: folder.scenario, rules: folder.ruleBook, accepting: accepted, by: signature.by,
            reason: signature.reason, at: .now)
        let open = try store.gaps(of: published.id).filter { $0.state != .booked }
        if json {
            try Console.result(json: RotaEntry(published, open: open))
        } else {
            let vacancies = open.filter(\.isCriticalVacancy).map { "  \(StoreText.vacancy($0))" }
            let lines =
                ["Published: rota \(published.id), version \(published.version), \(published.scenario)."]
                + (vacancies.isEmpty ? ["No critical vacancy."] : ["Critical vacancies:"] + vacancies)
                + ["Soft gaps: \(open.count - vacancies.count)."]
            try Console.result(lines.joined(separator: "\n"))
        }
    }
}

/// `GAP=NAME:REASON`, as `--accept` takes it.
struct AcceptedGap: ExpressibleByArgument {
    let gap: Gap.ID
    let acceptance: Acceptance

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="),
            let colon = argument[equals...].firstIndex(of: ":")
        else { return nil }
        gap = Gap.ID(String(argument[..<equals]))
        acceptance = Acceptance(
            person: String(argument[argument.index(after: equals)..<colon]),
            reason: String(argument[argument.index(after: colon)...]))
    }
}
