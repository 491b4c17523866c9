import Roster
import Testing

@testable import RosterCheck

private typealias F = Fixture

@Suite struct DutyCheckTests {
    private func rules(_ duty: Duty, _ scenario: Scenario) -> [String] {
        DutyCheck.breaches(duty, scenario: scenario).map(\.rule)
    }

    @Test func anOrdinaryDutyStands() {
        #expect(rules(F.duty(on: F.monday), F.scenario()).isEmpty)
        #expect(rules(F.duty(F.night, on: F.period.last), F.scenario()).isEmpty)
    }

    @Test func whatTheRosterDoesNotKnowIsNamed() throws {
        let scenario = F.scenario()
        let shift = ShiftType(id: "XX", name: "Unknown", start: F.clock("07:00"), end: F.clock("15:00"))
        #expect(rules(F.duty(on: F.monday, person: "nobody"), scenario) == ["unknown"])
        #expect(rules(F.duty(on: F.monday, role: "pilot"), scenario) == ["unknown"])
        #expect(rules(F.duty(on: F.monday, unit: "MOON"), scenario) == ["unknown"])
        let breach = try #require(DutyCheck.breaches(F.duty(shift, on: F.monday), scenario: scenario).first)
        #expect(breach.sentence == "Person p1 on Mon 2 Nov 07:00 to 15:00: the roster has no shift XX")
    }

    @Test func aDutyOutsideThePeriodIsRefused() {
        #expect(rules(F.duty(on: F.monday.advanced(by: -1)), F.scenario()) == ["period"])
        #expect(rules(F.duty(on: F.monday.advanced(by: 28)), F.scenario()) == ["period"])
    }

    @Test func leaveIsJudgedOnTheDayOnWhichTheDutyStarts() {
        let tuesday = F.monday.advanced(by: 1)
        let leave = Leave(person: "p1", first: tuesday, last: tuesday, kind: .annual)
        let scenario = F.scenario(leave: [leave])
        #expect(rules(F.duty(on: tuesday), scenario) == ["leave"])
        #expect(rules(F.duty(F.night, on: F.monday), scenario).isEmpty)
        #expect(rules(F.duty(on: F.monday.advanced(by: 2)), scenario).isEmpty)
    }

    @Test func nobodyWorksBeforeTheFirstOrAfterTheLastDayOfEmployment() {
        let scenario = F.scenario(
            people: [F.person(starts: F.monday.advanced(by: 1), leaves: F.monday.advanced(by: 2))])
        #expect(
            (0...3).map { rules(F.duty(on: F.monday.advanced(by: $0)), scenario) }
                == [["employment"], [], [], ["employment"]])
    }

    @Test func agreedWorkingDaysAreKept() {
        let scenario = F.scenario(people: [F.person(workingDays: [.monday, .tuesday])])
        #expect(rules(F.duty(on: F.monday.advanced(by: 1)), scenario).isEmpty)
        #expect(rules(F.duty(on: F.monday.advanced(by: 2)), scenario) == ["working-day"])
    }

    @Test func aClosedUnitHasNoDuties() {
        let scenario = F.scenario(closed: [F.monday...F.monday])
        #expect(rules(F.duty(on: F.monday), scenario) == ["closed-unit"])
        #expect(rules(F.duty(on: F.monday.advanced(by: 1)), scenario).isEmpty)
    }

    @Test func aPersonWorksInTheirOwnUnits() {
        #expect(rules(F.duty(on: F.monday, unit: "WARD"), F.scenario()) == ["unit"])
    }

    @Test func rolesAskForGradeMarkerAndPermission() {
        let cga = [Competency(skill: "cga", from: F.day("2020-01-01"))]
        let scenario = F.scenario(people: [
            F.person("b2", grade: "B2"), F.person("b6", grade: "B6"),
            F.person("new", competencies: cga, markers: ["newly-qualified"]),
            F.person("only", roles: ["hcsw"]),
        ])
        #expect(rules(F.duty(on: F.monday, person: "b2"), scenario) == ["role"])
        #expect(rules(F.duty(on: F.monday, person: "b6"), scenario).isEmpty, "substitutes may")
        #expect(rules(F.duty(on: F.monday, person: "new", role: "frailty"), scenario) == ["role"])
        #expect(rules(F.duty(on: F.monday, person: "only"), scenario) == ["role"])
    }

    @Test func skillsAreInDateForTheWholeDutyAtTheSite() {
        let held = { (expiry: Day?, sites: Set<Site.ID>) in
            F.scenario(people: [
                F.person(competencies: [
                    Competency(skill: "cga", from: F.monday, expiry: expiry, sites: sites)
                ])
            ])
        }
        let night = F.duty(F.night, on: F.monday, role: "frailty")
        #expect(rules(night, held(nil, [])).isEmpty)
        #expect(rules(night, held(F.monday.advanced(by: 1), ["MAIN"])).isEmpty)
        #expect(rules(night, held(F.monday, [])) == ["skill"])
        #expect(rules(night, held(nil, ["ELSEWHERE"])) == ["skill"])
        // A duty that ends at midnight does not touch the next day.
        let late = ShiftType(id: "LT", name: "Late", start: F.clock("16:00"), end: F.clock("24:00"))
        let toMidnight = F.scenario(
            people: [F.person(competencies: [Competency(skill: "cga", from: F.monday, expiry: F.monday)])],
            shiftTypes: [late])
        #expect(rules(F.duty(late, on: F.monday, role: "frailty"), toMidnight).isEmpty)
    }

    @Test func shiftTypesAreUsedWhereTheySay() {
        let ward = ShiftType(
            id: "WD", name: "Ward only", start: F.clock("09:00"), end: F.clock("17:00"), units: ["WARD"],
            roles: ["hcsw"], weekdays: [.tuesday])
        #expect(
            rules(F.duty(ward, on: F.monday), F.scenario(shiftTypes: [ward])) == ["shift", "shift", "shift"])
    }

    @Test func timesAndMinutesAreThoseOfTheShiftTypeUnlessSomebodyWroteThemDown() {
        let early = F.duty(from: "2026-11-02 07:00", to: "2026-11-02 20:00")
        #expect(rules(early, F.scenario()) == ["times"])
        #expect(rules(early, F.scenario(pinned: [early])).isEmpty)
        #expect(rules(early, F.scenario(published: [early])).isEmpty)
        let unpaid = F.duty(from: "2026-11-02 07:30", to: "2026-11-02 20:00", working: 1)
        #expect(rules(unpaid, F.scenario()) == ["times"])
    }

    @Test func aDutyThatEndsDaysBeforeItStartsIsReadAndRefused() {
        let duty = Duty(
            person: "p1", day: F.monday, unit: "ED", shift: "LD", role: "rn", start: F.at("2026-11-02 07:30"),
            end: F.at("2026-10-30 20:00"), paid: PaidMinutes(690), working: WorkingMinutes(690),
            source: .imported)
        let rules = F.book(.restAfterRun(of: F.nightTest, minimum: ElapsedMinutes(hours: 46)))
        #expect(F.check(F.scenario(), [duty], rules: rules).breaches.map(\.rule) == ["times"])
    }
}
