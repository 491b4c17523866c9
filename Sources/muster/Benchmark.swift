import ArgumentParser
import Foundation
import MusterFiles
import Roster
import RosterCheck
import RosterEngine
import RulePack

/// `muster benchmark`: the engine on an instance of the public shift-scheduling benchmark.
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Solve an instance of the public shift-scheduling benchmark.",
        discussion: """
            Reads the text format of T. Curtois and R. Qu (schedulingbenchmarks.org) and solves it with the engine \
            that makes rotas. Each improvement prints a line; Ctrl-C ends the search and keeps its best. The \
            solution is a line an employee in the order of the file: shift ids parted by tabs, nothing for a day off.

            Examples:
              muster benchmark Instance5.txt --seconds 60
              muster benchmark Instance17.txt --seconds 300 --threads 2 --solution 17.tsv --json
            """)

    @Argument(help: "The instance.", completion: .file(extensions: ["txt"]))
    var instance: String

    @OptionGroup var limits: SearchLimits

    @Option(help: ArgumentHelp("Where the solution goes.", valueName: "OUT.tsv"), completion: .file())
    var solution: String?

    @Flag(help: "Print one JSON object instead of the summary.")
    var json = false

    @Flag(help: "Print no progress.")
    var quiet = false

    func run() throws {
        let url = URL(filePath: instance)
        let instance = try ShiftSchedulingInstance.read(url)
        let solution = solution.map { URL(filePath: $0) }
        if let solution { try RotaOutput.requireWritable(solution.deletingLastPathComponent()) }
        let interrupt = Interrupt()
        interrupt.listen()
        let stop = limits.stop()
        interrupt.stops(stop)
        var table = ProgressTable(style: .note)
        let result = try RosterEngine.solve(
            instance.scenario, instance.rules, options: limits.options(), stop: stop
        ) {
            if !quiet { Console.note(table.next($0)) }
        }
        let report = RosterCheck.check(instance.scenario, instance.rules, result.rota)
        if !report.isLawful { Console.note(DefectText(report: report, run: result.run).text) }
        try interrupt.undisturbed {
            if let solution { try instance.write(result.rota, to: solution) }
        }
        let name = url.deletingPathExtension().lastPathComponent
        if json {
            try Console.result(
                json: BenchmarkRecord(instance: name, run: result.run, isLawful: report.isLawful))
        } else {
            try Console.result(BenchmarkText(instance: name, run: result.run, solution: solution).text)
        }
        if !report.isLawful { try Outcome.hard.end() }
    }
}
