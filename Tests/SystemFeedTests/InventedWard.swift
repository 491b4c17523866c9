import Extracts
import Roster
import RulePack
import SystemPool

@testable import SystemFeed

/// An invented organisation with two wards of one site: every test changes what it is about.
struct InventedWard {
    /// Monday.
    static let monday = day("2026-11-02")
    static let morning = at("2026-11-02 06:30")
    static let key = Array(repeating: UInt8(7), count: 32)

    static let longDay = ShiftType(
        id: "LD", name: "Long day", start: clock("07:30"), end: clock("20:00"))
    static let night = ShiftType(id: "N", name: "Night", start: clock("19:30"), end: clock("08:00"))
    static let nurse = Role(
        id: "rn", name: "Registered nurse", staffGroup: .registered, grades: ["B5"], substitutes: ["B6"])
    static let assistant = Role(
        id: "hca", name: "Healthcare assistant", staffGroup: .unregistered, grades: ["B2"])

    /// Of several professions.
    static let team = Role(
        id: "team", name: "In-reach", staffGroup: .other, grades: ["B6", "B2"])

    static let rest = Rule(
        id: "REST", title: "Rest", source: "invented", effective: day("2020-01-01"),
        classification: .statutory, reach: .line,
        kind: .restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any))

    var window = Period(first: monday, days: 3)
    var unit: Roster.Unit.ID = "A"
    var unitName = "Ward A"
    var site: Site.ID = "NS1-M"
    var unitsGone: [Roster.Unit] = []
    var moreGrades: [Grade] = []
    var lawBook = [rest]
    var shifts = [longDay, night]
    var roles = [nurse, assistant]
    var rules: [CoverRule] = []
    var people: [Person] = []
    var duties: [Duty] = []
    var leave: [Leave] = []
    var policy = ReportPolicy()
    var findings: [Finding] = []
    var requests: [Request] = []
    var bookings: [Booking] = []
    var daysWithoutRota: [Roster.Unit.ID: Set<Day>] = [:]
    var terms = LendingTerms(
        organisation: "NS1", agreement: "sharing",
        partners: [.init(organisation: "NS2", travel: [.init(site: "NS2-H", minutes: 30)])],
        volunteers: [.init(person: "volunteer", inducted: ["NS2-H"])], lendsSurplus: true)

    var picture: Picture {
        Picture(
            organisation: Organisation(id: "NS1", name: "Invented trust"), window: window,
            scenario: Scenario(
                name: "Invented", period: window,
                organisations: [Organisation(id: "NS1", name: "Invented trust")],
                sites: [Site(id: site, name: "Main site", organisation: "NS1")],
                units: [
                    Unit(id: unit, name: unitName, site: site, organisation: "NS1"),
                    Unit(id: "B", name: "Ward B", site: site, organisation: "NS1"),
                ],
                grades: [
                    Grade(id: "B5", name: "Band 5", staffGroup: .registered),
                    Grade(id: "B6", name: "Band 6", staffGroup: .registered),
                    Grade(id: "B2", name: "Band 2", staffGroup: .unregistered),
                ] + moreGrades,
                skills: [Skill(id: "iv", name: "Intravenous")], roles: roles,
                contracts: [Contract(id: "AFC", name: "Agenda for Change", rulePacks: [])],
                shiftTypes: shifts, coverRules: rules, people: people, leave: leave,
                bookings: bookings),
            rota: Rota(period: window, duties: duties),
            rules: RuleBook(rulesByContract: ["AFC": lawBook]), requests: requests, findings: findings,
            policy: policy, unitsGone: unitsGone,
            daysWithoutRota: daysWithoutRota)
    }

    func feed(
        lent: [AwayDuty] = [], taken: Set<Offer.ID> = [], at now: Instant = morning
    ) -> SystemFeed {
        SystemFeed(picture, terms: terms, key: Self.key, lent: lent, taken: taken, at: now)
    }

    mutating func ask(
        _ heads: Int, in unit: Unit.ID = "A", from: String = "07:30", to: String = "20:00",
        hard: Bool = false, purpose: CoverPurpose = .general, skills: Set<Skill.ID> = [],
        role: Role.ID = "rn",
        on weekdays: Set<Weekday> = []
    ) {
        rules.append(
            CoverRule(
                id: CoverRule.ID(
                    "\(unit).\(role == "rn" ? "" : "\(role).")\(from.filter { $0 != ":" })"),
                name: "Heads in \(unit)",
                unit: unit, purpose: purpose, counted: Counted(roles: [role], skills: skills),
                weekdays: weekdays, from: Self.clock(from), to: Self.clock(to),
                requirement: .heads(minimum: hard ? heads : 0, target: heads, maximum: nil), hard: hard,
                risk: 3))
    }

    /// Of all who are on the ward by day, so many per cent must be registered nurses.
    mutating func askForShare(atLeast percent: Int, on weekdays: Set<Weekday> = []) {
        rules.append(
            CoverRule(
                id: "A.share", name: "Share of nurses in A", unit: "A", counted: Counted(roles: ["rn"]),
                weekdays: weekdays, from: Self.clock("07:30"), to: Self.clock("20:00"),
                requirement: .atLeast(percent: percent, whole: Counted(roles: ["rn", "hca"])), hard: true))
    }

    mutating func hire(
        _ id: Person.ID, unit: Unit.ID = "A", grade: Grade.ID = "B5", skills: Set<Skill.ID> = ["iv"],
        markers: Set<Marker> = [], held: [Competency]? = nil
    ) {
        people.append(
            Person(
                id: id, name: "Name of \(id)", organisation: "NS1", unit: unit, grade: grade,
                contract: "AFC", paidPerWeek: PaidMinutes(hours: 37),
                competencies: held
                    ?? skills.sorted().map { Competency(skill: $0, from: Self.day("2020-01-01")) },
                markers: markers))
    }

    /// Somebody from elsewhere, for the long day of the first day.
    mutating func book(_ person: Person.ID, origin: String) {
        bookings.append(
            Booking(
                gap: "gap", person: person, day: Self.monday, shift: Self.longDay.id, unit: "A", role: "rn",
                origin: origin))
        duties.append(
            Duty(
                person: person, day: Self.monday, unit: "A", shift: Self.longDay, role: "rn", source: .booking
            ))
    }

    mutating func work(
        _ person: Person.ID, _ shift: ShiftType = longDay, on day: Day = monday, in unit: Unit.ID = "A",
        as role: Role.ID = "rn"
    ) {
        duties.append(
            Duty(person: person, day: day, unit: unit, shift: shift, role: role, source: .imported))
    }

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
}
