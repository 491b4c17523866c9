import Foundation
import LinearProgram
import Roster

/// Runs the whole search, task by task: a rota at once, bounds by column generation, dives, neighbourhoods.
///
/// Several tasks are under way at once. A task's result is put together with the others when it is due, so many
/// tasks after it was planned (or when nothing else can be planned), whenever it was done; and each task has random
/// numbers of its own. So what comes out does not depend on the threads that do the work, and they seldom wait.
struct Search {
    let problem: Problem
    let options: SolveOptions
    let stop: Stop
    private var states: [ComponentState] = []
    private struct Flight {
        let task: SearchTask
        let start: Incumbent
        let number: Int
        /// The number of the task before whose planning the result must be in.
        let due: Int
    }

    /// Tasks that were planned so far, and those of them whose results are not in yet, by when they are due.
    private var planned = 0
    private var underWay: [Flight] = []
    /// Components that have begun their first dive.
    private var dived: Set<Int> = []
    /// Places that were looked at so far for neighbourhoods.
    private var places = 0
    /// Tasks so far that went through people one by one.
    private var oneByOneTurns = 0
    /// Tasks that were planned so far, by component: neighbourhoods and branching take turns.
    private var turns: [Int: Int] = [:]
    private var secondsToFirst = 0.0
    private var secondsToBest = 0.0

    init(_ problem: Problem, options: SolveOptions, stop: Stop) {
        self.problem = problem
        self.options = options
        self.stop = stop
    }

    mutating func run(_ progress: (Progress) -> Void) throws(EngineError) -> SolveResult {
        try construct()
        secondsToFirst = stop.elapsed
        report("first rota", progress)
        let crew = Crew<SearchTask.Result>(problem, threads: options.threads)
        // Ends what is under way once nothing can become better.
        let enough = Stop(seconds: nil, within: stop)
        while true {
            if underWay.first.map({ $0.due > planned }) ?? true, !enough.isDue, let task = plan() {
                launch(task, crew, enough)
                continue
            }
            guard let flight = underWay.first else { break }
            underWay.removeFirst()
            let result = crew.take(flight.number)
            if enough.wasAsked, !stop.wasAsked { continue }
            absorb(result, flight, progress)
            if isDone { enough.ask() }
        }
        return result()
    }

    private mutating func launch(_ task: SearchTask, _ crew: Crew<SearchTask.Result>, _ enough: Stop) {
        let task = placed(task)
        let (problem, state) = (problem, states[task.component])
        let random = RandomSource(seed: options.seed, stream: planned + 1000)
        let number = crew.submit { pricer in
            var random = random
            return task.perform(problem, state, pricer, enough, &random)
        }
        if task.isDive { dived.insert(task.component) }
        turns[task.component, default: 0] += 1
        underWay.append(
            Flight(task: task, start: state.incumbent, number: number, due: planned + patience(task)))
        underWay.sort { ($0.due, $0.number) < ($1.due, $1.number) }
        planned += 1
    }

    /// A neighbourhood of a long period at a place where nothing is under way, as far as there is one.
    private mutating func placed(_ task: SearchTask) -> SearchTask {
        guard case .improve(let part) = task.kind, problem.isLong(task.component) else { return task }
        let busy = underWay.map(\.task).filter { $0.component == task.component }.flatMap(\.places)
        var task = task
        if part == .oneByOne {
            task.turn = oneByOneTurns
            oneByOneTurns += 1
        }
        task.places = part.places(in: problem.dayCount, avoiding: busy, &places)
        return task
    }

    private mutating func absorb(
        _ result: SearchTask.Result, _ flight: Flight, _ progress: (Progress) -> Void
    ) {
        let (before, boundBefore) = (total, bound)
        let task = flight.task
        let improved = states[task.component].absorb(result, task, from: flight.start, problem)
        if total < before { secondsToBest = stop.elapsed }
        if total < before || bound != boundBefore { report(improved ? task.name : "bound", progress) }
    }

    /// A first rota for every component, each in random order of people.
    private mutating func construct() throws(EngineError) {
        let crew = Crew<(rota: Incumbent?, stuck: Int?)>(problem, threads: options.threads)
        let numbers = problem.components.indices.map { component in
            let (problem, seed, stop) = (problem, options.seed, stop)
            return crew.submit { pricer in
                var random = RandomSource(seed: seed, stream: component)
                var ruin = RuinRecreate(problem, component: component, pricer: pricer)
                let rota = ruin.construct(stop, &random)
                return (rota, ruin.stuck)
            }
        }
        for number in numbers {
            let (incumbent, stuck) = crew.take(number)
            guard let incumbent else {
                throw stuck.map { .noLawfulLine(person: problem.people[$0].person.id) } ?? .stopped
            }
            states.append(ComponentState(incumbent))
        }
    }

    // MARK: Planning

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

    /// Tasks that make a round, by which searches are limited and counted.
    private var tasksPerRound: Int { max(6, problem.components.count) }

    /// The next task; nil if there is nothing to do, or nothing before a result that is under way is in.
    private mutating func plan() -> SearchTask? {
        guard !isDone, planned < (options.iterations ?? Int.max / tasksPerRound) * tasksPerRound else {
            return nil
        }
        let open = states.indices.filter { !states[$0].isOptimal }
        let staged = Set(underWay.lazy.filter(\.task.isStage).map(\.task.component))
        let largestFirst = open.sorted {
            (problem.components[$1].people.count, $0) < (problem.components[$0].people.count, $1)
        }
        if let next = largestFirst.first(where: { !states[$0].isImproving && !staged.contains($0) }) {
            return SearchTask(
                component: next, kind: states[next].next, isStage: true,
                programme: programme(ofComponent: next))
        }
        // While its root is under way, a component's rota is made better without the root's prices.
        let rooted = underWay.filter { $0.task.isRoot }.map(\.task.component)
        let filled = Set(underWay.filter { !$0.task.isStage }.map(\.task.component))
        if let next = largestFirst.first(where: { rooted.contains($0) && !filled.contains($0) }) {
            let isPolished = planned % 2 == 0 && !problem.isLong(next)
            return SearchTask(
                component: next,
                kind: isPolished ? .polish : .improve(states[next].nextNeighbourhood(problem)))
        }
        if let next = largestFirst.first(where: { isWorthDiving($0) }) {
            return SearchTask(component: next, kind: .dive(isFine: false))
        }
        return improvement(open.filter { states[$0].isImproving })
    }

    /// A neighbourhood or a branching, shared out by how far each component is from its bound for each of its people,
    /// who are what a task takes time for: the largest distance first, one more task for each further share of it (a
    /// highest averages method).
    private mutating func improvement(_ open: [Int]) -> SearchTask? {
        func claim(_ component: Int) -> Double {
            let given = underWay.count { $0.task.component == component }
            let people = max(1, problem.components[component].people.count)
            return states[component].distance / Double((given + 1) * people)
        }
        let pick = open.max { left, right in
            let (own, other) = (claim(left), claim(right))
            return own < other || (own == other && left > right)
        }
        guard let pick else { return nil }
        let tasks = underWay.map(\.task).filter { $0.component == pick }
        if !tasks.contains(where: \.isDive), isWorthDivingAgain(pick) {
            return SearchTask(component: pick, kind: .dive(isFine: true))
        }
        if isWorthAscending(pick, tasks) { return SearchTask(component: pick, kind: .ascend) }
        if turns[pick, default: 0] % 4 != 0, isNear(pick) || turns[pick, default: 0] % 2 == 1 {
            let split = Set(tasks.compactMap(\.node?.id))
            let node = states[pick].splittable.first { !split.contains($0.id) }
            if let node, node.next?.isOnShortage == true || isWorthBranching(pick) {
                return SearchTask(component: pick, kind: .branch(node))
            }
        }
        return SearchTask(component: pick, kind: .improve(states[pick].nextNeighbourhood(problem)))
    }

    /// How many tasks may be planned before this one's result must be in: those that take as long as many others
    /// have time.
    private func patience(_ task: SearchTask) -> Int {
        let size = problem.components[task.component].people.count * problem.dayCount
        switch task.kind {
        case .root: return max(16, problem.isLong(task.component) ? size / 40 : size / 90)
        case .dive(false): return max(16, size / 60)
        case .dive(true): return 48
        case .ascend: return 16
        case .improve(let part) where problem.isLong(task.component):
            // Those that follow look elsewhere, as far as there is room.
            return part == .oneByOne ? 3 : part.extent.parts * part.extent.days <= 14 ? 4 : 8
        case .polish, .improve, .branch: return 6
        }
    }

    /// One file a component that has anybody; the later level replaces the earlier.
    private func programme(ofComponent component: Int) -> String? {
        guard !problem.components[component].people.isEmpty else { return nil }
        let file = options.programmeDirectory?.appending(path: "master-\(component + 1).lp")
        return file?.path(percentEncoded: false)
    }

    /// The root of a long period dives itself.
    private func isWorthDiving(_ component: Int) -> Bool {
        states[component].isImproving && !dived.contains(component) && !problem.isLong(component)
    }

    /// The bound of a very large component is raised beside the rota, in a fifth of the work.
    private func isWorthAscending(_ component: Int, _ tasks: [SearchTask]) -> Bool {
        !problem.isRootable(component) && states[component].minimumProven
            && !(states[component].ascent?.isSpent ?? false)
            && states[component].work.ascent * 5 < states[component].work.all
            && !tasks.contains { if case .ascend = $0.kind { true } else { false } }
    }

    /// A dive in small steps takes as long as many neighbourhoods, so it waits until these bring nothing, and
    /// pays where the component is not too large.
    private func isWorthDivingAgain(_ component: Int) -> Bool {
        let people = problem.components[component].people.count
        return states[component].idle >= 8 && states[component].minimumProven
            && people * problem.dayCount <= 4000
    }

    /// Branching on days pays where a programme is solved in an instant, where next to nothing is left between the rota
    /// and the bound, or where nothing else has brought anything for long; elsewhere better rotas come first. Branching
    /// on heads missing always pays: it takes few nodes.
    private func isWorthBranching(_ component: Int) -> Bool {
        problem.components[component].people.count <= 14 || isNear(component)
            || (states[component].barren >= 40 && isNear(component, 0.005))
    }

    /// Less is left between the rota and the bound than neighbourhoods are likely to find.
    private func isNear(_ component: Int, _ share: Double = 0.003) -> Bool {
        let cost = Double(states[component].incumbent.objective.cost)
        return states[component].distance < share * max(60, abs(cost))
    }

    // MARK: Results

    private var rounds: Int { (planned - underWay.count + tasksPerRound - 1) / tasksPerRound }

    private func report(_ source: String, _ progress: (Progress) -> Void) {
        let total = total
        progress(
            Progress(
                seconds: stop.elapsed, iteration: rounds, hardMinutes: total.hard,
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
                secondsToFirst: secondsToFirst, secondsToBest: secondsToBest, iterations: rounds,
                seed: options.seed, threads: options.threads),
            duals: states.flatMap { $0.hourDuals(problem) })
    }

    private func rota() -> Rota {
        let duties = states.flatMap(\.incumbent.lines).flatMap { line in
            let model = problem.people[line.person]
            return line.slots.enumerated().compactMap { day, slot -> Duty? in
                guard slot != 0 else { return nil }
                let slot = model.slots[Int(slot)]
                // Where somebody is lent is no shift of this roster, and no part of its rota.
                if let fixed = slot.fixed { return slot.shift == nil ? nil : fixed }
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
