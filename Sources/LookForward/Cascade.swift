import Extracts
import Roster

extension CascadeStep.Level: Comparable {
    /// In the order in which gaps are released.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How far the cascade has come for one gap: dated events, each with the role that authorises it.
public struct Cascade: Hashable, Sendable, Codable {
    /// One release of a gap to one step.
    public struct Event: Hashable, Sendable, Codable {
        public enum State: String, Hashable, Sendable, Codable {
            /// Released, by what the trust's systems say.
            case released
            /// Its time has come, and nothing says that it was released.
            case due
            /// Its time is still to come.
            case planned
            /// Not allowed: see ``Event/note``.
            case blocked
        }

        public var step: CascadeStep.Level
        /// What people call the step: `Framework agency, tier 2`.
        public var name: String
        /// Nil for a step that is open from the publication of the rota, or was released at a time that nobody told.
        public var at: Instant?
        /// A role, never a person.
        public var authoriser: String
        public var state: State
        /// Why it is blocked, or what it needs.
        public var note: String

        public init(
            step: CascadeStep.Level, name: String, at: Instant?, authoriser: String, state: State,
            note: String = ""
        ) {
            self.step = step
            self.name = name
            self.at = at
            self.authoriser = authoriser
            self.state = state
            self.note = note
        }
    }

    /// In the order of the cascade.
    public var events: [Event]
    /// Days of industrial action: no release to the collaborative bank or to agencies.
    public var isIndustrialAction: Bool

    public init(events: [Event] = [], isIndustrialAction: Bool = false) {
        self.events = events
        self.isIndustrialAction = isIndustrialAction
    }

    /// The furthest step that is open.
    public var step: CascadeStep.Level? { open.max() }
    /// Steps that people may be taken from by now.
    public var open: Set<CascadeStep.Level> {
        Set(events.filter { $0.state == .released || $0.state == .due }.map(\.step))
    }
    /// The next release that is still to come, beyond what has been released.
    public var next: Event? {
        let released = events.lastIndex { $0.state == .released }
        return events[(released.map { $0 + 1 } ?? 0)...].first { $0.state == .planned }
    }
}

/// What was tried to close a gap.
public struct Attempt: Hashable, Sendable, Codable {
    public var step: CascadeStep.Level?
    /// What the trust's systems call its state, such as `offered`.
    public var state: String
    public var at: Instant?
    /// A role, never a person.
    public var by: String

    public init(step: CascadeStep.Level?, state: String, at: Instant? = nil, by: String = "") {
        self.step = step
        self.state = state
        self.at = at
        self.by = by
    }
}

/// One lawful way to close a gap, or part of it.
///
/// Rest and hours were tested by the checker before and after, with the weeks before and the days that follow.
public struct ClosingOption: Hashable, Sendable, Codable {
    /// Unique in the report.
    public var id: String
    public var step: CascadeStep.Level
    /// What to do, in one sentence that names nobody.
    public var sentence: String
    /// Releases it to a bank or an agency: nobody is known yet, so nothing is counted as covered, and whoever is
    /// offered is still to be checked. Every other option is of a person whom the checker found fit.
    public var isRelease: Bool
    /// A reference to a person whom only their organisation can look up; nil for a float and a release, and in
    /// every cut for somebody outside.
    public var reference: String?
    /// The part of the gap that it covers.
    public var start: Instant
    public var end: Instant
    public var minutesClosed: Int
    /// Where the person comes from, if they are taken from a unit.
    public var lender: UnitLabel?
    /// What it does to the lender or to the person, such as `leaves Ward B at 102 %`; empty if nothing.
    public var sideEffect: String
    /// Chosen when all gaps are looked at together: nobody is suggested for two places at once.
    public var isSuggested: Bool

    public init(
        id: String, step: CascadeStep.Level, sentence: String, isRelease: Bool = false,
        reference: String? = nil, start: Instant, end: Instant, minutesClosed: Int, lender: UnitLabel? = nil,
        sideEffect: String = "",
        isSuggested: Bool = false
    ) {
        self.id = id
        self.step = step
        self.sentence = sentence
        self.isRelease = isRelease
        self.reference = reference
        self.start = start
        self.end = end
        self.minutesClosed = minutesClosed
        self.lender = lender
        self.sideEffect = sideEffect
        self.isSuggested = isSuggested
    }
}
