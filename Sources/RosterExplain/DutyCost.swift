import Roster
import RosterCheck

/// What a duty that nothing forbids would cost on top of the rota.
extension Situation {
    /// Up to two reasons, the weightiest first; empty if there is none.
    func costs(of duty: Duty, person: Person, open: [Span]) -> [String] {
        let reasons = [
            hours(after: duty, person), wish(against: duty), publication(of: duty),
            policy(against: duty, person),
            substitution(duty, person), partly(duty, open),
        ]
        return Array(reasons.compactMap { $0 }.prefix(2))
    }

    private func hours(after duty: Duty, _ person: Person) -> String? {
        let contract = scenario.contract(person.contract)
        let employed = scenario.period.days.count(where: person.isEmployed)
        let owed = person.paidPerWeek.count * employed / 7
        let leave = scenario.leave.filter { $0.person == person.id }
            .reduce(0) { $0 + $1.credit(paidPerWeek: person.paidPerWeek, in: scenario.period).count }
        let worked = (dutiesByPerson[person.id] ?? []).filter { !scenario.isBooked($0) }
            .reduce(0) { $0 + $1.paid.count }
        let brought = scenario.balances.first { $0.person == person.id }?.paid.count ?? 0
        let above = worked + duty.paid.count + leave + brought - owed
        guard above > contract?.tolerance.count ?? 0 else { return nil }
        return "would end \(PaidMinutes(above)) above contract"
    }

    private func wish(against duty: Duty) -> String? {
        let refused = (preferences[duty.person] ?? []).filter {
            $0.day == duty.day && !$0.isGranted(by: [duty])
        }
        return refused.max { $0.strength < $1.strength }.map { "wished \(words($0.wanted))" }
    }

    private func publication(of duty: Duty) -> String? {
        scenario.published.contains { $0.person == duty.person }
            ? "it would change what is published" : nil
    }

    private func policy(against duty: Duty, _ person: Person) -> String? {
        func breaches(_ duties: [Duty]) -> [Breach] {
            LineCheck.breaches(person: person, duties: duties, scenario: scenario, rules: rules)
                .filter { !$0.hard }
        }
        let standing = dutiesByPerson[person.id] ?? []
        let before = Set(breaches(standing))
        return breaches(standing + [duty]).first { !before.contains($0) }.map {
            "it would break the wish or policy \($0.rule)"
        }
    }

    private func substitution(_ duty: Duty, _ person: Person) -> String? {
        guard let role = scenario.role(duty.role), role.substitutes.contains(person.grade) else { return nil }
        return "would stand in as \(role.name)"
    }

    private func partly(_ duty: Duty, _ open: [Span]) -> String? {
        let minutes = duty.minutes(in: open)
        guard minutes < duty.elapsed.count else { return nil }
        return "somebody is missing for only \(ElapsedMinutes(minutes)) of its \(duty.elapsed)"
    }

    /// `to be off`, `the shift Early`.
    func words(_ wanted: Wanted) -> String {
        switch wanted {
        case .off: "to be off"
        case .anyShift: "to work"
        case .shift(let shift): "the shift \(scenario.words(shift))"
        case .avoid(let shift): "not to work the shift \(scenario.words(shift))"
        }
    }
}

extension Preference {
    /// Whether the person's duties that start on the day are what was wished.
    func isGranted(by duties: [Duty]) -> Bool {
        switch wanted {
        case .off: duties.isEmpty
        case .anyShift: !duties.isEmpty
        case .shift(let shift): duties.contains { $0.shift == shift }
        case .avoid(let shift): !duties.contains { $0.shift == shift }
        }
    }
}
