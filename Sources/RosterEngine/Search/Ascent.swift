/// Raises the Lagrangian bound on level 3 without a linear programme: prices of the rows follow what the cheapest
/// lines leave short or cover too often, averaged over the steps (deflected subgradients of Polyak's length; Held and
/// Karp, 1971, Camerini, Fratta and Maffioli, 1975).
///
/// It says something from its first step on, however large the problem, and can be left and gone on with at any time.
struct Ascent: Sendable {
    /// The prices of the best bound.
    private(set) var prices: Prices
    /// In fixed point; nil before the first step.
    private(set) var bound: Int64?
    /// The prices to look at next.
    private var current: Prices
    private var direction: [Double]
    private var stepLength = 1.0
    private var failures = 0

    /// Begins with nothing for any presence: the bound is then what lines cost by themselves, and never below.
    init(_ sub: SubProblem) {
        prices = Prices(problem: sub.problem, countsLineCost: true)
        current = prices
        direction = Array(repeating: 0, count: sub.problem.rows.count)
    }

    /// Nothing is gained any more that would be worth the time.
    var isSpent: Bool { stepLength < 0.01 }

    func provenBound(_ sub: SubProblem) -> Int64? { bound.map(sub.rounded) }

    /// Some steps: so many as take about as long as a neighbourhood.
    mutating func climb(_ sub: SubProblem, towards cost: Int64, _ pricer: Pricer, _ stop: Stop) {
        let cells = sub.people.reduce(0) { sum, person in
            let model = sub.problem.people[person]
            return sum + sub.problem.graphs[model.graph].nodeCount * model.hours.steps
        }
        for _ in 0..<min(20, max(1, 400_000_000 / max(1, cells))) {
            guard !isSpent, step(sub, towards: cost, pricer, stop) else { return }
        }
    }

    /// False if it was stopped on the way.
    private mutating func step(
        _ sub: SubProblem, towards cost: Int64, _ pricer: Pricer, _ stop: Stop
    ) -> Bool {
        var present = [Int32](repeating: 0, count: sub.problem.rows.count)
        var linePrices: [Int64] = []
        for person in sub.people {
            if stop.isDue { return false }
            let (price, slots) = pricer.relaxed(person, current)
            linePrices.append(price)
            sub.problem.forEachCover(of: slots, by: person) { row, units in present[row] += Int32(units) }
        }
        take(sub.bound(current, linePrices: linePrices))
        // Rows that are short of what their price would have them hold become dearer.
        var size = 0.0
        for group in sub.groups {
            let row = group.lead
            let short = Double(sub.response(of: group, at: current.rows[row]).units - Int(present[row]))
            direction[row] = 0.3 * short + 0.7 * direction[row]
            size += direction[row] * direction[row]
        }
        let left = Double(cost) * Double(Prices.scale) - Double(bound ?? 0)
        let length = stepLength * max(Double(Prices.scale), left) / max(1, size)
        for group in sub.groups {
            let row = group.lead
            current.rows[row] = sub.within(current.rows[row] + Int64(direction[row] * length), group)
        }
        return true
    }

    private mutating func take(_ value: Int64) {
        if bound.map({ value > $0 }) ?? true {
            bound = value
            prices = current
            failures = 0
            return
        }
        failures += 1
        // From the best again, in shorter steps.
        guard failures >= 12 else { return }
        failures = 0
        stepLength *= 0.7
        current = prices
        direction = direction.map { $0 * 0.3 }
    }
}
