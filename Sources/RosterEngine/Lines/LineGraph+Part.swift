extension LineGraph {
    /// The ways of one person through some parts of the period, when all days between and after them stand.
    ///
    /// What stands leads on from the end of each part to the beginning of the next and from the last to the end of the
    /// period, or does not: then the part does not end so. A weekend that begins on a day that stands goes on to, or
    /// the part does not end so either. What breaks of soft rules on days that stand cost more or less lies on the
    /// arc before.
    ///
    /// - Parameters:
    ///   - line: what stands now: the kind of each day and the arcs that it takes.
    ///   - isOpen: for each day of the parts and each kind whether it may be chosen, day × kinds + kind.
    /// - Complexity: arcs that are reached; after the parts, a step for each day and node until the way meets the
    ///   line's own.
    func part(
        _ parts: [Range<Int>], of line: (kinds: [UInt16], arcs: [LineArc]), root: Int32, isOpen: [Bool],
        kinds: Int
    ) -> LineGraph? {
        guard let first = parts.first else { return nil }
        var layers: [[[LineGraphBuilder.RawArc]]] = []
        var extras: [LineExtra] = []
        var extraIndex: [LineExtra: UInt16] = [:]
        var nodes = [first.lowerBound == 0 ? root : line.arcs[first.lowerBound - 1].target]
        for (index, part) in parts.enumerated() {
            let end = index + 1 < parts.count ? parts[index + 1].lowerBound : dayCount
            var bridge = Bridge(graph: self, line: line, days: part.upperBound..<end)
            for day in part {
                let isLast = day == part.upperBound - 1
                var place: [Int32: Int32] = [:]
                var next: [Int32] = []
                let row = layers.count * kinds
                layers.append(
                    nodes.map { node in
                        arcs[Int(firstArc[Int(node)])..<Int(firstArc[Int(node) + 1])].compactMap { arc in
                            guard isOpen[row + Int(arc.kind)] else { return nil }
                            var target = arc.target
                            var extra = self.extras[Int(arc.extra)]
                            if isLast {
                                guard let landing = bridge.landing(from: target) else { return nil }
                                target = landing.node
                                extra = LineExtra(
                                    penalty: extra.penalty + landing.penalty,
                                    startsWeekend: extra.startsWeekend)
                            }
                            let number = place[target] ?? Int32(next.count)
                            if Int(number) == next.count {
                                place[target] = number
                                next.append(target)
                            }
                            let index = extraIndex[extra] ?? UInt16(extras.count)
                            if Int(index) == extras.count {
                                extraIndex[extra] = index
                                extras.append(extra)
                            }
                            return LineGraphBuilder.RawArc(kind: arc.kind, extra: index, target: number)
                        }
                    })
                nodes = next
            }
        }
        layers.append(Array(repeating: [], count: nodes.count))
        let graph = LineGraph(layers: layers, extras: extras)
        return graph.roots.first.flatMap(\.self) == nil ? nil : graph
    }

    /// Days that stand: where they lead from each node before them.
    private struct Bridge {
        struct Landing {
            let node: Int32
            /// What breaks of soft rules on the way cost more than on the line's own.
            var penalty: Int64
        }

        let graph: LineGraph
        let line: (kinds: [UInt16], arcs: [LineArc])
        let days: Range<Int>
        private var known: [Int32: Landing?] = [:]

        init(graph: LineGraph, line: (kinds: [UInt16], arcs: [LineArc]), days: Range<Int>) {
            self.graph = graph
            self.line = line
            self.days = days
        }

        mutating func landing(from start: Int32) -> Landing? {
            var node = start
            var trail: [(node: Int32, penalty: Int64)] = []
            var found: Landing??
            for day in days {
                if let met = known[node] {
                    found = .some(met)
                    break
                }
                if node == line.arcs[day - 1].target {
                    found = Landing(node: line.arcs[days.upperBound - 1].target, penalty: 0)
                    break
                }
                let own = graph.extras[Int(line.arcs[day].extra)]
                guard let arc = graph.arc(from: node, line.kinds[day]),
                    graph.extras[Int(arc.extra)].startsWeekend == own.startsWeekend
                else {
                    trail.append((node, 0))
                    found = .some(nil)
                    break
                }
                trail.append((node, graph.extras[Int(arc.extra)].penalty - own.penalty))
                node = arc.target
            }
            var landing = found ?? Landing(node: node, penalty: 0)
            for step in trail.reversed() {
                landing?.penalty += step.penalty
                known[step.node] = .some(landing)
            }
            return landing
        }
    }

    private func arc(from node: Int32, _ kind: UInt16) -> LineArc? {
        arcs[Int(firstArc[Int(node)])..<Int(firstArc[Int(node) + 1])].first { $0.kind == kind }
    }
}
