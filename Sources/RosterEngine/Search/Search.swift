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
    var states: [ComponentState] = []
    struct Flight {
        let task: SearchTask
        let start: Incumbent
        let number: Int
        /// The number of the task before whose planning the result must be in.
        let due: Int
    }

    /// Tasks that were planned so far, and those of them whose results are not in yet, by when they are due.
    private(set) var planned = 0
    private(set) var underWay: [Flight] = []
    /// Components that have begun their first dive.
    private(set) var dived: Set<Int> = []
    /// Places that were looked at so far for neighbourhoods.
    private var places = 0
    /// Tasks so far that went through people one by one.
    private var oneByOneTurns = 0
    /// Tasks that were planned so far, by component: neighbourhoods and branching take turns.
    private(set) var turns: [Int: Int] = [:]
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
        let state = states[task.component]
        task.places = part.places(
            in: problem.dayCount, avoiding: busy, vain: state.vain[part] ?? [],
            costs: state.incumbent.costsUpToDays(problem), &places)
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

    // MARK: How it stands

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

    var isDone: Bool {
        states.allSatisfy(\.isOptimal)
            || (states.allSatisfy(\.minimumProven) && bound.map { gap($0) <= options.gap } ?? false)
    }

    private func gap(_ bound: Int64) -> Double {
        Double(total.cost - bound) / 60 / max(1, abs(total.points))
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
