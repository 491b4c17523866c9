import Roster
import RulePack

@testable import RosterCheck

/// A small invented hospital: one site, one unit, one person; every test changes what it is about.
enum Fixture {
    /// Monday.
    static let monday = day("2026-11-02")
    static let period = Period(first: monday, days: 28)

    static let longDay = ShiftType(
        id: "LD", name: "Long day", start: clock("07:30"), end: clock("20:00"),
        breaks: [ElapsedMinutes(30), ElapsedMinutes(30)])
    static let night = ShiftType(
        id: "N", name: "Night", start: clock("19:30"), end: clock("08:00"),
        breaks: [ElapsedMinutes(30), ElapsedMinutes(30)])
    static let onCall = ShiftType(
        id: "OC", name: "On call", start: clock("08:00"), end: clock("08:00"), kind: .onCall,
        paid: PaidMinutes(hours: 6), working: WorkingMinutes(hours: 4), onSite: false, countsForCover: false)
    static let study = ShiftType(
        id: "ST", name: "Study", start: clock("09:00"), end: clock("17:00"), kind: .study,
        countsForCover: false)
    static let home = ShiftType(
        id: "HM", name: "From home", start: clock("07:30"), end: clock("20:00"), onSite: false)

    static let nurse = Role(
        id: "rn", name: "Registered nurse", staffGroup: .registered, grades: ["B5"], substitutes: ["B6"])
    static let frailty = Role(
        id: "frailty", name: "Frailty practitioner", staffGroup: .registered, grades: ["B5", "B6"],
        skills: ["cga"], barred: ["newly-qualified"])
    static let assistant = Role(
        id: "hcsw", name: "Health care support worker", staffGroup: .unregistered, grades: ["B2"])

    static let nightTest = DutyTest(
        name: "night", inside: DutyTest.Span(from: clock("23:00"), to: clock("06:00")), insideAtLeast: 180,
        onCall: false)
    static let longTest = DutyTest(name: "long", longerThan: 600, onCall: false)
    static let workTest = DutyTest(name: "work", onCall: false)
    static let onCallTest = DutyTest(name: "on-call", onCall: true)

    static func day(_ text: String) -> Day {
        guard let day = Day(text) else { preconditionFailure("not a date: \(text)") }
        return day
    }

    static func clock(_ text: String) -> ClockTime {
        guard let clock = ClockTime(text) else { preconditionFailure("not a time: \(text)") }
        return clock
    }

    /// `2026-11-02 07:30`, on the wall in London.
    static func at(_ text: String) -> Instant {
        London.instant(day(String(text.prefix(10))), clock(String(text.suffix(5))))
    }

    static func person(
        _ id: Person.ID = "p1", grade: Grade.ID = "B5", optedOut: Bool = false,
        competencies: [Competency] = [], roles: Set<Role.ID> = [], markers: Set<Marker> = [],
        workingDays: Set<Weekday> = [], unit: Unit.ID = "ED", starts: Day? = nil, leaves: Day? = nil
    ) -> Person {
        Person(
            id: id, name: "Person \(id)", organisation: "ORG", unit: unit, grade: grade, contract: "C",
            paidPerWeek: PaidMinutes(2250), optedOut: optedOut, competencies: competencies, roles: roles,
            markers: markers, workingDays: workingDays, starts: starts, leaves: leaves)
    }

    static func scenario(
        period: Period = Fixture.period, people: [Person] = [person()], coverRules: [CoverRule] = [],
        leave: [Leave] = [], pinned: [Duty] = [], published: [Duty] = [], bookings: [Booking] = [],
        away: [AwayDuty] = [], balances: [Balance] = [], preferences: [Preference] = [],
        history: [HistoryDuty] = [],
        demand: [DemandRow] = [], overtimeLimit: PaidMinutes? = nil, shiftTypes: [ShiftType] = [],
        closed: [ClosedRange<Day>] = []
    ) -> Scenario {
        Scenario(
            name: "Test (invented)", period: period,
            organisations: [Organisation(id: "ORG", name: "Invented trust")],
            sites: [Site(id: "MAIN", name: "Main site", organisation: "ORG")],
            units: [
                Unit(
                    id: "ED", name: "Emergency department", site: "MAIN", organisation: "ORG", closed: closed),
                Unit(id: "WARD", name: "Ward", site: "MAIN", organisation: "ORG"),
            ],
            grades: [
                Grade(id: "B2", name: "Band 2", staffGroup: .unregistered),
                Grade(id: "B5", name: "Band 5", staffGroup: .registered),
                Grade(id: "B6", name: "Band 6", staffGroup: .registered),
            ],
            skills: [Skill(id: "cga", name: "Frailty"), Skill(id: "iv", name: "Intravenous")],
            roles: [nurse, frailty, assistant],
            contracts: [
                Contract(id: "C", name: "Contract", rulePacks: [], overtimeLimit: overtimeLimit)
            ],
            shiftTypes: [longDay, night, onCall, study, home] + shiftTypes, coverRules: coverRules,
            people: people, leave: leave, pinned: pinned, published: published, bookings: bookings,
            away: away,
            balances: balances, preferences: preferences, history: history, demand: demand)
    }

    static func duty(
        _ shift: ShiftType = longDay, on day: Day, person: Person.ID = "p1", role: Role.ID = "rn",
        unit: Unit.ID = "ED", source: DutySource = .imported
    ) -> Duty {
        Duty(person: person, day: day, unit: unit, shift: shift, role: role, source: source)
    }

    /// A duty of any length with no break: all of it is paid work.
    static func duty(
        from start: String, to end: String, person: Person.ID = "p1", role: Role.ID = "rn",
        working: Int? = nil
    ) -> Duty {
        let (start, end) = (at(start), at(end))
        let minutes = working ?? (end - start).count
        return Duty(
            person: person, day: start.day, unit: "ED", shift: "LD", role: role, start: start, end: end,
            paid: PaidMinutes(minutes), working: WorkingMinutes(minutes), source: .imported)
    }

    static func history(
        from start: String, to end: String, person: Person.ID = "p1", kind: ShiftKind = .work,
        unit: Unit.ID? = nil, role: Role.ID? = nil
    ) -> HistoryDuty {
        let (start, end) = (at(start), at(end))
        return HistoryDuty(
            person: person, start: start, end: end, paid: PaidMinutes((end - start).count),
            working: WorkingMinutes((end - start).count), kind: kind, unit: unit, role: role)
    }

    static func book(_ rules: [Rule]) -> RuleBook { RuleBook(rulesByContract: ["C": rules]) }
    static func book(_ kind: RuleKind) -> RuleBook { book([rule(kind)]) }

    static func rule(_ kind: RuleKind, id: String = "R", enforcement: Enforcement = .hard) -> Rule {
        Rule(
            id: id, title: "A rule", source: "invented", effective: day("2020-01-01"),
            classification: enforcement == .hard ? .contractual : .policy, reach: .line,
            enforcement: enforcement, kind: kind)
    }

    /// What breaks one rule, for one person.
    static func breaches(
        _ kind: RuleKind, _ duties: [Duty], person: Person = person(), history: [HistoryDuty] = [],
        leave: [Leave] = [], period: Period = Fixture.period
    ) -> [Breach] {
        LineCheck.breaches(
            person: person, duties: duties,
            scenario: scenario(period: period, people: [person], leave: leave, history: history),
            rules: book(kind))
    }

    /// Nothing counts against the line.
    static func isLawful(
        _ kind: RuleKind, _ duties: [Duty], person: Person = person(), history: [HistoryDuty] = [],
        leave: [Leave] = [], period: Period = Fixture.period
    ) -> Bool {
        !breaches(kind, duties, person: person, history: history, leave: leave, period: period)
            .contains(where: \.counts)
    }

    static func check(_ scenario: Scenario, _ duties: [Duty], rules: RuleBook = book([])) -> CheckReport {
        RosterCheck.check(scenario, rules, Rota(period: scenario.period, duties: duties))
    }
}
