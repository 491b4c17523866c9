import Roster

/// Somebody who could count for a gap, with the duties that would.
struct Candidate {
    let person: Person
    /// What most of the gap is covered by comes first; at least one.
    let duties: [Duty]
}

extension Situation {
    /// The stretches of a gap in which somebody is missing: all of it, or of a week what is not covered.
    func open(_ gap: Gap) -> [Span] {
        guard let whole = stretch(from: gap.start, to: gap.end) else { return [] }
        guard gap.measure == .weeklyMinutes, let rule = scenario.coverRule(gap.rule) else { return [whole] }
        let covering = everyDuty.filter { scenario.counts($0, for: rule) }.sorted { $0.start < $1.start }
        var open: [Span] = []
        var from = whole.lowerBound
        for duty in covering where duty.end > from && duty.start < whole.upperBound {
            if duty.start > from { open.append(from..<duty.start) }
            from = duty.end
        }
        if from < whole.upperBound { open.append(from..<whole.upperBound) }
        return open
    }

    /// Everybody who is rostered in the unit and of a grade that counts for the gap, whose skills suffice or
    /// who lacks one skill only; without those who are counted all through it already.
    func candidates(for gap: Gap) -> [Candidate] {
        guard let rule = scenario.coverRule(gap.rule) else { return [] }
        let open = open(gap)
        let shapes = shapes(for: gap, rule)
        return scenario.people.compactMap { person in
            guard person.unit == rule.unit || person.otherUnits.contains(rule.unit) else { return nil }
            let standing = (dutiesByPerson[person.id] ?? []).filter { duty in
                scenario.counts(duty, for: rule) && !scenario.away.contains { $0.cuts(into: duty) }
                    && !scenario.leave.contains { $0.person == person.id && $0.contains(duty.day) }
                    && scenario.role(duty.role)?.canBeFilled(by: person) == true
            }
            guard !standing.contains(where: { $0.start <= gap.start && gap.end <= $0.end }) else {
                return nil
            }
            let duties = shapes.compactMap { shape -> (duty: Duty, lacking: Int, minutes: Int)? in
                guard let role = scenario.role(shape.role), fits(person, role, rule) else { return nil }
                let duty = shape.worked(by: person.id)
                let lacking = lackingSkills(person, duty, rule).count
                return lacking > 1 ? nil : (duty, lacking, duty.minutes(in: open))
            }
            let best = duties.sorted {
                ($0.lacking, -$0.minutes, $0.duty.elapsed, $0.duty.start, $0.duty.role)
                    < ($1.lacking, -$1.minutes, $1.duty.elapsed, $1.duty.start, $1.duty.role)
            }
            return best.isEmpty ? nil : Candidate(person: person, duties: best.prefix(4).map(\.duty))
        }
        .sorted { $0.person.id < $1.person.id }
    }

    /// Duties that would cover part of a gap, worked by nobody yet: most of it first.
    func shapes(for gap: Gap, _ rule: CoverRule) -> [Duty] {
        let open = open(gap)
        let roles = scenario.roles.filter { $0.canCount(for: rule) }
        let days = (gap.start.day.advanced(by: -1)...gap.end.day).filter { day in
            scenario.period.contains(day) && !(scenario.unit(rule.unit)?.isClosed(on: day) ?? true)
        }
        let shifts = scenario.shiftTypes.filter {
            $0.offered && $0.countsForCover && ($0.onSite || !rule.hard)
                && ($0.units.isEmpty || $0.units.contains(rule.unit))
        }
        let duties = days.flatMap { day in
            shifts.filter { $0.weekdays.isEmpty || $0.weekdays.contains(day.weekday) }.flatMap { shift in
                roles.filter { shift.roles.isEmpty || shift.roles.contains($0.id) }.map { role in
                    Duty(person: "", day: day, unit: rule.unit, shift: shift, role: role.id, source: .solved)
                }
            }
        }
        return duties.map { ($0, $0.minutes(in: open)) }.filter { $0.1 > 0 }
            .sorted { (-$0.1, $0.0.elapsed, $0.0.start) < (-$1.1, $1.0.elapsed, $1.0.start) }
            .map(\.0)
    }

    /// Skills that the duty's role or the rule asks for and the person does not hold all through it.
    func lackingSkills(_ person: Person, _ duty: Duty, _ rule: CoverRule) -> [Skill.ID] {
        guard let role = scenario.role(duty.role), let unit = scenario.unit(duty.unit) else { return [] }
        return role.skills.union(rule.skillsAsked).sorted().filter {
            !person.holds($0, from: duty.day, through: duty.lastDay, at: unit.site)
        }
    }

    private func fits(_ person: Person, _ role: Role, _ rule: CoverRule) -> Bool {
        (role.grades.contains(person.grade) || role.substitutes.contains(person.grade))
            && (person.roles.isEmpty || person.roles.contains(role.id))
            && role.barred.isDisjoint(with: person.markers) && rule.admits(person, as: role)
    }
}

extension CoverRule {
    /// Who one more of would help: those counted, or of a cap the others of the whole.
    private var wanted: Counted {
        if case .atMost(_, let whole) = requirement { return whole }
        return counted
    }

    var skillsAsked: Set<Skill.ID> { wanted.skills }
    var rolesAsked: Set<Role.ID> { wanted.roles }
    /// Somebody whose grade nobody knows cannot count.
    var asksWhoSomebodyIs: Bool { !wanted.grades.isEmpty || !wanted.markers.isEmpty }
    var gradesAsked: Set<Grade.ID> { wanted.grades }
    var markersAsked: Set<Marker> { wanted.markers }

    /// One more of this person would help, skills apart.
    fileprivate func admits(_ person: Person, as role: Role) -> Bool {
        func passes(_ counted: Counted) -> Bool {
            (counted.roles.isEmpty || counted.roles.contains(role.id))
                && (counted.grades.isEmpty || counted.grades.contains(person.grade))
                && (counted.markers.isEmpty || !counted.markers.isDisjoint(with: person.markers))
        }
        guard passes(wanted) else { return false }
        if case .atMost = requirement { return !passes(counted) }
        return true
    }
}

extension Role {
    fileprivate func canCount(for rule: CoverRule) -> Bool {
        rule.rolesAsked.isEmpty || rule.rolesAsked.contains(id)
    }
}

extension Duty {
    /// The same work, by somebody else.
    func worked(by person: Person.ID) -> Duty {
        Duty(
            person: person, day: day, unit: unit, shift: shift, role: role, start: start, end: end,
            paid: paid,
            working: working, source: source)
    }
}
