import Foundation
import Roster
import RulePack
import Testing

@testable import RosterCheck

private typealias F = Fixture

@Suite struct RosterCheckTests {
    @Test func anEmptyRotaBreaksNothing() {
        let report = F.check(F.scenario(), [])
        #expect(report.isLawful)
        #expect(report.warnings.isEmpty && report.gaps.isEmpty)
    }

    @Test func rulesBindThroughTheContract() {
        let rest = F.rule(.restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any))
        let duties = [F.duty(on: F.monday), F.duty(F.night, on: F.monday.advanced(by: -1))]
        let report = F.check(F.scenario(), duties, rules: F.book([rest]))
        #expect(report.breaches.map(\.rule).sorted() == ["overlap", "period"])
        let tired = [F.duty(F.night, on: F.monday), F.duty(F.study, on: F.monday.advanced(by: 1))]
        #expect(F.check(F.scenario(), tired, rules: F.book([rest])).breaches.map(\.rule) == ["R"])
        #expect(F.check(F.scenario(), tired, rules: RuleBook(rulesByContract: ["D": [rest]])).isLawful)
    }

    @Test func softAndInheritedBreachesAreWarnings() {
        let soft = F.rule(.weekendTotal(maximum: 0), id: "SOFT", enforcement: .soft(weight: 5))
        let weekend = F.check(F.scenario(), [F.duty(on: F.monday.advanced(by: 5))], rules: F.book([soft]))
        #expect(weekend.isLawful)
        #expect(weekend.warnings.map(\.rule) == ["SOFT"])
        let runs = F.book(.runMaximum(of: .any, maximum: 1, rest: nil, restFrom: 1))
        let history = [31, 30].map { F.history(from: "2026-10-\($0) 08:00", to: "2026-10-\($0) 16:00") }
        let sunday = F.history(from: "2026-11-01 08:00", to: "2026-11-01 16:00")
        let inherited = F.check(F.scenario(history: history + [sunday]), [], rules: runs)
        #expect(inherited.isLawful)
        #expect(inherited.warnings.map(\.inherited) == [true])
    }

    @Test func aMeanOnTooFewWeeksSaysHowManyAreKnown() {
        let mean = F.book(.meanWeek(maximum: WorkingMinutes(hours: 48), optedOut: nil, weeks: 17))
        let two = [F.person("p1"), F.person("p2")]
        #expect(
            F.check(F.scenario(people: two), [], rules: mean).warnings.map(\.sentence)
                == ["Mean not proven for 2 people: 4 of 17 weeks known (R)"])
        let known = F.history(from: "2026-08-03 08:00", to: "2026-08-03 16:00")
        #expect(
            F.check(F.scenario(history: [known]), [], rules: mean).warnings.isEmpty, "13 weeks and 4 are 17")
    }

    @Test func pinnedDutiesStayAsTheyAre() {
        let pinned = F.duty(on: F.monday, source: .pinned)
        let scenario = F.scenario(pinned: [pinned])
        #expect(F.check(scenario, [pinned]).isLawful)
        #expect(F.check(scenario, [F.duty(on: F.monday)]).isLawful, "wherever it came from")
        #expect(F.check(scenario, []).breaches.map(\.rule) == ["pinned"])
        #expect(F.check(scenario, [F.duty(F.study, on: F.monday)]).breaches.map(\.rule) == ["pinned"])
    }

    @Test func overtimeIsLimitedByTheContract() {
        // 37.5 h × 4 = 150 h; thirteen long days are 149.5 h, fourteen 161 h.
        let fourteen = (0..<14).map { F.duty(on: F.monday.advanced(by: 2 * $0)) }
        let limited = { (minutes: Int) in F.scenario(overtimeLimit: PaidMinutes(minutes)) }
        #expect(F.check(limited(660), fourteen).isLawful)
        #expect(F.check(limited(659), fourteen).breaches.map(\.rule) == ["overtime"])
        #expect(F.check(F.scenario(), fourteen).isLawful)
        let leave = Leave(
            person: "p1", first: F.monday.advanced(by: 1), last: F.monday.advanced(by: 1), kind: .annual)
        let onLeave = F.scenario(leave: [leave], overtimeLimit: PaidMinutes(660))
        #expect(F.check(onLeave, fourteen).breaches.map(\.rule) == ["overtime"])
        // Leave alone can be more than the contract asks for: nothing that a rota could give back.
        let all = Leave(person: "p1", first: F.monday, last: F.monday.advanced(by: 4), kind: .annual)
        let short = F.scenario(
            period: Period(first: F.monday, days: 5), leave: [all], overtimeLimit: PaidMinutes(60))
        #expect(F.check(short, []).isLawful)
        // A booking is paid beside the contract; what only the rota calls one is not.
        let day = F.monday.advanced(by: 26)
        let booked = Array(fourteen.dropLast()) + [F.duty(on: day, source: .booking)]
        #expect(F.check(limited(0), booked).breaches.map(\.rule) == ["overtime"])
        let confirmed = F.scenario(
            bookings: [
                Booking(gap: "g", person: "p1", day: day, shift: "LD", unit: "ED", role: "rn", origin: "bank")
            ], overtimeLimit: PaidMinutes(0))
        #expect(F.check(confirmed, booked).isLawful)
    }

    @Test func nobodyIsOnCallForWhatAColleagueWorks() {
        let rule = Rule(
            id: "DUP", title: "A rule", source: "invented", effective: F.day("2020-01-01"),
            classification: .contractual, reach: .crossPerson, kind: .onCallDuplicate)
        let scenario = F.scenario(people: [F.person("p1"), F.person("p2", grade: "B6")])
        let onCall = F.duty(F.onCall, on: F.monday)
        let check = { (other: Duty) in
            F.check(scenario, [onCall, other], rules: F.book([rule])).breaches.map(\.rule)
        }
        #expect(check(F.duty(on: F.monday, person: "p2")) == ["DUP"])
        #expect(check(F.duty(on: F.monday.advanced(by: 2), person: "p2")).isEmpty)
        #expect(check(F.duty(F.study, on: F.monday, person: "p2")).isEmpty, "study covers nothing")
        #expect(check(F.duty(F.onCall, on: F.monday, person: "p2")).isEmpty)
        #expect(F.check(scenario, [onCall, F.duty(on: F.monday, person: "p2")]).isLawful)
    }

    @Test func tooFewBreaksInAShiftTypeAreOneWarning() {
        let rule = F.rule(
            .breaks([.init(longerThan: 540, count: 2, minutes: ElapsedMinutes(30))]), id: "BRK")
        let long = ShiftType(
            id: "NB", name: "No break", start: F.clock("08:00"), end: F.clock("17:01"),
            breaks: [ElapsedMinutes(30), ElapsedMinutes(29)])
        let scenario = F.scenario(shiftTypes: [long])
        let twice = [0, 1].map { F.duty(long, on: F.monday.advanced(by: $0)) }
        let report = F.check(scenario, twice, rules: F.book([rule]))
        #expect(report.isLawful)
        #expect(report.warnings.map(\.rule) == ["BRK"])
        #expect(F.check(scenario, [F.duty(on: F.monday)], rules: F.book([rule])).warnings.isEmpty)
        #expect(F.check(scenario, [F.duty(F.onCall, on: F.monday)], rules: F.book([rule])).warnings.isEmpty)
    }

    @Test func gapsComeWorstFirst() {
        let rule = { (id: CoverRule.ID, minimum: Int, hard: Bool) in
            CoverRule(
                id: id, name: "Rule", unit: "ED", counted: Counted(),
                requirement: .heads(minimum: minimum, target: 1, maximum: nil), hard: hard)
        }
        let scenario = F.scenario(
            period: Period(first: F.monday, days: 2),
            coverRules: [rule("c", 0, false), rule("a", 1, false), rule("b", 1, true)])
        let report = F.check(scenario, [])
        #expect(report.gaps.map(\.rule) == ["b", "b", "a", "a", "c", "c"])
        #expect(report.gaps.map(\.severity) == report.gaps.map(\.severity).sorted())
    }

    @Test func aReportReadsBackFromItsOwnText() throws {
        let rule = CoverRule(
            id: "rn", name: "Nurses", unit: "ED", counted: Counted(),
            requirement: .heads(minimum: 1, target: 1, maximum: nil), hard: true)
        let report = F.check(
            F.scenario(coverRules: [rule]), [F.duty(on: F.monday), F.duty(on: F.monday, unit: "WARD")])
        let text = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(CheckReport.self, from: text) == report)
    }

    /// Bank and agency staff under pseudonyms are people, too.
    @Test func whoIsBookedUnderAPseudonymIsInOnePlaceAndRests() {
        func booking(_ shift: ShiftType.ID, _ day: Day) -> Booking {
            Booking(
                gap: "g@2026-11-02T07:30", person: "B-17", day: day, shift: shift, unit: "ED", role: "rn",
                origin: "bank")
        }
        let law = Rule(
            id: "WTR", title: "Rest", source: "invented", effective: F.day("2020-01-01"),
            classification: .statutory, reach: .line,
            kind: .restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any))
        let once = F.scenario(bookings: [booking("LD", F.monday)])
        let duty = F.duty(on: F.monday, person: "B-17", source: .booking)
        #expect(F.check(once, [duty], rules: F.book([law])).isLawful)
        #expect(F.check(once, [duty, duty], rules: F.book([law])).breaches.map(\.rule) == ["overlap"])
        let tired = F.scenario(bookings: [booking("LD", F.monday), booking("N", F.monday)])
        #expect(F.check(tired, [], rules: F.book([law])).breaches.map(\.rule).contains("overlap"))
        let short = F.scenario(bookings: [booking("N", F.monday), booking("LD", F.monday.advanced(by: 2))])
        #expect(F.check(short, [], rules: F.book([law])).isLawful)
        let next = F.scenario(bookings: [booking("N", F.monday), booking("ST", F.monday.advanced(by: 1))])
        #expect(F.check(next, [], rules: F.book([law])).breaches.map(\.rule).contains("WTR"))
        let policy = F.rule(.restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any))
        #expect(!F.check(next, [], rules: F.book([policy])).breaches.map(\.rule).contains("R"))
    }
}
