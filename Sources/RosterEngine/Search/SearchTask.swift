import LinearProgram

/// A piece of work on one component, done on one thread.
struct SearchTask: Sendable {
    enum Kind: Sendable {
        /// Ruin and recreate.
        case polish
        /// Column generation on a level; on the first two, and in a long period on all, a dive as well.
        case root(level: Int)
        /// A part of the rota, all else standing.
        case improve(Neighbourhood)
        /// Prices that raise the bound, step by step, without a linear programme.
        case ascend
        /// The whole component anew: once in large steps, and in small ones where parts bring nothing better any
        /// more.
        case dive(isFine: Bool)
        /// The two children of an open node.
        case branch(BranchNode)
    }

    let component: Int
    let kind: Kind
    /// A step that every component goes through once, in order, before it is improved.
    var isStage = false
    /// The parts of a long period at which a neighbourhood looks.
    var places: [Range<Int>] = []
    /// The how manieth it is of those that work on people one by one: four at once are about different people.
    var turn = 0
    /// Where a root leaves its programme, in CPLEX LP format; nil for nowhere.
    var programme: String?

    var name: String {
        switch kind {
        case .polish: "ruin and recreate"
        case .root, .dive: "dive"
        case .improve: "neighbourhood"
        case .ascend: "bound"
        case .branch: "branching"
        }
    }

    var isRoot: Bool { if case .root = kind { true } else { false } }
    var isDive: Bool { if case .dive = kind { true } else { false } }
    var node: BranchNode? { if case .branch(let node) = kind { node } else { nil } }

    /// What a task brings back.
    struct Result: Sendable {
        var lines: [Line] = []
        /// What the whole component came to with them when the task ended; nil if that does not matter.
        var objective: Objective?
        /// A bound on the level that the task worked on, in its units.
        var bound: Int64?
        /// The prices at which level 1 or 3 converged.
        var prices: Prices?
        /// Open nodes that a branching brought, or the root's.
        var nodes: [BranchNode] = []
        /// Lines worth knowing for later.
        var pool: [Line] = []
        /// Where the root's programme stood on level 3.
        var warm: WarmStart?
        /// Where the ascent of the bound stands.
        var ascent: Ascent?
        /// Roughly the nanoseconds that it took, counted and not measured, so that every run counts the same.
        var work = 0.0
        /// Everybody was looked at, to the end, and nothing better was found.
        var isInVain = false
    }

    func perform(
        _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop,
        _ random: inout RandomSource
    ) -> Result {
        let before = pricer.work
        do {
            var result = try outcome(problem, state, pricer, stop, &random)
            result.work += pricer.work - before
            return result
        } catch {
            // The programme refused its numbers, which integers of this size never bring about; the rota
            // that stands is lawful without it.
            assertionFailure("\(error)")
            return Result()
        }
    }

    private func outcome(
        _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop,
        _ random: inout RandomSource
    ) throws(LinearProgramError) -> Result {
        switch kind {
        case .polish: return polish(problem, state, pricer, stop, &random)
        case .root(let level): return try root(level, problem, state, pricer, stop, &random)
        case .improve(let part): return try improve(part, problem, state, pricer, stop, &random)
        case .ascend: return ascend(problem, state, pricer, stop)
        case .dive(let isFine): return try dive(isFine, problem, state, pricer, stop, &random)
        case .branch(let node): return try branch(node, problem, state, pricer, stop)
        }
    }

    private func polish(
        _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop,
        _ random: inout RandomSource
    ) -> Result {
        var ruin = RuinRecreate(problem, component: component, pricer: pricer)
        let better = ruin.improve(
            state.incumbent, rounds: 6 * problem.components[component].people.count, stop: stop, &random)
        return Result(lines: better.lines)
    }

    /// Some steps of the ascent of the bound on level 3.
    private func ascend(
        _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop
    ) -> Result {
        let objective = state.incumbent.objective
        let sub = SubProblem(problem, state.incumbent, level: 3, held: (objective.hard, objective.minimum))
        guard var ascent = state.ascent ?? Ascent(sub, state.incumbent) else { return Result() }
        // A bound holds for every rota, so it is reckoned as if nothing were reserved.
        pricer.opensReserved = true
        defer { pricer.opensReserved = false }
        ascent.climb(sub, pricer, stop)
        return Result(bound: ascent.provenBound(sub), ascent: ascent, work: ascent.work)
    }
}
