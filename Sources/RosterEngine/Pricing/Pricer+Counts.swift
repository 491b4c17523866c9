import CRelaxation

/// Limits on how many duties of a kind a line has, counted in the table itself: a row of hours for each node and
/// each combination of counts so far. Exact, at the cost of one table for each combination.
extension Pricer {
    /// The most limits and combinations of counts, and the most cells, of such a table.
    private static let mostCounts = (limits: 12, combinations: 96, cells: 12_000_000)

    /// The cheapest line of a person when the limits that it would break are counted; nil if they are not of a kind
    /// that can be counted, or too many.
    ///
    /// - Parameter broken: the limits that the cheapest line without any breaks.
    func counted(_ search: LimitSearch, broken: [PlacedDuty]) -> Priced? {
        let model = problem.people[search.person]
        guard !model.path.hasOtherHardRules else { return nil }
        return banning(search.bans, model) {
            var chosen: [Int] = []
            var duties = broken
            while true {
                let fresh = model.path.limits.indices.filter {
                    !chosen.contains($0) && model.path.limits[$0].isBroken(by: duties)
                }
                chosen += fresh
                guard !fresh.isEmpty, let counts = counts(of: chosen, model) else { return nil }
                let value = fill(model, counts)
                guard Self.isReachable(value), value < search.worthwhile - Self.tolerance else {
                    return .nothing(value)
                }
                let arcs = path(model, counts)
                duties = model.path.duties(arcs.map(\.kind))
                guard model.path.violation(duties) == nil else { continue }
                let slots = arcs.enumerated().map { daySlot[$0 * model.kindCount + Int($1.kind)] }
                let line = problem.line(search.person, slots: slots, arcs: arcs, duties: duties)
                let soft = search.prices.countsLineCost ? model.path.penalty(duties) * Prices.scale : 0
                return Priced(bound: Int64(value), line: line, price: Int64(value) + soft)
            }
        }
    }

    /// Combinations of counts: each limit's count is a digit of one number.
    struct Counts {
        let combinations: Int
        /// For each cell, where what comes after its duty begins in ``after``.
        let first: [Int32]
        /// The combination after a duty, for each that may be before it; −1 where the duty breaks a limit.
        let after: [Int32]

        /// - Parameter strides: what a digit of each limit is worth; the last is how many combinations there are.
        init(_ limits: [PathLimit], strides: [Int], cells: Int) {
            let combinations = strides[limits.count]
            var after: [Int32] = []
            // By the limits towards which a duty counts, as bits.
            var known = Array(repeating: Int32(-1), count: 1 << limits.count)
            first = (0..<cells).map { cell in
                let counted = limits.indices.filter { limits[$0].burdens[cell] > 0 }
                let bits = counted.reduce(0) { $0 | 1 << $1 }
                if known[bits] < 0 {
                    known[bits] = Int32(after.count)
                    for combination in 0..<combinations {
                        let isFull = counted.contains {
                            combination % strides[$0 + 1] / strides[$0] == limits[$0].limit
                        }
                        after.append(
                            isFull ? -1 : Int32(combination + counted.reduce(0) { $0 + strides[$1] }))
                    }
                }
                return known[bits]
            }
            self.combinations = combinations
            self.after = after
        }
    }

    private func counts(of chosen: [Int], _ model: PersonModel) -> Counts? {
        let limits = chosen.map { model.path.limits[$0] }
        guard limits.count <= Self.mostCounts.limits, limits.allSatisfy({ $0.isCount && $0.limit >= 0 })
        else { return nil }
        var strides = [1]
        for limit in limits {
            let (next, overflow) = strides[strides.count - 1].multipliedReportingOverflow(by: limit.limit + 1)
            guard !overflow, next <= Self.mostCounts.combinations else { return nil }
            strides.append(next)
        }
        let cells = problem.graphs[model.graph].nodeCount * (model.hours.steps + 1) * strides[limits.count]
        guard cells <= Self.mostCounts.cells else { return nil }
        return Counts(limits, strides: strides, cells: problem.dayCount * model.kindCount)
    }

    /// Fills the table of counts, for what can be reached and can still become lawful; the price of the root.
    private func fill(_ model: PersonModel, _ counts: Counts) -> Double {
        let graph = problem.graphs[model.graph]
        let states = graph.nodeCount * counts.combinations
        if countSpans.count < states {
            countSpans.deallocate()
            countRows.deallocate()
            countSpans = .allocate(capacity: states)
            countRows = .allocate(capacity: states)
        }
        for state in 0..<states { countSpans[state] = .none }
        withArcs(of: model) { arcs in
            counts.first.withUnsafeBufferPointer { first in
                counts.after.withUnsafeBufferPointer { after in
                    let counted = CountedArcs(
                        graph: graph, arcs: arcs, combinations: counts.combinations, first: first,
                        after: after)
                    let cells = reach(model, counted)
                    if countTable.count < cells {
                        countTable.deallocate()
                        countTable = .allocate(capacity: cells + cells / 4)
                    }
                    relax(counted)
                }
            }
        }
        let root = Int(model.root) * counts.combinations
        return countSpans[root].contains(0) ? countTable[countRows[root]] : Self.unreachable
    }

    /// What the passes look at, without checks of indices.
    private struct CountedArcs {
        let graph: LineGraph
        let arcs: Arcs
        let combinations: Int
        let first: UnsafeBufferPointer<Int32>
        let after: UnsafeBufferPointer<Int32>
    }

    /// Forwards: with which counts, and which hours behind, each node is reached. How many cells that is.
    private func reach(_ model: PersonModel, _ counted: CountedArcs) -> Int {
        let (graph, arcs, combinations, spans) = (
            counted.graph, counted.arcs, counted.combinations, countSpans
        )
        var (cells, seen) = (0, 0)
        spans[Int(model.root) * combinations] = Span(low: 0, high: 0)
        for day in 0..<graph.dayCount {
            for node in graph.firstNode[day]..<graph.firstNode[day + 1] {
                let here = node * combinations
                let size = hours(here..<here + combinations)
                guard size > 0 else { continue }
                cells += size
                for index in arcs.range(of: node) {
                    let arc = arcs.all[index]
                    let cell = day * arcs.kinds + Int(arc.kind)
                    guard arcs.dayPrice[cell] < Self.unreachable else { continue }
                    let (next, length) = (Int(counted.first[cell]), arcs.dayLength[cell])
                    let there = Int(arc.target) * combinations
                    seen += combinations
                    for combination in 0..<combinations where !spans[here + combination].isEmpty {
                        let after = Int(counted.after[next + combination])
                        guard after >= 0 else { continue }
                        spans[there + after].take(spans[here + combination], later: length)
                    }
                }
            }
        }
        work += 4 * Double(seen)
        let end = graph.firstNode[graph.dayCount] * combinations
        for state in end..<end + combinations { spans[state] = spans[state].cut(to: model.hours.lawful) }
        return cells + hours(end..<end + combinations)
    }

    /// How many hours some states may have behind them.
    private func hours(_ states: Range<Int>) -> Int {
        states.reduce(0) { countSpans[$1].isEmpty ? $0 : $0 + countSpans[$1].count }
    }

    /// Backwards: the cheapest way on from each node with each combination and the hours that can still become lawful.
    private func relax(_ counted: CountedArcs) {
        guard let cells = countTable.baseAddress else { return }
        let (graph, arcs, combinations) = (counted.graph, counted.arcs, counted.combinations)
        let (spans, rows) = (countSpans, countRows)
        var (size, taken, relaxed) = (0, 0, 0)
        /// Gives a state a row as long as its hours.
        func layOut(_ state: Int) -> UnsafeMutablePointer<Double> {
            rows[state] = size - Int(spans[state].low)
            size += spans[state].count
            return cells + rows[state]
        }
        let end = graph.firstNode[graph.dayCount] * combinations
        for state in end..<end + combinations where !spans[state].isEmpty {
            let row = layOut(state)
            for hours in Int(spans[state].low)...Int(spans[state].high) { row[hours] = endPrice[hours] }
        }
        for day in (0..<graph.dayCount).reversed() {
            for node in graph.firstNode[day]..<graph.firstNode[day + 1] {
                let range = arcs.range(of: node)
                for combination in 0..<combinations {
                    let state = node * combinations + combination
                    guard !spans[state].isEmpty else { continue }
                    /// The state after an arc, its length and its price; nil if it may not be taken.
                    @inline(__always)
                    func step(_ index: Int) -> (target: Int, length: Int32, price: Double)? {
                        let arc = arcs.all[index]
                        let cell = day * arcs.kinds + Int(arc.kind)
                        let after = Int(counted.after[Int(counted.first[cell]) + combination])
                        guard after >= 0, arcs.dayPrice[cell] < Self.unreachable else { return nil }
                        return (
                            Int(arc.target) * combinations + after, arcs.dayLength[cell],
                            arcs.dayPrice[cell] + arcs.extraPrice[Int(arc.extra)]
                        )
                    }
                    var onward = Span.none
                    for index in range {
                        guard let (target, length, _) = step(index) else { continue }
                        onward.take(spans[target], later: -length)
                    }
                    let span = spans[state].cut(to: onward)
                    spans[state] = span
                    guard !span.isEmpty else { continue }
                    let row = layOut(state)
                    for hours in Int(span.low)...Int(span.high) { row[hours] = Self.unreachable }
                    for index in range {
                        guard let (target, length, price) = step(index) else { continue }
                        let part = span.cut(to: spans[target].later(-length))
                        guard !part.isEmpty else { continue }
                        taken += 1
                        relaxed += part.count
                        CRelaxation.relax(
                            row + Int(part.low), cells + rows[target] + Int(part.low + length), price,
                            part.count)
                    }
                }
            }
        }
        work += 20 * Double(taken) + 0.375 * Double(relaxed)
    }

    /// Reads the cheapest line off the table of counts.
    private func path(_ model: PersonModel, _ counts: Counts) -> [LineArc] {
        let graph = problem.graphs[model.graph]
        let kinds = model.kindCount
        let combinations = counts.combinations
        var arcs: [LineArc] = []
        arcs.reserveCapacity(graph.dayCount)
        var state = Int(model.root) * combinations
        var hours = 0
        for day in 0..<graph.dayCount {
            let wanted = countTable[countRows[state] + hours]
            let (node, combination) = state.quotientAndRemainder(dividingBy: combinations)
            for index in Int(graph.firstArc[node])..<Int(graph.firstArc[node + 1]) {
                let arc = graph.arcs[index]
                let cell = day * kinds + Int(arc.kind)
                let after = Int(counts.after[Int(counts.first[cell]) + combination])
                guard after >= 0, dayPrice[cell] < Self.unreachable else { continue }
                let target = Int(arc.target) * combinations + after
                let behind = hours + Int(dayLength[cell])
                guard countSpans[target].contains(behind),
                    dayPrice[cell] + extraPrice[Int(arc.extra)] + countTable[countRows[target] + behind]
                        == wanted
                else { continue }
                arcs.append(arc)
                state = target
                hours = behind
                break
            }
        }
        return arcs
    }
}
