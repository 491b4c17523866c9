import ArgumentParser

/// Measures Muster on roster folders and on samples of growing size. What the figures mean stands with
/// ``CaseFigures``.
@main
struct MusterBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "muster-bench",
        abstract: "Measures the search and the checker, a process a case.",
        discussion: """
            Appends a line for each case to results.jsonl and writes results.md from it, both in --output. A case \
            that results.jsonl holds already for this commit and these options is not measured again, so a run \
            that was cut short goes on where it stopped.

              muster-bench rosters --seconds 60 --date 2026-11-02
              muster-bench growth --seconds 120 --date 2026-11-02
              muster-bench pool --date 2026-11-02
            """,
        subcommands: [
            Rosters.self, Growth.self, Trusts.self, PoolSuite.self, SampleTrustCommand.self, RunCase.self,
            RunTrust.self, RunPool.self,
        ])
}

/// `muster-bench rosters`: folders as they stand.
struct Rosters: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Measure roster folders.")

    @Argument(help: "Roster folders.", completion: .directory)
    var folders = ["emergency-department", "acute-ward", "virtual-ward"].map { "Rosters/\($0)" }

    @OptionGroup
    var options: MeasureOptions

    func run() throws {
        try SuiteRun(.rosters, options).measure(folders.map { .folder(path: $0) })
    }
}

/// `muster-bench growth`: what it costs when there are twice as many people, or days.
struct Growth: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure samples of growing size.",
        discussion: """
            20, 40, 80 and 160 people over 28 days; 40 people over 14, 28, 56 and 84 days; 60 people over 42 days. \
            --seed decides the samples too.
            """)

    @OptionGroup
    var options: MeasureOptions

    func run() throws {
        try SuiteRun(.growth, options).measure(BenchmarkCase.growing)
    }
}
