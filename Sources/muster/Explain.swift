import ArgumentParser
import Foundation
import MusterFiles
import MusterStore
import Roster
import RosterCheck
import RosterEngine
import RosterExplain

/// `muster explain`: why a gap is there, or why somebody works a day or not.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say why a gap is there, or why somebody works a day or not.",
        discussion: """
            For a gap: the one rule, leave or duty that stops each person who counts for it; for a hard gap also \
            the least changes that would close it, proven by solving again with them. For a person and a day: \
            why they work or not, and what became of their wish.

            Gaps are named in gaps.csv and by `muster check`.

            Examples:
              muster explain my-ward --rota my-ward/out/rota.csv --gap nurses@2026-11-14T19:30
              muster explain my-ward --rota my-ward/out/rota.csv --person n-017 --date 2026-11-14
            """)

    @Argument(help: "The roster folder.", completion: .directory)
    var folder: String

    @Option(
        help: ArgumentHelp("The rota that is asked about.", valueName: "FILE"),
        completion: .file(extensions: ["csv"]))
    var rota: String

    @Option(help: ArgumentHelp("The gap.", valueName: "ID"))
    var gap: Gap.ID?

    @Option(help: ArgumentHelp("The person, with --date.", valueName: "ID"))
    var person: Person.ID?

    @Option(help: ArgumentHelp("The day, as 2026-11-14, with --person.", valueName: "D"))
    var date: Day?

    @Option(help: ArgumentHelp("The most seconds of solving again.", valueName: "S"))
    var seconds = 60.0

    @Option(
        help: ArgumentHelp("A store whose bookings and loans count too.", valueName: "FILE"),
        completion: .file())
    var store: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (person == nil) == (date == nil), (gap == nil) != (person == nil) else {
            throw ValidationError("Say either --gap ID, or --person ID and --date D.")
        }
        guard seconds >= 0, seconds.isFinite else { throw ValidationError("--seconds must be 0 or more.") }
    }

    func run() throws {
        let folder = try RosterFolder.read(URL(filePath: folder))
        let store = try store.map { try MusterStore(path: $0, creating: false) }
        let scenario = try folder.scenario.with(bookingsFrom: store).with(
            loansFrom: store, folder.ruleBook)
        let rota = try RotaFile.read(URL(filePath: rota), scenario: scenario)
        let report = RosterCheck.check(scenario, folder.ruleBook, rota)
        let stop = Stop(seconds: seconds)
        let interrupt = Interrupt()
        interrupt.stops(stop)
        interrupt.listen()
        let explain = RosterExplain(
            scenario, folder.ruleBook, rota, report: report, run: .unknown, stop: stop)
        if let gap {
            _ = try gap.required(among: report.gaps.map(\.id), as: "--gap", of: "a gap of this rota")
            try explain.explain(gap: gap).map { try show($0, scenario) }
        } else if let person, let date {
            _ = try person.required(among: scenario.people.map(\.id), as: "--person")
            guard scenario.period.contains(date) else {
                let period = scenario.period
                throw ValidationError("--date: the roster goes from \(period.first) to \(period.last).")
            }
            try explain.explain(person: person, day: date).map(show)
        }
    }

    private func show(_ explanation: GapExplanation, _ scenario: Scenario) throws {
        if json {
            try Console.result(json: GapExplanationRecord(explanation))
        } else {
            try Console.result(
                ExplanationText(scenario: scenario, explanation: explanation, style: .result).text)
        }
    }

    private func show(_ explanation: DayExplanation) throws {
        if json {
            try Console.result(json: explanation)
        } else {
            try Console.result(explanation.sentences.joined(separator: "\n"))
        }
    }
}

extension Run {
    /// Of a rota that is only read: nothing is known of the search, if there was one.
    fileprivate static let unknown = Run(
        status: .feasible, levels: [], parts: [:], seconds: 0, secondsToFirst: 0, secondsToBest: 0,
        iterations: 0, seed: 1, threads: 1)
}
