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
                ? style.section("What would close it", relaxations, none: explanation.nothingKnownToClose)
                : [])
            + worth)
            .joined(separator: "\n")
    }

    private var gap: Gap { explanation.gap }
    private var name: String { scenario.coverRule(gap.rule)?.name ?? gap.rule.text }
    private var unit: String { scenario.unit(gap.unit)?.name ?? gap.unit.text }

    /// In a soft gap, people of one kind of obstacle stand together and the first few are named; in a hard one everybody
    /// is.
    private static let most = 6

    private var obstacles: [String] {
        func line(_ obstacle: Obstacle) -> String { "\(obstacle.person): \(obstacle.sentence)" }
        guard gap.severity != .hard else { return explanation.obstacles.map { "  \(line($0))" } }
        let kinds = Dictionary(grouping: explanation.obstacles, by: \.kind)
        return kinds.sorted { ($1.value.count, $0.key.rawValue) < ($0.value.count, $1.key.rawValue) }
            .flatMap { kind, obstacles -> [String] in
                guard obstacles.count > Self.most + 1 else { return obstacles.map { "  \(line($0))" } }
                return ["  \(kind.words), \(counted(obstacles.count, "person", "people")):"]
                    + obstacles.prefix(Self.most).map { "    \(line($0))" }
                    + ["    and \(obstacles.count - Self.most) more, all of them in --json"]
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

extension Obstacle.Kind {
    fileprivate var words: String {
        switch self {
        case .rule: "A rule forbids it"
        case .leave: "On leave"
        case .duty: "On another duty"
        case .skill: "A skill is missing"
        case .availability: "Not available"
        case .pinned: "On a pinned duty"
        case .cost: "Lawful, and worse for the rota as a whole"
        }
    }
}
