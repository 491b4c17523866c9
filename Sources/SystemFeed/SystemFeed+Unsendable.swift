import Roster
import SystemPool

/// Something that the system takes under no code, and without which it could not be told that people are missing.
public struct Unsendable: Hashable, Comparable, Sendable, CustomStringConvertible {
    public enum Kind: String, CaseIterable, Hashable, Comparable, Sendable {
        case site, unit, rule, grade, skill

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    public let kind: Kind
    public let id: String
    /// What is wrong, as a phrase that follows it: `reads as a telephone number`.
    public let problem: String

    init(_ kind: Kind, _ id: String, _ problem: String) {
        self.kind = kind
        self.id = id
        self.problem = problem
    }

    /// `unit 01273696955 reads as a telephone number`.
    public var description: String { "\(kind.rawValue) \(id) \(problem)" }

    public static func < (left: Self, right: Self) -> Bool { (left.kind, left.id) < (right.kind, right.id) }
}

extension SystemFeed {
    /// All that stands in the way of telling gaps, at once, whether or not somebody is missing there today; empty if
    /// nothing does.
    ///
    /// A push without such a unit would say that nobody is missing there, one without such a skill that anybody may come.
    /// So there is no push until each has an id that the system takes.
    public func unsendable() -> [Unsendable] {
        let units = scenario.units
        let rules = scenario.coverRules.filter { rule in
            rule.asksForHeads && units.contains { $0.id == rule.unit }
        }
        let named: [(Unsendable.Kind, String)] =
            units.map { (.unit, $0.id.text) } + units.map { (.site, $0.site.text) }
            + rules.flatMap { grades(of: $0) }.map { (.grade, $0.text) }
            + rules.flatMap { skills(of: $0) }.map { (.skill, $0.text) }
        let codes = named.compactMap { kind, id in
            CheckedCode.problem(of: id).map { Unsendable(kind, id, $0) }
        }
        let gaps = Dictionary(grouping: vacancies().map(\.id)) { $0.rule.map(String.init) ?? "" }
        return Set(codes + rules.compactMap { unsendable($0, gaps[$0.id.text] ?? []) }).sorted()
    }

    private func unsendable(_ rule: CoverRule, _ gaps: [Vacancy.ID]) -> Unsendable? {
        // Of a rule by which nobody is missing, as a gap would be called.
        let names = gaps.map(\.text) + [Gap.id(rule: rule.id, start: now).text]
        for name in names {
            guard let problem = CheckedCode.problem(of: name) else { continue }
            return Unsendable(.rule, rule.id.text, "calls a gap \(name), which \(problem)")
        }
        return grades(of: rule).isEmpty
            ? Unsendable(.rule, rule.id.text, "can be filled by no grade that is known") : nil
    }
}
