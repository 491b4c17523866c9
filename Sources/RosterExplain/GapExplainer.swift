import Roster
import RosterCheck

/// For each gap: who could count for it and what stops each, what would close it, what an hour there is worth.
struct GapExplainer {
    private let situation: Situation
    private let report: CheckReport
    /// Neighbouring gaps ask about the same duties.
    private var known: [Question: Obstacle?] = [:]

    private struct Question: Hashable {
        let duty: Duty
        let rule: CoverRule.ID
    }

    init(_ situation: Situation, report: CheckReport) {
        self.situation = situation
        self.report = report
    }

    /// - Parameter solving: whether to solve again for what would close it and what an hour is worth.
    mutating func explanation(of gap: Gap, solving: Bool) -> GapExplanation {
        let candidates = situation.candidates(for: gap)
        let obstacles = candidates.map { obstacle($0, gap) }
        guard solving, !situation.stop.isDue else {
            return GapExplanation(gap: gap, obstacles: obstacles, relaxations: [], hourValue: nil)
        }
        guard gap.severity == .hard else {
            let value = HourValue(situation).points(for: gap, candidates: candidates)
            return GapExplanation(
                gap: gap, obstacles: obstacles, relaxations: [], hourValue: value?.confirmed,
                hourDual: value?.dual)
        }
        let closing = HardGap(gap, situation, candidates: candidates, report: report)
            .solved(rules: obstacles.compactMap(\.rule))
        return GapExplanation(
            gap: gap, obstacles: obstacles, relaxations: closing.relaxations, changesTried: closing.tried,
            hourValue: closing.hourValue, hourDual: closing.hourDual)
    }

    /// The one thing that stops a candidate, or what it would cost if nothing lawful does.
    private mutating func obstacle(_ candidate: Candidate, _ gap: Gap) -> Obstacle {
        var first: Obstacle?
        for duty in candidate.duties {
            guard var obstacle = hindrance(duty, gap.rule) else {
                return cost(of: duty, candidate.person, gap)
            }
            if gap.severity == .hard, obstacle.kind == .duty {
                obstacle = situation.hindranceBehind(duty, for: gap.rule) ?? obstacle
            }
            // Already at work there is the weakest answer of all: another shape of duty may tell more.
            if first == nil || (first?.kind == .duty && obstacle.kind != .duty) { first = obstacle }
        }
        return first
            ?? Obstacle(
                person: candidate.person.id, kind: .availability,
                sentence: "\(candidate.person.name) has no shift that reaches it")
    }

    private mutating func hindrance(_ duty: Duty, _ rule: CoverRule.ID) -> Obstacle? {
        let question = Question(duty: duty, rule: rule)
        if let answer = known[question] { return answer }
        let answer = situation.hindrance(duty, for: situation.scenario.coverRule(rule))
        known[question] = .some(answer)
        return answer
    }

    private func cost(of duty: Duty, _ person: Person, _ gap: Gap) -> Obstacle {
        let open = report.gaps.filter { $0.rule == gap.rule && $0.measure == gap.measure }
        let costs = situation.costs(of: duty, person: person, open: open.flatMap(situation.open))
        let could = "\(person.name) could work the \(situation.scenario.words(duty))"
        let all = "\(could), but \(listed(costs))"
        let sentence =
            costs.isEmpty
            ? "\(could): nothing found stops it, and a longer search may place it"
            : all.count <= 140 ? all : "\(could), but \(costs[0])"
        return Obstacle(person: person.id, kind: .cost, sentence: sentence)
    }
}
