import LinearProgram

/// The restricted master: one row a person, one a cover row, one a convex total; columns are lines of work.
///
/// It holds a linear programme, so it is made, used and dropped on one thread.
final class Master {
    let sub: SubProblem
    private(set) var lines: [Line] = []
    /// For each line whether a dive has shut it.
    private(set) var isShut: [Bool] = []
    private let programme = LinearProgram()
    private var personRow: [Int: Int] = [:]
    /// Row of the programme for each row of the problem, −1 if it needs none.
    private var coverRow: [Int]
    private var counterRow: [Int: [(kind: CounterKind, row: Int)]] = [:]
    private var heldRow: [Int?] = [nil, nil]
    private var weekRow: [Int: Int] = [:]
    private var linkRow: [Int: [(row: Int, member: Int)]] = [:]
    private var linksOfRow: [Int: [Int]] = [:]
    /// Columns for minutes missing that are not allowed, with their lengths.
    private var elastic: [(column: Int, length: Double)] = []
    /// Points for an hour of these during a dive: a minute in units of the level × 60 minutes ÷ 60 units.
    private static let elasticHour = Double(SubProblem.elasticMinute / Prices.scale)
    private var isElastic = false
    /// Column of the programme for each line.
    private var lineColumn: [Int] = []
    /// Groups that the programme does not hold yet, by their lead row.
    private var sleeping: [Int: Int] = [:]
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

    // MARK: Rows

    /// Wakes the groups of rows that a rota strains: where one presence fewer would cost. The others join
    /// when the programme breaks them, so that it holds few more rows than matter.
    func wakeStrained(by values: [Int32]) throws(LinearProgramError) {
        for group in sub.groups {
            let units = Int(values[group.lead] - sub.base[group.lead])
            let step = sub.problem.rows[group.lead].shape == .share ? 35 : 1
            let fewer = worth(group, units - step)
            if worth(group, units) > 0 || fewer > 0 { try wake(group) }
        }
    }

    /// Wakes the groups that the present solution breaks; how many.
    func wakeBroken() throws(LinearProgramError) -> Int {
        var units: [Int: Double] = [:]
        for (index, line) in lines.enumerated() {
            let value = value(of: index)
            guard value > 1e-9 else { continue }
            sub.problem.forEachCover(of: line) { row, count in
                if sleeping[row] != nil { units[row, default: 0] += value * Double(count) }
            }
        }
        var woken = 0
        for (lead, index) in sleeping.sorted(by: { $0.key < $1.key }) {
            let group = sub.groups[index]
            let value = units[lead] ?? 0
            let low = Int(value.rounded(.down))
            let share = value - Double(low)
            let cost = Double(worth(group, low)) * (1 - share) + Double(worth(group, low + 1)) * share
            if cost > 0.5 {
                try wake(group)
                woken += 1
            }
        }
        return woken
    }

    /// What a group costs, minutes missing on levels that are held included.
    private func worth(_ group: RowGroup, _ units: Int) -> Int64 {
        sub.cost(of: group, adding: units) + Int64(sub.missing(in: group, adding: units))
    }

    private func wake(_ group: RowGroup) throws(LinearProgramError) {
        guard sleeping.removeValue(forKey: group.lead) != nil else { return }
        try addCover(group)
    }

    /// Entries of the lines that are there already in a new row for a group.
    private func entries(_ lead: Int) -> (columns: [Int], values: [Double]) {
        var columns: [Int] = []
        var values: [Double] = []
        for (index, line) in lines.enumerated() {
            var units = 0
            sub.problem.forEachCover(of: line) { row, count in if row == lead { units += count } }
            if units != 0 {
                columns.append(lineColumn[index])
                values.append(Double(units))
            }
        }
        return (columns, values)
    }

    private func addCover(_ group: RowGroup) throws(LinearProgramError) {
        let lead = group.lead
        let cover = sub.problem.rows[lead]
        if cover.shape == .share {
            let row = try addRow(group, lower: Double(-sub.base[lead]))
            _ = try programme.addColumn(
                cost: Double(cover.surplusSlope) / 60, lower: 0, upper: .infinity, rows: [Int32(row)],
                values: [100])
            return
        }
        let most = sub.people.count
        // The least presence at which nothing is short, and the most at which nothing is too many.
        let top =
            (0...most).first { units in
                worth(group, units) <= worth(group, units + 1)
            } ?? most
        let costsSurplus = sub.cost(of: group, adding: most + 1) > sub.cost(of: group, adding: top)
        guard top > 0 || costsSurplus else { return }
        let row = try addRow(group, lower: Double(top))
        try addShortages(group, row: row, from: top)
        guard costsSurplus else { return }
        try programme.setRowBounds(row, lower: Double(top), upper: Double(top))
        try addSurplus(group, row: row, from: top)
    }

    private func addRow(_ group: RowGroup, lower: Double) throws(LinearProgramError) -> Int {
        let (columns, values) = entries(group.lead)
        let row = try programme.addRow(lower: lower, upper: .infinity, columns: columns, values: values)
        coverRow[group.lead] = row
        return row
    }

    /// A column for each stretch of heads below the target that cost the same to miss.
    private func addShortages(_ group: RowGroup, row: Int, from top: Int) throws(LinearProgramError) {
        let hard = sub.isHard(group)
        let held = sub.holds(hard: hard)
        func step(_ units: Int) -> (cost: Int64, minutes: Int) {
            (
                sub.cost(of: group, adding: units - 1) - sub.cost(of: group, adding: units),
                sub.missing(in: group, adding: units - 1) - sub.missing(in: group, adding: units)
            )
        }
        var units = top
        while units > 0 {
            let slope = step(units)
            var length = 1
            while units - length > 0, step(units - length) == slope { length += 1 }
            var rows = [Int32(row)]
            var values = [1.0]
            let hours = Double(slope.minutes) / 60
            if slope.minutes > 0, let limit = heldRow[hard ? 0 : 1] {
                rows.append(Int32(limit))
                values.append(hours)
            }
            let shut = slope.minutes > 0 && held == false
            let cost = Double(slope.cost) / 60
            let column = try programme.addColumn(
                cost: shut ? cost + Self.elasticHour * hours : cost, lower: 0,
                upper: shut && !isElastic ? 0 : Double(length), rows: rows, values: values)
            if shut { elastic.append((column, Double(length))) }
            units -= length
        }
    }

    /// A column for each stretch of heads above the target that cost the same.
    private func addSurplus(_ group: RowGroup, row: Int, from top: Int) throws(LinearProgramError) {
        func slope(_ units: Int) -> Int64 {
            sub.cost(of: group, adding: units + 1) - sub.cost(of: group, adding: units)
        }
        var units = top
        while units <= sub.people.count {
            var length = 1
            while units + length <= sub.people.count, slope(units + length) == slope(units) { length += 1 }
            let last = units + length > sub.people.count
            _ = try programme.addColumn(
                cost: Double(slope(units)) / 60, lower: 0, upper: last ? .infinity : Double(length),
                rows: [Int32(row)], values: [-1])
            units += length
        }
    }

    private func addCounters(_ person: Int) throws(LinearProgramError) {
        for counter in sub.problem.people[person].counters {
            guard let first = counter.kinks.first else { continue }
            let row = try programme.addRow(lower: -.infinity, upper: Double(first.from))
            counterRow[person, default: []].append((counter.kind, row))
            for (index, kink) in counter.kinks.enumerated() {
                let next = index + 1 < counter.kinks.count ? Double(counter.kinks[index + 1].from) : .infinity
                _ = try programme.addColumn(
                    cost: Double(kink.slope) / 60, lower: 0, upper: next - Double(kink.from),
                    rows: [Int32(row)], values: [-1])
            }
        }
    }

    private func addWeek(_ index: Int) throws(LinearProgramError) {
        let week = sub.problem.weeks[index]
        let row = try programme.addRow(lower: Double(week.minutes) / 60, upper: .infinity)
        weekRow[index] = row
        for (member, cover) in week.rows.enumerated() {
            let minutes = Double(sub.problem.rows[cover].minutes) / 60
            let link = try programme.addRow(lower: -Double(sub.base[cover]), upper: .infinity)
            linkRow[index, default: []].append((link, member))
            linksOfRow[cover, default: []].append(link)
            _ = try programme.addColumn(
                cost: 0, lower: 0, upper: 1, rows: [Int32(row), Int32(link)], values: [minutes, -1])
        }
        let held = sub.holds(hard: week.hard)
        var rows = [Int32(row)]
        var values = [1.0]
        if let limit = heldRow[week.hard ? 0 : 1] {
            rows.append(Int32(limit))
            values.append(1)
        }
        let shut = held == false
        let column = try programme.addColumn(
            cost: held == nil ? 1 : shut ? Self.elasticHour : 0, lower: 0, upper: shut ? 0 : .infinity,
            rows: rows, values: values)
        if shut { elastic.append((column, .infinity)) }
    }

    /// Opens or shuts the minutes missing on levels that are held at zero.
    ///
    /// A dive needs them open, at a price that only guides it: fixing people one by one could otherwise leave
    /// the rest no rota at all. Whether what comes out is better is decided level by level.
    func setElastic(_ open: Bool) throws(LinearProgramError) {
        isElastic = open
        for (column, length) in elastic {
            try programme.setColumnBounds(column, lower: 0, upper: open ? length : 0)
        }
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

    /// Allows every line again.
    func openAll() throws(LinearProgramError) {
        for index in lines.indices where isShut[index] {
            isShut[index] = false
            try programme.setColumnBounds(lineColumn[index], lower: 0, upper: .infinity)
        }
    }

    // MARK: Solving

    func solve(_ method: LinearProgram.Method = .primal, seconds: Double) -> LinearProgram.Status {
        programme.solve(method, iterationLimit: nil, seconds: seconds.isFinite ? max(0.05, seconds) : nil)
    }

    /// Roughly the nanoseconds that solving has taken, counted and not measured.
    var work: Double { Double(programme.iterations) * (30_000 + 300 * Double(programme.rowCount)) }

    /// In units of the level: sixtieths of a point, or minutes.
    var objective: Double { programme.objective * 60 + Double(sub.constant) }

    func value(of line: Int) -> Double { programme.value(ofColumn: lineColumn[line]) }

    /// The duals, rounded to fixed point.
    func prices() -> Prices {
        var prices = Prices(problem: sub.problem, countsLineCost: sub.level == 3)
        func fixed(_ dual: Double, _ unit: Double = 1) -> Int64 {
            Int64((dual * 60 * Double(Prices.scale) / unit).rounded())
        }
        for group in sub.groups where coverRow[group.lead] >= 0 {
            let row = group.lead
            let price = fixed(programme.dual(ofRow: coverRow[row]))
            let surplus = group.rows.contains { sub.problem.rows[$0].surplusFrom < Int(Int32.max) }
            prices.rows[row] = surplus ? price : max(0, price)
        }
        for person in sub.people {
            for (kind, row) in counterRow[person] ?? [] {
                prices.counters[person][kind.rawValue] = max(0, -fixed(programme.dual(ofRow: row)))
            }
        }
        for index in 0..<2 {
            if let row = heldRow[index] {
                prices.held[index] = max(0, -fixed(programme.dual(ofRow: row), 60))
            }
        }
        for week in sub.weeks {
            if let row = weekRow[week] { prices.weeks[week] = max(0, fixed(programme.dual(ofRow: row), 60)) }
            for (link, member) in linkRow[week] ?? [] {
                let worth = max(0, fixed(programme.dual(ofRow: link)))
                prices.links[week][member] = worth
                prices.rows[sub.problem.weeks[week].rows[member]] += worth
            }
        }
        return prices
    }

    /// The price at which a person's line is worth having.
    func threshold(_ person: Int) -> Double {
        guard let row = personRow[person] else { return 0 }
        return programme.dual(ofRow: row) * 60 * Double(Prices.scale)
    }

    func write(to path: String) throws(LinearProgramError) { try programme.writeLP(to: path) }
}
