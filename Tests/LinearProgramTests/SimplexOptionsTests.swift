import LinearProgram
import Testing

@Suite struct SimplexOptionsTests {
    typealias Options = LinearProgram.SimplexOptions

    @Test func everyChoiceFindsTheSameOptimaOnItsOwnPath() throws {
        var paths: Set<[Int]> = []
        for pricing in [Options.Pricing.dantzig, .projectedSteepestEdge] {
            for ratioTest in [Options.RatioTest.textbook, .harris] {
                var iterations: [Int] = []
                for seed: UInt64 in 0..<20 {
                    let sample = Sample.random(seed: seed, rows: 30, columns: 60)
                    let (usual, program) = (try sample.program(), try sample.program())
                    usual.solve()
                    program.options.pricing = pricing
                    program.options.ratioTest = ratioTest
                    #expect(program.solve(.primal) == .optimal)
                    #expect(isClose(program.objective, usual.objective))
                    iterations.append(program.iterations)
                }
                paths.insert(iterations)
            }
        }
        // Harris' test differs from the textbook's on few of them, and not under each pricing.
        #expect(paths.count >= 3, "a choice changes nothing")
    }

    @Test func aToleranceOutsideItsRangeIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let program = try wyndorGlass()
            program.options.primalTolerance = 0
            program.solve()
        }
        #expect(standardError(result).contains("a simplex tolerance lies between 0 and 1"))
    }
}
