import Roster
import RulePack
import Testing

@testable import RosterEngine

@Suite struct RuleCompilerTests {
    private func compiled(_ rules: [Rule], optedOut: Bool = false) -> CompiledRules {
        CompiledRules(
            rules, period: Period(first: RandomWard.day("2026-11-02"), days: 14), optedOut: optedOut,
            weights: Weights())
    }

    @Test func nobodyIsInTwoPlacesAtOnceWhateverTheRules() {
        #expect(compiled([]).automata.map(\.kind) == [nil])
        #expect(compiled([]).automata[0].penalty == nil)
    }

    @Test func aSoftRuleCostsItsWeightInSixtieths() {
        let kind = RuleKind.offMinimum(days: 2)
        let soft = compiled([RandomWard.rule(kind, enforcement: .soft(weight: 20))])
        #expect(soft.automata.last?.penalty == 1200)
        #expect(compiled([RandomWard.rule(kind)]).automata.last?.penalty == nil)
    }

    @Test func anOptOutLiftsOnlyTheMeanWeek() {
        let mean = RandomWard.rule(
            .meanWeek(maximum: WorkingMinutes(hours: 48), optedOut: nil, weeks: 17), id: "mean")
        let night = RandomWard.rule(
            .nightWorkerMean(maximum: WorkingMinutes(hours: 8), night: .any, nights: 1, weeks: 17),
            id: "night")
        #expect(compiled([mean, night]).pathRules.map(\.id) == ["mean", "night"])
        #expect(compiled([mean, night], optedOut: true).pathRules.map(\.id) == ["night"])
    }

    @Test func rulesThatPeopleKeepShapeNoLine() {
        let kind = RuleKind.dutyLength(maximum: 60, of: .any)
        let rules = [RuleReach.process, .actuals].map { RandomWard.rule(kind, reach: $0) }
        #expect(compiled(rules).automata.count == 1)
    }
}
