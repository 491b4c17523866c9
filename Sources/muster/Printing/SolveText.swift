import Foundation
import MusterFiles
import MusterStore
import Roster
import RosterCheck

/// What a run made, on one screen: hard cover first, then what is short, then how good it is.
struct SolveText {
    let output: RotaOutput
    let directory: URL
    /// What the store keeps of it, if there is one.
    let stored: RotaVersion?
    let style: Style

    var text: String {
        let cover = CoverText(
            scenario: output.scenario, rota: output.rota, report: output.report, style: style)
        return
            ([style.bold(title), ""]
            + style.section("Hard cover", cover.hardCover, none: "this roster declares none")
            + cover.breaks
            + style.section("Short besides", cover.shortages, none: "nothing")
            + style.section("How good", quality, none: "")
            + style.section("Files", files, none: "")).joined(separator: "\n")
    }

    private var title: String {
        let period = output.rota.period
        return "\(output.scenario.name): \(period.first.brief) to \(period.last.spoken), "
            + "\(counted(output.scenario.people.count, "person", "people")), "
            + "\(counted(output.rota.duties.count, "duty", "duties"))"
    }

    private var quality: [String] {
        let quality = output.report.quality
        var lines = ["  Best possible? \(verdict)"]
        if quality.wishesAsked > 0 {
            lines.append(
                "  Wishes granted: \(quality.wishesGranted) of \(quality.wishesAsked) "
                    + "(\(decimal(quality.wishesGrantedPercent)) %)")
        }
        lines += quality.spreads.map { spread in
            "  Fair shares, \(output.scenario.contract(spread.contract)?.name ?? spread.contract.text): "
                + "\(range(spread.nightsLowest, spread.nightsHighest)) nights, "
                + "\(range(spread.weekendsLowest, spread.weekendsHighest)) weekends each (per full-time post)"
        }
        let warnings = output.report.warnings
        lines.append(
            "  Rules: the independent checker found "
                + (output.report.isLawful
                    ? "no breach" : counted(output.report.breaches.count, "breach", "breaches"))
                + (warnings.isEmpty
                    ? "" : " and \(counted(warnings.count, "warning")); who and when: see the page"))
        return lines
            + WarningText(scenario: output.scenario, warnings: warnings, rules: output.rules).summary
    }

    private var verdict: String {
        switch output.run.status {
        case .optimal: "Yes: no better rota exists for these inputs (proven)"
        case .within, .feasible, .hardGaps, .none: output.run.status.name
        }
    }

    private func range(_ low: Double, _ high: Double) -> String {
        low == high ? decimal(low) : "\(decimal(low)) to \(decimal(high))"
    }

    private var files: [String] {
        let store = stored.map { "  Draft in the store: rota \($0.id), version \($0.version)" }
        return [
            "  Page to print: \(directory.appending(path: "rota.html").path)",
            "  Tables: rota.csv, gaps.csv, rota.xlsx, run.json and calendars beside it",
        ] + [store].compactMap(\.self)
    }
}
