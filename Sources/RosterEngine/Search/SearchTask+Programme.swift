import LinearProgram

/// Column generation on a whole component: its bound, dives from it, and branching.
extension SearchTask {
    func root(
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

    func dive(
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
    func branch(
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
}
