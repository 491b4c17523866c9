import LinearProgram

/// Solves the levels one after the other, each held for those that follow.
struct PoolSearch {
    let programme: PoolProgramme
    private(set) var choice: PoolChoice
    private(set) var results: [PoolSolution.Result] = []

    /// By how much the system's shortage may rise, in per cent, for the sake of the worst-off organisation.
    static let allowance = 2

    /// What the search for a lift may take: the dives, and the branches in between.
    private static let liftWork = 250_000_000
    /// Within the allowance nearly every set of duties can be in a choice, so that whole numbers are sought among all of
    /// them in small systems only.
    private static let branchColumns = 4_000
    /// Travel has so many choices within a few minutes of the least that the proof can be out of reach.
    private static let burdenEffort = PoolProgramme.Effort(
        columns: 20_000, nodes: 2_000, work: 100_000_000)

    init(_ instance: PoolInstance, nodeLimit: Int = 2_000) throws(LinearProgramError) {
        programme = try PoolProgramme(instance, nodeLimit: nodeLimit)
        choice = BestResponse.improve(
            GreedyMatch.choose(instance, programme.layout), instance, programme.layout,
            givers: programme.givers)
    }

    /// - Parameter afterShortage: what to look at when the shortage is least, before anything is traded.
    mutating func run(afterShortage: (PoolProgramme, PoolChoice) throws(LinearProgramError) -> Void)
        throws(LinearProgramError)
    {
        let before = programme.layout.value(of: PoolChoice(), in: programme.instance)
        try programme.crash(choice)
        if before.hard > 0 {
            try programme.pursue(.hard)
            let hard = try programme.minimise(&choice)
            add(.hardMinutes, before: before.hard, hard)
            try programme.holdHard(at: hard.objective)
        }
        try programme.pursue(.shortage)
        let shortage = try programme.minimise(&choice)
        add(.shortage, before: before.shortage, shortage)
        try afterShortage(programme, choice)
        try lift(shortage, before)
        try programme.pursue(.burden)
        add(.burden, before: 0, try programme.minimise(&choice, effort: Self.burdenEffort))
    }

    private mutating func add(_ level: PoolSolution.Level, before: Int, _ reached: PoolProgramme.Reached) {
        results.append(
            PoolSolution.Result(
                level: level, before: before, objective: reached.objective, bound: reached.bound))
    }

    /// The worst-off organisation as low as the allowance lets it; then, with that held, the shortage as low as it was
    /// before or a little above.
    private mutating func lift(_ shortage: PoolProgramme.Reached, _ before: PoolValue)
        throws(LinearProgramError)
    {
        let worst = programme.layout.value(of: choice, in: programme.instance).worst
        let limit = shortage.objective + shortage.objective * Self.allowance / 100
        guard let row = try programme.holdShortage(at: limit), worst > 0 else {
            add(.worstOff, before: before.worst, PoolProgramme.Reached(objective: worst, bound: worst))
            add(.settled, before: before.shortage, shortage)
            return
        }
        try programme.liftWorst(from: worst)
        try programme.pursue(.worst)
        // The relaxation says how far it could be lifted at most: mostly whole numbers reach it, or a little less.
        let most = try programme.relax().map { Int((1e-6 - $0).rounded(.down)) } ?? worst
        var lift = 0
        var beyond = most + 1
        var bound = worst - most
        var settled = shortage
        try programme.pursue(
            .shortage, in: PoolProgramme.Steps(least: shortage.objective, limit: limit))
        let end = programme.workDone + Self.liftWork
        let (instance, layout) = (programme.instance, programme.layout)
        let balanced = BestResponse.balance(
            choice, instance, layout, givers: programme.givers, limit: limit)
        let reachedFirst = worst - layout.value(of: balanced, in: instance).worst
        // Whole people fit the more easily the less is asked for.
        var less = 0
        while lift == 0, most - less > reachedFirst, programme.workDone < end {
            let reached = try seek(most - less, limit, nodes: 0, until: end)
            if reached.objective <= limit {
                (lift, settled) = (most - less, reached)
            } else {
                beyond = most - less
            }
            less = max(1, 2 * less)
        }
        if lift == 0, reachedFirst > 0 {
            choice = balanced
            try programme.setLift(reachedFirst)
            settled = try programme.minimise(
                &choice,
                effort: PoolProgramme.Effort(columns: 0, nodes: 0, work: Self.liftWork / 4))
            lift = reachedFirst
        }
        beyond = most + 1
        // What lies between is sought by halving.
        while beyond - lift > 1, programme.workDone < end {
            let middle = lift + (beyond - lift) / 2
            let reached = try seek(middle, limit, nodes: 200, until: end)
            if reached.objective <= limit {
                (lift, settled) = (middle, reached)
            } else {
                beyond = middle
                // Otherwise it was only not found.
                if reached.bound > limit { bound = max(bound, worst - middle + 1) }
            }
        }
        try programme.setLift(lift)
        try programme.tighten(row, to: settled.objective)
        add(.worstOff, before: before.worst, PoolProgramme.Reached(objective: worst - lift, bound: bound))
        add(
            .settled, before: before.shortage,
            PoolProgramme.Reached(
                objective: settled.objective,
                bound: shortage.bound < shortage.objective
                    ? min(settled.bound, shortage.bound) : settled.bound))
    }

    /// The least shortage with a lift, in steps; above the limit if there is none, or none was found.
    private mutating func seek(_ lift: Int, _ limit: Int, nodes: Int, until end: Int)
        throws(LinearProgramError) -> PoolProgramme.Reached
    {
        try programme.setLift(lift)
        return try programme.minimise(
            &choice, below: limit + 1,
            effort: PoolProgramme.Effort(
                columns: Self.branchColumns, nodes: nodes, work: (end - programme.workDone) / 2))
    }
}
