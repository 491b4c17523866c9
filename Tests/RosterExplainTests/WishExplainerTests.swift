import Roster
import RulePack
import Testing

@testable import RosterExplain

@Suite struct WishExplainerTests {
    private func wish(
        _ person: Person.ID, _ wanted: Wanted = .off, day: Int = 0, strength: Int = 1
    ) -> Preference {
        Preference(person: person, day: Ward.monday.advanced(by: day), wanted: wanted, strength: strength)
    }

    private func outcomes(
        _ scenario: Scenario, _ duties: [Duty], rules: [Rule] = [], solved: Int = 10
    ) -> [WishOutcome] {
        var effort = ExplainEffort()
        effort.wishes = solved
        return Ward.explain(scenario, rules, duties, effort: effort).wishes()
    }

    @Test func eachKindOfWishIsGrantedOrNot() {
        let wanted: [Wanted] = [.off, .anyShift, .shift("D"), .shift("L"), .avoid("D"), .avoid("L")]
        let scenario = Ward.scenario(
            people: [Ward.person("a")], preferences: wanted.map { wish("a", $0) },
            shifts: [Ward.day, Ward.late])
        #expect(
            outcomes(scenario, [Ward.duty("a")], solved: 0).map(\.granted) == [
                false, true, true, false, false, true,
            ])
        #expect(outcomes(scenario, [], solved: 0).map(\.granted) == [true, false, false, false, true, true])
        #expect(outcomes(scenario, [], solved: 0)[0].sentence == "Granted: to be off on Mon 2 Nov")
    }

    @Test func whatWouldHaveBeenShortIsSaid() {
        let scenario = Ward.scenario(
            people: [Ward.person("a"), Ward.person("b")], cover: [Ward.cover(minimum: 2, target: 2)],
            preferences: [wish("a")])
        let duties = [Ward.duty("a"), Ward.duty("b")]
        let sentence = "Refused: Nurses by day on Mon 2 Nov would have been 1 short of its minimum of 2"
        #expect(outcomes(scenario, duties, solved: 0).map(\.sentence) == [sentence])
        #expect(
            outcomes(scenario, duties).map(\.sentence) == [
                sentence + ", and no exchange with others was found"
            ])
    }

    @Test func whereNobodyElseCanComeWhatWouldBeShortIsSaidWithTheCost() {
        let scenario = Ward.scenario(people: [Ward.person("a")], preferences: [wish("a", strength: 2)])
        let weights = scenario.weights
        let cost = 8 * weights.shortageHour - 3 * weights.wish
        let sentence = outcomes(scenario, [Ward.duty("a")]).first?.sentence ?? ""
        #expect(
            sentence.hasPrefix(
                "Refused: granting it would have cost at most \(cost) points, mainly shortage: "))
        #expect(sentence.hasSuffix(": Nurses by day on Mon 2 Nov would have been 1 short of its target of 1"))
    }

    @Test func onlyTheStrongestWishesAreSolvedAgain() {
        let scenario = Ward.scenario(
            people: [Ward.person("a"), Ward.person("b")], cover: [Ward.cover(target: 2)],
            preferences: [wish("a", strength: 1), wish("b", strength: 2)])
        let found = outcomes(scenario, [Ward.duty("a"), Ward.duty("b")], solved: 1)
        #expect(found.map { $0.sentence.contains("points") } == [false, true])
    }

    @Test func aPinnedDutyIsNotWeighedAgain() {
        let pin = Ward.duty("a", source: .pinned)
        let scenario = Ward.scenario(people: [Ward.person("a")], pinned: [pin], preferences: [wish("a")])
        let sentences = ["Refused: the Day on Mon 2 Nov is pinned"]
        #expect(outcomes(scenario, [pin]).map(\.sentence) == sentences)
        #expect(outcomes(scenario, [Ward.duty("a", source: .imported)]).map(\.sentence) == sentences)
    }

    @Test func aShiftThatARuleForbidsNamesTheRule() {
        let scenario = Ward.scenario(
            days: 2, people: [Ward.person("a")], cover: [Ward.cover(minimum: 1, weekdays: [.tuesday])],
            preferences: [wish("a", .shift("D"))])
        let found = outcomes(
            scenario, [Ward.duty("a", day: 1)], rules: [Ward.rule(Ward.single, .contractual)], solved: 0)
        #expect(found.first?.sentence.hasPrefix("Refused: Nurse a: ") == true)
        #expect(found.first?.sentence.contains("(R)") == true)
    }

    /// Three people, two days, one needed on each: every rota is priced by hand, and so is the wish.
    @Test(arguments: 1...4) func theCostIsExactOnATinyCase(_ strength: Int) throws {
        let people: [Person.ID] = ["a", "b", "c"]
        let wishes = [
            wish("a", strength: strength), wish("b", strength: 4), wish("c", .off, day: 1, strength: 5),
            wish("b", .off, day: 1, strength: 2),
        ]
        // "c" is away on the first day, so that a's wish can only be granted at b's cost or by being short.
        let scenario = Ward.scenario(
            days: 2, people: people.map { Ward.person($0) },
            leave: [Leave(person: "c", first: Ward.monday, last: Ward.monday, kind: .annual)],
            preferences: wishes)

        var rotas: [(duties: [Duty], points: Int)] = []
        for bits in 0..<64 {
            let duties = (0..<6).filter { bits >> $0 & 1 == 1 }.map { Ward.duty(people[$0 % 3], day: $0 / 3) }
            guard !duties.contains(where: { $0.person == "c" && $0.day == Ward.monday }) else { continue }
            rotas.append((duties, points(duties, wishes, scenario)))
        }
        let best = try #require(rotas.min { $0.points < $1.points })
        let isGranted = { (duties: [Duty]) in
            !duties.contains { $0.person == "a" && $0.day == Ward.monday }
        }
        let granted = try #require(rotas.filter { isGranted($0.duties) }.min { $0.points < $1.points })
        let outcome = try #require(outcomes(scenario, best.duties).first)
        #expect(outcome.granted == isGranted(best.duties))
        guard !outcome.granted else { return }
        let cost = granted.points - best.points
        let words = cost > 0 ? "at most \(cost) points" : "nothing on balance"
        #expect(outcome.sentence.contains("would have cost \(words)"), "\(outcome.sentence)")
        #expect(outcome.sentence.contains("Nurse b"))
    }

    /// Shortage by the hour, wishes by strength, and each refused wish of one person dearer than the last.
    private func points(_ duties: [Duty], _ wishes: [Preference], _ scenario: Scenario) -> Int {
        let weights = scenario.weights
        let short = scenario.period.days.count { day in !duties.contains { $0.day == day } }
        let refused = wishes.filter { wish in
            !wish.isGranted(by: duties.filter { $0.person == wish.person && $0.day == wish.day })
        }
        let strengths = refused.reduce(0) { $0 + $1.strength }
        let unfair = Dictionary(grouping: refused, by: \.person).values.reduce(0) { sum, own in
            sum + (1...own.count).reduce(0, +)
        }
        return short * 8 * weights.shortageHour + (strengths + unfair) * weights.wish
    }
}
