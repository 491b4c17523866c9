import Foundation
import Testing

@testable import RosterEngine

@Suite struct AscentTests {
    /// At every step its bound holds for all rotas, and it gets somewhere.
    @Test func neverAboveTheOptimum() throws {
        var (asked, raised) = (0, 0)
        for seed in 0..<30 {
            guard let ward = TinyWard(seed: seed, stream: 91, isLoose: true) else { continue }
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
                var ascent = try #require(Ascent(sub, incumbent))
                var bounds: [Int64] = []
                for _ in 0..<3 {
                    ascent.climb(sub, pricer, stop)
                    bounds.append(try #require(ascent.provenBound(sub)))
                }
                asked += 1
                #expect(bounds == bounds.sorted() && bounds[2] <= best.cost, "seed \(seed), \(component)")
                let nothing = Prices(problem: ward.problem, countsLineCost: true)
                let loose = try #require(ward.problem.loose)
                let apart = sub.people.map { person in
                    let limits = ward.problem.people[person].path.limits.map { _ in Int64(0) }
                    return pricer.loose(person, nothing, LooseCharges(limits: limits), in: loose).price
                }
                if bounds[2] > sub.rounded(sub.bound(nothing, linePrices: apart)) { raised += 1 }
            }
        }
        #expect(asked > 10 && raised > 0)
    }

    /// Whatever is charged for hours, weekends and sums, no lawful line is cheaper than the cheapest loose one.
    @Test func aLooseLineIsNeverDearerThanALawfulOne() throws {
        var asked = 0
        for seed in 0..<60 {
            guard let ward = TinyWard(seed: seed, stream: 17, isLoose: true) else { continue }
            let problem = ward.problem
            let loose = try #require(problem.loose)
            let pricer = Pricer(problem)
            var random = RandomSource(seed: UInt64(seed))
            for person in problem.people.indices where problem.people[person].reserved.isEmpty {
                let model = problem.people[person]
                for _ in 0..<4 {
                    var prices = Prices(problem: problem, countsLineCost: true)
                    for row in prices.rows.indices {
                        prices.rows[row] = Int64.random(in: -100...4000, using: &random) * Prices.scale
                    }
                    let charges = LooseCharges(
                        hours: Int64.random(in: -500...500, using: &random),
                        weekends: Int64.random(in: 0...90_000, using: &random),
                        limits: model.path.limits.map {
                            Int64.random(in: 0...90_000, using: &random) / Int64($0.largest)
                        })
                    let found = pricer.loose(person, prices, charges, in: loose)
                    let least = ward.lines[person].map { line, _ in
                        var price =
                            (line.cost + model.hours.cost[line.total(.paid) / model.hours.step])
                            * Prices.scale
                        problem.forEachCover(of: line) { price -= prices.rows[$0] * Int64($1) }
                        return price
                    }.min()
                    asked += 1
                    #expect(found.price <= (try #require(least)), "seed \(seed), person \(person)")
                }
            }
        }
        #expect(asked > 100)
    }

    /// Over weeks, with limits on weekends, hours and shifts that bind: the same against the cheapest lawful lines.
    @Test func aLooseLineOfManyWeeksIsNoDearerEither() throws {
        let instance = try LongPeriodTests().instance(people: 4, days: 56)
        let problem = try Compiler(instance.scenario, instance.rules).problem(isLoose: true)
        let loose = try #require(problem.loose)
        #expect(loose.mostWeekends == [4])
        #expect(loose.graphs[0].nodeCount < problem.graphs[0].nodeCount / 2)
        let pricer = Pricer(problem)
        var random = RandomSource(seed: 12)
        for person in problem.people.indices {
            for _ in 0..<4 {
                var prices = Prices(problem: problem, countsLineCost: true)
                for row in prices.rows.indices {
                    prices.rows[row] = Int64.random(in: -100...6000, using: &random) * Prices.scale
                }
                let charges = LooseCharges(
                    hours: Int64.random(in: -9000...90_000, using: &random),
                    weekends: Int64.random(in: 0...900_000, using: &random),
                    limits: problem.people[person].path.limits.map { _ in
                        Int64.random(in: 0...90_000, using: &random)
                    })
                let lawful = pricer.price(person, prices)
                #expect(lawful.line != nil)
                #expect(pricer.loose(person, prices, charges, in: loose).price <= lawful.price)
            }
        }
    }

    /// Slopes that rise with kinks, as rows make them: the root is found, or the end before which there is none.
    @Test func theShareAtWhichASlopeIsZeroIsFound() {
        var random = RandomSource(seed: 5)
        for _ in 0..<500 {
            let kinks = (0..<8).map { _ in
                (
                    at: Double.random(in: 0...1, using: &random),
                    by: pow(10, Double.random(in: 0...6, using: &random))
                )
            }
            let start = -pow(10, Double.random(in: 0...6, using: &random))
            func slope(_ share: Double) -> Double {
                kinks.reduce(start + share) { $0 + $1.by * max(0, share - $1.at) }
            }
            let share = Ascent.root(of: slope)
            guard slope(1) > 0 else {
                #expect(share == 1)
                continue
            }
            #expect(0 <= share && share < 1)
            var (low, high) = (0.0, 1.0)
            while high - low > 1e-9 {
                let middle = (low + high) / 2
                if slope(middle) < 0 { low = middle } else { high = middle }
            }
            #expect(abs(share - low) <= 0.001 || abs(slope(share)) <= -start / 1000, "\(share) \(low)")
        }
        #expect(Ascent.root { $0 } == 0)
        #expect(Ascent.root { 2 * $0 - 1 } == 0.5)
    }
}
