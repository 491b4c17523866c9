import Roster

/// What an organisation can lend: somebody under a pseudonym, or one head of what a unit has to spare.
///
/// Its own organisation has checked the window, the rest on both sides and the minutes that are left, and checks again
/// when the offer is accepted.
public struct Offer: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Offer>

    public enum Source: Hashable, Sendable {
        case person(Pseudonym)
        /// Nobody in particular, whom the unit names when the offer is accepted.
        case surplus(Unit.ID)
    }

    /// A competency, with the last day on which it is valid.
    public struct Skill: Hashable, Sendable, Codable {
        public let id: Roster.Skill.ID
        public let expiry: Day?
        /// Where it is valid; nil for everywhere.
        public let sites: [Site.ID]?

        public init(id: Roster.Skill.ID, expiry: Day? = nil, sites: [Site.ID]? = nil) {
            self.id = id
            self.expiry = expiry
            self.sites = sites
        }
    }

    public struct Travel: Hashable, Sendable, Codable {
        public let site: Site.ID
        /// One way, from where they are.
        public let minutes: Int

        public init(site: Site.ID, minutes: Int) {
            self.site = site
            self.minutes = minutes
        }
    }

    /// Unique in its organisation.
    public let id: ID
    public let source: Source
    public let staffGroup: StaffGroup
    /// What they count as; a vacancy names the grades that it takes.
    public let grade: Grade.ID
    public let skills: [Skill]
    /// Sites at which they have had their induction.
    public let inducted: [Site.ID]
    /// The agreement under which they may be lent.
    public let agreement: Agreement.ID
    /// Whether the person has agreed to work elsewhere; for a surplus, that whoever the unit names will be asked.
    public let hasConsented: Bool
    /// Not before and not after, travel included.
    public let earliestStart: Instant
    public let latestEnd: Instant
    /// Working minutes that they may still be given.
    public let remainingMinutes: Int
    /// Rest between two duties that they are lent for, travel not counted.
    public let restMinutes: Int
    /// The longest duty, breaks included; no more than ``mostDuty``.
    public let longestDuty: Int
    /// A site that is not named is out of reach.
    public let travel: [Travel]
    /// How often they were lent in the last 28 days or are booked to be.
    public let recentCalls: Int
    /// Cover lines of the lender from which they are taken while they are away, if on duty there; see ``CoverLine``.
    public let releasedFrom: [CoverLine.ID]

    public init(
        id: ID, source: Source, staffGroup: StaffGroup, grade: Grade.ID, skills: [Skill] = [],
        inducted: [Site.ID] = [], agreement: Agreement.ID, hasConsented: Bool, earliestStart: Instant,
        latestEnd: Instant, remainingMinutes: Int, restMinutes: Int = 660, longestDuty: Int = mostDuty,
        travel: [Travel], recentCalls: Int = 0, releasedFrom: [CoverLine.ID] = []
    ) {
        self.id = id
        self.source = source
        self.staffGroup = staffGroup
        self.grade = grade
        self.skills = skills
        self.inducted = inducted
        self.agreement = agreement
        self.hasConsented = hasConsented
        self.earliestStart = earliestStart
        self.latestEnd = latestEnd
        self.remainingMinutes = remainingMinutes
        self.restMinutes = restMinutes
        self.longestDuty = longestDuty
        self.travel = travel
        self.recentCalls = recentCalls
        self.releasedFrom = releasedFrom
    }

    /// Eleven hours of rest in each 24 leave no more than thirteen for a duty (Working Time Regulations 1998,
    /// regulation 10).
    public static let mostDuty = 780

    /// Nil if the site is out of reach.
    public func travelMinutes(to site: Site.ID) -> Int? { travel.first { $0.site == site }?.minutes }

    /// Holds the skill through the last day of a duty at a site.
    public func holds(_ skill: Roster.Skill.ID, through day: Day, at site: Site.ID) -> Bool {
        skills.contains {
            $0.id == skill && day <= ($0.expiry ?? day) && $0.sites?.contains(site) ?? true
        }
    }
}

extension Offer.Source: Codable {
    private enum Key: String, CodingKey { case person, surplusOf }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let person = try container.decodeIfPresent(Pseudonym.self, forKey: .person) {
            self = .person(person)
        } else {
            self = .surplus(try container.decode(Unit.ID.self, forKey: .surplusOf))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .person(let person): try container.encode(person, forKey: .person)
        case .surplus(let unit): try container.encode(unit, forKey: .surplusOf)
        }
    }
}

/// Who is there on one line of cover of a unit that could lend, and what it must keep.
public struct CoverLine: Hashable, Sendable, Codable {
    public typealias ID = Identifier<CoverLine>

    /// A while in which nothing changes.
    public struct Stretch: Hashable, Sendable, Codable {
        public let start: Instant
        public let end: Instant
        /// Heads present who count.
        public let present: Int
        /// Heads that must stay: the line's hard requirement or its minimum, whichever is more.
        public let keep: Int
        /// For the first, second … head that leaves, how probable it is that they are missed, in per cent, never
        /// falling. Those beyond the list are missed for sure; empty means that nobody is missed above ``keep``.
        public let loss: [Int]

        public init(start: Instant, end: Instant, present: Int, keep: Int, loss: [Int] = []) {
            self.start = start
            self.end = end
            self.present = present
            self.keep = keep
            self.loss = loss
        }

        public var spare: Int { max(0, present - keep) }

        /// ``loss`` once so many heads have left. Where it has come to its end they are missed for sure: an empty list would
        /// say that nobody is.
        func loss(after heads: Int) -> [Int] {
            loss.count > heads || loss.isEmpty ? Array(loss.dropFirst(heads)) : [100]
        }
    }

    public let id: ID
    public let site: Site.ID
    public let unit: Unit.ID
    public let staffGroup: StaffGroup
    /// What an hour missing weighs, as ``Vacancy/risk``.
    public let risk: Int
    /// By start, without overlaps. Where nothing is known, nobody is taken away.
    public let stretches: [Stretch]

    public init(
        id: ID, site: Site.ID, unit: Unit.ID, staffGroup: StaffGroup, risk: Int = 1, stretches: [Stretch]
    ) {
        self.id = id
        self.site = site
        self.unit = unit
        self.staffGroup = staffGroup
        self.risk = risk
        self.stretches = stretches
    }
}
