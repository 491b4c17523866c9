import Roster

/// What lasts for the whole system, behind `muster-server` and the command line.
///
/// Each operation happens whole or not at all, together with its audit row. No operation asks a clock.
public protocol SystemRecords: Sendable {
    /// Nil until it has been configured.
    func system() throws -> HealthSystem?
    /// Takes over who belongs to the system, its agreements and escalation points.
    func configure(_ system: HealthSystem, by: Actor, reason: Remark, at: Instant) throws
    /// Rises with every change of what ``picture(at:)``, aid, escalation or risks would show; not with a denial or a
    /// replay.
    func revision() throws -> Int64

    /// Keeps a push that was read without a fault. The same again changes nothing but the audit, and an older extract never takes the
    /// place of a newer one.
    ///
    /// - Throws: ``SystemRefusal/notAMember(_:)``, ``SystemRefusal/contradicts(_:extractedAt:)``,
    ///   ``SystemRefusal/fromTheFuture(_:)``.
    func receive(_ push: OrganisationPush, by: Actor, at: Instant) throws -> PushReceipt
    /// - Throws: ``SystemRefusal/notConfigured``.
    func picture(at: Instant) throws -> SystemPicture

    func aid() throws -> [AidRequest]
    /// - Throws: ``SystemRefusal/notAMember(_:)``, ``SystemRefusal/notYours(_:by:)``,
    ///   ``SystemRefusal/unknownVacancy(_:)``, ``SystemRefusal/vacancyClosed(_:)``, and for strike cover
    ///   ``SystemRefusal/loanRefused(_:)``.
    func requestAid(
        _ need: AidRequest.Need, for asking: Organisation.ID, by: Actor, reason: Remark, at: Instant
    ) throws -> AidRequest
    /// The same for several heads: a call for each, all of them or none.
    func requestAid(
        _ need: AidRequest.Need, heads: Int, for asking: Organisation.ID, by: Actor, reason: Remark,
        at: Instant
    ) throws -> [AidRequest]
    /// Takes a call one step further; a loan belongs to the step `offer` and to no other.
    ///
    /// - Parameter seen: The call's ``AidRequest/standing`` on which it is taken; nil for whatever it is.
    func advanceAid(
        _ id: AidRequest.ID, _ step: AidStep, loan: AidRequest.Loan?, seen: String?, by: Actor,
        reason: Remark,
        at: Instant
    ) throws -> AidRequest
    func aidLedger() throws -> AidLedger

    /// One for each organisation, in the system's order. Keeps since when a level has stood, so it may write.
    func escalation(at: Instant) throws -> [EscalationState]
    func enterOpel(
        _ level: Int, framework: String, for organisation: Organisation.ID, by: Actor, reason: Remark,
        at: Instant) throws
    /// Ends a level whose figures do not reach it now, before data do or it expires.
    ///
    /// - Returns: What stands then.
    /// - Throws: ``SystemRefusal/noLevel(_:)``, ``SystemRefusal/levelReached(_:)``.
    @discardableResult
    func standDown(_ organisation: Organisation.ID, by: Actor, reason: Remark, at: Instant) throws
        -> EscalationState
    func completeAction(
        _ card: ActionCard.ID, of organisation: Organisation.ID, by: Actor, reason: Remark, at: Instant)
        throws

    /// Raises rows for hard gaps and repeated shortage, brings those that stand up to date, and closes none.
    func refreshRisks(at: Instant) throws
    /// Those that can be read.
    func risks(includingClosed: Bool) throws -> [RiskRow]
    func unreadableRisks() throws -> [UnreadableRisk]
    func raiseRisk(_ draft: RiskDraft, by: Actor, reason: Remark, at: Instant) throws -> RiskRow
    func reviewRisk(_ id: RiskRow.ID, _ change: RiskChange, by: Actor, remark: Remark, at: Instant) throws
        -> RiskRow
    /// - Throws: ``SystemRefusal/onlyAPersonCloses(_:)`` for ``JobRole/muster``.
    func closeRisk(_ id: RiskRow.ID, by: Actor, remark: Remark, at: Instant) throws -> RiskRow

    /// Keeps that somebody raised a call, which anybody who takes part may at any time.
    func recordCall(by: Actor, reason: Remark?, at: Instant) throws
    /// The newest first.
    func callsRaised(since: Instant) throws -> [SystemAuditEntry]

    /// A refused sign-in, a missing right, a push with faults: changes nothing but the audit.
    ///
    /// - Parameter token: The id of the token that was sent; nil for somebody who is not known.
    func recordDenial(token: String?, of subject: String, why: String, at: Instant) throws
    /// The newest first.
    func systemAudit(limit: Int) throws -> [SystemAuditEntry]
}

extension SystemRecords {
    /// The same, whatever the call is now.
    public func advanceAid(
        _ id: AidRequest.ID, _ step: AidStep, loan: AidRequest.Loan?, by: Actor, reason: Remark, at: Instant
    ) throws -> AidRequest {
        try advanceAid(id, step, loan: loan, seen: nil, by: by, reason: reason, at: at)
    }
}

/// A risk that a person raises.
public struct RiskDraft: Hashable, Sendable, Codable {
    public var organisation: Organisation.ID
    public var site: Site.ID
    public var unit: Unit.ID?
    public var staffGroup: StaffGroup
    public var cause: Remark
    public var likelihood: Int
    public var impact: Int
    public var start: Instant
    public var end: Instant
    public var owner: JobRole

    public init(
        organisation: Organisation.ID, site: Site.ID, unit: Unit.ID? = nil, staffGroup: StaffGroup,
        cause: Remark, likelihood: Int, impact: Int, start: Instant, end: Instant, owner: JobRole
    ) {
        self.organisation = organisation
        self.site = site
        self.unit = unit
        self.staffGroup = staffGroup
        self.cause = cause
        self.likelihood = likelihood
        self.impact = impact
        self.start = start
        self.end = end
        self.owner = owner
    }
}

/// What a review changes of a row; nil leaves as it is.
public struct RiskChange: Hashable, Sendable, Codable {
    /// How many reviews of the row whoever asks for the change has seen: with more by now it is refused. Nil to change it
    /// whatever it says by now.
    public var seen: Int?
    public var likelihood: Int?
    public var impact: Int?
    public var owner: JobRole?
    public var sharedWith: [Organisation.ID]?
    public var indemnity: Agreement.Indemnity?
    public var mitigation: Remark?
    /// Whether no mitigation is to be there.
    public var removesMitigation: Bool
    public var potentialHarms: Int?
    public var actualHarms: Int?

    public init(
        seen: Int? = nil, likelihood: Int? = nil, impact: Int? = nil, owner: JobRole? = nil,
        sharedWith: [Organisation.ID]? = nil, indemnity: Agreement.Indemnity? = nil,
        mitigation: Remark? = nil, removesMitigation: Bool = false, potentialHarms: Int? = nil,
        actualHarms: Int? = nil
    ) {
        self.seen = seen
        self.likelihood = likelihood
        self.impact = impact
        self.owner = owner
        self.sharedWith = sharedWith
        self.indemnity = indemnity
        self.mitigation = mitigation
        self.removesMitigation = removesMitigation
        self.potentialHarms = potentialHarms
        self.actualHarms = actualHarms
    }
}

/// Who did what, when and why; rows are only added, each with the hash of itself and of the row before.
public struct SystemAuditEntry: Hashable, Sendable, Codable {
    public enum Action: String, CaseIterable, Hashable, Sendable, Codable {
        case configure, push, request, offer, accept, confirm, decline, withdraw, complete, opel, escalate,
            action, call
        case raise, review, close, token, denied
        case standDown = "stand-down"
        /// The same push again, which changes nothing.
        case replay

        /// Whether what it tells about may change what is shown.
        public var changesRecords: Bool { self != .denied && self != .replay }
    }

    public let number: Int64
    public let at: Instant
    /// Nil where nobody acted in a role, or nobody is known.
    public let by: Actor?
    /// The id of the token with which it was asked for; nil for what came without one, and for rows from before it was kept.
    public let token: String?
    public let action: Action
    public let subject: String
    public let reason: String
    public let hash: String

    public init(
        number: Int64, at: Instant, by: Actor?, token: String?, action: Action, subject: String,
        reason: String, hash: String
    ) {
        self.number = number
        self.at = at
        self.by = by
        self.token = token
        self.action = action
        self.subject = subject
        self.reason = reason
        self.hash = hash
    }

    /// `bank desk, NS1, token 3fa9c2d1e0b7`.
    public var who: String {
        let parts = [by?.description, token.map { "token \($0)" }].compactMap(\.self)
        return parts.isEmpty ? "not known" : parts.joined(separator: ", ")
    }
}

/// What the system's records do not let happen, and why. Nothing is changed then.
public enum SystemRefusal: Error, Hashable, Sendable {
    case notConfigured
    case notAMember(Organisation.ID)
    /// Another push of the same extract time is here, with other contents.
    case contradicts(Organisation.ID, extractedAt: Instant)
    case fromTheFuture(Instant)
    case unknownAid(AidRequest.ID)
    case notNow(AidStep, state: AidRequest.State)
    /// A step was taken meanwhile, so that this one would be of another offer than was seen.
    case changedSince(AidRequest.ID, state: AidRequest.State)
    /// Somebody has reviewed the risk since.
    case reviewedSince(RiskRow.ID)
    /// Only the asking, or only the lending, organisation takes this step.
    case notYours(AidStep, by: Actor)
    case loanMissing
    /// The loan breaks a rule.
    case loanRefused(BindingRule)
    case unknownVacancy(VacancyKey)
    case vacancyClosed(VacancyKey)
    case unknownOffer(OfferKey)
    case unknownRisk(RiskRow.ID)
    case riskClosed(RiskRow.ID)
    case onlyAPersonCloses(RiskRow.ID)
    case unknownAction(ActionCard.ID)
    case actionDone(ActionCard.ID)
    /// No level stands that could be stood down.
    case noLevel(Organisation.ID)
    /// Its figures reach it now: it would begin anew at once.
    case levelReached(Organisation.ID)
    case outOfRange(field: String, accepted: String)
    /// Two points share an id, a point rests on one quantity, an agreement names a stranger.
    case badSystem([String])
}

extension SystemRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notConfigured:
            "This store does not know the system yet: take its folder over with `muster-server setup FOLDER --store FILE`."
        case .notAMember(let id): "\(id) is not an organisation of this system."
        case .contradicts(let id, let at):
            "\(id) has pushed an extract of \(at) with other contents before. An extract is never changed: push a new "
                + "one with its own time."
        case .fromTheFuture(let at):
            "The extract time \(at) lies in the future: set the clock of the sender right."
        case .unknownAid(let id): "There is no call \(id)."
        case .notNow(let step, let state):
            "The call is \(state.rawValue): the step \"\(step.rawValue)\" does not follow from there."
        case .reviewedSince(let id):
            "Somebody has reviewed the risk \(id) since: look at it as it is now, and review it again if need be."
        case .changedSince(let id, let state):
            "A step of \(id) was taken since this was shown; it is \(state.rawValue) now. Look at it again first."
        case .notYours(let step, let by): "\(by) may not take the step \"\(step.rawValue)\" of this call."
        case .loanMissing: "Say who lends: the offer, and the agreement that it stands under."
        case .loanRefused(let rule): "A loan is refused: \(rule.words)."
        case .unknownVacancy(let key): "There is no open gap \(key)."
        case .vacancyClosed(let key): "For the gap \(key) somebody comes or is promised already."
        case .unknownOffer(let key): "There is no offer \(key)."
        case .unknownRisk(let id): "There is no risk \(id)."
        case .riskClosed(let id): "Risk \(id) is closed."
        case .onlyAPersonCloses(let id): "Only a person closes risk \(id)."
        case .unknownAction(let id): "No level that is reached has an action \(id)."
        case .actionDone(let id): "The action \(id) was done before."
        case .noLevel(let id): "No level of \(id) stands."
        case .levelReached(let id):
            "The figures of \(id) reach its level now, or are too old to tell: it ends when they are under its point."
        case .outOfRange(let field, let accepted): "\(field) is out of range; accepted: \(accepted)."
        case .badSystem(let faults): faults.joined(separator: "\n")
        }
    }
}
