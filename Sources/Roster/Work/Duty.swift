/// Where a duty in a rota came from.
public enum DutySource: String, CaseIterable, Hashable, Sendable, Codable {
    /// Chosen by the engine.
    case solved
    /// Fixed beforehand by a person.
    case pinned
    /// In a rota that is already published.
    case published
    /// A confirmed booking of bank, agency or shared staff.
    case booking
    /// Typed by hand or taken from another system.
    case imported
}

/// One person, one shift, one day, one role.
public struct Duty: Hashable, Sendable, Codable {
    public let person: Person.ID
    /// The day on which it starts.
    public let day: Day
    public let unit: Unit.ID
    public let shift: ShiftType.ID
    public let role: Role.ID
    public let start: Instant
    public let end: Instant
    public let paid: PaidMinutes
    public let working: WorkingMinutes
    public let source: DutySource

    public init(
        person: Person.ID, day: Day, unit: Unit.ID, shift: ShiftType.ID, role: Role.ID, start: Instant,
        end: Instant, paid: PaidMinutes, working: WorkingMinutes, source: DutySource
    ) {
        self.person = person
        self.day = day
        self.unit = unit
        self.shift = shift
        self.role = role
        self.start = start
        self.end = end
        self.paid = paid
        self.working = working
        self.source = source
    }

    /// A duty of the given shift type on a day, in real time: on the two nights when the clocks change,
    /// elapsed, working and paid minutes follow the hour that is gained or lost; on call from home elapsed ones alone.
    public init(
        person: Person.ID, day: Day, unit: Unit.ID, shift: ShiftType, role: Role.ID, source: DutySource
    ) {
        let start = London.instant(day, shift.start)
        let end = London.instant(day, minute: shift.endMinute)
        let gained = shift.kind == .onCall ? 0 : (end - start).count - shift.wallLength
        self.init(
            person: person, day: day, unit: unit, shift: shift.id, role: role, start: start, end: end,
            paid: PaidMinutes(shift.paid.count + gained),
            working: WorkingMinutes(shift.working.count + gained),
            source: source)
    }

    public var elapsed: ElapsedMinutes { end - start }

    /// Length on the wall clock, which the limit on shift length is judged on.
    public var wallLength: Int { elapsed.count + end.offset - start.offset }
}

/// A duty worked or published before the period: for rest, means and fairness across the boundary.
public struct HistoryDuty: Hashable, Sendable, Codable {
    public let person: Person.ID
    public let start: Instant
    public let end: Instant
    public let paid: PaidMinutes
    public let working: WorkingMinutes
    public let kind: ShiftKind
    /// Where and as what it was worked, if that is known. Then a duty that reaches into the period counts for
    /// cover there, unless its kind is on-call from home or study.
    public let unit: Unit.ID?
    public let role: Role.ID?
    /// Without, as of work from home, it counts for no hard rule.
    public let onSite: Bool

    public init(
        person: Person.ID, start: Instant, end: Instant, paid: PaidMinutes, working: WorkingMinutes,
        kind: ShiftKind = .work, unit: Unit.ID? = nil, role: Role.ID? = nil, onSite: Bool = true
    ) {
        self.person = person
        self.start = start
        self.end = end
        self.paid = paid
        self.working = working
        self.kind = kind
        self.unit = unit
        self.role = role
        self.onSite = onSite
    }

    /// What was written before it told whether it was on site was.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            person: try values.decode(Person.ID.self, forKey: .person),
            start: try values.decode(Instant.self, forKey: .start),
            end: try values.decode(Instant.self, forKey: .end),
            paid: try values.decode(PaidMinutes.self, forKey: .paid),
            working: try values.decode(WorkingMinutes.self, forKey: .working),
            kind: try values.decode(ShiftKind.self, forKey: .kind),
            unit: try values.decodeIfPresent(Unit.ID.self, forKey: .unit),
            role: try values.decodeIfPresent(Role.ID.self, forKey: .role),
            onSite: try values.decodeIfPresent(Bool.self, forKey: .onSite) ?? true)
    }
}
