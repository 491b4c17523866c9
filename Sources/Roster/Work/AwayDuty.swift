/// A duty that somebody works for another organisation, with the way there and back.
public struct AwayDuty: Hashable, Sendable {
    public let person: Person.ID
    public let start: Instant
    public let end: Instant
    /// One way.
    public let travelMinutes: Int

    public init(person: Person.ID, start: Instant, end: Instant, travelMinutes: Int) {
        self.person = person
        self.start = start
        self.end = end
        self.travelMinutes = travelMinutes
    }

    /// When they cannot be at work at home.
    public var leaves: Instant { start - ElapsedMinutes(travelMinutes) }
    public var returns: Instant { end + ElapsedMinutes(travelMinutes) }

    /// Whether somebody cannot be at work at home for all of that time.
    public func cuts(into duty: Duty) -> Bool {
        duty.person == person && leaves < duty.end && duty.start < returns
    }

    /// The same of a duty of the past, which they cannot have worked.
    public func cuts(into duty: HistoryDuty) -> Bool {
        duty.person == person && leaves < duty.end && duty.start < returns
    }

    /// As a duty in their line of work, all of it work, for the rules on rest and hours. It counts for nobody's cover:
    /// no scenario knows its shift, unit or role.
    public var duty: Duty {
        let minutes = (returns - leaves).count
        return Duty(
            person: person, day: leaves.day, unit: "away", shift: "away", role: "away", start: leaves,
            end: returns, paid: PaidMinutes(minutes), working: WorkingMinutes(minutes), source: .booking)
    }
}
