import LinearProgram

/// The linear programme of a whole system: a column is one lawful set of duties for one offer.
///
/// Rows: each giver gives once; the heads that come to a slice of a gap and those that stay missing are those that are
/// needed; the heads that leave a slice of a lender's line are no more than it can spare. Where one giver alone may leave
/// a slice, what is lost there is a cost of its sets instead. Columns are made when they
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

    struct Reached: Sendable {
        let objective: Int
        let bound: Int
    }

    /// How far to go for a proof; beyond it the bound says how far the choice can be from the best.
    ///
    /// All of it is counted, not timed, so that the same picture gives the same answer on every machine. Cuts are limited
    /// by rounds of their own.
    struct Effort {
        /// The most columns that are branched on.
        let columns: Int
        /// The most branches.
        let nodes: Int
        /// The most simplex iterations × (rows + columns), which is near to what they take.
        let work: Int
    }

    /// The steps in which the shortage is counted once the worst-off organisation has been lifted.
    struct Steps {
        /// The least shortage before; it stays what it is, so that a lift that costs nothing changes nothing.
        let least: Int
        /// The allowance's end.
        let limit: Int

        /// Rounded up to whole weighted hours, within the allowance.
        func rounded(_ shortage: Int) -> Int {
            if shortage <= least { return least }
            if shortage > limit { return shortage }
            return min(limit, (shortage + PoolValue.hour - 1) / PoolValue.hour * PoolValue.hour)
        }
    }

    let instance: PoolInstance
    let layout: PoolLayout
    let program = LinearProgram()
    /// The column of whole weighted hours by which the worst-off organisation is lifted.
    let liftColumn: Int
    private(set) var columns: [PoolChoice.Part] = []
    private var known: Set<PoolChoice.Part> = []
    let firstColumn: Int
    let nodeLimit: Int
    /// Indices of offers of each giver.
    let givers: [[Int]]
    var duals: [Double] = []
    /// What the dives and branches have taken so far, as ``Effort/work``.
    var workDone = 0

    init(_ instance: PoolInstance, nodeLimit: Int) throws(LinearProgramError) {
        self.instance = instance
        self.nodeLimit = nodeLimit
        let layout = PoolLayout(instance)
        self.layout = layout
        liftColumn = layout.sharedHeadCount
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
        let lent = layout.lineSlices.joined().filter { $0.row < layout.sharedRowCount }.map {
            (row: $0.row, lower: -Double.infinity, upper: 0.0)
        }
        for row in (needed + lent).sorted(by: { $0.row < $1.row }) {
            try program.addRow(lower: row.lower, upper: row.upper)
        }
        let lending = Set(lent.map(\.row))
        for heads in layout.heads[..<liftColumn] {
            try program.addColumn(
                cost: 0, lower: 0, upper: Double(heads.count), rows: [Int32(heads.row)],
                values: [lending.contains(heads.row) ? -1 : 1])
        }
        try program.addColumn(cost: 0, lower: 0, upper: 0, rows: [], values: [])
    }

    // MARK: Columns

    /// Where a set of duties stands in the programme.
    func column(_ index: Int) -> Int { firstColumn + index }

    /// Adds a column, once; returns whether it was new.
    @discardableResult
    func add(_ part: PoolChoice.Part) throws(LinearProgramError) -> Bool {
        guard !part.arcs.isEmpty, known.insert(part).inserted else { return false }
        // Givers' rows come first.
        var rows = [Int32(instance.offers[part.offer].giver)]
        rows += layout.rows(of: part).prefix { $0 < layout.sharedRowCount }
        var values = Array(repeating: 1.0, count: rows.count)
        let loss = loss(of: part)
        for row in lossRows(of: part.offer) where loss > 0 {
            rows.append(row)
            values.append(Double(loss) / Double(PoolValue.hour))
        }
        try program.addColumn(cost: cost(of: part), lower: 0, upper: .infinity, rows: rows, values: values)
        columns.append(part)
        return true
    }

    /// Adds all sets of a table; false if those are not all that there are.
    func addAll(_ table: DutyTable) throws(LinearProgramError) -> Bool {
        for part in table.parts { try add(part) }
        hasAllColumns = table.isComplete
        return hasAllColumns
    }

    /// With the columns of all sets, which are taken out again afterwards: a dive among many is slow.
    func withAllSets<Result>(
        of table: DutyTable, _ body: () throws(LinearProgramError) -> Result
    ) throws(LinearProgramError) -> Result {
        dropCuts()
        let (basis, count) = (program.basis, columns.count)
        _ = try addAll(table)
        let result = try body()
        dropCuts()
        program.deleteColumns(Array(column(count)..<column(columns.count)))
        known.subtract(columns[count...])
        columns.removeSubrange(count...)
        hasAllColumns = false
        program.basis = basis
        return result
    }

    /// What its lender loses where no other giver may leave: minutes × risk × per cent.
    func loss(of part: PoolChoice.Part) -> Int {
        part.arcs.reduce(0) { $0 + layout.losses[part.offer][$1] }
    }

    /// The rows that hold a level and that an offer's losses count in.
    func lossRows(of offer: Int) -> [Int32] {
        guard let lender = lender(of: offer) else { return [] }
        let rows = [shortageRow, organisationRows.isEmpty ? nil : organisationRows[lender]]
        return rows.compactMap { $0.map(Int32.init) }
    }

    private(set) var aim = Aim.shortage
    private(set) var steps: Steps?
    /// The row that holds the hard minutes, and at what.
    var hardRow: Int?
    var heldHard = 0
    /// The rows that hold the shortage, and by organisation what it is lifted from.
    var shortageRow: Int?
    var organisationRows: [Int] = []
    /// The risk from which the worst-off organisation is lifted, and by how much, in whole weighted hours.
    var liftedFrom = 0
    var heldLift = 0
    /// What the shortage is held at.
    var heldShortage = 0
    /// Once cover is held, by offer and duty, whether its lender would lose somebody from where nobody else could go and
    /// the choice that is held takes nobody; empty before.
    var barred: [[Bool]] = []
    /// Rows that cut off fractions.
    var cuts: [Int] = []
    /// The optimum without them, from where the next is near once what is held changes; nil if there are none.
    var basisBeforeCuts: LinearProgram.Basis?
    /// Whether there is a column for every lawful set.
    private(set) var hasAllColumns = false
    /// Whether the last relaxation had no choice left among the columns that are there.
    var isInfeasible = false

    private func cost(of part: PoolChoice.Part) -> Double {
        switch aim {
        case .hard, .worst: 0
        case .shortage: Double(loss(of: part)) / scale
        case .burden:
            Double(
                part.arcs.enumerated().reduce(0) {
                    $0 + instance.burden(of: part.offer, $1.element, $1.offset)
                })
        }
    }

    /// What a unit of the objective stands for in the programme, so that its numbers stay small.
    var scale: Double { aim == .shortage ? Double(PoolValue.hour) : 1 }

    /// - Parameter steps: Those in which the shortage is counted; nil for exactly.
    func pursue(_ aim: Aim, in steps: Steps? = nil) throws(LinearProgramError) {
        self.aim = aim
        self.steps = steps
        grid = commonDivisor
        for heads in layout.heads[..<liftColumn] {
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

    /// The objective where the programme's is zero: what no column can change, or what is lifted from.
    var fixed: Int {
        switch aim {
        case .hard: layout.fixedHard
        case .shortage: layout.fixedCost.reduce(0, +)
        case .worst: liftedFrom
        case .burden: 0
        }
    }

    /// No choice has less.
    var least: Int { aim == .worst ? 0 : fixed }

    func objective(of value: PoolValue) -> Int {
        switch aim {
        case .hard: value.hard
        case .shortage: steps?.rounded(value.shortage) ?? value.shortage
        case .worst: value.worst
        case .burden: value.burden
        }
    }

    /// What can change of the objective is a multiple of this.
    private(set) var grid = 1

    private var commonDivisor: Int {
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
    func rounded(_ relaxed: Double) -> Int {
        let exact = relaxed * scale
        let slack = 1e-6 * max(1, abs(exact))
        let least = fixed + Int(((exact - slack) / Double(grid)).rounded(.up)) * grid
        return steps?.rounded(least) ?? least
    }
}

func gcd(_ first: Int, _ second: Int) -> Int {
    var (first, second) = (abs(first), abs(second))
    while second != 0 { (first, second) = (second, first % second) }
    return first
}
