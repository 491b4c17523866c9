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

    /// People who cannot change as they were meant to get better days of their own, and only where they would have
    /// changed.
    @Test func whatIsRefittedIsBetterAndChangesNothingElse() throws {
        var gained = 0
        for seed in 0..<60 {
            guard let ward = TinyWard(seed: seed) else { continue }
            var random = RandomSource(seed: UInt64(seed))
            for component in ward.problem.components.indices {
                let start = ward.randomIncumbent(of: component, &random)
                let meant = ward.randomIncumbent(of: component, &random).lines
                var ruin = RuinRecreate(ward.problem, component: component, pricer: Pricer(ward.problem))
                let better = ruin.refit(start, as: meant)
                #expect(better.objective <= start.objective, "seed \(seed)")
                #expect(
                    Incumbent(ward.problem, component: component, lines: better.lines).objective
                        == better.objective)
                if better.objective < start.objective { gained += 1 }
                for (line, (old, meant)) in zip(better.lines, zip(start.lines, meant)) {
                    #expect(ward.problem.line(line.person, slots: line.slots) != nil, "seed \(seed)")
                    for day in line.slots.indices where old.slots[day] == meant.slots[day] {
                        #expect(line.slots[day] == old.slots[day], "seed \(seed)")
                    }
                }
            }
        }
        #expect(gained > 10)
    }

    /// A price on weekends spares some, and never at the cost of the rota.
    @Test func weekendsThatCostNothingAreSpared() throws {
        var weekends = [0, 0]
        for seed in 0..<60 {
            guard let ward = TinyWard(seed: seed) else { continue }
            for component in ward.problem.components.indices {
                var random = RandomSource(seed: UInt64(seed))
                let start = ward.randomIncumbent(of: component, &random)
                for (index, price) in [Int64(0), 600].enumerated() {
                    var random = RandomSource(seed: UInt64(seed))
                    var ruin = RuinRecreate(
                        ward.problem, component: component, pricer: Pricer(ward.problem), weekendPrice: price)
                    let better = ruin.improve(start, rounds: 20, stop: Stop(seconds: nil), &random)
                    #expect(better.objective <= start.objective, "seed \(seed)")
                    weekends[index] += better.lines.reduce(0) { $0 + $1.total(.weekends) }
                }
            }
        }
        #expect(weekends[1] < weekends[0])
    }
}
