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
        if let breach = DutyCheck.breaches(duty, records: records).first {
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
        let after = breaches(of: person, duties: standing, and: [duty]).filter(\.counts)
        guard !after.isEmpty else { return nil }
        let before = Set(breaches(of: person, duties: standing))
        return after.first { !before.contains($0) }.map { breach in
            Obstacle(
                person: person.id, kind: breach.obstacle, rule: breach.rule,
                sentence: "\(person.name): \(breach.sentence)")
        }
    }

    private func breaches(of person: Person, duties standing: [Duty], and asked: [Duty] = []) -> [Breach] {
        let own = standing + asked
        let line = Line(person: person, duties: own, asked: asked, records: records)
        return line.breaches(of: rules.rules(for: person.contract)) + [overtime(line)].compactMap { $0 }
            + onCallDuplicates(among: colleagues(of: person, where: own) + own, involving: person.id)
    }

    /// Duties of others in the units of some duties: nobody else's can double an on-call there.
    private func colleagues(of person: Person, where own: [Duty]) -> [Duty] {
        Set(own.map(\.unit)).sorted().flatMap { dutiesByUnit[$0] ?? [] }.filter { $0.person != person.id }
    }

    /// Everything that makes it unlawful for one person to work some duties together, on top of what the rota gives
    /// them; empty if nothing does. Other than for ``obstacle(to:)``, what is wrong with the line without them
    /// counts too: somebody whose own rest is broken is not asked for more.
    public func breaches(taking duties: [Duty]) -> [Breach] {
        let unfit = duties.flatMap { DutyCheck.breaches($0, records: records) }
        guard unfit.isEmpty, let id = duties.first?.person, let person = scenario.person(id) else {
            return unfit
        }
        return breaches(of: person, duties: dutiesByPerson[id] ?? [], and: duties).filter(\.counts)
    }

    /// Everything that stops somebody who works a duty from being sent to another unit, or into another role, while
    /// it lasts. Their hours stay as they are, so that only place and person are asked about.
    public func breaches(sending duty: Duty, to unit: Unit.ID, as role: Role.ID) -> [Breach] {
        let sent = Duty(
            person: duty.person, day: duty.day, unit: unit, shift: duty.shift, role: role, start: duty.start,
            end: duty.end, paid: duty.paid, working: duty.working, source: duty.source)
        let keepsItsShift: Set = [Breach.Test.shift.rawValue, Breach.Test.times.rawValue]
        return DutyCheck.breaches(sent, records: records).filter { !keepsItsShift.contains($0.rule) }
    }
}

extension Breach {
    /// How the breach reads as a reason why somebody cannot take a duty.
    fileprivate var obstacle: Obstacle.Kind {
        switch Test(rawValue: rule) {
        case .leave: .leave
        case .skill, .role: .skill
        case .overlap, .lent: .duty
        case .pinned: .pinned
        case .unknown, .period, .employment, .workingDay, .closedUnit, .unit, .shift, .times: .availability
        case .overtime, .meanNotProven, .restNotProven, nil: .rule
        }
    }
}
