/// What pricing works against, in fixed point: ``Prices/scale`` units to a unit of the level's objective (a
/// sixtieth of a point, or a minute).
struct Prices: Sendable {
    /// Fractions of the integer cost unit, so that duals survive being rounded.
    static let scale: Int64 = 64

    /// Worth of one unit of cover, by row of the problem.
    var rows: [Int64]
    /// True on level 3, where a line's own cost counts.
    var countsLineCost: Bool
    /// Cost of one unit of each total, by person and ``CounterKind``.
    var counters: [SIMD4<Int64>]
    /// Price of a minute missing on the levels that are held: hard cover, soft minimums.
    var held: SIMD2<Int64> = .zero
    /// Worth of a covered minute, by week of the problem.
    var weeks: [Int64]
    /// Worth of anybody being there for the week's sake, by week and member.
    var links: [[Int64]]

    /// Worth of each head missing, by limit of the sub-problem: negative where at most so many are to be.
    var limits: [Int64] = []

    init(problem: Problem, countsLineCost: Bool) {
        rows = Array(repeating: 0, count: problem.rows.count)
        counters = Array(repeating: SIMD4(), count: problem.people.count)
        weeks = Array(repeating: 0, count: problem.weeks.count)
        links = problem.weeks.map { Array(repeating: 0, count: $0.rows.count) }
        self.countsLineCost = countsLineCost
    }

    /// `share` of the way, in sixteenths, from `other` to these prices: Wentges smoothing.
    func smoothed(towards other: Prices, sixteenths: Int64) -> Prices {
        func mix(_ own: Int64, _ theirs: Int64) -> Int64 {
            (theirs * sixteenths + own * (16 - sixteenths)) / 16
        }
        var mixed = self
        for index in rows.indices { mixed.rows[index] = mix(rows[index], other.rows[index]) }
        for index in counters.indices {
            for lane in 0..<4 {
                mixed.counters[index][lane] = mix(counters[index][lane], other.counters[index][lane])
            }
        }
        // The others may be those of another node, which knows nothing of these limits.
        for index in limits.indices {
            mixed.limits[index] = mix(limits[index], index < other.limits.count ? other.limits[index] : 0)
        }
        for lane in 0..<2 { mixed.held[lane] = mix(held[lane], other.held[lane]) }
        for index in weeks.indices {
            mixed.weeks[index] = mix(weeks[index], other.weeks[index])
            for member in links[index].indices {
                mixed.links[index][member] = mix(links[index][member], other.links[index][member])
            }
        }
        return mixed
    }
}
