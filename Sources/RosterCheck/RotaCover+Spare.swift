import Roster

/// A stretch of time in which a unit can do without somebody who is on duty there: no rule of the unit misses more
/// people than before.
public struct Spare: Hashable, Sendable {
    /// One rule for which the person counts, while nothing changes in it.
    public struct Room: Hashable, Sendable {
        public let rule: CoverRule.ID
        public let start: Instant
        public let end: Instant
        /// People asked for, and people who count with the person still there.
        public let required: Int
        public let planned: Int

        /// People who could leave: two who leave at once must both find room.
        public var heads: Int { planned - required }
    }

    public let start: Instant
    public let end: Instant
    public let rooms: [Room]

    /// What stays of what is asked for when the person leaves, in the rule that is left with the smallest share, in
    /// per cent rounded down; nil if none of them asks for anybody.
    public var percent: Int? { percent(besides: []) }

    /// The same when others leave the unit as well.
    public func percent(besides others: [Spare]) -> Int? {
        let leaving = Dictionary(grouping: others.flatMap(\.rooms) + rooms, by: \.rule)
        return Dictionary(grouping: rooms, by: \.rule).compactMap { rule, rooms in
            let required = rooms.reduce(0) { $0 + $1.required * $1.minutes }
            let stays = rooms.reduce(0) { total, room in
                (leaving[rule] ?? []).reduce(total + room.planned * room.minutes) {
                    $0 - $1.shared(with: room)
                }
            }
            return required > 0 ? stays * 100 / required : nil
        }.min()
    }
}

extension Spare.Room {
    fileprivate var minutes: Int { (end - start).count }

    fileprivate func shared(with other: Self) -> Int {
        max(0, (min(end, other.end) - max(start, other.start)).count)
    }
}

extension RotaCover {
    /// When, from `start` to `end`, the unit can do without somebody who works a duty there. By start.
    ///
    /// - Parameter others: Duties of the unit without which it has to do as well.
    public func spare(
        _ duty: Duty, from start: Instant, to end: Instant, besides others: [Duty] = []
    ) -> [Spare] {
        let start = max(start, duty.start)
        let end = min(end, duty.end)
        guard start < end, let presence = Presence(duty, bookings: bookings, scenario: scenario) else {
            return []
        }
        // Both are cut at the same points, so that their intervals have the same numbers.
        let cuts = ([duty] + others).flatMap { [$0.start, $0.end] } + [start, end]
        let with = cover(of: duty.unit, cutAlso: cuts)
        let without = cover(of: duty.unit, removing: [duty] + others, cutAlso: cuts)
        var stretches: [Spare] = []
        for interval in with.intervals(from: start, to: end)
        where !without.isWorse(than: with, in: interval) {
            let from = with.points[interval]
            let to = with.points[interval + 1]
            let rooms = with.rooms(of: presence, in: interval)
            if let last = stretches.last, last.end == from {
                stretches[stretches.count - 1] = Spare(start: last.start, end: to, rooms: last.rooms + rooms)
            } else {
                stretches.append(Spare(start: from, end: to, rooms: rooms))
            }
        }
        return stretches
    }
}

extension UnitCover {
    /// Some rule misses more people than in another cover with the same intervals.
    fileprivate func isWorse(than other: UnitCover, in interval: Int) -> Bool {
        rules.indices.contains { index in
            missing(for: index, in: interval) > other.missing(for: index, in: interval)
                || (rules[index].weeklyMinimum != nil && counts[index][interval] == 0
                    && other.counts[index][interval] > 0)
        }
    }

    /// Below the target, which is never under the minimum; of a share, as many as a gap would say.
    private func missing(for index: Int, in interval: Int) -> Int {
        asked(of: index, in: interval).reduce(0) { total, requirement in
            total
                + (rules[index].countsHeads
                    ? max(0, requirement.target - counts[index][interval])
                    : shortfall(of: index, requirement, in: interval)?.missing ?? 0)
        }
    }

    private func asked(of index: Int, in interval: Int) -> [CoverRequirement] {
        requirements[index].filter { $0.start <= points[interval] && points[interval + 1] <= $0.end }
    }

    fileprivate func rooms(of presence: Presence, in interval: Int) -> [Spare.Room] {
        rules.indices.filter { rules[$0].countsHeads && presence.counts(for: rules[$0]) }.flatMap { index in
            asked(of: index, in: interval).map {
                Spare.Room(
                    rule: rules[index].id, start: points[interval], end: points[interval + 1],
                    required: $0.target, planned: counts[index][interval])
            }
        }
    }
}
