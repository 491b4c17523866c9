/// The grid on which the level 3 cost of a component's rotas lies: every cost in it is a multiple of the step, so a
/// bound that is none can be rounded up.
struct CostGrid {
    /// In sixtieths of a point; at least 1.
    private(set) var step: Int64 = 0

    init(_ component: Component, _ people: [PersonModel], _ rows: [CoverRow], _ graphs: [LineGraph]) {
        for row in component.rows.lazy.map({ rows[$0] }) {
            take(row.shape == .share ? 1 : row.surplusSlope)
            row.shortageSlopes.forEach { take($0) }
        }
        for person in component.people.lazy.map({ people[$0] }) {
            person.cost.forEach { take($0) }
            person.hours.cost.forEach { take($0 < 0 ? 0 : $0) }
            for counter in person.counters {
                take(counter.underSlope)
                counter.kinks.forEach { take($0.slope) }
            }
            graphs[person.graph].extras.forEach { take($0.penalty) }
            person.path.rules.forEach { take($0.penalty ?? 0) }
        }
        step = max(1, step)
    }

    private mutating func take(_ cost: Int64) {
        var (left, right) = (step, abs(cost))
        while right != 0 { (left, right) = (right, left % right) }
        step = left
    }

    /// The least multiple of the step that is no less than a bound.
    static func up(_ bound: Int64, to step: Int64) -> Int64 {
        let rest = bound % step
        return rest == 0 ? bound : bound - rest + (bound > 0 ? step : 0)
    }
}
