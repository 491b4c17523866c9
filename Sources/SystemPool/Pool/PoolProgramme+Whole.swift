import LinearProgram

/// Whole numbers: a dive for a good choice, and branches for the proof.
extension PoolProgramme {
    /// Minimises the aim over whole numbers.
    ///
    /// - Parameters:
    ///   - incumbent: The best choice known, which keeps all rows; the better one that is found takes its place.
    ///   - effort: How far to go for a proof.
    ///   - limit: Only a choice with less is sought; nil for less than the incumbent's.
    func minimise(_ incumbent: inout PoolChoice, effort: Effort? = nil, below limit: Int? = nil)
        throws(LinearProgramError) -> Reached
    {
        let effort = effort ?? Effort(columns: 200_000, nodes: nodeLimit, work: 500_000_000)
        var best = limit ?? objective(of: layout.value(of: incumbent, in: instance))
        guard best > least, instance.arcs.contains(where: { !$0.isEmpty }) else {
            return Reached(objective: best, bound: best)
        }
        for part in incumbent.parts { try add(part) }
        guard var relaxed = try relax() else {
            return Reached(objective: best, bound: isInfeasible && hasAllColumns ? best : min(best, least))
        }
        if isCutting {
            guard let tightened = try tighten(relaxed, below: best) else {
                return Reached(objective: best, bound: hasAllColumns ? best : rounded(relaxed))
            }
            relaxed = tightened
        }
        let bound = rounded(relaxed)
        guard bound < best else { return Reached(objective: best, bound: best) }
        let basis = program.basis
        let end = workDone + effort.work
        try dive(&incumbent, &best, until: end)
        guard bound < best else { return Reached(objective: best, bound: best) }
        // The dive has moved the basis, and with it the duals.
        program.basis = basis
        let nodes = min(effort.nodes, nodeLimit)
        guard nodes > 0, let again = try relax() else { return Reached(objective: best, bound: bound) }
        // Nothing below the best needs a column that is dearer than what lies between.
        if !hasAllColumns {
            guard try addColumns(within: max(0, reach(below: best) - again), limit: effort.columns) else {
                return Reached(objective: best, bound: bound)
            }
        }
        return try branch(&incumbent, best, bound, nodeLimit: nodes, until: end)
    }

    /// Asks GLPK's own branch and cut, with its cover and clique cuts, whether any choice keeps what is held; with one that
    /// does, if it found one.
    ///
    /// - Precondition: There is a column for every set.
    func anyChoice(nodes: Int) throws(LinearProgramError) -> (choice: PoolChoice?, isRefuted: Bool) {
        dropCuts()
        let heads = layout.heads[..<liftColumn].map(\.column)
        switch try program.solveInteger(
            integerColumns: heads + columns.indices.map(column), nodeLimit: nodes)
        {
        case .infeasible: return (nil, true)
        case .optimal(let found), .feasible(let found, _, _):
            return (choice(Array(found.values[firstColumn...])), false)
        case .notSolved, .unbounded: return (nil, false)
        }
    }

    /// The most simplex iterations of one solve in a dive or a branch: a degenerate basis can keep it for ever.
    private static let mostIterations = 10_000

    /// So many simplex iterations × (rows + columns), added up as they are done.
    private func solve(_ method: LinearProgram.Method) -> LinearProgram.Status {
        let before = program.iterations
        let status = program.solve(method, iterationLimit: Self.mostIterations)
        workDone += (program.iterations - before + 1) * (program.rowCount + program.columnCount)
        return status
    }

    /// The most that the relaxation may come to for a choice that is better.
    private func reach(below best: Int) -> Double {
        Double((best - 1 - fixed) / grid * grid) / scale
    }

    private func values() -> [Double] {
        var values: [Double] = []
        program.copyPrimal(into: &values)
        return Array(values[firstColumn...])
    }

    private func choice(_ values: [Double]) -> PoolChoice {
        PoolChoice(
            parts: values.indices.filter { values[$0] > 0.5 }.map { columns[$0] }.sorted {
                $0.offer < $1.offer
            })
    }

    private func isWhole(_ value: Double) -> Bool { abs(value - value.rounded()) < 1e-6 }

    private func giver(of index: Int) -> Int { instance.offers[columns[index].offer].giver }

    /// Takes the choice over if it is better, counted without the programme.
    private func take(_ choice: PoolChoice, _ incumbent: inout PoolChoice, _ best: inout Int) {
        let objective = objective(of: layout.value(of: choice, in: instance))
        if objective < best { (incumbent, best) = (choice, objective) }
    }

    // MARK: Dive

    /// A fraction of what is divided is fixed at once; less of it where rows that hold a level bind.
    private var firstShare: Int { steps == nil ? 4 : 12 }

    /// What a solve says about the target: the least objective that is still possible, or `Int.max`.
    private func reached() -> Int {
        solve(.dual) == .optimal ? rounded(program.objective) : .max
    }

    /// Fixes the largest fractions at one, a share at a time.
    ///
    /// What takes the bound above the target is taken back and tried by halves; a single column that does is left out
    /// instead. Only if that is no better does the target give way.
    private func dive(_ incumbent: inout PoolChoice, _ best: inout Int, until end: Int)
        throws(LinearProgramError)
    {
        var fixed: [Int] = []
        defer {
            for index in fixed { try? release(index) }
        }
        var target = rounded(program.objective)
        var share = firstShare
        while target < best, workDone < end {
            let values = values()
            let batch = widest(values, share: share)
            guard !batch.isEmpty else { return take(choice(values), &incumbent, &best) }
            let basis = program.basis
            var count = batch.count
            while true {
                let part = batch.prefix(count)
                for index in part { try program.setColumnBounds(column(index), lower: 1, upper: 1) }
                let with = reached()
                if with <= target {
                    fixed += part
                    share = max(firstShare, share - 1)
                    break
                }
                for index in part { try release(index) }
                program.basis = basis
                if count > 1 {
                    count /= 2
                    share = min(64, share * 2)
                    continue
                }
                try program.setColumnBounds(column(batch[0]), lower: 0, upper: 0)
                let without = reached()
                if without <= target {
                    fixed.append(batch[0])
                    break
                }
                target = min(with, without)
                fixed.append(batch[0])
                if target < best, with <= without {
                    try program.setColumnBounds(column(batch[0]), lower: 1, upper: 1)
                    program.basis = basis
                    _ = reached()
                }
                break
            }
        }
    }

    /// The largest fractions, one of each giver; empty if every column is whole.
    private func widest(_ values: [Double], share: Int) -> [Int] {
        let divided = values.indices.filter { !isWhole(values[$0]) }
        var taken: Set<Int> = []
        var batch: [Int] = []
        for index in divided.sorted(by: { (-values[$0], $0) < (-values[$1], $1) }) {
            if batch.count >= max(1, divided.count / share) { break }
            if taken.insert(giver(of: index)).inserted { batch.append(index) }
        }
        return batch
    }

    // MARK: Branches

    /// What is decided.
    private struct Node {
        /// Columns that are not used.
        var without: [Int] = []
        /// Givers that give.
        var givers: [Int] = []
        /// How many heads are missing, at least and at most, by column; the last that is said of a column counts.
        var heads: [(column: Int, range: ClosedRange<Int>)] = []
        var bound: Int
    }

    private func decide(_ node: Node) throws(LinearProgramError) {
        for index in node.without { try program.setColumnBounds(column(index), lower: 0, upper: 0) }
        for giver in node.givers { try program.setRowBounds(giver, lower: 1, upper: 1) }
        for (column, range) in node.heads {
            try program.setColumnBounds(
                column, lower: Double(range.lowerBound), upper: Double(range.upperBound))
        }
    }

    private func undo(_ node: Node) throws(LinearProgramError) {
        for index in node.without { try release(index) }
        for giver in node.givers { try program.setRowBounds(giver, lower: -.infinity, upper: 1) }
        for (column, _) in node.heads {
            try program.setColumnBounds(column, lower: 0, upper: Double(layout.heads[column].count))
        }
    }

    /// Branch and bound over the columns that are there: a head is missing, or it is not; once no head is divided, an
    /// offer does a duty, or it does not. The rows that hold a level are made of heads, and little is divided but for them.
    private func branch(
        _ incumbent: inout PoolChoice, _ objective: Int, _ root: Int, nodeLimit: Int, until end: Int
    ) throws(LinearProgramError) -> Reached {
        var best = objective
        var open = [Node(bound: root)]
        var nodes = 0
        // Down to whole numbers or to nothing, then on from the node of the least bound.
        var isDiving = false
        while let place = isDiving ? open.indices.last : nearest(open) {
            isDiving = false
            let node = open.remove(at: place)
            guard node.bound < best else { continue }
            guard nodes < nodeLimit, workDone < end else {
                open.append(node)
                break
            }
            nodes += 1
            try decide(node)
            let status = solve(.automatic)
            let reached = status == .optimal ? max(node.bound, rounded(program.objective)) : node.bound
            let values = status == .optimal ? values() : []
            let head = status == .optimal ? mostDividedHead : nil
            try undo(node)
            if status == .infeasible || (status == .optimal && reached >= best) { continue }
            guard status == .optimal else {
                open.append(node)
                break
            }
            isDiving = head != nil
            if let head {
                open += children(of: node, head, reached)
            } else if let split = mostDivided(values) {
                open += children(of: node, split, reached)
            } else {
                take(choice(values), &incumbent, &best)
            }
        }
        return Reached(objective: best, bound: min(best, open.map(\.bound).min() ?? best))
    }

    /// The node of the least bound, so that the bound rises; of several, the last.
    private func nearest(_ open: [Node]) -> Int? {
        open.indices.reversed().min { open[$0].bound < open[$1].bound }
    }

    /// More heads are missing; fewer are, which is looked at first.
    private func children(of node: Node, _ head: (column: Int, value: Double), _ bound: Int) -> [Node] {
        let range =
            node.heads.last { $0.column == head.column }?.range ?? 0...layout.heads[head.column].count
        let floor = Int(head.value.rounded(.down))
        var (more, fewer) = (node, node)
        more.bound = bound
        fewer.bound = bound
        more.heads.append((head.column, floor + 1...max(floor + 1, range.upperBound)))
        fewer.heads.append((head.column, range.lowerBound...floor))
        return [more, fewer]
    }

    /// The heads of which a part is missing, and of which that matters most; nil if none is divided.
    private var mostDividedHead: (column: Int, value: Double)? {
        var most: (column: Int, value: Double, weight: Double)?
        // What costs nothing may stay divided.
        for heads in layout.heads[..<liftColumn] where heads.cost > 0 || heads.hard > 0 {
            let value = program.value(ofColumn: heads.column)
            let distance = abs(value - value.rounded())
            let weight = distance * Double(max(heads.cost, 1))
            if distance > 1e-6, weight > most?.weight ?? 0 { most = (heads.column, value, weight) }
        }
        return most.map { ($0.column, $0.value) }
    }

    /// The offer does not do the duty; it does, which is looked at first.
    private func children(of node: Node, _ split: (offer: Int, arc: Int), _ bound: Int) -> [Node] {
        var (without, with) = (node, node)
        without.bound = bound
        with.bound = bound
        let giver = instance.offers[split.offer].giver
        for (index, part) in columns.enumerated() where instance.offers[part.offer].giver == giver {
            if part.offer == split.offer, part.arcs.contains(split.arc) {
                without.without.append(index)
            } else {
                with.without.append(index)
            }
        }
        with.givers.append(giver)
        return [without, with]
    }

    /// The duty of an offer that is done by a share furthest from whole; nil if every column is whole.
    private func mostDivided(_ values: [Double]) -> (offer: Int, arc: Int)? {
        var shares: [Int: [Int: Double]] = [:]
        for index in values.indices where !isWhole(values[index]) {
            for arc in columns[index].arcs {
                shares[columns[index].offer, default: [:]][arc, default: 0] += values[index]
            }
        }
        for index in values.indices where values[index] > 0.5 && isWhole(values[index]) {
            guard shares[columns[index].offer] != nil else { continue }
            for arc in columns[index].arcs { shares[columns[index].offer]?[arc, default: 0] += values[index] }
        }
        var most: (offer: Int, arc: Int, distance: Double)?
        for (offer, arcs) in shares.sorted(by: { $0.key < $1.key }) {
            for (arc, share) in arcs.sorted(by: { $0.key < $1.key }) {
                let distance = abs(share - share.rounded())
                if distance > (most?.distance ?? 1e-7) + 1e-9 { most = (offer, arc, distance) }
            }
        }
        return most.map { ($0.offer, $0.arc) }
    }
}
