/// Lines without the limits on what is counted over the whole period, in graphs that are smaller by as much as these
/// limits hold of memory: hours and weekends are charged there instead, at whatever rate (see ``Ascent``).
struct LooseLines: Sendable {
    let graphs: [LineGraph]
    /// By person.
    let roots: [Int32]
    /// By graph: weekends that its marks may come to at most; nil if no hard rule says so.
    let mostWeekends: [Int?]

    /// Added to the penalty of each arc on which a weekend begins that a limit on weekends counts: far beyond any sum of
    /// penalties.
    static let weekend: Int64 = 1 << 44

    init(graphs: [LineGraph], roots: [Int32], rules: [[CompiledRule]]) {
        self.graphs = graphs
        self.roots = roots
        mostWeekends = rules.map { rules in
            let limits = rules.filter { $0.penalty == nil }.compactMap { $0.automaton as? WeekendTotal }
            return limits.isEmpty ? nil : limits.reduce(0) { $0 + $1.maximum }
        }
    }

    /// A rule as it stands in a loose graph.
    static func loosened(_ rule: CompiledRule) -> CompiledRule {
        guard let limit = rule.automaton as? WeekendTotal, rule.penalty == nil else { return rule }
        return CompiledRule(
            kind: rule.kind, automaton: WeekendTotal(maximum: 0, first: limit.first), penalty: weekend)
    }
}

/// What a person is charged for what a loose graph does not count, in fixed point.
struct LooseCharges: Sendable {
    /// For a step of hours; negative where hours are wanted.
    var hours: Int64 = 0
    /// For a weekend that begins.
    var weekends: Int64 = 0
    /// For a unit of each limit's burden.
    var limits: [Int64]

    /// So many sixteenths of the way to others.
    func smoothed(towards other: LooseCharges, sixteenths: Int64) -> LooseCharges {
        func mix(_ own: Int64, _ theirs: Int64) -> Int64 {
            (theirs * sixteenths + own * (16 - sixteenths)) / 16
        }
        return LooseCharges(
            hours: mix(hours, other.hours), weekends: mix(weekends, other.weekends),
            limits: zip(limits, other.limits).map(mix))
    }
}

/// The cheapest loose line at some prices and charges, and what it comes to.
struct LooseLine {
    /// A lower bound on the price of every lawful line.
    let price: Int64
    let slots: [UInt8]
    /// Its own cost on level 3, that of its hours apart.
    let cost: Int64
    /// In steps.
    let hours: Int
    /// Those that a hard limit counts.
    let weekends: Int
    /// Of each limit on a path.
    let limits: [Int]
}

extension Pricer {
    /// The cheapest line at the prices when hours, weekends and sums are charged and not limited: Lagrange's relaxation.
    ///
    /// - Complexity: arcs of the loose graph; nothing is multiplied by hours.
    func loose(_ person: Int, _ prices: Prices, _ charges: LooseCharges, in loose: LooseLines) -> LooseLine {
        fillDayPrices(person, prices)
        let model = problem.people[person]
        let graph = loose.graphs[model.graph]
        let kinds = model.kindCount
        for (limit, charge) in zip(model.path.limits, charges.limits) where charge != 0 {
            for (cell, burden) in limit.burdens.enumerated() where burden != 0 {
                dayPrice[cell] += Double(Int64(burden) * charge)
            }
        }
        for cell in 0..<(problem.dayCount * kinds) {
            dayPrice[cell] += Double(Int64(dayLength[cell]) * charges.hours)
        }
        let factor = prices.countsLineCost ? Prices.scale : 0
        let extras = graph.extras.map { extra -> (price: Double, weekends: Int) in
            let weekends = Int(extra.penalty / LooseLines.weekend)
            let penalty = extra.penalty % LooseLines.weekend
            return (
                Double(
                    penalty * factor + Int64(weekends) * charges.weekends
                        + (extra.startsWeekend ? prices.counters[person][CounterKind.weekends.rawValue] : 0)),
                weekends
            )
        }
        let found = graph.cheapest(
            from: loose.roots[person], kinds: kinds, dayPrice: dayPrice, extras: extras.map(\.price),
            onward: &onward)
        work += Double(graph.arcs.count) * 2

        var cost: Int64 = 0
        var hours = 0
        var weekends = 0
        var limits = Array(repeating: 0, count: charges.limits.count)
        var slots: [UInt8] = []
        slots.reserveCapacity(problem.dayCount)
        for (day, arc) in found.arcs.enumerated() {
            let cell = day * kinds + Int(arc.kind)
            slots.append(daySlot[cell])
            cost += model.cost[model.index(day, Int(daySlot[cell]))]
            cost += graph.extras[Int(arc.extra)].penalty % LooseLines.weekend
            hours += Int(dayLength[cell])
            weekends += extras[Int(arc.extra)].weekends
            for (index, limit) in model.path.limits.enumerated() { limits[index] += limit.burdens[cell] }
        }
        // The total of hours, if that alone decided.
        var least = Int64.max
        for (steps, cost) in model.hours.cost.enumerated() where cost >= 0 {
            least = min(least, cost * factor - Int64(steps) * charges.hours)
        }
        var price = Int64(found.price) + (least == .max ? 0 : least)
        if let most = loose.mostWeekends[model.graph] { price -= Int64(most) * charges.weekends }
        for (limit, charge) in zip(model.path.limits, charges.limits) { price -= Int64(limit.limit) * charge }
        return LooseLine(
            price: price, slots: slots, cost: cost, hours: hours, weekends: weekends, limits: limits)
    }
}

extension LineGraph {
    /// The cheapest way through the whole graph.
    ///
    /// - Parameter onward: for each node the price of the way on from it; room that is used again.
    func cheapest(
        from root: Int32, kinds: Int, dayPrice: [Double], extras: [Double], onward: inout [Double]
    ) -> (price: Double, arcs: [LineArc]) {
        if onward.count < nodeCount { onward = Array(repeating: 0, count: nodeCount) }
        var way: [LineArc] = []
        way.reserveCapacity(dayCount)
        let price = onward.withUnsafeMutableBufferPointer { onward in
            arcs.withUnsafeBufferPointer { arcs in
                firstArc.withUnsafeBufferPointer { firstArc in
                    for node in firstNode[dayCount]..<nodeCount { onward[node] = 0 }
                    for day in (0..<dayCount).reversed() {
                        for node in firstNode[day]..<firstNode[day + 1] {
                            var best = Pricer.unreachable
                            for index in Int(firstArc[node])..<Int(firstArc[node + 1]) {
                                let arc = arcs[index]
                                best = min(
                                    best,
                                    dayPrice[day * kinds + Int(arc.kind)] + extras[Int(arc.extra)]
                                        + onward[Int(arc.target)])
                            }
                            onward[node] = best
                        }
                    }
                    var node = Int(root)
                    for day in 0..<dayCount {
                        for index in Int(firstArc[node])..<Int(firstArc[node + 1]) {
                            let arc = arcs[index]
                            guard
                                dayPrice[day * kinds + Int(arc.kind)] + extras[Int(arc.extra)]
                                    + onward[Int(arc.target)] == onward[node]
                            else { continue }
                            way.append(arc)
                            node = Int(arc.target)
                            break
                        }
                    }
                    return onward[Int(root)]
                }
            }
        }
        return (price, way)
    }
}
