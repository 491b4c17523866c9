import Roster

/// An arc of a ``LineGraph``: one day, worked in one way or off.
struct LineArc {
    /// Index of the kind of duty, 0 for a day off.
    let kind: UInt16
    /// Index into ``LineGraph/extras``.
    let extra: UInt16
    let target: Int32
}

/// What an arc costs or counts beyond its duty: a break of soft rules, the first duty of a weekend.
struct LineExtra: Hashable {
    let penalty: Int64
    let startsWeekend: Bool
}

/// All lawful lines of work for people under the same rules and with the same kinds of duty, as an acyclic
/// graph: a layer of nodes for each day, an arc for each way to spend it, paths are lines.
///
/// It is the product of the rules' automata, unrolled over the period, so that weekends, clock changes and
/// history need no special case, and then minimised from the last day backwards: nodes of a layer with the
/// same arcs are one. People differ in their root, which their history decides.
final class LineGraph: Sendable {
    let dayCount: Int
    /// `firstNode[d]` is the first node of day d's layer; the last layer is the end.
    let firstNode: [Int]
    /// `firstArc[n] ..< firstArc[n + 1]` are the arcs of node n.
    let firstArc: [Int32]
    let arcs: [LineArc]
    let extras: [LineExtra]
    /// The node of the first layer for each starting state that was asked for; nil if no line exists.
    let roots: [Int32?]

    var nodeCount: Int { firstArc.count - 1 }

    /// - Parameters:
    ///   - days: the days of the period, in order.
    ///   - duties: for each day, the facts of each kind of duty; kind 0, a day off, is nil.
    ///   - starts: the automata's states at the start, one list for each root.
    /// - Complexity: nodes × kinds × automata, once for each group of people.
    init(rules: [CompiledRule], days: [DayFacts], duties: [[DutyFacts?]], starts: [[Int32]]) {
        dayCount = days.count
        var builder = Builder(rules: rules)
        builder.unroll(days: days, duties: duties, starts: starts)
        let minimal = builder.minimised(dayCount: days.count)
        firstNode = minimal.firstNode
        firstArc = minimal.firstArc
        arcs = minimal.arcs
        extras = builder.extras
        roots = starts.indices.map { index in
            builder.rootNodes[index].flatMap { minimal.firstLayer[Int($0)] }
        }
    }

    /// The node that a line leads to after each day, or nil if the graph does not hold it.
    func walk(_ kinds: [UInt16], from root: Int32) -> [LineArc]? {
        var node = root
        var path: [LineArc] = []
        path.reserveCapacity(kinds.count)
        for kind in kinds {
            let range = Int(firstArc[Int(node)])..<Int(firstArc[Int(node) + 1])
            guard let arc = arcs[range].first(where: { $0.kind == kind }) else { return nil }
            path.append(arc)
            node = arc.target
        }
        return path
    }
}

/// Builds the product layer by layer, then merges it backwards.
private struct Builder {
    struct RawArc {
        let kind: UInt16
        let extra: UInt16
        /// Node within the next layer.
        let target: Int32
    }

    let rules: [CompiledRule]
    /// For each layer, for each of its nodes, its arcs.
    var layers: [[[RawArc]]] = []
    var extras: [LineExtra] = []
    var rootNodes: [Int32?] = []
    private var extraIndex: [LineExtra: UInt16] = [:]

    init(rules: [CompiledRule]) { self.rules = rules }

    /// The state that says whether this weekend has a duty yet is kept beside the rules' own, for fairness.
    mutating func unroll(days: [DayFacts], duties: [[DutyFacts?]], starts: [[Int32]]) {
        var nodes: [[Int32]: Int32] = [:]
        var states: [[Int32]] = []
        rootNodes = starts.map { start in
            let state = start + [0]
            if let node = nodes[state] { return node }
            nodes[state] = Int32(states.count)
            states.append(state)
            return Int32(states.count - 1)
        }
        for (day, kinds) in zip(days, duties) {
            var nextNodes: [[Int32]: Int32] = [:]
            var nextStates: [[Int32]] = []
            var layer: [[RawArc]] = []
            layer.reserveCapacity(states.count)
            for state in states {
                var arcs: [RawArc] = []
                for (kind, duty) in kinds.enumerated() where kind == 0 || duty != nil {
                    guard let (next, extra) = step(state, on: day, duty: duty) else { continue }
                    let target: Int32
                    if let known = nextNodes[next] {
                        target = known
                    } else {
                        target = Int32(nextStates.count)
                        nextNodes[next] = target
                        nextStates.append(next)
                    }
                    arcs.append(RawArc(kind: UInt16(kind), extra: extra, target: target))
                }
                layer.append(arcs)
            }
            layers.append(layer)
            nodes = nextNodes
            states = nextStates
        }
        layers.append(Array(repeating: [], count: states.count))
    }

    private mutating func step(
        _ state: [Int32], on day: DayFacts, duty: DutyFacts?
    ) -> ([Int32], UInt16)? {
        var next = state
        var penalty: Int64 = 0
        for (index, rule) in rules.enumerated() {
            let step = rule.automaton.step(state[index], on: day, duty: duty)
            if step.broken {
                guard let cost = rule.penalty else { return nil }
                penalty += cost
            }
            next[index] = step.state
        }
        let last = rules.count
        var weekend = day.day.weekday == .monday ? 0 : state[last]
        var startsWeekend = false
        if weekend == 0, let duty, Weekends.touchesWeekend(duty, startingOn: day.day, from: 1) {
            weekend = 1
            startsWeekend = true
        }
        next[last] = weekend
        return (next, index(of: LineExtra(penalty: penalty, startsWeekend: startsWeekend)))
    }

    private mutating func index(of extra: LineExtra) -> UInt16 {
        if let index = extraIndex[extra] { return index }
        let index = UInt16(extras.count)
        extras.append(extra)
        extraIndex[extra] = index
        return index
    }

    struct Minimal {
        var firstNode: [Int] = []
        var firstArc: [Int32] = []
        var arcs: [LineArc] = []
        var firstLayer: [Int32?] = []
    }

    /// Merges nodes with the same arcs, from the last layer to the first, and drops those that lead nowhere.
    func minimised(dayCount: Int) -> Minimal {
        struct Signature: Hashable { let arcs: [UInt64] }
        // Class of each node of the layer after, nil if it leads nowhere; all ends are one class.
        var after: [Int32?] = Array(repeating: 0, count: layers[dayCount].count)
        var classes: [[[RawArc]]] = []
        for day in stride(from: dayCount - 1, through: 0, by: -1) {
            var index: [Signature: Int32] = [:]
            var members: [[RawArc]] = []
            let mapped: [Int32?] = layers[day].map { arcs in
                let live = arcs.compactMap { arc in
                    after[Int(arc.target)].map { RawArc(kind: arc.kind, extra: arc.extra, target: $0) }
                }
                guard !live.isEmpty else { return nil }
                let signature = Signature(
                    arcs: live.map { UInt64($0.kind) << 48 | UInt64($0.extra) << 32 | UInt64($0.target) })
                if let known = index[signature] { return known }
                let fresh = Int32(members.count)
                index[signature] = fresh
                members.append(live)
                return fresh
            }
            classes.append(members)
            after = mapped
        }
        classes.reverse()
        var minimal = Minimal(firstLayer: after)
        var next = 0
        for layer in classes {
            minimal.firstNode.append(next)
            next += layer.count
            for arcs in layer {
                minimal.firstArc.append(Int32(minimal.arcs.count))
                for arc in arcs {
                    minimal.arcs.append(
                        LineArc(kind: arc.kind, extra: arc.extra, target: arc.target + Int32(next)))
                }
            }
        }
        // The one end node, without arcs.
        minimal.firstNode.append(next)
        minimal.firstArc.append(Int32(minimal.arcs.count))
        minimal.firstArc.append(Int32(minimal.arcs.count))
        return minimal
    }
}
