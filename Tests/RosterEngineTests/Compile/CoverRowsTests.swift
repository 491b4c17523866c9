import Roster
import RosterCheck
import Testing

@testable import RosterEngine

@Suite struct CoverRowsTests {
    private static let monday = RandomWard.day("2026-11-02")
    private static let bankShift = ShiftType(
        id: "B", name: "Bank", start: RandomWard.clock("10:00"), end: RandomWard.clock("14:00"),
        offered: false)

    private static func cover(hard: Bool = false, weekly: Int? = nil) -> CoverRule {
        CoverRule(
            id: "nurses", name: "Nurses", unit: "W", counted: Counted(roles: ["rn"]),
            from: RandomWard.clock("08:00"), to: RandomWard.clock("18:00"),
            requirement: .heads(minimum: 1, target: 1, maximum: nil),
            weeklyMinimum: weekly.map { ElapsedMinutes(hours: $0) }, hard: hard)
    }

    private static func booking(_ person: Person.ID, shift: ShiftType.ID) -> Booking {
        Booking(gap: "g", person: person, day: monday, shift: shift, unit: "W", role: "rn", origin: "bank")
    }

    private func builder(_ scenario: Scenario) -> CoverRowBuilder {
        CoverRowBuilder(scenario: scenario, calendar: ShiftCalendar(scenario))
    }

    private func edges(_ rows: [CoverRow]) -> [Int] {
        let midnight = London.instant(Self.monday, minute: 0).minutes
        return rows.map { ($0.start - midnight) / 60 } + [rows.last.map { ($0.end - midnight) / 60 } ?? 0]
    }

    @Test func theDayIsCutWhereAShiftThatCountsStartsOrEnds() {
        let scenario = RandomWard.scenario(
            period: Period(first: Self.monday, days: 1), people: [RandomWard.person()],
            shifts: [RandomWard.shift("A", "07:00", "13:00"), RandomWard.shifts[5]], cover: [Self.cover()])
        #expect(edges(builder(scenario).rows) == [8, 13, 18])
    }

    /// Whoever is booked: from outside or on the list, on a shift that the engine offers nobody.
    @Test(arguments: ["p1", "bank-1"] as [Person.ID])
    func aBookingCutsTheDayAndCounts(_ person: Person.ID) throws {
        let scenario = RandomWard.scenario(
            period: Period(first: Self.monday, days: 1), people: [RandomWard.person()],
            shifts: [Self.bankShift], cover: [Self.cover(hard: true)],
            bookings: [Self.booking(person, shift: "B")])
        #expect(edges(builder(scenario).rows) == [8, 10, 14, 18])
        var options = SolveOptions()
        options.iterations = 2
        let book = RandomWard.book([])
        let result = try RosterEngine.solve(scenario, book, options: options, stop: Stop(seconds: nil))
        #expect(result.run.levels[0].objective == 360)
        #expect(RosterCheck.check(scenario, book, result.rota).level1 == 360)
    }

    @Test func aBookingOutsideTheWindowCountsTowardsTheHoursOfTheWeek() {
        let late = RandomWard.shift("X", "18:00", "22:00")
        let scenario = RandomWard.scenario(
            period: Period(first: Self.monday, days: 7), people: [], shifts: [late],
            cover: [Self.cover(weekly: 40)], bookings: [Self.booking("bank-1", shift: "X")])
        let found = builder(scenario)
        let values = found.rows.map { Int32($0.base) }
        #expect(found.weeks.map { $0.missing(values, found.rows) } == [36 * 60])
    }

    @Test func aWeekThatThePeriodCutsOwesItsSevenths() {
        let scenario = RandomWard.scenario(
            period: Period(first: Self.monday.advanced(by: 4), days: 6), people: [], shifts: [],
            cover: [Self.cover(weekly: 70)])
        #expect(builder(scenario).weeks.map(\.minutes) == [30 * 60, 30 * 60])
    }

    /// Both readers say how many are there on the first morning before anybody is rostered.
    @Test func aNightOfTheHistoryCountsIfItsPersonCameAndIsCompetentForBothReaders() {
        let sunday = Self.monday.advanced(by: -1)
        func isCovered(
            grade: Grade.ID = "B6", starts: Day? = nil, expiry: Day? = nil, leave: [Leave] = [],
            away: [AwayDuty] = [], onSite: Bool = true
        ) -> Bool {
            let leading = Competency(skill: "leading", from: sunday.advanced(by: -9), expiry: expiry)
            let night = RandomWard.shift("N", "19:30", "08:00")
            let duty = Duty(
                person: "p1", day: sunday, unit: "W", shift: night, role: "lead", source: .imported)
            let scenario = RandomWard.scenario(
                period: Period(first: Self.monday, days: 1),
                people: [RandomWard.person(grade: grade, skills: [leading], starts: starts)], shifts: [night],
                cover: [
                    CoverRule(
                        id: "lead", name: "Lead", unit: "W", counted: Counted(roles: ["lead"]),
                        to: ClockTime(minute: 480), requirement: .heads(minimum: 1, target: 1, maximum: nil),
                        hard: true)
                ], leave: leave,
                history: [
                    HistoryDuty(
                        person: "p1", start: duty.start, end: duty.end, paid: duty.paid,
                        working: duty.working, unit: "W", role: "lead", onSite: onSite)
                ]
            ).replacing(away: away)
            let counted = builder(scenario).rows.allSatisfy { $0.base == 1 }
            let report = RosterCheck.check(
                scenario, RandomWard.book([]), Rota(period: scenario.period, duties: []))
            #expect((report.level1 == 0) == counted)
            return counted
        }
        func sick(from first: Day) -> [Leave] {
            [Leave(person: "p1", first: first, last: Self.monday.advanced(by: 4), kind: .sickness)]
        }
        #expect(isCovered())
        #expect(!isCovered(leave: sick(from: sunday)))
        #expect(isCovered(leave: sick(from: Self.monday)))
        #expect(!isCovered(grade: "B2"))
        #expect(!isCovered(starts: Self.monday) && isCovered(starts: sunday))
        #expect(isCovered(expiry: Self.monday))
        #expect(!isCovered(expiry: sunday))
        #expect(!isCovered(onSite: false), "from home nobody covers a hard rule")
        #expect(
            !isCovered(away: [
                AwayDuty(
                    person: "p1", start: London.instant(Self.monday, minute: 60),
                    end: London.instant(Self.monday, minute: 120), travelMinutes: 0)
            ]))
    }

    /// Nobody is placed by a booking in a role whose skills were not confirmed.
    @Test func aBookingFromElsewhereCountsIfItsSkillsAreThoseOfItsRole() {
        func base(_ skills: Set<Skill.ID>, origin: String = "bank") -> [Int] {
            let booking = Booking(
                gap: "lead@1", person: "bank-1", day: Self.monday, shift: "LD", unit: "W", role: "lead",
                skills: skills, origin: origin)
            let scenario = RandomWard.scenario(
                period: Period(first: Self.monday, days: 1), people: [],
                shifts: [RandomWard.shift("LD", "07:30", "20:00")],
                cover: [
                    CoverRule(
                        id: "lead", name: "Lead", unit: "W", counted: Counted(roles: ["lead"]),
                        from: ClockTime(minute: 480), to: ClockTime(minute: 1200),
                        requirement: .heads(minimum: 1, target: 1, maximum: nil))
                ], bookings: [booking])
            return builder(scenario).rows.map { Int($0.base) }
        }
        #expect(base(["leading"]) == [1])
        #expect(base([]) == [0])
        #expect(base(["leading"], origin: "agency") == [0], "barred")
    }

    /// A booking stands until somebody cancels it; whoever has fallen ill since does not come, for both readers.
    @Test func whoIsBookedAndAwayCoversNothingAndSomebodyElseIsFound() throws {
        let people = ["p1", "p2"].map { RandomWard.person(Person.ID($0)) }
        let day = RandomWard.shift("LD", "07:30", "20:00")
        let booking = Booking(
            gap: "rn@1", person: "p1", day: Self.monday, shift: "LD", unit: "W", role: "rn", origin: "bank")
        let rule = CoverRule(
            id: "nurses", name: "Nurses", unit: "W", counted: Counted(roles: ["rn"]),
            from: ClockTime(minute: 480), to: ClockTime(minute: 1200),
            requirement: .heads(minimum: 1, target: 1, maximum: nil), hard: true)
        for leave in [[], [Leave(person: "p1", first: Self.monday, last: Self.monday, kind: .sickness)]] {
            let scenario = RandomWard.scenario(
                period: Period(first: Self.monday, days: 1), people: people, shifts: [day], cover: [rule],
                leave: leave, bookings: [booking])
            var options = SolveOptions()
            options.iterations = 3
            options.threads = 1
            let solved = try RosterEngine.solve(
                scenario, RandomWard.book([]), options: options, stop: Stop(seconds: nil)
            ) { _ in }
            #expect(solved.rota.duties.contains { $0.person == "p2" } == !leave.isEmpty)
            #expect(RosterCheck.check(scenario, RandomWard.book([]), solved.rota).gaps.isEmpty)
        }
    }

    /// What the checker counts, or the proof is one of another problem.
    @Test func aBookingFromElsewhereIsMarkedByWhereItIsFrom() {
        for (origin, marker) in [("bank", "bank"), ("agency", "agency"), ("agency", "bank")] {
            let booking = Booking(
                gap: "rn@1", person: "x-1", day: Self.monday, shift: "LD", unit: "W", role: "rn",
                origin: origin)
            let rule = CoverRule(
                id: "temporary", name: "Temporary", unit: "W",
                counted: Counted(roles: ["rn"], markers: [Marker(marker)]), from: ClockTime(minute: 480),
                to: ClockTime(minute: 1200), requirement: .heads(minimum: 1, target: 1, maximum: nil))
            let scenario = RandomWard.scenario(
                period: Period(first: Self.monday, days: 1), people: [],
                shifts: [RandomWard.shift("LD", "07:30", "20:00")], cover: [rule], bookings: [booking])
            let gaps = RotaCover(scenario, Rota(period: scenario.period, duties: [])).gaps()
            #expect(builder(scenario).rows.map { Int($0.base) } == [origin == marker ? 1 : 0])
            #expect(gaps.isEmpty == (origin == marker))
        }
    }
}
