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
        var firstNode: [Int] = []
        var firstArc: [Int32] = []
        var found: [LineArc] = []
        var extras = extras
        // For each node of the whole its number in the part, once it is reached.
        var place = Array(repeating: Int32(-1), count: nodeCount)
        var layer = [first.lowerBound == 0 ? root : line.arcs[first.lowerBound - 1].target]
        var count = Int32(1)
        var row = 0
        for (index, part) in parts.enumerated() {
            let end = index + 1 < parts.count ? parts[index + 1].lowerBound : dayCount
            var bridge = Bridge(graph: self, line: line, days: part.upperBound..<end)
            for day in part {
                let isLast = day == part.upperBound - 1
                var next: [Int32] = []
                firstNode.append(firstArc.count)
                for node in layer {
                    firstArc.append(Int32(found.count))
                    for index in arcRange(of: node) {
                        let arc = arcs[index]
                        guard isOpen[row + Int(arc.kind)] else { continue }
                        var (target, extra) = (arc.target, arc.extra)
                        if isLast {
                            guard let landing = bridge.landing(from: target) else { continue }
                            target = landing.node
                            if landing.penalty != 0 {
                                extra = extras.number(of: extras[Int(extra)].dearer(by: landing.penalty))
                            }
                        }
                        if place[Int(target)] < 0 {
                            place[Int(target)] = count
                            count += 1
                            next.append(target)
                        }
                        found.append(LineArc(kind: arc.kind, extra: extra, target: place[Int(target)]))
                    }
                }
                layer = next
                row += kinds
            }
        }
        guard !layer.isEmpty else { return nil }
        firstNode.append(firstArc.count)
        firstArc += repeatElement(Int32(found.count), count: layer.count + 1)
        return LineGraph(firstNode: firstNode, firstArc: firstArc, arcs: found, extras: extras)
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
        arcs[arcRange(of: node)].first { $0.kind == kind }
    }

    private func arcRange(of node: Int32) -> Range<Int> {
        Int(firstArc[Int(node)])..<Int(firstArc[Int(node) + 1])
    }
}

extension LineExtra {
    fileprivate func dearer(by penalty: Int64) -> LineExtra {
        LineExtra(penalty: self.penalty + penalty, startsWeekend: startsWeekend)
    }
}

extension [LineExtra] {
    /// The number of an extra, which is added where it is new.
    fileprivate mutating func number(of extra: LineExtra) -> UInt16 {
        if let known = firstIndex(of: extra) { return UInt16(known) }
        append(extra)
        return UInt16(count - 1)
    }
}
