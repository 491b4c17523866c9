/// A mixture of loose lines of one person, with what it costs, covers and counts.
struct LooseMixture: Sendable {
    /// What the lines cost by themselves.
    private var cost: Double
    /// Units by row, of the first row of each group.
    private(set) var presence: [Float]
    private var hours: Double
    private var weekends: Double
    private var limits: [Double]
    /// What being beyond the limits is charged whatever the mixture, and for how far it is: multipliers that grow.
    private var standing: (hours: Double, weekends: Double, limits: [Double])

    /// What a duty, or a weekend, too many or too few is charged for itself: a tenth of a head that is usually missing.
    private static let stiffness = 600.0

    init(_ line: Line, _ problem: Problem, _ loose: LooseLines) {
        let model = problem.people[line.person]
        cost = Double(line.cost)
        presence = Array(repeating: 0, count: problem.rows.count)
        hours = Double(line.total(.paid) / model.hours.step)
        weekends = 0
        let kinds = line.slots.map { model.slots[Int($0)].kind }
        limits = model.path.limits.map { limit in
            Double(
                kinds.enumerated().reduce(0) {
                    $0 + limit.burdens[$1.offset * model.kindCount + Int($1.element)]
                })
        }
        standing = (0, 0, limits.map { _ in 0 })
        let graph = loose.graphs[model.graph]
        for arc in graph.walk(kinds, from: loose.roots[line.person]) ?? [] {
            weekends += Double(graph.extras[Int(arc.extra)].penalty / LooseLines.weekend)
        }
        problem.forEachCover(of: line) { row, units in presence[row] += Float(units) }
    }

    /// What a person is charged now for what loose lines do not limit.
    func charges(_ problem: Problem, _ loose: LooseLines, person: Int) -> LooseCharges {
        let rates = rates(problem.people[person], loose, hours: hours, weekends: weekends, limits: limits)
        func fixed(_ rate: Double) -> Int64 { Int64((rate * Double(Prices.scale)).rounded()) }
        return LooseCharges(
            hours: fixed(rates.hours), weekends: fixed(rates.weekends), limits: rates.limits.map(fixed))
    }

    /// What one more unit of each costs at some totals.
    private func rates(
        _ model: PersonModel, _ loose: LooseLines, hours: Double, weekends: Double, limits: [Double]
    ) -> (hours: Double, weekends: Double, limits: [Double]) {
        let ledger = model.hours
        let unit = Double(max(1, ledger.longest))
        let stiffness = Self.stiffness / (unit * unit)
        let leant = hours + standing.hours / stiffness
        let low = Double(ledger.lawful.low)
        let high = Double(ledger.lawful.high)
        var hourRate = stiffness * (leant - min(max(leant, low), high))
        // What the balance of the hours costs, over a step to each side.
        let inside = min(max(Int(hours.rounded()), Int(ledger.lawful.low)), Int(ledger.lawful.high))
        let (below, above) = (
            max(inside - 1, Int(ledger.lawful.low)), min(inside + 1, Int(ledger.lawful.high))
        )
        if above > below, ledger.cost[below] >= 0, ledger.cost[above] >= 0 {
            hourRate += Double(ledger.cost[above] - ledger.cost[below]) / Double(above - below)
        }
        let most = loose.mostWeekends[model.graph]
        let weekendRate =
            most.map { max(0, standing.weekends + Self.stiffness * (weekends - Double($0))) } ?? 0
        let limitRates = model.path.limits.enumerated().map { index, limit in
            let unit = Double(limit.largest)
            return max(
                0,
                standing.limits[index]
                    + Self.stiffness / (unit * unit) * (limits[index] - Double(limit.limit)))
        }
        return (hourRate, weekendRate, limitRates)
    }

    /// Takes over what is charged now as the charge that stands.
    mutating func stiffen(_ problem: Problem, _ loose: LooseLines, person: Int) {
        standing = rates(problem.people[person], loose, hours: hours, weekends: weekends, limits: limits)
    }

    /// Groups of rows of which a line has more or fewer units than the mixture, and by how many.
    func change(to line: LooseLine, _ sub: SubProblem, person: Int, _ groupOf: [Int32]) -> [(
        group: Int, units: Double
    )] {
        var units = presence.map { -$0 }
        sub.problem.forEachCover(of: line.slots, by: person) { row, count in units[row] += Float(count) }
        var change: [(group: Int, units: Double)] = []
        for (row, units) in units.enumerated() where units != 0 && groupOf[row] >= 0 {
            change.append((Int(groupOf[row]), Double(units)))
        }
        return change
    }

    /// How fast the mixture's own cost and charges rise when so large a share of it has turned to a line.
    func slope(to line: LooseLine, _ share: Double, _ problem: Problem, _ loose: LooseLines, person: Int)
        -> Double
    {
        let changes = (
            hours: Double(line.hours) - hours, weekends: Double(line.weekends) - weekends,
            limits: zip(line.limits, limits).map { Double($0) - $1 }
        )
        let rates = rates(
            problem.people[person], loose, hours: hours + share * changes.hours,
            weekends: weekends + share * changes.weekends,
            limits: zip(limits, changes.limits).map { $0 + share * $1 })
        return Double(line.cost) - cost + rates.hours * changes.hours + rates.weekends * changes.weekends
            + zip(rates.limits, changes.limits).reduce(0) { $0 + $1.0 * $1.1 }
    }

    mutating func mix(_ line: LooseLine, _ share: Double, _ problem: Problem, person: Int) {
        cost += share * (Double(line.cost) - cost)
        hours += share * (Double(line.hours) - hours)
        weekends += share * (Double(line.weekends) - weekends)
        for (index, limit) in line.limits.enumerated() {
            limits[index] += share * (Double(limit) - limits[index])
        }
        for row in presence.indices { presence[row] *= Float(1 - share) }
        problem.forEachCover(of: line.slots, by: person) { row, units in
            presence[row] += Float(share) * Float(units)
        }
    }
}
