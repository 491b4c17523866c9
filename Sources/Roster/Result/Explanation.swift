/// Why one person who counts for a gap cannot take it.
public struct Obstacle: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable {
        case rule, leave, duty, skill, availability, pinned, cost
    }

    public let person: Person.ID
    public let kind: Kind
    /// The identifier of the rule, if it is one.
    public let rule: String?
    /// One plain sentence.
    public let sentence: String

    public init(person: Person.ID, kind: Kind, rule: String? = nil, sentence: String) {
        self.person = person
        self.kind = kind
        self.rule = rule
        self.sentence = sentence
    }
}

/// A change that would close a hard gap, proven by solving again with it.
public struct Relaxation: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable {
        case extraPerson = "extra-person"
        case wish
        case policyRule = "policy-rule"
        case leave
        case pinnedDuty = "pinned-duty"
        /// No change at all: the search that left the gap had been cut short.
        case longerSearch = "longer-search"
    }

    public let kind: Kind
    /// One plain sentence: what to change and what it closes.
    public let sentence: String
    /// Person-minutes of hard cover still missing with it.
    public let remaining: Int

    public init(kind: Kind, sentence: String, remaining: Int) {
        self.kind = kind
        self.sentence = sentence
        self.remaining = remaining
    }
}

/// Everything there is to say about one gap.
public struct GapExplanation: Hashable, Sendable, Codable {
    public let gap: Gap
    /// One for each person who counts for it, in order of person.
    public let obstacles: [Obstacle]
    /// For hard gaps: the least changes that would close it; empty if none that was tried does.
    public let relaxations: [Relaxation]
    /// For hard gaps: how many changes were tried for that, alone or two together; nil if none was looked for.
    public let changesTried: Int?
    /// What one more person-hour there is worth on level 3 (or in minutes of level 1 for a hard gap),
    /// confirmed by solving again; nil if that was not done.
    public let hourValue: Double?
    /// The same as the linear programme says, the mean of the duals of its rows: a hint, which ``hourValue`` confirms
    /// or corrects. Nil if no programme was solved to its end.
    public let hourDual: Double?

    public init(
        gap: Gap, obstacles: [Obstacle], relaxations: [Relaxation], changesTried: Int? = nil,
        hourValue: Double?, hourDual: Double? = nil
    ) {
        self.gap = gap
        self.obstacles = obstacles
        self.relaxations = relaxations
        self.changesTried = changesTried
        self.hourValue = hourValue
        self.hourDual = hourDual
    }
}

extension GapExplanation {
    /// What is to be said where no change is known to close a hard gap: that none was looked for is not that there is none.
    public var nothingKnownToClose: String {
        switch changesTried {
        case nil, 0: "What would close it was not looked for. muster explain --gap \(gap.id) looks"
        case 1: "The one change that was tried, one more person from outside, does not close it by itself"
        case let tried?:
            "None of the \(tried) changes that were tried, one more person from outside among them, closes it"
        }
    }
}

/// What became of a wish.
public struct WishOutcome: Hashable, Sendable, Codable {
    public let preference: Preference
    public let granted: Bool
    /// For a refused one: what granting it would have cost on level 3, and whom, in one sentence.
    public let sentence: String

    public init(preference: Preference, granted: Bool, sentence: String) {
        self.preference = preference
        self.granted = granted
        self.sentence = sentence
    }
}
