import Roster

/// What was tried to fill a shift: a request to a bank or an agency, and what became of it. It names no person.
public struct Request: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Request>

    /// States of a vacancy, after the draft NHS interoperability nouns and what bank systems show.
    public enum State: String, CaseIterable, Hashable, Sendable, Codable {
        case draft
        case pendingAuthorisation = "pending-authorisation"
        case open
        case offered
        /// Somebody is booked: the duty is in the rota too, with the source `booking`.
        case booked
        case cancelled
        /// Booked, and did not come.
        case didNotAttend = "did-not-attend"
    }

    public let id: ID
    public let unit: Unit.ID
    /// The day on which the shift starts.
    public let day: Day
    public let shift: ShiftType.ID
    public let role: Role.ID
    public let start: Instant
    public let end: Instant
    public let state: State
    /// How far it has been released; nil if the export does not say.
    public let step: CascadeStep.Level?
    /// When it was released to that step.
    public let released: Instant?
    /// The role that released it, such as `matron on call`; never a person.
    public let releasedBy: String?
    /// `bank`, `agency`, `mutual-aid`: who it went to or who filled it.
    public let origin: String?
    public let reason: RequestReason?
    /// It is called booked, and nobody is named who comes: it covers nothing.
    public var namesNobody = false

    public init(
        id: ID, unit: Unit.ID, day: Day, shift: ShiftType.ID, role: Role.ID, start: Instant, end: Instant,
        state: State, step: CascadeStep.Level? = nil, released: Instant? = nil, releasedBy: String? = nil,
        origin: String? = nil, reason: RequestReason? = nil
    ) {
        self.id = id
        self.unit = unit
        self.day = day
        self.shift = shift
        self.role = role
        self.start = start
        self.end = end
        self.state = state
        self.step = step
        self.released = released
        self.releasedBy = releasedBy
        self.origin = origin
        self.reason = reason
    }
}

/// Why a shift is to be filled. `sickness` is a class of absence; what somebody has is never stored.
public enum RequestReason: String, CaseIterable, Hashable, Sendable, Codable {
    case vacancy, sickness, annual, study, parental, special, acuity, escalation, supernumerary, other
    case enhancedCare = "enhanced-care"
    /// Blocks release to other organisations and to agencies.
    case industrialAction = "industrial-action"
}
