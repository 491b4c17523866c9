import Testing

@testable import RosterEngine

@Suite struct RuinRecreateTests {
    @Test func itOnlyGetsBetterAndStaysLawful() throws {
        for seed in 0..<20 {
            guard let ward = TinyWard(seed: seed) else { continue }
            var random = RandomSource(seed: UInt64(seed))
            let stop = Stop(seconds: nil)
            for component in ward.problem.components.indices {
                var ruin = RuinRecreate(ward.problem, component: component, pricer: Pricer(ward.problem))
                let constructed = ruin.construct(stop, &random)
                let first = try #require(constructed, "seed \(seed)")
                let better = ruin.improve(first, rounds: 10, stop: stop, &random)
                #expect(better.objective <= first.objective, "seed \(seed)")
                for line in better.lines {
                    #expect(ward.problem.line(line.person, slots: line.slots) != nil, "seed \(seed)")
                }
            }
        }
    }
}
