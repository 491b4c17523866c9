import Roster

/// Builds the product of automata layer by layer, then merges it backwards.
///
/// Days of one pattern lead from a state to the same states, so each is asked of the automata once.
struct LineGraphBuilder {
    struct RawArc {
        let kind: UInt16
        let extra: UInt16
        /// Node within the next layer.
        let target: Int32
    }

    /// What an automaton can tell of a day and its duties: see ``LineAutomaton``.
    private struct DayPattern: Hashable {
        struct DutyPattern: Hashable {
            let start: Int
            let end: Int
            let working: Int
            let wallLength: Int
            let startMinute: Int
            let passes: UInt64
        }

        let isFirst: Bool
        let weekday: Weekday
        let length: Int
        let duties: [DutyPattern?]

        init(_ day: DayFacts, _ duties: [DutyFacts?], isFirst: Bool) {
            self.isFirst = isFirst
            weekday = day.day.weekday
            length = day.end - day.start
            self.duties = duties.map { duty in
                duty.map {
                    DutyPattern(
                        start: $0.start - day.start, end: $0.end - day.start, working: $0.working,
                        wallLength: $0.wallLength, startMinute: $0.startMinute, passes: $0.passes)
                }
            }
        }
    }

    /// A way to spend a day of a pattern, to a state by its number.
    private struct Move {
        let kind: UInt16
        let extra: UInt16
        let state: Int32
    }

    private let automata: [any LineAutomaton]
    /// Of each automaton; nil if a break is not allowed.
    private let penalties: [Int64?]
    /// For each layer, for each of its nodes, its arcs.
    private var layers: [[[RawArc]]] = []
    private(set) var extras: [LineExtra] = []
    private(set) var rootNodes: [Int32?] = []
    private var extraIndex: [LineExtra: UInt16] = [:]
    /// Every state of the product that was met, and its number.
    private var states: [[Int32]] = []
    private var numbers: [[Int32]: Int32] = [:]
    private var patterns: [DayPattern: Int] = [:]
    /// By pattern and state.
    private var moves: [[[Move]?]] = []

    init(rules: [CompiledRule]) {
        automata = rules.map(\.automaton)
        penalties = rules.map(\.penalty)
    }

    /// The state that says whether this weekend has a duty yet is kept beside the rules' own, for fairness.
    mutating func unroll(days: [DayFacts], duties: [[DutyFacts?]], starts: [[Int32]]) {
        var current: [Int32] = []
        rootNodes = starts.map { start in
            let state = number(of: start + [0])
            if let node = current.firstIndex(of: state) { return Int32(node) }
            current.append(state)
            return Int32(current.count - 1)
        }
        for (offset, day) in days.enumerated() {
            let pattern = pattern(DayPattern(day, duties[offset], isFirst: offset == 0))
            var place: [Int32] = []
            var next: [Int32] = []
            layers.append(
                current.map { state in
                    moves(from: state, pattern, day, duties[offset]).map { move in
                        let state = Int(move.state)
                        if state >= place.count {
                            place += repeatElement(-1, count: states.count - place.count)
                        }
                        if place[state] < 0 {
                            place[state] = Int32(next.count)
                            next.append(move.state)
                        }
                        return RawArc(kind: move.kind, extra: move.extra, target: place[state])
                    }
                })
            current = next
        }
        layers.append(Array(repeating: [], count: current.count))
    }

    private mutating func pattern(_ pattern: DayPattern) -> Int {
        if let known = patterns[pattern] { return known }
        patterns[pattern] = moves.count
        moves.append([])
        return moves.count - 1
    }

    private mutating func number(of state: [Int32]) -> Int32 {
        if let known = numbers[state] { return known }
        let number = Int32(states.count)
        numbers[state] = number
        states.append(state)
        return number
    }

    /// The ways on from a state on a day of a pattern.
    private mutating func moves(
        from state: Int32, _ pattern: Int, _ day: DayFacts, _ duties: [DutyFacts?]
    ) -> [Move] {
        let index = Int(state)
        if index < moves[pattern].count, let known = moves[pattern][index] { return known }
        var found: [Move] = []
        for (kind, duty) in duties.enumerated() where kind == 0 || duty != nil {
            guard let (next, extra) = step(states[index], on: day, duty: duty) else { continue }
            found.append(Move(kind: UInt16(kind), extra: extra, state: number(of: next)))
        }
        if index >= moves[pattern].count {
            moves[pattern] += repeatElement(nil, count: index + 1 - moves[pattern].count)
        }
        moves[pattern][index] = found
        return found
    }

    private mutating func step(
        _ state: [Int32], on day: DayFacts, duty: DutyFacts?
    ) -> ([Int32], UInt16)? {
        var next = state
        var penalty: Int64 = 0
        for (index, automaton) in automata.enumerated() {
            let step = automaton.step(state[index], on: day, duty: duty)
            if step.broken {
                guard let cost = penalties[index] else { return nil }
                penalty += cost
            }
            next[index] = step.state
        }
        let last = automata.count
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
