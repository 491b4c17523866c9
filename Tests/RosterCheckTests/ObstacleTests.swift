import Roster
import RulePack
import Testing

@testable import RosterCheck

private typealias F = Fixture

@Suite struct ObstacleTests {
    private let rest = F.rule(
        .restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any), id: "REST")

    private func obstacle(
        to duty: Duty, _ standing: [Duty] = [], scenario: Scenario = F.scenario(), rules: [Rule] = []
    ) -> Obstacle? {
        RosterCheck(scenario, F.book(rules), Rota(period: scenario.period, duties: standing)).obstacle(
            to: duty)
    }

    @Test func nothingStopsAFreePerson() {
        #expect(obstacle(to: F.duty(on: F.monday), rules: [rest]) == nil)
        #expect(
            obstacle(to: F.duty(on: F.monday), [F.duty(on: F.monday.advanced(by: 1))], rules: [rest]) == nil)
    }

    @Test func leaveSkillAndAvailabilityAreNamed() {
        let leave = Leave(person: "p1", first: F.monday, last: F.monday, kind: .sickness)
        let onLeave = obstacle(to: F.duty(on: F.monday), scenario: F.scenario(leave: [leave]))
        #expect(onLeave?.kind == .leave)
        #expect(
            onLeave?.sentence == "Person p1 on Mon 2 Nov 07:30 to 20:00: on leave from Mon 2 Nov to Mon 2 Nov"
        )
        #expect(obstacle(to: F.duty(on: F.monday, role: "frailty"))?.kind == .skill)
        #expect(obstacle(to: F.duty(on: F.monday, role: "hcsw"))?.kind == .skill)
        let parttime = F.scenario(people: [F.person(workingDays: [.friday])])
        #expect(obstacle(to: F.duty(on: F.monday), scenario: parttime)?.kind == .availability)
    }

    @Test func anotherDutyAtTheSameTimeIsNamed() {
        let standing = F.duty(on: F.monday)
        let already = obstacle(to: F.duty(F.study, on: F.monday), [standing])
        #expect(already?.kind == .duty)
        #expect(already?.sentence == "Person p1 already works LD on Mon 2 Nov 07:30 to 20:00")
        let pinned = F.scenario(pinned: [standing])
        #expect(obstacle(to: F.duty(F.study, on: F.monday), [standing], scenario: pinned)?.kind == .pinned)
    }

    @Test func theRuleThatWouldBreakIsNamed() {
        let tired = obstacle(
            to: F.duty(on: F.monday.advanced(by: 1)), [F.duty(F.night, on: F.monday.advanced(by: 1))],
            rules: [rest])
        #expect(tired?.kind == .duty, "the night starts before the long day ends")
        let after = obstacle(
            to: F.duty(F.study, on: F.monday.advanced(by: 1)), [F.duty(F.night, on: F.monday)], rules: [rest])
        #expect(after?.kind == .rule)
        #expect(after?.rule == "REST")
        #expect(
            after?.sentence
                == "Person p1: Rest of 1 h between Tue 3 Nov 08:00 and Tue 3 Nov 09:00 is under 11 h (REST)")
    }

    @Test func aBookingCountsAsADutyThatStands() {
        let booking = Booking(
            gap: "g", person: "p1", day: F.monday, shift: "N", unit: "ED", role: "rn", origin: "bank")
        let scenario = F.scenario(bookings: [booking])
        let study = F.duty(F.study, on: F.monday.advanced(by: 1))
        #expect(obstacle(to: study, scenario: scenario, rules: [rest])?.rule == "REST")
    }

    @Test func whatWasBrokenBeforeIsNotThisDutysFault() {
        let standing = [F.duty(F.night, on: F.monday), F.duty(F.study, on: F.monday.advanced(by: 1))]
        #expect(obstacle(to: F.duty(on: F.monday.advanced(by: 5)), standing, rules: [rest]) == nil)
    }

    @Test func softRulesStopNobodyAndOvertimeDoes() {
        let soft = F.rule(.weekendTotal(maximum: 0), enforcement: .soft(weight: 1))
        #expect(obstacle(to: F.duty(on: F.monday.advanced(by: 5)), rules: [soft]) == nil)
        let thirteen = (0..<13).map { F.duty(on: F.monday.advanced(by: 2 * $0)) }
        let limited = F.scenario(overtimeLimit: .zero)
        let overtime = obstacle(to: F.duty(on: F.monday.advanced(by: 27)), thirteen, scenario: limited)
        #expect(overtime?.rule == "overtime")
    }

    @Test func aColleagueOnCallStopsAShiftForTheSameRole() {
        let rule = F.rule(.onCallDuplicate, id: "DUP")
        let scenario = F.scenario(people: [F.person("p1"), F.person("p2")])
        let onCall = F.duty(F.onCall, on: F.monday, person: "p2")
        #expect(
            obstacle(to: F.duty(on: F.monday), [onCall], scenario: scenario, rules: [rule])?.rule == "DUP")
    }
}
