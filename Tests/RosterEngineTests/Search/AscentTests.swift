import Testing

@testable import RosterEngine

@Suite struct AscentTests {
    /// At every step its bound holds for all rotas, and it gets somewhere.
    @Test func neverAboveTheOptimum() throws {
        var (asked, raised) = (0, 0)
        for seed in 0..<30 {
            guard let ward = TinyWard(seed: seed, stream: 91) else { continue }
            var random = RandomSource(seed: UInt64(seed))
            for component in ward.problem.components.indices
            where !ward.problem.components[component].people.isEmpty {
                let best = ward.optimum(of: component)
                let pricer = Pricer(ward.problem)
                let stop = Stop(seconds: nil)
                var ruin = RuinRecreate(ward.problem, component: component, pricer: pricer)
                let constructed = ruin.construct(stop, &random)
                let incumbent = ruin.improve(try #require(constructed), rounds: 20, stop: stop, &random)
                guard (incumbent.objective.hard, incumbent.objective.minimum) == (best.hard, best.minimum)
                else { continue }
                let sub = SubProblem(
                    ward.problem, incumbent, level: 3, held: (best.hard, best.minimum))
                var ascent = Ascent(sub)
                var bounds: [Int64] = []
                for _ in 0..<15 {
                    ascent.climb(sub, towards: incumbent.objective.cost, pricer, stop)
                    bounds.append(try #require(ascent.provenBound(sub)))
                }
                asked += 1
                #expect(bounds == bounds.sorted() && bounds[14] <= best.cost, "seed \(seed), \(component)")
                if bounds[0] < best.cost, bounds[14] > bounds[0] { raised += 1 }
            }
        }
        #expect(asked > 10 && raised > 0)
    }
}
