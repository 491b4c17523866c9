import Foundation

/// Measures the cases of a suite that are not measured yet, each in a process of its own.
struct SuiteRun {
    private let suite: BenchmarkSuite
    private let limits: SearchLimits
    private let conditions: Conditions
    private let results: Results

    init(_ suite: BenchmarkSuite, _ options: MeasureOptions) throws {
        self.suite = suite
        limits = options.limits
        conditions = try Conditions.now(date: options.date.description)
        results = try Results(in: URL(filePath: options.output))
    }

    /// - Throws: ``BenchmarkError/failed(cases:)`` at the end, if there were any.
    func measure(_ cases: [BenchmarkCase]) throws {
        var results = results
        var failed: [String] = []
        for benchmark in cases {
            if results.records.contains(where: isSame(benchmark)) {
                note("\(benchmark.name): measured already")
                continue
            }
            note("\(benchmark.name): \(fixed(limits.seconds, 0)) s")
            guard let figures = try process(benchmark) else {
                failed.append(benchmark.name)
                continue
            }
            try results.add(
                BenchmarkRecord(
                    suite: suite, benchmark: benchmark, limits: limits, conditions: conditions,
                    figures: figures))
        }
        if !failed.isEmpty { throw BenchmarkError.failed(cases: failed) }
    }

    private func isSame(_ benchmark: BenchmarkCase) -> (BenchmarkRecord) -> Bool {
        { [suite, limits, conditions] in
            $0.suite == suite && $0.benchmark == benchmark && $0.limits == limits
                && $0.conditions.commit == conditions.commit
        }
    }

    /// Nil if the process failed; it has said why on standard error.
    private func process(_ benchmark: BenchmarkCase) throws -> CaseFigures? {
        let child = Process()
        child.executableURL = Bundle.main.executableURL
        child.arguments = [
            "run-case", try JSONEncoder.oneLine.text(benchmark), try JSONEncoder.oneLine.text(limits),
        ]
        let output = Pipe()
        child.standardOutput = output
        try child.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        child.waitUntilExit()
        guard child.terminationReason == .exit, child.terminationStatus == 0 else { return nil }
        return try JSONDecoder().decode(CaseFigures.self, from: data)
    }

    private func note(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
}
