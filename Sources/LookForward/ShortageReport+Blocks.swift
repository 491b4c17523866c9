import Extracts
import Roster

/// How much of a unit's contracted time is away, against what its establishment allows for.
public struct Unavailability: Hashable, Sendable, Codable {
    /// One class of absence. Never a medical reason.
    public struct Share: Hashable, Sendable, Codable {
        /// A class, or several that were put together because each was of fewer than five people.
        public var kinds: [LeaveKind]
        /// Of contracted time.
        public var percent: Int
        public var people: Int

        public init(kinds: [LeaveKind], percent: Int, people: Int) {
            self.kinds = kinds
            self.percent = percent
            self.people = people
        }
    }

    public var place: UnitLabel
    /// Of whom; nil for everybody.
    public var staffGroup: StaffGroup?
    /// Away of contracted time over the days of the report; nil if that would point at fewer than five people.
    public var percent: Int?
    /// What the establishment allows for; nil if nobody said.
    public var headroom: Int?
    /// People away; nil if they are one to four.
    public var people: Int?
    /// By class, and only inside the organisation. Empty unless each share is of five people or more.
    public var shares: [Share]
    /// Above the headroom.
    public var isSpike: Bool
    /// People whose absence ended yesterday; nil if they are one to four.
    public var returning: Int?
    /// People who start or leave on these days; nil if they are one to four.
    public var starting: Int?
    public var leaving: Int?

    public init(
        place: UnitLabel, staffGroup: StaffGroup? = nil, percent: Int?, headroom: Int?, people: Int?,
        shares: [Share] = [], isSpike: Bool = false, returning: Int? = 0, starting: Int? = 0,
        leaving: Int? = 0
    ) {
        self.place = place
        self.staffGroup = staffGroup
        self.percent = percent
        self.headroom = headroom
        self.people = people
        self.shares = shares
        self.isSpike = isSpike
        self.returning = returning
        self.starting = starting
        self.leaving = leaving
    }
}

/// What was read, and what failed its checks.
public struct Validation: Hashable, Sendable, Codable {
    /// One check that failed.
    public struct Failure: Hashable, Sendable, Codable {
        public var check: Finding.Check
        public var severity: Finding.Severity
        public var places: [UnitLabel]
        /// One plain sentence that names nobody.
        public var sentence: String
        /// Rows in which it was found; 0 if it is not about rows.
        public var rows: Int

        public init(
            check: Finding.Check, severity: Finding.Severity, places: [UnitLabel], sentence: String, rows: Int
        ) {
            self.check = check
            self.severity = severity
            self.places = places
            self.sentence = sentence
            self.rows = rows
        }
    }

    /// What each extract held. Without names of files outside the organisation.
    public var counts: [ExtractCount]
    /// The most severe first.
    public var failures: [Failure]
    /// Units of which what is said is in doubt: ``Failure`` says why.
    public var lowered: [UnitLabel]
    /// Units of which nothing can be said: no gap there does not mean that nothing is short.
    public var unknown: [UnitLabel]

    public init(
        counts: [ExtractCount] = [], failures: [Failure] = [], lowered: [UnitLabel] = [],
        unknown: [UnitLabel] = []
    ) {
        self.counts = counts
        self.failures = failures
        self.lowered = lowered
        self.unknown = unknown
    }
}

/// What became of the gaps that earlier issues named, once their day has passed.
public struct Learning: Hashable, Sendable, Codable {
    public enum Outcome: String, CaseIterable, Hashable, Sendable, Codable {
        /// Nobody came.
        case unfilled
        /// Some of the hours were covered.
        case partly
        case filled
        /// There was nothing short: the demand was not there, or the person had been planned all along.
        case falseGap = "false"
        /// The days' data do not say.
        case unknown
    }

    /// One named gap and how it ended.
    public struct Ended: Hashable, Sendable, Codable {
        /// As it was last named. Its minutes are those of that issue.
        public var gap: ClosedGap
        public var outcome: Outcome
        /// How it was filled, if that is known.
        public var step: CascadeStep.Level?
        public var minutesLeft: Int
        /// From the first issue that named it to the start; negative if it had begun.
        public var leadMinutes: Int
        /// From the first issue that named it to the first release or booking that the trust's systems tell of;
        /// nil if they tell of none, negative if that came first.
        public var minutesToAction: Int?

        public init(
            gap: ClosedGap, outcome: Outcome, step: CascadeStep.Level? = nil, minutesLeft: Int,
            leadMinutes: Int, minutesToAction: Int? = nil
        ) {
            self.gap = gap
            self.outcome = outcome
            self.step = step
            self.minutesLeft = minutesLeft
            self.leadMinutes = leadMinutes
            self.minutesToAction = minutesToAction
        }
    }

    /// The last day that is told of.
    public var day: Day
    public var ended: [Ended]
    /// Gaps of these days that no issue had named.
    public var missed: [ClosedGap]

    public init(day: Day, ended: [Ended], missed: [ClosedGap] = []) {
        self.day = day
        self.ended = ended
        self.missed = missed
    }

    public func count(_ outcome: Outcome) -> Int { ended.count { $0.outcome == outcome } }

    /// Person-minutes that were named as short, of gaps whose end is known.
    public var minutesNamed: Int { told.reduce(0) { $0 + $1.gap.minutes } }
    /// Of these, those that came short.
    public var minutesShort: Int { told.reduce(0) { $0 + min($1.gap.minutes, $1.minutesLeft) } }
    /// Person-minutes short that no issue had named.
    public var minutesMissed: Int { missed.reduce(0) { $0 + $1.minutes } }
    /// How many gaps each step of the cascade filled, all or in part; nil for those of which that is not known.
    public var filledBy: [CascadeStep.Level?: Int] {
        Dictionary(
            ended.filter { $0.outcome == .filled || $0.outcome == .partly }.map { ($0.step, 1) },
            uniquingKeysWith: +)
    }

    private var told: [Ended] { ended.filter { $0.outcome != .unknown } }
}
