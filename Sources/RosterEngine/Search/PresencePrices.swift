/// What one more presence is worth in each row of a component as things stand: the prices by which single lines are
/// made better.
///
/// They are exact for the next presence; the levels are kept apart by weights that only guide a proposal. What is
/// accepted is decided level by level.
struct PresencePrices {
    private let problem: Problem
    private let component: Int
    /// By row of the problem.
    private(set) var values: [Int32]
    private(set) var prices: Prices
    /// Weeks make rows depend on one another, so that all are priced anew after a change.
    private let hasWeeks: Bool
    private var isStale = false

    init(_ problem: Problem, component: Int) {
        self.problem = problem
        self.component = component
        hasWeeks = !problem.components[component].weeks.isEmpty
        values = problem.rows.map { Int32($0.base) }
        prices = Prices(problem: problem, countsLineCost: true)
        priceRows()
    }

    /// Begins again from the values of a rota.
    mutating func reset(to values: [Int32]) {
        self.values = values
        priceRows()
    }

    /// Adds a person's days from one on, or takes them away.
    mutating func place(_ person: Int, _ slots: some Sequence<UInt8>, from day: Int = 0, sign: Int32) {
        let model = problem.people[person]
        for (offset, slot) in slots.enumerated() where slot != 0 {
            for entry in model.cover(model.index(day + offset, Int(slot))) {
                let row = Int(model.coverRow[entry])
                values[row] += sign * model.coverUnits[entry]
                if !hasWeeks { prices.rows[row] = price(of: row) }
            }
        }
        isStale = hasWeeks
    }

    /// The prices, with so much for a unit of each of the person's totals.
    mutating func prices(for person: Int, charging totals: SIMD4<Int64>) -> Prices {
        if isStale { priceRows() }
        prices.counters[person] = totals
        return prices
    }

    /// A minute of hard cover outweighs anything below it here; acceptance does not rely on that.
    private static let hardMinute: Int64 = 600_000
    private static let minimumMinute: Int64 = 6_000

    private func price(of row: Int) -> Int64 {
        let cover = problem.rows[row]
        let value = Int(values[row])
        // A share's row moves by tens of hundredths at a time.
        let step = cover.shape == .heads ? 1 : 50
        let gain = (cover.cost(value) - cover.cost(value + step)) / Int64(step)
        let missing = cover.missing(value) - cover.missing(value + step)
        return (gain + Int64(missing) * (cover.hard ? Self.hardMinute : Self.minimumMinute)) * Prices.scale
    }

    private mutating func priceRows() {
        isStale = false
        for row in problem.components[component].rows { prices.rows[row] = price(of: row) }
        for index in problem.components[component].weeks {
            let week = problem.weeks[index]
            guard week.missing(values, problem.rows) > 0 else { continue }
            for row in week.rows where values[row] <= 0 {
                let worth = week.hard ? Self.hardMinute : Self.minimumMinute
                prices.rows[row] += Int64(problem.rows[row].minutes) * worth * Prices.scale
            }
        }
    }
}
