import LinearProgram
import Testing

@Suite struct SimplexOptionsTests {
    typealias Options = LinearProgram.SimplexOptions

    @Test func everyChoiceFindsTheSameOptimumOnItsOwnPath() throws {
        let sample = Sample.cover(seed: 4, rows: 40, columns: 300)
        var iterations: [Options.Pricing: [Int]] = [:]
        var objectives: [Double] = []
        for pricing in [Options.Pricing.dantzig, .projectedSteepestEdge] {
            for ratioTest in [Options.RatioTest.textbook, .harris] {
                let program = try sample.program()
                program.options.pricing = pricing
                program.options.ratioTest = ratioTest
                #expect(program.solve(.dual) == .optimal)
                iterations[pricing, default: []].append(program.iterations)
                objectives.append(program.objective)
            }
        }
        #expect(objectives.allSatisfy { isClose($0, objectives[0]) })
        #expect(iterations[.dantzig] != iterations[.projectedSteepestEdge])
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
