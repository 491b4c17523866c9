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

    @Test func aShiftAndItsHandoversAreOne() throws {
        var trust = Trust()
        // The long day with both handovers, in which the night's nurse is asked for as well, and the night between.
        trust.ask(1, from: "08:00", to: "19:30", days: [.monday], id: "day")
        trust.ask(2, from: "19:30", to: "20:00", days: [.monday], id: "handover")
        trust.ask(1, from: "20:00", to: "07:30", days: [.monday], id: "night")
        trust.hire("day")
        trust.work("day")
        #expect(try trust.report().headlines[0].registered == Shortage(shifts: 1, minutes: 720))
        trust.duties = []
        #expect(try trust.report().headlines[0].registered.shifts == 2)
    }

    @Test func aPeakAsShortAsAHandoverIsNoShift() throws {
        var trust = Trust()
        trust.rules = [
            CoverRule(
                id: "day", name: "Day", unit: "WARD-A", counted: Counted(roles: ["rn"]), weekdays: [.monday],
                from: Trust.clock("07:30"), to: Trust.clock("20:00"), requirement: .demand)
        ]
        func ask(_ heads: Int, _ from: String, _ to: String) -> DemandRow {
            DemandRow(
                subject: .rule("day"), start: Trust.at("2026-11-02 \(from)"),
                end: Trust.at("2026-11-02 \(to)"), value: Double(heads))
        }
        trust.demand = [ask(1, "07:30", "19:30"), ask(2, "19:30", "20:00")]
        #expect(try trust.report().headlines[0].registered == Shortage(shifts: 1, minutes: 780))
        trust.demand = [ask(1, "07:30", "18:00"), ask(2, "18:00", "20:00")]
        #expect(try trust.report().headlines[0].registered == Shortage(shifts: 2, minutes: 870))
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
