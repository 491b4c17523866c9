import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("Cover rules together")
struct CoverSectionTests {
    private let second =
        "  - { id: in-charge, unit: ED, hard: true, who: { roles: [rn] }, heads: { minimum: 1 }"

    @Test("Two hard rules may share a role if the roster says so, and both know it")
    func shared() throws {
        var folder = FolderFixture.good
        folder.replace(
            "  - id: agency-cap", with: "\(second), shares-with: [night] }\n  - id: agency-cap",
            in: "roster.yaml")
        let scenario = try folder.read().scenario
        #expect(scenario.coverRule("in-charge")?.sharesWith == ["night"])
        #expect(scenario.coverRule("night")?.sharesWith == ["in-charge"])
    }

    @Test(
        "Hard rules that never meet may count one role",
        arguments: [
            "weekdays: [wed, thu]", "from: 07:30, to: 20:00", "weekdays: [tue], from: 07:30, to: 20:00",
        ])
    func apart(window: String) throws {
        var folder = FolderFixture.good
        folder.replace(
            "  - id: agency-cap", with: "\(second), \(window) }\n  - id: agency-cap", in: "roster.yaml")
        #expect(try folder.faults() == (window.contains("wed") ? try overlapOnWednesday(folder) : []))
    }

    /// Tuesday's night lasts until Wednesday's morning.
    private func overlapOnWednesday(_ folder: FolderFixture) throws -> [String] {
        let faults = try folder.faults()
        #expect(faults.count == 1)
        return faults
    }

    static let mistakes = [
        Mistake(
            "two hard rules on one role", in: "roster.yaml",
            "  - id: agency-cap",
            becomes: """
                  - { id: in-charge, unit: ED, hard: true, who: { roles: [rn, charge] }, heads: { minimum: 1 } }
                  - id: agency-cap
                """,
            gives: """
                roster.yaml:60:11: id: "in-charge" counts the role rn at the same time as the hard rule \
                night: nobody satisfies two hard rules at once; accepted: a role of its own, or \
                shares-with: [night] if one person may do both
                """),
        Mistake(
            "shares with nobody", in: "roster.yaml",
            "demand: true",
            becomes: """
                demand: true
                    shares-with: [nigth]
                """,
            gives: """
                roster.yaml:51:19: shares-with: "nigth" is not a cover rule of this roster; accepted: \
                agency-cap, frailty, night, rn, senior. Did you mean "night"?
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
