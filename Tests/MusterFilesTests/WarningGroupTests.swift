import Roster
import RosterCheck
import RulePack
import Testing

@testable import MusterFiles

@Suite("Warnings by rule")
struct WarningGroupTests {
    private static func warning(
        _ rule: String, _ person: Person.ID?, days: [Int] = [], hard: Bool = false
    ) -> Breach {
        let first = WritingFixture.firstDay
        return Breach(
            rule: rule, person: person,
            duties: days.map { day in
                let start = London.instant(first.advanced(by: day), minute: 480)
                return Breach.Stretch(start: start, end: start + ElapsedMinutes(480))
            }, sentence: "\(rule) on \(days)", hard: hard, inherited: hard)
    }

    private static let rules = RuleBook(rulesByContract: [
        "AFC": [
            Rule(
                id: "WE", title: "One weekend in three", source: "here", effective: WritingFixture.firstDay,
                classification: .policy, reach: .line,
                kind: .restBetween(minimum: ElapsedMinutes(660), after: .any, before: .any))
        ]
    ])

    @Test("Three of one soft rule stand together, with each person's days on one line and nothing lost")
    func together() {
        let warnings = [
            Self.warning("WE", "a", days: [5, 6]), Self.warning("WE", "a", days: [12]),
            Self.warning("WE", "b", days: [5]), Self.warning("MIX", "b", days: [1]),
            Self.warning("MIX", "c", days: [1]),
        ]
        let (single, groups) = WarningGroup.split(warnings, by: Self.rules)
        #expect(single.map(\.rule) == ["MIX", "MIX"])
        #expect(groups.map(\.heading) == ["WE, 3 times, 2 people"])
        #expect(groups.first?.title == "One weekend in three")
        #expect(groups.first?.lines.map(\.person) == ["a", "b"])
        #expect(
            groups.first?.lines.map(\.what) == [["Sat 24 Oct to Sun 25 Oct", "Sat 31 Oct"], ["Sat 24 Oct"]])
    }

    @Test("What bears on a rule that is never broken stands alone, however often")
    func hard() {
        let warnings = (0..<9).map { Self.warning("REST", "a", days: [$0], hard: true) }
        let (single, groups) = WarningGroup.split(warnings, by: Self.rules)
        #expect(single == warnings && groups.isEmpty)
    }

    @Test("What names no duty is said in its own words, and the largest group is first")
    func sentences() {
        let warnings =
            (0..<3).map { _ in Self.warning("mean-not-proven", nil) }
            + (0..<4).map { Self.warning("WE", "a", days: [$0]) }
        let groups = WarningGroup.split(warnings, by: Self.rules).groups
        #expect(groups.map(\.heading) == ["WE, 4 times, 1 person", "mean-not-proven, 3 times"])
        #expect(groups.last?.title?.contains("fewer than its rule takes") == true)
        #expect(groups.last?.lines.allSatisfy { $0.what == ["mean-not-proven on []"] } == true)
    }
}
