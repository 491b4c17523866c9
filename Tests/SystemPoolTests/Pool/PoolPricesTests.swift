import Roster
import Testing

@testable import SystemPool

@Suite("Prices of heads and of limits")
struct PoolPricesTests {
    private static func prices(_ instance: PoolInstance) throws -> (PoolPrices, DutyTable, PoolProgramme) {
        let programme = try PoolProgramme(instance, nodeLimit: 0)
        let table = DutyTable(instance, programme.layout, givers: programme.givers)
        return (PoolPrices(instance, programme.layout, table), table, programme)
    }

    @Test("The bound is never above the best, and near to the linear programme's")
    func bound() throws {
        var (tried, sum, relaxed) = (0, 0.0, 0.0)
        for seed in 0..<400 {
            var tiny = TinySystem(seed: UInt64(seed))
            let picture = tiny.picture()
            let force = BruteForce(picture)
            guard force.size <= 3_000 else { continue }
            let best = force.best()
            let instance = PoolInstance(picture)
            var (prices, _, programme) = try Self.prices(instance)
            let held = PoolPrices.Held(hard: best.hard, worst: best.worst, all: best.final)
            let bound = prices.climb(held, .first)
            #expect(bound <= Double(best.burden) + 1e-6, "seed \(seed)")
            // A relaxation needs columns that keep the limits to begin with.
            var search = try PoolSearch(instance)
            try search.run { _, _, _ in }
            try programme.crash(search.choice)
            try programme.holdHard(at: best.hard)
            guard try programme.holdShortage(at: best.final) else { continue }
            try programme.liftWorst(from: best.worst)
            try programme.pursue(.burden)
            let exact = try #require(try programme.relax())
            #expect(bound <= exact + 1e-4, "seed \(seed)")
            tried += 1
            sum += max(0, bound)
            relaxed += exact
        }
        #expect(tried >= 100)
        #expect(sum >= 0.9 * relaxed, "\(sum) of \(relaxed)")
    }

    @Test("Each giver's shares are of its sets that lack least, and come to one at most")
    func shares() throws {
        var seen = 0
        for seed in 0..<400 {
            var tiny = TinySystem(seed: UInt64(seed))
            let instance = PoolInstance(tiny.picture())
            var (prices, table, programme) = try Self.prices(instance)
            let start = programme.layout.value(of: PoolChoice(), in: instance)
            prices.climb(
                PoolPrices.Held(hard: start.hard, worst: start.worst, all: start.shortage * 9 / 10), .first)
            let lacks = prices.lacks()
            #expect(lacks.count == table.parts.count)
            #expect(lacks.allSatisfy { $0 >= 0 })
            var sums: [Int: Double] = [:]
            for (part, share) in prices.shares {
                let giver = instance.offers[part.offer].giver
                sums[giver, default: 0] += share
                let set = try #require(table.set(of: part))
                #expect(lacks[set] <= 12, "seed \(seed)")
                seen += 1
            }
            #expect(sums.values.allSatisfy { $0 <= 1 + 1e-9 })
        }
        #expect(seen >= 100)
    }

    @Test("What is exceeded grows dearer, what is kept does not")
    func raise() {
        var limits = PoolGoal.Limits(
            worst: 100, duals: [1, 1], all: 150, dualOfAll: 0.5, scale: 10)
        let (before, other) = (
            limits.price(120, ofOrganisation: 0) - limits.price(110, ofOrganisation: 0),
            limits.duals[1]
        )
        let isOneOver = limits.raise([120, 90], all: 140)
        #expect(isOneOver)
        #expect(limits.price(120, ofOrganisation: 0) - limits.price(110, ofOrganisation: 0) > before)
        #expect(limits.duals[1] == other)
        #expect(limits.dualOfAll == 0.5)
        let isAllOver = limits.raise([90, 90], all: 151)
        #expect(isAllOver)
        #expect(limits.dualOfAll > 0.5)
        let isOver = limits.raise([100, 100], all: 150)
        #expect(!isOver)
    }

    @Test("A table keeps those sets that it is told to, and knows whether it has all")
    func table() throws {
        var kept = 0
        for seed in 0..<300 {
            var tiny = TinySystem(seed: UInt64(seed))
            let instance = PoolInstance(tiny.picture())
            let (_, table, _) = try Self.prices(instance)
            #expect(table.isComplete)
            let half = DutyTable(table) { $0 % 2 == 0 }
            #expect(!half.isComplete)
            #expect(half.parts == table.parts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
            for (set, part) in half.parts.enumerated() {
                let place = try #require(table.set(of: part))
                #expect(half.set(of: part) == set)
                #expect(Array(half.rows(of: set)) == Array(table.rows(of: place)))
                #expect(half.sets(ofGiver: Int(half.givers[set])).contains(set))
                #expect(half.rows(of: set).allSatisfy { half.takers(of: Int($0)).contains(Int32(set)) })
                kept += 1
            }
        }
        #expect(kept >= 100)
    }

    @Test("Sets that are left out are told of")
    func shortest() {
        let arcs = (0..<5).map { PoolArc(gap: $0, start: $0 * 100, end: $0 * 100 + 10, travel: 0, work: 10) }
        let sets = DutySets(arcs: arcs, rest: 0, remaining: 1_000)
        #expect(sets.shortest(31).isAll)
        #expect(sets.shortest(31).found.count == 31)
        #expect(!sets.shortest(30).isAll)
        #expect(!sets.shortest(5).isAll)
        #expect(sets.shortest(5).found.count == 5)
    }

    @Test("The same picture gives the same choice, whichever thread is first")
    func deterministic() throws {
        for seed in [3, 14, 159] as [UInt64] {
            let choices = try (0..<4).map { _ in
                var tiny = TinySystem(seed: seed)
                var search = try PoolSearch(PoolInstance(tiny.picture()))
                try search.run { _, _, _ in }
                return search.choice
            }
            #expect(Set(choices).count == 1)
        }
    }
}
