import Roster

/// When the system's own staffing levels are reached, and what is done then. All of it is the user's.
public struct EscalationPlan: Hashable, Sendable, Codable {
    /// Any order; the highest level whose point is reached counts.
    public let points: [EscalationPoint]

    public init(points: [EscalationPoint] = []) { self.points = points }
}

/// A level, the figures that it takes to reach it, and its action cards.
public struct EscalationPoint: Hashable, Sendable, Codable {
    public typealias ID = Identifier<EscalationPoint>

    public struct Condition: Hashable, Sendable, Codable {
        public enum Side: String, CaseIterable, Hashable, Sendable, Codable {
            case atLeast = "at-least"
            case atMost = "at-most"
        }

        public let figure: Figure
        public let side: Side
        public let threshold: Double

        public init(figure: Figure, side: Side, threshold: Double) {
            self.figure = figure
            self.side = side
            self.threshold = threshold
        }

        func holds(_ value: Double) -> Bool { side == .atLeast ? value >= threshold : value <= threshold }
    }

    public let id: ID
    /// 1 to 4, with a name of its own, so that nobody takes it for OPEL.
    public let level: Int
    public let name: String
    public let conditions: [Condition]
    /// How many of them must hold: at least two, of different families.
    public let needed: Int
    /// From when on a level that was reached no longer counts, unless it is reached anew.
    public let expiresAfter: ElapsedMinutes
    public let actions: [ActionCard]

    public init(
        id: ID, level: Int, name: String, conditions: [Condition], needed: Int, expiresAfter: ElapsedMinutes,
        actions: [ActionCard] = []
    ) {
        self.id = id
        self.level = level
        self.name = name
        self.conditions = conditions
        self.needed = needed
        self.expiresAfter = expiresAfter
        self.actions = actions
    }

    /// Whether as many figures as it takes are among these; however many measure the same, they count once.
    func isEnough(_ found: [EscalationState.Evidence]) -> Bool {
        Set(found.map(\.condition.figure.family)).count >= needed
    }

    func isReached(by evidence: [EscalationState.Evidence]) -> Bool {
        !restsOnOneQuantity && isEnough(evidence.filter { $0.verdict == .met })
    }
}

/// What a condition may look at: a pushed metric, or what the picture's gaps come to.
public enum Figure: Hashable, Sendable, Comparable {
    case metric(Metric.Name)
    /// Hard gaps that start in the next 24 hours.
    case hardGaps
    /// Person-hours missing in the next 24 hours.
    case gapHours
    /// What is missing in the next 24 hours, of the hours required. Gaps of ``StaffGroup/other`` count as missing: several
    /// professions may fill them, and what is required of them is told under one of these. The share is rather too high
    /// than too low where it is not.
    case gapPercent
    /// Virtual ward beds that are occupied, of those that are open.
    case virtualWardOccupancy

    public var text: String {
        switch self {
        case .metric(let name): name.rawValue
        case .hardGaps: "hard-gaps"
        case .gapHours: "gap-hours"
        case .gapPercent: "gap-percent"
        case .virtualWardOccupancy: "virtual-ward-occupancy-percent"
        }
    }

    public static let all: [Figure] =
        [.hardGaps, .gapHours, .gapPercent, .virtualWardOccupancy] + Metric.Name.allCases.map(Figure.metric)

    public init?(_ text: String) {
        guard let figure = Self.all.first(where: { $0.text == text }) else { return nil }
        self = figure
    }

    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension Figure: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let figure = Figure(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a figure")
        }
        self = figure
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// One action of a level: who does it, and by when.
public struct ActionCard: Hashable, Sendable, Codable {
    public typealias ID = Identifier<ActionCard>
    public let id: ID
    /// `Open the surge template and release its standby list`.
    public let action: String
    public let owner: JobRole
    /// After the level was reached.
    public let dueWithin: ElapsedMinutes

    public init(id: ID, action: String, owner: JobRole, dueWithin: ElapsedMinutes) {
        self.id = id
        self.action = action
        self.owner = owner
        self.dueWithin = dueWithin
    }
}

/// A level that an organisation has reached, and what has been done about it.
public struct EscalationState: Hashable, Sendable, Codable {
    public struct Evidence: Hashable, Sendable, Codable {
        public enum Verdict: String, CaseIterable, Hashable, Sendable, Codable {
            case met, notMet
            /// Too old to be scored.
            case stale
            case missing
            /// Known of some units only: it may be more.
            case partial

            /// Whether it may be met for all that is known.
            var isOpen: Bool { self == .stale || self == .missing || self == .partial }
        }

        public let condition: EscalationPoint.Condition
        public let value: Double?
        public let measuredAt: Instant?
        public let verdict: Verdict

        public init(
            condition: EscalationPoint.Condition, value: Double?, measuredAt: Instant?, verdict: Verdict
        ) {
            self.condition = condition
            self.value = value
            self.measuredAt = measuredAt
            self.verdict = verdict
        }
    }

    public struct Action: Hashable, Sendable, Codable {
        public let card: ActionCard
        public let due: Instant
        public let done: Instant?
        public let by: Actor?

        public init(card: ActionCard, due: Instant, done: Instant? = nil, by: Actor? = nil) {
            self.card = card
            self.due = due
            self.done = done
            self.by = by
        }

        public func isOverdue(at now: Instant) -> Bool { done == nil && due < now }
    }

    /// A point above the one that is reached, of which too much is stale or missing to say that it is not.
    public struct Undecided: Hashable, Sendable, Codable {
        public let point: EscalationPoint
        public let evidence: [Evidence]

        public init(point: EscalationPoint, evidence: [Evidence]) {
            self.point = point
            self.evidence = evidence
        }
    }

    public let organisation: Organisation.ID
    /// Nil while no point is reached.
    public let point: EscalationPoint?
    /// Nil while no point is reached. A break of one reading is none: see ``EscalationReading/step(after:)``.
    public let since: Instant?
    public let expires: Instant?
    /// Of the point that is reached, or else of the lowest.
    public let evidence: [Evidence]
    public let actions: [Action]
    /// Since when its figures have been under its point while it stands all the same; nil while they reach it.
    public let underSince: Instant?
    /// Levels that ended lately, the newest first.
    public let past: [EndedLevel]
    /// The highest; nil if of every level above it is known that it is not reached.
    public let undecided: Undecided?
    /// Whether a level above it may have been reached as well.
    public let isUncertain: Bool
    public let opel: OpelEntry?
    public let isOpelStale: Bool

    public init(
        organisation: Organisation.ID, point: EscalationPoint?, since: Instant?, expires: Instant?,
        evidence: [Evidence], actions: [Action], underSince: Instant? = nil, past: [EndedLevel] = [],
        undecided: Undecided?, opel: OpelEntry?, isOpelStale: Bool
    ) {
        self.organisation = organisation
        self.point = point
        self.since = since
        self.expires = expires
        self.evidence = evidence
        self.actions = actions
        self.underSince = underSince
        self.past = past
        self.undecided = undecided
        isUncertain = undecided != nil
        self.opel = opel
        self.isOpelStale = isOpelStale
    }

    /// 0 while no point is reached.
    public var level: Int { point?.level ?? 0 }

    /// Whether a person may end it: it stands, and its figures are under its point now, as far as they tell and beyond.
    public var mayStandDown: Bool {
        point.map { !$0.isEnough(evidence.filter { $0.verdict == .met || $0.verdict.isOpen }) } ?? false
    }

    /// From when the level was reached to the first action that was done at it; nil if none was.
    public var timeToAction: ElapsedMinutes? {
        guard let since, let first = actions.compactMap(\.done).filter({ since <= $0 }).min() else {
            return nil
        }
        return first - since
    }
}
