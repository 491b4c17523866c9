import Roster
import RosterCheck
import RosterEngine
import RulePack

@testable import RosterExplain

/// A tiny invented ward, open on weekdays 08:00 to 16:00; every test changes what it is about.
enum Ward {
    /// Monday.
    static let monday = Day(ordinal: 20_759)
    static let day = ShiftType(id: "D", name: "Day", start: clock(8), end: clock(16))
    static let late = ShiftType(id: "L", name: "Late", start: clock(12), end: clock(20))
    static let nurse = Role(
        id: "nurse", name: "Nurse", staffGroup: .registered, grades: ["B5"], substitutes: ["B6"])
    static let lead = Role(
        id: "lead", name: "Lead", staffGroup: .registered, grades: ["B5", "B6"], skills: ["leading"])

    static func clock(_ hour: Int) -> ClockTime { ClockTime(minute: hour * 60) }

    static func person(
        _ id: Person.ID, grade: Grade.ID = "B5", skills: [Competency] = [], workingDays: Set<Weekday> = [],
        unit: Roster.Unit.ID = "W", hours: Int = 0
    ) -> Person {
        Person(
            id: id, name: "Nurse \(id)", organisation: "O", unit: unit, grade: grade, contract: "C",
            paidPerWeek: PaidMinutes(hours: hours), competencies: skills, workingDays: workingDays)
    }

    static let leading = Competency(skill: "leading", from: Day(ordinal: 18_000))

    static func cover(
        _ id: CoverRule.ID = "day", roles: Set<Role.ID> = ["nurse"], skills: Set<Skill.ID> = [],
        grades: Set<Grade.ID> = [], minimum: Int = 0, target: Int = 1, weekdays: Set<Weekday> = [],
        hard: Bool = false, from: Int = 8, to: Int = 16
    ) -> CoverRule {
        CoverRule(
            id: id, name: "Nurses by \(id)", unit: "W",
            counted: Counted(roles: roles, skills: skills, grades: grades), weekdays: weekdays,
            from: clock(from), to: clock(to),
            requirement: .heads(minimum: minimum, target: target, maximum: nil), hard: hard)
    }

    static func scenario(
        days: Int = 1, people: [Person], cover: [CoverRule] = [cover()], leave: [Leave] = [],
        pinned: [Duty] = [], published: [Duty] = [], bookings: [Booking] = [],
        preferences: [Preference] = [], history: [HistoryDuty] = [], shifts: [ShiftType] = [day]
    ) -> Scenario {
        Scenario(
            name: "Test (invented)", period: Period(first: monday, days: days),
            organisations: [Organisation(id: "O", name: "Invented trust")],
            sites: [Site(id: "S", name: "Site", organisation: "O")],
            units: [
                Unit(id: "W", name: "Ward", site: "S", organisation: "O"),
                Unit(id: "X", name: "Other ward", site: "S", organisation: "O"),
            ],
            grades: ["B5", "B6"].map { Grade(id: $0, name: "Band", staffGroup: .registered) },
            skills: [Skill(id: "leading", name: "Leading")], roles: [nurse, lead],
            contracts: [
                Contract(
                    id: "C", name: "Contract", rulePacks: [], tolerance: PaidMinutes(hours: 500),
                    hoursOwed: false)
            ],
            shiftTypes: shifts, coverRules: cover, people: people, leave: leave, pinned: pinned,
            published: published, bookings: bookings, preferences: preferences, history: history)
    }

    static func duty(
        _ person: Person.ID, day offset: Int = 0, _ shift: ShiftType = day, role: Role.ID = "nurse",
        source: DutySource = .solved
    ) -> Duty {
        Duty(
            person: person, day: monday.advanced(by: offset), unit: "W", shift: shift, role: role,
            source: source)
    }

    static func rule(
        _ kind: RuleKind, id: String = "R", _ classification: RuleClass = .policy,
        enforcement: Enforcement = .hard
    ) -> Rule {
        Rule(
            id: id, title: "At most so many", source: "invented", effective: Day(ordinal: 18_000),
            classification: classification, reach: .line, enforcement: enforcement, kind: kind)
    }

    /// No duty of more than six hours: nobody may work the day shift.
    static let shortDuties = RuleKind.dutyLength(maximum: 360, of: .any)
    /// One duty in a row at most.
    static let single = RuleKind.runMaximum(of: .any, maximum: 1, rest: nil, restFrom: 1)

    static func run(_ status: RunStatus = .feasible) -> Run {
        Run(
            status: status, levels: [], parts: [:], seconds: 0, secondsToFirst: 0, secondsToBest: 0,
            iterations: 0, seed: 1, threads: 1)
    }

    static func explain(
        _ scenario: Scenario, _ rules: [Rule] = [], _ duties: [Duty] = [],
        effort: ExplainEffort = ExplainEffort(), stop: Stop = Stop(seconds: nil),
        status: RunStatus = .feasible
    ) -> RosterExplain {
        let book = RuleBook(rulesByContract: ["C": rules])
        let rota = Rota(period: scenario.period, duties: duties)
        return RosterExplain(
            scenario, book, rota, report: RosterCheck.check(scenario, book, rota), run: run(status),
            effort: effort, stop: stop)
    }

    static func situation(_ scenario: Scenario, _ duties: [Duty] = [], rules: [Rule] = []) -> Situation {
        explain(scenario, rules, duties).situation
    }
}
