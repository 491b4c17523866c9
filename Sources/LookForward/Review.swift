import Extracts
import Roster

/// How good the reports have been: what `muster report --review` shows.
public struct Review: Hashable, Sendable, Codable {
    /// How long before its start a gap was first named.
    public enum Lead: String, CaseIterable, Hashable, Sendable, Codable {
        /// Less than 4 hours, or after the start.
        case atOnce = "under-4-hours"
        case sameDay = "4-to-24-hours"
        case nextDay = "24-to-48-hours"
        case earlier = "48-hours-or-more"

        init(minutes: Int) {
            switch minutes {
            case ..<240: self = .atOnce
            case ..<1_440: self = .sameDay
            case ..<2_880: self = .nextDay
            default: self = .earlier
            }
        }
    }

    /// Gaps that were named with about the same notice.
    public struct Fill: Hashable, Sendable, Codable {
        public let lead: Lead
        public let filled: Int
        public let partly: Int
        public let unfilled: Int
        /// Person-minutes named, and covered by the start or later.
        public let minutesNamed: Int
        public let minutesFilled: Int

        /// Filled of those that were truly short, in per cent; nil if there were none.
        public var percent: Int? { Review.percent(filled, of: filled + partly + unfilled) }
        public var percentOfMinutes: Int? { Review.percent(minutesFilled, of: minutesNamed) }
    }

    /// The first and last day that are told of.
    public let first: Day?
    public let last: Day?
    /// One for each ``Lead``, in order.
    public let fills: [Fill]
    /// How many gaps were filled by each step of the cascade (``CascadeStep/Level`` as text); gaps of which that is not
    /// known are left out.
    public let filledBy: [String: Int]
    public let named: Int
    public let falseGaps: Int
    /// Person-minutes named in those.
    public let minutesFalse: Int
    /// Of which the data of the day did not say how they ended. They count neither way.
    public let unknown: Int
    /// Gaps that no issue had named.
    public let missed: Int
    /// Half of the gaps acted upon after an issue named them were acted upon within so many minutes of the first that
    /// did; nil if the trust's systems tell of no such action. False gaps and those whose end is unknown are left out.
    public let medianMinutesToAction: Int?
    /// Gaps upon which somebody had acted before an issue named them.
    public let actedBefore: Int
    /// Gaps upon which nobody is known to have acted.
    public let withoutAction: Int

    /// False gaps of those whose end is known, in per cent; nil if there are none.
    public var falsePercent: Int? { Self.percent(falseGaps, of: named - unknown) }

    /// Each gap counts once, as the last of the blocks tells it.
    public init(_ blocks: [Learning]) {
        let blocks = blocks.sorted { $0.day < $1.day }
        var ended: [ReportedGap.ID: Learning.Ended] = [:]
        for block in blocks {
            for end in block.ended { ended[end.gap.id] = end }
        }
        let all = ended.values.sorted { $0.gap.id < $1.gap.id }
        let days = all.map(\.gap.day) + blocks.flatMap { $0.missed.map(\.day) }
        first = days.min()
        last = days.max()
        fills = Lead.allCases.map { lead in
            let real = all.filter { Lead(minutes: $0.leadMinutes) == lead && $0.outcome.isReal }
            let minutes = real.reduce(0) { $0 + $1.gap.minutes }
            return Fill(
                lead: lead, filled: real.count { $0.outcome == .filled },
                partly: real.count { $0.outcome == .partly },
                unfilled: real.count { $0.outcome == .unfilled }, minutesNamed: minutes,
                minutesFilled: minutes - real.reduce(0) { $0 + min($1.gap.minutes, $1.minutesLeft) })
        }
        filledBy = Dictionary(
            all.filter { $0.outcome == .filled }.compactMap(\.step?.rawValue).map { ($0, 1) },
            uniquingKeysWith: +)
        named = all.count
        falseGaps = all.count { $0.outcome == .falseGap }
        minutesFalse = all.filter { $0.outcome == .falseGap }.reduce(0) { $0 + $1.gap.minutes }
        unknown = all.count { $0.outcome == .unknown }
        missed = Set(blocks.flatMap { $0.missed.map(\.id) }).subtracting(ended.keys).count
        let actions = all.filter(\.outcome.isReal).compactMap(\.minutesToAction).sorted()
        actedBefore = actions.count { $0 < 0 }
        let after = actions.drop { $0 < 0 }
        medianMinutesToAction = after.isEmpty ? nil : after[after.startIndex + (after.count - 1) / 2]
        withoutAction = all.count { $0.outcome.isReal && $0.minutesToAction == nil }
    }

    fileprivate static func percent(_ part: Int, of whole: Int) -> Int? {
        whole > 0 ? (part * 100 + whole / 2) / whole : nil
    }
}

extension Learning.Outcome {
    /// Somebody was truly missing, as far as is known.
    fileprivate var isReal: Bool { self == .filled || self == .partly || self == .unfilled }
}
