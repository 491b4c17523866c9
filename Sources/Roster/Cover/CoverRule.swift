/// Who counts for a cover rule: people on a duty that passes every test that is stated.
public struct Counted: Hashable, Sendable, Codable {
    /// Placed in one of these roles; empty means any role.
    public let roles: Set<Role.ID>
    /// Holding all of these skills, in date for the whole duty.
    public let skills: Set<Skill.ID>
    /// Of one of these grades; empty means any grade.
    public let grades: Set<Grade.ID>
    /// Carrying one of these markers; empty means with or without.
    public let markers: Set<Marker>

    public init(
        roles: Set<Role.ID> = [], skills: Set<Skill.ID> = [], grades: Set<Grade.ID> = [],
        markers: Set<Marker> = []
    ) {
        self.roles = roles
        self.skills = skills
        self.grades = grades
        self.markers = markers
    }
}

/// How many senior decision makers an hour needs, from who arrives.
///
/// `max(floor, ⌈Σ arrivals[stream] × minutes[stream] / (60 × productive share)⌉)` for each hour; the minutes
/// are the user's own. The arithmetic is kept with the answer.
public struct SeniorFormula: Hashable, Sendable, Codable {
    public let floor: Int
    /// Minutes of a senior's time that one arrival takes, by stream (`minors`) or by those of one acuity in it
    /// (`majors acuity 2`).
    public let minutesByStream: [String: Double]
    /// Share of a senior's hour that goes to patients, above 0 and at most 1.
    public let productiveShare: Double

    public init(floor: Int, minutesByStream: [String: Double], productiveShare: Double) {
        self.floor = floor
        self.minutesByStream = minutesByStream
        self.productiveShare = productiveShare
    }
}

/// How much a cover rule asks for.
public enum Requirement: Hashable, Sendable, Codable {
    /// Below `minimum` is level 2 (or level 1 if hard); below `target` costs; above `maximum` costs.
    case heads(minimum: Int, target: Int, maximum: Int?)
    /// Heads, or quantiles of heads, by interval, from `demand.csv`.
    case demand
    /// From arrivals by stream in `demand.csv`.
    case arrivals(SeniorFormula)
    /// Of all who count for `whole`, at least this many per cent must count for the rule.
    case atLeast(percent: Int, whole: Counted)
    /// Of all who count for `whole`, at most this many per cent may count for the rule.
    case atMost(percent: Int, whole: Counted)
}

/// What cover a rule is about. The two that lives hang on are hard whatever the roster says.
public enum CoverPurpose: String, CaseIterable, Hashable, Sendable, Codable {
    case general
    case seniorDecisionMaker = "senior-decision-maker"
    case frailtyInReach = "frailty-in-reach"
}

/// A requirement on who is present, by time and skill.
public struct CoverRule: Hashable, Sendable, Codable {
    public typealias ID = Identifier<CoverRule>
    public let id: ID
    public let name: String
    public let unit: Unit.ID
    public let purpose: CoverPurpose
    public let counted: Counted
    /// Days on which the window starts; empty means all.
    public let weekdays: Set<Weekday>
    public let from: ClockTime
    /// At or before `from` means the next day; 00:00 to 24:00 is the whole day.
    public let to: ClockTime
    public let requirement: Requirement
    /// Hours that must be covered by at least one person in each Monday week, inside and outside the window.
    /// Of a week that the period cuts, or in which the unit is closed on some days, so many sevenths as it
    /// has open days inside the period, rounded down.
    public let weeklyMinimum: ElapsedMinutes?
    /// Solved on level 1 and never traded. Always true for the two named purposes.
    public let hard: Bool
    /// Risk carried by an hour short, relative to 1 for an ordinary nurse hour on a ward.
    public let risk: Int
    /// Other hard rules that the same placed person may satisfy at the same time.
    public let sharesWith: Set<ID>

    public init(
        id: ID, name: String, unit: Unit.ID, purpose: CoverPurpose = .general, counted: Counted,
        weekdays: Set<Weekday> = [], from: ClockTime = ClockTime(minute: 0),
        to: ClockTime = ClockTime(minute: 1440), requirement: Requirement,
        weeklyMinimum: ElapsedMinutes? = nil, hard: Bool = false, risk: Int = 1, sharesWith: Set<ID> = []
    ) {
        self.id = id
        self.name = name
        self.unit = unit
        self.purpose = purpose
        self.counted = counted
        self.weekdays = weekdays
        self.from = from
        self.to = to
        self.requirement = requirement
        self.weeklyMinimum = weeklyMinimum
        self.hard = hard || purpose != .general
        self.risk = risk
        self.sharesWith = sharesWith
    }

    /// The end of the window in minutes after midnight of the day on which it starts.
    public var toMinute: Int { to > from ? to.minute : to.minute + 1440 }

    /// People are counted, not what share of others they are.
    public var asksForHeads: Bool {
        switch requirement {
        case .heads, .demand, .arrivals: true
        case .atLeast, .atMost: false
        }
    }
}
