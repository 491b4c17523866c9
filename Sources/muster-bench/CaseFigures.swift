import Foundation
import Roster
import RosterCheck
import RosterEngine

// Foundation has a Progress too.
import struct RosterEngine.Progress

/// What one process measured on one case.
struct CaseFigures: Hashable, Codable {
    let people: Int
    let days: Int
    /// Reading the folder.
    let secondsToRead: Double
    /// Of the search: until there was a lawful rota.
    let secondsToFirst: Double
    let gapTimes: [GapTime]
    /// Of the search: until the rota that it ended with; nil in records from before it was measured.
    let secondsToBest: Double?
    let seconds: Double
    let iterations: Int
    let status: String
    /// Person-minutes of hard cover, and of soft minimums, missing at the end.
    let hardMinutes: Int
    let minimumMinutes: Int
    /// Level 3, in points.
    let cost: Double
    let bound: Double?
    /// (cost − bound) / max(1, |cost|).
    let gap: Double?
    /// Of reading and searching, in user and system mode on all threads.
    let cpuSeconds: Double
    /// The median of five checks of the rota.
    let checkSeconds: Double
    let breaches: Int
    /// The largest resident set of the process.
    let peakMegabytes: Double
}

extension CaseFigures {
    /// Solves and checks the case in this process.
    init(_ benchmark: BenchmarkCase, _ limits: SearchLimits) throws {
        let clock = ContinuousClock()
        let read = try clock.timed { try benchmark.read(seed: limits.seed) }
        let (scenario, rules) = (read.result.scenario, read.result.ruleBook)
        var options = SolveOptions()
        options.threads = limits.threads
        options.seed = limits.seed
        var history: [Progress] = []
        let result = try RosterEngine.solve(
            scenario, rules, options: options, stop: Stop(seconds: limits.seconds)
        ) {
            history.append($0)
        }
        let run = result.run
        let usage = ResourceUsage.ofThisProcess
        let checks = (0..<5).map { _ in
            clock.timed { RosterCheck.check(scenario, rules, result.rota) }
        }

        self.init(
            people: scenario.people.count,
            days: scenario.period.days.count,
            secondsToRead: read.seconds,
            secondsToFirst: run.secondsToFirst,
            gapTimes: GapTime.percents.map { GapTime(percent: $0, in: history) },
            secondsToBest: run.secondsToBest,
            seconds: run.seconds,
            iterations: run.iterations,
            status: run.status.name,
            hardMinutes: Int(run.levels[0].objective),
            minimumMinutes: Int(run.levels[1].objective),
            cost: run.levels[2].objective,
            bound: run.levels[2].bound,
            gap: run.levels[2].gap,
            cpuSeconds: usage.cpuSeconds,
            checkSeconds: checks.map(\.seconds).sorted()[2],
            breaches: checks[0].result.breaches.count,
            peakMegabytes: ResourceUsage.ofThisProcess.peakMegabytes)
    }
}

extension ContinuousClock {
    fileprivate func timed<Result>(_ work: () throws -> Result) rethrows -> (result: Result, seconds: Double)
    {
        let start = now
        let result = try work()
        return (result, (now - start) / .seconds(1))
    }
}
