import Roster
import Testing

@testable import MusterStore
@testable import muster

@Suite("What is open after a booking, and after one that was taken back")
struct BookingLeftTests {
    private func gap(_ from: Int, _ to: Int, unit: Unit.ID = "ED") -> GapRecord {
        let gap = Gap(
            rule: "rn", unit: unit, start: Instant(minutes: from), end: Instant(minutes: to), required: 1,
            planned: 0, severity: .hard)
        return GapRecord(
            rota: RotaVersion.ID(1), gap: gap, acceptance: nil, bookings: [],
            remaining: gap.remaining(after: []))
    }

    private func booking(of gap: GapRecord, cancelled: Instant? = nil) -> BookingRecord {
        let duty = Duty(
            person: "A", day: Day(ordinal: 0), unit: "ED", shift: "D", role: "rn", start: gap.gap.start,
            end: gap.gap.end, paid: .zero, working: .zero, source: .booking)
        return BookingRecord(
            id: BookingRecord.ID(7), request: BookingRequest(gap: gap.gap.id, duty: duty, origin: "bank"),
            booked: Instant(minutes: 0), cancelled: cancelled)
    }

    @Test("A booking is of its own gap, whatever else is open then")
    func live() {
        let own = gap(480, 960)
        #expect(booking(of: own).left(of: [gap(450, 960)]).isEmpty)
        #expect(booking(of: own).left(of: [gap(450, 960), own]).map(\.gap.id) == [own.gap.id])
    }

    /// The rota was published anew, and what was booked is part of a gap that begins half an hour before.
    @Test("Taken back, all that is open in its unit at its time is open, its own gap first")
    func cancelled() {
        let own = gap(480, 960)
        let booking = booking(of: own, cancelled: Instant(minutes: 100))
        let earlier = gap(450, 960)
        #expect(booking.left(of: [earlier]).map(\.gap.id) == [earlier.gap.id])
        #expect(booking.left(of: [earlier, own]).map(\.gap.id) == [own.gap.id, earlier.gap.id])
        #expect(booking.left(of: [gap(0, 480), gap(960, 1440), gap(480, 960, unit: "OAK")]).isEmpty)
    }
}
