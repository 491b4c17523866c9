import Foundation
import Roster
import RosterCheck
import RulePack
import Testing

@testable import muster

@Suite("Warnings in a terminal")
struct WarningTextTests {
    private func text(people: Int, hard: Bool = false) -> WarningText {
        let day = Day("2026-11-09") ?? Day(ordinal: 0)
        let start = London.instant(day, minute: 480)
        let warnings = (0..<people).map { number in
            Breach(
                rule: "WE", person: Person.ID("n-\(number)"),
                duties: [.init(start: start, end: start + ElapsedMinutes(480))], sentence: "too many (WE)",
                hard: hard, inherited: hard)
        }
        let scenario = Scenario(
            name: "Invented", period: Period(first: day, days: 7), organisations: [], sites: [], units: [],
            grades: [], skills: [], roles: [], contracts: [], shiftTypes: [], coverRules: [], people: [])
        return WarningText(
            scenario: scenario, warnings: warnings, rules: RuleBook(rulesByContract: [:]))
    }

    @Test("Many alike are one heading, the first people with their days, and how many more")
    func many() {
        let text = text(people: 39)
        #expect(text.lines.count == 1 + WarningText.most + 1)
        #expect(text.lines.first == "  WE, 39 times, 39 people")
        #expect(text.lines.dropFirst().first == "    n-0 (n-0): Mon 9 Nov")
        #expect(text.lines.last == "    and 33 more, all of them in --json")
        #expect(text.summary == ["    WE, 39 times, 39 people"])
    }

    @Test("Few are said in full, and so is every one of a rule that is never broken")
    func few() {
        #expect(text(people: 2).lines == ["  n-0: too many (WE)", "  n-1: too many (WE)"])
        #expect(text(people: 7).lines.count == 8)
        #expect(text(people: 39, hard: true).lines.count == 39)
        #expect(text(people: 39, hard: true).summary.count == 39)
    }
}
