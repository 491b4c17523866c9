import LinearProgram

/// A part of the rota made better, all else standing.
extension SearchTask {
    /// A neighbourhood of the rota: many people on some days, or some people on all, all else standing.
    func improve(
        _ part: Neighbourhood, _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop,
        _ random: inout RandomSource
    ) throws(LinearProgramError) -> Result {
        let people = problem.components[component].people
        let objective = state.incumbent.objective
        if part == .oneByOne { return oneByOne(problem, state, pricer, stop, &random) }
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
                centre: level == 3 ? prices.map(window.part) : nil, mostWork: state.yields.mostWork / 2)
            let better = try improve(
                window.incumbent, with: generation, diving: state.yields.mostWork / 2, &random)
            let whole = state.incumbent.replacing(window.whole(better.lines), problem)
            return Result(
                lines: whole.lines, objective: whole.objective,
                work: window.work + pricer.work + generation.master.work,
                isInVain: level == 3 && free.count == people.count && !generation.wasCut
                    && !generation.isOver && whole.objective == state.incumbent.objective)
        }
        let sub = SubProblem(
            problem, state.incumbent, level: level, free: free, days: days,
            held: (objective.hard, objective.minimum))
        let generation = try ColumnGeneration(
            sub, pricer: pricer, stop: stop, incumbent: state.incumbent, start: state.pool, days: days,
            centre: level == 3 ? state.prices : nil)
        defer { generation.finish() }
        let best = try improve(state.incumbent, with: generation, &random)
        return Result(
            lines: best.lines, objective: best.objective,
            pool: stop.isDue ? [] : generation.bestLines(perPerson: 4),
            work: generation.master.work)
    }

    /// A quarter of the people anew, a few at a time, on some parts of a long period.
    private func oneByOne(
        _ problem: Problem, _ state: ComponentState, _ pricer: Pricer, _ stop: Stop,
        _ random: inout RandomSource
    ) -> Result {
        let people = problem.components[component].people
        var order = RandomSource(seed: UInt64(turn / 16), stream: component)
        let quarter = people.shuffled(using: &order).enumerated().filter { $0.offset % 4 == turn % 4 }.map(
            \.element)
        let price = Self.weekendPrice(problem, component)
        guard
            let window = Window(
                problem, state.incumbent, free: Set(quarter), days: OpenDays(places, of: problem.dayCount))
        else {
            var ruin = RuinRecreate(problem, component: component, pricer: pricer, weekendPrice: price)
            let better = ruin.improve(
                state.incumbent, of: quarter, rounds: people.count, stop: stop, &random)
            return Result(lines: better.lines, objective: better.objective)
        }
        let own = Pricer(window.problem)
        var ruin = RuinRecreate(window.problem, component: 0, pricer: own, weekendPrice: price)
        let better = ruin.improve(window.incumbent, rounds: 10 * quarter.count, stop: stop, &random)
        let whole = state.incumbent.replacing(window.whole(better.lines), problem)
        return Result(lines: whole.lines, objective: whole.objective, work: own.work + window.work)
    }

    /// Where weekends of duty are limited, one that is spared at no cost is worth something elsewhere in the period:
    /// a little against what is missing there.
    private static func weekendPrice(_ problem: Problem, _ component: Int) -> Int64 {
        let people = problem.components[component].people
        guard people.contains(where: { problem.people[$0].mostWeekends != nil }) else { return 0 }
        let dearest = problem.components[component].rows.compactMap {
            problem.rows[$0].shortageSlopes.last
        }.max()
        return (dearest ?? 0) / 32
    }

    /// The best of some dives, the first of them in large steps; the rota that stands if none is as good.
    ///
    /// - Parameter diving: nanoseconds, as they are counted, that dives may take beyond what is left of the generation's:
    ///   a programme that is not solved to the end can be dived from as well.
    private func improve(
        _ start: Incumbent, with generation: ColumnGeneration, diving: Double = 0,
        _ random: inout RandomSource
    ) throws(LinearProgramError) -> Incumbent {
        let sub = generation.sub
        _ = try generation.generate(rounds: 60, gap: 0.0001, smoothing: 10)
        generation.allow(diving)
        var best = start
        for share in [0.06, 0.03, 0.015] where !generation.isOver {
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
