import Roster

extension RotaOutput {
    /// All gaps, the worst first, then by time.
    var gaps: [Gap] {
        report.gaps.sorted { ($0.severity, $0.start, $0.id) < ($1.severity, $1.start, $1.id) }
    }

    var hardGaps: [Gap] { gaps.filter { $0.severity == .hard } }
    var softGaps: [Gap] { gaps.filter { $0.severity != .hard } }

    func explanation(of gap: Gap) -> GapExplanation? { explanations.first { $0.gap.id == gap.id } }

    func name(of rule: CoverRule.ID) -> String { scenario.coverRule(rule)?.name ?? rule.text }
    func name(of unit: Roster.Unit.ID) -> String { scenario.unit(unit)?.name ?? unit.text }
    func name(of person: Person.ID) -> String { scenario.person(person)?.name ?? person.text }
    func name(of role: Role.ID) -> String { scenario.role(role)?.name ?? role.text }
}

extension GapExplanation {
    /// How many people each thing stops, the commonest first: `4 on another duty, 2 stopped by WTR-DAILY`.
    var summary: String {
        let reasons = obstacles.map { obstacle in
            obstacle.kind == .rule ? "stopped by \(obstacle.rule ?? "a rule")" : obstacle.kind.words
        }
        let counts = Dictionary(reasons.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
}

extension Obstacle.Kind {
    var words: String {
        switch self {
        case .rule: "stopped by a rule"
        case .leave: "away"
        case .duty: "on another duty"
        case .skill: "without a skill in date"
        case .availability: "not available"
        case .pinned: "on a pinned duty"
        case .cost: "possible, but it would cost more elsewhere"
        }
    }
}

extension LeaveKind {
    /// What others may see: never why somebody is away.
    var code: String {
        switch self {
        case .annual: "AL"
        case .study: "Study"
        case .sickness, .parental, .special, .unpaid, .other: "Away"
        }
    }

    static func meaning(ofCode code: String) -> String {
        switch code {
        case LeaveKind.annual.code: "annual leave"
        case LeaveKind.study.code: "study leave"
        default: "away (the reason is not shown)"
        }
    }
}
