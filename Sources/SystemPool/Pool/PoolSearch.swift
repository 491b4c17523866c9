import LinearProgram

/// Solves the levels one after the other, each held for those that follow.
struct PoolSearch {
    let programme: PoolProgramme
    private(set) var choice: PoolChoice
    private(set) var results: [PoolSolution.Result] = []

    /// By how much the system's shortage may rise, in per cent, for the sake of the worst-off organisation.
    static let allowance = 2

    /// Within the allowance nearly every set of duties can be in a choice, so that whole numbers are sought among all of
    /// them in small systems only.
    private static let liftEffort = PoolProgramme.Effort(columns: 4_000, nodes: 200)

    init(_ instance: PoolInstance, nodeLimit: Int = 2_000) throws(LinearProgramError) {
        programme = try PoolProgramme(instance, nodeLimit: nodeLimit)
        choice = GreedyMatch.choose(instance, programme.layout)
    }

    /// - Parameter afterShortage: what to look at when the shortage is least, before anything is traded.
    mutating func run(afterShortage: (PoolProgramme, PoolChoice) throws(LinearProgramError) -> Void)
        throws(LinearProgramError)
    {
        let layout = programme.layout
        let instance = programme.instance
        let before = layout.value(of: PoolChoice(), in: instance)
        if before.hard > 0 {
            try programme.pursue(.hard)
            let hard = try programme.minimise(&choice)
            results.append(
                PoolSolution.Result(
                    level: .hardMinutes, before: before.hard, objective: hard.objective, bound: hard.bound))
            try programme.holdHard(at: hard.objective)
        }
        try programme.pursue(.shortage)
        let shortage = try programme.minimise(&choice)
        try afterShortage(programme, choice)
        results.append(
            PoolSolution.Result(
                level: .shortage, before: before.shortage, objective: shortage.objective,
                bound: shortage.bound)
        )
        try lift(shortage, before)
        try programme.pursue(.burden)
        let burden = try programme.minimise(&choice)
        results.append(
            PoolSolution.Result(level: .burden, before: 0, objective: burden.objective, bound: burden.bound))
    }

    /// The worst-off organisation as low as the allowance lets it; then, with that held, the shortage as low as it was
    /// before or a little above.
    private mutating func lift(_ shortage: PoolProgramme.Reached, _ before: PoolValue)
        throws(LinearProgramError)
    {
        let (layout, instance) = (programme.layout, programme.instance)
        let worst = layout.value(of: choice, in: instance).worst
        let limit = shortage.objective + shortage.objective * Self.allowance / 100
        guard let row = try programme.holdShortage(at: limit), worst > 0 else {
            results.append(
                PoolSolution.Result(level: .worstOff, before: before.worst, objective: worst, bound: worst))
            return
        }
        try programme.liftWorst(from: worst)
        try programme.pursue(.worst)
        // The relaxation says how far it could be lifted at most; what whole numbers reach is sought by halving.
        let most = try programme.relax().map { Int((1e-6 - $0).rounded(.down)) } ?? 0
        var lift = 0
        var beyond = most + 1
        var bound = worst - most
        var least = shortage.objective
        try programme.pursue(.shortage)
        while beyond - lift > 1 {
            let middle = lift + (beyond - lift) / 2
            try programme.setLift(middle)
            let reached = try programme.minimise(&choice, below: limit + 1, effort: Self.liftEffort)
            if reached.objective <= limit {
                lift = middle
                least = reached.objective
            } else {
                beyond = middle
                // Otherwise it was only not found.
                if reached.bound > limit { bound = max(bound, worst - middle + 1) }
            }
        }
        try programme.setLift(lift)
        try programme.tighten(row, to: least)
        results.append(
            PoolSolution.Result(
                level: .worstOff, before: before.worst, objective: worst - lift, bound: bound))
    }
}
