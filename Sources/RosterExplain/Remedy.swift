import Roster
import RulePack

/// A change to what is given, tried to see whether it closes a hard gap.
///
/// Never a statutory or contractual rule, and never an absence that is not annual or study leave.
enum Remedy: Hashable {
    /// Somebody more, from outside, on one shift; the person of the duty is nobody yet.
    case extraPerson(Duty, CoverRule)
    /// Leave given up on one day.
    case leave(Leave, Day)
    /// A policy or wish that the roster treats as hard, switched off.
    case rule(Rule)
    /// A pinned duty that the search may place anew.
    case pinnedDuty(Duty)

    var kind: Relaxation.Kind {
        switch self {
        case .extraPerson: .extraPerson
        case .leave: .leave
        case .rule(let rule): rule.classification == .wish ? .wish : .policyRule
        case .pinnedDuty: .pinnedDuty
        }
    }

    /// A rule that may be offered: hard, and only the roster's own.
    static func isRelaxable(_ rule: Rule) -> Bool {
        rule.enforcement == .hard && (rule.classification == .policy || rule.classification == .wish)
    }

    /// Leave that people can be asked about.
    static func isRelaxable(_ leave: Leave) -> Bool { leave.kind == .annual || leave.kind == .study }

    /// What to change, to be followed by what it does: `One more Senior doctor for the Night on Thu 12 Nov`.
    func words(in scenario: Scenario) -> String {
        switch self {
        case .extraPerson(let duty, _):
            "One more \(scenario.role(duty.role)?.name ?? duty.role.text) for the \(scenario.words(duty)) "
                + "(\(duty.start.clock) to \(duty.end.clock))"
        case .leave(let leave, let day):
            "\(scenario.words(leave.person))'s \(leave.kind.rawValue) leave on \(day.words), if asked and agreed,"
        case .rule(let rule): "Setting aside the rule \(rule.id) (\(rule.title))"
        case .pinnedDuty(let duty): "Moving \(scenario.words(duty.person))'s pinned \(scenario.words(duty))"
        }
    }

    /// The scenario and the rules with the change. `number` tells several people from outside apart.
    func applied(to scenario: Scenario, _ rules: RuleBook, number: Int) -> (Scenario, RuleBook) {
        switch self {
        case .extraPerson(let duty, let rule):
            return (scenario.adding(duty, for: rule, number: number), rules)
        case .leave(let leave, let day):
            return (
                scenario.replacing(leave: scenario.leave.flatMap { $0 == leave ? $0.without(day) : [$0] }),
                rules
            )
        case .rule(let rule):
            return (scenario, rules.without(rule: rule.id))
        case .pinnedDuty(let duty):
            return (scenario.replacing(pinned: scenario.pinned.filter { $0 != duty }), rules)
        }
    }
}

extension Scenario {
    /// Somebody from outside on a duty: a confirmed booking with every skill that is asked for. Where the rule
    /// asks for a grade or a marker, which no booking has, somebody pinned to that one duty.
    func adding(_ duty: Duty, for rule: CoverRule, number: Int) -> Scenario {
        let id = Person.ID("extra-\(number)")
        let skills = (role(duty.role)?.skills ?? []).union(rule.skillsAsked)
        guard rule.asksWhoSomebodyIs else {
            let booking = Booking(
                gap: Gap.id(rule: rule.id, start: duty.start), person: id, day: duty.day, shift: duty.shift,
                unit: duty.unit, role: duty.role, skills: skills, origin: "bank")
            return replacing(bookings: bookings + [booking])
        }
        let able = (role(duty.role)?.grades ?? []).union(role(duty.role)?.substitutes ?? [])
        let fitting = rule.gradesAsked.isEmpty ? able : able.intersection(rule.gradesAsked)
        guard let unit = unit(duty.unit), let grade = fitting.min() else { return self }
        let somebody = Person(
            id: id, name: id.text, organisation: unit.organisation, unit: unit.id, grade: grade,
            contract: Scenario.standing, paidPerWeek: .zero,
            competencies: skills.sorted().map { Competency(skill: $0, from: duty.day) }, roles: [duty.role],
            markers: Set(rule.markersAsked.sorted().prefix(1)), starts: duty.day, leaves: duty.day)
        return replacing(people: people + [somebody], pinned: pinned + [duty.worked(by: id)])
    }

    /// The contract of people whose line of work stands: no rule binds it, because nothing of it is chosen.
    static let standing: Contract.ID = "(stands)"
}

extension Leave {
    /// What is left without one day: nothing, one part or two. Paid minutes go by weekdays.
    fileprivate func without(_ day: Day) -> [Leave] {
        let weekdays = (first...last).count { $0.weekday < .saturday }
        func part(_ first: Day, _ last: Day) -> [Leave] {
            guard first <= last else { return [] }
            let own = (first...last).count { $0.weekday < .saturday }
            return [
                Leave(
                    person: person, first: first, last: last, kind: kind,
                    paid: paid.map { PaidMinutes(weekdays > 0 ? $0.count * own / weekdays : 0) })
            ]
        }
        return part(first, day.advanced(by: -1)) + part(day.advanced(by: 1), last)
    }
}
