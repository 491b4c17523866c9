import Roster

/// One broken rule, or one duty that may not stand.
public struct Breach: Hashable, Sendable, Codable {
    /// What is tested besides the rules of the packs. The raw value stands in ``Breach/rule``.
    public enum Test: String, CaseIterable, Hashable, Sendable, Codable {
        /// A person, unit, shift type or role that the roster does not know.
        case unknown
        /// A duty that starts on a day outside the period.
        case period
        /// A duty on a day on which the person is not employed.
        case employment
        /// A duty that starts on a day of leave.
        case leave
        /// A duty while the person works for another organisation.
        case lent
        /// A duty on a weekday on which the person cannot be rostered.
        case workingDay = "working-day"
        /// A duty that starts on a day on which its unit is closed.
        case closedUnit = "closed-unit"
        /// A unit in which the person is not rostered.
        case unit
        /// A role that the person's roles, grade or markers do not allow.
        case role
        /// A skill of the role that is not held, in date and at the site, for the whole duty.
        case skill
        /// A shift type that is not used for the unit, role or weekday.
        case shift
        /// Times or minutes that are not those of the shift type, on a duty that nobody pinned or published.
        case times
        /// Two duties of one person at the same time.
        case overlap
        /// A pinned duty that is not in the rota.
        case pinned
        /// More paid minutes above the contract than it allows.
        case overtime
        /// A mean that is judged on fewer weeks than its rule says. Never counted against the rota.
        case meanNotProven = "mean-not-proven"
        /// Rest within more days than the period has, or over its start, which is not judged. Never counted against the rota.
        case restNotProven = "rest-not-proven"
    }

    /// A stretch of time that somebody works.
    public struct Stretch: Hashable, Sendable, Codable {
        public let start: Instant
        public let end: Instant

        public init(start: Instant, end: Instant) {
            self.start = start
            self.end = end
        }
    }

    /// The identifier of a rule, such as `WTR-DAILY`, or the raw value of a ``Test``.
    public let rule: String
    /// Nil if it is about nobody in particular.
    public let person: Person.ID?
    /// The duties that break it, history included, by start.
    public let duties: [Stretch]
    /// One plain sentence.
    public let sentence: String
    /// True for rules that are never broken, false for policy and wishes.
    public let hard: Bool
    /// The history alone causes it: reported, and not counted against the rota.
    public let inherited: Bool

    public init(
        rule: String, person: Person.ID?, duties: [Stretch] = [], sentence: String, hard: Bool = true,
        inherited: Bool = false
    ) {
        self.rule = rule
        self.person = person
        self.duties = duties
        self.sentence = sentence
        self.hard = hard
        self.inherited = inherited
    }

    /// It makes the rota unlawful.
    public var counts: Bool { hard && !inherited }
}

extension Instant {
    /// `Sun 25 Oct 20:00`.
    var spoken: String { "\(day.spokenWithoutYear) \(clock)" }
}

extension Day {
    /// `Sun 25 Oct`.
    var spokenWithoutYear: String { String(spoken.dropLast(5)) }
}
