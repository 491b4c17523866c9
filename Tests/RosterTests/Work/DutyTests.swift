import Roster
import Testing

@Suite struct DutyTests {
    /// A night from Saturday into the Sunday on which the clocks change.
    @Test(arguments: [
        ("2026-10-24", 13 * 60 + 30), ("2027-03-27", 11 * 60 + 30), ("2026-11-07", 12 * 60 + 30),
    ])
    func aNightFollowsTheHourThatIsGainedOrLost(date: String, elapsed: Int) throws {
        let night = duty(try #require(Day(date)), shift("19:30", "08:00", breaks: [30, 30]))
        #expect(night.day.description == date)
        #expect(night.elapsed.count == elapsed)
        #expect(night.paid.count == elapsed - 60)
        #expect(night.working.count == elapsed - 60)
        #expect(night.wallLength == 750)
        #expect(night.end.clock == ClockTime("08:00"))
    }

    @Test func onCallFromHomeWorksNoLongerWhenTheClocksChange() throws {
        let onCall = shift("08:00", "08:00", kind: .onCall, working: 180)
        let duty = duty(try #require(Day("2026-10-24")), onCall)
        #expect(duty.elapsed.count == 1500)
        #expect(duty.working.count == 180)
        #expect(duty.paid == onCall.paid)
        #expect(duty.wallLength == 1440)
    }

    @Test func aShiftThatEndsAtOrBeforeItsStartEndsOnTheNextDay() {
        #expect(shift("08:00", "08:00").wallLength == 1440)
        #expect(shift("19:30", "08:00").endMinute == 1920)
        #expect(shift("07:30", "20:00", breaks: [30, 30]).paid == PaidMinutes(690))
        #expect(shift("14:00", "24:00").wallLength == 600)
        #expect(shift("14:00", "00:00").wallLength == 600)
    }

    private func shift(
        _ start: String, _ end: String, kind: ShiftKind = .work, breaks: [Int] = [], working: Int? = nil
    ) -> ShiftType {
        ShiftType(
            id: "S", name: "Shift", start: given(ClockTime(start)), end: given(ClockTime(end)), kind: kind,
            breaks: breaks.map { ElapsedMinutes($0) }, working: working.map { WorkingMinutes($0) })
    }

    private func duty(_ day: Day, _ shift: ShiftType) -> Duty {
        Duty(person: "P", day: day, unit: "U", shift: shift, role: "R", source: .solved)
    }
}
