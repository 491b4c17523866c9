import Testing

@testable import RosterEngine

@Suite struct NeighbourhoodTests {
    @Test func eachIsTriedAndThenTheOneThatBringsMostForItsWork() {
        var yields = NeighbourhoodYields()
        let kinds = Neighbourhood.allCases
        let tried = kinds.map { _ in
            let part = yields.next()
            yields.note(
                part, gain: part == .weeks ? 90 : part == .few ? 100 : 1, work: part == .few ? 1e9 : 1e8)
            return part
        }
        #expect(tried == kinds)
        var counts: [Neighbourhood: Int] = [:]
        for _ in 0..<30 {
            let part = yields.next()
            counts[part, default: 0] += 1
            yields.note(part, gain: part == .weeks ? 90 : 0, work: 1e8)
        }
        // The others have their turns, one time in three.
        #expect(counts[.weeks, default: 0] >= 20 && counts.count >= 8)
    }

    @Test(arguments: Neighbourhood.allCases)
    func opensPeopleAndDaysThatThereAre(_ part: Neighbourhood) {
        var random = RandomSource(seed: 4)
        for days in [5, 30, 182] {
            for people in [1, 12, 150] {
                let extent = part.extent(people: people, days: days, &random)
                #expect((1...people).contains(extent.people))
                let open = (0..<days).count { extent.days?.contains($0) ?? true }
                #expect(open > 0 && open == extent.days?.count ?? days)
            }
        }
    }
}
