import Foundation
import Roster
import RulePack

/// How long and how hard to search.
public struct SolveOptions: Sendable {
    /// Rounds of the search; nil for no limit. The same inputs, seed and iterations give the same rota,
    /// byte for byte, however many threads.
    public var iterations: Int?
    /// Threads that work at once; the result does not depend on it.
    public var threads = 2
    public var seed: UInt64 = 1
    /// Stop when the proven gap of level 3 is at most this.
    public var gap = 0.0
    /// Where to write the last master programme of each component, in CPLEX LP format; nil for nowhere.
    public var programmeDirectory: URL?

    public init() {}
}

/// A line of progress: how the search stands when something changed.
public struct Progress: Hashable, Sendable {
    public let seconds: Double
    public let iteration: Int
    /// Person-minutes of hard cover, and of soft minimums, missing in the best rota so far.
    public let hardMinutes: Int
    public let minimumMinutes: Int
    /// Level 3 of the best rota so far, in points.
    public let best: Double
    /// Nil until there is one.
    public let bound: Double?
    /// What brought it: `first rota`, `ruin and recreate`, `bound`, `dive`, `neighbourhood`.
    public let source: String

    /// (best − bound) / max(1, |best|).
    public var gap: Double? { bound.map { max(0, best - $0) / max(1, abs(best)) } }
}

/// A rota, and what the search can say about it.
public struct SolveResult: Sendable {
    public let rota: Rota
    public let run: Run
    /// What one more hour is worth, where a root says it.
    public let duals: [HourDual]
}

/// The roster engine: from a scenario to the best lawful rota it can find, with a bound on the best there is.
public enum RosterEngine {
    /// Solves a scenario.
    ///
    /// Level 1, person-minutes of hard cover, comes before level 2, person-minutes of soft minimums, and that
    /// before level 3, everything else; none is ever traded for a later one. Whatever stops the search, the
    /// rota that comes back is lawful.
    ///
    /// - Parameters:
    ///   - stop: ends the search at its deadline or when asked.
    ///   - progress: called on this thread whenever the best rota or the bound has changed.
    /// - Throws: ``EngineError/noLawfulLine(person:)`` if somebody has no lawful line of work at all,
    ///   ``EngineError/stopped`` if a large problem had no first rota yet when it was to stop.
    public static func solve(
        _ scenario: Scenario, _ rules: RuleBook, options: SolveOptions = SolveOptions(), stop: Stop,
        progress: (Progress) -> Void = { _ in }
    ) throws(EngineError) -> SolveResult {
        let problem = try Compiler(scenario, rules).problem(stop)
        var search = Search(problem, options: options, stop: stop)
        return try search.run(progress)
    }
}
