import CRelaxation

/// Limits on how many duties of a kind a line has, counted in the table itself: a row of hours for each node and
/// each combination of counts so far. Exact, at the cost of one table for each combination.
extension Pricer {
    /// The most combinations of counts, and the most cells, of such a table.
    private static let mostCounts = (combinations: 96, cells: 12_000_000)

    /// The cheapest line of a person when the limits that it would break are counted; nil if they are not of a kind
    /// that can be counted, or too many.
    ///
    /// - Parameter broken: the limits that the cheapest line without any breaks.
    func counted(_ search: LimitSearch, broken: [PlacedDuty]) -> Priced? {
        let model = problem.people[search.person]
        guard !model.path.hasOtherHardRules else { return nil }
        var chosen: [Int] = []
        var duties = broken
        while true {
            let fresh = model.path.limits.indices.filter {
                !chosen.contains($0) && model.path.limits[$0].isBroken(by: duties)
            }
            chosen += fresh
            guard !fresh.isEmpty, let counts = counts(of: chosen, model) else { return nil }
            let value = fill(model, counts, banning: search.bans)
            guard Self.isReachable(value), value < search.worthwhile - Self.tolerance else {
                return .nothing(value)
            }
            let arcs = path(model, counts, banning: search.bans)
            duties = model.path.duties(arcs.map(\.kind))
            guard model.path.violation(duties) == nil else { continue }
            let slots = arcs.enumerated().map { daySlot[$0 * model.kindCount + Int($1.kind)] }
            let line = problem.line(search.person, slots: slots, arcs: arcs, duties: duties)
            let soft = search.prices.countsLineCost ? model.path.penalty(duties) * Prices.scale : 0
            return Priced(bound: Int64(value), line: line, price: Int64(value) + soft)
        }
    }

    /// Combinations of counts: each limit's count is a digit of one number.
    struct Counts {
        let limits: [PathLimit]
        /// What a digit of each limit is worth; the last is how many combinations there are.
        let strides: [Int]

        var combinations: Int { strides[limits.count] }

        /// The combination after a duty; nil if it breaks a limit.
        @inline(__always)
        func after(_ combination: Int, _ cell: Int) -> Int? {
            var next = combination
            for index in limits.indices where limits[index].burdens[cell] > 0 {
                let count = combination % strides[index + 1] / strides[index]
                if count == limits[index].limit { return nil }
                next += strides[index]
            }
            return next
        }
    }

    private func counts(of chosen: [Int], _ model: PersonModel) -> Counts? {
        let limits = chosen.map { model.path.limits[$0] }
        guard limits.allSatisfy({ $0.isCount && $0.limit >= 0 }) else { return nil }
        var strides = [1]
        for limit in limits {
            let (next, overflow) = strides[strides.count - 1].multipliedReportingOverflow(by: limit.limit + 1)
            guard !overflow, next <= Self.mostCounts.combinations else { return nil }
            strides.append(next)
        }
        let counts = Counts(limits: limits, strides: strides)
        let cells = problem.graphs[model.graph].nodeCount * (model.hours.steps + 1) * counts.combinations
        return cells <= Self.mostCounts.cells ? counts : nil
    }

    /// Fills the table of counts from the last layer to the first; the price of the root.
    private func fill(_ model: PersonModel, _ counts: Counts, banning bans: [Ban]) -> Double {
        let graph = problem.graphs[model.graph]
        let kinds = model.kindCount
        let steps = model.hours.steps
        let width = steps + 1
        let combinations = counts.combinations
        let size = graph.nodeCount * width * combinations
        if countTable.count < size {
            countTable.deallocate()
            countTable = .allocate(capacity: size)
            countTable.initialize(repeating: 0)
        }
        guard let cells = countTable.baseAddress else { return Self.unreachable }
        let end = graph.firstNode[graph.dayCount]
        for combination in 0..<combinations {
            for step in 0..<width {
                cells[(end * combinations + combination) * width + step] = endPrice[step]
            }
        }
        for day in stride(from: graph.dayCount - 1, through: 0, by: -1) {
            let reach = min(steps, day * Int(model.hours.longest))
            for node in graph.firstNode[day]..<graph.firstNode[day + 1] {
                let rows = cells + node * combinations * width
                for combination in 0..<combinations {
                    let row = rows + combination * width
                    for step in 0...reach { row[step] = Self.unreachable }
                }
                for index in Int(graph.firstArc[node])..<Int(graph.firstArc[node + 1]) {
                    let arc = graph.arcs[index]
                    let cell = day * kinds + Int(arc.kind)
                    let length = Int(dayLength[cell])
                    let last = min(reach, steps - length)
                    guard dayPrice[cell] < Self.unreachable, last >= 0,
                        !bans.contains(where: { $0.day == day && $0.kind == arc.kind })
                    else { continue }
                    let price = dayPrice[cell] + extraPrice[Int(arc.extra)]
                    let targets = cells + Int(arc.target) * combinations * width + length
                    for combination in 0..<combinations {
                        guard let after = counts.after(combination, cell) else { continue }
                        relax(rows + combination * width, targets + after * width, price, last + 1)
                    }
                }
            }
        }
        return cells[Int(model.root) * combinations * width]
    }

    /// Reads the cheapest line off the table of counts.
    private func path(_ model: PersonModel, _ counts: Counts, banning bans: [Ban]) -> [LineArc] {
        let graph = problem.graphs[model.graph]
        let kinds = model.kindCount
        let width = model.hours.steps + 1
        let combinations = counts.combinations
        var arcs: [LineArc] = []
        arcs.reserveCapacity(graph.dayCount)
        var node = Int(model.root)
        var hours = 0
        var combination = 0
        for day in 0..<graph.dayCount {
            let wanted = countTable[(node * combinations + combination) * width + hours]
            for index in Int(graph.firstArc[node])..<Int(graph.firstArc[node + 1]) {
                let arc = graph.arcs[index]
                let cell = day * kinds + Int(arc.kind)
                let after = hours + Int(dayLength[cell])
                guard after < width, dayPrice[cell] < Self.unreachable,
                    !bans.contains(where: { $0.day == day && $0.kind == arc.kind }),
                    let next = counts.after(combination, cell),
                    dayPrice[cell] + extraPrice[Int(arc.extra)]
                        + countTable[(Int(arc.target) * combinations + next) * width + after] == wanted
                else { continue }
                arcs.append(arc)
                node = Int(arc.target)
                hours = after
                combination = next
                break
            }
        }
        return arcs
    }
}
