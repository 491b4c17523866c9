import Roster
import Testing

@testable import SystemPool

@Suite("The best moves of a system")
struct PoolSearchTests {
    private static func solve(_ picture: SystemPicture) throws -> (PoolSearch, BruteForce.Best) {
        var search = try PoolSearch(PoolInstance(picture))
        try search.run { _, _, _ in }
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

    @Test("Branching alone lifts the worst-off organisation as far as trying everything")
    func branching() throws {
        var tried = 0
        for seed in 0..<UInt64(1_000) {
            var tiny = TinySystem(seed: seed)
            let picture = tiny.picture()
            let force = BruteForce(picture)
            guard force.size <= 3_000 else { continue }
            // Far more than the search allows, so that there is often something to lift.
            let best = force.best(allowance: 60)
            var search = try PoolSearch(PoolInstance(picture))
            let shortage = try search.hardAndShortage().objective
            let programme = search.programme
            var choice = search.choice
            let worst = programme.layout.value(of: choice, in: programme.instance).worst
            let limit = shortage + shortage * 60 / 100
            guard worst > best.worst, try programme.holdShortage(at: limit) else { continue }
            try programme.liftWorst(from: worst)
            try programme.pursue(.worst)
            let reached = try programme.minimise(&choice)
            #expect(reached.objective == best.worst, "seed \(seed)")
            #expect(reached.bound == best.worst, "seed \(seed)")
            tried += 1
        }
        #expect(tried >= 8)
    }

    @Test(
        "The bound in whole numbers is never above the best, and no less than the relaxation's, at any prices"
    )
    func exactBound() throws {
        var (tried, hard) = (0, 0)
        for seed in 0..<UInt64(600) {
            var tiny = TinySystem(seed: seed, most: 3)
            let picture = tiny.picture()
            let force = BruteForce(picture)
            guard force.size <= 3_000 else { continue }
            let best = force.best()
            var search = try PoolSearch(PoolInstance(picture))
            _ = try search.hardAndShortage()
            let programme = search.programme
            let table = DutyTable(programme.instance, programme.layout, givers: programme.givers)
            let relaxed = try #require(try programme.relax())
            let bound = programme.exactBound(over: table)
            #expect(bound <= best.shortage, "seed \(seed)")
            #expect(bound >= programme.rounded(relaxed), "seed \(seed)")
            // Prices of another aim give a poorer bound, and a valid one.
            try programme.pursue(.burden)
            _ = try programme.relax()
            try programme.pursue(.shortage)
            #expect(programme.exactBound(over: table) <= best.shortage, "seed \(seed)")
            tried += 1
            if programme.hardRow != nil { hard += 1 }
        }
        #expect(tried >= 200 && hard >= 50)
    }

    @Test("A risk is refuted where nothing reaches it, and reached where something does", arguments: 0..<8)
    func decided(batch: Int) throws {
        var tried = 0
        for seed in UInt64(batch * 480)..<UInt64(batch * 480 + 480) {
            var tiny = TinySystem(seed: seed, most: 3)
            let picture = tiny.picture()
            let force = BruteForce(picture)
            guard force.size <= 3_000 else { continue }
            let best = force.best(allowance: 60)
            for isWhole in [false, true] {
                var search = try PoolSearch(PoolInstance(picture))
                let shortage = try search.hardAndShortage().objective
                let programme = search.programme
                let worst = programme.layout.value(of: search.choice, in: programme.instance).worst
                let limit = shortage + shortage * 60 / 100
                guard worst > best.worst, try programme.holdShortage(at: limit) else { break }
                try programme.liftWorst(from: worst)
                try programme.pursue(.shortage)
                if isWhole {
                    let table = DutyTable(programme.instance, programme.layout, givers: programme.givers)
                    #expect(try programme.addAll(table))
                }
                if isWhole {
                    // Cuts alone never refute what can be reached.
                    let cutsAlone = PoolProgramme.Effort(columns: 0, nodes: 0, work: 0)
                    var choice = search.choice
                    try programme.setLift(worst - best.worst)
                    let reached = try programme.minimise(&choice, effort: cutsAlone, below: limit + 1)
                    #expect(reached.bound <= limit, "seed \(seed)")
                }
                for aim in max(0, best.worst - 2)...best.worst {
                    var choice = search.choice
                    try programme.setLift(worst - aim)
                    if isWhole {
                        let asked = try programme.anyChoice(nodes: 200)
                        #expect(asked.isRefuted == (aim < best.worst), "seed \(seed)")
                        let found = asked.choice.map {
                            programme.layout.value(of: $0, in: programme.instance)
                        }
                        #expect(found.map { $0.worst <= aim && $0.shortage <= limit } ?? asked.isRefuted)
                    }
                    let reached = try programme.minimise(&choice, below: limit + 1)
                    let value = programme.layout.value(of: choice, in: programme.instance)
                    if aim < best.worst {
                        // Without all columns it may be left open.
                        #expect(reached.objective > limit, "seed \(seed)")
                        #expect(!isWhole || reached.bound > limit, "seed \(seed)")
                    } else if isWhole || reached.objective <= limit {
                        #expect(value.worst == best.worst, "seed \(seed)")
                        #expect(reached.bound == reached.objective, "seed \(seed)")
                    } else {
                        #expect(reached.bound <= limit, "seed \(seed)")
                    }
                }
                tried += 1
            }
        }
        #expect(tried >= 8)
    }

    /// What a choice is in the programme's terms.
    private static func choice(_ options: [BruteForce.Option], _ instance: PoolInstance) throws -> PoolChoice
    {
        let organisations = instance.picture.organisations
        let parts = try options.map { option in
            let offer = try #require(
                instance.offers.first {
                    $0.lender == organisations[option.lender].id && $0.offer.id == option.offer.id
                })
            let arcs = try option.duties.map { duty in
                let vacancy = organisations[duty.organisation].vacancies[duty.vacancy].id
                return try #require(
                    instance.arcs[offer.index].firstIndex {
                        let gap = instance.gaps[$0.gap]
                        return gap.receiverIndex == duty.organisation && gap.vacancy.id == vacancy
                    })
            }
            return PoolChoice.Part(offer: offer.index, arcs: arcs.sorted())
        }
        return PoolChoice(parts: parts.sorted { $0.offer < $1.offer })
    }

    @Test("Whatever is closed, nobody could close it with less travel and fewer calls", arguments: 0..<8)
    func sameCover(batch: Int) throws {
        var (tried, lowered) = (0, 0)
        for seed in UInt64(batch * 120)..<UInt64(batch * 120 + 120) {
            var tiny = TinySystem(seed: seed, most: 4)
            let picture = tiny.picture()
            let force = BruteForce(picture)
            guard force.size <= 300 else { continue }
            let instance = PoolInstance(picture)
            var random = RandomNumbers(seed: seed)
            for _ in 0..<4 {
                let options = force.givers.compactMap { $0[random.below($0.count)] }
                guard let start = force.value(of: options), !options.isEmpty else { continue }
                var choice = try Self.choice(options, instance)
                let programme = try PoolProgramme(instance, nodeLimit: 2_000)
                let before = programme.layout.value(of: choice, in: instance)
                #expect(before.burden == start.burden, "seed \(seed)")
                if random.one(in: 2) {
                    // After the levels before, with their rows, columns and cuts.
                    try programme.crash(choice)
                    let table = DutyTable(instance, programme.layout, givers: programme.givers)
                    #expect(try programme.addAll(table))
                    try programme.pursue(.hard)
                    try programme.holdHard(at: before.hard)
                    if try programme.holdShortage(at: before.shortage) {
                        try programme.liftWorst(from: before.worst)
                        try programme.setLift(0)
                    }
                    try programme.pursue(.shortage)
                    var other = choice
                    _ = try programme.minimise(&other)
                }
                try programme.pursue(.burden)
                try programme.holdCover(of: choice)
                try programme.crash(choice)
                let reached = try programme.minimise(&choice)
                let least = force.leastBurden(closing: options)
                #expect(reached.objective == least && reached.bound == least, "seed \(seed)")
                let after = programme.layout.value(of: choice, in: instance)
                #expect(after.burden == least && after.hard <= before.hard, "seed \(seed)")
                let isNoWorse = zip(after.cost, before.cost).allSatisfy { $0 <= $1 }
                #expect(isNoWorse, "seed \(seed)")
                tried += 1
                if least < before.burden { lowered += 1 }
            }
        }
        #expect(tried >= 60 && lowered >= 1, "\(tried), \(lowered)")
    }

    @Test("No line is left with fewer than it must keep, minute by minute", arguments: 0..<UInt64(40))
    func kept(seed: UInt64) throws {
        var tiny = TinySystem(seed: seed, most: 12)
        let picture = tiny.picture()
        let instance = PoolInstance(picture)
        var search = try PoolSearch(instance)
        try search.run { _, _, _ in }
        for organisation in picture.organisations {
            for line in organisation.cover {
                let away = search.choice.parts.flatMap { part -> [PoolArc] in
                    let offer = instance.offers[part.offer]
                    guard offer.lender == organisation.id, offer.offer.releasedFrom.contains(line.id)
                    else { return [] }
                    return part.arcs.map { instance.arcs[part.offer][$0] }
                }
                let short = line.stretches.filter { stretch in
                    stride(from: stretch.start.minutes, to: stretch.end.minutes, by: 10).contains { minute in
                        let gone = away.count { $0.leaves <= minute && minute < $0.returns }
                        return gone > 0 && stretch.present - gone < stretch.keep
                    }
                }
                #expect(short.isEmpty, "\(organisation.id)")
            }
        }
    }
}
