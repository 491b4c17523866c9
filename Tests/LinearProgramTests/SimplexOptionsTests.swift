import LinearProgram
import Testing

@Suite struct SimplexOptionsTests {
    @Test func everyChoiceFindsTheSameOptimum() throws {
        let sample = Sample.cover(seed: 4, rows: 40, columns: 300)
        let usual = try sample.program()
        usual.solve()
        var iterations: Set<Int> = []
        for pricing in [LinearProgram.SimplexOptions.Pricing.dantzig, .projectedSteepestEdge] {
            for ratioTest in [LinearProgram.SimplexOptions.RatioTest.textbook, .harris] {
                let program = try sample.program()
                program.options.pricing = pricing
                program.options.ratioTest = ratioTest
                #expect(program.solve() == .optimal)
                #expect(isClose(program.objective, usual.objective))
                iterations.insert(program.iterations)
            }
        }
        #expect(iterations.count > 1, "the choice changes nothing")
    }

    @Test func aToleranceOutsideItsRangeIsRefused() async {
        await #expect(processExitsWith: .failure) {
            let program = try wyndorGlass()
            program.options.primalTolerance = 0
            program.solve()
        }
    }
}
