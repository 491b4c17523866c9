import LinearProgram

/// The restricted master: one row a person, one a cover row, one a convex total; columns are lines of work.
///
/// It holds a linear programme, so it is made, used and dropped on one thread.
final class Master {
    let sub: SubProblem
    private(set) var lines: [Line] = []
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
    /// The first column that is a line.
    private var firstLine = 0
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
        for row in sub.rows { try addCover(row) }
        if sub.level == 3 { for person in sub.people { try addCounters(person) } }
        for week in sub.weeks { try addWeek(week) }
        firstLine = programme.columnCount
    }

    // MARK: Rows

    private func addCover(_ row: Int) throws(LinearProgramError) {
        let cover = sub.problem.rows[row]
        let base = Int(sub.base[row])
        if cover.shape == .share {
            coverRow[row] = try programme.addRow(lower: Double(-base), upper: .infinity)
            let cost = Double(cover.surplusSlope) / 60
            _ = try programme.addColumn(
                cost: cost, lower: 0, upper: .infinity, rows: [Int32(coverRow[row])], values: [100])
            return
        }
        let levelCost = { (value: Int) in Double(self.sub.cost(ofRow: row, value: value)) / 60 }
        let top = sub.level == 3 ? max(cover.minimum, cover.kneeTop) : cover.minimum
        let costsSurplus = sub.level == 3 && cover.surplusFrom < base + sub.people.count
        guard top > base || costsSurplus else { return }
        let target = max(top, base)
        let lp = try programme.addRow(lower: Double(target - base), upper: .infinity)
        coverRow[row] = lp
        try addShortages(row, from: target, cost: levelCost)
        guard costsSurplus else { return }
        try programme.setRowBounds(lp, lower: Double(target - base), upper: Double(target - base))
        _ = try programme.addColumn(
            cost: 0, lower: 0, upper: Double(max(0, cover.surplusFrom - target)), rows: [Int32(lp)],
            values: [-1])
        _ = try programme.addColumn(
            cost: Double(cover.surplusSlope) / 60, lower: 0, upper: .infinity, rows: [Int32(lp)],
            values: [-1])
    }

    /// A column for each stretch of heads below the target that cost the same to miss.
    private func addShortages(_ row: Int, from target: Int, cost: (Int) -> Double) throws(LinearProgramError) {
        let cover = sub.problem.rows[row]
        let held = sub.holds(hard: cover.hard)
        var value = target
        while value > Int(sub.base[row]), value > 0 {
            let slope = cost(value - 1) - cost(value)
            let below = value <= cover.minimum
            var length = 1
            while value - length > 0, (value - length <= cover.minimum) == below,
                cost(value - length - 1) - cost(value - length) == slope
            { length += 1 }
            var rows = [Int32(coverRow[row])]
            var values = [1.0]
            if below, let limit = heldRow[cover.hard ? 0 : 1] {
                rows.append(Int32(limit))
                values.append(Double(cover.minutes) / 60)
            }
            let shut = below && held == false
            let hours = Double(cover.minutes) / 60
            let column = try programme.addColumn(
                cost: shut ? slope + Self.elasticHour * hours : slope, lower: 0,
                upper: shut ? 0 : Double(length), rows: rows, values: values)
            if shut { elastic.append((column, Double(length))) }
            value -= length
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
        for (column, length) in elastic {
            try programme.setColumnBounds(column, lower: 0, upper: open ? length : 0)
        }
    }

    // MARK: Columns

    /// Adds a line; false if it is there already.
    @discardableResult
    func add(_ line: Line) throws(LinearProgramError) -> Bool {
        guard let person = personRow[line.person],
            known.insert([UInt8(truncatingIfNeeded: line.person), UInt8(line.person >> 8)] + line.slots).inserted
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
        _ = try entryRows.withUnsafeBufferPointer { rows throws(LinearProgramError) in
            try entryValues.withUnsafeBufferPointer { values throws(LinearProgramError) in
                try programme.addColumn(cost: cost, lower: 0, upper: .infinity, rows: rows, values: values)
            }
        }
        lines.append(line)
        return true
    }

    /// Allows a line or forbids it, or forces it.
    func setLine(_ index: Int, lower: Double, upper: Double) throws(LinearProgramError) {
        try programme.setColumnBounds(firstLine + index, lower: lower, upper: upper)
    }

    // MARK: Solving

    func solve(_ method: LinearProgram.Method = .primal, seconds: Double) -> LinearProgram.Status {
        programme.solve(method, iterationLimit: nil, seconds: seconds.isFinite ? max(0.05, seconds) : nil)
    }

    /// In units of the level: sixtieths of a point, or minutes.
    var objective: Double { programme.objective * 60 + Double(sub.constant) }

    func value(of line: Int) -> Double { programme.value(ofColumn: firstLine + line) }

    /// The duals, rounded to fixed point.
    func prices() -> Prices {
        var prices = Prices(problem: sub.problem, countsLineCost: sub.level == 3)
        func fixed(_ dual: Double, _ unit: Double = 1) -> Int64 {
            Int64((dual * 60 * Double(Prices.scale) / unit).rounded())
        }
        for row in sub.rows where coverRow[row] >= 0 {
            let price = fixed(programme.dual(ofRow: coverRow[row]))
            prices.rows[row] = sub.problem.rows[row].surplusFrom < Int(Int32.max) ? price : max(0, price)
        }
        for person in sub.people {
            for (kind, row) in counterRow[person] ?? [] {
                prices.counters[person][kind.rawValue] = max(0, -fixed(programme.dual(ofRow: row)))
            }
        }
        for index in 0..<2 {
            if let row = heldRow[index] { prices.held[index] = max(0, -fixed(programme.dual(ofRow: row), 60)) }
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
