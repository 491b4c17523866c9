import Testing

@testable import RosterEngine

/// The pricing table against every lawful line.
@Suite struct PricerTests {
    @Test func findsTheCheapestLine() {
        var random = RandomSource(seed: 11)
        var exact = 0
        var priced = 0
        for seed in 0..<60 {
            guard let ward = TinyWard(seed: seed, stream: 60) else { continue }
            let pricer = Pricer(ward.problem)
            for person in ward.problem.people.indices {
                for level in [1, 3] {
                    let prices = randomPrices(ward.problem, countsLineCost: level == 3, &random)
                    let all = ward.lines[person].map { price($0.line, prices, ward.problem) }
                    let cheapest = all.min() ?? 0
                    let found = pricer.price(person, prices)
                    priced += 1
                    #expect(found.bound <= cheapest, "seed \(seed), person \(person)")
                    guard let line = found.line else {
                        Issue.record("seed \(seed), person \(person): no line found among \(all.count)")
                        continue
                    }
                    #expect(
                        found.price == price(line, prices, ward.problem), "seed \(seed), person \(person)")
                    #expect(ward.problem.line(person, slots: line.slots) != nil, "seed \(seed): not lawful")
                    let hasPathRule = !ward.problem.people[person].path.rules.isEmpty
                    if !hasPathRule { #expect(found.price == cheapest, "seed \(seed), person \(person)") }
                    if found.price == cheapest { exact += 1 }
                }
            }
        }
        #expect(priced > 60 && exact * 10 > priced * 9, "\(exact) of \(priced)")
    }

    /// Limits on how many duties of a shift there are, down to none: the line is the cheapest of all, whatever was priced
    /// before with the same tables.
    @Test func countedLimitsAreMetExactly() {
        var random = RandomSource(seed: 13)
        var (priced, counted) = (0, 0)
        for seed in 0..<120 {
            let totals = RandomWard.shifts.map { ($0.id, Int.random(in: 0...2, using: &random)) }
            guard
                let ward = TinyWard(
                    seed: seed, stream: 60, totals: Dictionary(uniqueKeysWithValues: totals))
            else { continue }
            let pricer = Pricer(ward.problem)
            for person in ward.problem.people.indices {
                for level in [1, 3, 1, 3] {
                    let prices = randomPrices(ward.problem, countsLineCost: level == 3, &random)
                    let all = ward.lines[person].map { price($0.line, prices, ward.problem) }
                    let found = pricer.price(person, prices)
                    priced += 1
                    #expect(found.price == all.min() && found.bound <= found.price, "seed \(seed)")
                    #expect(found.line.map { ward.problem.line(person, slots: $0.slots) } != nil)
                }
            }
            if pricer.countTable.count > 0 { counted += 1 }
        }
        #expect(priced > 200 && counted > 20, "\(priced), \(counted)")
    }

    @Test func closedCellsAreLeftAlone() {
        var random = RandomSource(seed: 12)
        for seed in 0..<20 {
            guard let ward = TinyWard(seed: seed, stream: 60) else { continue }
            let pricer = Pricer(ward.problem)
            let model = ward.problem.people[0]
            let closed = model.allowed.indices.map { _ in Int.random(in: 0..<3, using: &random) == 0 }
            pricer.closed[0] = closed
            let found = pricer.price(0, randomPrices(ward.problem, countsLineCost: true, &random)).line
            for (day, slot) in (found?.slots ?? []).enumerated() {
                #expect(!closed[model.index(day, Int(slot))])
            }
        }
    }

    /// However much a rota is in need of somebody: a day that leaves no way to spend it has no line.
    @Test func noLineIsFoundWhereThereIsNone() throws {
        let ward = try #require(TinyWard(seed: 0, stream: 60))
        let pricer = Pricer(ward.problem)
        var prices = Prices(problem: ward.problem, countsLineCost: true)
        for row in prices.rows.indices { prices.rows[row] = 600_000 * 1440 * Prices.scale * 7 }
        for person in ward.problem.people.indices {
            let model = ward.problem.people[person]
            pricer.closed[person] = model.allowed.indices.map {
                $0 / model.slots.count == ward.problem.dayCount - 1
            }
            #expect(pricer.price(person, prices).line == nil)
        }
    }

    private func randomPrices(
        _ problem: Problem, countsLineCost: Bool, _ random: inout RandomSource
    ) -> Prices {
        var prices = Prices(problem: problem, countsLineCost: countsLineCost)
        let most: Int64 = countsLineCost ? 300_000 : 5000
        for row in prices.rows.indices {
            prices.rows[row] = Int64.random(in: -most / 4...most, using: &random)
        }
        for person in prices.counters.indices {
            for kind in 1..<4 {
                prices.counters[person][kind] = Int64.random(in: 0...most / 4, using: &random)
            }
        }
        return prices
    }

    private func price(_ line: Line, _ prices: Prices, _ problem: Problem) -> Int64 {
        let hours = problem.people[line.person].hours
        var price =
            prices.countsLineCost
            ? (line.cost + hours.cost[line.total(.paid) / hours.step]) * Prices.scale : 0
        problem.forEachCover(of: line) { row, units in price -= prices.rows[row] * Int64(units) }
        for kind in [CounterKind.nights, .weekends, .refused] {
            price += prices.counters[line.person][kind.rawValue] * Int64(line.total(kind))
        }
        return price
    }
}
