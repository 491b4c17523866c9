import Roster
import Testing

@testable import SystemPool

@Suite("Ejection chains")
struct EjectionChainsTests {
    @Test("Never worse than where they start, and as good as trying everything nearly always")
    func nearTheBest() {
        var tried = 0
        var best = 0
        for seed in 0..<400 {
            var tiny = TinySystem(seed: UInt64(seed))
            let picture = tiny.picture()
            let force = BruteForce(picture)
            guard force.size <= 3_000 else { continue }
            let instance = PoolInstance(picture)
            let layout = PoolLayout(instance)
            var givers = Array(repeating: [Int](), count: instance.giverCount)
            for offer in instance.offers { givers[offer.giver].append(offer.index) }
            let greedy = GreedyMatch.choose(instance, layout)
            var chains = EjectionChains(instance, layout, givers: givers)
            chains.start(from: greedy)
            chains.improve()
            let (before, after) = (
                layout.value(of: greedy, in: instance), layout.value(of: chains.choice, in: instance)
            )
            #expect((after.hard, after.shortage) <= (before.hard, before.shortage), "seed \(seed)")
            let optimum = force.best()
            #expect((optimum.hard, optimum.shortage) <= (after.hard, after.shortage), "seed \(seed)")
            tried += 1
            if (after.hard, after.shortage) == (optimum.hard, optimum.shortage) { best += 1 }
        }
        #expect(tried >= 300)
        #expect(best * 100 >= tried * 98, "\(best) of \(tried)")
    }

    @Test("They find what nobody alone can better")
    func chain() {
        var better = 0
        for seed in 0..<2_000 where better == 0 {
            var tiny = TinySystem(seed: UInt64(seed))
            let instance = PoolInstance(tiny.picture())
            let layout = PoolLayout(instance)
            var givers = Array(repeating: [Int](), count: instance.giverCount)
            for offer in instance.offers { givers[offer.giver].append(offer.index) }
            var chains = EjectionChains(instance, layout, givers: givers)
            chains.reach = EjectionChains.Reach(depth: 1, labels: 0)
            chains.start(from: GreedyMatch.choose(instance, layout))
            chains.improve()
            let alone = layout.value(of: chains.choice, in: instance)
            chains.reach = .near
            chains.improve()
            let together = layout.value(of: chains.choice, in: instance)
            if (together.hard, together.shortage) < (alone.hard, alone.shortage) { better += 1 }
        }
        #expect(better > 0)
    }

    @Test("What a lender cannot spare is left out from the start")
    func spared() {
        var tooMany = 0
        for seed in 0..<400 {
            var tiny = TinySystem(seed: UInt64(seed), most: 12)
            let instance = PoolInstance(tiny.picture())
            let layout = PoolLayout(instance)
            var givers = Array(repeating: [Int](), count: instance.giverCount)
            for offer in instance.offers { givers[offer.giver].append(offer.index) }
            var chains = EjectionChains(instance, layout, givers: givers)
            let all = PoolChoice(
                parts: givers.indices.compactMap { chains.table.sets(ofGiver: $0).first }.map {
                    chains.table.parts[$0]
                })
            func isSpared(_ choice: PoolChoice) -> Bool {
                let heads = layout.value(of: choice, in: instance).heads
                return layout.lineSlices.joined().allSatisfy { heads[$0.row] <= $0.capacity }
            }
            chains.start(from: all)
            #expect(isSpared(chains.choice), "seed \(seed)")
            chains.improve()
            #expect(isSpared(chains.choice), "seed \(seed)")
            if !isSpared(all) { tooMany += 1 }
        }
        #expect(tooMany >= 50)
    }
}
