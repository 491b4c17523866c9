import MusterFiles
import Roster
import RosterCheck
import RulePack

/// What the independent checker says of a rota: breaches first, then hard cover, then what is short.
struct CheckText {
    let scenario: Scenario
    let rota: Rota
    let report: CheckReport
    let rules: RuleBook
    let style: Style

    /// Soft gaps are many and alike: the rest is in `--json`.
    static let most = 10

    var text: String {
        let cover = CoverText(scenario: scenario, rota: rota, report: report, style: style)
        let verdict =
            report.isLawful
            ? style.good("No rule is broken.")
            : style.bad(
                "\(counted(report.breaches.count, "breach", "breaches")) of rules that are never broken:")
        let soft = report.gaps.filter { $0.severity != .hard }
        return
            (["\(verdict) \(counted(rota.duties.count, "duty", "duties")) read."]
            + report.breaches.map { "  \($0.line)" }
            + style.section("Hard cover", cover.hardCover, none: "this roster declares none")
            + cover.breaks
            + style.section("Short besides", cover.shortages, none: "nothing")
            + (soft.isEmpty ? [] : style.section("Soft gaps", first(soft.map(CoverText.line)), none: ""))
            + style.section(
                "Warnings", WarningText(scenario: scenario, warnings: report.warnings, rules: rules).lines,
                none: "none"))
            .joined(separator: "\n")
    }

    private func first(_ lines: [String]) -> [String] {
        let rest = lines.count - Self.most
        return lines.prefix(Self.most).map { "  \($0)" }
            + (rest > 0 ? ["  and \(rest) more, all of them in --json"] : [])
    }
}

extension Breach {
    /// `n-012: rest of 8 h … (WTR-DAILY)`.
    var line: String {
        (person.map { "\($0): " } ?? "") + sentence + (inherited ? " (inherited)" : "")
    }
}
