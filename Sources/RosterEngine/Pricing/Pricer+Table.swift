import CRelaxation

/// The table: filled backwards, for the nodes that can be reached and the hours that can still become lawful.
extension Pricer {
    /// A part of the period: from one node and so many hours behind, up to the end of its last day.
    struct Stretch {
        let days: Range<Int>
        let node: Int
        let hours: Int32
        /// Hours that each node of the layer after the last day may have behind it, the layer's first node first;
        /// empty for the end of the period, where the total has to be lawful.
        var ends: [Span] = []
        /// Weekends of duty at most, where that is not left to the graph.
        var mostWeekends = Int32.max
    }

    /// The price of the cheapest way on from a node with so many hours behind, which are among its ``spans``.
    @inline(__always)
    func price(at node: Int, _ hours: Int) -> Double { table[rows[node] + hours] }

    func fill(_ model: PersonModel, banning bans: [Ban]) -> Double { banning(bans, model) { fill(model) } }

    /// What is found while some duties may not be worked.
    func banning<Found>(_ bans: [Ban], _ model: PersonModel, _ find: () -> Found) -> Found {
        let kinds = model.kindCount
        let saved = bans.map { dayPrice[$0.day * kinds + Int($0.kind)] }
        for ban in bans { dayPrice[ban.day * kinds + Int(ban.kind)] = Self.unreachable }
        // Backwards, so that a ban that stands twice is restored to what it was at first.
        defer {
            for (ban, price) in zip(bans, saved).reversed() {
                dayPrice[ban.day * kinds + Int(ban.kind)] = price
            }
        }
        return find()
    }

    /// Fills the table for the whole period; the price of the root.
    func fill(_ model: PersonModel) -> Double {
        fill(model, Stretch(days: 0..<problem.dayCount, node: Int(model.root), hours: 0))
    }

    /// Fills the table for a stretch; the price of where it begins.
    ///
    /// Few nodes are reached where days are closed: a part of the rota is priced in a fraction of the time of the
    /// whole.
    func fill(_ model: PersonModel, _ stretch: Stretch) -> Double {
        self.stretch = stretch
        return withArcs(of: model) { arcs in
            reach(arcs)
            confine(arcs, model)
            guard !spans[stretch.node].isEmpty else { return Self.unreachable }
            layOut()
            relaxLayers(arcs)
            return price(at: stretch.node, Int(stretch.hours))
        }
    }

    /// What the passes over the graph look at, without checks of indices.
    struct Arcs {
        let kinds: Int
        let first: UnsafeBufferPointer<Int32>
        let all: UnsafeBufferPointer<LineArc>
        let dayPrice: UnsafeBufferPointer<Double>
        let dayLength: UnsafeBufferPointer<Int32>
        let extraPrice: UnsafeBufferPointer<Double>
        let startsWeekend: UnsafeBufferPointer<Bool>
        let spans: UnsafeMutableBufferPointer<Span>
        let rows: UnsafeMutableBufferPointer<Int>
        let weekends: UnsafeMutableBufferPointer<Int32>
        let mostWeekends: Int32

        /// The arc may be taken from a node, on the day of the cell.
        @inline(__always)
        func isOpen(_ arc: LineArc, _ cell: Int, from node: Int) -> Bool {
            dayPrice[cell] < Pricer.unreachable
                && !(startsWeekend[Int(arc.extra)] && weekends[node] >= mostWeekends)
        }

        @inline(__always)
        func range(of node: Int) -> Range<Int> { Int(first[node])..<Int(first[node + 1]) }
    }

    func withArcs<Result>(of model: PersonModel, _ body: (Arcs) -> Result) -> Result {
        let graph = problem.graphs[model.graph]
        return graph.firstArc.withUnsafeBufferPointer { first in
            graph.arcs.withUnsafeBufferPointer { all in
                dayPrice.withUnsafeBufferPointer { dayPrice in
                    dayLength.withUnsafeBufferPointer { dayLength in
                        extraPrice.withUnsafeBufferPointer { extraPrice in
                            startsWeekend.withUnsafeBufferPointer { startsWeekend in
                                body(
                                    Arcs(
                                        kinds: model.kindCount, first: first, all: all, dayPrice: dayPrice,
                                        dayLength: dayLength, extraPrice: extraPrice,
                                        startsWeekend: startsWeekend, spans: spans, rows: rows,
                                        weekends: weekends, mostWeekends: stretch.mostWeekends))
                            }
                        }
                    }
                }
            }
        }
    }

    /// Forwards: which nodes are reached, and with which hours behind.
    private func reach(_ arcs: Arcs) {
        let (spans, weekends) = (arcs.spans, arcs.weekends)
        for node in reached { spans[Int(node)] = .none }
        var reached = self.reached
        self.reached = []
        reached.removeAll(keepingCapacity: true)
        layers.removeAll(keepingCapacity: true)
        reached.append(Int32(stretch.node))
        spans[stretch.node] = Span(low: stretch.hours, high: stretch.hours)
        weekends[stretch.node] = 0
        var seen = 0
        defer { work += 8 * Double(seen) }
        var layer = 0..<1
        for day in stretch.days {
            layers.append(layer.lowerBound)
            for index in layer {
                let node = Int(reached[index])
                let span = spans[node]
                seen += arcs.range(of: node).count
                for arc in arcs.range(of: node) {
                    let arc = arcs.all[arc]
                    let cell = day * arcs.kinds + Int(arc.kind)
                    guard arcs.isOpen(arc, cell, from: node) else { continue }
                    let target = Int(arc.target)
                    let behind = weekends[node] + (arcs.startsWeekend[Int(arc.extra)] ? 1 : 0)
                    if spans[target].isEmpty {
                        reached.append(arc.target)
                        weekends[target] = behind
                    } else {
                        weekends[target] = min(weekends[target], behind)
                    }
                    spans[target].take(span, later: arcs.dayLength[cell])
                }
            }
            layer = layer.upperBound..<reached.count
        }
        layers.append(layer.lowerBound)
        self.reached = reached
    }

    private func nodes(ofLayer index: Int) -> Range<Int> {
        layers[index]..<(index + 1 < layers.count ? layers[index + 1] : reached.count)
    }

    /// Backwards: the hours that can still lead to a lawful end.
    private func confine(_ arcs: Arcs, _ model: PersonModel) {
        let (spans, reached) = (arcs.spans, reached)
        let firstEnd = problem.graphs[model.graph].firstNode[stretch.days.upperBound]
        for index in nodes(ofLayer: layers.count - 1) {
            let node = Int(reached[index])
            spans[node] = spans[node].cut(
                to: stretch.ends.isEmpty ? model.hours.lawful : stretch.ends[node - firstEnd])
        }
        for (layer, day) in stretch.days.enumerated().reversed() {
            for index in nodes(ofLayer: layer) {
                let node = Int(reached[index])
                var onward = Span.none
                for arc in arcs.range(of: node) {
                    let arc = arcs.all[arc]
                    let cell = day * arcs.kinds + Int(arc.kind)
                    guard arcs.isOpen(arc, cell, from: node) else { continue }
                    onward.take(spans[Int(arc.target)], later: -arcs.dayLength[cell])
                }
                spans[node] = spans[node].cut(to: onward)
            }
        }
    }

    /// Gives each node a row as long as its hours.
    private func layOut() {
        var size = 0
        let (spans, rows) = (spans, rows)
        for node in reached.lazy.map(Int.init) where !spans[node].isEmpty {
            rows[node] = size - Int(spans[node].low)
            size += spans[node].count
        }
        guard table.count < size else { return }
        table.deallocate()
        table = .allocate(capacity: size + size / 4)
    }

    private func relaxLayers(_ arcs: Arcs) {
        guard let cells = table.baseAddress else { return }
        let (spans, rows, reached) = (arcs.spans, arcs.rows, reached)
        var (taken, relaxed) = (0, 0)
        defer { work += 12 * Double(taken) + 0.375 * Double(relaxed) }
        for index in nodes(ofLayer: layers.count - 1) {
            let node = Int(reached[index])
            guard !spans[node].isEmpty else { continue }
            for hours in Int(spans[node].low)...Int(spans[node].high) {
                cells[rows[node] + hours] = stretch.ends.isEmpty ? endPrice[hours] : 0
            }
        }
        for (layer, day) in stretch.days.enumerated().reversed() {
            for index in nodes(ofLayer: layer) {
                let node = Int(reached[index])
                let span = spans[node]
                guard !span.isEmpty else { continue }
                let row = cells + rows[node]
                for hours in Int(span.low)...Int(span.high) { row[hours] = Self.unreachable }
                for arc in arcs.range(of: node) {
                    let arc = arcs.all[arc]
                    let cell = day * arcs.kinds + Int(arc.kind)
                    guard arcs.isOpen(arc, cell, from: node) else { continue }
                    let target = Int(arc.target)
                    let length = arcs.dayLength[cell]
                    let part = span.cut(to: spans[target].later(-length))
                    guard !part.isEmpty else { continue }
                    taken += 1
                    relaxed += part.count
                    relax(
                        row + Int(part.low), cells + rows[target] + Int(part.low + length),
                        arcs.dayPrice[cell] + arcs.extraPrice[Int(arc.extra)], part.count)
                }
            }
        }
    }

    /// Reads the cheapest way through the stretch off the table that was filled last: on each layer the arc that
    /// keeps its price.
    func path(_ model: PersonModel, banning bans: [Ban]) -> (slots: [UInt8], arcs: [LineArc]) {
        let graph = problem.graphs[model.graph]
        let kinds = model.kindCount
        var slots: [UInt8] = []
        var arcs: [LineArc] = []
        slots.reserveCapacity(stretch.days.count)
        arcs.reserveCapacity(stretch.days.count)
        var node = stretch.node
        var hours = Int(stretch.hours)
        for day in stretch.days {
            let wanted = price(at: node, hours)
            for index in Int(graph.firstArc[node])..<Int(graph.firstArc[node + 1]) {
                let arc = graph.arcs[index]
                let cell = day * kinds + Int(arc.kind)
                let after = hours + Int(dayLength[cell])
                guard dayPrice[cell] < Self.unreachable,
                    !(startsWeekend[Int(arc.extra)] && weekends[node] >= stretch.mostWeekends),
                    spans[Int(arc.target)].contains(after),
                    !bans.contains(where: { $0.day == day && $0.kind == arc.kind }),
                    dayPrice[cell] + extraPrice[Int(arc.extra)] + price(at: Int(arc.target), after) == wanted
                else { continue }
                arcs.append(arc)
                slots.append(daySlot[cell])
                node = Int(arc.target)
                hours = after
                break
            }
        }
        return (slots, arcs)
    }

    /// For each node of some layers the hours that it may have behind it if the total is to be lawful: intervals, so
    /// that some inside may not do. The layers are those before the days given, in ascending order.
    func outlook(_ person: Int, before days: [Int], _ prices: Prices) -> [[Span]] {
        fillDayPrices(person, prices)
        let model = problem.people[person]
        let graph = problem.graphs[model.graph]
        var found: [[Span]] = []
        withArcs(of: model) { arcs in
            var onward = Array(repeating: Span.none, count: graph.nodeCount)
            let end = graph.firstNode[graph.dayCount]
            for node in end..<graph.nodeCount { onward[node] = model.hours.lawful }
            for day in (0..<graph.dayCount).reversed() {
                for node in graph.firstNode[day]..<graph.firstNode[day + 1] {
                    for arc in arcs.range(of: node) {
                        let arc = arcs.all[arc]
                        let cell = day * arcs.kinds + Int(arc.kind)
                        guard arcs.dayPrice[cell] < Self.unreachable else { continue }
                        onward[node].take(onward[Int(arc.target)], later: -arcs.dayLength[cell])
                    }
                }
            }
            found = days.map { day in
                let last = day < graph.dayCount ? graph.firstNode[day + 1] : graph.nodeCount
                return Array(onward[graph.firstNode[day]..<last])
            }
        }
        return found
    }
}

/// Steps of hours, first and last included.
struct Span {
    private(set) var low: Int32
    private(set) var high: Int32

    /// Sums of an empty span and of lengths do not overflow.
    static let none = Span(low: Int32.max / 2, high: Int32.min / 2)

    @inline(__always) var isEmpty: Bool { low > high }
    @inline(__always) var count: Int { Int(high - low) + 1 }
    @inline(__always) func contains(_ step: Int) -> Bool { Int(low) <= step && step <= Int(high) }
    @inline(__always) func later(_ length: Int32) -> Span { Span(low: low + length, high: high + length) }
    @inline(__always) func cut(to other: Span) -> Span {
        Span(low: max(low, other.low), high: min(high, other.high))
    }
    @inline(__always) mutating func take(_ other: Span, later length: Int32) {
        low = min(low, other.low + length)
        high = max(high, other.high + length)
    }
}
