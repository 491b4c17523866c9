import Roster

/// A row of the system's risk register.
public struct RiskRow: Hashable, Sendable, Codable {
    public typealias ID = Identifier<RiskRow>

    public enum Origin: String, CaseIterable, Hashable, Sendable, Codable {
        /// A hard gap that is open.
        case hardGap = "hard-gap"
        /// The same place has been short again and again.
        case repeatedShortage = "repeated-shortage"
        case person
    }

    public enum Trend: String, CaseIterable, Hashable, Sendable, Codable {
        case rising, steady, falling
    }

    public struct Review: Hashable, Sendable, Codable {
        public let at: Instant
        public let by: Actor
        public let remark: Remark

        public init(at: Instant, by: Actor, remark: Remark) {
            self.at = at
            self.by = by
            self.remark = remark
        }
    }

    public let id: ID
    /// Accountable.
    public let organisation: Organisation.ID
    public let site: Site.ID
    public let unit: Unit.ID?
    public let staffGroup: StaffGroup
    public let origin: Origin
    /// What the cover that is missing is for; nil unless a hard gap raised the row.
    public internal(set) var purpose: CoverPurpose?
    /// What may happen and why, in a sentence that Muster makes: `No senior decision maker at …, Sat 22:00 to 08:00`.
    public internal(set) var cause: String
    /// 1 (rare) to 5 (almost certain).
    public internal(set) var likelihood: Int
    /// 1 (negligible) to 5 (catastrophic).
    public internal(set) var impact: Int
    /// When it may happen.
    public internal(set) var start: Instant
    public internal(set) var end: Instant
    public internal(set) var owner: JobRole
    public internal(set) var sharedWith: [Organisation.ID]
    public internal(set) var indemnity: Agreement.Indemnity
    public internal(set) var mitigation: Remark?
    public internal(set) var vacancies: [VacancyKey]
    public let opened: Instant
    public internal(set) var reviews: [Review]
    public internal(set) var reviewDue: Instant
    public internal(set) var trend: Trend
    public internal(set) var potentialHarms: Int
    public internal(set) var actualHarms: Int
    /// Person-minutes missing.
    var size = 0
    /// The gaps behind it by the latest data; nil if none raised it, or if it is of before they were kept.
    public internal(set) var known: MissingHeads?
    /// The same as of when it was raised or last reviewed: the trend is from there.
    public internal(set) var compared: MissingHeads?
    /// What the last review made of the score, if it changed it: the trend while nothing has changed since.
    var judged: Trend?
    /// Whether what raised it is still there. That it is not does not close it.
    public internal(set) var isPresent: Bool
    /// Only a person closes a row.
    public internal(set) var closed: Review?

    public init(
        id: ID, organisation: Organisation.ID, site: Site.ID, unit: Unit.ID?, staffGroup: StaffGroup,
        origin: Origin, purpose: CoverPurpose? = nil, cause: String, likelihood: Int, impact: Int,
        start: Instant, end: Instant,
        owner: JobRole, sharedWith: [Organisation.ID] = [], indemnity: Agreement.Indemnity = .receiverScheme,
        mitigation: Remark? = nil, vacancies: [VacancyKey] = [], opened: Instant, reviews: [Review] = [],
        reviewDue: Instant, trend: Trend = .steady, potentialHarms: Int = 0, actualHarms: Int = 0,
        isPresent: Bool = true, closed: Review? = nil
    ) {
        self.id = id
        self.organisation = organisation
        self.site = site
        self.unit = unit
        self.staffGroup = staffGroup
        self.origin = origin
        self.purpose = purpose
        self.cause = cause
        self.likelihood = likelihood
        self.impact = impact
        self.start = start
        self.end = end
        self.owner = owner
        self.sharedWith = sharedWith
        self.indemnity = indemnity
        self.mitigation = mitigation
        self.vacancies = vacancies
        self.opened = opened
        self.reviews = reviews
        self.reviewDue = reviewDue
        self.trend = trend
        self.potentialHarms = potentialHarms
        self.actualHarms = actualHarms
        self.isPresent = isPresent
        self.closed = closed
    }

    public var score: Int { likelihood * impact }
}

/// When heads are missing, and how far ahead the data told of it.
public struct MissingHeads: Hashable, Sendable, Codable {
    public struct Gap: Hashable, Sendable, Codable {
        public let start: Instant
        public let end: Instant
        public let heads: Int
    }

    public let gaps: [Gap]
    public let until: Instant

    init(_ vacancies: [Vacancy], until: Instant) {
        gaps = vacancies.map { Gap(start: $0.start, end: $0.end, heads: $0.missing) }.sorted {
            ($0.start, $0.end, $0.heads) < ($1.start, $1.end, $1.heads)
        }
        self.until = until
    }

    /// Person-minutes missing from a time on; only until another, if one is given.
    func minutes(from start: Instant, to end: Instant? = nil) -> Int {
        gaps.reduce(0) { $0 + $1.heads * max(0, (min($1.end, end ?? $1.end) - max($1.start, start)).count) }
    }

    /// How it has changed from what was known before. Like is compared with like: only what is still ahead of both, and of
    /// which both could tell, so that it neither falls as time passes nor rises as data reach further.
    func trend(from before: MissingHeads, at now: Instant) -> RiskRow.Trend {
        let end = min(until, before.until)
        let (then, now) = (before.minutes(from: now, to: end), minutes(from: now, to: end))
        return now > then ? .rising : now < then ? .falling : .steady
    }
}

/// A row that is kept and cannot be read: that it is there must not be forgotten.
public struct UnreadableRisk: Hashable, Sendable {
    public let id: RiskRow.ID
    /// Accountable; nil if not even that can be read.
    public let organisation: Organisation.ID?

    public init(id: RiskRow.ID, organisation: Organisation.ID?) {
        self.id = id
        self.organisation = organisation
    }
}

/// Where and when people are missing: site × day × hour.
public struct HeatTable: Hashable, Sendable, Codable {
    public struct Row: Hashable, Sendable, Codable {
        public let organisation: Organisation.ID
        public let site: Site.ID
        public let day: Day
        /// The most heads that are missing at once in each hour of the day on the wall clock; 24 of them.
        public let heads: [Int]
        /// Person-minutes missing in each hour.
        public let missing: [Int]
        /// The same, each weighed by its risk.
        public let weighted: [Int]
        /// Hours in which a hard rule is not met.
        public let isHard: [Bool]

        public init(
            organisation: Organisation.ID, site: Site.ID, day: Day, heads: [Int], missing: [Int],
            weighted: [Int], isHard: [Bool]
        ) {
            self.organisation = organisation
            self.site = site
            self.day = day
            self.heads = heads
            self.missing = missing
            self.weighted = weighted
            self.isHard = isHard
        }
    }

    public let rows: [Row]

    public init(rows: [Row]) { self.rows = rows }
}
