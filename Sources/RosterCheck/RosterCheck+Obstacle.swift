import Roster
import RulePack

extension RosterCheck {
    /// The one thing that stops a person from taking a duty on top of what the rota gives them; nil if
    /// nothing does.
    ///
    /// Asked in this order: leave, employment and agreed days; place and shift; role and skills; another duty
    /// at the same time; then the rules of the contract. Of rules, only a breach that is not there without
    /// the duty counts, and soft ones never do.
    public func obstacle(to duty: Duty) -> Obstacle? {
        if let breach = DutyCheck.breaches(duty, scenario: scenario).first {
            return Obstacle(person: duty.person, kind: breach.obstacle, sentence: breach.sentence)
        }
        guard let person = scenario.person(duty.person) else { return nil }
        let standing = dutiesByPerson[duty.person] ?? []
        if let other = standing.first(where: { $0.start < duty.end && duty.start < $0.end }) {
            let isPinned = scenario.pinned.contains { $0.person == other.person && $0.start == other.start }
            return Obstacle(
                person: person.id, kind: isPinned ? .pinned : .duty,
                sentence: "\(person.name) \(isPinned ? "is pinned to" : "already works") "
                    + "\(other.shift) on \(LineDuty(other, kind: .work).spoken)")
        }
        let after = breaches(of: person, duties: standing + [duty]).filter(\.counts)
        guard !after.isEmpty else { return nil }
        let before = Set(breaches(of: person, duties: standing))
        return after.first { !before.contains($0) }.map { breach in
            Obstacle(
                person: person.id, kind: breach.obstacle, rule: breach.rule,
                sentence: "\(person.name): \(breach.sentence)")
        }
    }

    private func breaches(of person: Person, duties own: [Duty]) -> [Breach] {
        let line = Line(person: person, duties: own, records: records)
        return line.breaches(of: rules.rules(for: person.contract)) + [overtime(line)].compactMap { $0 }
            + onCallDuplicates(among: duties.filter { $0.person != person.id } + own, involving: person.id)
    }
}

extension Breach {
    /// How the breach reads as a reason why somebody cannot take a duty.
    fileprivate var obstacle: Obstacle.Kind {
        switch Test(rawValue: rule) {
        case .leave: .leave
        case .skill, .role: .skill
        case .overlap: .duty
        case .pinned: .pinned
        case .unknown, .period, .employment, .workingDay, .closedUnit, .unit, .shift, .times: .availability
        case .overtime, .meanNotProven, nil: .rule
        }
    }
}
