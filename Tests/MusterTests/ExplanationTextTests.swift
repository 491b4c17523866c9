import Foundation
import Roster
import Testing

@testable import muster

@Suite("An explained gap in a terminal")
struct ExplanationTextTests {
    private func lines(_ severity: Severity) -> [String] {
        let day = Day("2026-11-09") ?? Day(ordinal: 0)
        let gap = Gap(
            rule: "nurses", unit: "OAK", start: London.instant(day, minute: 480),
            end: London.instant(day, minute: 960), required: 1, planned: 0, severity: severity)
        let obstacles = (0..<20).map {
            Obstacle(person: Person.ID("n-\($0)"), kind: $0 < 18 ? .rule : .leave, sentence: "because")
        }
        let scenario = Scenario(
            name: "Invented", period: Period(first: day, days: 7), organisations: [], sites: [], units: [],
            grades: [], skills: [], roles: [], contracts: [], shiftTypes: [], coverRules: [], people: [])
        return ExplanationText(
            scenario: scenario,
            explanation: GapExplanation(gap: gap, obstacles: obstacles, relaxations: [], hourValue: nil),
            style: .plain
        ).text.components(separatedBy: "\n")
    }

    @Test("In a soft gap many who are stopped alike stand together, and the few are named")
    func soft() {
        let lines = lines(.belowTarget)
        #expect(lines.contains("  A rule forbids it, 18 people:"))
        #expect(lines.contains("    and 12 more, all of them in --json"))
        #expect(lines.contains("  n-19: because"))
        #expect(lines.count { $0.hasSuffix(": because") } == 8)
    }

    @Test("In a hard gap everybody is named")
    func hard() {
        #expect(lines(.hard).count { $0.hasSuffix(": because") } == 20)
    }
}
