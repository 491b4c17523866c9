import Roster
import RosterCheck

extension Plan {
    /// Somebody who is lent is not at work here from when they leave until they are back, and works before and after only
    /// what the rules of their contract allow beside it, rest above all: what stands in the way of a duty, as a sentence.
    func loan(inTheWayOf duty: Duty) -> String? {
        for loan in loans[duty.person] ?? [] {
            let away = loan.away
            guard let breach = added(by: [away.duty], to: [duty], of: duty.person).first else { continue }
            return
                "\(duty.person) is lent to \(loan.receiver) under \(loan.call), away from \(away.leaves) to "
                + "\(away.returns): \(breach.sentence)"
        }
        return nil
    }

    /// Duties of the rota and its live bookings that stand in the way of a loan, one sentence each.
    func dutiesOfLentPeople() -> [String] {
        with(bookings.map(\.request)).duties.sorted { ($0.start, $0.person) < ($1.start, $1.person) }
            .compactMap(loan(inTheWayOf:))
    }

    /// Every loan that still stands and can bear on the roster.
    var away: [AwayDuty] {
        let period = base.scenario.period
        let days = period.first.advanced(by: -Self.reach)...period.last.advanced(by: Self.reach)
        return loans.values.flatMap(\.self).map(\.away)
            .filter { base.scenario.person($0.person) != nil && days.contains($0.duty.day) }
            .sorted { ($0.start, $0.person) < ($1.start, $1.person) }
    }

    /// Loans that a search can hold in their people's lines beside the duties that stand; and for each of the others the
    /// days that it costs.
    func forSearch() -> (away: [AwayDuty], leave: [Leave]) {
        let held = away.filter(isHeld)
        return (held, absences(for: away.filter { !held.contains($0) }))
    }

    /// A search places one duty a day and knows no day after the period, and a line that is unlawful as it stands has
    /// no lawful remainder.
    private func isHeld(_ loan: AwayDuty) -> Bool {
        let scenario = base.scenario
        guard let person = scenario.person(loan.person), loan.duty.day <= scenario.period.last else {
            return false
        }
        let booked = scenario.bookings.filter { $0.person == person.id }.compactMap { $0.duty(in: scenario) }
        let standing = scenario.pinned.filter { $0.person == person.id } + booked
        let others = away.filter { $0.person == person.id && $0 != loan }.map(\.duty)
        guard !(standing + others).contains(where: { $0.day == loan.duty.day }) else { return false }
        return !LineCheck.breaches(
            person: person, duties: standing + others + [loan.duty], scenario: scenario, rules: rules
        ).contains(where: \.counts)
    }

    /// Days on which some shift of the roster would stand in the way of one of these loans, as leave. A day is given up
    /// whole, also where another shift of it would leave rest enough.
    ///
    /// What is worked elsewhere is paid. A day with a duty that stands is left as it is.
    private func absences(for lost: [AwayDuty]) -> [Leave] {
        let scenario = base.scenario
        let standing = Dictionary(
            grouping: scenario.pinned.map { ($0.person, $0.day) }
                + scenario.bookings.map { ($0.person, $0.day) }, by: \.0)
        return lost.flatMap { away -> [Leave] in
            guard let person = scenario.person(away.person) else { return [] }
            let days = away.leaves.day.advanced(by: -2)...away.returns.day.advanced(by: 2)
            let lost = days.filter { day in
                scenario.period.contains(day)
                    && !(standing[person.id] ?? []).contains { $0.1 == day }
                    && scenario.shiftTypes.contains { shift in
                        let duty = Duty(
                            person: person.id, day: day, unit: person.unit, shift: shift, role: "",
                            source: .solved)
                        return shift.offered && !added(by: [away.duty], to: [duty], of: person.id).isEmpty
                    }
            }
            return lost.map { day in
                Leave(
                    person: person.id, first: day, last: day, kind: .other,
                    paid: day == away.leaves.day ? away.duty.paid : .zero)
            }
        }
    }
}
