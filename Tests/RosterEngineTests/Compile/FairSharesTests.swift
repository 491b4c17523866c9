import Roster
import RulePack
import Testing

@testable import RosterEngine

@Suite struct FairSharesTests {
    private static let nights = CoverRule(
        id: "nights", name: "Nights", unit: "W", counted: Counted(roles: ["rn"]),
        from: RandomWard.clock("20:00"), to: RandomWard.clock("08:00"),
        requirement: .heads(minimum: 1, target: 2, maximum: nil))

    private func shares(_ people: [Person], cover: [CoverRule] = [nights], leave: [Leave] = []) -> FairShares
    {
        let scenario = RandomWard.scenario(
            period: Period(first: RandomWard.day("2026-11-02"), days: 14), people: people,
            shifts: RandomWard.shifts, cover: cover, leave: leave)
        let calendar = ShiftCalendar(scenario)
        return FairShares(
            scenario: scenario, rows: CoverRowBuilder(scenario: scenario, calendar: calendar).rows,
            calendar: calendar)
    }

    /// 14 nights of two heads, and two weekends of 2 × 12 hours a day of which two make a weekend.
    @Test func sharesSumToTheNeed() {
        let found = shares([RandomWard.person("a", hours: 36), RandomWard.person("b", hours: 12)])
        #expect(found.nights(of: "a") == 21 && found.nights(of: "b") == 7)
        #expect(found.weekends(of: "a") == 3 && found.weekends(of: "b") == 1)
    }

    @Test func daysOfLeaveTakePart() {
        let week = Leave(
            person: "b", first: RandomWard.day("2026-11-02"), last: RandomWard.day("2026-11-08"),
            kind: .annual)
        let found = shares(
            [RandomWard.person("a", hours: 36), RandomWard.person("b", hours: 36)], leave: [week])
        #expect(found.nights(of: "a") == 19 && found.nights(of: "b") == 10)
    }

    /// What leads fill among the nurses is not asked of the nurses again.
    @Test func aRuleInsideAnotherGivesFirst() {
        let lead = CoverRule(
            id: "lead", name: "Lead", unit: "W", counted: Counted(roles: ["lead"]),
            from: RandomWard.clock("20:00"), to: RandomWard.clock("08:00"),
            requirement: .heads(minimum: 1, target: 1, maximum: nil))
        let all = CoverRule(
            id: "all", name: "All", unit: "W", counted: Counted(roles: ["lead", "rn"]),
            from: RandomWard.clock("20:00"), to: RandomWard.clock("08:00"),
            requirement: .heads(minimum: 2, target: 2, maximum: nil))
        let people = [RandomWard.person("a", hours: 36), RandomWard.person("l", grade: "B6", hours: 36)]
        let found = shares(people, cover: [lead, all])
        #expect(found.nights(of: "l") == 21 && found.nights(of: "a") == 7)
    }

    @Test func whoCannotWorkHasNoShare() {
        let found = shares([
            RandomWard.person("a", hours: 36), RandomWard.person("x", grade: "B2", hours: 36),
        ])
        #expect(found.nights(of: "a") == 28 && found.nights(of: "x") == 0 && found.weekends(of: "x") == 0)
    }
}
