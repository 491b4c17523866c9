import LinearProgram
import Testing

@Suite struct LinearProgramIntegerTests {
    /// Ten things to pack, the best by enumeration.
    private let weights = [23.0, 31, 29, 44, 53, 38, 63, 85, 89, 82]
    private let gains = [92.0, 57, 49, 68, 60, 43, 67, 84, 87, 72]
    private let capacity = 165.0

    private func knapsack() throws -> LinearProgram {
        let program = LinearProgram()
        try program.addRow(lower: -.infinity, upper: capacity)
        for (weight, gain) in zip(weights, gains) {
            try program.addColumn(cost: -gain, lower: 0, upper: 1, rows: [0], values: [weight])
        }
        return program
    }

    @Test func findsTheBestKnapsack() throws {
        let best = (0..<1 << weights.count).map { choice in
            let packed = weights.indices.filter { choice >> $0 & 1 == 1 }
            return packed.map { weights[$0] }.reduce(0, +) <= capacity
                ? packed.map { gains[$0] }.reduce(0, +) : 0
        }.max()
        let result = try knapsack().solveInteger(integerColumns: weights.indices)
        guard case .optimal(let solution) = result else { Issue.record("\(result)"); return }
        #expect(-solution.objective == best)
        #expect(solution.values.allSatisfy { $0 == 0 || $0 == 1 })
        #expect(-zip(solution.values, gains).map(*).reduce(0, +) == solution.objective)
    }

    @Test func stopsAtTheGapWithAProvedBound() throws {
        let program = try Sample.cover(seed: 11, rows: 40, columns: 200).program()
        let columns = 0..<program.columnCount
        guard case .optimal(let best) = try program.solveInteger(integerColumns: columns),
            case .feasible(let solution, let bound, .gapReached) =
                try program.solveInteger(integerColumns: columns, relativeGap: 0.3)
        else { Issue.record("not stopped at the gap"); return }
        #expect(bound <= best.objective + 1e-6)
        #expect(best.objective <= solution.objective + 1e-6)
        #expect((solution.objective - bound) / solution.objective <= 0.3 + 1e-9)
    }

    @Test func stopsAtTheNodeLimitWithAProvedBound() throws {
        let program = try Sample.cover(seed: 11, rows: 40, columns: 200).program()
        let columns = 0..<program.columnCount
        guard
            case .optimal(let best) = try program.solveInteger(integerColumns: columns, nodeLimit: 1_000_000)
        else { Issue.record("not solved"); return }
        switch try program.solveInteger(integerColumns: columns, nodeLimit: 1) {
        case .feasible(_, let bound, .nodeLimit), .notSolved(let bound, .nodeLimit):
            #expect(bound <= best.objective + 1e-6)
        case let result: Issue.record("\(result)")
        }
    }

    @Test func onlyTheColumnsNamedAreInteger() throws {
        let program = LinearProgram()
        try program.addRow(lower: 3.5, upper: .infinity)
        try program.addColumn(cost: 1, upper: 3, rows: [0], values: [1])
        try program.addColumn(cost: 2, rows: [0], values: [1])
        let result = try program.solveInteger(integerColumns: [0])
        #expect(result.solution?.values == [3, 0.5])
        // The columns are continuous again afterwards, and the basis is the relaxation's.
        let before = program.iterations
        #expect(program.solve() == .optimal)
        #expect(program.iterations == before)
        #expect(isClose(program.objective, 4))
        #expect(try program.solveInteger(integerColumns: [1]).solution?.values == [2.5, 1])
    }

    @Test func tellsInfeasibleUnboundedAndStoppedApart() throws {
        let infeasible = LinearProgram()
        try infeasible.addRow(lower: 0.4, upper: 0.6)
        try infeasible.addColumn(cost: 1, upper: 1, rows: [0], values: [1])
        #expect(try infeasible.solveInteger(integerColumns: [0]) == .infeasible)
        try infeasible.setRowBounds(0, lower: 2, upper: 2)
        #expect(try infeasible.solveInteger(integerColumns: [0]) == .infeasible)

        let unbounded = LinearProgram()
        try unbounded.addRow(lower: 1, upper: .infinity)
        try unbounded.addColumn(cost: -1, rows: [0], values: [1])
        #expect(try unbounded.solveInteger(integerColumns: [0]) == .unbounded)

        let stopped = try knapsack().solveInteger(integerColumns: weights.indices, seconds: 0)
        #expect(stopped == .notSolved(bound: -.infinity, .timeLimit))
        #expect(stopped.solution == nil)
    }

    @Test func refusesFractionalBounds() throws {
        let program = try knapsack()
        try program.setColumnBounds(4, lower: 0, upper: 1.5)
        #expect(throws: LinearProgramError.fractionalBound(column: 4, lower: 0, upper: 1.5)) {
            try program.solveInteger(integerColumns: weights.indices)
        }
    }
}
