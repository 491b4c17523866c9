import Roster
import RulePack
import Testing

@testable import RosterCheck

private typealias F = Fixture

@Suite struct LineDutyTests {
    private func passes(_ test: DutyTest, from: String, to: String, kind: ShiftKind = .work) -> Bool {
        LineDuty(F.duty(from: from, to: to), kind: kind).passes(test)
    }

    @Test func aNightHasThreeHoursInsideOneOccurrenceOfTheSpan() {
        #expect(passes(F.nightTest, from: "2026-11-02 18:00", to: "2026-11-03 02:00"))
        #expect(!passes(F.nightTest, from: "2026-11-02 18:00", to: "2026-11-03 01:59"))
        #expect(passes(F.nightTest, from: "2026-11-02 03:00", to: "2026-11-02 12:00"))
        #expect(!passes(F.nightTest, from: "2026-11-02 03:01", to: "2026-11-02 12:00"))
        // Two and a half hours in the morning and one at night are no night.
        #expect(!passes(F.nightTest, from: "2026-11-02 03:30", to: "2026-11-03 00:00"))
    }

    @Test func aNightIsReadOnTheClockWhenTheClocksChange() {
        // 23:00 to 02:00 on the clock are two hours in spring.
        #expect(passes(F.nightTest, from: "2026-03-28 18:00", to: "2026-03-29 02:00"))
    }

    @Test func eachTestThatIsStatedIsRead() {
        let late = { passes($0, from: "2026-11-02 12:00", to: "2026-11-02 22:00") }
        #expect(late(.any))
        #expect(late(DutyTest(name: "t", longerThan: 599)) && !late(DutyTest(name: "t", longerThan: 600)))
        #expect(
            late(DutyTest(name: "t", startsBefore: F.clock("12:01")))
                && !late(DutyTest(name: "t", startsBefore: F.clock("12:00"))))
        #expect(
            late(DutyTest(name: "t", startsFrom: F.clock("12:00")))
                && !late(DutyTest(name: "t", startsFrom: F.clock("12:01"))))
        #expect(
            late(DutyTest(name: "t", endsAfter: F.clock("21:59")))
                && !late(DutyTest(name: "t", endsAfter: F.clock("22:00"))))
        #expect(late(DutyTest(name: "t", onCall: false)) && !late(DutyTest(name: "t", onCall: true)))
        #expect(
            late(DutyTest(name: "t", weekdays: [.monday])) && !late(DutyTest(name: "t", weekdays: [.tuesday]))
        )
        #expect(late(DutyTest(name: "t", shifts: ["LD"])) && !late(DutyTest(name: "t", shifts: ["N"])))
    }

    @Test func anEndOnTheNextDayIsAfterEveryTime() {
        let test = DutyTest(name: "long evening", endsAfter: F.clock("23:00"))
        #expect(passes(test, from: "2026-11-02 15:00", to: "2026-11-03 00:30"))
        #expect(passes(test, from: "2026-11-02 15:00", to: "2026-11-03 00:00"))
    }

    @Test func theHistoryKnowsItsKindAndNoShift() {
        let before = LineDuty(F.history(from: "2026-11-01 08:00", to: "2026-11-02 08:00", kind: .onCall))
        #expect(before.passes(F.onCallTest))
        #expect(!before.passes(DutyTest(name: "t", shifts: ["OC"])))
    }
}
