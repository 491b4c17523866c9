/// What is asked of a search for a line that keeps limits on sums.
struct LimitSearch {
    let person: Int
    let bans: [Pricer.Ban]
    /// A lower bound that is known.
    let bound: Double
    /// A line at this price or above is of no use.
    let worthwhile: Double
    let effort: Pricer.Effort
    let prices: Prices
}

extension Pricer {
    /// The cheapest line that keeps the limits on sums: on paid activities, hours outside plain time, duties of a
    /// shift type.
    ///
    /// A Lagrangian search first: what a limit counts is charged at a rate, raised where a limit is broken and
    /// lowered where there is room, from the rates that were right last time (subgradient steps of Polyak's length,
    /// kept between the rates that were seen to be too low and too high). Each set of rates gives a bound. Where
    /// the best line found does not meet the best bound, the table at the best rates bounds what is to come for a
    /// search by labels: see ``labelled(than:_:rates:own:)``.
    func limited(_ search: LimitSearch) -> Priced {
        let model = problem.people[search.person]
        let limits = model.path.limits
        let saved = dayPrice
        defer { dayPrice = saved }
        var rate = rates[search.person]
        var low = Array(repeating: 0.0, count: limits.count)
        var high = Array(repeating: Double.infinity, count: limits.count)
        var bestRate = rate
        var best = Priced.nothing(search.bound)
        var bound = -Double.infinity
        let steps = search.effort == .long ? 40 : 14
        for step in 0..<steps {
            charge(rate, limits, saved)
            var value = fill(model, banning: search.bans)
            guard Self.isReachable(value) else { return .nothing(value) }
            for (limit, rate) in zip(limits, rate) { value -= Double(limit.limit) * rate }
            value = value.rounded(.down)
            if value > bound {
                bound = value
                bestRate = rate
            }
            let (slots, arcs) = path(model, banning: search.bans)
            let duties = model.path.duties(arcs.map(\.kind))
            let excess = limits.map { Double($0.sum(duties) - $0.limit) / Double($0.largest) }
            if excess.allSatisfy({ $0 <= 0 }), model.path.otherViolation(duties) == nil {
                let line = problem.line(search.person, slots: slots, arcs: arcs, duties: duties)
                let price = price(of: line, arcs, duties, dayPrice: saved, search.prices)
                best.take(Priced(bound: Int64(bound), line: line, price: price))
            }
            let aim = min(Double(best.price), search.worthwhile)
            if bound >= aim - Self.tolerance { break }
            // Only what is broken, or charged with room to spare, moves.
            var length = 0.0
            for index in limits.indices where excess[index] > 0 || rate[index] > 0 {
                length += excess[index] * excess[index]
            }
            guard length > 0 else { break }
            let distance =
                aim.isFinite && aim < Self.unreachable / 2 ? aim - value : 0.02 * abs(value) + 10_000
            let stride = distance / length / (step < 6 ? 1 : 2)
            for index in limits.indices where excess[index] > 0 || rate[index] > 0 {
                let unit = Double(limits[index].largest)
                if excess[index] > 0 { low[index] = max(low[index], rate[index]) }
                if excess[index] < 0 { high[index] = min(high[index], rate[index]) }
                // Rates that moved together can have left the range: then it says nothing any more.
                if low[index] >= high[index] { (low[index], high[index]) = (0, .infinity) }
                var next = max(0, rate[index] + stride * excess[index] / unit)
                if next <= low[index], low[index] > 0 || excess[index] > 0 {
                    next =
                        high[index].isFinite
                        ? (low[index] + high[index]) / 2 : low[index] * 1.5 + stride / unit
                } else if next >= high[index] {
                    next = (low[index] + high[index]) / 2
                }
                rate[index] = next
            }
        }
        rates[search.person] = bestRate
        bound = max(bound, search.bound)
        best = best.bounded(by: bound)
        let aim = min(Double(best.price), search.worthwhile)
        guard bound < aim - Self.tolerance else { return best }
        charge(bestRate, limits, saved)
        guard Self.isReachable(fill(model, banning: search.bans)) else { return best }
        return labelled(than: best, search, rates: bestRate, own: saved) ?? best
    }

    /// Adds what limits count, at their rates, to the prices of days.
    private func charge(_ rates: [Double], _ limits: [PathLimit], _ own: [Double]) {
        for cell in own.indices { dayPrice[cell] = own[cell] }
        for (rate, limit) in zip(rates, limits) where rate > 0 {
            for (cell, burden) in limit.burdens.enumerated() where burden != 0 {
                dayPrice[cell] += Double(burden) * rate
            }
        }
        for cell in own.indices {
            dayPrice[cell] = own[cell] < Self.unreachable ? dayPrice[cell].rounded(.down) : Self.unreachable
        }
    }

    /// For each node the least burden that any way on from it brings.
    func lightestWays(_ model: PersonModel, burdens: [Int]) -> [Int] {
        let graph = problem.graphs[model.graph]
        var lightest = Array(repeating: Int.max / 2, count: graph.nodeCount)
        for node in graph.firstNode[graph.dayCount]..<graph.nodeCount { lightest[node] = 0 }
        for day in stride(from: graph.dayCount - 1, through: 0, by: -1) {
            for node in graph.firstNode[day]..<graph.firstNode[day + 1] {
                for index in Int(graph.firstArc[node])..<Int(graph.firstArc[node + 1]) {
                    let arc = graph.arcs[index]
                    let cell = day * model.kindCount + Int(arc.kind)
                    guard dayPrice[cell] < Self.unreachable else { continue }
                    lightest[node] = min(lightest[node], burdens[cell] + lightest[Int(arc.target)])
                }
            }
        }
        return lightest
    }

    /// The line of a path through the graph if no rule on paths forbids it.
    func lawful(_ person: Int, _ arcs: [LineArc]) -> (line: Line, duties: [PlacedDuty])? {
        let model = problem.people[person]
        let duties = model.path.duties(arcs.map(\.kind))
        guard model.path.violation(duties) == nil else { return nil }
        let slots = arcs.enumerated().map { daySlot[$0 * model.kindCount + Int($1.kind)] }
        return (problem.line(person, slots: slots, arcs: arcs, duties: duties), duties)
    }
}
