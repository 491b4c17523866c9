import Roster
import RulePack
import Testing

@testable import RosterEngine

/// Minimising the graph of lines keeps exactly the lawful ones, with what they cost.
@Suite struct LineGraphTests {
    @Test(arguments: 0..<12)
    func holdsExactlyTheLinesOfItsRules(_ seed: Int) throws {
        var random = RandomSource(seed: UInt64(seed), stream: 3)
        let period = Period(first: RandomWard.day("2026-10-22"), days: 6)
        let shifts = Array(RandomWard.shifts.shuffled(using: &random).prefix(2))
        let forms: [RandomRule] = [
            .restBetween, .runMaximumWithRest, .offMinimum, .runMinimum, .weekends, .countWithin, .succession,
            .noMixInWeek,
        ]
        let rules = forms.shuffled(using: &random).prefix(3).map {
            RandomWard.rule(
                $0.kind(&random), id: $0.rawValue,
                enforcement: Bool.random(using: &random) ? .hard : .soft(weight: 7))
        }
        let compiled = CompiledRules(rules, period: period, optedOut: false, weights: Weights())
        let days = period.days.map(DayFacts.init)
        let duties = days.map { day in
            [nil]
                + shifts.map { shift -> DutyFacts? in
                    let duty = Duty(
                        person: "p1", day: day.day, unit: "W", shift: shift, role: "rn", source: .solved)
                    return DutyFacts(duty, kind: shift.kind).judged(by: compiled.tests)
                }
        }
        let start = compiled.automata.map(\.automaton.start)
        let graph = LineGraph(rules: compiled.automata, days: days, duties: duties, starts: [start])
        var lawful = 0
        for number in 0..<729 {
            let kinds = (0..<6).map { UInt16(number / Int([1, 3, 9, 27, 81, 243][$0]) % 3) }
            let expected = Self.cost(kinds, compiled.automata, days, duties, start)
            let walked = try #require(graph.roots[0]).walked(kinds, in: graph)
            #expect(walked == expected, "seed \(seed): \(kinds)")
            if expected != nil { lawful += 1 }
        }
        #expect(lawful > 0 && graph.nodeCount <= 1 + 6 * 729)
        // Each node leads to the end: nothing is left that no line passes.
        for node in 0..<graph.nodeCount - 1 { #expect(graph.firstArc[node] < graph.firstArc[node + 1]) }
    }

    /// Penalties along a line as the automata read it, and weekends begun; nil if a hard rule is broken.
    private static func cost(
        _ kinds: [UInt16], _ rules: [CompiledRule], _ days: [DayFacts], _ duties: [[DutyFacts?]],
        _ start: [Int32]
    ) -> [Int64]? {
        var states = start
        var penalty: Int64 = 0
        for (day, kind) in kinds.enumerated() {
            for (index, rule) in rules.enumerated() {
                let step = rule.automaton.step(states[index], on: days[day], duty: duties[day][Int(kind)])
                if step.broken {
                    guard let cost = rule.penalty else { return nil }
                    penalty += cost
                }
                states[index] = step.state
            }
        }
        let weekends = Set(
            kinds.enumerated().compactMap { day, kind in
                duties[day][Int(kind)].flatMap {
                    Weekends.touchesWeekend($0, startingOn: days[day].day, from: 1)
                        ? days[day].day.monday : nil
                }
            })
        return [penalty, Int64(weekends.count)]
    }
}

extension Int32 {
    /// Penalty and weekends of a line from this root; nil if the graph does not hold it.
    fileprivate func walked(_ kinds: [UInt16], in graph: LineGraph) -> [Int64]? {
        graph.walk(kinds, from: self).map { arcs in
            arcs.reduce([0, 0]) { sum, arc in
                let extra = graph.extras[Int(arc.extra)]
                return [sum[0] + extra.penalty, sum[1] + (extra.startsWeekend ? 1 : 0)]
            }
        }
    }
}
