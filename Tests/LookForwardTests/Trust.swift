import Extracts
import struct Foundation.Data
import class Foundation.JSONEncoder
import Roster
import RosterCheck
import RulePack

@testable import LookForward

/// A small invented trust of two sites: every test changes what it is about.
struct Trust {
    /// Monday.
    static let monday = day("2026-11-02")
    static let morning = at("2026-11-02 06:30")

    static let longDay = ShiftType(
        id: "LD", name: "Long day", start: clock("07:30"), end: clock("20:00"), paid: PaidMinutes(690),
        working: WorkingMinutes(690))
    static let night = ShiftType(
        id: "N", name: "Night", start: clock("19:30"), end: clock("08:00"), paid: PaidMinutes(690),
        working: WorkingMinutes(690))
    static let late = ShiftType(id: "L", name: "Late", start: clock("13:00"), end: clock("20:00"))

    static let nurse = Role(
        id: "rn", name: "Registered nurse", staffGroup: .registered, grades: ["B5"], substitutes: ["B6"])
    static let support = Role(
        id: "hcsw", name: "Support worker", staffGroup: .unregistered, grades: ["B2"])
    static let senior = Role(
        id: "sdm", name: "Senior decision maker", staffGroup: .medical, grades: ["CON"], skills: ["sdm"])

    var window = Period(first: monday, days: 3)
    var units = [
        Unit(id: "WARD-A", name: "Ward A", site: "MAIN", organisation: "TR1"),
        Unit(id: "WARD-B", name: "Ward B", site: "MAIN", organisation: "TR1"),
        Unit(id: "WARD-C", name: "Ward C", site: "HILL", organisation: "TR1"),
    ]
    var rules: [CoverRule] = []
    var demand: [DemandRow] = []
    var people: [Person] = []
    var duties: [Duty] = []
    var following: [Duty] = []
    var doubtful: [Duty] = []
    var history: [HistoryDuty] = []
    var leave: [Leave] = []
    var requests: [Request] = []
    var findings: [Finding] = []
    var counts: [ExtractCount] = []
    var policy = ReportPolicy()
    var notIncluded: [Unit.ID] = []
    var unitsGone: [Unit] = []
    var daysWithoutRota: [Unit.ID: Set<Day>] = [:]
    var lastNightKnown: Set<Unit.ID> = []
    var facts: [Unit.ID: UnitFacts] = [:]
    var roles = [nurse, support, senior]
    var shifts = [longDay, night, late]
    var book = RuleBook(rulesByContract: ["AFC": [rest], "BANK": [rest]])

    /// Eleven hours between any two duties.
    static let rest = Rule(
        id: "REST", title: "Rest", source: "invented", effective: day("2020-01-01"),
        classification: .statutory,
        reach: .line,
        kind: .restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any))

    var picture: Picture {
        Picture(
            organisation: Organisation(id: "TR1", name: "Invented trust"), window: window,
            scenario: Scenario(
                name: "Invented", period: window,
                organisations: [
                    Organisation(id: "TR1", name: "Invented trust"),
                    Organisation(id: "TR2", name: "Other trust"),
                ],
                sites: [
                    Site(id: "MAIN", name: "Main site", organisation: "TR1"),
                    Site(id: "HILL", name: "Hill site", organisation: "TR1"),
                ],
                units: units,
                grades: [
                    Grade(id: "B2", name: "Band 2", staffGroup: .unregistered),
                    Grade(id: "B5", name: "Band 5", staffGroup: .registered),
                    Grade(id: "B6", name: "Band 6", staffGroup: .registered),
                    Grade(id: "CON", name: "Consultant", staffGroup: .medical),
                ],
                skills: [Skill(id: "sdm", name: "Senior decisions"), Skill(id: "iv", name: "Intravenous")],
                roles: roles,
                contracts: [
                    Contract(id: "AFC", name: "Agenda for Change", rulePacks: []),
                    Contract(id: "BANK", name: "Bank", rulePacks: [], hoursOwed: false),
                ],
                shiftTypes: shifts, coverRules: rules, people: people, leave: leave, history: history,
                demand: demand),
            rota: Rota(period: window, duties: duties), following: following, rules: book, unitFacts: facts,
            requests: requests, findings: findings, counts: counts, policy: policy, notIncluded: notIncluded,
            unitsGone: unitsGone, daysWithoutRota: daysWithoutRota, lastNightKnown: lastNightKnown,
            doubtful: doubtful)
    }

    func report(
        previous: ShortageReport? = nil, learning: Learning? = nil, at now: Instant = morning
    ) throws -> ShortageReport {
        try LookForward.report(on: picture, previous: previous, learning: learning, at: now)
    }

    // MARK: Making it

    /// So many of a role, on each long day or each night, or from one time to another.
    @discardableResult
    mutating func ask(
        _ heads: Int, of role: Role = nurse, in unit: Unit.ID = "WARD-A", from: String = "07:30",
        to: String = "20:00", days: Set<Weekday> = [], hard: Bool = false, purpose: CoverPurpose = .general,
        skills: Set<Skill.ID> = [], risk: Int = 1, id: CoverRule.ID? = nil
    ) -> CoverRule.ID {
        let rule = CoverRule(
            id: id ?? CoverRule.ID("\(unit).\(role.id).\(from.filter { $0 != ":" })"),
            name: "\(role.name) in \(unit)", unit: unit, purpose: purpose,
            counted: Counted(roles: [role.id], skills: skills), weekdays: days, from: Self.clock(from),
            to: Self.clock(to), requirement: .heads(minimum: hard ? heads : 0, target: heads, maximum: nil),
            hard: hard, risk: risk)
        rules.append(rule)
        return rule.id
    }

    @discardableResult
    mutating func hire(
        _ id: String, grade: Grade.ID = "B5", unit: Unit.ID = "WARD-A", also: Set<Unit.ID> = [],
        contract: Contract.ID = "AFC", hours: Int = 37, skills: [Skill.ID] = [], markers: Set<Marker> = [],
        organisation: Organisation.ID = "TR1", starts: Day? = nil, leaves: Day? = nil
    ) -> Person.ID {
        people.append(
            Person(
                id: Person.ID(id), name: "Name of \(id)", organisation: organisation, unit: unit,
                otherUnits: also,
                grade: grade, contract: contract, paidPerWeek: PaidMinutes(hours: hours),
                competencies: skills.map { Competency(skill: $0, from: Self.day("2020-01-01")) },
                markers: markers,
                starts: starts, leaves: leaves))
        return Person.ID(id)
    }

    mutating func work(
        _ person: Person.ID, _ shift: ShiftType = longDay, on day: Day = monday, in unit: Unit.ID = "WARD-A",
        as role: Role = nurse, source: DutySource = .imported
    ) {
        duties.append(
            Duty(person: person, day: day, unit: unit, shift: shift, role: role.id, source: source))
    }

    mutating func worked(_ person: Person.ID, from start: String, to end: String) {
        let (start, end) = (Self.at(start), Self.at(end))
        history.append(
            HistoryDuty(
                person: person, start: start, end: end, paid: PaidMinutes((end - start).count),
                working: WorkingMinutes((end - start).count)))
    }

    mutating func away(
        _ person: Person.ID, _ kind: LeaveKind = .annual, from first: Day = monday, days: Int = 1
    ) {
        leave.append(Leave(person: person, first: first, last: first.advanced(by: days - 1), kind: kind))
    }

    /// A nurse short in ward A on Monday's long day, with one of two there.
    static var oneShort: Trust {
        var trust = Trust()
        trust.ask(2, days: [.monday])
        trust.hire("at-work-1")
        trust.work("at-work-1")
        return trust
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

extension ShortageReport {
    var json: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    /// Ways by people, not releases.
    var ways: [ClosingOption] { gaps.flatMap(\.options).filter { !$0.isRelease } }
}
