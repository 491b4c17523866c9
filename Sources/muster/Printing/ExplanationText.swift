import MusterFiles
import Roster

/// Why one gap is there and what would close it, in words for a terminal.
struct ExplanationText {
    let scenario: Scenario
    let explanation: GapExplanation
    let style: Style

    var text: String {
        ([style.bold("\(name), \(unit): \(gap.severity.name)"), "  \(CoverText.line(gap))"]
            + style.section("Why nobody takes it", obstacles, none: "nobody in this roster counts for it")
            + (gap.severity == .hard
                ? style.section("What would close it", relaxations, none: "only a booking from outside") : [])
            + worth)
            .joined(separator: "\n")
    }

    private var gap: Gap { explanation.gap }
    private var name: String { scenario.coverRule(gap.rule)?.name ?? gap.rule.text }
    private var unit: String { scenario.unit(gap.unit)?.name ?? gap.unit.text }

    private var obstacles: [String] {
        explanation.obstacles.map { obstacle in
            "  \(obstacle.person): \(obstacle.sentence)"
        }
    }

    private var relaxations: [String] {
        explanation.relaxations.map { change in
            let left =
                change.remaining > 0 ? " (leaves \(decimal(Double(change.remaining) / 60)) h open)" : ""
            return "  \(change.sentence)\(left)"
        }
    }

    private var worth: [String] {
        explanation.hourValue.map { value in
            let unit = gap.severity == .hard ? "minutes of hard cover" : "points"
            let dual = explanation.hourDual.map { " (the linear programme alone says \(decimal($0)))" } ?? ""
            return [
                "\(style.bold("One more hour there is worth: "))\(decimal(value)) \(unit), by solving again\(dual)"
            ]
        } ?? []
    }
}
