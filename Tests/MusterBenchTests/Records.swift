import Foundation

@testable import muster_bench

extension CaseFigures {
    /// Invented figures of a sample.
    static func invented(
        people: Int = 20, first: Double = 0.5, withinFive: Double? = 3, bound: Double? = 990
    ) -> CaseFigures {
        CaseFigures(
            people: people, days: 28, secondsToRead: 0.04, secondsToFirst: first,
            gapTimes: [
                GapTime(percent: 5, seconds: withinFive), GapTime(percent: 2, seconds: 7.25),
                GapTime(percent: 1, seconds: nil),
            ],
            secondsToBest: 42.5, seconds: 60, iterations: 50, status: "feasible (no bound yet)",
            hardMinutes: 0,
            minimumMinutes: 30,
            cost: 1000, bound: bound, gap: bound.map { (1000 - $0) / 1000 }, cpuSeconds: 110,
            checkSeconds: 0.0125, breaches: 0, peakMegabytes: 120)
    }
}

extension BenchmarkRecord {
    static func invented(
        _ benchmark: BenchmarkCase, suite: BenchmarkSuite = .growth, seconds: Double = 60,
        commit: String = "abc1234",
        _ figures: CaseFigures = .invented()
    ) -> BenchmarkRecord {
        BenchmarkRecord(
            suite: suite, benchmark: benchmark,
            limits: SearchLimits(seconds: seconds, threads: 2, seed: 1),
            conditions: Conditions(
                machine: "Invented CPU, 2 cores, 4.0 GiB", date: "2026-11-02", commit: commit,
                command: "muster-bench growth --date 2026-11-02"), figures: figures)
    }
}

/// Runs a closure with an empty folder, and removes it.
func withFolder<Result>(_ use: (URL) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "muster-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    return try use(url)
}
