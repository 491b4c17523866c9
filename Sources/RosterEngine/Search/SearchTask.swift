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

    private func root(
        _ level: Int, _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop,
        _ random: inout RandomSource
    ) throws(LinearProgramError) -> Result {
        let objective = state.incumbent.objective
        let sub = SubProblem(
            problem, state.incumbent, level: level, held: (objective.hard, objective.minimum))
        let generation = try ColumnGeneration(
            sub, pricer: pricer, stop: stop, incumbent: state.incumbent, start: state.pool,
            centre: level == 3 ? state.ascent?.prices : nil)
        defer { generation.finish() }
        // The last thousandth of a very large programme takes longer than all before it.
        let isVeryLarge = sub.people.count * problem.dayCount > 10_000
        _ = try generation.generate(rounds: 400, gap: isVeryLarge ? 0.001 : 0.0001, smoothing: 8)
        let isReserved = sub.people.contains { !problem.people[$0].reserved.isEmpty }
        let bound = isReserved ? try boundWithoutReserve(sub, state, pricer, stop) : generation.provenBound
        var result = Result(bound: bound)
        if let programme { try generation.master.write(to: programme) }
        if level != 2, !stop.isDue { result.prices = generation.prices }
        if level == 3, !stop.isDue, let bound {
            let next = isReserved ? nil : try generation.undecided(after: [], cutoff: objective.cost)
            result.nodes = [BranchNode(decisions: [], bound: bound, next: next)]
        }
        if !stop.isDue { result.pool = generation.bestLines(perPerson: 40) }
        if level == 3, !stop.isDue, !isReserved { result.warm = generation.master.warmStart }
        // What a long period's programme took to solve is not given up for a dive of its own.
        if level < 3 || problem.isLong(component),
            let lines = try generation.dive(rounds: 6, share: 0.02, &random)
        {
            var ruin = RuinRecreate(problem, component: component, pricer: pricer)
            let dived = Incumbent(problem, component: component, lines: lines)
            let people = problem.components[component].people.count
            result.lines = ruin.improve(dived, rounds: people, stop: stop, &random).lines
            if !stop.isDue { result.pool += generation.bestLines(perPerson: 10) }
        }
        return result
    }

    /// The bound if nothing were reserved: it holds for every rota that keeps the rules between people, too.
    private func boundWithoutReserve(
        _ sub: SubProblem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop
    ) throws(LinearProgramError) -> Int64? {
        pricer.opensReserved = true
        defer { pricer.opensReserved = false }
        let generation = try ColumnGeneration(
            sub, pricer: pricer, stop: stop, incumbent: state.incumbent, start: state.pool)
        defer { generation.finish() }
        _ = try generation.generate(rounds: 400, gap: 0.0001, smoothing: 8)
        return generation.provenBound
    }

    /// A neighbourhood of the rota: many people on some days, or some people on all, all else standing.
    private func improve(
        _ part: Neighbourhood, _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop,
        _ random: inout RandomSource
    ) throws(LinearProgramError) -> Result {
        let people = problem.components[component].people
        let objective = state.incumbent.objective
        if part == .oneByOne {
            var order = RandomSource(seed: UInt64(turn / 16), stream: component)
            let quarter = people.shuffled(using: &order).enumerated().filter { $0.offset % 4 == turn % 4 }
            var ruin = RuinRecreate(problem, component: component, pricer: pricer)
            let better = ruin.improve(
                state.incumbent, of: quarter.map(\.element), rounds: people.count, stop: stop, &random)
            return Result(lines: better.lines, objective: better.objective)
        }
        let level =
            objective.hard > 0 && !state.hardProven
            ? 1 : objective.minimum > 0 && !state.minimumProven ? 2 : 3
        let (size, days) =
            places.isEmpty
            ? Neighbourhood.usual(
                people: people.count, days: problem.dayCount, barren: state.barren, &random)
            : (state.count(part, problem, &random), OpenDays(places, of: problem.dayCount))
        let free = size == people.count ? Set(people) : neighbours(problem, state, size, &random)
        // A part of a long period is looked at as if there were nothing else.
        if !places.isEmpty, let days,
            let window = Window(problem, state.incumbent, free: free, days: days)
        {
            let pricer = Pricer(window.problem)
            let prices = state.prices ?? state.ascent?.prices
            let sub = SubProblem(
                window.problem, window.incumbent, level: level,
                held: (window.incumbent.objective.hard, window.incumbent.objective.minimum))
            let generation = try ColumnGeneration(
                sub, pricer: pricer, stop: stop, incumbent: window.incumbent, start: [],
                centre: level == 3 ? prices.map(window.part) : nil, mostWork: NeighbourhoodYields.mostWork)
            let better = try improve(window.incumbent, with: generation, stop, &random)
            let whole = state.incumbent.replacing(window.whole(better.lines), problem)
            return Result(
                lines: whole.lines, objective: whole.objective, work: pricer.work + generation.master.work)
        }
        let sub = SubProblem(
            problem, state.incumbent, level: level, free: free, days: days,
            held: (objective.hard, objective.minimum))
        let generation = try ColumnGeneration(
            sub, pricer: pricer, stop: stop, incumbent: state.incumbent, start: state.pool, days: days,
            centre: level == 3 ? state.prices : nil)
        defer { generation.finish() }
        let best = try improve(state.incumbent, with: generation, stop, &random)
        return Result(
            lines: best.lines, objective: best.objective,
            pool: stop.isDue ? [] : generation.bestLines(perPerson: 4),
            work: generation.master.work)
    }

    /// The best of some dives, the first of them in large steps; the rota that stands if none is as good.
    private func improve(
        _ start: Incumbent, with generation: ColumnGeneration, _ stop: Stop, _ random: inout RandomSource
    ) throws(LinearProgramError) -> Incumbent {
        let sub = generation.sub
        _ = try generation.generate(rounds: 60, gap: 0.0001, smoothing: 10)
        var best = start
        for share in [0.06, 0.03, 0.015] where !stop.isDue {
            guard
                let lines = try generation.dive(
                    rounds: 5, share: share, cutoff: start.objective.value(ofLevel: sub.level), &random)
            else { continue }
            let candidate = start.replacing(lines, sub.problem)
            if candidate.objective < best.objective {
                best = candidate
                break
            }
            if candidate.objective == best.objective { best = candidate }
        }
        return best
    }

    /// Some steps of the ascent of the bound on level 3.
    private func ascend(
        _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop
    ) -> Result {
        let objective = state.incumbent.objective
        let sub = SubProblem(problem, state.incumbent, level: 3, held: (objective.hard, objective.minimum))
        guard var ascent = state.ascent ?? Ascent(sub, state.incumbent) else { return Result() }
        ascent.climb(sub, pricer, stop)
        return Result(bound: ascent.provenBound(sub), ascent: ascent)
    }

    private func dive(
        _ isFine: Bool, _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop,
        _ random: inout RandomSource
    ) throws(LinearProgramError) -> Result {
        let objective = state.incumbent.objective
        let sub = SubProblem(problem, state.incumbent, level: 3, held: (objective.hard, objective.minimum))
        let generation = try ColumnGeneration(
            sub, pricer: pricer, stop: stop, incumbent: state.incumbent,
            start: state.warm == nil ? state.pool : [], centre: state.prices, warm: state.warm)
        defer { generation.finish() }
        _ = try generation.generate(rounds: 100, gap: 0.0001, smoothing: 8)
        // Of a large component the steps of the first dive are small enough.
        let share = isFine && sub.people.count * problem.dayCount <= 1000 ? 0.005 : 0.02
        let isGuided = isFine && Bool.random(using: &random)
        let dived = try generation.dive(
            rounds: 30, share: share, cutoff: Double(objective.cost),
            guide: isGuided ? state.incumbent : nil, &random)
        guard let lines = dived else { return Result() }
        var ruin = RuinRecreate(problem, component: component, pricer: pricer)
        let rota = Incumbent(problem, component: component, lines: lines)
        return Result(lines: ruin.improve(rota, rounds: sub.people.count, stop: stop, &random).lines)
    }

    /// Splits a node: the bounds of its two children, and what they find on the way.
    private func branch(
        _ node: BranchNode, _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop
    ) throws(LinearProgramError) -> Result {
        let objective = state.incumbent.objective
        var result = Result()
        for decisions in node.children {
            let sub = SubProblem(
                problem, state.incumbent, level: 3, held: (objective.hard, objective.minimum),
                limits: BranchNode.limits(decisions))
            let generation = try ColumnGeneration(
                sub, node: decisions, pricer: pricer, stop: stop, incumbent: state.incumbent,
                start: state.warm == nil ? state.pool : [], centre: state.prices, warm: state.warm)
            defer { generation.finish() }
            let outcome = try generation.generate(rounds: 80, gap: 0.0002, smoothing: 6)
            if generation.isEmpty { continue }
            let bound = max(node.bound, generation.provenBound ?? node.bound)
            if stop.isDue || outcome == .infeasible {
                // Not looked at to the end: the parent's bound is all that is sure.
                result.nodes.append(BranchNode(decisions: decisions, bound: node.bound, next: nil))
                continue
            }
            let next = try generation.undecided(after: node.decisions, cutoff: objective.cost)
            if next == nil, let lines = generation.wholeLines() { result.lines = lines }
            if bound < objective.cost {
                result.nodes.append(BranchNode(decisions: decisions, bound: bound, next: next))
            }
            result.pool += generation.bestLines(perPerson: 2)
        }
        return result
    }

    /// People who are at work when rows cost something come first, the rest at random.
    private func neighbours(
        _ problem: Problem, _ state: ComponentState, _ size: Int, _ random: inout RandomSource
    ) -> Set<Int> {
        let people = problem.components[component].people
        let centre = people.randomElement(using: &random) ?? 0
        let rows = Set(problem.people[centre].coverRow)
        let scored = people.map { person -> (person: Int, score: Double) in
            let shared = problem.people[person].coverRow.count { rows.contains($0) }
            let likeness = Double(shared) / Double(max(1, problem.people[person].coverRow.count))
            return (person, person == centre ? 9 : likeness + Double.random(in: 0..<1.5, using: &random))
        }
        return Set(scored.sorted { $0.score > $1.score }.prefix(size).map(\.person))
    }
}
