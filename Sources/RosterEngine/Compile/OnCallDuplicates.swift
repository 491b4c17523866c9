import Roster
import RulePack

/// Keeps people off on-call duties for cover that a colleague works as a shift, and the other way round where
/// the on-call duty stands (a rule that binds several people, so no line can know it).
///
/// A shift counts towards at least as much cover as being on call does. So where both could be chosen, the
/// shift stays; where one is pinned or booked, the other gives way. Rotas therefore keep the rule, and bounds,
/// which are reckoned without it, hold.
struct OnCallDuplicates {
    private struct Place: Hashable {
        let unit: Unit.ID
        let role: Role.ID
    }

    /// One way to spend a day, in real time.
    private struct Choice {
        let person: Int
        let cell: Int
        let start: Int
        let end: Int
        /// Pinned or booked: it is there whatever is chosen.
        let stands: Bool

        func meets(_ other: Choice) -> Bool {
            person != other.person && start < other.end && other.start < end
        }
    }

    private var onCalls: [Place: [Choice]] = [:]
    private var shifts: [Place: [Choice]] = [:]

    /// - Complexity: linear in people × days × slots; nothing more unless somebody is bound by the rule.
    init(_ people: [PersonModel], _ scenario: Scenario, _ rules: RuleBook) {
        let bound = people.map { model in
            rules.rules(for: model.person.contract).contains {
                $0.kind == .onCallDuplicate && $0.enforcement == .hard
            }
        }
        guard bound.contains(true) else { return }
        for (person, model) in people.enumerated() where bound[person] {
            Self.choices(of: model, person) { $0.kind == .onCall }.forEach {
                onCalls[$0, default: []].append($1)
            }
        }
        guard !onCalls.isEmpty else { return }
        for (person, model) in people.enumerated() {
            for (place, choice) in Self.choices(of: model, person, where: Self.isShift)
            where onCalls[place] != nil {
                shifts[place, default: []].append(choice)
            }
        }
        for booking in scenario.bookings where scenario.person(booking.person) == nil {
            guard let shift = scenario.shiftType(booking.shift), Self.isShift(shift) else { continue }
            let duty = Duty(
                person: booking.person, day: booking.day, unit: booking.unit, shift: shift,
                role: booking.role,
                source: .booking)
            shifts[Place(unit: booking.unit, role: booking.role), default: []].append(
                Choice(
                    person: -1, cell: 0, start: duty.start.minutes, end: duty.end.minutes, stands: true))
        }
    }

    private static func isShift(_ shift: ShiftType) -> Bool { shift.countsForCover && shift.kind != .onCall }

    private static func choices(
        of model: PersonModel, _ person: Int, where wanted: (ShiftType) -> Bool
    ) -> [(Place, Choice)] {
        let width = model.slots.count
        return model.slots.indices.filter { model.slots[$0].shift.map(wanted) ?? false }.flatMap { index in
            let slot = model.slots[index]
            return (0..<(model.allowed.count / width)).compactMap { day -> (Place, Choice)? in
                guard model.allowed[day * width + index],
                    let facts = model.path.duty(day: day, kind: Int(slot.kind))
                else { return nil }
                let choice = Choice(
                    person: person, cell: day * width + index, start: facts.start, end: facts.end,
                    stands: slot.fixed != nil)
                return (Place(unit: slot.unit, role: slot.role), choice)
            }
        }
    }

    /// The cells, by person, that no rota may choose.
    func reserved() -> [Int: Set<Int>] {
        var reserved: [Int: Set<Int>] = [:]
        for (place, onCalls) in onCalls {
            let shifts = shifts[place] ?? []
            for onCall in onCalls {
                let doubled = shifts.filter(onCall.meets)
                if onCall.stands {
                    for shift in doubled where !shift.stands {
                        reserved[shift.person, default: []].insert(shift.cell)
                    }
                } else if !doubled.isEmpty {
                    reserved[onCall.person, default: []].insert(onCall.cell)
                }
            }
        }
        return reserved
    }
}
