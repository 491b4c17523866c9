/// An exact search under limits on sums: labels instead of one price for each node and hours.
extension Pricer {
    /// A way from the start to a node.
    private struct Label {
        let node: Int32
        let hours: Int32
        /// The label that it goes on from and the arc that it takes; −1 at the start.
        let parent: Int32
        let arc: Int32
        /// The next label of the same node and hours; −1 at the end of the list.
        var next: Int32
        var isDominated = false
        /// Prices of days and arcs, without and with what limits charge.
        let own: Double
        let charged: Double
        /// What each limit has counted.
        let burden: SIMD4<Int32>

        /// Whatever goes on from the other goes on from this one, at no higher price.
        func dominates(_ other: Label) -> Bool {
            own <= other.own && all(burden .<= other.burden)
        }
    }

    /// Labels before a short and a long search give up.
    private static let mostLabels = (short: 100_000, long: 2_000_000)

    /// Lines at the end that are tried against the other rules, the cheapest first.
    private static let mostTried = 100

    /// The cheapest line under limits, four at most and those that are charged first, by extending labels day by day:
    /// of two ways to the same node and hours, one that is no dearer and has counted no more goes on for both
    /// (Desrochers and Soumis, 1988). The table that was filled last bounds what is to come. Nil if there are too many
    /// labels.
    ///
    /// Other rules on paths may forbid the line that it ends with; its price is a bound all the same.
    ///
    /// - Parameters:
    ///   - rates: at which burdens are charged in the table.
    ///   - own: the prices of days without what was charged on top.
    func labelled(than known: Priced, _ search: LimitSearch, rates: [Double], own: [Double]) -> Priced? {
        let model = problem.people[search.person]
        let graph = problem.graphs[model.graph]
        let dearest = model.path.limits.indices.sorted { (rates[$1], $0) < (rates[$0], $1) }
        let limits = dearest.prefix(SIMD4<Int32>.scalarCount).map { model.path.limits[$0] }
        let credit = zip(model.path.limits, rates).reduce(0) { $0 + Double($1.0.limit) * $1.1 }
        let mostLabels =
            search.effort == .long || known.line == nil ? Self.mostLabels.long : Self.mostLabels.short
        let cutOff = min(Double(known.price), search.worthwhile) - Self.tolerance
        let kinds = model.kindCount
        let width = model.hours.steps + 1
        let lightest = limits.map { lightestWays(model, burdens: $0.burdens) }
        let most = SIMD4<Int32>(limits) { Int32(clamping: $0.limit) }

        var labels = [
            Label(
                node: model.root, hours: 0, parent: -1, arc: -1, next: -1, own: 0, charged: 0,
                burden: SIMD4())
        ]
        var layer = 0..<1
        var heads: [Int32] = []
        for day in 0..<graph.dayCount {
            let first = graph.firstNode[day + 1]
            let nodes = (day + 2 < graph.firstNode.count ? graph.firstNode[day + 2] : graph.nodeCount) - first
            heads.removeAll(keepingCapacity: true)
            heads.append(contentsOf: repeatElement(-1, count: nodes * width))
            let start = labels.count
            for index in layer where !labels[index].isDominated {
                let label = labels[index]
                for arc in Int(graph.firstArc[Int(label.node)])..<Int(graph.firstArc[Int(label.node) + 1]) {
                    let step = graph.arcs[arc]
                    let cell = day * kinds + Int(step.kind)
                    let hours = Int(label.hours) + Int(dayLength[cell])
                    let target = Int(step.target)
                    guard dayPrice[cell] < Self.unreachable, spans[target].contains(hours),
                        !search.bans.contains(where: { $0.day == day && $0.kind == step.kind })
                    else { continue }
                    let extra = extraPrice[Int(step.extra)]
                    let charged = label.charged + dayPrice[cell] + extra
                    guard charged + price(at: target, hours) - credit < cutOff else { continue }
                    let burden = label.burden &+ SIMD4<Int32>(limits) { Int32(clamping: $0.burdens[cell]) }
                    // From a dead end nothing leads on: half of what fits, so that the sum does not wrap.
                    let ahead = SIMD4<Int32>(lightest) { min(Int32.max / 2, Int32(clamping: $0[target])) }
                    guard all(burden &+ ahead .<= most) else { continue }
                    let bucket = (target - first) * width + hours
                    let fresh = Label(
                        node: step.target, hours: Int32(hours), parent: Int32(index), arc: Int32(arc),
                        next: heads[bucket], own: label.own + own[cell] + extra, charged: charged,
                        burden: burden)
                    var other = Int(heads[bucket])
                    var isDominated = false
                    while other >= 0, !isDominated {
                        isDominated = !labels[other].isDominated && labels[other].dominates(fresh)
                        // Of two that are alike one has to stay.
                        if !isDominated, fresh.dominates(labels[other]) { labels[other].isDominated = true }
                        other = Int(labels[other].next)
                    }
                    if isDominated { continue }
                    heads[bucket] = Int32(labels.count)
                    labels.append(fresh)
                    if labels.count > mostLabels { return nil }
                }
            }
            layer = start..<labels.count
        }
        return best(of: layer.filter { !labels[$0].isDominated }, labels, known, search, own: own, cutOff)
    }

    /// The first lawful line of the labels at the end, by price, and the price of the very first as a bound.
    private func best(
        of ends: [Int], _ labels: [Label], _ known: Priced, _ search: LimitSearch, own: [Double],
        _ cutOff: Double
    ) -> Priced {
        let model = problem.people[search.person]
        let graph = problem.graphs[model.graph]
        let ranked = ends.map { (price: labels[$0].own + endPrice[Int(labels[$0].hours)], label: $0) }
            .sorted { ($0.price, $0.label) < ($1.price, $1.label) }
        var best = known
        for (price, end) in ranked.prefix(Self.mostTried) where price < Double(best.price) {
            var arcs: [LineArc] = []
            var label = labels[end]
            while label.parent >= 0 {
                arcs.append(graph.arcs[Int(label.arc)])
                label = labels[Int(label.parent)]
            }
            arcs.reverse()
            guard let found = lawful(search.person, arcs) else { continue }
            let price = self.price(of: found.line, arcs, found.duties, dayPrice: own, search.prices)
            if price < best.price { best = Priced(bound: known.bound, line: found.line, price: price) }
        }
        let least = min(ranked.first?.price ?? cutOff, cutOff)
        return best.bounded(by: max(Double(known.bound), least.rounded(.down)))
    }
}

extension SIMD4<Int32> {
    /// A number for each of at most four things, and 0 for the rest.
    @inline(__always)
    fileprivate init<Element>(_ elements: [Element], _ number: (Element) -> Int32) {
        self.init()
        for index in elements.indices { self[index] = number(elements[index]) }
    }
}
