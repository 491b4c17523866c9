/// What kind of work a shift is.
public enum ShiftKind: String, CaseIterable, Hashable, Sendable, Codable {
    case work
    /// On call at the workplace: every hour is working time.
    case residentOnCall = "resident-on-call"
    /// On call from home: only what `working` says is working time.
    case onCall = "on-call"
    /// Study, teaching, supporting professional activity: paid, on nobody's cover.
    case study
}

/// A shape of duty that a unit uses: its times on the wall clock and what of it counts as what.
public struct ShiftType: Hashable, Sendable, Codable {
    public typealias ID = Identifier<ShiftType>
    public let id: ID
    public let name: String
    public let start: ClockTime
    /// At or before `start` means the next day.
    public let end: ClockTime
    public let kind: ShiftKind
    /// Unpaid breaks inside, in minutes each.
    public let breaks: [ElapsedMinutes]
    /// On a day without a clock change.
    public let paid: PaidMinutes
    /// On a day without a clock change.
    public let working: WorkingMinutes
    public let onSite: Bool
    /// False for study, supernumerary duty and on-call from home.
    public let countsForCover: Bool
    /// Units that use it; empty means all.
    public let units: Set<Unit.ID>
    /// Roles in which it is worked; empty means all.
    public let roles: Set<Role.ID>
    /// Weekdays on which it may start; empty means all.
    public let weekdays: Set<Weekday>
    /// False if only people place it (pinned duties), never the engine.
    public let offered: Bool

    public init(
        id: ID, name: String, start: ClockTime, end: ClockTime, kind: ShiftKind = .work,
        breaks: [ElapsedMinutes] = [], paid: PaidMinutes? = nil, working: WorkingMinutes? = nil,
        onSite: Bool = true, countsForCover: Bool = true, units: Set<Unit.ID> = [], roles: Set<Role.ID> = [],
        weekdays: Set<Weekday> = [], offered: Bool = true
    ) {
        self.id = id
        self.name = name
        self.start = start
        self.end = end
        self.kind = kind
        self.breaks = breaks
        let length = Self.wallLength(start, end)
        let net = length - breaks.reduce(0) { $0 + $1.count }
        self.paid = paid ?? PaidMinutes(net)
        self.working = working ?? WorkingMinutes(net)
        self.onSite = onSite
        self.countsForCover = countsForCover
        self.units = units
        self.roles = roles
        self.weekdays = weekdays
        self.offered = offered
    }

    /// Minutes from start to end on the wall clock; equal times mean 24 hours.
    public var wallLength: Int { Self.wallLength(start, end) }
    /// The end in minutes after midnight of the day on which the shift starts; above 1440 for a night.
    public var endMinute: Int { start.minute + wallLength }

    private static func wallLength(_ start: ClockTime, _ end: ClockTime) -> Int {
        let difference = end.minute - start.minute
        return difference > 0 ? difference : difference + 1440
    }
}
