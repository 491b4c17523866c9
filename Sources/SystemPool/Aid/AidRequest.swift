import Roster

/// A step of mutual aid.
public enum AidStep: String, CaseIterable, Hashable, Sendable, Codable {
    case request, offer, accept, confirm, decline, withdraw, complete
}

/// One call for help: who asks for what, and what became of it.
public struct AidRequest: Hashable, Sendable, Codable {
    public typealias ID = Identifier<AidRequest>

    public enum State: String, CaseIterable, Hashable, Sendable, Codable {
        case requested, offered
        /// The asking organisation said yes; the lender has still to check its person again. The gap is not closed.
        case accepted
        /// The lender has checked again: a booking, which closes the gap on both sides.
        case confirmed
        case declined, withdrawn, completed

        /// Nothing more will happen.
        public var isOver: Bool { [.declined, .withdrawn, .completed].contains(self) }
        /// Somebody is offered who has not been confirmed: no gap is closed, and they are not free for another.
        public var isPromised: Bool { self == .offered || self == .accepted }
        /// It closes a gap.
        public var isBooked: Bool { self == .confirmed || self == .completed }
    }

    /// What is asked for.
    public struct Need: Hashable, Sendable, Codable {
        /// The gap that it would close, if it is one that was pushed.
        public let vacancy: Vacancy.ID?
        public let site: Site.ID
        public let unit: Unit.ID
        public let staffGroup: StaffGroup
        public let grades: [Grade.ID]
        public let skills: [Skill.ID]
        public let start: Instant
        public let end: Instant
        public let isHard: Bool
        /// What the gap's cover is for, and how much an hour of it weighs: so that it is what it was if nobody comes.
        public let purpose: CoverPurpose
        public let risk: Int
        public let needsInduction: Bool
        /// Minutes of it that are an unpaid break: none where only a part of a gap is asked for.
        public let breakMinutes: Int

        /// As a gap of a push.
        public static let longest = ElapsedMinutes(hours: 24)

        public init(
            vacancy: Vacancy.ID?, site: Site.ID, unit: Unit.ID, staffGroup: StaffGroup, grades: [Grade.ID],
            skills: [Skill.ID], start: Instant, end: Instant, isHard: Bool, purpose: CoverPurpose = .general,
            risk: Int = 1, needsInduction: Bool = true, breakMinutes: Int = 0
        ) {
            self.vacancy = vacancy
            self.site = site
            self.unit = unit
            self.staffGroup = staffGroup
            self.grades = grades
            self.skills = skills
            self.start = start
            self.end = end
            self.isHard = isHard
            self.purpose = purpose
            self.risk = risk
            self.needsInduction = needsInduction
            self.breakMinutes = breakMinutes
        }

        /// One head of a gap, for all of it or a part of its time.
        public init(_ vacancy: Vacancy, from start: Instant, to end: Instant) {
            self.init(
                vacancy: vacancy.id, site: vacancy.site, unit: vacancy.unit, staffGroup: vacancy.staffGroup,
                grades: vacancy.grades, skills: vacancy.skills, start: start, end: end,
                isHard: vacancy.isHard, purpose: vacancy.purpose, risk: vacancy.risk,
                needsInduction: vacancy.needsInduction,
                breakMinutes: start == vacancy.start && end == vacancy.end ? vacancy.breakMinutes : 0)
        }

        /// Calls that were kept before these were say nothing of purpose, weight, induction and break.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                vacancy: try values.decodeIfPresent(Vacancy.ID.self, forKey: .vacancy),
                site: try values.decode(Site.ID.self, forKey: .site),
                unit: try values.decode(Unit.ID.self, forKey: .unit),
                staffGroup: try values.decode(StaffGroup.self, forKey: .staffGroup),
                grades: try values.decode([Grade.ID].self, forKey: .grades),
                skills: try values.decode([Skill.ID].self, forKey: .skills),
                start: try values.decode(Instant.self, forKey: .start),
                end: try values.decode(Instant.self, forKey: .end),
                isHard: try values.decode(Bool.self, forKey: .isHard),
                purpose: try values.decodeIfPresent(CoverPurpose.self, forKey: .purpose) ?? .general,
                risk: try values.decodeIfPresent(Int.self, forKey: .risk) ?? 1,
                needsInduction: try values.decodeIfPresent(Bool.self, forKey: .needsInduction) ?? true,
                breakMinutes: try values.decodeIfPresent(Int.self, forKey: .breakMinutes) ?? 0)
        }
    }

    /// What is lent: one head, under the agreement's terms.
    public struct Loan: Hashable, Sendable, Codable {
        public let lender: Organisation.ID
        public let offer: Offer.ID
        public let source: Offer.Source
        public let agreement: Agreement.ID
        public let costOwner: Agreement.CostOwner
        public let indemnity: Agreement.Indemnity
        /// The lender's cover lines from which the head is taken.
        public let releasedFrom: [CoverLine.ID]
        public let travelMinutes: Int

        public init(
            lender: Organisation.ID, offer: Offer.ID, source: Offer.Source, agreement: Agreement.ID,
            costOwner: Agreement.CostOwner, indemnity: Agreement.Indemnity,
            releasedFrom: [CoverLine.ID] = [], travelMinutes: Int = 0
        ) {
            self.lender = lender
            self.offer = offer
            self.source = source
            self.agreement = agreement
            self.costOwner = costOwner
            self.indemnity = indemnity
            self.releasedFrom = releasedFrom
            self.travelMinutes = travelMinutes
        }
    }

    public struct Event: Hashable, Sendable, Codable {
        public let step: AidStep
        public let at: Instant
        public let by: Actor
        public let reason: Remark

        public init(step: AidStep, at: Instant, by: Actor, reason: Remark) {
            self.step = step
            self.at = at
            self.by = by
            self.reason = reason
        }
    }

    public let id: ID
    public let asking: Organisation.ID
    public let need: Need
    public internal(set) var loan: Loan?
    public internal(set) var state: State
    /// In order of time.
    public internal(set) var events: [Event]

    /// A new call.
    public init(id: ID, asking: Organisation.ID, need: Need, at: Instant, by: Actor, reason: Remark) {
        self.id = id
        self.asking = asking
        self.need = need
        loan = nil
        state = .requested
        events = [Event(step: .request, at: at, by: by, reason: reason)]
    }
}

/// Hours of work given to and received from others, by organisation: as in ``Suggestion/costPence``, without unpaid breaks.
public struct AidLedger: Hashable, Sendable, Codable {
    public struct Entry: Hashable, Sendable, Codable {
        public let organisation: Organisation.ID
        public let givenMinutes: Int
        public let receivedMinutes: Int
        public let given: Int
        public let received: Int

        public init(
            organisation: Organisation.ID, givenMinutes: Int, receivedMinutes: Int, given: Int, received: Int
        ) {
            self.organisation = organisation
            self.givenMinutes = givenMinutes
            self.receivedMinutes = receivedMinutes
            self.given = given
            self.received = received
        }

        /// Above zero for whoever has given more than received.
        public var balanceMinutes: Int { givenMinutes - receivedMinutes }
    }

    /// One for each organisation of the system, in its order.
    public let entries: [Entry]

    public init(entries: [Entry]) { self.entries = entries }
}
