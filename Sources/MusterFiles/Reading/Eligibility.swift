import PlainText
import Roster

/// Whether a person may do a duty at all: reported where a duty is fixed by hand.
struct Eligibility {
    let roster: RosterFile
    let people: PeopleFile

    /// Reports each reason against a pinned duty.
    func refuse(_ duty: Duty, in row: Row) {
        guard let person = people.people[duty.person] else { return }
        if !person.isEmployed(on: duty.day) {
            row.fault(
                "date", "is a day on which \(person.id) is not employed here",
                accepted: employment(of: person))
        }
        if !person.workingDays.isEmpty, !person.workingDays.contains(duty.day.weekday) {
            row.fault(
                "date", "is a \(duty.day.weekday.spoken), on which \(person.id) does not work",
                accepted: person.workingDays.sorted().map(\.word).joined(separator: ", "))
        }
        if person.unit != duty.unit, !person.otherUnits.contains(duty.unit) {
            let units = [person.unit] + person.otherUnits.sorted()
            row.fault(
                "person", "does not work on the unit \(duty.unit)",
                accepted: units.map(\.text).joined(separator: ", "))
        }
        refuseClosedUnit(duty.unit, on: duty.day, in: row)
        refuseShift(duty, in: row)
        refuseRole(duty.role, of: person, from: duty.start, to: duty.end, on: duty.unit, in: row)
    }

    func refuseClosedUnit(_ id: Unit.ID, on day: Day, in row: Row) {
        guard let unit = roster.units[id], unit.isClosed(on: day) else { return }
        row.fault("date", "is a day on which the unit \(id) is closed", accepted: "a day on which it is open")
    }

    /// Reports what a person lacks for a role.
    func refuseRole(
        _ id: Role.ID, of person: Person, from start: Instant, to end: Instant, on unit: Unit.ID, in row: Row
    ) {
        guard let role = roster.roles[id], let site = roster.units[unit]?.site else { return }
        if !role.canBeFilled(by: person.grade) {
            row.fault(
                "role", "cannot be filled by \(person.id), grade \(person.grade)",
                accepted: "a role that this grade can fill")
        }
        if !person.roles.isEmpty, !person.roles.contains(id) {
            row.fault(
                "role", "is not one of the roles of \(person.id)",
                accepted: person.roles.sorted().map(\.text).joined(separator: ", "))
        }
        for marker in role.barred.intersection(person.markers).sorted() {
            row.fault(
                "role", "is barred to \(person.id), who is marked \(marker)",
                accepted: "a role that is not barred")
        }
        guard people.areSkillsKnown else { return }
        // A duty that ends at midnight ends on the day before.
        let last = (end - ElapsedMinutes(1)).day
        for skill in role.skills.sorted()
        where !person.holds(skill, from: start.day, through: last, at: site) {
            row.fault(
                "role", "needs the skill \(skill), which \(person.id) does not hold in date at \(site)",
                accepted: "a person with \(skill) in date from \(start.day) to \(last) (skills.csv)")
        }
    }

    private func refuseShift(_ duty: Duty, in row: Row) {
        guard let shift = roster.shifts[duty.shift] else { return }
        if !shift.units.isEmpty, !shift.units.contains(duty.unit) {
            row.fault(
                "shift", "is not used on the unit \(duty.unit)",
                accepted: "a shift whose units in roster.yaml name it")
        }
        if !shift.roles.isEmpty, !shift.roles.contains(duty.role) {
            row.fault(
                "shift", "is not worked in the role \(duty.role)",
                accepted: shift.roles.sorted().map(\.text).joined(separator: ", "))
        }
        if !shift.weekdays.isEmpty, !shift.weekdays.contains(duty.day.weekday) {
            row.fault(
                "shift", "does not start on a \(duty.day.weekday.spoken)",
                accepted: shift.weekdays.sorted().map(\.word).joined(separator: ", "))
        }
    }

    private func employment(of person: Person) -> String {
        let first = person.starts.map { "from \($0)" }
        let last = person.leaves.map { "until \($0)" }
        return [first, last].compactMap(\.self).joined(separator: " ")
    }
}
