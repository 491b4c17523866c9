import Roster
import Testing

@testable import RosterCheck

@Suite struct PlacementTests {
    private func rule(_ id: CoverRule.ID, sharesWith: Set<CoverRule.ID> = []) -> CoverRule {
        CoverRule(
            id: id, name: "Rule", unit: "ED", counted: Counted(),
            requirement: .heads(minimum: 1, target: 1, maximum: nil), hard: true, sharesWith: sharesWith)
    }

    private func need(_ minimum: Int, target: Int? = nil, weekly: Bool = false) -> Placement.Need {
        Placement.Need(minimum: minimum, target: target ?? minimum, weekly: weekly)
    }

    @Test func theOneWhoCanDoBothGoesWhereTheOtherCannot() {
        let placement = Placement([rule("a"), rule("b")])
        #expect(placement.counts(eligible: [[0, 1], [0]], needs: [need(1), need(1)]) == [1, 1])
        #expect(placement.counts(eligible: [[1], [0, 1]], needs: [need(1), need(1)]) == [1, 1])
    }

    @Test func minimumsComeBeforeTargetsAndTargetsBeforeWeeks() {
        let placement = Placement([rule("a"), rule("b")])
        #expect(placement.counts(eligible: [[0, 1]], needs: [need(0, target: 2), need(1)]) == [0, 1])
        #expect(
            placement.counts(eligible: [[0, 1]], needs: [need(0, weekly: true), need(0, target: 1)]) == [
                0, 1,
            ])
        #expect(placement.counts(eligible: [[0, 1]], needs: [need(0), need(0, weekly: true)]) == [0, 1])
    }

    @Test func rulesThatShareAreSatisfiedTogether() {
        let placement = Placement([rule("a"), rule("b", sharesWith: ["a"]), rule("c")])
        #expect(placement.counts(eligible: [[0, 1, 2]], needs: [need(1), need(1), need(1)]) == [1, 1, 0])
        #expect(placement.counts(eligible: [[0, 1, 2]], needs: [need(0), need(0), need(1)]) == [0, 0, 1])
    }
}
