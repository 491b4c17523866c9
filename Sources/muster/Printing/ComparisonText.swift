import Foundation
import MusterFiles
import Roster

/// A rota as things stand and one for a what-if.
struct Comparison {
    let base: RotaOutput
    let whatIf: RotaOutput
    let name: String
    /// What was changed, in plain words.
    let changes: [String]
}

/// Both results side by side.
struct ComparisonText {
    let comparison: Comparison
    let style: Style

    var text: String {
        let asked = comparison.base.report.quality.wishesAsked > 0
        let rows = Self.measures.filter { asked || $0.key != "wishes_granted_percent" }.map { measure in
            (measure.name, decimal(measure.of(comparison.base)), decimal(measure.of(comparison.whatIf)))
        }
        let all = [("", "as it stands", "what if")] + rows
        let widths = (
            all.map(\.0.count).max() ?? 0, all.map(\.1.count).max() ?? 0, all.map(\.2.count).max() ?? 0
        )
        let lines = all.map { row in
            "  " + row.0.padding(toLength: widths.0, withPad: " ", startingAt: 0) + "  "
                + right(row.1, widths.1) + "  " + right(row.2, widths.2)
        }
        return
            ([style.bold("What if: \(comparison.name)")] + comparison.changes.map { "  \($0)" } + lines
            + ["  Proof: \(comparison.base.run.status.name); what if: \(comparison.whatIf.run.status.name)"])
            .joined(separator: "\n")
    }

    private func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    struct Measure {
        let name: String
        let key: String
        let of: @Sendable (RotaOutput) -> Double
    }

    static let measures: [Measure] = [
        Measure(name: "people", key: "people") { Double($0.scenario.people.count) },
        Measure(name: "hours of hard cover open", key: "hard_hours_open") { Double($0.report.level1) / 60 },
        Measure(name: "hours below a minimum", key: "hours_below_minimum") { Double($0.report.level2) / 60 },
        Measure(name: "hours short of the target", key: "hours_short") { $0.report.quality.unfilledHours },
        Measure(name: "gaps", key: "gaps") { Double($0.report.gaps.count) },
        Measure(name: "duties", key: "duties") { Double($0.rota.duties.count) },
        Measure(name: "hours rostered", key: "hours_rostered") { output in
            output.report.quality.hours.reduce(0) { $0 + Double($1.rostered.count) } / 60
        },
        Measure(name: "wishes granted, %", key: "wishes_granted_percent") {
            $0.report.quality.wishesGrantedPercent
        },
        Measure(name: "cost of level 3", key: "cost") { $0.run.levels.last?.objective ?? 0 },
    ]
}

/// The same as JSON.
struct ComparisonEntry: Encodable {
    let name: String
    let changes: [String]
    let base: [String: Double]
    let changed: [String: Double]

    init(_ comparison: Comparison) {
        name = comparison.name
        changes = comparison.changes
        let values = ComparisonText.measures
        base = Dictionary(values.map { ($0.key, $0.of(comparison.base)) }) { first, _ in first }
        changed = Dictionary(values.map { ($0.key, $0.of(comparison.whatIf)) }) { first, _ in first }
    }
}
