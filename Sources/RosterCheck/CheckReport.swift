import Roster

/// A place where one person's break leaves a hard rule uncovered.
public struct BreakExposure: Hashable, Sendable, Codable {
    public let rule: CoverRule.ID
    /// Intervals in which only just enough people count, and one of them has an unpaid break to take.
    public let intervals: [Breach.Stretch]
    /// One plain sentence.
    public let sentence: String

    public init(rule: CoverRule.ID, intervals: [Breach.Stretch], sentence: String) {
        self.rule = rule
        self.intervals = intervals
        self.sentence = sentence
    }
}

/// What the checker read in a rota.
public struct CheckReport: Hashable, Sendable, Codable {
    /// What makes the rota unlawful: none of these, and every rule that is never broken is kept.
    public let breaches: [Breach]
    /// Broken policies and wishes, what is inherited, and what could not be judged in full.
    public let warnings: [Breach]
    /// Everybody who is missing, worst first, then by start and rule.
    public let gaps: [Gap]
    public let breakExposures: [BreakExposure]
    /// Person-minutes of hard cover missing, weekly minimums included.
    public let level1: Int
    /// Person-minutes below the minimums of rules that are not hard, weekly minimums included.
    public let level2: Int
    public let quality: Quality

    public init(
        breaches: [Breach], warnings: [Breach], gaps: [Gap], breakExposures: [BreakExposure], level1: Int,
        level2: Int, quality: Quality
    ) {
        self.breaches = breaches
        self.warnings = warnings
        self.gaps = gaps
        self.breakExposures = breakExposures
        self.level1 = level1
        self.level2 = level2
        self.quality = quality
    }

    public var isLawful: Bool { breaches.isEmpty }
    public var hardGaps: [Gap] { gaps.filter { $0.severity == .hard } }
}
