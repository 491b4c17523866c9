import Foundation
import LinearProgram
import Roster

/// Runs the whole search in rounds: a rota at once, bounds by column generation, dives, neighbourhoods.
///
/// Work goes to a fixed number of tasks a round, each with random numbers of its own, and what they find is
/// put together in their order; so the result does not depend on the threads that do it.
struct Search {
    let problem: Problem
    let options: SolveOptions
    let stop: Stop
    private var states: [ComponentState] = []
    private var round = 0
    private var secondsToFirst = 0.0
    private var secondsToBest = 0.0

    init(_ problem: Problem, options: SolveOptions, stop: Stop) {
        self.problem = problem
        self.options = options
        self.stop = stop
    }

    mutating func run(_ progress: (Progress) -> Void) throws(EngineError) -> SolveResult {
        let crew = Crew(problem, threads: options.threads)
        try construct(crew)
        secondsToFirst = stop.elapsed
        report("first rota", progress)
        while !stop.isDue, round < options.iterations ?? Int.max, !isDone {
            let tasks = plan()
            if tasks.isEmpty { break }
            round += 1
            let before = total
            let boundBefore = bound
            let (seed, stop, problem, round, states) = (options.seed, stop, problem, round, states)
            let results = crew.run(tasks.count) { index, pricer in
                var random = RandomSource(seed: seed, stream: round * 1000 + index)
                let task = tasks[index]
                return task.perform(problem, states[task.component], pricer, stop, &random)
            }
            var sources: Set<String> = []
            for (task, result) in zip(tasks, results) {
                let improved = self.states[task.component].absorb(
                    result, task, from: states[task.component].incumbent, problem)
                if improved { sources.insert(task.name) }
            }
            if total < before { secondsToBest = stop.elapsed }
            if total < before || bound != boundBefore {
                report(sources.isEmpty ? "bound" : sources.sorted().joined(separator: ", "), progress)
            }
        }
        return result()
    }

    /// A first rota for every component, each in random order of people.
    private mutating func construct(_ crew: Crew) throws(EngineError) {
        let (problem, seed) = (problem, options.seed)
        let found = crew.run(problem.components.count) {
            component, pricer -> (rota: Incumbent?, stuck: Int?) in
            var random = RandomSource(seed: seed, stream: component)
            var ruin = RuinRecreate(problem, component: component, pricer: pricer)
            let rota = ruin.construct(&random)
            return (rota, ruin.stuck)
        }
        for (incumbent, stuck) in found {
            guard let incumbent else {
                throw EngineError.noLawfulLine(person: problem.people[stuck ?? 0].person.id)
            }
            states.append(ComponentState(incumbent))
        }
    }

    // MARK: Rounds

    private var total: Objective { states.reduce(Objective()) { $0 + $1.incumbent.objective } }

    /// The bound on level 3 of the whole, if every component has one.
    private var bound: Int64? {
        var sum: Int64 = 0
        for state in states {
            guard let bound = state.costBound else { return nil }
            sum += bound
        }
        return sum
    }

    private var isDone: Bool {
        states.allSatisfy(\.isOptimal) || (bound.map { gap($0) <= options.gap } ?? false)
    }

    private func gap(_ bound: Int64) -> Double {
        Double(total.cost - bound) / 60 / max(1, abs(total.points))
    }

    /// Tasks of a round; enough that threads seldom wait for each other.
    private static let tasksPerRound = 6

    /// Tasks of the next round, shared out by how far each component is from its bound: neighbourhoods and
    /// branching in turn.
    private func plan() -> [SearchTask] {
        let open = states.indices.filter { !states[$0].isOptimal }
        guard !open.isEmpty else { return [] }
        let fresh = open.filter { !states[$0].isImproving }
        if !fresh.isEmpty {
            return fresh.map {
                SearchTask(component: $0, kind: states[$0].next, programme: programme(ofComponent: $0))
            }
        }
        var tasks: [SearchTask] = []
        // Largest distance first, one more task for each further share of it (a highest averages method).
        var given = Array(repeating: 0, count: states.count)
        var split = Array(repeating: 0, count: states.count)
        for _ in 0..<Self.tasksPerRound {
            let pick = open.max { left, right in
                let own = states[left].distance / Double(given[left] + 1)
                let other = states[right].distance / Double(given[right] + 1)
                return own < other || (own == other && left > right)
            }
            guard let pick else { break }
            var kind = SearchTask.Kind.improve
            if given[pick] == 0, isWorthDivingAgain(pick) { kind = .redive }
            let nodes = isWorthBranching(pick) ? states[pick].splittable : []
            if case .improve = kind, (given[pick] + round) % 2 == 1, split[pick] < nodes.count {
                kind = .branch(nodes[split[pick]])
                split[pick] += 1
            }
            tasks.append(SearchTask(component: pick, kind: kind))
            given[pick] += 1
        }
        return tasks
    }

    /// One file a component that has anybody; the later level replaces the earlier.
    private func programme(ofComponent component: Int) -> String? {
        guard !problem.components[component].people.isEmpty else { return nil }
        let file = options.programmeDirectory?.appending(path: "master-\(component + 1).lp")
        return file?.path(percentEncoded: false)
    }

    /// A dive in small steps takes as long as many neighbourhoods, so it waits until these bring nothing, and
    /// pays where the component is not too large.
    private func isWorthDivingAgain(_ component: Int) -> Bool {
        states[component].idle >= 8 && states[component].minimumProven
            && problem.components[component].people.count * problem.dayCount <= 1000
    }

    /// Branching pays where a programme is solved in an instant, or where next to nothing is left between the
    /// rota and the bound; elsewhere better rotas come first.
    private func isWorthBranching(_ component: Int) -> Bool {
        let cost = Double(states[component].incumbent.objective.cost)
        return problem.components[component].people.count <= 14
            || states[component].distance < 0.003 * max(60, abs(cost))
    }

    // MARK: Results

    private func report(_ source: String, _ progress: (Progress) -> Void) {
        let total = total
        progress(
            Progress(
                seconds: stop.elapsed, iteration: round, hardMinutes: total.hard,
                minimumMinutes: total.minimum, best: total.points, bound: bound.map { Double($0) / 60 },
                source: source))
    }

    private func result() -> SolveResult {
        let total = total
        let hardProven = states.allSatisfy(\.hardProven)
        let minimumProven = hardProven && states.allSatisfy(\.minimumProven)
        let hardBound = states.reduce(0) { $0 + $1.hardBound }
        let minimumBound = hardProven ? states.reduce(0) { $0 + $1.minimumBound } : nil
        let costBound = bound
        let proven = minimumProven && costBound != nil
        let status: RunStatus
        if total.hard > 0 {
            status = .hardGaps(provenMinimal: hardProven)
        } else if proven, let costBound, costBound >= total.cost {
            status = .optimal
        } else if proven, let costBound {
            status = .within(percent: gap(costBound) * 100)
        } else {
            status = .feasible
        }
        return SolveResult(
            rota: rota(),
            run: Run(
                status: status,
                levels: [
                    LevelResult(
                        level: 1, objective: Double(total.hard), bound: Double(hardBound), proven: hardProven),
                    LevelResult(
                        level: 2, objective: Double(total.minimum), bound: minimumBound.map(Double.init),
                        proven: minimumProven),
                    LevelResult(
                        level: 3, objective: total.points, bound: costBound.map { Double($0) / 60 },
                        proven: proven && (costBound ?? 0) >= total.cost),
                ], parts: CostParts(problem, states.map(\.incumbent)).points, seconds: stop.elapsed,
                secondsToFirst: secondsToFirst, secondsToBest: secondsToBest, iterations: round,
                seed: options.seed, threads: options.threads))
    }

    private func rota() -> Rota {
        let duties = states.flatMap(\.incumbent.lines).flatMap { line in
            let model = problem.people[line.person]
            return line.slots.enumerated().compactMap { day, slot -> Duty? in
                guard slot != 0 else { return nil }
                let slot = model.slots[Int(slot)]
                if let fixed = slot.fixed { return fixed }
                return slot.shift.map {
                    Duty(
                        person: model.person.id, day: problem.days[day].day, unit: slot.unit, shift: $0,
                        role: slot.role, source: slot.source)
                }
            }
        }
        return Rota(period: problem.scenario.period, duties: duties + outsiders)
    }

    /// Bookings of people who are not on the list stand in the rota as well.
    private var outsiders: [Duty] {
        problem.scenario.bookings.compactMap { booking in
            guard problem.scenario.person(booking.person) == nil,
                let shift = problem.scenario.shiftType(booking.shift)
            else { return nil }
            return Duty(
                person: booking.person, day: booking.day, unit: booking.unit, shift: shift,
                role: booking.role, source: .booking)
        }
    }
}
