import Dispatch
import LinearProgram
import Synchronization
import Testing

@Suite struct LinearProgramTests {
    // MARK: Growing and shrinking

    @Test func countsRowsAndColumnsFromZero() throws {
        let program = LinearProgram()
        #expect(try program.addRow(lower: 0, upper: 1) == 0)
        #expect(try program.addRows(count: 3, lower: 2, upper: 2) == 1..<4)
        #expect(try program.addRows(count: 0, lower: 2, upper: 2).isEmpty)
        #expect(try program.addColumn(cost: 1, rows: [0], values: [1]) == 0)
        #expect(try program.addColumn(cost: 1, rows: [], values: []) == 1)
        #expect(program.rowCount == 4)
        #expect(program.columnCount == 2)
    }

    @Test func eachShapeOfBoundsHolds() throws {
        let program = LinearProgram()
        let free = try program.addRow(lower: -.infinity, upper: .infinity)
        let fixed = try program.addRow(lower: 3, upper: 3)
        let range = try program.addRow(lower: -2, upper: 5)
        for row: Int32 in 0..<3 {
            try program.addColumn(cost: row == 2 ? -1 : 1, lower: -10, upper: 10, rows: [row], values: [1])
        }
        #expect(program.solve() == .optimal)
        #expect(isClose(program.activity(ofRow: free), -10))
        #expect(isClose(program.activity(ofRow: fixed), 3))
        #expect(isClose(program.activity(ofRow: range), 5))
    }

    @Test func changedBoundsAndCostsCount() throws {
        let program = try wyndorGlass()
        program.solve()
        try program.setRowBounds(2, lower: -.infinity, upper: 24)
        #expect(program.solve() == .optimal)
        #expect(isClose(program.objective, -42))
        try program.setColumnBounds(1, lower: 1, upper: 3)
        #expect(program.solve() == .optimal)
        #expect(isClose(program.objective, -27))
        try program.setCost(ofColumn: 0, 2)
        #expect(program.solve() == .optimal)
        #expect(isClose(program.objective, -15))
    }

    @Test func deletingNonBasicColumnsKeepsTheOptimumAndTheBasis() throws {
        let sample = Sample.cover(seed: 5, rows: 40, columns: 300)
        let program = try sample.program()
        #expect(program.solve() == .optimal)
        let objective = program.objective
        let idle = (0..<program.columnCount).filter {
            !program.isBasic(column: $0) && program.value(ofColumn: $0) == 0
        }
        program.deleteColumns(idle)
        #expect(program.columnCount == sample.columns.count - idle.count)
        let before = program.iterations
        #expect(program.solve() == .optimal)
        #expect(program.iterations == before)
        #expect(isClose(program.objective, objective))
    }

    @Test func deletingABasicColumnRepairsTheBasis() throws {
        let sample = Sample.cover(seed: 6, rows: 40, columns: 300)
        let program = try sample.program()
        program.solve()
        let gone = try #require((0..<program.columnCount).first { program.isBasic(column: $0) })
        program.deleteColumns([gone])
        #expect(program.solve() == .optimal)

        var smaller = sample
        smaller.columns.remove(at: gone)
        let fresh = try smaller.program()
        fresh.solve()
        #expect(isClose(program.objective, fresh.objective))
    }

    @Test(arguments: zip(0..<3, [-36.0, -45, -42]))
    func deletingARowLiftsItsBound(row: Int, objective: Double) throws {
        let program = try wyndorGlass()
        program.solve()
        program.deleteRows([row])
        #expect(program.rowCount == 2)
        #expect(program.solve() == .optimal)
        #expect(isClose(program.objective, objective))
    }

    @Test func deletingNothingChangesNothing() throws {
        let program = try wyndorGlass()
        program.deleteColumns([])
        program.deleteRows([])
        #expect(program.rowCount == 3 && program.columnCount == 2)
    }

    // MARK: Refused data

    @Test(arguments: [Double.nan, .infinity, -.infinity]) func refusesNumbersThatAreNot(value: Double) throws
    {
        let program = try wyndorGlass()
        #expect { try program.addColumn(cost: value, rows: [0], values: [1]) } throws: {
            if case LinearProgramError.invalidCost(column: 2, value: _) = $0 { true } else { false }
        }
        #expect { try program.addColumn(cost: 1, rows: [2, 1], values: [1, value]) } throws: {
            if case LinearProgramError.invalidCoefficient(row: 1, column: 2, value: _) = $0 {
                true
            } else {
                false
            }
        }
        #expect { try program.setCost(ofColumn: 1, value) } throws: {
            if case LinearProgramError.invalidCost(column: 1, value: _) = $0 { true } else { false }
        }
        #expect(program.columnCount == 2)
        #expect(program.solve() == .optimal)
        #expect(isClose(program.objective, -36))
    }

    @Test(arguments: [(2.0, 1.0), (.nan, 1), (1, .nan), (.infinity, .infinity), (-.infinity, -.infinity)])
    func refusesImpossibleBounds(lower: Double, upper: Double) throws {
        let program = try wyndorGlass()
        func isRefused(_ place: LinearProgramError.Place, _ change: () throws -> Void) {
            #expect(
                performing: change,
                throws: {
                    if case LinearProgramError.invalidBounds(place, lower: _, upper: _) = $0 {
                        true
                    } else {
                        false
                    }
                })
        }
        isRefused(.row(3)) { try program.addRow(lower: lower, upper: upper) }
        isRefused(.row(1)) { try program.setRowBounds(1, lower: lower, upper: upper) }
        isRefused(.column(0)) { try program.setColumnBounds(0, lower: lower, upper: upper) }
        isRefused(.column(2)) {
            try program.addColumn(cost: 0, lower: lower, upper: upper, rows: [0], values: [1])
        }
        #expect(program.rowCount == 3 && program.columnCount == 2)
        #expect(program.solve() == .optimal)
        #expect(isClose(program.objective, -36))
    }

    @Test func anUnknownRowStopsBeforeGLPK() async {
        let entry = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try wyndorGlass().addColumn(cost: 1, rows: [3], values: [1])
        }
        #expect(standardError(entry).contains("row 3 is not among the 3 rows"))
        let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try wyndorGlass().addColumn(cost: 1, rows: [-1], values: [1])
        }
        #expect(standardError(negative).contains("row -1 is not among the 3 rows"))
        let dual = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try wyndorGlass().dual(ofRow: 3)
        }
        #expect(standardError(dual).contains("row 3 is not among the 3 rows"))
    }

    @Test func anUnknownColumnStopsBeforeGLPK() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try wyndorGlass().setCost(ofColumn: 2, 1)
        }
        #expect(standardError(result).contains("column 2 is not among the 2 columns"))
    }

    @Test func listsThatDoNotFitStopBeforeGLPK() async {
        let values = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try wyndorGlass().addColumn(cost: 1, rows: [1], values: [])
        }
        #expect(standardError(values).contains("as many values as rows"))
        let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try wyndorGlass().deleteColumns([1, 0])
        }
        #expect(standardError(order).contains("indices to delete ascend"))
        let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try wyndorGlass().deleteRows([1, 1])
        }
        #expect(standardError(twice).contains("indices to delete ascend"))
    }

    // MARK: Threads and terminal

    @Test func threadsWithTheirOwnProgramsGiveTheSequentialResults() {
        @Sendable func objectives(_ thread: Int) -> [Double] {
            (0..<20).map { round in
                let sample = Sample.cover(seed: UInt64(100 * thread + round), rows: 20, columns: 100)
                guard let program = try? sample.program(), program.solve() == .optimal else { return .nan }
                return program.objective
            }
        }
        let results = Mutex([Int: [Double]]())
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            let found = objectives(thread)
            LinearProgram.freeThreadEnvironment()
            results.withLock { $0[thread] = found }
        }
        #expect(
            results.withLock { $0 } == Dictionary(uniqueKeysWithValues: (0..<4).map { ($0, objectives($0)) }))
    }

    @Test func anotherThreadIsStoppedInDebugBuilds() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            struct Smuggled: @unchecked Sendable { let program: LinearProgram }
            let smuggled = Smuggled(program: try wyndorGlass())
            let done = DispatchSemaphore(value: 0)
            DispatchQueue.global().async {
                smuggled.program.solve()
                done.signal()
            }
            done.wait()
        }
        #expect(standardError(result).contains("on a thread other than the one that made it"))
    }

    @Test func theEnvironmentIsNotFreedUnderALivingProgram() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let program = try wyndorGlass()
            LinearProgram.freeThreadEnvironment()
            program.solve()
        }
        #expect(standardError(result).contains("still alive"))
        await #expect(processExitsWith: .success) {
            for _ in 0..<3 {
                try wyndorGlass().solve()
                LinearProgram.freeThreadEnvironment()
            }
        }
    }

    @Test func anIdleEnvironmentAloneIsFreedWhereOthersMayBeInUse() async {
        await #expect(processExitsWith: .success) {
            let program = try wyndorGlass()
            LinearProgram.freeIdleThreadEnvironment()
            precondition(program.solve() == .optimal)
        }
        await #expect(processExitsWith: .success) {
            for _ in 0..<3 {
                try wyndorGlass().solve()
                LinearProgram.freeIdleThreadEnvironment()
            }
        }
    }

    @Test func nothingIsPrintedWhateverHappens() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
            let program = try Sample.cover(seed: 6, rows: 40, columns: 300).program()
            program.solve()
            let basic = (0..<program.columnCount).filter { program.isBasic(column: $0) }
            program.deleteColumns(basic)
            program.solve()
            _ = try program.solveInteger(integerColumns: 0..<program.columnCount, relativeGap: 0.1)
            try program.setRowBounds(0, lower: 1e9, upper: 1e9)
            program.solve(.dual)
            try? program.writeLP(to: "/no/such/folder/program.lp")
        }
        #expect(String(decoding: result.standardOutputContent, as: UTF8.self) == "")
    }
}
