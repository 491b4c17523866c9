import Foundation
import Roster

/// Runs the whole search: a rota at once, bounds by column generation, dives, neighbourhoods, in rounds.
struct Search {
    let problem: Problem
    let options: SolveOptions
    let stop: Stop
    private var incumbents: [Incumbent] = []

    init(_ problem: Problem, options: SolveOptions, stop: Stop) {
        self.problem = problem
        self.options = options
        self.stop = stop
    }

    mutating func run(_ progress: (Progress) -> Void) throws(EngineError) -> SolveResult {
        let pricer = Pricer(problem)
        for component in problem.components.indices {
            var random = RandomSource(seed: options.seed, stream: component)
            var ruin = RuinRecreate(problem, component: component, pricer: pricer)
            guard let first = ruin.construct(&random) else {
                throw EngineError.noLawfulLine(person: problem.people[problem.components[component].people[0]].person.id)
            }
            incumbents.append(first)
        }
        let firstSeconds = stop.elapsed
        report("first rota", progress)
        for component in problem.components.indices {
            var random = RandomSource(seed: options.seed, stream: 1000 + component)
            var ruin = RuinRecreate(problem, component: component, pricer: pricer)
            incumbents[component] = ruin.improve(
                incumbents[component], rounds: 20 * problem.components[component].people.count, stop: stop, &random)
            report("ruin and recreate \(component) \(problem.components[component].people.count) \(problem.components[component].rows.count)", progress)
        }
        let total = incumbents.reduce(Objective()) { $0 + $1.objective }
        return SolveResult(
            rota: rota(),
            run: Run(
                status: total.hard > 0 ? .hardGaps(provenMinimal: false) : .feasible,
                levels: [
                    LevelResult(level: 1, objective: Double(total.hard), bound: nil, proven: false),
                    LevelResult(level: 2, objective: Double(total.minimum), bound: nil, proven: false),
                    LevelResult(level: 3, objective: total.points, bound: nil, proven: false),
                ], parts: [:], seconds: stop.elapsed, secondsToFirst: firstSeconds,
                secondsToBest: stop.elapsed, iterations: 0, seed: options.seed, threads: options.threads))
    }

    private func report(_ source: String, _ progress: (Progress) -> Void) {
        let total = incumbents.reduce(Objective()) { $0 + $1.objective }
        progress(
            Progress(
                seconds: stop.elapsed, iteration: 0, hardMinutes: total.hard, minimumMinutes: total.minimum,
                best: total.points, bound: nil, source: source))
    }

    private func rota() -> Rota {
        let duties = incumbents.flatMap(\.lines).flatMap { line in
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
        return Rota(period: problem.scenario.period, duties: duties)
    }
}
