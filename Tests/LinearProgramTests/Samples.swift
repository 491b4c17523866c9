import LinearProgram
import Testing

/// Equal up to the simplex method's tolerance.
func isClose(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-6 * max(1, abs(left), abs(right))
}

/// Minimise −3x − 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: Hillier and Lieberman's Wyndor Glass, −36 at (2, 6).
func wyndorGlass() throws -> LinearProgram {
    let program = LinearProgram()
    for upper in [4.0, 12, 18] { try program.addRow(lower: -.infinity, upper: upper) }
    try program.addColumn(cost: -3, rows: [0, 2], values: [1, 3])
    try program.addColumn(cost: -5, rows: [2, 1], values: [2, 2])
    return program
}

/// What a process that was expected to stop said: the message tells our precondition from GLPK's abort.
func standardError(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}

/// Random numbers which are the same in every run (Steele, Lea and Flood 2014).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }
}

/// A linear program as plain data, so that a solution can be checked without asking GLPK.
struct Sample {
    struct Column {
        var cost: Double
        var lower: Double
        var upper: Double
        var rows: [Int32]
        var values: [Double]
    }

    var rows: [(lower: Double, upper: Double)] = []
    var columns: [Column] = []

    /// A random program with every shape of bounds, and a feasible optimum: a point is drawn first and the
    /// bounds laid around it; columns with an open side have a cost that keeps them from it.
    static func random(seed: UInt64, rows rowCount: Int = 12, columns columnCount: Int = 25) -> Sample {
        var random = SplitMix64(state: seed)
        var sample = Sample()
        var activity = Array(repeating: 0.0, count: rowCount)
        for _ in 0..<columnCount {
            let value = Double(Int.random(in: -5...5, using: &random))
            let rows = (0..<Int32(rowCount)).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
            let values = rows.map { _ in Double(Int.random(in: -4...4, using: &random)) }
            for (row, coefficient) in zip(rows, values) { activity[Int(row)] += coefficient * value }
            let below = value - Double(Int.random(in: 0...6, using: &random))
            let above = value + Double(Int.random(in: 0...6, using: &random))
            let cost = Double(Int.random(in: 0...9, using: &random))
            let column =
                switch Int.random(in: 0..<4, using: &random) {
                case 0: Column(cost: cost, lower: below, upper: .infinity, rows: rows, values: values)
                case 1: Column(cost: -cost, lower: -.infinity, upper: above, rows: rows, values: values)
                case 2: Column(cost: -cost, lower: value, upper: value, rows: rows, values: values)
                default: Column(cost: cost - 5, lower: below, upper: above, rows: rows, values: values)
                }
            sample.columns.append(column)
        }
        for row in 0..<rowCount {
            let slack = Double(Int.random(in: 0...8, using: &random))
            let bounds: (Double, Double) =
                switch Int.random(in: 0..<5, using: &random) {
                case 0: (activity[row], activity[row])
                case 1: (-.infinity, activity[row] + slack)
                case 2: (activity[row] - slack, .infinity)
                case 3: (activity[row] - slack, activity[row] + slack + 1)
                default: (-.infinity, .infinity)
                }
            sample.rows.append(bounds)
        }
        return sample
    }

    /// A random set cover: each row wants a few of the columns, of which each covers some rows.
    static func cover(seed: UInt64, rows rowCount: Int, columns columnCount: Int) -> Sample {
        var random = SplitMix64(state: seed)
        var sample = Sample()
        sample.rows = (0..<rowCount).map { _ in (Double(Int.random(in: 1...3, using: &random)), .infinity) }
        for row in 0..<Int32(rowCount) {
            sample.columns.append(Column(cost: 50, lower: 0, upper: .infinity, rows: [row], values: [1]))
        }
        for _ in 0..<columnCount {
            let rows = (0..<Int32(rowCount)).filter { _ in Int.random(in: 0..<6, using: &random) == 0 }
            sample.columns.append(
                Column(
                    cost: Double(Int.random(in: 3...9, using: &random)) + Double(rows.count), lower: 0,
                    upper: 1, rows: rows, values: rows.map { _ in 1 }))
        }
        return sample
    }

    func program() throws -> LinearProgram {
        let program = LinearProgram()
        for row in rows { try program.addRow(lower: row.lower, upper: row.upper) }
        for column in columns { try add(column, to: program) }
        return program
    }

    func add(_ column: Column, to program: LinearProgram) throws {
        try program.addColumn(
            cost: column.cost, lower: column.lower, upper: column.upper, rows: column.rows,
            values: column.values)
    }
}
