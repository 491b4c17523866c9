import Roster
import RulePack
import Testing

@testable import RosterExplain

@Suite struct HourValueTests {
    private func value(_ scenario: Scenario, _ rules: [Rule] = [], _ duties: [Duty] = []) -> Double? {
        Ward.explain(scenario, rules, duties).gaps().first?.hourValue
    }

    @Test func anHourShortOfTargetIsWorthWhatItCosts() {
        let scenario = Ward.scenario(people: [])
        #expect(value(scenario) == Double(scenario.weights.shortageHour))
    }

    @Test func theDualSaysTheSameWhereNobodyIsThere() throws {
        let scenario = Ward.scenario(people: [])
        let gap = try #require(Ward.explain(scenario, [], []).gaps().first)
        #expect(gap.hourDual == Double(scenario.weights.shortageHour))
    }

    @Test func theDualOfAnHourThatSomebodyCouldWorkIsWhatThatCosts() throws {
        // "a" works and two are wanted: one more hour saves the shortage, and so says the programme.
        let scenario = Ward.scenario(people: [Ward.person("a")], cover: [Ward.cover(target: 2)])
        let gap = try #require(Ward.explain(scenario, [], [Ward.duty("a")]).gaps().first)
        #expect(gap.hourDual == Double(scenario.weights.shortageHour))
    }

    @Test func helpThatLetsSomebodyGoHomeIsWorthTheirWish() throws {
        // Two are wanted, "a" works against a wish. One more is worth the shortage, not the wish.
        let wish = Preference(person: "a", day: Ward.monday, wanted: .off, strength: 5)
        let scenario = Ward.scenario(
            people: [Ward.person("a")], cover: [Ward.cover(target: 2)], preferences: [wish])
        #expect(value(scenario, [], [Ward.duty("a")]) == Double(scenario.weights.shortageHour))
    }

    @Test func whatTheSearchMissedIsNotCreditedToTheHelper() {
        // "a" is free and could have come: one more person then saves nothing.
        #expect(value(Ward.scenario(people: [Ward.person("a")])) == 0)
    }

    @Test func belowAMinimumTheTargetIsPriced() {
        let scenario = Ward.scenario(people: [], cover: [Ward.cover(minimum: 1)])
        #expect(value(scenario) == Double(scenario.weights.shortageHour))
    }
}
