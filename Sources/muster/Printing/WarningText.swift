import MusterFiles
import Roster
import RosterCheck
import RulePack

/// What the checker warns of, for a terminal: by rule, with people and days, for what is many and alike.
struct WarningText {
    let scenario: Scenario
    let warnings: [Breach]
    let rules: RuleBook

    /// So many people of one rule are named.
    static let most = 6

    /// A line for each rule, and below it one for each of its people.
    var lines: [String] {
        let (single, groups) = WarningGroup.split(warnings, by: rules)
        return single.map { "  \($0.line)" }
            + groups.flatMap { group in
                ["  \(heading(group))"] + first(group.lines.map { "    \(line($0))" })
            }
    }

    /// A line for each rule.
    var summary: [String] {
        let (single, groups) = WarningGroup.split(warnings, by: rules)
        return single.map { "    \($0.line)" } + groups.map { "    \(heading($0))" }
    }

    private func heading(_ group: WarningGroup) -> String {
        group.heading + (group.title.map { ": \($0)" } ?? "")
    }

    private func line(_ line: WarningGroup.Line) -> String {
        let days = line.what.joined(separator: "; ")
        guard let id = line.person else { return days }
        return "\(scenario.person(id)?.name ?? id.text) (\(id)): \(days)"
    }

    private func first(_ lines: [String]) -> [String] {
        guard lines.count > Self.most + 1 else { return lines }
        return lines.prefix(Self.most)
            + ["    and \(lines.count - Self.most) more, all of them in --json"]
    }
}
