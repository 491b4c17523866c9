import Roster
import RulePack
import Testing

@testable import RosterCheck

private typealias F = Fixture

@Suite struct UnitCoverTests {
    private let day = Period(first: F.monday, days: 1)

    private func rule(
        _ id: CoverRule.ID = "rn", minimum: Int = 1, target: Int = 1, from: String = "07:30",
        to: String = "20:00", counted: Counted = Counted(roles: ["rn"]), hard: Bool = false,
        sharesWith: Set<CoverRule.ID> = [], weekly: Int? = nil
    ) -> CoverRule {
        CoverRule(
            id: id, name: "Rule \(id)", unit: "ED", counted: counted, from: F.clock(from), to: F.clock(to),
            requirement: .heads(minimum: minimum, target: target, maximum: nil),
            weeklyMinimum: weekly.map { ElapsedMinutes(hours: $0) }, hard: hard, sharesWith: sharesWith)
    }

    private func people(_ count: Int, grade: Grade.ID = "B5") -> [Person] {
        (1...count).map { F.person(Person.ID("p\($0)"), grade: grade) }
    }

    @Test func nobodyIsOneGapForTheWholeWindow() throws {
        let report = F.check(F.scenario(period: day, coverRules: [rule(minimum: 2, target: 3)]), [])
        let gap = try #require(report.gaps.first)
        #expect(report.gaps.count == 1)
        #expect(gap.id == "rn@2026-11-02T07:30")
        #expect((gap.start, gap.end) == (F.at("2026-11-02 07:30"), F.at("2026-11-02 20:00")))
        #expect((gap.required, gap.planned, gap.severity) == (3, 0, .belowMinimum))
        #expect(report.level1 == 0)
        #expect(report.level2 == 2 * 750)
    }

    @Test func overlappingShiftsAreCountedMinuteByMinute() {
        let early = ShiftType(id: "E", name: "Early", start: F.clock("07:30"), end: F.clock("15:30"))
        let late = ShiftType(id: "L", name: "Late", start: F.clock("12:30"), end: F.clock("20:00"))
        let scenario = F.scenario(
            period: day, people: people(2), coverRules: [rule(minimum: 1, target: 2)],
            shiftTypes: [early, late])
        let report = F.check(
            scenario, [F.duty(early, on: F.monday), F.duty(late, on: F.monday, person: "p2")])
        #expect(report.breaches.isEmpty)
        #expect(
            report.gaps.map { [$0.start, $0.end] } == [
                [F.at("2026-11-02 07:30"), F.at("2026-11-02 12:30")],
                [F.at("2026-11-02 15:30"), F.at("2026-11-02 20:00")],
            ])
        #expect(report.gaps.allSatisfy { $0.severity == .belowTarget && $0.missing == 1 })
        #expect(report.level2 == 0)
    }

    @Test func aHardGapAsksForTheMinimumAndIsLevelOne() throws {
        let scenario = F.scenario(period: day, coverRules: [rule(minimum: 1, target: 2, hard: true)])
        let nobody = F.check(scenario, [])
        #expect(nobody.hardGaps.map(\.required) == [1])
        #expect(nobody.level1 == 750)
        #expect(nobody.level2 == 0)
        let one = F.check(scenario, [F.duty(on: F.monday)])
        #expect(one.gaps.map(\.severity) == [.belowTarget])
        #expect(one.level1 == 0)
    }

    @Test func gapsOfAWholeDayRuleAreCutWhereItsWindowStarts() {
        let two = Period(first: F.monday, days: 2)
        let report = F.check(F.scenario(period: two, coverRules: [rule(from: "00:00", to: "24:00")]), [])
        #expect(report.gaps.map(\.id) == ["rn@2026-11-02T00:00", "rn@2026-11-03T00:00"])
    }

    @Test func studyAndOnCallCoverNothingAndWorkFromHomeNoHardRule() {
        let soft = F.scenario(period: day, coverRules: [rule()])
        let hard = F.scenario(period: day, coverRules: [rule(hard: true)])
        #expect(F.check(soft, [F.duty(F.home, on: F.monday)]).gaps.isEmpty)
        #expect(F.check(hard, [F.duty(F.home, on: F.monday)]).level1 == 750)
        #expect(F.check(soft, [F.duty(F.study, on: F.monday)]).gaps.count == 1)
        #expect(F.check(soft, [F.duty(F.onCall, on: F.monday)]).gaps.count == 1)
    }

    @Test func aSkillThatExpiresDuringTheDutyDoesNotCount() {
        let iv = { (expiry: Day) in Competency(skill: "iv", from: F.day("2020-01-01"), expiry: expiry) }
        let night = rule(from: "19:30", to: "08:00", counted: Counted(skills: ["iv"]))
        let gaps = { (expiry: Day) in
            F.check(
                F.scenario(
                    period: day, people: [F.person(competencies: [iv(expiry)])], coverRules: [night]),
                [F.duty(F.night, on: F.monday)]
            ).gaps.count
        }
        #expect(gaps(F.monday.advanced(by: 1)) == 0)
        #expect(gaps(F.monday) == 1)
    }

    @Test func gradesAndMarkersAreCountedAsStated() {
        let newly = F.person("p1", markers: ["newly-qualified"])
        let rules = [
            rule("b6", counted: Counted(grades: ["B6"])),
            rule("new", counted: Counted(markers: ["newly-qualified"])),
        ]
        let scenario = F.scenario(period: day, people: [newly], coverRules: rules)
        #expect(F.check(scenario, [F.duty(on: F.monday)]).gaps.map(\.rule) == ["b6"])
    }

    @Test func nobodySatisfiesTwoHardRulesAtOnceUnlessTheyShare() {
        let both = Counted(roles: ["rn"])
        let one = F.scenario(
            period: day, people: people(2),
            coverRules: [rule("a", counted: both, hard: true), rule("b", counted: both, hard: true)])
        #expect(F.check(one, [F.duty(on: F.monday)]).level1 == 750)
        #expect(F.check(one, [F.duty(on: F.monday), F.duty(on: F.monday, person: "p2")]).level1 == 0)
        let sharing = F.scenario(
            period: day, people: people(2),
            coverRules: [
                rule("a", counted: both, hard: true, sharesWith: ["b"]), rule("b", counted: both, hard: true),
            ])
        #expect(F.check(sharing, [F.duty(on: F.monday)]).level1 == 0)
        // A soft rule takes nobody away from another.
        let soft = F.scenario(
            period: day, people: people(2),
            coverRules: [rule("a", counted: both, hard: true), rule("b", counted: both)])
        #expect(F.check(soft, [F.duty(on: F.monday)]).gaps.isEmpty)
    }

    @Test func confirmedBookingsCountAlsoOfPeopleFromElsewhere() {
        let booking = { (skills: Set<Skill.ID>) in
            Booking(
                gap: "frailty@2026-11-02T07:30", person: "x-17", day: F.monday, shift: "LD", unit: "ED",
                role: "frailty", skills: skills, origin: "agency")
        }
        let frailty = rule("frailty", counted: Counted(roles: ["frailty"]), hard: true)
        let check = { (booking: Booking, duties: [Duty]) in
            F.check(F.scenario(period: day, coverRules: [frailty], bookings: [booking]), duties)
        }
        #expect(check(booking(["cga"]), []).level1 == 0)
        #expect(check(booking(["cga"]), []).breaches.isEmpty)
        // In the rota already, it is the same person and not a second one.
        let held = F.duty(on: F.monday, person: "x-17", role: "frailty", source: .booking)
        #expect(check(booking(["cga"]), [held]).breaches.isEmpty)
        let incompetent = check(booking([]), [])
        #expect(incompetent.level1 == 750)
        #expect(incompetent.breaches.map(\.rule) == ["skill"])
        // Of a role that is barred to whoever comes by that way.
        let new = Booking(
            gap: "frailty@2026-11-02T07:30", person: "x-17", day: F.monday, shift: "LD", unit: "ED",
            role: "frailty", skills: ["cga"], origin: "newly-qualified")
        #expect(check(new, []).level1 == 750)
        #expect(check(new, []).breaches.map(\.rule) == ["role"])
        // Nobody booked this one.
        let stranger = check(booking(["cga"]), [F.duty(on: F.monday, person: "x-18")])
        #expect(stranger.breaches.map(\.rule) == ["unknown"])
    }

    @Test func aDutyOfTheHistoryCoversTheFirstMorningIfItSaysWhere() {
        let morning = rule(from: "00:00", to: "08:00")
        let night = { (unit: Unit.ID?, role: Role.ID?) in
            F.history(from: "2026-11-01 19:30", to: "2026-11-02 08:00", unit: unit, role: role)
        }
        let gaps = { (night: HistoryDuty) in
            F.check(F.scenario(period: day, coverRules: [morning], history: [night]), []).gaps.count
        }
        #expect(gaps(night("ED", "rn")) == 0)
        #expect(gaps(night(nil, nil)) == 1)
        #expect(gaps(night("WARD", "rn")) == 1)
    }

    @Test func aNightOfTheHistoryCoversNothingIfItsPersonWasOnLeaveOrLent() {
        let morning = rule(from: "00:00", to: "08:00")
        let night = F.history(from: "2026-11-01 19:30", to: "2026-11-02 08:00", unit: "ED", role: "rn")
        let gaps = { (leave: [Leave], away: [AwayDuty]) in
            F.check(
                F.scenario(
                    period: day, coverRules: [morning], leave: leave, away: away, history: [night]), []
            ).gaps.count
        }
        func leave(_ first: Int, _ last: Int, _ person: Person.ID = "p1") -> [Leave] {
            [
                Leave(
                    person: person, first: F.monday.advanced(by: first), last: F.monday.advanced(by: last),
                    kind: .sickness)
            ]
        }
        #expect(gaps([], []) == 0)
        #expect(gaps(leave(-1, 4), []) == 1)
        // The night belongs to Sunday.
        #expect(gaps(leave(0, 4), []) == 0)
        #expect(gaps(leave(-1, 4, "p2"), []) == 0)
        let away = AwayDuty(
            person: "p1", start: F.at("2026-11-01 20:00"), end: F.at("2026-11-02 07:00"), travelMinutes: 30)
        #expect(gaps([], [away]) == 1)
    }

    @Test func aRegisteredShareIsMissingHeads() throws {
        let share = CoverRule(
            id: "share", name: "Registered share", unit: "ED", counted: Counted(roles: ["rn"]),
            from: F.clock("07:30"), to: F.clock("20:00"),
            requirement: .atLeast(percent: 65, whole: Counted(roles: ["rn", "hcsw"])))
        let staff = people(2) + [F.person("p3", grade: "B2"), F.person("p4", grade: "B2")]
        let duties = [
            F.duty(on: F.monday), F.duty(on: F.monday, person: "p2"),
            F.duty(on: F.monday, person: "p3", role: "hcsw"),
        ]
        let scenario = F.scenario(period: day, people: staff, coverRules: [share])
        #expect(F.check(scenario, duties).gaps.isEmpty, "two of three are 66 %")
        let gap = try #require(
            F.check(scenario, duties + [F.duty(on: F.monday, person: "p4", role: "hcsw")]).gaps.first)
        #expect((gap.required, gap.planned, gap.severity) == (3, 2, .belowTarget))
        #expect(F.check(scenario, []).gaps.isEmpty, "of nobody, no share")
    }

    @Test func aCapIsMissingOthers() throws {
        let cap = CoverRule(
            id: "cap", name: "Agency", unit: "ED", counted: Counted(markers: ["agency"]),
            from: F.clock("07:30"), to: F.clock("20:00"),
            requirement: .atMost(percent: 50, whole: Counted(roles: ["rn"])), hard: true)
        let staff = [
            F.person("p1"), F.person("p2", markers: ["agency"]), F.person("p3", markers: ["agency"]),
        ]
        let scenario = F.scenario(period: day, people: staff, coverRules: [cap])
        let duties = staff.map { F.duty(on: F.monday, person: $0.id) }
        #expect(F.check(scenario, Array(duties.prefix(2))).gaps.isEmpty)
        let gap = try #require(F.check(scenario, duties).gaps.first)
        #expect((gap.required, gap.planned, gap.severity) == (4, 3, .hard))
    }

    @Test func seventyHoursAWeekAreCountedInAndOutsideTheWindow() throws {
        let week = Period(first: F.monday, days: 7)
        let seventy = rule(from: "08:00", to: "09:00", hard: true, weekly: 70)
        let staff = people(1)
        let check = { (days: ClosedRange<Int>, period: Period, closed: [ClosedRange<Day>]) in
            F.check(
                F.scenario(period: period, people: staff, coverRules: [seventy], closed: closed),
                days.map { F.duty(on: F.monday.advanced(by: $0)) })
        }
        // Six long days of 12.5 h are 75 h, five are 62.5 h.
        #expect(check(0...5, week, []).gaps.allSatisfy { $0.measure == .heads })
        let five = check(0...4, week, []).gaps.filter { $0.measure == .weeklyMinutes }
        let gap = try #require(five.first)
        #expect(gap.id == "rn@2026-11-02W")
        #expect((gap.required, gap.planned, gap.severity) == (4200, 3750, .hard))
        #expect(gap.missingHours == 7.5)
        #expect(check(0...4, week, []).level1 == 450 + 2 * 60)
        // Of a week that is cut, or in which the unit is closed on a day, so many sevenths: 60 h.
        #expect(check(0...4, Period(first: F.monday, days: 6), []).hardGaps.map(\.measure) == [.heads])
        let sunday = F.monday.advanced(by: 6)
        #expect(check(0...4, week, [sunday...sunday]).hardGaps.map(\.measure) == [.heads])
    }

    @Test func twoPeopleAtOnceCoverAWeekOnlyOnce() {
        let seventy = rule(from: "08:00", to: "09:00", hard: true, weekly: 13)
        let scenario = F.scenario(
            period: Period(first: F.monday, days: 7), people: people(2), coverRules: [seventy])
        let report = F.check(scenario, [F.duty(on: F.monday), F.duty(on: F.monday, person: "p2")])
        #expect(report.hardGaps.contains { $0.measure == .weeklyMinutes && $0.planned == 750 })
    }

    @Test func aForecastAsksForItsPlanQuantile() throws {
        let forecast = CoverRule(
            id: "rn", name: "Nurses", unit: "ED", counted: Counted(roles: ["rn"]), requirement: .demand)
        let quantiles = try #require(
            DemandDistribution([.init(probability: 0.5, heads: 1), .init(probability: 0.9, heads: 3)]))
        let row = DemandRow(
            subject: .rule("rn"), start: F.at("2026-11-02 08:00"), end: F.at("2026-11-02 12:00"), value: 1.5,
            quantiles: quantiles)
        let report = F.check(
            F.scenario(period: day, coverRules: [forecast], demand: [row]), [F.duty(on: F.monday)])
        #expect(report.gaps.map(\.required) == [3])
        #expect(report.gaps.map(\.severity) == [.belowTarget])
    }

    @Test func theNightOnWhichTheClocksGoBackIsAnHourLonger() {
        let autumn = Period(first: F.day("2026-10-24"), days: 1)
        let night = rule(from: "19:30", to: "08:00", hard: true)
        #expect(F.check(F.scenario(period: autumn, coverRules: [night]), []).level1 == 810)
        let spring = Period(first: F.day("2026-03-28"), days: 1)
        #expect(F.check(F.scenario(period: spring, coverRules: [night]), []).level1 == 690)
    }

    @Test func oneBreakThatLeavesAHardRuleUncoveredIsSaid() {
        let scenario = F.scenario(period: day, people: people(2), coverRules: [rule(hard: true)])
        let alone = F.check(scenario, [F.duty(on: F.monday)])
        #expect(alone.breakExposures.map(\.rule) == ["rn"])
        #expect(
            alone.breakExposures.map(\.intervals) == [
                [Breach.Stretch(start: F.at("2026-11-02 07:30"), end: F.at("2026-11-02 20:00"))]
            ])
        let two = F.check(scenario, [F.duty(on: F.monday), F.duty(on: F.monday, person: "p2")])
        #expect(two.breakExposures.isEmpty)
        #expect(F.check(scenario, []).breakExposures.isEmpty, "a gap is not an exposure")
    }
}
