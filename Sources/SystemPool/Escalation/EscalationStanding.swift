import Roster

/// How long a level has stood, and what has been done about it: what the records keep from reading to reading.
public struct EscalationStanding: Hashable, Sendable, Codable {
    public struct Done: Hashable, Sendable, Codable {
        public let card: ActionCard.ID
        public let at: Instant
        public let by: Actor

        public init(card: ActionCard.ID, at: Instant, by: Actor) {
            self.card = card
            self.at = at
            self.by = by
        }
    }

    public let point: EscalationPoint.ID
    public let since: Instant
    /// When its figures were last seen to reach it.
    public var lastMet: Instant
    /// Since when they have been seen under it without a break; nil while they reach it.
    public var underSince: Instant?
    public var done: [Done]

    public init(
        point: EscalationPoint.ID, since: Instant, lastMet: Instant, underSince: Instant? = nil,
        done: [Done] = []
    ) {
        self.point = point
        self.since = since
        self.lastMet = lastMet
        self.underSince = underSince
        self.done = done
    }

    /// When the first action was done at it; nil if none was.
    var firstAction: Instant? { done.map(\.at).filter { since <= $0 }.min() }
}

/// A level that stood, and how it ended.
public struct EndedLevel: Hashable, Sendable, Codable {
    public enum Why: String, CaseIterable, Hashable, Sendable, Codable {
        case expired
        case backUnder = "back-under"
        case higherLevel = "higher-level"
        case stoodDown = "stood-down"
        /// The system has its point no more.
        case takenOut = "taken-out"
    }

    public let organisation: Organisation.ID
    public let point: EscalationPoint.ID
    public let level: Int
    public let name: String
    public let since: Instant
    public let ended: Instant
    public let why: Why
    /// Nil if none was done.
    public let firstAction: Instant?
    /// Who stood it down, or took its point out of the plan, and why.
    public let by: Actor?
    public let reason: Remark?

    public init(
        _ standing: EscalationStanding, of point: EscalationPoint, in organisation: Organisation.ID,
        at end: Instant, _ why: Why, by: Actor? = nil, reason: Remark? = nil
    ) {
        self.organisation = organisation
        self.point = point.id
        level = point.level
        name = point.name
        since = standing.since
        ended = end
        self.why = why
        firstAction = standing.firstAction
        self.by = by
        self.reason = reason
    }

    /// From when it was reached to the first action that was done at it; nil if none was.
    public var timeToAction: ElapsedMinutes? { firstAction.map { $0 - since } }

    /// Those that ended longer ago are kept, and not shown with what stands.
    public static let shown = ElapsedMinutes(hours: 24 * 7)
}
