import LinearProgram
import Testing

@Suite struct LinearProgramTests {
    /// Minimise −3x − 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: the textbook's Wyndor Glass, 36 at (2, 6).
    static func wyndor() throws -> LinearProgram {
        let program = LinearProgram()
        for upper in [4.0, 12, 18] { try program.addRow(lower: -.infinity, upper: upper) }
        try program.addColumn(cost: -3, rows: [0, 2], values: [1, 3])
        try program.addColumn(cost: -5, rows: [2, 1], values: [2, 2])
        return program
    }

    @Test func findsTheKnownOptimumWithItsDuals() throws {
        let program = try Self.wyndor()
        #expect(program.solve() == .optimal)
        #expect(isClose(program.objective, -36))
        #expect(isClose(program.value(ofColumn: 0), 2))
        #expect(isClose(program.value(ofColumn: 1), 6))
        #expect(isClose(program.dual(ofRow: 0), 0))
        #expect(isClose(program.dual(ofRow: 1), -1.5))
        #expect(isClose(program.dual(ofRow: 2), -1))
        #expect(isClose(program.activity(ofRow: 0), 2))
        #expect(isClose(program.reducedCost(ofColumn: 0), 0))
        #expect(program.isBasic(column: 0) && program.isBasic(row: 0) && !program.isBasic(row: 1))
    }

    @Test func knapsack() throws {
        let program = LinearProgram()
        try program.addRow(lower: -.infinity, upper: 10)
        for (value, weight) in [(10.0, 5.0), (13, 6), (7, 4)] {
            try program.addColumn(cost: -value, lower: 0, upper: 1, rows: [0], values: [weight])
        }
        let result = try program.solveInteger(integerColumns: 0..<3)
        guard case .optimal(let solution) = result else { Issue.record("\(result)"); return }
        #expect(isClose(solution.objective, -20))
        #expect(program.solve() == .optimal)
    }
}

func isClose(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-6 * max(1, abs(left), abs(right))
}
