import LinearProgram

/// The linear programme of a whole system: a column is one lawful set of duties for one offer.
///
/// Rows: each giver gives once; the heads that come to a slice of a gap and those that stay missing are those that are
/// needed; the heads that leave a slice of a lender's line are no more than it can spare. Columns are made when they
/// are worth something (column generation: Dantzig and Wolfe 1960); once the relaxation is solved, only columns whose
/// reduced cost is below the gap between the best choice known and the bound can be in a better one, so those alone are
/// branched on (Baldacci, Christofides and Mingozzi 2008).
///
/// It is a class because it owns a ``LinearProgram``; it stays on one thread.
final class PoolProgramme {
    /// What is minimised.
    enum Aim {
        /// Minutes missing in hard gaps.
        case hard
        /// The risk-weighted expected shortage.
        case shortage
        /// How many whole weighted hours the worst-off organisation can be lifted.
        case worst
        /// Travel and repeated calls.
        case burden
    }

    struct Reached {
        let objective: Int
        let bound: Int
    }

    /// The most columns and branches that are looked at for a proof; beyond them the bound says how far it can be.
    struct Effort {
        let columns: Int
        let nodes: Int
    }

    let instance: PoolInstance
    let layout: PoolLayout
    let program = LinearProgram()
    /// The column of whole weighted hours by which the worst-off organisation is lifted.
    let liftColumn: Int
    private(set) var columns: [PoolChoice.Part] = []
    private var known: Set<PoolChoice.Part> = []
    private let firstColumn: Int
    let nodeLimit: Int
    /// Indices of offers of each giver.
    private let givers: [[Int]]
    var duals: [Double] = []

    init(_ instance: PoolInstance, nodeLimit: Int) throws(LinearProgramError) {
        self.instance = instance
        self.nodeLimit = nodeLimit
        let layout = PoolLayout(instance)
        self.layout = layout
        liftColumn = layout.heads.count
        firstColumn = liftColumn + 1
        var givers = Array(repeating: [Int](), count: instance.giverCount)
        for offer in instance.offers { givers[offer.giver].append(offer.index) }
        self.givers = givers
        if instance.giverCount > 0 {
            try program.addRows(count: instance.giverCount, lower: -.infinity, upper: 1)
        }
        // Rows must stand in the order in which they were numbered.
        let needed = layout.gapSlices.joined().map {
            (row: $0.row, lower: Double($0.capacity), upper: Double.infinity)
        }
        let lent = layout.lineSlices.joined().map { (row: $0.row, lower: -Double.infinity, upper: 0.0) }
        for row in (needed + lent).sorted(by: { $0.row < $1.row }) {
            try program.addRow(lower: row.lower, upper: row.upper)
        }
        let lending = Set(layout.lineSlices.joined().map(\.row))
        for heads in layout.heads {
            try program.addColumn(
                cost: 0, lower: 0, upper: Double(heads.count), rows: [Int32(heads.row)],
                values: [lending.contains(heads.row) ? -1 : 1])
        }
        try program.addColumn(cost: 0, lower: 0, upper: 0, rows: [], values: [])
    }

    // MARK: Columns

    /// Adds a column, once; returns whether it was new.
    @discardableResult
    func add(_ part: PoolChoice.Part) throws(LinearProgramError) -> Bool {
        guard !part.arcs.isEmpty, known.insert(part).inserted else { return false }
        var rows: Set<Int32> = [Int32(instance.offers[part.offer].giver)]
        for arc in part.arcs {
            rows.formUnion(layout.needRows[part.offer][arc])
            rows.formUnion(layout.lendRows[part.offer][arc])
        }
        let sorted = rows.sorted()
        try program.addColumn(
            cost: cost(of: part), lower: 0, upper: .infinity, rows: sorted,
            values: Array(repeating: 1, count: sorted.count))
        columns.append(part)
        return true
    }

    /// Takes over the columns of another programme, all but those of one offer.
    func addColumns(of other: PoolProgramme, except offer: Int?) throws(LinearProgramError) {
        for part in other.columns where part.offer != offer { try add(part) }
    }

    private var aim = Aim.shortage

    private func cost(of part: PoolChoice.Part) -> Double {
        guard aim == .burden else { return 0 }
        return Double(
            part.arcs.enumerated().reduce(0) { $0 + instance.burden(of: part.offer, $1.element, $1.offset) })
    }

    /// What a unit of the objective stands for in the programme, so that its numbers stay small.
    private var scale: Double { aim == .shortage ? Double(PoolValue.hour) : 1 }

    func pursue(_ aim: Aim) throws(LinearProgramError) {
        self.aim = aim
        for heads in layout.heads {
            let cost: Double =
                switch aim {
                case .hard: Double(heads.hard)
                case .shortage: Double(heads.cost) / scale
                case .worst, .burden: 0
                }
            try program.setCost(ofColumn: heads.column, cost)
        }
        try program.setCost(ofColumn: liftColumn, aim == .worst ? -1 : 0)
        for (index, part) in columns.enumerated() {
            try program.setCost(ofColumn: firstColumn + index, cost(of: part))
        }
    }

    /// The objective's part that no column can change.
    private var fixed: Int {
        switch aim {
        case .hard: layout.fixedHard
        case .shortage: layout.fixedCost.reduce(0, +)
        case .worst, .burden: 0
        }
    }

    func objective(of value: PoolValue) -> Int {
        switch aim {
        case .hard: value.hard
        case .shortage: value.shortage
        case .worst: value.worst
        case .burden: value.burden
        }
    }

    /// Every value that the objective can take is a multiple of this.
    private var grid: Int {
        switch aim {
        case .hard: max(1, layout.heads.reduce(0) { gcd($0, $1.hard) })
        case .shortage: max(1, layout.heads.reduce(0) { gcd($0, $1.cost) })
        case .worst: 1
        case .burden:
            max(
                1,
                instance.arcs.joined().reduce(60) { gcd($0, 2 * $1.travel) })
        }
    }

    /// The least value on the grid that is no lower than a bound of the relaxation.
    private func rounded(_ relaxed: Double) -> Int {
        let exact = relaxed * scale
        let slack = 1e-6 * max(1, abs(exact))
        return fixed + Int(((exact - slack) / Double(grid)).rounded(.up)) * grid
    }

    // MARK: Column generation

    /// What each duty of an offer would bring at the present duals.
    private func profits(_ offer: Int) -> [Double] {
        instance.arcs[offer].indices.map { arc in
            var profit = 0.0
            for row in layout.needRows[offer][arc] { profit += duals[Int(row)] }
            for row in layout.lendRows[offer][arc] { profit += duals[Int(row)] }
            return aim == .burden ? profit - Double(2 * instance.arcs[offer][arc].travel) : profit
        }
    }

    private func call(_ offer: Int) -> (Int) -> Double {
        aim == .burden ? { Double(self.instance.call(offer, $0)) } : { _ in 0 }
    }

    /// Solves the relaxation over all lawful sets; returns its bound, or nil if it has no solution or was not solved.
    func relax() throws(LinearProgramError) -> Double? {
        while true {
            guard program.solve() == .optimal else { return nil }
            program.copyDuals(into: &duals)
            var bound = program.objective
            var hasGrown = false
            for (giver, offers) in givers.enumerated() {
                var least = 0.0
                for offer in offers where !instance.arcs[offer].isEmpty {
                    let best = instance.sets(offer).best(profits(offer), call: call(offer))
                    let reduced = -best.profit - duals[giver]
                    least = min(least, reduced)
                    if reduced < -1e-7, try add(PoolChoice.Part(offer: offer, arcs: best.arcs)) {
                        hasGrown = true
                    }
                }
                bound += least
            }
            if !hasGrown { return bound }
        }
    }

    /// Adds every column whose reduced cost is at most `gap`; false if there are too many of them.
    private func addColumns(within gap: Double, limit: Int) throws(LinearProgramError) -> Bool {
        program.copyDuals(into: &duals)
        var budget = limit
        for offer in instance.offers.indices where !instance.arcs[offer].isEmpty {
            let threshold = -duals[instance.offers[offer].giver] - gap - 1e-6
            guard
                let sets = instance.sets(offer).all(
                    profits(offer), atLeast: threshold, limit: budget, call: call(offer))
            else { return false }
            budget -= sets.count
            for arcs in sets { try add(PoolChoice.Part(offer: offer, arcs: arcs)) }
        }
        return true
    }

    // MARK: Whole numbers

    /// Minimises the aim over whole numbers.
    ///
    /// - Parameters:
    ///   - effort: How far to go for a proof.
    ///   - incumbent: The best choice known, which keeps all rows; the better one that is found takes its place.
    ///   - ceiling: For an incumbent that does not keep all rows: only choices below this count, and if there is none,
    ///     the objective that is returned is the ceiling.
    func minimise(_ incumbent: inout PoolChoice, below ceiling: Int? = nil, effort: Effort? = nil)
        throws(LinearProgramError) -> Reached
    {
        let effort = effort ?? Effort(columns: 200_000, nodes: nodeLimit)
        var best = ceiling ?? objective(of: layout.value(of: incumbent, in: instance))
        guard instance.arcs.contains(where: { !$0.isEmpty }) else {
            return Reached(objective: best, bound: best)
        }
        for part in incumbent.parts { try add(part) }
        guard var relaxed = try relax() else { return Reached(objective: best, bound: fixed) }
        var bound = rounded(relaxed)
        guard bound < best else { return Reached(objective: best, bound: best) }
        try dive(&incumbent, &best)
        guard bound < best else { return Reached(objective: best, bound: best) }
        // The dive has moved the basis, and with it the duals.
        guard let again = try relax() else { return Reached(objective: best, bound: bound) }
        relaxed = max(relaxed, again)
        bound = max(bound, rounded(relaxed))
        let gap = Double((best - 1 - fixed) / grid * grid) / scale - again
        guard try addColumns(within: max(0, gap), limit: effort.columns) else {
            return Reached(objective: best, bound: bound)
        }
        return try branch(&incumbent, best, bound, nodeLimit: effort.nodes)
    }

    private func column(_ index: Int) -> Int { firstColumn + index }

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

    /// Takes the choice over if it is better, counted without the programme.
    private func take(_ choice: PoolChoice, _ incumbent: inout PoolChoice, _ best: inout Int) {
        let objective = objective(of: layout.value(of: choice, in: instance))
        if objective < best { (incumbent, best) = (choice, objective) }
    }

    /// Fixes the largest fractions, a few at a time, until all is whole or nothing better can come of it.
    private func dive(_ incumbent: inout PoolChoice, _ best: inout Int) throws(LinearProgramError) {
        var fixed: [Int] = []
        defer {
            for index in fixed { try? program.setColumnBounds(column(index), lower: 0, upper: .infinity) }
        }
        while true {
            guard program.solve() == .optimal, rounded(program.objective) < best else { return }
            let values = values()
            let divided = values.indices.filter { !isWhole(values[$0]) }
            guard !divided.isEmpty else { return take(choice(values), &incumbent, &best) }
            var taken = Set(
                values.indices.filter { values[$0] > 0.5 && isWhole(values[$0]) }.map { giver(of: $0) })
            let order = divided.sorted { (-values[$0], $0) < (-values[$1], $1) }
            var count = 0
            for index in order where count <= divided.count / 8 && taken.insert(giver(of: index)).inserted {
                try program.setColumnBounds(column(index), lower: 1, upper: 1)
                fixed.append(index)
                count += 1
            }
            if count == 0 { return }
        }
    }

    private func giver(of index: Int) -> Int { instance.offers[columns[index].offer].giver }

    /// What is decided.
    private struct Node {
        /// Columns that are not used.
        var without: [Int] = []
        /// Givers that give.
        var givers: [Int] = []
        var bound: Int
    }

    private func decide(_ node: Node) throws(LinearProgramError) {
        for index in node.without { try program.setColumnBounds(column(index), lower: 0, upper: 0) }
        for giver in node.givers { try program.setRowBounds(giver, lower: 1, upper: 1) }
    }

    private func undo(_ node: Node) throws(LinearProgramError) {
        for index in node.without { try program.setColumnBounds(column(index), lower: 0, upper: .infinity) }
        for giver in node.givers { try program.setRowBounds(giver, lower: -.infinity, upper: 1) }
    }

    /// Branch and bound over the columns that are there: either an offer does a duty, or it does not.
    private func branch(_ incumbent: inout PoolChoice, _ objective: Int, _ root: Int, nodeLimit: Int)
        throws(LinearProgramError) -> Reached
    {
        var best = objective
        var open = [Node(bound: root)]
        var nodes = 0
        while let node = open.popLast() {
            guard node.bound < best else { continue }
            guard nodes < nodeLimit else {
                open.append(node)
                break
            }
            nodes += 1
            try decide(node)
            let status = program.solve()
            let reached = status == .optimal ? max(node.bound, rounded(program.objective)) : node.bound
            let values = status == .optimal ? values() : []
            try undo(node)
            if status == .infeasible || (status == .optimal && reached >= best) { continue }
            guard status == .optimal else {
                open.append(node)
                break
            }
            if let split = mostDivided(values) {
                open += children(of: node, split, reached)
            } else {
                take(choice(values), &incumbent, &best)
            }
        }
        return Reached(objective: best, bound: min(best, open.map(\.bound).min() ?? best))
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

    // MARK: Holding what was reached

    /// Holds the hard minutes at a value.
    func holdHard(at value: Int) throws(LinearProgramError) {
        let heads = layout.heads.filter { $0.hard > 0 }
        guard !heads.isEmpty else { return }
        try program.addRow(
            lower: -.infinity, upper: Double(value - layout.fixedHard), columns: heads.map(\.column),
            values: heads.map { Double($0.hard) })
    }

    /// Holds the shortage at a value; returns the row, whose bound may be tightened later.
    func holdShortage(at value: Int) throws(LinearProgramError) -> Int? {
        let heads = layout.heads.filter { $0.cost > 0 }
        guard !heads.isEmpty else { return nil }
        return try program.addRow(
            lower: -.infinity, upper: shortageBound(value), columns: heads.map(\.column),
            values: heads.map { Double($0.cost) / Double(PoolValue.hour) })
    }

    func tighten(_ row: Int, to value: Int) throws(LinearProgramError) {
        try program.setRowBounds(row, lower: -.infinity, upper: shortageBound(value))
    }

    private func shortageBound(_ value: Int) -> Double {
        Double(value - layout.fixedCost.reduce(0, +)) / Double(PoolValue.hour) + 1e-7
    }

    /// A row for each organisation: its risk and the lift are no more than the worst-off organisation's risk now.
    func liftWorst(from worst: Int) throws(LinearProgramError) {
        try program.setColumnBounds(liftColumn, lower: 0, upper: Double(worst))
        for organisation in layout.fixedCost.indices {
            let heads = layout.heads.filter { $0.organisation == organisation && $0.cost > 0 }
            try program.addRow(
                lower: -.infinity,
                upper: Double(worst) - Double(layout.fixedCost[organisation]) / Double(PoolValue.hour) + 1e-7,
                columns: heads.map(\.column) + [liftColumn],
                values: heads.map { Double($0.cost) / Double(PoolValue.hour) } + [1])
        }
    }

    func setLift(_ lift: Int) throws(LinearProgramError) {
        try program.setColumnBounds(liftColumn, lower: Double(lift), upper: Double(lift))
    }
}

func gcd(_ first: Int, _ second: Int) -> Int {
    var (first, second) = (abs(first), abs(second))
    while second != 0 { (first, second) = (second, first % second) }
    return first
}
