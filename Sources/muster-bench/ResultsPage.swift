/// `results.md`: for each suite, the cases of its latest run.
struct ResultsPage {
    let records: [BenchmarkRecord]

    var text: String {
        let sections = BenchmarkSuite.allCases.compactMap { suite -> String? in
            guard let last = records.last(where: { $0.suite == suite }) else { return nil }
            let run = records.filter { $0.belongs(with: last) }
            return ([heading(of: last)] + tables(of: suite, run)).joined(separator: "\n\n")
        }
        return ([Self.preface] + sections).joined(separator: "\n\n") + "\n"
    }

    private static let preface = """
        # How fast and how good

        Written by `muster-bench` from `results.jsonl`; `make bench` measures again. A process a case. *read*: seconds \
        to read the folder; *first*: seconds of search to the first lawful rota; *≤ 5 %*: seconds of search from \
        which on the gap between cost and bound stayed within 5 %, with no more cover missing than at the end; \
        *best*: seconds of search to the rota that it ended with; \
        *hard*, *minimum*: person-minutes of cover missing at the end; *peak*: the largest resident set of the \
        process; *CPU*: seconds of reading and searching on all threads; *check*: the median of five runs of the \
        checker, in milliseconds; *breaches*: what the checker found, 0 in every lawful rota. “—” means not \
        reached. In brackets: how many times the row above.
        """

    private func heading(of record: BenchmarkRecord) -> String {
        let conditions = record.conditions
        return """
            ## \(record.suite == .rosters ? "Rosters" : "Growth")

            - Machine: \(conditions.machine)
            - Date: \(conditions.date), commit `\(conditions.commit)`
            - Limits: \(fixed(record.limits.seconds, 0)) s of search a case, \(record.limits.threads) threads, \
            seed \(record.limits.seed)
            - Command: `\(conditions.command)`
            """
    }

    private func tables(of suite: BenchmarkSuite, _ run: [BenchmarkRecord]) -> [String] {
        switch suite {
        case .rosters: return [ResultsTable(records: run, showsGrowth: false).text]
        case .growth:
            return GrowthSeries.all.flatMap { series -> [String] in
                let rows = series.cases.compactMap { one in run.last { $0.benchmark == one } }
                guard !rows.isEmpty else { return [] }
                return ["### \(series.title)", ResultsTable(records: rows, showsGrowth: true).text]
            }
        }
    }
}
