import Testing

@testable import RosterEngine

@Suite struct NeighbourhoodTests {
    @Test func eachIsTriedAndThenTheOneThatBringsMostForItsWork() {
        var yields = NeighbourhoodYields()
        let kinds = Neighbourhood.allCases
        let tried = kinds.map { _ in
            let part = yields.next()
            yields.note(
                part, gain: part == .month ? 90 : part == .fewFortnightsApart ? 100 : 1,
                work: part == .fewFortnightsApart ? 1e9 : 1e8)
            return part
        }
        #expect(tried == kinds)
        var counts: [Neighbourhood: Int] = [:]
        for _ in 0..<120 {
            let part = yields.next()
            counts[part, default: 0] += 1
            yields.note(part, gain: part == .month ? 90 : 0, work: 1e8)
        }
        // The others have their turns, one time in three at most.
        #expect(counts[.month, default: 0] >= 80 && counts.count >= 8)
    }

    @Test(arguments: Neighbourhood.allCases)
    func opensPeopleAndDaysThatThereAre(_ part: Neighbourhood) {
        var random = RandomSource(seed: 4)
        for days in [5, 30, 182, 364] {
            for people in [1, 12, 150] {
                #expect((1...people).contains(part.count(of: people, &random)))
                let usual = Neighbourhood.usual(people: people, days: days, &random)
                #expect((1...people).contains(usual.people) && usual.days?.count ?? days > 0)
                var turn = 0
                for place in part.places(in: days, avoiding: [], &turn) {
                    #expect(place.lowerBound >= 0 && place.upperBound <= days)
                    #expect(place.count == min(days, part.extent.days))
                }
            }
        }
    }

    @Test func placesKeepOutOfOneAnothersWayAndReachEveryDay() {
        var turn = 0
        var seen: Set<Int> = []
        for _ in 0..<200 {
            let first = Neighbourhood.month.places(in: 364, avoiding: [], &turn)
            let second = Neighbourhood.weeksApart.places(in: 364, avoiding: first, &turn)
            for (index, place) in second.enumerated() {
                #expect(!(first + second[..<index]).contains { $0.overlaps(place) })
            }
            seen.formUnion(first.joined())
        }
        #expect(seen.count == 364)
    }

    @Test func everyWeekIsLookedAtBeforeAnyOtherKindIsTried() {
        var yields = NeighbourhoodYields(sweep: 5)
        let kinds = (0..<(5 + Neighbourhood.allCases.count)).map { _ in yields.next() }
        #expect(kinds == Array(repeating: .week, count: 5) + Neighbourhood.allCases)
    }
}
