import Testing

@testable import RosterEngine

/// The Lagrangian bound holds at any prices whatever, for all people and for a few.
@Suite struct SubProblemTests {
    @Test(arguments: 1...3)
    func boundHoldsAtAnyPrices(_ level: Int) {
        var random = RandomSource(seed: UInt64(level))
        var wards = 0
        for seed in 0..<20 {
            guard let ward = TinyWard(seed: seed, stream: 30), let component = ward.largestComponent
            else { continue }
            wards += 1
            let people = ward.problem.components[component].people
            let standing = ward.randomIncumbent(of: component, &random)
            for free in [Set(people), Set(people.shuffled(using: &random).prefix(2))] {
                let best = ward.optimum(of: component, free: free, standing: standing)
                let sub = SubProblem(
                    ward.problem, standing, level: level, free: free, held: (best.hard, best.minimum))
                let wanted = level == 1 ? Int64(best.hard) : level == 2 ? Int64(best.minimum) : best.cost
                let pricer = Pricer(ward.problem)
                for _ in 0..<4 {
                    let prices = randomPrices(sub, &random)
                    let bound = sub.bound(
                        prices, linePrices: sub.people.map { pricer.price($0, prices).bound })
                    #expect(bound <= wanted * Prices.scale, "seed \(seed), level \(level), \(free)")
                }
            }
        }
        #expect(wards > 5)
    }

    /// It holds under limits on heads missing for every rota that keeps them.
    @Test func boundHoldsUnderLimits() {
        var random = RandomSource(seed: 5)
        var compared = 0
        for seed in 0..<50 {
            guard let ward = TinyWard(seed: seed, stream: 30), let component = ward.largestComponent else {
                continue
            }
            let standing = ward.randomIncumbent(of: component, &random)
            let best = ward.optimum(of: component)
            let plain = SubProblem(ward.problem, standing, level: 3, held: (best.hard, best.minimum))
            for count in 1...2 {
                let limits = (0..<count).compactMap { _ in ward.randomLimit(plain, &random) }
                let sub = SubProblem(
                    ward.problem, standing, level: 3, held: (best.hard, best.minimum), limits: limits)
                guard !limits.isEmpty, let wanted = ward.leastCost(sub, keeping: limits) else { continue }
                compared += 1
                let pricer = Pricer(ward.problem)
                let most = ShortageLimit.breach * Prices.scale
                for trial in 0..<4 {
                    // Where nothing else has a price, a limit that is charged too much shows.
                    var prices =
                        trial < 2
                        ? Prices(problem: ward.problem, countsLineCost: true) : randomPrices(sub, &random)
                    prices.limits = limits.map {
                        $0.price(nearest: Int64.random(in: -most...most, using: &random))
                    }
                    let bound = sub.bound(
                        prices, linePrices: sub.people.map { pricer.price($0, prices).bound })
                    #expect(bound <= wanted * Prices.scale, "seed \(seed), \(limits)")
                }
            }
        }
        #expect(compared > 10, "\(compared) compared")
    }

    private func randomPrices(_ sub: SubProblem, _ random: inout RandomSource) -> Prices {
        var prices = Prices(problem: sub.problem, countsLineCost: sub.level == 3)
        let most: Int64 = sub.level == 3 ? 400_000 : 60_000
        for group in sub.groups where Bool.random(using: &random) {
            prices.rows[group.lead] = Int64.random(in: -most / 8...most, using: &random)
        }
        if sub.level == 3 {
            for person in sub.people {
                for kind in 1..<4 {
                    prices.counters[person][kind] = Int64.random(in: 0...most / 8, using: &random)
                }
            }
        }
        for index in 0..<2 where sub.holds(hard: index == 0) == true {
            prices.held[index] = Int64.random(in: 0...500, using: &random)
        }
        for week in sub.weeks {
            prices.weeks[week] = Int64.random(in: 0...200, using: &random)
            for (member, row) in sub.problem.weeks[week].rows.enumerated() {
                let worth = Int64.random(in: 0...20_000, using: &random)
                prices.links[week][member] = worth
                prices.rows[row] += worth
            }
        }
        return prices
    }
}
