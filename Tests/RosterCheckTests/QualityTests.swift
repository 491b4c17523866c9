import Roster
import RulePack
import Testing

@testable import RosterCheck

private typealias F = Fixture

@Suite struct QualityTests {
    private let nurses = CoverRule(
        id: "rn", name: "Nurses", unit: "ED", counted: Counted(roles: ["rn"]),
        requirement: .heads(minimum: 1, target: 1, maximum: nil))

    @Test func fillIsByStaffGroupAndByDayAndNight() {
        let scenario = F.scenario(period: Period(first: F.monday, days: 1), coverRules: [nurses])
        let quality = F.check(scenario, [F.duty(F.night, on: F.monday)]).quality
        // From 19:30 to 24:00: half an hour of the day, four hours of the night's twelve.
        #expect(quality.fill.map(\.group) == [.registered, .registered])
        #expect(quality.fill.map(\.night) == [false, true])
        #expect(quality.fill.map(\.requiredHours) == [12, 12])
        #expect(quality.fill.map(\.filledHours) == [0.5, 4])
        #expect(quality.fill.map(\.percent) == [4.2, 33.3])
        #expect(quality.unfilledHours == 19.5)
        #expect(quality.unfilledPercent == 81.3)
    }

    @Test func rulesByRoleThatNeedsASkillAreSkillGaps() {
        let frailty = CoverRule(
            id: "f", name: "Frailty", unit: "ED", counted: Counted(roles: ["frailty"]),
            requirement: .heads(minimum: 1, target: 1, maximum: nil))
        let scenario = F.scenario(period: Period(first: F.monday, days: 1), coverRules: [nurses, frailty])
        #expect(F.check(scenario, []).quality.skillGapHours == 24)
    }

    @Test func hoursAreBalancedWithLeaveAndWhatIsCarriedOver() {
        let leave = Leave(
            person: "p1", first: F.monday.advanced(by: 7), last: F.monday.advanced(by: 11), kind: .annual)
        let scenario = F.scenario(
            people: [F.person("p1"), F.person("p2")], leave: [leave],
            balances: [Balance(person: "p1", paid: PaidMinutes(hours: 120))])
        let quality = F.check(scenario, [F.duty(on: F.monday)]).quality
        #expect(quality.hours.map(\.contracted.hoursText) == ["150", "150"])
        #expect(quality.hours.map(\.rostered.hoursText) == ["11.5", "0"])
        #expect(quality.hours.map(\.leave.hoursText) == ["37.5", "0"])
        #expect(quality.hours.map(\.balance.hoursText) == ["19", "-150"])
        #expect(quality.hoursOwedToStaff == 19)
        #expect(quality.hoursOwedByStaff == 150)
        #expect(quality.annualLeavePercent == 12.5)
        #expect(quality.unavailabilityPercent == 12.5)
        #expect(quality.unavailabilityByKind == ["annual": 12.5])
    }

    @Test func bookingsAreTemporaryStaffing() {
        let booking = Booking(
            gap: "g", person: "x", day: F.monday, shift: "LD", unit: "ED", role: "rn", origin: "bank")
        let report = F.check(F.scenario(bookings: [booking]), [F.duty(on: F.monday)])
        #expect(report.quality.temporaryStaffingPercent == 50)
    }

    @Test func wishesAreGrantedOrNot() {
        let wish = { (person: Person.ID, day: Int, wanted: Wanted) in
            Preference(person: person, day: F.monday.advanced(by: day), wanted: wanted, strength: 1)
        }
        let scenario = F.scenario(
            people: [F.person("p1"), F.person("p2")],
            preferences: [
                wish("p1", 0, .off), wish("p1", 0, .anyShift), wish("p1", 0, .shift("LD")),
                wish("p1", 0, .avoid("LD")), wish("p2", 0, .off), wish("p2", 40, .anyShift),
            ])
        let quality = F.check(scenario, [F.duty(on: F.monday)]).quality
        #expect((quality.wishesAsked, quality.wishesGranted) == (5, 3))
        #expect(quality.wishesGrantedPercent == 60)
        #expect((quality.wishesLowestPercent, quality.wishesHighestPercent) == (50, 100))
    }

    @Test func nightsAndWeekendsAreSpreadByWholeTimeEquivalent() {
        let scenario = F.scenario(people: [F.person("p1"), F.person("p2"), F.person("p3")])
        let duties = [
            F.duty(F.night, on: F.monday), F.duty(on: F.monday.advanced(by: 5)),
            F.duty(on: F.monday.advanced(by: 6)), F.duty(on: F.monday, person: "p2"),
        ]
        let spread = F.check(scenario, duties).quality.spreads
        #expect(spread.map(\.nightsLowest) == [0])
        #expect(spread.map(\.nightsHighest) == [1])
        #expect(spread.map(\.weekendsLowest) == [0])
        #expect(spread.map(\.weekendsHighest) == [1])
    }

    @Test func runsReturnsMovesAndChangesAreCounted() {
        let published = [F.duty(on: F.monday), F.duty(on: F.monday.advanced(by: 20))]
        let six = (0..<6).map { F.duty(on: F.monday.advanced(by: $0)) }
        let quality = F.check(F.scenario(published: published), six).quality
        #expect((quality.longestRun, quality.longRuns) == (6, 1))
        #expect(quality.quickReturns == 5)
        #expect(quality.changesToPublished == 1)
        #expect(quality.redeployments == 0)
        let moved = F.check(F.scenario(), [F.duty(on: F.monday, unit: "WARD")])
        #expect(moved.quality.redeployments == 1)
        #expect(moved.quality.breaches == 1)
    }
}
