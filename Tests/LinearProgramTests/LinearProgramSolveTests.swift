import LinearProgram
import Testing

@Suite struct LinearProgramSolveTests {
    @Test(arguments: [LinearProgram.Method.primal, .dual, .automatic])
    func everyMethodFindsTheOptimum(method: LinearProgram.Method) throws {
        let program = try wyndorGlass()
        #expect(program.solve(method) == .optimal)
        #expect(isClose(program.objective, -36))
    }

    @Test(arguments: [LinearProgram.Method.primal, .dual, .automatic])
    func tellsInfeasibleFromUnbounded(method: LinearProgram.Method) throws {
        let infeasible = LinearProgram()
        try infeasible.addRow(lower: 5, upper: .infinity)
        try infeasible.addRow(lower: -.infinity, upper: 3)
        try infeasible.addColumn(cost: -1, rows: [0, 1], values: [1, 1])
        #expect(infeasible.solve(method) == .infeasible)

        let unbounded = LinearProgram()
        try unbounded.addRow(lower: 5, upper: .infinity)
        try unbounded.addColumn(cost: -1, rows: [0], values: [1])
        #expect(unbounded.solve(method) == .unbounded)
    }

    @Test func anEmptyProgramCostsNothing() throws {
        let program = LinearProgram()
        #expect(program.solve() == .optimal)
        #expect(program.objective == 0)
        try program.addRow(lower: 1, upper: 2)
        #expect(program.solve() == .infeasible)
    }

    @Test func addedColumnsStartWarm() throws {
        let sample = Sample.cover(seed: 1, rows: 60, columns: 600)
        var start = sample
        start.columns.removeLast(500)
        let warm = try start.program()
        var cold = 0
        for batch in stride(from: start.columns.count, to: sample.columns.count, by: 50) {
            for column in sample.columns[batch..<batch + 50] { try sample.add(column, to: warm) }
            #expect(warm.solve() == .optimal)
            let fresh = LinearProgram()
            for row in sample.rows { try fresh.addRow(lower: row.lower, upper: row.upper) }
            for column in sample.columns[..<(batch + 50)] { try sample.add(column, to: fresh) }
            #expect(fresh.solve() == .optimal)
            #expect(isClose(warm.objective, fresh.objective))
            cold += fresh.iterations
        }
        #expect(warm.iterations < cold / 2, "\(warm.iterations) warm, \(cold) cold")
    }

    @Test func aFixedColumnIsResolvedByTheDualMethod() throws {
        let program = try Sample.cover(seed: 2, rows: 60, columns: 600).program()
        program.solve()
        let cold = program.iterations
        let used = try #require((0..<program.columnCount).first { program.value(ofColumn: $0) > 0.5 })
        try program.setColumnBounds(used, lower: 0, upper: 0)
        #expect(program.solve() == .optimal)
        #expect(program.value(ofColumn: used) == 0)
        #expect(program.iterations - cold < cold / 2)
    }

    @Test func stopsAtTheIterationLimit() throws {
        let program = try Sample.cover(seed: 3, rows: 60, columns: 600).program()
        #expect(program.solve(.primal, iterationLimit: 0) == .notSolved(.iterationLimit))
        #expect(program.solve(.primal, iterationLimit: 5) == .notSolved(.iterationLimit))
        #expect(program.iterations <= 6)

        // From a feasible basis the primal method stops at a feasible point.
        program.solve()
        let optimum = program.objective
        for column in 60..<program.columnCount { try program.setCost(ofColumn: column, 60) }
        #expect(program.solve(.primal, iterationLimit: 3) == .feasible(.iterationLimit))
        #expect(program.objective >= optimum)
    }

    @Test func stopsWhenTheTimeIsUp() throws {
        let program = try Sample.cover(seed: 3, rows: 60, columns: 600).program()
        #expect(program.solve(seconds: 0) == .notSolved(.timeLimit))
        #expect(program.solve(seconds: -1) == .notSolved(.timeLimit))
        #expect(program.solve(seconds: 1e300) == .optimal)
    }

    @Test func aSingularBasisIsReplaced() throws {
        let program = LinearProgram()
        try program.addRow(lower: 1, upper: .infinity)
        try program.addRow(lower: 1, upper: .infinity)
        try program.addColumn(cost: 1, rows: [0, 1], values: [1, 1])
        try program.addColumn(cost: 2, rows: [0], values: [1])
        program.solve()
        // The same two columns, now alike, as the basis of both rows.
        let twin = LinearProgram()
        try twin.addRow(lower: 1, upper: .infinity)
        try twin.addRow(lower: 1, upper: .infinity)
        try twin.addColumn(cost: 1, rows: [0], values: [1])
        try twin.addColumn(cost: 1, rows: [1], values: [1])
        twin.solve()
        let bothBasic = twin.basis
        let alike = LinearProgram()
        try alike.addRow(lower: 1, upper: .infinity)
        try alike.addRow(lower: 1, upper: .infinity)
        try alike.addColumn(cost: 1, rows: [0, 1], values: [1, 1])
        try alike.addColumn(cost: 2, rows: [0, 1], values: [1, 1])
        alike.basis = bothBasic
        #expect(alike.isBasic(column: 0) && alike.isBasic(column: 1))
        #expect(alike.solve() == .optimal)
        #expect(isClose(alike.objective, 1))
    }
}
