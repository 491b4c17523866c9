import GapMatching
import Roster
import Testing

/// Small instances made by chance, and the best choice among all that there are.
struct Instance {
    var gaps: [OpenGap]
    var offers: [Offer]
    var stocks: [Stock]

    init(_ random: inout some RandomNumberGenerator) {
        let gapCount = Int.random(in: 1...4, using: &random)
        gaps = (0..<gapCount).map { index in
            let points = (0..<Int.random(in: 2...4, using: &random)).map { _ in
                Int.random(in: 0...10, using: &random) * 60
            }
            let sorted = Set(points).sorted()
            return OpenGap(
                id: OpenGap.ID("g\(index)"),
                stretches: zip(sorted, sorted.dropFirst()).map {
                    OpenGap.Stretch(
                        start: Instant(minutes: $0), end: Instant(minutes: $1),
                        missing: Int.random(in: 0...2, using: &random))
                },
                isHard: Int.random(in: 0...3, using: &random) == 0,
                risk: Int.random(in: 1...4, using: &random))
        }
        stocks = (0..<2).map {
            Stock(id: Stock.ID("s\($0)"), amount: Int.random(in: 0...2, using: &random))
        }
        offers = (0..<Int.random(in: 0...9, using: &random)).map { index in
            let covers = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                let start = Int.random(in: 0...9, using: &random) * 60
                return Offer.Cover(
                    gap: OpenGap.ID("g\(Int.random(in: 0...gapCount, using: &random))"),
                    start: Instant(minutes: start),
                    end: Instant(minutes: start + Int.random(in: 1...6, using: &random) * 60))
            }
            var draws: [Stock.ID: Int] = [:]
            for stock in 0..<3 where Int.random(in: 0...3, using: &random) == 0 {
                draws[Stock.ID("s\(stock)")] = Int.random(in: 1...2, using: &random)
            }
            return Offer(
                id: Offer.ID("o\(index)"), giver: Offer.Giver("p\(Int.random(in: 0...4, using: &random))"),
                covers: covers, step: Int.random(in: 0...4, using: &random),
                cost: Int.random(in: 0...5, using: &random), draws: draws)
        }
    }

    /// The levels of a choice, hour by hour; nil if it is not allowed.
    func levels(of chosen: [Offer]) -> [Int]? {
        guard Set(chosen.map(\.giver)).count == chosen.count else { return nil }
        for name in Set(chosen.flatMap(\.draws.keys)) {
            let amount = stocks.first { $0.id == name }?.amount ?? 0
            guard chosen.reduce(0, { $0 + ($1.draws[name] ?? 0) }) <= amount else { return nil }
        }
        var levels = [0, 0, 0, 0]
        for gap in gaps {
            for stretch in gap.stretches {
                for hour in stride(from: stretch.start.minutes, to: stretch.end.minutes, by: 60) {
                    // An offer is one head, even if it names the same gap twice at once.
                    let there = chosen.count { offer in
                        offer.covers.contains {
                            $0.gap == gap.id && $0.start.minutes <= hour && hour < $0.end.minutes
                        }
                    }
                    let left = max(0, stretch.missing - there) * 60
                    if gap.isHard { levels[0] += left } else { levels[1] += left * gap.risk }
                }
            }
        }
        for offer in chosen {
            levels[2] += offer.covers.reduce(0) { $0 + ($1.end - $1.start).count } * (1 << offer.step)
            levels[3] += offer.cost
        }
        return levels
    }

    var best: [Int] {
        var best: [Int]?
        for mask in 0..<(1 << offers.count) {
            let chosen = offers.indices.filter { mask & (1 << $0) != 0 }.map { offers[$0] }
            guard let levels = levels(of: chosen) else { continue }
            if best.map({ levels.lexicographicallyPrecedes($0) }) ?? true { best = levels }
        }
        return best ?? []
    }
}

@Suite struct GapMatchingTests {
    @Test func isTheBestOfAllChoices() throws {
        var random = SplitMix(seed: 20_261_123)
        var competing = 0
        for _ in 0..<4_000 {
            let instance = Instance(&random)
            let matching = try GapMatching.match(
                gaps: instance.gaps, offers: instance.offers, stocks: instance.stocks)
            let chosen = instance.offers.filter { matching.chosen.contains($0.id) }
            #expect(instance.levels(of: chosen) == instance.best)
            #expect(matching.results.map(\.objective) == instance.best)
            #expect(matching.isProven)
            if chosen.count < instance.offers.count { competing += 1 }
        }
        #expect(competing > 1_000)
    }

    @Test func aBoundThatIsNotReachedIsStillABound() throws {
        var random = SplitMix(seed: 7)
        var unproven = 0
        for _ in 0..<1_000 {
            let instance = Instance(&random)
            let matching = try GapMatching.match(
                gaps: instance.gaps, offers: instance.offers, stocks: instance.stocks, nodeLimit: 1)
            let best = instance.best
            let chosen = instance.offers.filter { matching.chosen.contains($0.id) }
            #expect(instance.levels(of: chosen) == matching.results.map(\.objective))
            let firstOpen = matching.results.firstIndex { $0.objective != $0.bound }
            if let firstOpen {
                unproven += 1
                #expect(matching.results[firstOpen].bound <= best[firstOpen])
            } else {
                #expect(matching.results.map(\.objective) == best)
            }
        }
        #expect(unproven > 0)
    }

    @Test func oneNurseDoesNotCloseTwoGaps() throws {
        let gaps = ["a", "b"].map {
            OpenGap(
                id: $0, stretches: [.init(start: Instant(minutes: 0), end: Instant(minutes: 60), missing: 1)])
        }
        let offers = ["a", "b"].map {
            Offer(
                id: Offer.ID("to-\($0)"), giver: "nurse",
                covers: [.init(gap: OpenGap.ID($0), start: Instant(minutes: 0), end: Instant(minutes: 60))],
                step: 0)
        }
        let matching = try GapMatching.match(gaps: gaps, offers: offers)
        #expect(matching.chosen.count == 1)
        #expect(matching.results[1].objective == 60)
    }

    @Test func aHardGapComesBeforeAnyRisk() throws {
        let hour = (Instant(minutes: 0), Instant(minutes: 60))
        let gaps = [
            OpenGap(
                id: "ward", stretches: [.init(start: hour.0, end: Instant(minutes: 600), missing: 3)],
                risk: 1_000),
            OpenGap(id: "senior", stretches: [.init(start: hour.0, end: hour.1, missing: 1)], isHard: true),
        ]
        let offers = [
            Offer(
                id: "ward", giver: "doctor",
                covers: [.init(gap: "ward", start: hour.0, end: Instant(minutes: 600))], step: 0),
            Offer(
                id: "senior", giver: "doctor", covers: [.init(gap: "senior", start: hour.0, end: hour.1)],
                step: 4,
                cost: 100_000),
        ]
        #expect(try GapMatching.match(gaps: gaps, offers: offers).chosen == ["senior"])
    }

    @Test func anEarlierStepIsTakenBeforeACheaperOffer() throws {
        let gap = OpenGap(
            id: "g", stretches: [.init(start: Instant(minutes: 0), end: Instant(minutes: 60), missing: 1)])
        let cover = [Offer.Cover(gap: "g", start: Instant(minutes: 0), end: Instant(minutes: 60))]
        let offers = [
            Offer(id: "agency", giver: "x", covers: cover, step: 3, cost: 0),
            Offer(id: "bank", giver: "y", covers: cover, step: 1, cost: 900),
            Offer(id: "dear", giver: "z", covers: cover, step: 1, cost: 901),
        ]
        #expect(try GapMatching.match(gaps: [gap], offers: offers).chosen == ["bank"])
    }

    @Test func nobodyIsSentWhereNothingIsShort() throws {
        let gap = OpenGap(
            id: "g", stretches: [.init(start: Instant(minutes: 0), end: Instant(minutes: 60), missing: 0)])
        let offer = Offer(
            id: "o", giver: "p",
            covers: [.init(gap: "g", start: Instant(minutes: 0), end: Instant(minutes: 60))], step: 0)
        let matching = try GapMatching.match(gaps: [gap], offers: [offer])
        #expect(matching.chosen.isEmpty)
        #expect(matching.isProven)
    }

    @Test func theOrderOfOffersDoesNotChangeHowGoodItIs() throws {
        var random = SplitMix(seed: 99)
        for _ in 0..<200 {
            let instance = Instance(&random)
            let matching = try GapMatching.match(
                gaps: instance.gaps, offers: instance.offers, stocks: instance.stocks)
            let again = try GapMatching.match(
                gaps: instance.gaps, offers: instance.offers, stocks: instance.stocks)
            #expect(matching == again)
            let turned = try GapMatching.match(
                gaps: instance.gaps.reversed(), offers: instance.offers.reversed(), stocks: instance.stocks)
            #expect(matching.results == turned.results)
        }
    }
}

/// The same numbers on every machine (Steele, Lea and Flood 2014, "SplitMix").
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
