import LinearProgram
import Roster

/// The cross-system view's core: which moves of staff between organisations reduce risk most without stripping anyone.
public enum SystemPool {
    /// What is looked at beside the suggestions.
    public struct Options: Hashable, Sendable {
        /// How many of ``PoolSolution/hours`` and ``PoolSolution/training`` are confirmed by solving again.
        public var confirmed: Int
        /// The most branches on each level; where they do not suffice, the bound says how far it can be.
        public var nodeLimit: Int

        public init(confirmed: Int = 10, nodeLimit: Int = 2_000) {
            self.confirmed = confirmed
            self.nodeLimit = nodeLimit
        }

        /// The moves alone, without what more hours or trainings would be worth.
        public static let quick = Options(confirmed: 0)
    }

    /// The best moves, with their reasons; and why the others are not made.
    ///
    /// Organisations whose data are stale or missing neither lend nor receive. The same picture gives the same answer.
    /// Solves on the calling thread and may take seconds.
    ///
    /// - Throws: ``LinearProgramError`` only for a fault of the program itself.
    public static func suggest(_ picture: SystemPicture, options: Options = Options())
        throws(LinearProgramError)
        -> PoolSolution
    {
        let instance = PoolInstance(picture)
        var search = try PoolSearch(instance, nodeLimit: options.nodeLimit)
        var worths: (hours: [HourWorth], training: [TrainingWorth]) = ([], [])
        try search.run { programme, choice, bound throws(LinearProgramError) in
            let worth = PoolWorth(programme: programme, choice: choice, bound: bound)
            worths = (
                try worth.hours(confirming: options.confirmed),
                try worth.training(confirming: options.confirmed)
            )
        }
        return PoolReport(instance: instance, search: search).solution(
            hours: worths.hours, training: worths.training)
    }

    /// For each offer, how many gaps it may lawfully close, each by itself.
    ///
    /// - Complexity: O(gaps × offers).
    public static func choices(_ picture: SystemPicture) -> [(key: OfferKey, value: Int)] {
        let instance = PoolInstance(picture)
        return instance.offers.map { ($0.key, instance.arcs[$0.index].count) }
    }

    /// What a desk does by hand, gap after gap, for comparison.
    public static func greedy(_ picture: SystemPicture) -> PoolOutcome {
        let instance = PoolInstance(picture)
        let layout = PoolLayout(instance)
        return PoolOutcome(
            layout.value(of: GreedyMatch.choose(instance, layout), in: instance), instance, layout)
    }
}

/// What a choice of moves comes to, in person-hours.
public struct PoolOutcome: Hashable, Sendable, Codable {
    public let hardHours: Double
    /// Risk-weighted and expected.
    public let riskHours: Double
    public let worstOffHours: Double
    /// Person-hours of gaps that are closed.
    public let closedHours: Double
    public let burdenMinutes: Int

    init(_ value: PoolValue, _ instance: PoolInstance, _ layout: PoolLayout) {
        hardHours = Double(value.hard) / 60
        riskHours = Double(value.shortage) / Double(PoolValue.hour)
        worstOffHours = Double(value.cost.max() ?? 0) / Double(PoolValue.hour)
        var closed = 0
        for gap in instance.gaps {
            for slice in layout.gapSlices[gap.index] {
                closed += min(gap.vacancy.missing, value.heads[slice.row]) * (slice.end - slice.start)
            }
        }
        closedHours = Double(closed) / 60
        burdenMinutes = value.burden
    }
}
