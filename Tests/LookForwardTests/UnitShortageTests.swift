import Roster
import Testing

@testable import LookForward

@Suite struct UnitShortageTests {
    @Test func oneMissingNurseIsCountedOnceWhateverRulesMissHer() throws {
        var trust = Trust()
        trust.ask(2, days: [.monday])
        trust.ask(1, days: [.monday], skills: ["iv"], id: "iv")
        trust.hire("one")
        trust.work("one")
        let report = try trust.report()
        #expect(report.gaps.count == 2)
        #expect(report.headlines[0].registered == Shortage(shifts: 1, minutes: 750))
    }

    @Test func nobodySatisfiesTwoHardRulesAtOnce() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday], hard: true, id: "first")
        trust.ask(1, days: [.monday], hard: true, id: "second")
        #expect(try trust.report().headlines[0].registered == Shortage(shifts: 2, minutes: 1_500))
    }

    @Test func dayAndNightAreTwoShifts() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday])
        trust.ask(1, from: "19:30", to: "08:00", days: [.monday])
        // Half an hour of handover is short once: the same nurse would count for both.
        #expect(try trust.report().headlines[0].registered == Shortage(shifts: 2, minutes: 1_470))
    }

    @Test func groupsAndUnitsAreToldApart() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday])
        trust.ask(2, of: Trust.support, days: [.monday])
        trust.ask(1, of: Trust.senior, in: "WARD-B", days: [.tuesday], hard: true)
        let headlines = try trust.report().headlines
        #expect(headlines[0].registered.shifts == 1)
        #expect(headlines[0].unregistered.shifts == 2)
        #expect(headlines[1].medical.shifts == 1)
        #expect(headlines[1].hardGaps == 1)
        #expect(headlines[2].total == Shortage())
    }
}
