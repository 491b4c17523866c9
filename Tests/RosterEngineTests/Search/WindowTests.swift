import Roster
import RosterCheck
import Testing

@testable import RosterEngine

@Suite struct WindowTests {
    /// The window's lines are the whole lines that agree with the rota outside it, all of them unless a weekend goes on
    /// over its edge, and what they cost differs from what these cost by the same for all.
    @Test func itsLinesAreTheWholeLinesThatAgreeOutside() throws {
        var (windows, lines, missed) = (0, 0, 0)
        for seed in 0..<400 {
            guard let ward = TinyWard(seed: seed, stream: 23) else { continue }
            let problem = ward.problem
            var random = RandomSource(seed: UInt64(seed))
            for component in problem.components.indices {
                let people = problem.components[component].people
                guard let person = people.randomElement(using: &random) else { continue }
                let rota = ward.randomIncumbent(of: component, &random)
                let open = (0..<problem.dayCount).filter { _ in Bool.random(using: &random) }
                let days = OpenDays(open.map { $0..<($0 + 1) }, of: problem.dayCount)
                guard let window = Window(problem, rota, free: [person], days: days) else { continue }
                let own = try #require(rota.lines.first { $0.person == person })
                let agreeing = ward.lines[person].map(\.line).filter { line in
                    line.slots.indices.allSatisfy { days.contains($0) || line.slots[$0] == own.slots[$0] }
                }
                let parts = window.problem.everyLine(0)
                windows += 1
                lines += agreeing.count
                missed += agreeing.count - parts.count
                #expect(parts.count <= agreeing.count, "seed \(seed)")
                #expect(Set(parts.map(\.slots)).count == parts.count)
                for part in parts {
                    let whole = window.whole([part])
                    #expect(whole.count == 1, "seed \(seed)")
                    let change = rota.replacing(whole, problem).objective
                    let within = window.incumbent.replacing([part], window.problem).objective
                    #expect(
                        change.cost - rota.objective.cost == within.cost - window.incumbent.objective.cost,
                        "seed \(seed), component \(component)")
                    #expect(
                        change.hard - rota.objective.hard == within.hard - window.incumbent.objective.hard)
                    #expect(
                        change.minimum - rota.objective.minimum
                            == within.minimum - window.incumbent.objective.minimum)
                }
            }
        }
        #expect(windows > 30 && lines > 200)
        #expect(missed * 10 < lines, "\(missed) of \(lines)")
    }

    /// Programmes on windows, many at once from the same rota, bring lawful rotas that are never worse, as the checker
    /// reads them too.
    @Test func whatWindowsBringIsLawfulAndNoWorse() throws {
        let instance = try LongPeriodTests().instance(people: 4, days: 56)
        let problem = try Compiler(instance.scenario, instance.rules).problem()
        let stop = Stop(seconds: nil)
        var random = RandomSource(seed: 8)
        let pricer = Pricer(problem)
        var ruin = RuinRecreate(problem, component: 0, pricer: pricer)
        let constructed = ruin.construct(stop, &random)
        var state = ComponentState(try #require(constructed))
        let first = state.incumbent.objective
        var placed = 0
        for part in [
            Neighbourhood.oneByOne, .week, .usual, .fortnight, .weeksApart, .fewFortnightsApart,
            .dearestAndWeek,
        ] {
            let start = state.incumbent
            var busy: [Range<Int>] = []
            var flights: [(SearchTask, SearchTask.Result)] = []
            for turn in 0..<2 {
                var task = SearchTask(component: 0, kind: .improve(part))
                task.turn = turn
                let costs = start.costsUpToDays(problem)
                let component = problem.components[0]
                #expect(
                    costs.last
                        == component.rows.reduce(0) { $0 + problem.rows[$1].cost(Int(start.values[$1])) })
                #expect(zip(costs, costs.dropFirst()).allSatisfy { $0 <= $1 })
                task.places = part.places(
                    in: problem.dayCount, avoiding: busy, vain: [], costs: costs, &placed)
                busy += task.places
                let result = task.perform(problem, state, pricer, stop, &random)
                let own = start.replacing(result.lines, problem)
                #expect(own.objective <= start.objective && own.objective == result.objective, "\(part)")
                flights.append((task, result))
            }
            for (task, result) in flights {
                let whole = SearchTask(component: 0, kind: .improve(.month), places: [0..<problem.dayCount])
                // What has changed since it was begun was not looked at as it is.
                _ = state.absorb(SearchTask.Result(isInVain: true), whole, from: start, problem)
                let since = zip(start.lines, state.incumbent.lines).reduce(into: Set<Int>()) { days, lines in
                    days.formUnion(
                        (0..<problem.dayCount).filter { lines.0.slots[$0] != lines.1.slots[$0] })
                }
                #expect(since.isDisjoint(with: state.vain[.month] ?? []), "\(part)")
                _ = state.absorb(SearchTask.Result(isInVain: true), whole, from: state.incumbent, problem)
                #expect(state.vain[.month] == Set(0..<problem.dayCount))
                let (before, lines) = (state.incumbent.objective, state.incumbent.lines)
                _ = state.absorb(result, task, from: start, problem)
                #expect(state.incumbent.objective <= before, "\(part)")
                for (old, new) in zip(lines, state.incumbent.lines) {
                    for day in 0..<problem.dayCount where old.slots[day] != new.slots[day] {
                        #expect(state.vain[.month]?.contains(day) == false, "\(part), day \(day)")
                    }
                }
            }
            let report = RosterCheck.check(
                instance.scenario, instance.rules, rota(of: state.incumbent, problem))
            #expect(report.isLawful, "\(part)")
        }
        #expect(state.incumbent.objective < first)
    }

    private func rota(of incumbent: Incumbent, _ problem: Problem) -> Rota {
        Rota(
            period: problem.scenario.period,
            duties: incumbent.lines.flatMap { line in
                let model = problem.people[line.person]
                return line.slots.enumerated().compactMap { day, slot in
                    let slot = model.slots[Int(slot)]
                    return slot.shift.map {
                        Duty(
                            person: model.person.id, day: problem.days[day].day, unit: slot.unit, shift: $0,
                            role: slot.role, source: slot.source)
                    }
                }
            })
    }
}
