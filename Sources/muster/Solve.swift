import ArgumentParser
import Foundation
import MusterFiles
import MusterStore
import Roster
import RosterCheck
import RosterEngine
import RosterExplain
import RulePack

/// `muster solve`: from a roster folder to a checked rota in files.
struct Solve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the best lawful rota for a roster folder.",
        discussion: """
            Reads the folder, searches, has the rota read by the independent checker, explains each gap, and writes \
            rota.csv, gaps.csv, run.json, rota.html, rota.xlsx and a calendar a person. Each improvement prints a \
            line. Ctrl-C ends the search and keeps its best rota. Explaining takes up to a quarter more time.

            Examples:
              muster solve Rosters/emergency-department
              muster solve my-ward --seconds 300 --store my-ward.sqlite
              muster solve my-ward --iterations 50 --seed 7 --output /tmp/seven --json
              muster solve my-ward --scenario surge.yaml

            The same folder, seed and iterations give the same rota, byte for byte, however many threads.
            """)

    @Argument(help: "The roster folder.", completion: .directory)
    var folder: String

    @OptionGroup var limits: SearchLimits

    @Option(
        help: ArgumentHelp("Where the files go. (default: FOLDER/out)", valueName: "DIR"),
        completion: .directory)
    var output: String?

    @Option(
        help: ArgumentHelp(
            "The store that keeps the rota as a draft, made if need be; its bookings and loans count.",
            valueName: "FILE"), completion: .file())
    var store: String?

    @Option(
        help: ArgumentHelp(
            "Where to write the last master programme, in CPLEX LP format, for another solver.",
            valueName: "FILE"), completion: .file())
    var writeLp: String?

    @Option(
        help: ArgumentHelp(
            "A what-if, such as surge.yaml: solved as well and printed beside, its files in DIR/what-if.",
            valueName: "FILE"), completion: .file(extensions: ["yaml"]))
    var scenario: String?

    @Flag(help: "Print one JSON object, what run.json holds, instead of the summary.")
    var json = false

    @Flag(help: "Print no progress.")
    var quiet = false

    func run() throws {
        let folder = try RosterFolder.read(URL(filePath: folder))
        Console.note(warnings: folder.warnings)
        try folder.requireLawfulPins()
        let stale = ForecastRecord.staleInputs(in: folder.url)
        if !stale.isEmpty {
            Console.note(
                "Warning: demand.csv was forecast from an earlier \(stale.joined(separator: ", ")). "
                    + "Run muster forecast again.")
        }
        let directory = output.map { URL(filePath: $0) } ?? folder.url.appending(path: "out")
        try RotaOutput.requireWritable(directory)
        let store = try store.map { try MusterStore(path: $0, creating: true) }
        let scenario = try folder.scenario.with(bookingsFrom: store).with(
            loansForSearchFrom: store, folder.ruleBook)
        let programme = try writeLp.map { try ProgrammeFile($0) }
        defer { programme?.remove() }

        let whatIf = try self.scenario.map { try WhatIfFile.read(URL(filePath: $0), scenario: scenario) }

        let interrupt = Interrupt()
        interrupt.listen()
        let output = try solved(scenario, folder, programme: programme, interrupt)
        let changed = try whatIf.map { whatIf in
            if !quiet { Console.note("Solving the what-if: \(whatIf.name).") }
            let (changed, changes) = whatIf.applied(to: scenario)
            return Comparison(
                base: output, whatIf: try solved(changed, folder, programme: nil, interrupt),
                name: whatIf.name,
                changes: changes)
        }

        let stored = try interrupt.undisturbed { () throws -> RotaVersion? in
            let stored = try store?.save(SolvedRota(output), by: NSUserName(), at: .now)
            try output.write(to: directory)
            try changed?.whatIf.write(to: directory.appending(path: "what-if"))
            try programme?.commit()
            return stored
        }
        let record = SolveRecord(output: output, directory: directory, stored: stored, comparison: changed)
        if json {
            try Console.result(json: record)
        } else {
            let summary = SolveText(output: output, directory: directory, stored: stored, style: .result).text
            let beside = changed.map { "\n\n" + ComparisonText(comparison: $0, style: .result).text } ?? ""
            try Console.result(summary + beside)
        }
        try Outcome(output.report).end()
    }

    /// Searches, has the rota checked, and explains it.
    private func solved(
        _ scenario: Scenario, _ folder: RosterFolder, programme: ProgrammeFile?, _ interrupt: Interrupt
    ) throws -> RotaOutput {
        let result = try search(scenario, folder.ruleBook, programme: programme, interrupt)
        guard result.run.status != .none else { throw NoRota() }
        let report = RosterCheck.check(scenario, folder.ruleBook, result.rota)
        if !report.isLawful { Console.note(DefectText(report: report, run: result.run).text) }
        let reasons = explain(scenario, folder.ruleBook, result, report, interrupt)
        return RotaOutput(
            scenario: scenario, rules: folder.ruleBook, rota: result.rota, run: result.run, report: report,
            explanations: reasons.gaps, wishes: reasons.wishes, inputHashes: folder.hashes,
            version: Muster.version)
    }

    private func search(
        _ scenario: Scenario, _ rules: RuleBook, programme: ProgrammeFile?, _ interrupt: Interrupt
    ) throws(EngineError) -> SolveResult {
        var options = limits.options()
        options.programmeDirectory = programme?.folder
        let stop = limits.stop()
        interrupt.stops(stop)
        var table = ProgressTable(style: .note)
        return try RosterEngine.solve(scenario, rules, options: options, stop: stop) {
            if !quiet { Console.note(table.next($0)) }
        }
    }

    /// Takes a quarter as long as the search at most, and at least long enough for a few answers.
    private func explain(
        _ scenario: Scenario, _ rules: RuleBook, _ result: SolveResult, _ report: CheckReport,
        _ interrupt: Interrupt
    ) -> (gaps: [GapExplanation], wishes: [WishOutcome]) {
        if !quiet { Console.note("Explaining gaps and wishes.") }
        let stop = Stop(seconds: max(5, (limits.seconds ?? 60) / 4))
        interrupt.stops(stop)
        return RosterExplain.explain(
            scenario, rules, result.rota, report: report, run: result.run, stop: stop)
    }
}
