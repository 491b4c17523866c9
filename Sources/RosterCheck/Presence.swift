import Roster

/// Somebody who is at work and counts for cover: a duty of the rota, a confirmed booking, or a duty of the
/// history that reaches into the period and says where it was worked.
struct Presence: Hashable {
    private(set) var start: Instant
    let end: Instant
    let unit: Unit.ID
    let onSite: Bool
    /// There is an unpaid break in the shift, which nobody else covers.
    let hasBreak: Bool
    private let role: Role.ID
    private let grade: Grade.ID?
    private let markers: Set<Marker>
    /// In date for the whole duty, at the unit's site.
    private let skills: Set<Skill.ID>

    /// Nil for who does not count for any cover: study, supernumerary duty, on-call from home, somebody nobody knows, who
    /// may not do the role or is not employed on the day, and whose skills for the role are out of date.
    init?(_ duty: Duty, booking: Booking?, scenario: Scenario) {
        guard let shift = scenario.shiftType(duty.shift), shift.countsForCover,
            let role = scenario.role(duty.role), let unit = scenario.unit(duty.unit)
        else { return nil }
        start = duty.start
        end = duty.end
        self.unit = unit.id
        self.role = role.id
        onSite = shift.onSite
        hasBreak = !shift.breaks.isEmpty
        if let person = scenario.person(duty.person) {
            guard role.canBeFilled(by: person), person.isEmployed(on: duty.day) else { return nil }
            grade = person.grade
            markers = person.markers
            skills = person.skills(from: duty.day, through: duty.lastDay, at: unit.site)
        } else if let booking {
            guard role.barred.isDisjoint(with: booking.markers) else { return nil }
            grade = nil
            markers = booking.markers
            skills = booking.skills
        } else {
            return nil
        }
        guard role.skills.isSubset(of: skills) else { return nil }
    }

    /// A duty of the history has no shift type: its kind says whether it counts for cover.
    ///
    /// - Parameter booking: Of somebody from elsewhere, on which they came.
    init?(_ duty: HistoryDuty, booking: Booking? = nil, scenario: Scenario) {
        guard duty.kind == .work || duty.kind == .residentOnCall,
            let role = duty.role.flatMap(scenario.role), let unit = duty.unit.flatMap(scenario.unit)
        else { return nil }
        start = duty.start
        end = duty.end
        self.unit = unit.id
        self.role = role.id
        onSite = duty.onSite
        hasBreak = false
        if let person = scenario.person(duty.person) {
            guard role.canBeFilled(by: person), person.isEmployed(on: duty.start.day) else { return nil }
            grade = person.grade
            markers = person.markers
            let last = max(duty.start.day, (duty.end - ElapsedMinutes(1)).day)
            skills = person.skills(from: duty.start.day, through: last, at: unit.site)
        } else if let booking {
            guard role.barred.isDisjoint(with: booking.markers) else { return nil }
            grade = nil
            markers = booking.markers
            skills = booking.skills
        } else {
            return nil
        }
        guard role.skills.isSubset(of: skills) else { return nil }
    }

    /// What of it lies after that time; nil if nothing does.
    func after(_ time: Instant) -> Presence? {
        guard start < time else { return self }
        guard time < end else { return nil }
        var rest = self
        rest.start = time
        return rest
    }

    /// Passes every test that is stated.
    func counts(for counted: Counted) -> Bool {
        (counted.roles.isEmpty || counted.roles.contains(role))
            && counted.skills.isSubset(of: skills)
            && (counted.grades.isEmpty || (grade.map(counted.grades.contains) ?? false))
            && (counted.markers.isEmpty || !counted.markers.isDisjoint(with: markers))
    }

    func staffGroup(in scenario: Scenario) -> StaffGroup? { scenario.role(role)?.staffGroup }

    /// A hard rule counts people on site only.
    func counts(for rule: CoverRule) -> Bool { counts(for: rule.counted) && (onSite || !rule.hard) }
}

extension Person {
    fileprivate func skills(from first: Day, through last: Day, at site: Site.ID) -> Set<Skill.ID> {
        Set(competencies.filter { $0.isValid(from: first, through: last, at: site) }.map(\.skill))
    }
}
