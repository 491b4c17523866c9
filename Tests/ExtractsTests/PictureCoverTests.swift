import Roster
import RosterCheck
import Testing

@testable import Extracts

/// What a picture counts as cover: nobody who is not there.
@Suite("The cover of a picture")
struct PictureCoverTests {
    private var trust = SmallTrust()

    private mutating func book(_ person: Person.ID, from: Int = 450, to: Int = 1200) {
        trust.extracts.bookings = SmallTrust.extract(
            .bookings,
            [
                BookingRow(
                    line: 2,
                    request: Request(
                        id: "r1", unit: "ASH", day: SmallTrust.friday, shift: "LD", role: "rn",
                        start: London.instant(SmallTrust.friday, minute: from),
                        end: London.instant(SmallTrust.friday, minute: to), state: .booked), person: person)
            ])
    }

    /// Friday's long day in Ash ward, of which somebody is missing.
    private func isShort(_ picture: Picture, in unit: Unit.ID = "ASH") -> Bool {
        RotaCover(picture.coverScenario, picture.rota).gaps(in: unit).contains {
            $0.start.day == SmallTrust.friday
        }
    }

    /// Nobody but who is booked is in Ash ward on Friday.
    private mutating func emptyAsh() {
        trust.extracts.duties = SmallTrust.extract(
            .duties,
            (trust.extracts.duties?.rows ?? []).filter {
                $0.duty.unit != "ASH" || $0.duty.day != SmallTrust.friday
            })
    }

    @Test("A booking of somebody who is absent that day covers nothing")
    mutating func bookedAndAbsent() {
        emptyAsh()
        book("c")
        #expect(!isShort(trust.picture))
        trust.extracts.leave = SmallTrust.extract(
            .leave,
            [
                LeaveRow(
                    line: 2,
                    leave: Leave(
                        person: "c", first: SmallTrust.friday, last: SmallTrust.friday, kind: .sickness))
            ])
        #expect(trust.picture.scenario.bookings.isEmpty)
        #expect(isShort(trust.picture))
        #expect(trust.found(.onLeaveAndOnDuty).count == 1)
    }

    @Test("Of a duty and a booking in two units at once, one covers")
    mutating func bookedInTwoPlaces() {
        emptyAsh()
        trust.extracts.duties = SmallTrust.extract(
            .duties, [DutyRow(line: 2, duty: SmallTrust.duty("c", SmallTrust.friday, in: SmallTrust.oak))])
        book("c", from: 480, to: 1230)
        #expect(!isShort(trust.picture, in: "OAK"))
        #expect(isShort(trust.picture))
        #expect(trust.found(.overlap).count == 1)
    }

    @Test("A booking with other times than its shift's is kept with its duty")
    mutating func bookedForLess() {
        emptyAsh()
        book("c", from: 480, to: 1170)
        #expect(trust.picture.scenario.bookings.map(\.person) == ["c"])
        #expect(!isShort(trust.picture))
    }

    @Test("Who is lent and was booked at home covers nothing at home")
    mutating func bookedAndLent() {
        emptyAsh()
        book("c")
        let away = AwayDuty(
            person: "c", start: London.instant(SmallTrust.friday, minute: 480),
            end: London.instant(SmallTrust.friday, minute: 1200), travelMinutes: 30)
        #expect(isShort(trust.picture.without([away])))
        #expect(isShort(trust.picture.lending([away])))
    }

    // MARK: - Last night

    /// Thursday's night, from 19:30 to 08:00.
    private static let thursday = SmallTrust.friday.advanced(by: -1)

    private func away(_ person: Person.ID) -> AwayDuty {
        AwayDuty(
            person: person, start: London.instant(Self.thursday, minute: 1170),
            end: London.instant(SmallTrust.friday, minute: 450), travelMinutes: 30)
    }

    @Test("Who was lent last night was not at home then")
    mutating func homeLastNight() {
        trust.add(SmallTrust.duty("c", Self.thursday, SmallTrust.night))
        let picture = trust.picture
        #expect(picture.scenario.history.contains { $0.person == "c" && $0.unit == "ASH" })
        #expect(!picture.without([away("c")]).scenario.history.contains { $0.person == "c" })
        #expect(picture.without([away("a")]).scenario.history.contains { $0.person == "c" })
        #expect(
            !picture.lending([away("c")]).scenario.history.contains { $0.unit == "ASH" && $0.person == "c" })
    }

    @Test("Who was lent last night worked then; what was long ago does not matter")
    func workedElsewhere() {
        let before = AwayDuty(
            person: "d", start: London.instant(Self.thursday.advanced(by: -30), minute: 480),
            end: London.instant(Self.thursday.advanced(by: -30), minute: 960), travelMinutes: 0)
        let history = trust.picture.lending([away("c"), before]).scenario.history
        let worked = history.filter { ["c", "d"].contains($0.person) }
        #expect(worked.map(\.start) == [London.instant(Self.thursday, minute: 1140)])
        #expect(worked.map(\.end) == [London.instant(SmallTrust.friday, minute: 480)])
        #expect(worked.map(\.unit) == [nil])
        #expect(worked.map(\.working) == [WorkingMinutes(780)])
    }
}
