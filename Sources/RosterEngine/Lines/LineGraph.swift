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
    /// - Complexity: states × kinds × automata once for each pattern of day (a weekday, a clock change), and arcs
    ///   before minimising, once for each group of people.
    init(rules: [CompiledRule], days: [DayFacts], duties: [[DutyFacts?]], starts: [[Int32]]) {
        dayCount = days.count
        var builder = LineGraphBuilder(rules: rules)
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

    /// A graph that is made already: its first node is the root, its last layer the ends.
    init(firstNode: [Int], firstArc: [Int32], arcs: [LineArc], extras: [LineExtra]) {
        dayCount = firstNode.count - 1
        self.firstNode = firstNode
        self.firstArc = firstArc
        self.arcs = arcs
        self.extras = extras
        roots = [0]
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
