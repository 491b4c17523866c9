import Testing

@testable import RosterEngine

@Suite struct NeighbourhoodTests {
    @Test func eachIsTriedAndThenTheOneThatBringsMostForItsWork() {
        var yields = NeighbourhoodYields()
        var counts: [Neighbourhood: Int] = [:]
        for turn in 0..<600 {
            let part = yields.next()
            if turn >= 300 { counts[part, default: 0] += 1 }
            yields.note(
                part, gain: part == .month ? 90 : part == .fewFortnightsApart ? 100 : 1,
                work: part == .fewFortnightsApart ? 1e9 : 1e8)
        }
        // The others have their turns, one time in three at most.
        #expect(counts[.month, default: 0] >= 200 && counts.count >= 8)
    }

    @Test func kindsAreTriedFromTheCheapestAndTheDearOnesWait() {
        var yields = NeighbourhoodYields()
        var tried: [Neighbourhood] = []
        var (trials, all) = (0.0, 0.0)
        for _ in 0..<2_000 {
            let part = yields.next()
            let work = part == .week ? 1e8 : 3e9
            if !tried.contains(part) {
                if tried.count >= 3 {
                    #expect(trials < 0.15 * all, "\(part)")
                    trials += work
                }
                tried.append(part)
            }
            all += work
            yields.note(part, gain: part == .week ? 10 : 0, work: work)
        }
        #expect(tried == Array(Neighbourhood.allCases))
    }

    @Test func whatTakesTooLongIsDoneWithFewerPeople() {
        var yields = NeighbourhoodYields()
        yields.note(.month, gain: 0, work: yields.mostWork / 2)
        #expect(yields.share(.month) == 1)
        yields.note(.month, gain: 0, work: yields.mostWork * 1.1)
        #expect(yields.share(.month) == 0.5 && yields.share(.week) == 1)
        // What takes next to nothing is done with more people again, and never with more than there are.
        yields.note(.month, gain: 0, work: yields.mostWork / 5)
        #expect(yields.share(.month) == 0.625)
        for _ in 0..<4 { yields.note(.month, gain: 0, work: yields.mostWork / 5) }
        #expect(yields.share(.month) == 1)
    }

    /// What takes little is judged by many uses, what takes much by few: some in vain say nothing of a cheap kind.
    @Test func aKindIsJudgedByWhatItBroughtForSoMuchWork() {
        func next(afterInVain uses: Int, of part: Neighbourhood, _ work: Double) -> Neighbourhood {
            var yields = NeighbourhoodYields()
            for turn in 0..<400 {
                let next = yields.next()
                let isPart = next == part
                yields.note(next, gain: isPart ? work / 1e6 : turn < 50 ? 1 : 50, work: isPart ? work : 5e8)
            }
            for _ in 0..<uses { yields.note(part, gain: 0, work: work) }
            return [yields.next(), yields.next()].first { $0 != .dearestAndWeek } ?? part
        }
        #expect(next(afterInVain: 5, of: .week, 1e8) == .week)
        #expect(next(afterInVain: 5, of: .threeWeeks, 2e9) == .threeWeeks, "the longer the search, the more")
        #expect(next(afterInVain: 60, of: .threeWeeks, 2e9) != .threeWeeks)
    }

    /// The longer the search, the more is looked at at once.
    @Test func moreIsLookedAtAsTheSearchGoesOn() {
        var yields = NeighbourhoodYields()
        let first = yields.mostWork
        #expect(yields.reach == 1)
        for _ in 0..<50 { yields.note(.week, gain: 1, work: first) }
        #expect(yields.reach == 1 && yields.mostWork == 2.5 * first)
        for _ in 0..<150 { yields.note(.week, gain: 1, work: first) }
        #expect(yields.reach == 4 && yields.mostWork == 10 * first)
    }

    /// What was cut short is tried with fewer people, as often as if it had not been looked at.
    @Test func whatWasCutShortIsNotHeldAgainstAKind() {
        var yields = NeighbourhoodYields()
        for _ in 0..<300 {
            let part = yields.next()
            yields.note(part, gain: part == .fortnight ? 100 : 50, work: 1e9)
        }
        yields.note(.fortnight, gain: 0, work: yields.mostWork)
        #expect(yields.share(.fortnight) == 0.5)
        let next = (0..<3).map { _ in
            let part = yields.next()
            yields.note(part, gain: part == .fortnight ? 100 : 50, work: 1e9)
            return part
        }
        #expect(next.count { $0 == .fortnight } >= 2)
    }

    @Test(arguments: Neighbourhood.allCases)
    func opensPeopleAndDaysThatThereAre(_ part: Neighbourhood) {
        var random = RandomSource(seed: 4)
        for days in [5, 30, 182, 364] {
            for people in [1, 12, 150] {
                #expect((1...people).contains(part.count(of: people, &random)))
                for barren in [0, 30, 500] {
                    let usual = Neighbourhood.usual(people: people, days: days, barren: barren, &random)
                    #expect((1...people).contains(usual.people))
                    #expect((1...days).contains(usual.days?.count ?? days))
                }
                var turn = 0
                let costs = (0..<days).map(Int64.init)
                let places = part.places(in: days, avoiding: [], vain: [], costs: costs, &turn)
                for (place, length) in zip(places, part.lengths) {
                    #expect(place.lowerBound >= 0 && place.upperBound <= days)
                    #expect(place.count == min(days, length))
                }
                #expect(places.count == part.lengths.count)
            }
        }
    }

    @Test func moreIsLookedAtWhereNothingWasFound() {
        func size(_ barren: Int) -> Int {
            var random = RandomSource(seed: 6)
            return (0..<200).reduce(0) { sum, _ in
                let usual = Neighbourhood.usual(people: 80, days: 60, barren: barren, &random)
                return sum + usual.people * (usual.days?.count ?? 60)
            }
        }
        #expect(size(0) < size(20) && size(20) < size(100))
        #expect(size(60) == size(1_000), "it ends growing")
    }

    @Test func placesKeepOutOfOneAnothersWayAndReachEveryDay() {
        var turn = 0
        var seen: Set<Int> = []
        for _ in 0..<200 {
            let first = Neighbourhood.month.places(in: 364, avoiding: [], vain: [], costs: [], &turn)
            let second = Neighbourhood.weeksApart.places(
                in: 364, avoiding: first, vain: [], costs: [], &turn)
            for (index, place) in second.enumerated() {
                #expect(!(first + second[..<index]).contains { $0.overlaps(place) })
            }
            seen.formUnion(first.joined())
        }
        #expect(seen.count == 364)
    }

    /// What was looked at in vain is left alone until something has changed, as long as there is anything else.
    @Test func placesKeepAwayFromWhatWasLookedAtInVain() {
        var turn = 0
        let vain = Set(0..<300)
        for _ in 0..<100 {
            let place = Neighbourhood.fortnight.places(in: 364, avoiding: [], vain: vain, costs: [], &turn)[0]
            #expect(place.upperBound > 300)
        }
        let all = Neighbourhood.fortnight.places(in: 364, avoiding: [], vain: Set(0..<364), costs: [], &turn)
        #expect(all.count == 1)
    }

    /// Keeping away from what was looked at in vain never leads to where something is under way.
    @Test func whatIsUnderWayIsAvoidedAlsoWhereAllWasLookedAtInVain() {
        var turn = 0
        for _ in 0..<100 {
            let busy = [0..<200]
            let places = Neighbourhood.weeksApart.places(
                in: 364, avoiding: busy, vain: Set(0..<364), costs: [], &turn)
            for (index, place) in places.enumerated() {
                #expect(!(busy + places[..<index]).contains { $0.overlaps(place) })
            }
        }
    }

    /// Nothing is dearest where nothing costs, and of the dearest there is one at a time.
    @Test func theDearestIsLookedAtByOneAtATime() {
        var turn = 0
        let costs = Array(repeating: Int64(0), count: 364)
        let firsts = (0..<20).map { _ in
            Neighbourhood.dearestAndWeek.places(in: 364, avoiding: [], vain: [], costs: costs, &turn)[0]
        }
        #expect(Set(firsts).count > 10)
        var yields = NeighbourhoodYields()
        for _ in 0..<600 {
            let part = yields.next()
            yields.note(part, gain: part == .dearestAndWeek ? 1e6 : 1, work: 1e8)
        }
        #expect((0..<30).count { _ in yields.next() == .dearestAndWeek } == 1)
    }

    @Test func theDearestWeeksAreTheFirstPlaceOfTheirKind() {
        // The total by each day: one a day, on the dear ones ten.
        let dear = 200..<221
        let costs = (0..<364).map { day -> Int64 in
            Int64(day + 9 * dear.count(where: { $0 <= day }))
        }
        var turn = 0
        for _ in 0..<20 {
            let places = Neighbourhood.dearestAndWeek.places(
                in: 364, avoiding: [], vain: [], costs: costs, &turn)
            #expect(places.count == 2 && places[0] == dear && !places[1].overlaps(places[0]))
        }
    }

    @Test func halfOfThePlacesLieWhereRowsCost() {
        // A quarter of the cost on day 100, the rest on the last.
        let costs = (0..<364).map { Int64($0 < 100 ? 0 : $0 < 363 ? 1 : 4) }
        var turn = 0
        var counts = (first: 0, last: 0)
        for _ in 0..<400 {
            let place = Neighbourhood.week.places(in: 364, avoiding: [], vain: [], costs: costs, &turn)[0]
            #expect(place.count == 7 && place.upperBound <= 364)
            if place == 97..<104 { counts.first += 1 }
            if place == 357..<364 { counts.last += 1 }
        }
        #expect((45...55).contains(counts.first))
        #expect((145...160).contains(counts.last))
    }
}
