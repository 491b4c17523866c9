import Roster
import RulePack
import Testing

@testable import RosterExplain

/// Each kind of thing that can stop somebody, by name.
@Suite struct GapExplainerTests {
    private func obstacle(
        _ scenario: Scenario, _ rules: [Rule] = [], _ duties: [Duty] = [], of person: Person.ID = "a"
    ) -> Obstacle? {
        var effort = ExplainEffort()
        effort.gaps = 0
        let gaps = Ward.explain(scenario, rules, duties, effort: effort).gaps()
        return gaps.first?.obstacles.first { $0.person == person }
    }

    @Test func aRule() throws {
        let found = try #require(
            obstacle(
                Ward.scenario(days: 2, people: [Ward.person("a")]),
                [Ward.rule(Ward.single, .contractual)], [Ward.duty("a", day: 1)]))
        #expect(found.kind == .rule)
        #expect(found.rule == "R")
    }

    @Test func leaveWithoutItsReason() throws {
        let leave = { (kind: LeaveKind) in
            Leave(person: "a", first: Ward.monday, last: Ward.monday, kind: kind)
        }
        let sick = try #require(
            obstacle(Ward.scenario(people: [Ward.person("a")], leave: [leave(.sickness)])))
        #expect(sick.kind == .leave)
        #expect(sick.sentence == "Nurse a is on leave on Mon 2 Nov")
        let annual = obstacle(Ward.scenario(people: [Ward.person("a")], leave: [leave(.annual)]))
        #expect(annual?.sentence == "Nurse a is on annual leave on Mon 2 Nov")
    }

    @Test func anotherDuty() {
        let scenario = Ward.scenario(
            people: [Ward.person("a", skills: [Ward.leading])],
            cover: [Ward.cover(), Ward.cover("lead", roles: ["lead"])])
        let found = obstacle(scenario, [], [Ward.duty("a", role: "lead")])
        #expect(found?.kind == .duty)
        #expect(found?.sentence == "Nurse a already works D on Mon 2 Nov 08:00 to 16:00")
    }

    @Test func aPinnedDuty() {
        let pin = Ward.duty("a", role: "lead", source: .pinned)
        let scenario = Ward.scenario(
            people: [Ward.person("a", skills: [Ward.leading])],
            cover: [Ward.cover(), Ward.cover("lead", roles: ["lead"])], pinned: [pin])
        #expect(obstacle(scenario, [], [pin])?.kind == .pinned)
    }

    @Test func aSkillThatExpiredEndsTooSoonOrIsNotHeld() {
        func sentence(_ skills: [Competency]) -> String? {
            let scenario = Ward.scenario(
                people: [Ward.person("a", skills: skills)], cover: [Ward.cover(skills: ["leading"])])
            let found = obstacle(scenario)
            return found?.kind == .skill ? found?.sentence : nil
        }
        let early = Day(ordinal: 18_000)
        let expired = Competency(skill: "leading", from: early, expiry: Ward.monday.advanced(by: -1))
        #expect(sentence([expired]) == "Nurse a's skill leading expired on Sun 1 Nov")
        #expect(sentence([]) == "Nurse a does not hold the skill leading")
        let later = Competency(skill: "leading", from: Ward.monday.advanced(by: 1))
        #expect(sentence([later]) == "Nurse a's skill leading begins only on Tue 3 Nov")
        let elsewhere = Competency(skill: "leading", from: early, sites: ["T"])
        #expect(sentence([elsewhere]) == "Nurse a's skill leading is not valid at S")
        #expect(sentence([Ward.leading]) == nil)
    }

    @Test func anAgreedWorkingDay() {
        let found = obstacle(Ward.scenario(people: [Ward.person("a", workingDays: [.tuesday])]))
        #expect(found?.kind == .availability)
    }

    @Test func whatItWouldCostIfNothingLawfulStopsIt() {
        let wish = Preference(person: "a", day: Ward.monday, wanted: .off, strength: 2)
        let scenario = Ward.scenario(people: [Ward.person("a", grade: "B6")], preferences: [wish])
        let found = obstacle(scenario)
        #expect(found?.kind == .cost)
        #expect(
            found?.sentence
                == "Nurse a could work the Day on Mon 2 Nov, but wished to be off and would stand in as Nurse"
        )
        let soft = Ward.rule(Ward.shortDuties, id: "SOFT", enforcement: .soft(weight: 5))
        #expect(
            obstacle(Ward.scenario(people: [Ward.person("a")]), [soft])?.sentence
                == "Nurse a could work the Day on Mon 2 Nov, but it would break the wish or policy SOFT")
        #expect(
            obstacle(Ward.scenario(people: [Ward.person("a")]))?.sentence
                == "Nurse a could work the Day on Mon 2 Nov: nothing found stops it, and a longer search may place it"
        )
    }

    @Test func hoursThatNobodyIsMissedInAreNamed() {
        let early = Ward.cover(from: 8, to: 10)
        let late = Ward.cover("late", from: 14, to: 16)
        let scenario = Ward.scenario(people: [Ward.person("a")], cover: [early, late])
        #expect(
            obstacle(scenario)?.sentence
                == "Nurse a could work the Day on Mon 2 Nov, but somebody is missing for only 2 h of its 8 h")
        let demand = [(8, 1.0), (9, 2.0)].map { hour, heads in
            DemandRow(
                subject: .rule("day"), start: London.instant(Ward.monday, minute: hour * 60),
                end: London.instant(Ward.monday, minute: hour == 8 ? 540 : 960), value: heads)
        }
        let rising = CoverRule(
            id: "day", name: "Day", unit: "W", counted: Counted(roles: ["nurse"]), from: Ward.clock(8),
            to: Ward.clock(16), requirement: .demand)
        #expect(
            obstacle(Ward.scenario(people: [Ward.person("a")], cover: [rising]).replacing(demand: demand))?
                .sentence.contains("nothing found stops it") == true,
            "gaps that follow each other count together")
    }

    @Test func hoursAboveTheContractAreNamed() {
        let contract = Contract(id: "C", name: "Contract", rulePacks: [], tolerance: .zero)
        let base = Ward.scenario(people: [Ward.person("a", hours: 7)])
        let scenario = Scenario(
            name: base.name, period: base.period, organisations: base.organisations, sites: base.sites,
            units: base.units, grades: base.grades, skills: base.skills, roles: base.roles,
            contracts: [contract], shiftTypes: base.shiftTypes, coverRules: base.coverRules,
            people: base.people)
        #expect(
            obstacle(scenario)?.sentence
                == "Nurse a could work the Day on Mon 2 Nov, but would end 7 h above contract")
    }

    @Test func ofAShareThatIsTooLowThoseWhoWouldRaiseItAreAsked() {
        let share = CoverRule(
            id: "leads", name: "Half can lead", unit: "W", counted: Counted(skills: ["leading"]),
            requirement: .atLeast(percent: 50, whole: Counted(roles: ["nurse"])))
        let scenario = Ward.scenario(
            people: [Ward.person("a", skills: [Ward.leading]), Ward.person("b"), Ward.person("c")],
            cover: [share])
        let found = Ward.explain(scenario, [], [Ward.duty("b")]).gaps().first?.obstacles ?? []
        #expect(found.map(\.person) == ["a", "b", "c"])
        #expect(found.map(\.kind) == [.cost, .skill, .skill])
    }

    @Test func ofACapThatIsExceededThoseWhoWouldLowerItAreAsked() {
        let cap = CoverRule(
            id: "cap", name: "At most half are band 5", unit: "W", counted: Counted(grades: ["B5"]),
            requirement: .atMost(percent: 50, whole: Counted()))
        let scenario = Ward.scenario(
            people: [Ward.person("a"), Ward.person("b"), Ward.person("c", grade: "B6")], cover: [cap])
        let gaps = Ward.explain(scenario, [], [Ward.duty("b")]).gaps()
        #expect(gaps.first?.obstacles.map(\.person) == ["c"])
    }

    @Test func onlyPeopleWhoCouldCountAreListed() {
        let scenario = Ward.scenario(
            people: [
                Ward.person("a"), Ward.person("elsewhere", unit: "X"),
                Ward.person("barred", grade: "B7"), Ward.person("there"),
            ], cover: [Ward.cover(target: 2)])
        var effort = ExplainEffort()
        effort.gaps = 0
        let gaps = Ward.explain(scenario, [], [Ward.duty("there")], effort: effort).gaps()
        #expect(gaps.first?.obstacles.map(\.person) == ["a"])
    }
}
