import Roster
import Testing

@Suite struct LeaveTests {
    private let week = PaidMinutes(2250)  // 37.5 h
    private let november = Period(first: given(Day("2026-11-02")), days: 28)

    @Test(arguments: [
        ("2026-11-02", "2026-11-08", 2250),  // a whole week
        ("2026-11-07", "2026-11-08", 0),  // a weekend
        ("2026-11-04", "2026-11-04", 450),
        ("2026-10-26", "2026-11-03", 900),  // only what falls into the period
        ("2026-11-27", "2026-12-04", 450),
        ("2026-12-01", "2026-12-04", 0),
    ])
    func aFifthOfTheWeekForEachWeekdayOfThePeriod(from: String, to: String, credit: Int) {
        #expect(leave(from, to).credit(paidPerWeek: week, in: november) == PaidMinutes(credit))
    }

    @Test func statedHoursAreSharedOverTheWeekdays() {
        #expect(
            leave("2026-10-29", "2026-11-03", paid: 1200).credit(paidPerWeek: week, in: november)
                == PaidMinutes(600))
        #expect(
            leave("2026-11-02", "2026-11-03", paid: 690).credit(paidPerWeek: week, in: november)
                == PaidMinutes(690))
    }

    /// Somebody who works weekends and takes one off has the hours that were stated for it.
    @Test func statedHoursOfAWeekendAreCredited() {
        #expect(
            leave("2026-11-07", "2026-11-08", paid: 690).credit(paidPerWeek: week, in: november)
                == PaidMinutes(690))
        #expect(
            leave("2026-10-31", "2026-11-01", paid: 690).credit(paidPerWeek: week, in: november) == .zero)
    }

    /// Credits of two periods that meet add up to the whole, whatever the rounding.
    @Test func nothingIsLostBetweenPeriods() {
        let december = Period(first: given(Day("2026-11-30")), days: 28)
        for paid in 0..<50 {
            let leave = leave("2026-11-25", "2026-12-03", paid: paid)
            let both =
                leave.credit(paidPerWeek: week, in: november) + leave.credit(paidPerWeek: week, in: december)
            #expect((paid - 1...paid).contains(both.count))
        }
    }

    @Test func firstAndLastDayAreIncluded() {
        let leave = leave("2026-11-04", "2026-11-05")
        #expect(leave.contains(given(Day("2026-11-04"))) && leave.contains(given(Day("2026-11-05"))))
        #expect(!leave.contains(given(Day("2026-11-03"))) && !leave.contains(given(Day("2026-11-06"))))
    }

    private func leave(_ from: String, _ to: String, paid: Int? = nil) -> Leave {
        Leave(
            person: "P", first: given(Day(from)), last: given(Day(to)), kind: .annual,
            paid: paid.map { PaidMinutes($0) })
    }
}
