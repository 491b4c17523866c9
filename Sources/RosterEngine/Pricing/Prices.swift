/// What pricing works against, in fixed point: ``Prices/scale`` units to a sixtieth of a point.
struct Prices {
    /// Fractions of the integer cost unit, so that duals survive being rounded.
    static let scale: Int64 = 64

    /// Worth of one unit of cover, by row.
    var rows: [Int64]
    /// True on level 3, where a line's own cost counts.
    var countsLineCost: Bool
    /// Cost of one unit of each total, by person and ``CounterKind``.
    var counters: [SIMD4<Int64>]

    init(problem: Problem, countsLineCost: Bool) {
        rows = Array(repeating: 0, count: problem.rows.count)
        counters = Array(repeating: SIMD4(), count: problem.people.count)
        self.countsLineCost = countsLineCost
    }
}
