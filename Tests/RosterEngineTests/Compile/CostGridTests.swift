import Testing

@testable import RosterEngine

@Suite struct CostGridTests {
    @Test(
        arguments: [
            (0, 60, 0), (1, 60, 60), (60, 60, 60), (61, 60, 120), (-1, 60, 0), (-60, 60, -60), (-61, 60, -60),
            (7, 1, 7),
        ] as [(Int64, Int64, Int64)])
    func roundsUpToTheGrid(_ bound: Int64, _ step: Int64, _ up: Int64) {
        #expect(CostGrid.up(bound, to: step) == up)
    }

    /// Every rota of random rosters lies on the grid of its component.
    @Test func everyRotaLiesOnIt() {
        var random = RandomSource(seed: 3)
        var beyondOne = 0
        for seed in 0..<60 {
            guard let ward = TinyWard(seed: seed) else { continue }
            for component in ward.problem.components.indices {
                let step = ward.problem.costGrids[component]
                if step > 1 { beyondOne += 1 }
                for _ in 0..<20 {
                    let cost = ward.randomIncumbent(of: component, &random).objective.cost
                    #expect(cost % step == 0, "seed \(seed): \(cost) is no multiple of \(step)")
                }
            }
        }
        #expect(beyondOne > 10)
    }
}
