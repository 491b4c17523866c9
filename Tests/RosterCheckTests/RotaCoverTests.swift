import Roster
import Testing

@testable import RosterCheck

private typealias F = Fixture

@Suite struct RotaCoverTests {
    private let people = ["p1", "p2", "p3"].map { F.person(Person.ID($0)) }

    private func rule(_ heads: Int, unit: Unit.ID = "ED", id: CoverRule.ID = "nurses") -> CoverRule {
        CoverRule(
            id: id, name: "Nurses", unit: unit, counted: Counted(roles: ["rn"]), weekdays: [.monday],
            from: F.clock("07:30"), to: F.clock("20:00"),
            requirement: .heads(minimum: 0, target: heads, maximum: nil))
    }

    private func cover(_ rules: [CoverRule], _ duties: [Duty], history: [HistoryDuty] = []) -> RotaCover {
        let scenario = F.scenario(
            period: Period(first: F.monday, days: 3), people: people, coverRules: rules, history: history)
        return RotaCover(scenario, Rota(period: scenario.period, duties: duties))
    }

    @Test func gapsAreThoseOfTheWholeCheck() {
        let rules = [rule(2), rule(1, unit: "WARD", id: "ward")]
        let duties = [F.duty(on: F.monday)]
        let scenario = F.scenario(
            period: Period(first: F.monday, days: 3), people: people, coverRules: rules)
        #expect(cover(rules, duties).gaps() == F.check(scenario, duties).gaps)
        #expect(cover(rules, duties).gaps(in: "WARD").map(\.rule) == ["ward"])
    }

    /// A breach is not cover besides.
    @Test func whoMayNotBeThereCoversNothing() {
        func gaps(
            _ person: Person, leave: [Leave] = [], duties: [Duty] = [F.duty(on: F.monday)], heads: Int = 1
        ) -> [Int] {
            let scenario = F.scenario(
                period: Period(first: F.monday, days: 3), people: [person], coverRules: [rule(heads)],
                leave: leave)
            #expect(
                F.check(scenario, duties).gaps
                    == RotaCover(scenario, Rota(period: scenario.period, duties: duties)).gaps())
            return F.check(scenario, duties).gaps.map { ($0.end - $0.start).count * $0.missing }
        }
        #expect(gaps(F.person()).isEmpty)
        #expect(gaps(F.person(grade: "B2")) == [750])
        #expect(gaps(F.person(roles: ["hcsw"])) == [750])
        #expect(gaps(F.person(starts: F.monday.advanced(by: 1))) == [750])
        #expect(gaps(F.person(leaves: F.monday.advanced(by: -1))) == [750])
        let away = Leave(
            person: "p1", first: F.monday, last: F.monday, kind: .annual)
        #expect(gaps(F.person(), leave: [away]) == [750])
        // A night of the history goes on into the morning.
        let night = F.history(from: "2026-11-01 19:30", to: "2026-11-02 08:00", unit: "ED", role: "rn")
        let scenario = F.scenario(
            period: Period(first: F.monday, days: 3), people: [F.person()], coverRules: [rule(2)],
            history: [night])
        #expect(F.check(scenario, [F.duty(on: F.monday)]).gaps.map(\.start) == [F.at("2026-11-02 07:30")])
        // Two duties at once are one person, from the beginning of the first to the end of the last.
        let early = F.duty(from: "2026-11-02 07:30", to: "2026-11-02 14:00")
        let late = F.duty(from: "2026-11-02 13:00", to: "2026-11-02 20:00")
        #expect(gaps(F.person(), duties: [late, early]).isEmpty)
        #expect(gaps(F.person(), duties: [late, early], heads: 2) == [750])
    }

    /// The first morning of a roster belongs to the roster before, that of a report to the report.
    @Test func whatIsLeftOfLastNightIsLookedAtOnce() {
        let nights = CoverRule(
            id: "night", name: "Night", unit: "ED", counted: Counted(roles: ["rn"]), from: F.clock("20:00"),
            to: F.clock("08:00"), requirement: .heads(minimum: 1, target: 2, maximum: nil), hard: true)
        let last = F.history(from: "2026-11-01 19:30", to: "2026-11-02 08:00", unit: "ED", role: "rn")
        func gaps(_ history: [HistoryDuty]) -> [[Int]] {
            cover([nights], [], history: history).gaps().filter { $0.start < F.at("2026-11-02 12:00") }.map {
                [($0.end - $0.start).count / 60, $0.missing, $0.severity == .hard ? 1 : 0]
            }
        }
        #expect(gaps([]) == [[8, 1, 1]])
        #expect(gaps([last]) == [[8, 1, 0]])
        let scenario = F.scenario(
            period: Period(first: F.monday, days: 3), people: people, coverRules: [nights])
        #expect(F.check(scenario, []).gaps.map(\.start.day.weekday) == [.monday, .tuesday, .wednesday])
    }

    @Test func aChangeIsCountedWithoutANewRota() {
        let there = F.duty(on: F.monday)
        let cover = cover([rule(2)], [there])
        #expect(cover.gaps(in: "ED").map(\.missing) == [1])
        #expect(cover.gaps(in: "ED", adding: [F.duty(on: F.monday, person: "p2")]).isEmpty)
        #expect(cover.gaps(in: "ED", removing: [there]).map(\.missing) == [2])
        #expect(cover.gaps(in: "ED", adding: [there], removing: [there]).map(\.missing) == [1])
        // Who works elsewhere changes nothing here.
        #expect(
            cover.gaps(in: "ED", adding: [F.duty(on: F.monday, person: "p2", unit: "WARD")]).map(\.missing)
                == [1])
    }

    @Test func whoIsLentCoversNothingAtHomeWhileAwayAndTheDutyIsABreach() {
        func check(_ from: String, _ to: String) -> CheckReport {
            let scenario = F.scenario(
                period: Period(first: F.monday, days: 3), people: people, coverRules: [rule(1)],
                away: [
                    AwayDuty(
                        person: "p1", start: F.at("2026-11-02 \(from)"), end: F.at("2026-11-02 \(to)"),
                        travelMinutes: 30)
                ])
            let duties = [F.duty(on: F.monday)]
            #expect(
                RotaCover(scenario, Rota(period: scenario.period, duties: duties)).gaps()
                    == F.check(scenario, duties).gaps)
            return F.check(scenario, duties)
        }
        // The duty is from 07:30 to 20:00: gone for a part of it is gone for all of it.
        for report in [check("08:00", "20:00"), check("19:00", "23:00"), check("03:00", "07:01")] {
            #expect(report.gaps.map(\.missing) == [1])
            #expect(report.breaches.map(\.rule) == ["lent"])
            #expect(
                report.breaches.first?.sentence.contains("lent to another organisation, away from") == true)
        }
        for report in [check("20:30", "23:00"), check("03:00", "07:00")] {
            #expect(report.gaps.isEmpty && report.isLawful)
        }
    }

    @Test func theFewestAreCountedAtEveryMoment() {
        let duties = [
            F.duty(from: "2026-11-02 07:30", to: "2026-11-02 14:00"),
            F.duty(from: "2026-11-02 14:00", to: "2026-11-02 20:00", person: "p2"),
            F.duty(from: "2026-11-02 07:30", to: "2026-11-02 12:00", person: "p3"),
        ]
        let cover = cover([rule(2)], duties)
        let fewest = { (from: String, to: String) in
            cover.fewest(
                of: .registered, in: "ED", from: F.at("2026-11-02 \(from)"), to: F.at("2026-11-02 \(to)"))
        }
        #expect(fewest("07:30", "12:00") == 2)
        #expect(fewest("07:30", "20:00") == 1)
        #expect(fewest("07:00", "12:00") == 0)
        #expect(fewest("13:00", "15:00") == 1)
        #expect(fewest("19:00", "21:00") == 0)
        #expect(
            cover.fewest(of: .medical, in: "ED", from: F.at("2026-11-02 08:00"), to: F.at("2026-11-02 09:00"))
                == 0)
    }

    // MARK: What a unit can spare

    @Test func onlyWhoIsMoreThanIsAskedForCanBeSpared() throws {
        let duties = ["p1", "p2", "p3"].map { F.duty(on: F.monday, person: Person.ID($0)) }
        #expect(cover([rule(3)], duties).spare(duties[0], from: duties[0].start, to: duties[0].end).isEmpty)
        let spare = cover([rule(2)], duties).spare(duties[0], from: duties[0].start, to: duties[0].end)
        #expect(spare.map(\.start) == [duties[0].start])
        #expect(spare.map(\.end) == [duties[0].end])
        let one = try #require(spare.first)
        #expect(one.percent == 100)
        #expect(one.rooms.allSatisfy { $0.heads == 1 && $0.planned == 3 && $0.required == 2 })
        #expect(
            cover([rule(1)], duties).spare(duties[0], from: duties[0].start, to: duties[0].end).first?.percent
                == 200)
    }

    @Test func aUnitThatIsShortAlreadyIsNotMadeShorter() {
        let duties = ["p1", "p2"].map { F.duty(on: F.monday, person: Person.ID($0)) }
        #expect(cover([rule(3)], duties).spare(duties[0], from: duties[0].start, to: duties[0].end).isEmpty)
    }

    @Test func partOfADutyCanBeSpared() {
        let long = F.duty(on: F.monday)
        let other = F.duty(from: "2026-11-02 07:30", to: "2026-11-02 13:00", person: "p2")
        let spare = cover([rule(1)], [long, other]).spare(long, from: long.start, to: long.end)
        #expect(spare.map(\.end) == [F.at("2026-11-02 13:00")])
        let late = cover([rule(1)], [long, other]).spare(long, from: F.at("2026-11-02 12:00"), to: long.end)
        #expect(late.map(\.start) == [F.at("2026-11-02 12:00")])
    }

    @Test func sharesAndWeeklyMinimumsHoldToo() {
        let duties = ["p1", "p2"].map { F.duty(on: F.monday, person: Person.ID($0)) }
        let share = CoverRule(
            id: "share", name: "Share", unit: "ED", counted: Counted(roles: ["rn"]), weekdays: [.monday],
            from: F.clock("07:30"), to: F.clock("20:00"),
            requirement: .atLeast(percent: 100, whole: Counted()))
        // Of nobody, all are registered: the last may leave, and two may.
        #expect(!cover([share], duties).spare(duties[0], from: duties[0].start, to: duties[0].end).isEmpty)
        let weekly = CoverRule(
            id: "weekly", name: "Weekly", unit: "ED", counted: Counted(roles: ["rn"]),
            requirement: .heads(minimum: 0, target: 0, maximum: nil), weeklyMinimum: ElapsedMinutes(hours: 70)
        )
        #expect(!cover([weekly], duties).spare(duties[0], from: duties[0].start, to: duties[0].end).isEmpty)
        #expect(
            cover([weekly], [duties[0]]).spare(duties[0], from: duties[0].start, to: duties[0].end).isEmpty)
    }

    @Test func aHardRuleBelowItsTargetIsMadeWorseByAnyMore() {
        let hard = CoverRule(
            id: "hard", name: "Hard", unit: "ED", counted: Counted(roles: ["rn"]), weekdays: [.monday],
            from: F.clock("07:30"), to: F.clock("20:00"),
            requirement: .heads(minimum: 1, target: 2, maximum: nil), hard: true)
        let duty = F.duty(on: F.monday)
        #expect(cover([hard], [duty]).spare(duty, from: duty.start, to: duty.end).isEmpty)
    }
}

@Suite struct TakingTests {
    private let rest = F.rule(
        .restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any), id: "REST")

    private func check(_ duties: [Duty], people: [Person] = [F.person()]) -> RosterCheck {
        let scenario = F.scenario(people: people)
        return RosterCheck(scenario, F.book([rest]), Rota(period: scenario.period, duties: duties))
    }

    @Test func dutiesAreJudgedTogether() {
        let monday = F.duty(on: F.monday)
        let night = F.duty(F.night, on: F.monday.advanced(by: 1))
        let morning = F.duty(on: F.monday.advanced(by: 2))
        let check = check([])
        #expect(check.breaches(taking: [monday, night]).isEmpty)
        #expect(check.breaches(taking: [monday, morning]).isEmpty)
        #expect(!check.breaches(taking: [night, morning]).isEmpty)
        #expect(check.breaches(taking: []).isEmpty)
    }

    @Test func whoeverIsShortOfRestAlreadyIsNotAskedForMore() {
        let tired = [F.duty(on: F.monday), F.duty(F.night, on: F.monday)]
        let later = F.duty(on: F.monday.advanced(by: 5))
        #expect(check(tired).breaches(taking: [later]).map(\.rule).contains("overlap"))
        #expect(check(tired).obstacle(to: later) == nil)
    }

    @Test func somebodySentElsewhereKeepsTheirHours() {
        let here = F.duty(on: F.monday)
        let both = Person(
            id: "p1", name: "Person", organisation: "ORG", unit: "ED", otherUnits: ["WARD"], grade: "B5",
            contract: "C", paidPerWeek: PaidMinutes(2250))
        let own = ShiftType(
            id: "OWN", name: "Own", start: F.clock("07:30"), end: F.clock("20:00"), units: ["ED"])
        let scenario = F.scenario(people: [both], shiftTypes: [own])
        let check = RosterCheck(scenario, F.book([]), Rota(period: scenario.period, duties: []))
        // The shift is one of the emergency department alone, and its time need not be one of the ward's.
        #expect(check.breaches(sending: F.duty(own, on: F.monday), to: "WARD", as: "rn").isEmpty)
        #expect(check.breaches(sending: here, to: "WARD", as: "hcsw").map(\.rule) == ["role"])
        #expect(self.check([]).breaches(sending: here, to: "WARD", as: "rn").map(\.rule) == ["unit"])
    }
}
