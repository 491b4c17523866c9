import Roster
import RosterCheck
import SystemPool

/// The heads that are missing in one unit, each of them told once.
///
/// Rules are read from the narrowest to the widest, and of each only the heads count that are missing beyond those of the
/// narrower ones: one person fills a place of all. These heads are cut into layers and not where their number changes: one
/// head each, from when to when it is missing, so that one person can work all of it.
struct MissingHeads {
    /// What one person, or several alike, are asked to work.
    struct Place {
        let id: Vacancy.ID
        let rule: CoverRule
        let start: Instant
        let end: Instant
        /// Which heads of the rule's group it is about: the first that is missing is 1.
        fileprivate(set) var ranks: [Int]
        fileprivate(set) var need: [Int]?
        /// How many of the heads bring the unit to a minimum.
        fileprivate(set) var belowMinimum = 0
        fileprivate(set) var risk: Int

        var heads: Int { ranks.count }
    }

    /// The longest that one person is asked to work.
    private static let shift = 780
    /// As many heads as a push may name of a gap.
    private static let most = 50

    private let feed: SystemFeed
    private let nested: NestedRules
    /// Within each nothing changes.
    private let segments: [(start: Instant, end: Instant)]
    private let gaps: [CoverRule.ID: [Gap?]]
    private let forecasts: [CoverRule.ID: [DemandDistribution?]]

    /// - Parameters:
    ///   - rules: Of one unit, on heads.
    ///   - gaps: Theirs, of heads.
    init(_ feed: SystemFeed, rules: [CoverRule], gaps: [Gap]) {
        self.feed = feed
        let byRule = Dictionary(grouping: gaps, by: \.rule)
        let rules = rules.filter { byRule[$0.id] != nil }
        nested = NestedRules(
            rules, roles: feed.scenario.roles,
            hasMinimum: { feed.cover.requirements(of: $0.id).contains { $0.minimum > 0 } },
            keepsHardApart: true)
        let times = Set(gaps.flatMap { [$0.start, $0.end] })
        let first = times.min() ?? Instant(minutes: 0)
        let last = times.max() ?? first
        let told = rules.filter { !$0.hard }.flatMap { feed.cover.requirements(of: $0.id) }.filter {
            $0.distribution != nil && $0.start < last && first < $0.end
        }
        let cuts = times.union(told.flatMap { [max(first, $0.start), min(last, $0.end)] }).sorted()
        segments = zip(cuts, cuts.dropFirst()).map { (start: $0, end: $1) }
        let index = Dictionary(uniqueKeysWithValues: zip(cuts, cuts.indices))
        let empty = segments.count
        self.gaps = byRule.mapValues { gaps in
            var all = [Gap?](repeating: nil, count: empty)
            for gap in gaps {
                for segment in (index[gap.start] ?? 0)..<(index[gap.end] ?? empty)
                where all[segment].map({ $0.missing < gap.missing }) ?? true { all[segment] = gap }
            }
            return all
        }
        forecasts = Dictionary(grouping: told, by: \.rule).mapValues { told in
            var all = [DemandDistribution?](repeating: nil, count: empty)
            for one in told {
                for segment in (index[one.start] ?? 0)..<(index[one.end] ?? empty) {
                    all[segment] = one.distribution
                }
            }
            return all
        }
    }

    func places() -> [Place] {
        var all: [Place] = []
        var told: [[Int]] = []
        var struck: [[Int]] = []
        for (index, group) in nested.groups.enumerated() {
            let filled = segments.indices.map { segment -> Int in
                let narrower = nested.narrower[index]
                let heads = narrower.reduce(0) { $0 + told[$1][segment] }
                let onStrike = narrower.reduce(0) { $0 + struck[$1][segment] }
                // For strike cover nobody is asked, so that it fills no other place.
                guard onStrike > 0, !isStruck(group, in: segment) else { return heads }
                return heads - onStrike
            }
            let open = segments.indices.map { segment in
                let most = group.map { missing($0, in: segment) }.max() ?? 0
                return min(Self.most, max(0, most - filled[segment]))
            }
            var places = places(of: group, index, open: open, filled: filled)
            for place in places.indices {
                weigh(&places[place], of: group, index, open: open, filled: filled)
            }
            all += places
            told.append(open)
            let cover = places.filter { feed.isStruck($0.rule, from: $0.start, to: $0.end) }
            struck.append(
                segments.indices.map { segment in
                    min(open[segment], cover.filter { shared($0, segment) > 0 }.reduce(0) { $0 + $1.heads })
                })
        }
        return all
    }

    private func missing(_ rule: CoverRule, in segment: Int) -> Int {
        gaps[rule.id]?[segment]?.missing ?? 0
    }

    private func isStruck(_ rules: [CoverRule], in segment: Int) -> Bool {
        rules.allSatisfy { feed.isStruck($0, from: segments[segment].start, to: segments[segment].end) }
    }

    private func shared(_ place: Place, _ segment: Int) -> Int {
        max(0, (min(place.end, segments[segment].end) - max(place.start, segments[segment].start)).count)
    }
}

// MARK: - Layers

extension MissingHeads {
    /// A stretch of a layer, cut where a window of its rules begins if it is longer than a shift.
    private struct Run {
        let rule: CoverRule
        let rank: Int
        let start: Instant
        let end: Instant
    }

    private func places(of group: [CoverRule], _ index: Int, open: [Int], filled: [Int]) -> [Place] {
        let runs = runs(of: group, open: open, filled: filled)
        // Layers that begin together are told apart by how long they are, so that a layer keeps its id when another is
        // filled; the longest has the id that a gap would have.
        let longest = Dictionary(runs.map { (Gap.id(rule: $0.rule.id, start: $0.start), $0.end) }) {
            max($0, $1)
        }
        var places: [Place] = []
        for run in runs {
            let isLongest = longest[Gap.id(rule: run.rule.id, start: run.start)] == run.end
            for (start, end) in Self.shifts(from: run.start, to: run.end) {
                let same = places.firstIndex {
                    $0.rule.id == run.rule.id && $0.start == start && $0.end == end
                }
                if let same {
                    places[same].ranks.append(run.rank)
                    continue
                }
                let id = Vacancy.ID.of(
                    run.rule.id, from: run.start, lasting: isLongest ? nil : (run.end - run.start).count,
                    partAfter: (start - run.start).count)
                places.append(
                    Place(
                        id: id, rule: run.rule, start: start, end: end, ranks: [run.rank], need: nil,
                        risk: run.rule.risk))
            }
        }
        return places
    }

    private func runs(of group: [CoverRule], open: [Int], filled: [Int]) -> [Run] {
        guard let deepest = open.max(), deepest > 0 else { return [] }
        return (1...deepest).flatMap { rank -> [Run] in
            let there = segments.indices.filter { open[$0] >= rank }
            var stretches: [ClosedRange<Int>] = []
            for segment in there {
                if let last = stretches.last, last.upperBound == segment - 1 {
                    stretches[stretches.count - 1] = last.lowerBound...segment
                } else {
                    stretches.append(segment...segment)
                }
            }
            return stretches.flatMap { stretch -> [Run] in
                let asking = group.filter { rule in
                    stretch.contains { missing(rule, in: $0) >= filled[$0] + rank }
                }
                guard let rule = asking.first else { return [] }
                let (start, end) = (segments[stretch.lowerBound].start, segments[stretch.upperBound].end)
                let cuts = [start] + Self.windows(of: asking, from: start, to: end) + [end]
                return zip(cuts, cuts.dropFirst()).map { Run(rule: rule, rank: rank, start: $0, end: $1) }
            }
        }
    }

    /// When windows of rules begin within what is longer than a shift.
    private static func windows(of rules: [CoverRule], from start: Instant, to end: Instant) -> [Instant] {
        guard (end - start).count > shift else { return [] }
        let days = (0...start.day.distance(to: end.day)).map(start.day.advanced)
        let begin = days.flatMap { day in rules.map { London.instant(day, $0.from) } }
        return Set(begin.filter { start < $0 && $0 < end }).sorted()
    }

    /// Cut from the start, so that parts and their ids stay the same while time goes by.
    private static func shifts(from start: Instant, to end: Instant) -> [(start: Instant, end: Instant)] {
        let minutes = (end - start).count
        let count = (minutes + shift - 1) / shift
        guard count > 1 else { return [(start, end)] }
        // On half hours, so that shifts fit.
        let length = (minutes / count + 29) / 30 * 30
        return (0..<count).map { piece in
            let from = start + ElapsedMinutes(piece * length)
            return (from, min(end, from + ElapsedMinutes(length)))
        }.filter { $0.start < $0.end }
    }
}

// MARK: - Weights

extension MissingHeads {
    /// Further heads than are missing that a forecast may ask for.
    private static let further = 3

    /// A head weighs what the weightiest rule does for which it is missing, those included whose place it fills as well.
    private func weigh(_ place: inout Place, of group: [CoverRule], _ index: Int, open: [Int], filled: [Int])
    {
        let there = segments.indices.filter { shared(place, $0) > 0 }
        let wider = nested.groups.indices.filter { nested.narrower[$0].contains(index) }.flatMap {
            nested.groups[$0]
        }
        let least = place.ranks.min() ?? 1
        for segment in there {
            let own = group.filter { missing($0, in: segment) >= filled[segment] + least }
            let others = wider.filter { missing($0, in: segment) >= least }
            place.risk = max(place.risk, (own + others).map(\.risk).max() ?? 1)
        }
        place.belowMinimum = place.ranks.count { rank in
            there.contains { segment in
                group.contains { belowMinimum($0, in: segment) >= filled[segment] + rank }
                    || wider.contains { belowMinimum($0, in: segment) >= rank }
            }
        }
        guard !place.rule.hard, !(group + wider).allSatisfy({ forecasts[$0.id] == nil }) else { return }
        func percent(_ rank: Int, isMissing: Bool) -> Int {
            let minutes = there.reduce(0) { $0 + shared(place, $1) }
            let sum = there.reduce(0.0) { sum, segment in
                let own = group.map { chance(of: $0, filled[segment] + rank, in: segment) }
                let others = isMissing ? wider.map { chance(of: $0, rank, in: segment) } : []
                return sum + ((own + others).max() ?? 0) * Double(shared(place, segment))
            }
            return Int((100 * sum / Double(max(1, minutes))).rounded())
        }
        let deepest = place.ranks.max() ?? 1
        // What may be needed beyond a layer is told by the deepest one, once.
        let isDeepest = there.allSatisfy { open[$0] == deepest }
        let beyond = isDeepest ? Array(deepest + 1...deepest + Self.further) : []
        var need: [Int] = []
        for (rank, isMissing) in place.ranks.map({ ($0, true) }) + beyond.map({ ($0, false) }) {
            need.append(min(need.last ?? 100, max(0, percent(rank, isMissing: isMissing))))
        }
        place.need = Array(need.prefix(Self.most))
    }

    private func belowMinimum(_ rule: CoverRule, in segment: Int) -> Int {
        guard let gap = gaps[rule.id]?[segment] else { return 0 }
        let (start, end) = segments[segment]
        let asked = feed.cover.requirements(of: rule.id).filter { $0.start <= start && end <= $0.end }
        return max(0, (asked.map(\.minimum).max() ?? 0) - gap.planned)
    }

    /// How probable it is that so many heads more than are planned are needed.
    private func chance(of rule: CoverRule, _ head: Int, in segment: Int) -> Double {
        guard let gap = gaps[rule.id]?[segment] else { return 0 }
        guard let forecast = forecasts[rule.id]?[segment] else { return head <= gap.missing ? 1 : 0 }
        return forecast.expectedShortage(heads: Double(gap.planned + head - 1))
            - forecast.expectedShortage(heads: Double(gap.planned + head))
    }
}

extension Vacancy.ID {
    /// As a gap of the rule would be called that begins then, with its length if that is needed to tell it apart, and when
    /// the part begins.
    fileprivate static func of(
        _ rule: CoverRule.ID, from start: Instant, lasting minutes: Int?, partAfter offset: Int
    ) -> Self {
        let gap = Gap.id(rule: rule, start: start).text
        return Self(minutes.map { "\(gap)-\($0)" } ?? gap).part(after: offset)
    }
}
