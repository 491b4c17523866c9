import LinearProgram
import Testing

@Suite struct LinearProgramSolutionTests {
    @Test func knownOptimumWithItsDuals() throws {
        let program = try wyndorGlass()
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

    @Test func copiesAreTheSingleValues() throws {
        let program = try Sample.random(seed: 9).program()
        program.solve()
        var values: [Double] = []
        var duals = [1.0, 2, 3]
        program.copyPrimal(into: &values)
        program.copyDuals(into: &duals)
        #expect(values == (0..<program.columnCount).map { program.value(ofColumn: $0) })
        #expect(duals == (0..<program.rowCount).map { program.dual(ofRow: $0) })
    }

    /// The optimality conditions, computed from the data alone: primal feasibility, the sign of each dual and
    /// reduced cost, complementary slackness and strong duality.
    @Test(arguments: 0..<60, [LinearProgram.Method.primal, .dual])
    func optimumSatisfiesTheOptimalityConditions(seed: UInt64, method: LinearProgram.Method) throws {
        let sample = Sample.random(seed: seed)
        let program = try sample.program()
        try #require(program.solve(method) == .optimal)

        var activity = Array(repeating: 0.0, count: sample.rows.count)
        var cost = 0.0
        var dualObjective = 0.0
        for (index, column) in sample.columns.enumerated() {
            let value = program.value(ofColumn: index)
            var reducedCost = column.cost
            for (row, coefficient) in zip(column.rows, column.values) {
                activity[Int(row)] += coefficient * value
                reducedCost -= coefficient * program.dual(ofRow: Int(row))
            }
            cost += column.cost * value
            #expect(isClose(reducedCost, program.reducedCost(ofColumn: index)))
            dualObjective += check(value, column.lower, column.upper, price: reducedCost)
        }
        for (index, row) in sample.rows.enumerated() {
            #expect(isClose(activity[index], program.activity(ofRow: index)))
            dualObjective += check(activity[index], row.lower, row.upper, price: program.dual(ofRow: index))
        }
        #expect(isClose(cost, program.objective))
        #expect(isClose(dualObjective, program.objective))
    }

    /// Checks one value against its bounds and price, and returns its part of the dual objective.
    private func check(_ value: Double, _ lower: Double, _ upper: Double, price: Double) -> Double {
        #expect(value >= lower - 1e-6 && value <= upper + 1e-6)
        guard abs(price) > 1e-6 else { return 0 }
        let binding = price > 0 ? lower : upper
        #expect(isClose(value, binding))
        return price * binding
    }

    // MARK: Basis

    @Test func aBasisBringsTheParentBack() throws {
        let program = try Sample.cover(seed: 7, rows: 60, columns: 600).program()
        program.solve()
        let parent = program.basis
        let objective = program.objective
        let used = (0..<program.columnCount).filter { program.value(ofColumn: $0) > 0.3 }
        for column in used { try program.setColumnBounds(column, lower: 0, upper: 0) }
        #expect(program.solve() == .optimal)
        #expect(program.objective > objective)

        for column in used {
            try program.setColumnBounds(column, lower: 0, upper: column < 60 ? .infinity : 1)
        }
        program.basis = parent
        #expect(program.basis == parent)
        let before = program.iterations
        #expect(program.solve() == .optimal)
        #expect(isClose(program.objective, objective))
        #expect(program.iterations == before)
    }

    @Test func aBasisFitsTheGrownProgram() throws {
        let program = try wyndorGlass()
        program.solve()
        let basis = program.basis
        try program.addRow(lower: -.infinity, upper: 100)
        try program.addColumn(cost: -1, upper: 1, rows: [3], values: [1])
        program.basis = basis
        #expect(program.isBasic(row: 3) && !program.isBasic(column: 2))
        #expect(program.solve() == .optimal)
        #expect(isClose(program.objective, -37))
    }

    /// The same program with its columns the other way round is solved where this one's basis, reordered, stands.
    @Test func aBasisIsReorderedWithItsColumns() throws {
        let program = LinearProgram()
        let turned = LinearProgram()
        for program in [program, turned] { try program.addRow(lower: 2, upper: .infinity) }
        let costs = [3.0, 1, 2]
        for cost in costs { try program.addColumn(cost: cost, upper: 1.5, rows: [0], values: [1]) }
        for cost in costs.reversed() { try turned.addColumn(cost: cost, upper: 1.5, rows: [0], values: [1]) }
        program.solve()
        turned.basis = program.basis.reordered(columns: [2, 1, 0])
        #expect(turned.isBasic(column: 0) == program.isBasic(column: 2))
        #expect(turned.solve() == .optimal)
        #expect(isClose(turned.objective, 2.5) && turned.iterations == 0)
    }

    @Test func aBasisOfALargerProgramIsRefused() async {
        await #expect(processExitsWith: .failure) {
            let program = try wyndorGlass()
            let basis = program.basis
            program.deleteColumns([0])
            program.basis = basis
        }
    }
}
