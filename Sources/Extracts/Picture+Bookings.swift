import Roster

extension [Booking] {
    /// Those that some duty fulfils. A booking counts as cover like a duty, so one whose duty is not believed, or is not
    /// worked, must not stay.
    func fulfilled(by duties: [Duty]) -> [Booking] {
        guard !isEmpty else { return [] }
        let worked = Set(duties.map(BookedPlace.init))
        return filter { worked.contains(BookedPlace($0)) }
    }
}

/// What a booking has in common with the duty that fulfils it. The times may be others than those of the shift type.
private struct BookedPlace: Hashable {
    let person: Person.ID
    let day: Day
    let shift: ShiftType.ID
    let unit: Unit.ID
    let role: Role.ID

    init(_ duty: Duty) {
        (person, day, shift, unit, role) = (duty.person, duty.day, duty.shift, duty.unit, duty.role)
    }

    init(_ booking: Booking) {
        (person, day, shift, unit, role) = (
            booking.person, booking.day, booking.shift, booking.unit, booking.role
        )
    }
}
