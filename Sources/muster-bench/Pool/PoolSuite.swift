import ArgumentParser
import Foundation
import Roster
import SystemPool

/// `muster-bench pool`: what it costs to find the best moves in systems of growing size, and what a desk would reach.
struct PoolSuite: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pool",
        abstract: "Measure suggestions in systems of growing size, beside a greedy match.",
        discussion: """
            A process a system. Prints a table, and writes it as pool.md to --output if given. 2,000 gaps are ten \
            organisations, 500 units, 20,000 people and 3,000 offers.
            """)

    @Option(help: ArgumentHelp("How many gaps; once for each system.", valueName: "N"))
    var gaps = [50, 100, 200, 500, 1_000, 2_000, 5_000]

    @Option(help: ArgumentHelp("The seed of the samples.", valueName: "K"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Where pool.md goes.", valueName: "DIR"), completion: .directory)
    var output: String?

    @Option(
        help: ArgumentHelp("The date to put on the table, such as 2026-11-02.", valueName: "D"),
        transform: MeasureOptions.date)
    var date: Day

    func validate() throws {
        guard gaps.allSatisfy((10...20_000).contains) else {
            throw ValidationError("--gaps must be 10 to 20000.")
        }
    }

    func run() throws {
        var figures: [PoolFigures] = []
        for count in gaps {
            let one: PoolFigures = try ChildProcess.measure(["run-pool", "\(count)", "\(seed)"])
            FileHandle.standardError.write(Data("\(count) gaps: \(fixed(one.seconds, 2)) s\n".utf8))
            figures.append(one)
        }
        let page = PoolTable(figures: figures, conditions: try .now(date: date.description)).text
        print(page)
        if let output {
            let folder = URL(filePath: output)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data((page + "\n").utf8).write(to: folder.appending(path: "pool.md"), options: .atomic)
        }
    }
}

/// Measures one system in this process, for ``PoolSuite``: so memory is that of the system alone.
struct RunPool: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run-pool", shouldDisplay: false)

    @Argument var gaps: Int
    @Argument var seed: UInt64

    func run() throws {
        let figures = try PoolFigures(gaps: gaps, seed: seed)
        try FileHandle.standardOutput.write(contentsOf: JSONEncoder.oneLine.encode(figures))
    }
}

/// What one process measured on one system.
struct PoolFigures: Codable {
    /// What one way of choosing leaves and closes, in person-hours.
    struct Outcome: Codable {
        let hardHours: Double
        /// Risk-weighted and expected.
        let riskHours: Double
        /// Of the organisation with the most, risk-weighted and expected.
        let worstOffHours: Double
        let closedHours: Double

        init(_ outcome: PoolOutcome) {
            hardHours = outcome.hardHours
            riskHours = outcome.riskHours
            worstOffHours = outcome.worstOffHours
            closedHours = outcome.closedHours
        }
    }

    let gaps: Int
    let units: Int
    let people: Int
    let offers: Int
    /// Gaps that an offer may lawfully close: on average, and at most.
    let meanChoices: Double
    let mostChoices: Int
    /// From the picture to the suggestions, proven or not, with their reasons.
    let seconds: Double
    /// The same with the ten best hours and trainings, each confirmed by solving again.
    let secondsWithWorth: Double
    let cpuSeconds: Double
    /// By level, the hard one apart: how far the choice can be above the least, in per cent.
    let gapPercents: [Double]
    /// Whether the hard minutes are proven least.
    let isHardProven: Bool
    /// Of the ten best hours, and of the ten best trainings, those that solving again confirmed.
    let confirmedHours: Int
    let confirmedTrainings: Int
    let suggestions: Int
    let chosen: Outcome
    let greedy: Outcome
    let peakMegabytes: Double
}

extension PoolFigures {
    init(gaps: Int, seed: UInt64) throws {
        var sample = SampleSystem(gaps: gaps, seed: seed)
        let picture = sample.picture()
        let choices = SystemPool.choices(picture).map(\.value)
        let clock = ContinuousClock()
        var solution: PoolSolution?
        let alone = try clock.measure {
            solution = try SystemPool.suggest(picture, options: .init(confirmed: 0))
        }
        let began = ResourceUsage.ofThisProcess.cpuSeconds
        let whole = try clock.measure { solution = try SystemPool.suggest(picture) }
        let cpu = ResourceUsage.ofThisProcess.cpuSeconds - began
        guard let solution, let outcome = solution.outcome else {
            throw BenchmarkError.failed(cases: ["\(gaps) gaps"])
        }
        self.init(
            gaps: gaps, units: sample.units, people: sample.people, offers: sample.offers,
            meanChoices: Double(choices.reduce(0, +)) / Double(max(1, choices.count)),
            mostChoices: choices.max() ?? 0, seconds: alone.inSeconds,
            secondsWithWorth: whole.inSeconds, cpuSeconds: cpu,
            gapPercents: solution.results.filter { $0.level != .hardMinutes }.map {
                100 * Double($0.objective - $0.bound) / Double(max(1, $0.bound))
            }, isHardProven: solution.results.allSatisfy { $0.level != .hardMinutes || $0.isProven },
            confirmedHours: solution.hours.count { $0.confirmedPerHour != nil },
            confirmedTrainings: solution.training.count { $0.confirmed != nil },
            suggestions: solution.suggestions.count, chosen: Outcome(outcome),
            greedy: Outcome(SystemPool.greedy(picture)),
            peakMegabytes: ResourceUsage.ofThisProcess.peakMegabytes)
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// Measurements of systems as a page of Markdown.
struct PoolTable {
    let figures: [PoolFigures]
    let conditions: Conditions

    var text: String {
        """
        # Suggestions in systems of growing size

        Written by `muster-bench pool`, a process a system, in seconds of a clock on the wall. *choices*: gaps that one \
        offer may lawfully close, on average and at most; *suggest*: from what the organisations sent to suggestions \
        with their reasons; *with worth*: the same, with the ten best hours and the ten best trainings each confirmed by \
        solving again; *CPU*: of *with worth*; *confirmed*: hours, and trainings, of ten each, of which solving again \
        proved the worth to within one per cent; then how far the choice can be above the least on each level, 0 where it is proven least: hard minutes missing, the system's \
        shortage, the worst-off organisation's risk, the shortage once that has been lifted, travel and calls (of all who \
        could close the same hours of the same gaps); *peak*: the largest resident set.

        - Machine: \(conditions.machine)
        - Date: \(conditions.date), commit `\(conditions.commit)`
        - Command: `\(conditions.command)`

        \(speed)

        ## Beside a greedy match

        What a desk does by hand: gap after gap, hard ones first, then by risk and start, whoever is nearest and still \
        may. Hours are person-hours; *risk* is the system's risk-weighted expected shortage that is left, and *worst off* \
        that of the organisation with the most.

        \(comparison)
        """
    }

    private var speed: String {
        Self.table(
            [
                "gaps", "units", "people", "offers", "choices", "suggestions", "suggest s", "with worth s",
                "CPU s", "confirmed", "hard", "shortage %", "worst off %", "settled %", "travel %", "peak MB",
            ],
            figures.map { one in
                [
                    "\(one.gaps)", "\(one.units)", "\(one.people)", "\(one.offers)",
                    "\(fixed(one.meanChoices, 1)), \(one.mostChoices)", "\(one.suggestions)",
                    fixed(one.seconds, 2), fixed(one.secondsWithWorth, 2), fixed(one.cpuSeconds, 2),
                    "\(one.confirmedHours), \(one.confirmedTrainings)",
                    one.isHardProven ? "0" : "not proven",
                ] + one.gapPercents.map { fixed($0, $0 < 0.1 ? 4 : 1) } + [fixed(one.peakMegabytes, 0)]
            })
    }

    private var comparison: String {
        Self.table(
            [
                "gaps", "closed h", "greedy", "hard h left", "greedy", "risk h left", "greedy",
                "worst off h", "greedy",
            ],
            figures.map { one in
                let (best, hand) = (one.chosen, one.greedy)
                return ["\(one.gaps)"]
                    + [
                        best.closedHours, hand.closedHours, best.hardHours, hand.hardHours,
                        best.riskHours, hand.riskHours, best.worstOffHours, hand.worstOffHours,
                    ].map { fixed($0, 0) }
            })
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        ([header, header.map { _ in "---:" }] + rows).map { "| \($0.joined(separator: " | ")) |" }
            .joined(separator: "\n")
    }
}
