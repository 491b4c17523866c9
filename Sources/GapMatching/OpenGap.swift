import Roster

/// People missing in one place for a while, as the matching sees it: no unit, no role, no name.
public struct OpenGap: Hashable, Sendable, Codable {
    public typealias ID = Identifier<OpenGap>

    /// A stretch in which the number missing does not change.
    public struct Stretch: Hashable, Sendable, Codable {
        public let start: Instant
        public let end: Instant
        public let missing: Int

        public init(start: Instant, end: Instant, missing: Int) {
            self.start = start
            self.end = end
            self.missing = missing
        }
    }

    public let id: ID
    /// By start, without overlaps.
    public let stretches: [Stretch]
    /// Never traded against a gap that is not hard, however risky that is.
    public let isHard: Bool
    /// What a minute missing weighs, relative to 1 for an ordinary nurse minute on a ward.
    public let risk: Int

    public init(id: ID, stretches: [Stretch], isHard: Bool = false, risk: Int = 1) {
        self.id = id
        self.stretches = stretches
        self.isHard = isHard
        self.risk = risk
    }

    /// Person-minutes missing.
    public var minutes: Int { stretches.reduce(0) { $0 + $1.missing * ($1.end - $1.start).count } }
}

/// One lawful thing that one giver can do, whole or not at all.
///
/// Who could take several gaps, with lawful rest and hours between them, makes an offer for each set that is lawful
/// as a whole: only one offer of a giver is ever chosen.
public struct Offer: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Offer>
    public enum GiverKind: Sendable {}
    /// Who offers: a pseudonym will do.
    public typealias Giver = Identifier<GiverKind>

    /// One head, for a while, in one gap.
    public struct Cover: Hashable, Sendable, Codable {
        public let gap: OpenGap.ID
        public let start: Instant
        public let end: Instant

        public init(gap: OpenGap.ID, start: Instant, end: Instant) {
            self.gap = gap
            self.start = start
            self.end = end
        }
    }

    public let id: ID
    public let giver: Giver
    public let covers: [Cover]
    /// The step of the cascade, from 0. A minute at one step weighs as much as two at the step before.
    public let step: Int
    /// What it costs and disturbs beyond its step; not negative.
    public let cost: Int
    /// What it takes from stocks that several offers share, such as the nurses that a ward can spare.
    public let draws: [Stock.ID: Int]

    public init(
        id: ID, giver: Giver, covers: [Cover], step: Int, cost: Int = 0, draws: [Stock.ID: Int] = [:]
    ) {
        self.id = id
        self.giver = giver
        self.covers = covers
        self.step = step
        self.cost = cost
        self.draws = draws
    }
}

/// Something of which there is only so much for all offers together.
public struct Stock: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Stock>
    public let id: ID
    public let amount: Int

    public init(id: ID, amount: Int) {
        self.id = id
        self.amount = amount
    }
}

/// Which offers to take, and how good that is.
public struct Matching: Hashable, Sendable, Codable {
    /// What is kept low, in this order: a level is never worsened for the sake of a later one.
    public enum Level: Int, CaseIterable, Hashable, Sendable, Codable {
        /// Person-minutes that stay missing in hard gaps.
        case hardMinutes
        /// Person-minutes that stay missing in the others, times their risk.
        case riskMinutes
        /// Minutes covered, each weighing 1, 2, 4, 8 … by its step of the cascade.
        case cascade
        case cost
    }

    /// What was reached on a level, and what nobody can go below.
    public struct Result: Hashable, Sendable, Codable {
        public let level: Level
        public let objective: Int
        public let bound: Int

        public init(level: Level, objective: Int, bound: Int) {
            self.level = level
            self.objective = objective
            self.bound = bound
        }
    }

    /// In the order in which they were given.
    public let chosen: [Offer.ID]
    /// One for each level. The bounds after the first that is not reached say nothing.
    public let results: [Result]

    public init(chosen: [Offer.ID], results: [Result]) {
        self.chosen = chosen
        self.results = results
    }

    /// No other choice is better.
    public var isProven: Bool { results.allSatisfy { $0.objective == $0.bound } }
}
