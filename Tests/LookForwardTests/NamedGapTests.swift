import Roster
import Testing

@testable import LookForward

@Suite struct NamedGapTests {
    @Test func aBookingOfHalfTheShiftDoesNotRenameTheGap() throws {
        var trust = Trust()
        trust.ask(2, days: [.monday])
        let whole = try #require(try trust.report().gaps.first)
        trust.hire("late")
        trust.work("late", Trust.late)
        let rest = try #require(try trust.report().gaps.first)
        #expect(whole.id == "WARD-A.rn.0730@2026-11-02T07:30")
        #expect(rest.id == whole.id)
        #expect((whole.minutesShort, rest.minutesShort) == (1_500, 1_080))
        #expect(rest.missing == 2)
        #expect(whole.shift == "Long day")
    }

    @Test func aHoleInTheMiddleIsOneGap() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday])
        trust.hire("late")
        trust.duties.append(
            Duty(
                person: "late", day: Trust.monday, unit: "WARD-A", shift: "LD", role: "rn",
                start: Trust.at("2026-11-02 10:00"), end: Trust.at("2026-11-02 12:00"),
                paid: PaidMinutes(120),
                working: WorkingMinutes(120), source: .imported))
        let gaps = try trust.report().gaps
        #expect(gaps.count == 1)
        #expect(gaps.first?.minutesShort == 750 - 120)
        #expect(gaps.first?.shift == "part of Long day")
    }

    @Test func aNightBelongsToTheDayOnWhichItStarts() throws {
        var trust = Trust()
        trust.ask(1, from: "19:30", to: "08:00", days: [.monday])
        let report = try trust.report()
        #expect(report.gaps.map(\.day) == [Trust.monday])
        #expect(report.gaps.first?.shift == "Night")
        #expect(report.headlines.map(\.registered.shifts) == [1, 0, 0])
        #expect(report.headlines[0].registered.minutes == 750)
    }

    @Test func aRuleThatHoldsAroundTheClockIsPartedIntoShifts() throws {
        var trust = Trust()
        trust.ask(
            1, of: Trust.senior, from: "00:00", to: "24:00", hard: true, purpose: .seniorDecisionMaker,
            id: "senior")
        let report = try trust.report()
        let ids = report.gaps.map(\.id.text)
        // The tail of Sunday's night, three days and nights; the last night is known to midnight.
        #expect(
            Set(ids) == [
                "senior@2026-11-01T19:30", "senior@2026-11-02T07:30", "senior@2026-11-02T19:30",
                "senior@2026-11-03T07:30", "senior@2026-11-03T19:30", "senior@2026-11-04T07:30",
                "senior@2026-11-04T19:30",
            ])
        #expect(report.gaps.allSatisfy { $0.isHard && $0.staffGroup == .medical })
        #expect(report.headlines.map(\.hardGaps) == [3, 2, 2])
        let total = report.headlines.reduce(0) { $0 + $1.medical.minutes }
        // Without the hours before half past six, which have passed.
        #expect(total == 3 * 1_440 - 390)
    }

    @Test func whatHasPassedIsNotNamed() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday])
        #expect(try trust.report(at: Trust.at("2026-11-02 20:00")).gaps.isEmpty)
        #expect(try trust.report(at: Trust.at("2026-11-02 19:59")).gaps.count == 1)
    }

    @Test func hoursThatHavePassedAreNotShort() throws {
        var trust = Trust()
        trust.ask(2, days: [.monday])
        trust.hire("late")
        trust.work("late", Trust.late)
        let morning = try #require(try trust.report().gaps.first)
        // Two were missing until 13:00, and one is until 20:00.
        let report = try trust.report(previous: try trust.report(), at: Trust.at("2026-11-02 14:00"))
        let afternoon = try #require(report.gaps.first)
        #expect((afternoon.id, afternoon.shift) == (morning.id, morning.shift))
        #expect((afternoon.start, afternoon.end) == (morning.start, morning.end))
        #expect((morning.minutesShort, afternoon.minutesShort) == (1_080, 360))
        #expect((morning.missing, afternoon.missing) == (2, 1))
        #expect(afternoon.minutesLeft == 360)
        #expect((morning.percent, afternoon.percent) == (72, 50))
        #expect(report.headlines[0].registered == Shortage(shifts: 1, minutes: 360))
        #expect(afternoon.trend == .same)
        // A red flag is of the whole shift.
        #expect(afternoon.redFlag == morning.redFlag && morning.redFlag != nil)
    }

    @Test func theSecondOfTwoHoursInAutumnHasItsOwnName() throws {
        var trust = Trust()
        trust.window = Period(first: Trust.day("2026-10-24"), days: 2)
        trust.ask(1, from: "19:30", to: "08:00", days: [.saturday])
        let gap = try #require(try trust.report(at: Trust.at("2026-10-24 06:30")).gaps.first)
        #expect(gap.minutesShort == 810)
    }
}
