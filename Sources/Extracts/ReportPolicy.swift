import Roster

/// How an organisation reports and escalates: `report.yaml`, stored with each import.
public struct ReportPolicy: Hashable, Sendable, Codable {
    /// Days that an issue covers; 3 is today, tomorrow and the day after.
    public let days: Int
    /// Days that Friday's issue covers, if Monday is to be in it; nil means ``days``.
    public let fridayDays: Int?
    /// When the morning issue goes out, on the wall clock.
    public let issueTime: ClockTime
    /// Duties, leave and bookings older than this say nothing about today.
    public let staleness: ElapsedMinutes
    /// The share of contracted hours that the establishment allows for absence, in per cent, where the unit list
    /// does not say.
    public let headroom: Double
    /// Per cent by which the template may lie off the budget.
    public let budgetTolerance: Double
    /// In the order in which gaps are released.
    public let cascade: [CascadeStep]
    public let industrialAction: [IndustrialAction]
    public let recipients: [Recipient]
    /// Who may be told about units that have no mailbox of their own.
    public let contact: String?

    public init(
        days: Int = 3, fridayDays: Int? = nil, issueTime: ClockTime = ClockTime(minute: 390),
        staleness: ElapsedMinutes = ElapsedMinutes(hours: 24), headroom: Double = 22,
        budgetTolerance: Double = 10, cascade: [CascadeStep] = CascadeStep.usual,
        industrialAction: [IndustrialAction] = [], recipients: [Recipient] = [], contact: String? = nil
    ) {
        self.days = days
        self.fridayDays = fridayDays
        self.issueTime = issueTime
        self.staleness = staleness
        self.headroom = headroom
        self.budgetTolerance = budgetTolerance
        self.cascade = cascade
        self.industrialAction = industrialAction
        self.recipients = recipients
        self.contact = contact
    }

    /// Days that an issue of `day` covers.
    public func days(from day: Day) -> Int { day.weekday == .friday ? (fridayDays ?? days) : days }

    /// Whether a staff group strikes on a day on which some of the time lies. A night runs into the next day's strike.
    public func hasIndustrialAction(of group: StaffGroup, from start: Instant, to end: Instant) -> Bool {
        let days = start.day...max(start, end - ElapsedMinutes(1)).day
        return industrialAction.contains { action in days.contains { action.concerns(group, on: $0) } }
    }
}

/// One step of the cascade by which a gap is released to ever wider circles.
public struct CascadeStep: Hashable, Sendable, Codable {
    public enum Level: String, CaseIterable, Hashable, Sendable, Codable {
        /// Somebody on duty elsewhere at the same site.
        case float
        /// Own part-timers, extra hours and the trust's own bank.
        case own
        case collaborative
        case agency
        /// Off framework, with a director's word.
        case breakGlass = "break-glass"
    }

    public let level: Level
    /// What people call it: `Framework agency, tier 2`.
    public let name: String
    /// How long before the start of the shift it may be released; nil means from the publication of the rota.
    public let lead: ElapsedMinutes?
    /// The role that releases it, such as `matron on call`; never a person.
    public let authoriser: String

    public init(level: Level, name: String, lead: ElapsedMinutes?, authoriser: String) {
        self.level = level
        self.name = name
        self.lead = lead
        self.authoriser = authoriser
    }

    /// What most trusts do, for those that do not say: dossier 4.1.
    public static let usual = [
        CascadeStep(level: .float, name: "Move within the site", lead: nil, authoriser: "site manager"),
        CascadeStep(level: .own, name: "Own part-timers and bank", lead: nil, authoriser: "ward manager"),
        CascadeStep(
            level: .collaborative, name: "Collaborative bank", lead: ElapsedMinutes(hours: 14 * 24),
            authoriser: "matron"),
        CascadeStep(
            level: .agency, name: "Framework agency, tier 1", lead: ElapsedMinutes(hours: 7 * 24),
            authoriser: "head of nursing"),
        CascadeStep(
            level: .agency, name: "Framework agency, tier 2", lead: ElapsedMinutes(hours: 72),
            authoriser: "head of nursing"),
        CascadeStep(
            level: .agency, name: "Framework agency, tier 3", lead: ElapsedMinutes(hours: 48),
            authoriser: "head of nursing"),
        CascadeStep(
            level: .breakGlass, name: "Off framework (break glass)", lead: ElapsedMinutes(hours: 24),
            authoriser: "executive director on call"),
    ]
}

/// Days on which some staff groups strike: no gap of theirs goes to other organisations or agencies then.
public struct IndustrialAction: Hashable, Sendable, Codable {
    public let first: Day
    /// Included.
    public let last: Day
    /// Empty means all.
    public let groups: Set<StaffGroup>

    public init(first: Day, last: Day, groups: Set<StaffGroup> = []) {
        self.first = first
        self.last = last
        self.groups = groups
    }

    public func concerns(_ group: StaffGroup, on day: Day) -> Bool {
        first <= day && day <= last && (groups.isEmpty || groups.contains(group))
    }
}

/// A role mailbox that gets a cut of the report.
public struct Recipient: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Recipient>
    public let id: ID
    /// What the greeting says: `Northgate staff bank`.
    public let name: String
    /// Checked on reading: one address, without spaces, angle brackets or line ends.
    public let mailbox: String
    /// Inside the organisation: sees absence by class, and own people as references.
    public let isInside: Bool
    /// What it sees; empty means all. For one outside, organisations or units are always named.
    public let organisations: Set<Organisation.ID>
    public let units: Set<Unit.ID>
    public let groups: Set<StaffGroup>
    /// What comes first, in this order.
    public let priorityUnits: [Unit.ID]
    public let priorityGroups: [StaffGroup]

    public init(
        id: ID, name: String, mailbox: String, isInside: Bool, organisations: Set<Organisation.ID> = [],
        units: Set<Unit.ID> = [], groups: Set<StaffGroup> = [], priorityUnits: [Unit.ID] = [],
        priorityGroups: [StaffGroup] = []
    ) {
        self.id = id
        self.name = name
        self.mailbox = mailbox
        self.isInside = isInside
        self.organisations = organisations
        self.units = units
        self.groups = groups
        self.priorityUnits = priorityUnits
        self.priorityGroups = priorityGroups
    }
}
