import Roster

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

    /// Days on which some shift of the roster would stand in the way of a loan, as leave, which is what a search
    /// understands. A day is given up whole, also where another shift of it would leave rest enough.
    ///
    /// What is worked elsewhere is paid. A day with a duty that stands is left as it is.
    func absences() -> [Leave] {
        let scenario = base.scenario
        let standing = Dictionary(
            grouping: scenario.pinned.map { ($0.person, $0.day) }
                + scenario.bookings.map { ($0.person, $0.day) }, by: \.0)
        return loans.values.flatMap(\.self).sorted { ($0.start, $0.call) < ($1.start, $1.call) }
            .flatMap { loan -> [Leave] in
                guard let person = scenario.person(loan.person) else { return [] }
                let away = loan.away
                let days = away.leaves.day.advanced(by: -2)...away.returns.day.advanced(by: 2)
                let lost = days.filter { day in
                    scenario.period.contains(day)
                        && !(standing[person.id] ?? []).contains { $0.1 == day }
                        && scenario.shiftTypes.contains { shift in
                            let duty = Duty(
                                person: person.id, day: day, unit: person.unit, shift: shift, role: "",
                                source: .solved)
                            return shift.offered && self.loan(inTheWayOf: duty) != nil
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
