import Roster
import RulePack
import Testing

@testable import RosterCheck

private typealias F = Fixture

@Suite struct LineCountsTests {
    /// Duties of 12 hours on the first days of the period.
    private func twelveHours(_ days: Int) -> [Duty] {
        (0..<days).map { offset in
            let day = F.monday.advanced(by: offset)
            return F.duty(from: "\(day) 08:00", to: "\(day) 20:00")
        }
    }

    private func mean(_ hours: Int, optedOut: Int? = nil, weeks: Int = 4) -> RuleKind {
        .meanWeek(
            maximum: WorkingMinutes(hours: hours), optedOut: optedOut.map { WorkingMinutes(hours: $0) },
            weeks: weeks)
    }

    @Test func meanOfFortyEightHoursPassesAndAMinuteMoreFails() throws {
        let week = Period(first: F.monday, days: 7)
        #expect(F.isLawful(mean(48), twelveHours(4), period: week))
        let more = twelveHours(4) + [F.duty(from: "2026-11-06 08:00", to: "2026-11-06 08:01")]
        let breach = try #require(F.breaches(mean(48), more, period: week).first)
        #expect(breach.counts)
        #expect(breach.sentence.hasPrefix("48.02 h of work in 1 week available"))
        // A minute too much in four weeks is not told as a mean of 48 hours.
        let month = Period(first: F.monday, days: 28)
        let one = twelveHours(16) + [F.duty(from: "2026-11-20 08:00", to: "2026-11-20 08:01")]
        #expect(
            try #require(F.breaches(mean(48), one, period: month).first).sentence.contains(
                "a mean of 48.02 h"))
    }

    @Test func theOptOutLiftsTheMeanToItsOwnLimit() {
        let week = Period(first: F.monday, days: 7)
        let optedOut = F.person(optedOut: true)
        #expect(F.isLawful(mean(48), twelveHours(7), person: optedOut, period: week))
        #expect(!F.isLawful(mean(48, optedOut: 56), twelveHours(5), person: optedOut, period: week))
        #expect(!F.isLawful(mean(48), twelveHours(5), period: week))
    }

    @Test func daysOfLeaveAreNotDaysOverWhichWorkIsSpread() {
        let week = Period(first: F.monday, days: 14)
        let leave = Leave(
            person: "p1", first: F.monday.advanced(by: 7), last: F.monday.advanced(by: 13), kind: .annual)
        #expect(F.isLawful(mean(48), twelveHours(5), period: week))
        #expect(!F.isLawful(mean(48), twelveHours(5), leave: [leave], period: week))
        #expect(F.isLawful(mean(48), twelveHours(4), leave: [leave], period: week))
        let leaver = F.person(leaves: F.monday.advanced(by: 6))
        #expect(!F.isLawful(mean(48), twelveHours(5), person: leaver, period: week))
    }

    @Test func theMeanReachesBackAsFarAsTheHistoryIsKnown() {
        let week = Period(first: F.monday, days: 7)
        let quiet = [F.history(from: "2026-10-26 08:00", to: "2026-10-26 20:00")]
        #expect(F.isLawful(mean(48), twelveHours(7), history: quiet, period: week))
        // Beyond the reference weeks the history is not asked.
        #expect(!F.isLawful(mean(48, weeks: 1), twelveHours(7), history: quiet, period: week))
    }

    @Test func aMeanThatTheHistoryBrokeIsInheritedAndThePeriodStandsAlone() {
        let week = Period(first: F.monday, days: 7)
        let days = (19...30).map { F.day("2026-10-\($0)") }
        let busy = days.map { F.history(from: "\($0) 06:00", to: "\($0) 20:00") }
        let kept = F.breaches(mean(48), twelveHours(4), history: busy, period: week)
        #expect(kept.map(\.inherited) == [true])
        #expect(!F.isLawful(mean(48), twelveHours(5), history: busy, period: week))
    }

    @Test func nightWorkersAreHeldToEightHoursInTwentyFour() {
        let rule = RuleKind.nightWorkerMean(
            maximum: WorkingMinutes(hours: 8), night: F.nightTest, nights: 3, weeks: 17)
        let week = Period(first: F.monday, days: 7)
        let nights = (0..<3).map { F.duty(F.night, on: F.monday.advanced(by: $0)) }
        let two = twelveHours(7)
        #expect(F.isLawful(rule, two, period: week), "no nights, no limit")
        // 3 × 11.5 h and 13.5 h are 48 h in six days.
        let border = nights + [F.duty(from: "2026-11-06 08:00", to: "2026-11-06 21:30")]
        #expect(F.isLawful(rule, border, period: week))
        #expect(
            !F.isLawful(
                rule, nights + [F.duty(from: "2026-11-06 08:00", to: "2026-11-06 21:31")], period: week))
        let optedOut = F.person(optedOut: true)
        #expect(
            !F.isLawful(
                rule, nights + [F.duty(from: "2026-11-06 08:00", to: "2026-11-06 21:31")], person: optedOut,
                period: week))
    }

    private let rolling = RuleKind.rollingHours(
        maximum: WorkingMinutes(hours: 72), window: ElapsedMinutes(hours: 168))

    @Test func seventyTwoHoursInAnyWeekPassAndAMinuteMoreFails() throws {
        let six = twelveHours(6)
        #expect(F.isLawful(rolling, six))
        // The window need not start at midnight: Monday 08:00 to Monday 08:00.
        #expect(F.isLawful(rolling, six + [F.duty(from: "2026-11-09 08:00", to: "2026-11-09 20:00")]))
        let breach = try #require(
            F.breaches(rolling, six + [F.duty(from: "2026-11-09 07:59", to: "2026-11-09 20:00")]).first)
        #expect(breach.counts)
        #expect(
            breach.sentence.contains("72.02 h of work in the 168 h from Mon 2 Nov 08:00 is more than 72 h"))
    }

    @Test func aDutyPartlyInsideTheWindowCountsInProportion() {
        // Half of each hour is work; half of the last duty lies in the window: 66 h + 6 h.
        let days = (0..<6).map { F.monday.advanced(by: $0) }
        let duties = days.map { F.duty(from: "\($0) 08:00", to: "\($0) 20:00", working: 660) }
        let last = { F.duty(from: "2026-11-08 20:00", to: "2026-11-09 20:00", working: $0) }
        #expect(F.isLawful(rolling, duties + [last(720)]))
        #expect(!F.isLawful(rolling, duties + [last(722)]))
    }

    @Test func theRollingWindowReachesBackIntoTheHistory() {
        let before = (27...31).map { F.history(from: "2026-10-\($0) 08:00", to: "2026-10-\($0) 22:00") }
        #expect(F.breaches(rolling, [], history: before).isEmpty)
        #expect(
            F.isLawful(rolling, [F.duty(from: "2026-11-02 08:00", to: "2026-11-02 10:00")], history: before))
        #expect(
            !F.isLawful(rolling, [F.duty(from: "2026-11-02 08:00", to: "2026-11-02 10:01")], history: before))
        let more = before + [F.history(from: "2026-11-01 08:00", to: "2026-11-01 20:00")]
        #expect(F.breaches(rolling, [], history: more).map(\.inherited) == [true])
    }

    private let oneInTwo = RuleKind.weekends(maximum: 1, outOf: 2, fromSaturday: 1)

    @Test func aFridayNightWorksTheWeekend() {
        let fridayNight = F.duty(F.night, on: F.monday.advanced(by: 4))
        let nextSaturday = F.duty(on: F.monday.advanced(by: 12))
        #expect(!F.isLawful(oneInTwo, [fridayNight, nextSaturday]))
        #expect(F.isLawful(oneInTwo, [fridayNight, F.duty(on: F.monday.advanced(by: 19))]))
        // To 00:01 on Saturday is Friday's still; a minute more is the weekend.
        let toTheMinute = F.duty(from: "2026-11-06 16:00", to: "2026-11-07 00:01")
        #expect(F.isLawful(oneInTwo, [toTheMinute, nextSaturday]))
        let aMinuteMore = F.duty(from: "2026-11-06 16:00", to: "2026-11-07 00:02")
        #expect(!F.isLawful(oneInTwo, [aMinuteMore, nextSaturday]))
    }

    @Test func weekendsReachBackIntoTheHistory() {
        let before = F.history(from: "2026-11-01 08:00", to: "2026-11-01 16:00")
        #expect(!F.isLawful(oneInTwo, [F.duty(on: F.monday.advanced(by: 5))], history: [before]))
        #expect(F.isLawful(oneInTwo, [F.duty(on: F.monday.advanced(by: 12))], history: [before]))
        // A Friday night at the end reaches the weekend after the period.
        let period = Period(first: F.monday, days: 12)
        let end = [F.duty(on: F.monday.advanced(by: 5)), F.duty(F.night, on: F.monday.advanced(by: 11))]
        #expect(!F.isLawful(oneInTwo, end, period: period))
    }

    @Test func weekendsInAllAreCountedByTheDayOnWhichDutiesStart() {
        let rule = RuleKind.weekendTotal(maximum: 1)
        let fridayNight = F.duty(F.night, on: F.monday.advanced(by: 4))
        let both = [12, 13].map { F.duty(on: F.monday.advanced(by: $0)) }
        #expect(F.isLawful(rule, [fridayNight] + both))
        #expect(!F.isLawful(rule, both + [F.duty(on: F.monday.advanced(by: 20))]))
    }

    @Test func onCallsInSevenDaysAreCountedWithTheHistory() {
        let rule = RuleKind.countWithin(of: F.onCallTest, maximum: 2, days: 7)
        let three = [0, 3, 6].map { F.duty(F.onCall, on: F.monday.advanced(by: $0)) }
        #expect(!F.isLawful(rule, three))
        #expect(F.isLawful(rule, [0, 3, 7].map { F.duty(F.onCall, on: F.monday.advanced(by: $0)) }))
        let before = F.history(from: "2026-10-31 08:00", to: "2026-11-01 08:00", kind: .onCall)
        #expect(!F.isLawful(rule, Array(three.prefix(2)), history: [before]))
    }

    @Test func daysAndNightsDoNotMixInAMondayWeek() {
        let rule = RuleKind.noMixInWeek(first: F.nightTest, second: F.longTestByDay)
        let sunday = F.duty(on: F.monday.advanced(by: 6))
        #expect(!F.isLawful(rule, [F.duty(F.night, on: F.monday), sunday]))
        #expect(F.isLawful(rule, [F.duty(F.night, on: F.monday.advanced(by: 7)), sunday]))
    }

    @Test func aWeekThatTheHistoryMixedIsInherited() {
        let rule = RuleKind.noMixInWeek(first: F.nightTest, second: F.longTestByDay)
        let wednesday = Period(first: F.monday.advanced(by: 2), days: 10)
        let day = F.history(from: "2026-11-02 07:30", to: "2026-11-02 20:00")
        let night = F.history(from: "2026-11-03 19:30", to: "2026-11-04 08:00")
        let friday = [F.duty(on: F.monday.advanced(by: 4))]
        #expect(F.isLawful(rule, friday, history: [day, night], period: wednesday))
        #expect(!F.isLawful(rule, friday, history: [night], period: wednesday))
    }

    @Test func aWeekendThatTheHistoryWorkedTooManyIsInherited() {
        let rule = RuleKind.weekends(maximum: 1, outOf: 2, fromSaturday: 1)
        let sunday = Period(first: F.monday.advanced(by: 6), days: 10)
        let before = F.history(from: "2026-11-01 07:30", to: "2026-11-01 20:00")
        let saturday = F.history(from: "2026-11-07 07:30", to: "2026-11-07 20:00")
        let duty = [F.duty(on: sunday.first)]
        #expect(F.isLawful(rule, duty, history: [before, saturday], period: sunday))
        #expect(!F.isLawful(rule, duty, history: [before], period: sunday))
    }

    @Test func fortyPerCentOutOfHoursPassAndMoreFails() {
        let rule = RuleKind.outOfHoursShare(
            percent: 40, plain: DutyTest.Span(from: F.clock("07:00"), to: F.clock("21:00")))
        let plain = F.duty(from: "2026-11-02 08:00", to: "2026-11-02 20:00")
        #expect(F.isLawful(rule, [plain, F.duty(from: "2026-11-07 08:00", to: "2026-11-07 16:00")]))
        #expect(!F.isLawful(rule, [plain, F.duty(from: "2026-11-07 08:00", to: "2026-11-07 16:01")]))
        #expect(!F.isLawful(rule, [F.duty(from: "2026-11-02 16:00", to: "2026-11-03 01:00")]))
    }

    @Test func bankHolidaysAreOutOfHours() {
        let rule = RuleKind.outOfHoursShare(
            percent: 0, plain: DutyTest.Span(from: F.clock("07:00"), to: F.clock("21:00")))
        let period = Period(first: F.day("2026-12-21"), days: 14)
        #expect(F.isLawful(rule, [F.duty(from: "2026-12-24 08:00", to: "2026-12-24 16:00")], period: period))
        #expect(!F.isLawful(rule, [F.duty(from: "2026-12-25 08:00", to: "2026-12-25 16:00")], period: period))
    }

    @Test func paidMinutesInThePeriodHaveALeastAndAMost() {
        let rule = RuleKind.totalPaid(minimum: PaidMinutes(hours: 12), maximum: PaidMinutes(hours: 24))
        #expect(!F.isLawful(rule, []))
        #expect(F.isLawful(rule, twelveHours(1)))
        #expect(F.isLawful(rule, twelveHours(2)))
        #expect(!F.isLawful(rule, twelveHours(3)))
    }

    @Test func dutiesOfAShiftTypeAreLimitedInAll() {
        let rule = RuleKind.shiftTotals(["LD": 2, "N": 0])
        #expect(F.isLawful(rule, twelveHours(2)))
        #expect(!F.isLawful(rule, twelveHours(3)))
        #expect(!F.isLawful(rule, [F.duty(F.night, on: F.monday)]))
    }

    @Test func programmedActivitiesArePricedByTheHourOfDay() {
        let rule = RuleKind.programmedActivities(
            maximum: 3, plainMinutes: 240, premiumMinutes: 180,
            plain: DutyTest.Span(from: F.clock("07:00"), to: F.clock("19:00")))
        let week = Period(first: F.monday, days: 7)
        // Twelve plain hours are three activities; of nine hours outside, so are nine.
        #expect(F.isLawful(rule, [F.duty(from: "2026-11-02 07:00", to: "2026-11-02 19:00")], period: week))
        #expect(!F.isLawful(rule, [F.duty(from: "2026-11-02 07:00", to: "2026-11-02 19:01")], period: week))
        #expect(F.isLawful(rule, [F.duty(from: "2026-11-07 08:00", to: "2026-11-07 17:00")], period: week))
        #expect(!F.isLawful(rule, [F.duty(from: "2026-11-07 08:00", to: "2026-11-07 17:01")], period: week))
    }

    @Test func softAndSwitchedOffRulesNeverCount() {
        let rules = [
            F.rule(.weekendTotal(maximum: 0), id: "SOFT", enforcement: .soft(weight: 1)),
            F.rule(.weekendTotal(maximum: 0), id: "OFF", enforcement: .off),
        ]
        let breaches = LineCheck.breaches(
            person: F.person(), duties: [F.duty(on: F.monday.advanced(by: 5))], scenario: F.scenario(),
            rules: F.book(rules))
        #expect(breaches.map(\.rule) == ["SOFT"])
        #expect(breaches.map(\.counts) == [false])
    }
}

extension Fixture {
    fileprivate static let longTestByDay = DutyTest(
        name: "long day", longerThan: 600, startsBefore: clock("12:00"))
}
