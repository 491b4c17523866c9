import LinearProgram

/// Solves the levels one after the other, each held for those that follow.
///
/// On each level the relaxation gives the bound, and whole choices come from rounding it and from ejection chains. Where
/// they do not meet, small systems are branched on; of large ones the bound says how far the choice can be from the best.
/// The last level is nearly whole by itself once it is fixed what is closed, in systems of any size.
struct PoolSearch {
    let programme: PoolProgramme
    private(set) var choice: PoolChoice
    private(set) var results: [PoolSolution.Result] = []
    private let chains: EjectionChains
    private var prices: PoolPrices
    /// Shares of sets in the relaxation of a system that differs a little.
    private let known: [PoolRounding.Share]

    /// By how much the system's shortage may rise, in per cent, for the sake of the worst-off organisation.
    static let allowance = 2

    /// How far the worst-off organisation can be lifted is branched on, with cuts, in systems of no more sets of duties.
    private static let branchSets = 12_000
    private static let branches = PoolProgramme.Effort(columns: 4_000, nodes: 2_000, work: 20_000_000)
    /// What that leaves open GLPK's own branch and cut is asked, in systems of no more sets than this.
    private static let integerSets = 8_000
    private static let integerNodes = 200
    /// In larger ones dives among the sets that are worth something come to it more often than not.
    private static let dives = PoolProgramme.Effort(columns: 4_000, nodes: 200, work: 20_000_000)
    /// Where they do not, cuts alone may show that nothing can, in systems of no more sets than this.
    private static let cutSets = 30_000
    private static let cutsAlone = PoolProgramme.Effort(columns: 0, nodes: 0, work: 0)

    private var instance: PoolInstance { programme.instance }
    private var layout: PoolLayout { programme.layout }
    private var value: PoolValue { layout.value(of: choice, in: instance) }
    private var isSmall: Bool { chains.table.parts.count <= Self.branchSets }
    private var effort: PoolProgramme.Effort { isSmall ? Self.branches : Self.dives }

    /// - Parameters:
    ///   - start: a choice that is known, such as that of a system that differs a little; nil for none.
    ///   - known: shares of sets in such a system's relaxation.
    init(
        _ instance: PoolInstance, nodeLimit: Int = 2_000, from start: PoolChoice? = nil,
        known: [PoolRounding.Share] = []
    ) throws(LinearProgramError) {
        self.known = known
        programme = try PoolProgramme(instance, nodeLimit: nodeLimit)
        var chains = EjectionChains(instance, programme.layout, givers: programme.givers)
        prices = PoolPrices(instance, programme.layout, chains.table)
        chains.start(from: start ?? GreedyMatch.choose(instance, programme.layout))
        chains.improve()
        choice = chains.choice
        self.chains = chains
    }

    /// - Parameter afterShortage: what to look at when the shortage is least, before anything is traded; with the
    ///   programme, the choice, and what the shortage cannot go below.
    mutating func run(
        afterShortage: (PoolProgramme, PoolChoice, Int) throws(LinearProgramError) -> Void
    ) throws(LinearProgramError) {
        let before = layout.value(of: PoolChoice(), in: instance)
        let shortage = try hardAndShortage()
        add(.shortage, before: before.shortage, shortage)
        try afterShortage(programme, choice, shortage.bound)
        try lift(shortage, before)
        add(.burden, before: 0, try leastBurden())
    }

    private mutating func add(_ level: PoolSolution.Level, before: Int, _ reached: PoolProgramme.Reached) {
        results.append(
            PoolSolution.Result(
                level: level, before: before, objective: reached.objective, bound: reached.bound))
    }

    // MARK: Levels

    /// The first two levels; the hard one only if anything is hard.
    mutating func hardAndShortage() throws(LinearProgramError) -> PoolProgramme.Reached {
        let before = layout.value(of: PoolChoice(), in: instance)
        try programme.crash(choice)
        if before.hard > 0 {
            try programme.pursue(.hard)
            let hard = try programme.minimise(&choice)
            add(.hardMinutes, before: before.hard, hard)
            try programme.holdHard(at: hard.objective)
        }
        return try leastShortage()
    }

    /// The least shortage that chains alone come to from known shares, without a programme.
    mutating func shortage(downTo bound: Int) -> Int {
        let hard = value.hard
        round(chains, PoolGoal(), known, until: { $0.shortage <= bound }) {
            [max(hard, $0.hard), $0.shortage]
        }
        return value.shortage
    }

    private mutating func leastShortage() throws(LinearProgramError) -> PoolProgramme.Reached {
        if known.isEmpty { try addLikely() }
        for share in known { try programme.add(share.part) }
        try programme.pursue(.shortage)
        let relaxed = try programme.relax()
        var bound = relaxed.map(programme.rounded) ?? programme.least
        if relaxed != nil, chains.table.isComplete {
            bound = max(bound, programme.exactBound(over: chains.table))
        }
        let enough = bound
        round(chains, PoolGoal(), programme.shares, until: { $0.shortage <= enough }) {
            [$0.hard, $0.shortage]
        }
        let (shortage, sets) = (value.shortage, chains.table.parts.count)
        guard shortage > bound, sets <= Self.divedSets else {
            return PoolProgramme.Reached(objective: shortage, bound: min(bound, shortage))
        }
        let reached = try programme.minimise(&choice, effort: Self.ofShortage)
        return PoolProgramme.Reached(
            objective: reached.objective, bound: min(reached.objective, max(reached.bound, bound)))
    }

    /// The first level is nearly whole by itself; of systems with more sets a dive takes too long.
    private static let divedSets = 60_000
    private static let ofShortage = PoolProgramme.Effort(columns: 4_000, nodes: 200, work: 40_000_000)

    /// Columns that rough prices ask for, if all were equally well off with a little less shortage than now: with them the
    /// simplex method takes less than half as long for this level and the next.
    private func addLikely() throws(LinearProgramError) {
        let (all, organisations) = (value.shortage, layout.fixedCost.count)
        guard organisations > 0 else { return }
        let held = PoolPrices.Held(
            hard: value.hard, worst: all / organisations / PoolValue.hour + 1, all: all - all / Self.advance)
        var rough = prices
        rough.climb(held, .rough)
        for share in rough.shares { try programme.add(share.part) }
    }

    /// The share of the shortage that chains leave above the least, about.
    private static let advance = 200

    /// The worst-off organisation as low as the allowance lets it; then, with that held, the shortage as low as it was
    /// before or a little above.
    private mutating func lift(_ shortage: PoolProgramme.Reached, _ before: PoolValue)
        throws(LinearProgramError)
    {
        let worst = value.worst
        let limit = shortage.objective + shortage.objective * Self.allowance / 100
        guard try programme.holdShortage(at: limit), worst > 0 else {
            add(.worstOff, before: before.worst, PoolProgramme.Reached(objective: worst, bound: worst))
            add(.settled, before: before.shortage, shortage)
            return
        }
        try programme.liftWorst(from: worst)
        try programme.pursue(.worst)
        let bound = try programme.relax().map(programme.rounded) ?? programme.least
        let lifted = try leastWorst(bound: bound, limit)
        add(.worstOff, before: before.worst, lifted)
        let steps = PoolProgramme.Steps(least: shortage.objective, limit: limit)
        try programme.pursue(.shortage, in: steps)
        let settled = try settle(at: worst - lifted.objective, lifted.objective)
        try programme.tightenShortage(to: settled.objective)
        add(
            .settled, before: before.shortage,
            PoolProgramme.Reached(
                objective: settled.objective,
                bound: min(settled.bound, Self.leastSettled(settled.bound, shortage))))
    }

    /// What nobody can go below once the worst-off has been lifted, if it is not known how far the first level could go:
    /// where a lift costs nothing as little as that, and no more than the allowance of that.
    private static func leastSettled(_ bound: Int, _ shortage: PoolProgramme.Reached) -> Int {
        bound > shortage.objective ? shortage.bound + shortage.bound * allowance / 100 : shortage.bound
    }

    private mutating func leastWorst(bound: Int, _ limit: Int) throws(LinearProgramError)
        -> PoolProgramme.Reached
    {
        let first = value
        try programme.pursue(.shortage)
        // Asking for a little less than the most lets whole people fit.
        let aim = bound + 2
        if value.worst > aim {
            try programme.setLift(first.worst - aim)
            let least = try programme.relax().map(programme.rounded) ?? limit
            let held = PoolPrices.Held(
                hard: value.hard, worst: aim, all: min(limit, least + least / Self.concession))
            round(within: held, .first) {
                [$0.hard, $0.shortage > limit ? 1 : 0, $0.worst, $0.shortage, $0.burden]
            }
        }
        guard value.worst > bound else {
            return PoolProgramme.Reached(objective: value.worst, bound: value.worst)
        }
        let table = chains.table
        guard isSmall else {
            let reached = try decided(from: bound, liftingFrom: first.worst, limit, effort)
            guard reached.objective > reached.bound, table.isComplete, table.parts.count <= Self.cutSets
            else {
                return reached
            }
            return try programme.withAllSets(of: table) { () throws(LinearProgramError) in
                try decided(from: reached.bound, liftingFrom: first.worst, limit, Self.cutsAlone)
            }
        }
        guard try programme.addAll(table) else {
            try programme.pursue(.worst)
            try programme.freeLift()
            return try programme.minimise(&choice, effort: effort)
        }
        return try decided(from: bound, liftingFrom: first.worst, limit, effort)
    }

    /// Asks of one risk after the other whether the worst-off organisation can be lifted to it within the allowance.
    ///
    /// Once that is fixed the programme is far tighter than while it is sought, because cuts can be made from what each
    /// organisation may come to.
    private mutating func decided(
        from bound: Int, liftingFrom first: Int, _ limit: Int, _ effort: PoolProgramme.Effort
    ) throws(LinearProgramError) -> PoolProgramme.Reached {
        var least = bound
        // From here on it can be done, or it is not known.
        var open = value.worst
        while least < open {
            let aim = open == value.worst ? open - 1 : (least + open) / 2
            try programme.setLift(first - aim)
            let reached = try programme.minimise(&choice, effort: effort, below: limit + 1)
            if reached.objective <= limit {
                open = value.worst
            } else if reached.bound > limit {
                least = aim + 1
            } else if programme.hasAllColumns, programme.columns.count <= Self.integerSets {
                let asked = try programme.anyChoice(nodes: Self.integerNodes)
                if let found = asked.choice, isBetter(found, within: limit) { choice = found }
                if asked.isRefuted { least = aim + 1 }
                open = asked.isRefuted ? open : min(aim, value.worst)
            } else {
                open = aim
            }
        }
        return PoolProgramme.Reached(objective: value.worst, bound: least)
    }

    private func isBetter(_ found: PoolChoice, within limit: Int) -> Bool {
        let other = layout.value(of: found, in: instance)
        return other.hard <= value.hard && other.shortage <= limit && other.worst < value.worst
    }

    /// The share of the least shortage by which a choice is let exceed it, so that whole people fit.
    private static let concession = 500

    private mutating func settle(at lift: Int, _ worst: Int) throws(LinearProgramError)
        -> PoolProgramme.Reached
    {
        try programme.setLift(lift)
        let bound = try programme.relax().map(programme.rounded) ?? programme.least
        guard let steps = programme.steps else { return try proven(bound) }
        let reached = try proven(bound)
        if reached.objective == reached.bound { return reached }
        let held = PoolPrices.Held(
            hard: value.hard, worst: worst, all: min(steps.limit, bound + bound / Self.concession))
        round(within: held, .again) {
            [$0.hard, max($0.worst, worst), steps.rounded($0.shortage), $0.burden]
        }
        return try proven(bound)
    }

    /// The least travel and calls of all who could close what is closed, with no lender losing more.
    ///
    /// Once it is fixed what is closed, the relaxation is whole nearly everywhere. Small systems are looked at before with
    /// that left open, so that of gaps that are worth the same the nearer one is closed.
    private mutating func leastBurden() throws(LinearProgramError) -> PoolProgramme.Reached {
        try programme.pursue(.burden)
        if isSmall { _ = try programme.minimise(&choice, effort: Self.branches) }
        try programme.holdCover(of: choice)
        try programme.crash(choice)
        return try programme.minimise(&choice, effort: Self.branches)
    }

    private mutating func proven(_ bound: Int) throws(LinearProgramError) -> PoolProgramme.Reached {
        let objective = programme.objective(of: value)
        guard objective > bound else {
            return PoolProgramme.Reached(objective: objective, bound: min(bound, objective))
        }
        return try programme.minimise(&choice, effort: effort)
    }

    // MARK: Rounding

    private mutating func round(
        _ chains: EjectionChains, _ goal: PoolGoal, _ shares: [PoolRounding.Share],
        until isEnough: @escaping @Sendable (PoolValue) -> Bool,
        _ order: @escaping @Sendable (PoolValue) -> [Int]
    ) {
        var chains = chains
        chains.goal = goal
        choice =
            PoolRounding(
                chains: chains, shares: shares, order: order, isEnough: isEnough, instance: instance,
                layout: layout
            ).best(from: choice)
    }

    /// Rounds what the prices of limits ask for, among the sets that these prices make likely.
    ///
    /// Travel and calls count from the first on: a choice that keeps limits that are hard to keep is seldom found again
    /// with less of them.
    private mutating func round(
        within held: PoolPrices.Held, _ effort: PoolPrices.Effort,
        _ order: @escaping @Sendable (PoolValue) -> [Int]
    ) {
        prices.climb(held, effort)
        round(
            likely(prices.lacks()),
            PoolGoal(shortage: 0, burden: 1, limits: prices.limits(held)), prices.shares,
            until: { _ in false },
            order)
    }

    /// Chains among those sets that lack little to the best, and those of the choice.
    private func likely(_ lacks: [Double]) -> EjectionChains {
        let used = Set(choice.parts)
        let table = chains.table
        return EjectionChains(
            instance, layout, DutyTable(table) { lacks[$0] <= Self.reach || used.contains(table.parts[$0]) })
    }

    /// The most minutes that a set may lack to its giver's best.
    private static let reach = 30.0
}
