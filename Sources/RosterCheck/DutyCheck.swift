import Roster

/// Whether one duty may stand at all: who, where, when and as what, before any rule on rest or hours.
public enum DutyCheck {
    /// Every reason why the duty may not stand, in the order in which a reader would ask.
    ///
    /// A night belongs to the day on which it starts: leave, employment, closed units, working days and
    /// weekdays of shift types are judged on that day; skills on every day that the duty touches.
    public static func breaches(_ duty: Duty, scenario: Scenario) -> [Breach] {
        breaches(
            duty, scenario: scenario, leave: scenario.leave.filter { $0.person == duty.person },
            away: scenario.away.filter { $0.person == duty.person })
    }

    /// The same, for many duties of one scenario.
    static func breaches(_ duty: Duty, records: Records) -> [Breach] {
        breaches(
            duty, scenario: records.scenario, leave: records.leave[duty.person] ?? [],
            away: records.away[duty.person] ?? [])
    }

    private static func breaches(
        _ duty: Duty, scenario: Scenario, leave: [Leave], away: [AwayDuty]
    ) -> [Breach] {
        let found = Reading(duty: duty, scenario: scenario, leave: leave, away: away)
        guard let unit = scenario.unit(duty.unit) else { return [found.unknown("unit \(duty.unit)")] }
        guard let role = scenario.role(duty.role) else { return [found.unknown("role \(duty.role)")] }
        guard let shift = scenario.shiftType(duty.shift) else {
            return [found.unknown("shift \(duty.shift)")]
        }
        var breaches = found.place(unit) + found.shape(shift, role)
        if let person = scenario.person(duty.person) {
            breaches =
                found.availability(of: person) + breaches + found.fitness(of: person, for: role, at: unit)
        } else if let booking = found.booking {
            breaches += found.fitness(of: booking, for: role)
        } else {
            breaches.insert(found.unknown("person \(duty.person)"), at: 0)
        }
        return breaches
    }

    /// A duty and what the roster says about it.
    private struct Reading {
        let duty: Duty
        let scenario: Scenario
        /// Of the person.
        let leave: [Leave]
        let away: [AwayDuty]

        /// The confirmed booking that the duty stands for, if there is one.
        var booking: Booking? {
            scenario.bookings.first { $0.isFulfilled(by: duty) }
        }

        /// `A. Example on Sun 25 Oct 07:30 to 20:00`.
        var subject: String {
            "\(scenario.person(duty.person)?.name ?? duty.person.text) on \(LineDuty(duty, kind: .work).spoken)"
        }

        func breach(_ test: Breach.Test, _ what: String) -> Breach {
            Breach(
                rule: test.rawValue, person: duty.person,
                duties: [Breach.Stretch(start: duty.start, end: duty.end)], sentence: "\(subject): \(what)")
        }

        func unknown(_ what: String) -> Breach { breach(.unknown, "the roster has no \(what)") }

        func availability(of person: Person) -> [Breach] {
            var breaches: [Breach] = []
            if !person.isEmployed(on: duty.day) {
                breaches.append(breach(.employment, "not employed here on \(duty.day.spokenWithoutYear)"))
            }
            if let leave = leave.first(where: { $0.contains(duty.day) }) {
                breaches.append(
                    breach(
                        .leave,
                        "on leave from \(leave.first.spokenWithoutYear) to \(leave.last.spokenWithoutYear)"))
            }
            if let away = away.first(where: { $0.cuts(into: duty) }) {
                breaches.append(
                    breach(
                        .lent,
                        "lent to another organisation, away from \(away.leaves.spoken) to \(away.returns.spoken)"
                    ))
            }
            if !person.workingDays.isEmpty, !person.workingDays.contains(duty.day.weekday) {
                breaches.append(breach(.workingDay, "\(duty.day.weekday.short) is not an agreed working day"))
            }
            return breaches
        }

        func place(_ unit: Unit) -> [Breach] {
            var breaches: [Breach] = []
            if !scenario.period.contains(duty.day) {
                breaches.append(
                    breach(
                        .period,
                        "outside the period from \(scenario.period.first.spoken) to \(scenario.period.last.spoken)"
                    ))
            }
            if unit.isClosed(on: duty.day) { breaches.append(breach(.closedUnit, "\(unit.name) is closed")) }
            return breaches
        }

        func shape(_ shift: ShiftType, _ role: Role) -> [Breach] {
            var breaches: [Breach] = []
            if !shift.units.isEmpty, !shift.units.contains(duty.unit) {
                breaches.append(breach(.shift, "shift \(shift.id) is not worked in unit \(duty.unit)"))
            }
            if !shift.roles.isEmpty, !shift.roles.contains(duty.role) {
                breaches.append(breach(.shift, "shift \(shift.id) is not worked as \(role.name)"))
            }
            if !shift.weekdays.isEmpty, !shift.weekdays.contains(duty.day.weekday) {
                breaches.append(
                    breach(.shift, "shift \(shift.id) does not start on \(duty.day.weekday.short)"))
            }
            let wrong = times(shift)
            return wrong.isEmpty || stands ? breaches : breaches + wrong
        }

        /// Somebody wrote it down with its own times, so they need not be the shift type's.
        private var stands: Bool {
            let isThisDuty = { (written: Duty) in
                written.person == duty.person && written.start == duty.start && written.end == duty.end
                    && written.shift == duty.shift && written.paid == duty.paid
                    && written.working == duty.working
            }
            return scenario.pinned.contains(where: isThisDuty)
                || scenario.published.contains(where: isThisDuty)
        }

        private func times(_ shift: ShiftType) -> [Breach] {
            let expected = Duty(
                person: duty.person, day: duty.day, unit: duty.unit, shift: shift, role: duty.role,
                source: duty.source)
            if expected.start != duty.start || expected.end != duty.end {
                return [
                    breach(
                        .times,
                        "shift \(shift.id) is from \(expected.start.spoken) to \(expected.end.spoken)")
                ]
            }
            if expected.working != duty.working || expected.paid != duty.paid {
                return [
                    breach(
                        .times,
                        "\(duty.paid) paid and \(duty.working) working are not the \(expected.paid) and "
                            + "\(expected.working) of shift \(shift.id)")
                ]
            }
            return []
        }

        func fitness(of person: Person, for role: Role, at unit: Unit) -> [Breach] {
            var breaches: [Breach] = []
            if unit.id != person.unit, !person.otherUnits.contains(unit.id) {
                breaches.append(breach(.unit, "not rostered in \(unit.name)"))
            }
            if !person.roles.isEmpty, !person.roles.contains(role.id) {
                breaches.append(breach(.role, "\(role.name) is not among this person's roles"))
            }
            if !role.grades.contains(person.grade), !role.substitutes.contains(person.grade) {
                breaches.append(breach(.role, "grade \(person.grade) does not fill the role \(role.name)"))
            }
            if let marker = role.barred.intersection(person.markers).min() {
                breaches.append(breach(.role, "\(marker) staff may not be \(role.name)"))
            }
            for skill in role.skills.sorted()
            where !person.holds(skill, from: duty.day, through: duty.lastDay, at: unit.site) {
                breaches.append(
                    breach(.skill, "skill \(skill) is not in date at \(unit.site) for all of the duty"))
            }
            return breaches
        }

        func fitness(of booking: Booking, for role: Role) -> [Breach] {
            role.barred.intersection(booking.markers).sorted().map {
                breach(.role, "\($0) staff may not be \(role.name)")
            }
                + role.skills.subtracting(booking.skills).sorted().map {
                    breach(.skill, "skill \($0) was not confirmed with the booking")
                }
        }
    }
}

extension Duty {
    /// The last day that the duty touches; one that ends at 24:00 does not touch the next.
    var lastDay: Day { max(day, (end - ElapsedMinutes(1)).day) }
}
