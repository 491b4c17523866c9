import Roster
import RulePack
import Testing

@testable import RosterCheck

private typealias F = Fixture

@Suite struct LineRestTests {
    private let rest11 = RuleKind.restBetween(
        minimum: ElapsedMinutes(hours: 11), after: F.workTest, before: F.workTest)

    @Test func restOfElevenHoursPassesAndAMinuteLessFails() throws {
        let late = F.duty(from: "2026-11-02 09:00", to: "2026-11-02 20:00")
        #expect(F.isLawful(rest11, [late, F.duty(from: "2026-11-03 07:00", to: "2026-11-03 15:00")]))
        let breach = try #require(
            F.breaches(rest11, [late, F.duty(from: "2026-11-03 06:59", to: "2026-11-03 15:00")]).first)
        #expect(breach.counts)
        #expect(
            breach.sentence
                == "Rest of 10.98 h between Mon 2 Nov 20:00 and Tue 3 Nov 06:59 is under 11 h (R)")
        #expect(breach.duties.map(\.start) == [F.at("2026-11-02 09:00"), F.at("2026-11-03 06:59")])
    }

    @Test func restIsElapsedTimeOnTheNightsWhenTheClocksChange() {
        let spring = Period(first: F.day("2026-03-23"), days: 14)
        let autumn = Period(first: F.day("2026-10-19"), days: 14)
        // On the clock each rest is 11 hours; in spring one of them does not exist, in autumn there is one more.
        let inSpring = [
            F.duty(from: "2026-03-28 09:00", to: "2026-03-28 20:00"),
            F.duty(from: "2026-03-29 07:00", to: "2026-03-29 15:00"),
        ]
        let inAutumn = [
            F.duty(from: "2026-10-24 09:00", to: "2026-10-24 21:00"),
            F.duty(from: "2026-10-25 07:00", to: "2026-10-25 15:00"),
        ]
        #expect(!F.isLawful(rest11, inSpring, period: spring))
        #expect(F.isLawful(rest11, inAutumn, period: autumn))
    }

    @Test func restBindsOnlyBetweenDutiesThatPassTheTests() {
        let onCall = F.duty(F.onCall, on: F.monday)
        #expect(F.isLawful(rest11, [onCall, F.duty(from: "2026-11-03 08:00", to: "2026-11-03 16:00")]))
    }

    @Test func restReachesBackIntoTheHistory() {
        let night = F.history(from: "2026-11-01 19:30", to: "2026-11-02 08:00")
        let evening = F.duty(from: "2026-11-02 18:00", to: "2026-11-02 22:00")
        #expect(!F.isLawful(rest11, [evening], history: [night]))
        // Two duties of the history are no business of this rota.
        let before = F.history(from: "2026-11-01 08:00", to: "2026-11-01 18:00")
        #expect(F.breaches(rest11, [], history: [before, night]).isEmpty)
    }

    @Test func overlapsAreBreachesWhateverTheRules() throws {
        let breaches = LineCheck.breaches(
            person: F.person(),
            duties: [
                F.duty(from: "2026-11-02 08:00", to: "2026-11-02 16:00"),
                F.duty(from: "2026-11-02 15:59", to: "2026-11-02 20:00"),
            ], scenario: F.scenario(), rules: F.book([]))
        #expect(breaches.map(\.rule) == ["overlap"])
        #expect(breaches.map(\.counts) == [true])
    }

    @Test func weeklyRestIsTwentyFourHoursInSevenDaysOrFortyEightInFourteen() {
        let either = RuleKind.restWithin([
            RestPattern(rest: ElapsedMinutes(hours: 24), count: 1, days: 7),
            RestPattern(rest: ElapsedMinutes(hours: 48), count: 1, days: 14),
            RestPattern(rest: ElapsedMinutes(hours: 24), count: 2, days: 14),
        ])
        let period = Period(first: F.monday, days: 14)
        // Every day worked but the last two: 52 hours in one piece from Saturday 20:00.
        let twelve = (0..<12).map { F.duty(on: F.monday.advanced(by: $0)) }
        #expect(F.isLawful(either, twelve, period: period))
        #expect(!F.isLawful(either, twelve + [F.duty(on: F.monday.advanced(by: 12))], period: period))
    }

    @Test func aShortRestThatIsInheritedHidesNoLaterOne() {
        let daily = RuleKind.restWithin([RestPattern(rest: ElapsedMinutes(hours: 17), count: 1, days: 1)])
        let night = F.history(from: "2026-11-01 19:30", to: "2026-11-02 08:00")
        #expect(F.isLawful(daily, [], history: [night]))
        let next = F.duty(from: "2026-11-03 08:00", to: "2026-11-03 20:00")
        #expect(!F.isLawful(daily, [next], history: [night]))
    }

    @Test func restInAWindowIsCountedToTheMinuteAndInsideIt() {
        let daily = RuleKind.restWithin([RestPattern(rest: ElapsedMinutes(hours: 24), count: 1, days: 2)])
        let period = Period(first: F.monday, days: 2)
        let first = F.duty(from: "2026-11-02 00:00", to: "2026-11-02 09:00")
        #expect(
            F.isLawful(
                daily, [first, F.duty(from: "2026-11-03 09:00", to: "2026-11-03 20:00")], period: period))
        #expect(
            !F.isLawful(
                daily, [first, F.duty(from: "2026-11-03 08:59", to: "2026-11-03 20:00")], period: period))
        // A day in spring on which the clocks go forward is 23 hours long.
        let spring = Period(first: F.day("2026-03-29"), days: 1)
        let oneDay = RuleKind.restWithin([RestPattern(rest: ElapsedMinutes(hours: 24), count: 1, days: 1)])
        #expect(F.breaches(oneDay, [], period: spring).map(\.rule) == ["R"])
        // A night of the history reaches in.
        let night = F.history(from: "2026-11-01 19:30", to: "2026-11-02 08:01")
        let evening = F.duty(from: "2026-11-03 08:00", to: "2026-11-03 23:59")
        #expect(!F.isLawful(daily, [evening], history: [night], period: period))
    }

    @Test func fourLongDaysAreAllowedAndTheFifthIsNot() {
        let rule = RuleKind.runMaximum(of: F.longTest, maximum: 4, rest: nil, restFrom: 4)
        let four = (0..<4).map { F.duty(on: F.monday.advanced(by: $0)) }
        #expect(F.isLawful(rule, four))
        #expect(!F.isLawful(rule, four + [F.duty(on: F.monday.advanced(by: 4))]))
        // A day off, or a short duty, ends the run.
        #expect(F.isLawful(rule, four + [F.duty(on: F.monday.advanced(by: 5))]))
        let short = F.duty(from: "2026-11-04 08:00", to: "2026-11-04 18:00")
        #expect(F.isLawful(rule, [four[0], four[1], short, four[3], F.duty(on: F.monday.advanced(by: 4))]))
    }

    @Test func aRunGoesOnFromTheHistory() {
        let rule = RuleKind.runMaximum(of: F.nightTest, maximum: 2, rest: nil, restFrom: 2)
        let before = [
            F.history(from: "2026-10-31 19:30", to: "2026-11-01 08:00"),
            F.history(from: "2026-11-01 19:30", to: "2026-11-02 08:00"),
        ]
        #expect(F.breaches(rule, [], history: before).isEmpty)
        #expect(!F.isLawful(rule, [F.duty(F.night, on: F.monday)], history: before))
    }

    @Test func whatTheHistoryBrokeAloneIsInheritedAndNotCounted() {
        let rule = RuleKind.runMaximum(of: F.nightTest, maximum: 1, rest: nil, restFrom: 1)
        let before = [
            F.history(from: "2026-10-31 19:30", to: "2026-11-01 08:00"),
            F.history(from: "2026-11-01 19:30", to: "2026-11-02 08:00"),
        ]
        let inherited = F.breaches(rule, [], history: before)
        #expect(inherited.map(\.inherited) == [true])
        #expect(inherited.map(\.counts) == [false])
        let worse = F.breaches(rule, [F.duty(F.night, on: F.monday)], history: before)
        #expect(worse.map(\.counts) == [true])
    }

    @Test func afterFourLongDaysFortyEightHoursAreFree() {
        let rule = RuleKind.runMaximum(
            of: F.longTest, maximum: 4, rest: ElapsedMinutes(hours: 48), restFrom: 4)
        let four = (0..<4).map { F.duty(on: F.monday.advanced(by: $0)) }
        #expect(F.isLawful(rule, four + [F.duty(from: "2026-11-07 20:00", to: "2026-11-07 23:00")]))
        #expect(!F.isLawful(rule, four + [F.duty(from: "2026-11-07 19:59", to: "2026-11-07 23:00")]))
        // A shorter run asks for no rest.
        #expect(
            F.isLawful(
                rule, Array(four.prefix(3)) + [F.duty(from: "2026-11-06 08:00", to: "2026-11-06 16:00")]))
    }

    @Test func fortySixHoursFollowAnyRunOfNights() {
        let rule = RuleKind.restAfterRun(of: F.nightTest, minimum: ElapsedMinutes(hours: 46))
        let night = F.duty(F.night, on: F.monday)
        #expect(F.isLawful(rule, [night, F.duty(from: "2026-11-05 06:00", to: "2026-11-05 16:00")]))
        #expect(!F.isLawful(rule, [night, F.duty(from: "2026-11-05 05:59", to: "2026-11-05 16:00")]))
        // A second night on the next day goes on with the run; after a day off it does not.
        #expect(F.isLawful(rule, [night, F.duty(F.night, on: F.monday.advanced(by: 1))]))
        #expect(!F.isLawful(rule, [night, F.duty(F.night, on: F.monday.advanced(by: 2))]))
    }

    @Test func shortRunsOfWorkAreSeenInsideThePeriodOnly() {
        let rule = RuleKind.runMinimum(worked: 2)
        #expect(!F.isLawful(rule, [F.duty(on: F.monday.advanced(by: 3))]))
        #expect(F.isLawful(rule, [3, 4].map { F.duty(on: F.monday.advanced(by: $0)) }))
        #expect(F.isLawful(rule, [F.duty(on: F.monday), F.duty(on: F.monday.advanced(by: 27))]))
    }

    @Test func shortRunsOfDaysOffAreSeenInsideThePeriodOnly() {
        let rule = RuleKind.offMinimum(days: 2)
        let days = [1, 2, 4, 5].map { F.duty(on: F.monday.advanced(by: $0)) }
        #expect(
            F.breaches(rule, days).map(\.sentence) == [
                "Only 1 day off in a row from Thu 5 Nov, fewer than 2 (R)"
            ])
        #expect(F.isLawful(rule, [1, 2, 5, 6].map { F.duty(on: F.monday.advanced(by: $0)) }))
    }

    @Test func lengthOfADutyIsJudgedOnTheClock() {
        let rule = RuleKind.dutyLength(maximum: 780, of: F.workTest)
        #expect(F.isLawful(rule, [F.duty(from: "2026-11-02 08:00", to: "2026-11-02 21:00")]))
        #expect(!F.isLawful(rule, [F.duty(from: "2026-11-02 08:00", to: "2026-11-02 21:01")]))
        #expect(F.isLawful(rule, [F.duty(F.onCall, on: F.monday)]))
        // 13 hours on the clock and 14 in truth.
        let autumn = Period(first: F.day("2026-10-19"), days: 14)
        #expect(F.isLawful(rule, [F.duty(from: "2026-10-24 19:00", to: "2026-10-25 08:00")], period: autumn))
    }

    @Test func successionLooksAtTheNextDayOnly() {
        let rule = RuleKind.succession(first: F.nightTest, second: F.longTest)
        let night = F.duty(F.night, on: F.monday)
        #expect(!F.isLawful(rule, [night, F.duty(from: "2026-11-03 12:00", to: "2026-11-03 23:00")]))
        #expect(F.isLawful(rule, [night, F.duty(from: "2026-11-03 13:00", to: "2026-11-03 23:00")]))
        #expect(F.isLawful(rule, [night, F.duty(on: F.monday.advanced(by: 2))]))
        let before = F.history(from: "2026-11-01 19:30", to: "2026-11-02 08:00")
        #expect(
            !F.isLawful(rule, [F.duty(from: "2026-11-02 12:00", to: "2026-11-02 23:00")], history: [before]))
    }

    @Test func onlySaturdayAndSundayMayBothBeOnCall() {
        let butSaturday = DutyTest(
            name: "on call, not Saturday", onCall: true,
            weekdays: Set(Weekday.allCases).subtracting([.saturday]))
        let rule = RuleKind.succession(first: butSaturday, second: F.onCallTest)
        for first in 0..<7 {
            let pair = [first, first + 1].map { F.duty(F.onCall, on: F.monday.advanced(by: $0)) }
            #expect(F.isLawful(rule, pair) == (first == 5))
        }
    }

    @Test func workOnTheDayAfterOnCallIsLimited() {
        let rule = RuleKind.nextDayMaximum(after: F.onCallTest, working: WorkingMinutes(hours: 10))
        let onCall = F.duty(F.onCall, on: F.monday)
        #expect(F.isLawful(rule, [onCall, F.duty(from: "2026-11-03 08:00", to: "2026-11-03 18:00")]))
        #expect(!F.isLawful(rule, [onCall, F.duty(from: "2026-11-03 08:00", to: "2026-11-03 18:01")]))
    }

    /// An on-call from home between two shifts is no rest of eleven hours, and hides none that is missing.
    @Test func restIsSeenAcrossADutyThatTheRuleLeavesOut() throws {
        let late = F.duty(from: "2026-11-02 13:00", to: "2026-11-02 22:00")
        let called = Duty(
            person: "p1", day: F.monday, unit: "ED", shift: "OC", role: "rn",
            start: F.at("2026-11-02 22:00"), end: F.at("2026-11-03 07:00"), paid: PaidMinutes(60),
            working: WorkingMinutes(0), source: .imported)
        let early = F.duty(from: "2026-11-03 07:00", to: "2026-11-03 15:00")
        let breach = try #require(F.breaches(rest11, [late, called, early]).first)
        #expect(breach.counts && breach.sentence.contains("Rest of 9 h between Mon 2 Nov 22:00"))
        let later = F.duty(from: "2026-11-03 09:00", to: "2026-11-03 15:00")
        #expect(F.isLawful(rest11, [late, called, later]))
    }

    @Test func restWithinMoreDaysThanThePeriodHasIsSaidToBeUnproven() {
        let rest = F.book(.restWithin([RestPattern(rest: ElapsedMinutes(hours: 48), count: 1, days: 14)]))
        let week = F.scenario(period: Period(first: F.monday, days: 7))
        #expect(
            F.check(week, [], rules: rest).warnings.map(\.sentence)
                == [
                    "Rest not proven for 1 person: it is asked for within 14 days, and the period has 7 (R)"
                ])
        let fortnight = F.scenario(period: Period(first: F.monday, days: 14))
        #expect(F.check(fortnight, [], rules: rest).warnings.isEmpty)
    }

    /// The rule looks at windows inside the period; what it does not look at is told.
    @Test func tooLittleRestOverTheStartOfThePeriodIsToldAndNotCounted() {
        let rest = F.book(.restWithin([RestPattern(rest: ElapsedMinutes(hours: 24), count: 1, days: 7)]))
        func report(_ worked: ClosedRange<Int>, history: ClosedRange<Int>?, days: Int = 14) -> CheckReport {
            let history = (history.map(Array.init) ?? []).map { offset -> HistoryDuty in
                let day = F.monday.advanced(by: offset)
                return F.history(from: "\(day) 08:00", to: "\(day) 16:00")
            }
            let scenario = F.scenario(period: Period(first: F.monday, days: days), history: history)
            let duties = worked.map { offset -> Duty in
                let day = F.monday.advanced(by: offset)
                return F.duty(from: "\(day) 08:00", to: "\(day) 16:00")
            }
            return F.check(scenario, duties, rules: rest)
        }
        func told(_ report: CheckReport) -> [Breach] { report.warnings.filter { $0.person == "p1" } }
        // Twelve days in a row, six of them before the period.
        let tired = report(0...5, history: -6 ... -1)
        #expect(tired.breaches.allSatisfy { $0.rule == "times" })
        #expect(told(tired).map(\.rule) == ["rest-not-proven"])
        #expect(told(tired).first?.sentence.contains("over the start of the period") == true)
        #expect(told(report(0...4, history: -3 ... -1)).isEmpty == false)
        #expect(told(report(1...5, history: -5 ... -1)).isEmpty, "a day off at the start")
        #expect(told(report(0...5, history: nil)).isEmpty, "nothing is known of before")
        // A short period has no window of its own, and its start has.
        #expect(told(report(0...3, history: -6 ... -1, days: 4)).count == 1)
    }
}
