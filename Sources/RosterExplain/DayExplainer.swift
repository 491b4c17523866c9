import Roster
import RosterCheck

/// Why somebody works on one day, or does not.
public struct DayExplanation: Hashable, Sendable, Codable {
    public let person: Person.ID
    public let day: Day
    /// The duty that starts on the day; nil if there is none.
    public let duty: Duty?
    /// Plain sentences, the answer first.
    public let sentences: [String]

    public init(person: Person.ID, day: Day, duty: Duty?, sentences: [String]) {
        self.person = person
        self.day = day
        self.duty = duty
        self.sentences = sentences
    }
}

/// Reads off the rota, the checker and the wishes why one day of one person is as it is.
struct DayExplainer {
    private let situation: Situation
    private let report: CheckReport
    private var scenario: Scenario { situation.scenario }

    init(_ situation: Situation, report: CheckReport) {
        self.situation = situation
        self.report = report
    }

    /// Nil if the roster does not know the person.
    func explanation(of id: Person.ID, on day: Day) -> DayExplanation? {
        guard let person = scenario.person(id) else { return nil }
        let duty = situation.duties(of: id, on: day).first
        let wishes = (situation.preferences[id] ?? []).filter { $0.day == day }
            .map { WishExplainer(situation).outcome(of: $0, solving: true) }
            .map { "\(person.name) wished \(situation.words($0.preference.wanted)). \($0.sentence)" }
        let main = duty.map { working($0, person) } ?? free(person, day)
        return DayExplanation(person: id, day: day, duty: duty, sentences: main + wishes)
    }

    private func working(_ duty: Duty, _ person: Person) -> [String] {
        let role = scenario.role(duty.role)?.name ?? duty.role.text
        let unit = scenario.unit(duty.unit)?.name ?? duty.unit.text
        let place = "\(duty.start.clock) to \(duty.end.clock), as \(role) in \(unit)"
        let works = "\(person.name) works the \(scenario.words(duty)), \(place)"
        let away = scenario.away.first { $0.cuts(into: duty) }.map { lent($0, person) }
        return [works] + origin(of: duty)
            + (away.map { ["\($0). The duty counts for nothing"] } ?? cover(of: duty))
    }

    private func lent(_ away: AwayDuty, _ person: Person) -> String {
        "\(person.name) is lent to another organisation, away from \(away.leaves.words) to \(away.returns.words)"
    }

    private func origin(of duty: Duty) -> [String] {
        if scenario.isPinned(duty) {
            return ["It was pinned beforehand, and the search keeps what is pinned"]
        }
        if scenario.isBooked(duty) { return ["It is a confirmed booking"] }
        let isPublished = scenario.published.contains { $0.person == duty.person && $0.start == duty.start }
        return isPublished ? ["It stands in the published rota"] : []
    }

    /// For each rule the duty counts for, what is there and needed; and what would be short without it.
    private func cover(of duty: Duty) -> [String] {
        let counted = scenario.coverRules.filter { $0.countsHeads && scenario.counts(duty, for: $0) }
        let lines = counted.compactMap { rule -> String? in
            let found = (situation.requirements[rule.id] ?? []).compactMap { requirement in
                situation.heads(for: requirement, rule, during: duty).map { ($0.heads, $0.span, requirement) }
            }
            guard let (heads, span, requirement) = found.min(by: { $0.0 - $0.2.target < $1.0 - $1.2.target })
            else { return nil }
            return "It counts for \(rule.name): \(heads) there from \(span.lowerBound.words) to "
                + "\(span.upperBound.clock), \(requirement.target) wanted"
        }
        let without = situation.shortfall(without: duty).map {
            "Without it, \($0.rule.name) would be \($0.words) from \($0.span.lowerBound.words)"
        }
        return lines + [
            without ?? "Without it nobody would be missing: it is there for hours, wishes or fairness"
        ]
    }

    private func free(_ person: Person, _ day: Day) -> [String] {
        let off = "\(person.name) has no duty on \(day.words)"
        let loans = scenario.away.filter {
            $0.person == person.id && ($0.leaves.day...$0.returns.day).contains(day)
        }
        if !loans.isEmpty { return [off] + loans.map { lent($0, person) } }
        let gaps = report.gaps.filter { $0.start.day <= day && day <= ($0.end - ElapsedMinutes(1)).day }
        var explainer = GapExplainer(situation, report: report)
        var sentences: [String] = []
        for gap in gaps {
            let obstacle = explainer.explanation(of: gap, solving: false).obstacles.first {
                $0.person == person.id
            }
            guard let sentence = obstacle?.sentence, !sentences.contains(sentence) else { continue }
            sentences.append(sentence)
        }
        if !sentences.isEmpty { return [off] + sentences }
        let possible = scenario.shiftTypes.filter(\.offered).flatMap {
            scenario.duties(of: person, $0, on: day)
        }
        let stopped = possible.map { situation.hindrance($0, for: nil) }
        if !possible.isEmpty, !stopped.contains(nil), let first = stopped.compactMap({ $0 }).telling {
            return [off, first.sentence]
        }
        return [off, "Nobody is missing on that day whom \(person.name) could replace"]
    }
}
