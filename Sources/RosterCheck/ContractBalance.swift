import Roster

/// What one person's contract asks for in the period, and what it gets.
struct ContractBalance {
    /// The paid week × days employed in the period ÷ 7.
    let contracted: PaidMinutes
    /// Duties that are not bookings.
    let rostered: PaidMinutes
    /// Credited for leave.
    let leave: PaidMinutes

    init(_ line: Line) {
        let person = line.person
        let employed = line.period.days.count { person.isEmployed(on: $0) }
        contracted = PaidMinutes(person.paidPerWeek.count * employed / 7)
        rostered = PaidMinutes(
            line.rostered.filter { !$0.isBooking && line.period.contains($0.day) }.reduce(0) { $0 + $1.paid })
        leave = line.leave.reduce(.zero) {
            $0 + $1.credit(paidPerWeek: person.paidPerWeek, in: line.period)
        }
    }

    /// Above the contract; negative if the person owes hours.
    var above: PaidMinutes { rostered + leave - contracted }
}
