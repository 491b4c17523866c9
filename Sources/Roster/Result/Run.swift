/// How a run ended: status, feasibility, bound and gap are separate facts.
public enum RunStatus: Hashable, Sendable, Codable {
    case optimal
    /// Proven to be within this many per cent of the optimum.
    case within(percent: Double)
    /// Lawful, with no bound that says more.
    case feasible
    case hardGaps(provenMinimal: Bool)
    /// No lawful rota was found within the limits.
    case none

    public var name: String {
        switch self {
        case .optimal: "optimal (proven)"
        case .within(let percent): "within \(Self.rounded(percent)) % (proven)"
        case .feasible: "feasible (no bound yet)"
        case .hardGaps(true): "hard gaps remain (proven minimal)"
        case .hardGaps(false): "hard gaps remain (not proven minimal)"
        case .none: "no rota"
        }
    }

    /// Rounded up, so that what is printed is still true.
    private static func rounded(_ percent: Double) -> String {
        let hundredths = Int((percent * 100).rounded(.up))
        return "\(hundredths / 100).\(padded(hundredths % 100, 2))"
    }
}

/// One level's result: its objective, the bound on it, and whether that is proven.
public struct LevelResult: Hashable, Sendable, Codable {
    /// 1: person-minutes of hard cover missing. 2: person-minutes below soft minimums. 3: weighted cost.
    public let level: Int
    public let objective: Double
    /// Nil if none was reached.
    public let bound: Double?
    /// The bound holds only if the levels before are proven too.
    public let proven: Bool

    public init(level: Int, objective: Double, bound: Double?, proven: Bool) {
        self.level = level
        self.objective = objective
        self.bound = bound
        self.proven = proven
    }

    /// (objective − bound) / max(1, |objective|); nil without a bound.
    public var gap: Double? { bound.map { max(0, objective - $0) / max(1, abs(objective)) } }
}

/// What a run reports about itself.
public struct Run: Hashable, Sendable, Codable {
    public let status: RunStatus
    /// Levels 1, 2 and 3, in this order.
    public let levels: [LevelResult]
    /// Level 3 by part: `shortage`, `surplus`, `wishes`, `nights`, `weekends`, `hours`, `policy`, …
    public let parts: [String: Double]
    public let seconds: Double
    public let secondsToFirst: Double
    public let secondsToBest: Double
    public let iterations: Int
    public let seed: UInt64
    public let threads: Int

    public init(
        status: RunStatus, levels: [LevelResult], parts: [String: Double], seconds: Double,
        secondsToFirst: Double, secondsToBest: Double, iterations: Int, seed: UInt64, threads: Int
    ) {
        self.status = status
        self.levels = levels
        self.parts = parts
        self.seconds = seconds
        self.secondsToFirst = secondsToFirst
        self.secondsToBest = secondsToBest
        self.iterations = iterations
        self.seed = seed
        self.threads = threads
    }
}
