/// What is chosen: for each offer that is used, its duties.
struct PoolChoice: Hashable, Sendable {
    struct Part: Hashable, Sendable {
        let offer: Int
        /// Indices of the offer's duties, by start.
        let arcs: [Int]
    }

    /// By offer.
    var parts: [Part] = []
}

/// What a choice comes to, counted without the linear programme.
struct PoolValue: Hashable, Sendable {
    /// Person-minutes missing in hard gaps.
    var hard = 0
    /// Minutes × risk × per cent, by organisation.
    var cost: [Int]
    /// Minutes of travel and of calls.
    var burden = 0
    /// By row: heads that come to a gap's slice, or leave a line's.
    var heads: [Int]

    var shortage: Int { cost.reduce(0, +) }
    /// Of the worst-off organisation, in whole weighted hours, rounded up.
    var worst: Int { ((cost.max() ?? 0) + PoolValue.hour - 1) / PoolValue.hour }

    /// A weighted hour in minutes × per cent.
    static let hour = 6_000
    /// What the first, second … call on somebody costs, in minutes, if they were not called before.
    static func call(_ number: Int) -> Int { 60 * number }
}

extension PoolLayout {
    /// - Complexity: O(heads + duties chosen × slices).
    func value(of choice: PoolChoice, in instance: PoolInstance) -> PoolValue {
        var heads = Array(repeating: 0, count: rowCount)
        var burden = 0
        for part in choice.parts {
            for row in rows(of: part) { heads[Int(row)] += 1 }
            for (number, arc) in part.arcs.enumerated() {
                burden += instance.burden(of: part.offer, arc, number)
            }
        }
        var value = PoolValue(cost: fixedCost, heads: heads)
        value.hard = fixedHard
        value.burden = burden
        for slice in gapSlices.joined() {
            var there = heads[slice.row]
            for group in self.heads[slice.heads] {
                let missing = max(0, group.count - there)
                there = max(0, there - group.count)
                value.hard += missing * group.hard
                value.cost[group.organisation] += missing * group.cost
            }
        }
        for slice in lineSlices.joined() {
            for group in self.heads[slice.heads].prefix(heads[slice.row]) {
                value.cost[group.organisation] += group.cost
            }
        }
        return value
    }
}

extension PoolInstance {
    /// What the duty costs on the last level: travel there and back, and calls on the same person.
    func burden(of offer: Int, _ arc: Int, _ number: Int) -> Int {
        2 * arcs[offer][arc].travel + call(offer, number)
    }

    func call(_ offer: Int, _ number: Int) -> Int {
        offers[offer].source == nil ? 0 : PoolValue.call(offers[offer].calls + number)
    }

    func sets(_ offer: Int) -> DutySets {
        DutySets(
            arcs: arcs[offer], rest: offers[offer].offer.restMinutes, remaining: offers[offer].remaining)
    }
}
