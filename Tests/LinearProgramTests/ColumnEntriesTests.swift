import LinearProgram
import Testing

@Suite struct ColumnEntriesTests {
    @Test func columnsReachRowsAddedLater() throws {
        let program = LinearProgram()
        try program.addRow(lower: 1, upper: .infinity)
        try program.addColumn(cost: 1, rows: [0], values: [1])
        let more = try program.addRows(count: 100, lower: 2, upper: .infinity)
        try program.addColumn(
            cost: 1, rows: more.map { Int32($0) }, values: more.map { _ in 1 })
        #expect(program.solve() == .optimal)
        #expect(isClose(program.objective, 3))
    }

    @Test func refusesARowTwiceInOneColumnOnly() throws {
        let program = try wyndorGlass()
        #expect(throws: LinearProgramError.repeatedRow(1, column: 2)) {
            try program.addColumn(cost: 1, rows: [1, 0, 1], values: [1, 1, 1])
        }
        #expect(try program.addColumn(cost: 1, rows: [1, 0], values: [1, 1]) == 2)
        #expect(try program.addColumn(cost: 1, rows: [0, 1], values: [1, 1]) == 3)
    }
}
