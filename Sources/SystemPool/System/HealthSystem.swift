import Roster

/// An integrated care system: who belongs to it, and under which agreements they lend to one another.
public struct HealthSystem: Hashable, Sendable, Codable {
    public typealias ID = Identifier<HealthSystem>
    public let id: ID
    public let name: String
    /// In the order in which they are shown.
    public let members: [Member]
    public let agreements: [Agreement]
    public let escalation: EscalationPlan
    public let limits: AgeLimits

    public init(
        id: ID, name: String, members: [Member], agreements: [Agreement] = [],
        escalation: EscalationPlan = EscalationPlan(), limits: AgeLimits = AgeLimits()
    ) {
        self.id = id
        self.name = name
        self.members = members
        self.agreements = agreements
        self.escalation = escalation
        self.limits = limits
    }

    public func member(_ id: Organisation.ID) -> Member? { members.first { $0.id == id } }
    public func agreement(_ id: Agreement.ID) -> Agreement? { agreements.first { $0.id == id } }
}

/// An organisation of the system.
public struct Member: Hashable, Sendable, Codable {
    public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        case acute, community, ambulance
        case mentalHealth = "mental-health"
        case primaryCare = "primary-care"
        case nhs111 = "nhs-111"
    }

    public let organisation: Organisation
    public let kind: Kind
    /// The role mailbox that answers for its gaps and offers, never a person's.
    public let mailbox: String?

    public init(organisation: Organisation, kind: Kind, mailbox: String? = nil) {
        self.organisation = organisation
        self.kind = kind
        self.mailbox = mailbox
    }

    public var id: Organisation.ID { organisation.id }
}

/// A workforce-sharing agreement: without one that is in force between both, nobody is lent.
public struct Agreement: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Agreement>

    /// Who pays for the hours that are lent.
    public enum CostOwner: String, CaseIterable, Hashable, Sendable, Codable {
        case receiver, lender, shared

        /// `the receiving organisation pays`.
        public var words: String {
            switch self {
            case .receiver: "the receiving organisation pays"
            case .lender: "the lending organisation pays"
            case .shared: "both organisations share the cost"
            }
        }
    }

    public enum Indemnity: String, CaseIterable, Hashable, Sendable, Codable {
        /// Clinical Negligence Scheme for Trusts of the receiving organisation.
        case receiverScheme = "receiver-cnst"
        case lenderScheme = "lender-cnst"
        case other
    }

    public let id: ID
    public let name: String
    /// Lends and receives, each to and from each.
    public let parties: Set<Organisation.ID>
    public let staffGroups: Set<StaffGroup>
    public let from: Day
    /// The last day; nil if it has no end.
    public let until: Day?
    public let costOwner: CostOwner
    public let indemnity: Indemnity
    /// Pence an hour that are charged for a grade; a grade that is not named has no agreed rate.
    public let rates: [Rate]

    public struct Rate: Hashable, Sendable, Codable {
        public let grade: Grade.ID
        public let pencePerHour: Int

        public init(grade: Grade.ID, pencePerHour: Int) {
            self.grade = grade
            self.pencePerHour = pencePerHour
        }
    }

    public init(
        id: ID, name: String, parties: Set<Organisation.ID>,
        staffGroups: Set<StaffGroup> = Set(StaffGroup.allCases), from: Day, until: Day? = nil,
        costOwner: CostOwner = .receiver, indemnity: Indemnity = .receiverScheme, rates: [Rate] = []
    ) {
        self.id = id
        self.name = name
        self.parties = parties
        self.staffGroups = staffGroups
        self.from = from
        self.until = until
        self.costOwner = costOwner
        self.indemnity = indemnity
        self.rates = rates
    }

    /// Whether it lets one lend to the other on all days of a duty.
    public func allows(
        _ lender: Organisation.ID, to receiver: Organisation.ID, _ group: StaffGroup, from start: Instant,
        to end: Instant
    ) -> Bool {
        lender != receiver && parties.contains(lender) && parties.contains(receiver)
            && staffGroups.contains(group) && from <= start.day && (until.map { end.day <= $0 } ?? true)
    }
}

/// From which age on data are shown grey and no longer scored.
public struct AgeLimits: Hashable, Sendable, Codable {
    /// Of gaps, offers and cover.
    public let rota: ElapsedMinutes
    public let metrics: ElapsedMinutes
    /// From when an OPEL level that nobody has entered anew no longer counts.
    public let opel: ElapsedMinutes

    public init(
        rota: ElapsedMinutes = ElapsedMinutes(hours: 12), metrics: ElapsedMinutes = ElapsedMinutes(hours: 4),
        opel: ElapsedMinutes = ElapsedMinutes(hours: 12)
    ) {
        self.rota = rota
        self.metrics = metrics
        self.opel = opel
    }
}
