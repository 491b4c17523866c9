import Roster
import Testing

@testable import SystemPool

@Suite("The best moves of a system")
struct PoolSearchTests {
    private static func solve(_ picture: SystemPicture) throws -> (PoolSearch, BruteForce.Best) {
        var search = try PoolSearch(PoolInstance(picture))
        try search.run { _, _ in }
        let value = search.programme.layout.value(of: search.choice, in: search.programme.instance)
        func objective(_ level: PoolSolution.Level) -> Int {
            search.results.first { $0.level == level }?.objective ?? 0
        }
        return (
            search,
            BruteForce.Best(
                hard: value.hard, shortage: objective(.shortage), worst: value.worst,
                final: objective(.settled), burden: value.burden)
        )
    }

    @Test("As good as trying everything, proven, on small systems", arguments: 0..<20)
    func bruteForce(batch: Int) throws {
        var tried = 0
        var moved = 0
        for number in 0..<150 {
            let seed = UInt64(batch * 150 + number)
            var tiny = TinySystem(seed: seed)
            let picture = tiny.picture()
            let force = BruteForce(picture)
            guard force.size <= 3_000 else { continue }
            let best = force.best()
            let (search, found) = try Self.solve(picture)
            #expect(found == best, "seed \(seed)")
            let levels = PoolSolution.Level.allCases.suffix(search.results.count)
            #expect(search.results.map(\.level) == Array(levels))
            let value = search.programme.layout.value(
                of: search.choice, in: search.programme.instance)
            #expect(value.shortage <= found.final, "seed \(seed)")
            let proven = search.results.allSatisfy { $0.isProven }
            #expect(proven, "seed \(seed): \(search.results)")
            tried += 1
            if !search.choice.parts.isEmpty { moved += 1 }
        }
        #expect(tried >= 100)
        #expect(moved >= 20)
    }
}
