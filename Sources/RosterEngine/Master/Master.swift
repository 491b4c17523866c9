import LinearProgram

/// The restricted master: one row a person, one a cover row, one a convex total; columns are lines of work.
///
/// It holds a linear programme, so it is made, used and dropped on one thread.
final class Master {
    let sub: SubProblem
    private(set) var lines: [Line] = []
    /// For each line whether a dive has shut it.
    private(set) var isShut: [Bool] = []
    let programme = LinearProgram()
    /// Roughly the nanoseconds that solving has taken, counted and not measured.
    var work = 0.0
    var personRow: [Int: Int] = [:]
    /// Row of the programme for each row of the problem, −1 if it needs none.
    var coverRow: [Int]
    var counterRow: [Int: [(kind: CounterKind, row: Int)]] = [:]
    var heldRow: [Int?] = [nil, nil]
    var weekRow: [Int: Int] = [:]
    var linkRow: [Int: [(row: Int, member: Int)]] = [:]
    var linksOfRow: [Int: [Int]] = [:]
    /// Columns for minutes missing that are not allowed, with their lengths.
    var elastic: [(column: Int, length: Double)] = []
    /// Points for an hour of these during a dive: a minute in units of the level × 60 minutes ÷ 60 units.
    static let elasticHour = Double(SubProblem.elasticMinute / Prices.scale)
    var isElastic = false
    /// Column of the programme for each line.
    var lineColumn: [Int] = []
    /// Groups that the programme does not hold yet, by their lead row, and those that it does, as they woke.
    var sleeping: [Int: Int] = [:]
    var woken: [Int] = []
    /// Columns for heads missing, by the lead row of their group.
    var shortageColumns: [Int: [Int]] = [:]
    /// Row of each limit of the sub-problem, once they are set.
    var limitRow: [Int] = []
    private var entryRows: [Int32] = []
    private var entryValues: [Double] = []
    private var known: Set<[UInt8]> = []

    /// - Throws: ``LinearProgramError`` only for numbers that are not numbers, which integers never are.
    init(_ sub: SubProblem) throws(LinearProgramError) {
        self.sub = sub
        coverRow = Array(repeating: -1, count: sub.problem.rows.count)
        for person in sub.people { personRow[person] = try programme.addRow(lower: 1, upper: 1) }
        for hard in [true, false] where sub.holds(hard: hard) == true {
            let limit = hard ? sub.held.hard : sub.held.minimum
            heldRow[hard ? 0 : 1] = try programme.addRow(lower: -.infinity, upper: Double(limit) / 60)
        }
        if sub.level == 3 { for person in sub.people { try addCounters(person) } }
        for week in sub.weeks { try addWeek(week) }
        for (index, group) in sub.groups.enumerated() { sleeping[group.lead] = index }
    }

    // MARK: Columns

    /// Adds a line; false if it is there already.
    @discardableResult
    func add(_ line: Line) throws(LinearProgramError) -> Bool {
        guard let person = personRow[line.person],
            known.insert(Self.key(line)).inserted
        else { return false }
        entryRows.removeAll(keepingCapacity: true)
        entryValues.removeAll(keepingCapacity: true)
        entryRows.append(Int32(person))
        entryValues.append(1)
        sub.problem.forEachCover(of: line) { row, units in
            if coverRow[row] >= 0 {
                entryRows.append(Int32(coverRow[row]))
                entryValues.append(Double(units))
            }
            for link in linksOfRow[row] ?? [] {
                entryRows.append(Int32(link))
                entryValues.append(Double(units))
            }
        }
        for (kind, row) in counterRow[line.person] ?? [] where line.total(kind) > 0 {
            entryRows.append(Int32(row))
            entryValues.append(Double(line.total(kind)))
        }
        let cost = Double(sub.cost(of: line)) / 60
        let column = try entryRows.withUnsafeBufferPointer { rows throws(LinearProgramError) in
            try entryValues.withUnsafeBufferPointer { values throws(LinearProgramError) in
                try programme.addColumn(cost: cost, lower: 0, upper: .infinity, rows: rows, values: values)
            }
        }
        lines.append(line)
        isShut.append(false)
        lineColumn.append(column)
        return true
    }

    /// Drops lines that are far from being worth it, so that the programme stays small.
    ///
    /// - Parameter count: lines to keep for each person at the least, of those that are not shut; lines in the
    ///   basis always stay.
    func prune(keeping count: Int) throws(LinearProgramError) {
        var byPerson: [Int: [(index: Int, cost: Double)]] = [:]
        var dropped: Set<Int> = []
        for (index, line) in lines.enumerated() where !programme.isBasic(column: lineColumn[index]) {
            if isShut[index] {
                dropped.insert(index)
                continue
            }
            byPerson[line.person, default: []].append(
                (index, programme.reducedCost(ofColumn: lineColumn[index])))
        }
        for entries in byPerson.values {
            dropped.formUnion(
                entries.sorted { ($0.cost, $0.index) < ($1.cost, $1.index) }.dropFirst(count).map(\.index))
        }
        guard !dropped.isEmpty else { return }
        let columns = dropped.map { lineColumn[$0] }.sorted()
        programme.deleteColumns(columns)
        var kept: [Line] = []
        var keptShut: [Bool] = []
        var keptColumn: [Int] = []
        for (index, line) in lines.enumerated() {
            if dropped.contains(index) {
                known.remove(Self.key(line))
                continue
            }
            kept.append(line)
            keptShut.append(isShut[index])
            keptColumn.append(lineColumn[index] - Self.rank(of: lineColumn[index], in: columns))
        }
        lines = kept
        isShut = keptShut
        lineColumn = keptColumn
        elastic = elastic.map { ($0.column - Self.rank(of: $0.column, in: columns), $0.length) }
        shortageColumns = shortageColumns.mapValues { own in own.map { $0 - Self.rank(of: $0, in: columns) } }
    }

    /// How many of the ascending numbers are below one.
    private static func rank(of value: Int, in sorted: [Int]) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func key(_ line: Line) -> [UInt8] {
        [UInt8(truncatingIfNeeded: line.person), UInt8(truncatingIfNeeded: line.person >> 8)] + line.slots
    }

    /// Forbids a line for the rest of a dive.
    func shut(_ index: Int) throws(LinearProgramError) {
        guard !isShut[index] else { return }
        isShut[index] = true
        try programme.setColumnBounds(lineColumn[index], lower: 0, upper: 0)
    }

    /// Allows a line again.
    func open(_ index: Int) throws(LinearProgramError) {
        guard isShut[index] else { return }
        isShut[index] = false
        try programme.setColumnBounds(lineColumn[index], lower: 0, upper: .infinity)
    }

    /// Allows every line again.
    func openAll() throws(LinearProgramError) {
        for index in lines.indices { try open(index) }
    }
}
