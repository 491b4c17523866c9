import Roster
import RosterCheck
import RulePack

/// Warnings of one soft rule, so that forty of them read as one with the people and days it is about.
package struct WarningGroup {
    /// As many warnings of one rule are said one by one.
    static let few = 2

    /// What one person, or nobody in particular, has to do with it.
    package struct Line {
        package let person: Person.ID?
        /// The days, or what the checker says where it names none.
        package let what: [String]
    }

    package let rule: String
    /// What the rule says; nil for what is tested besides the rules of the packs.
    package let title: String?
    package let count: Int
    package let lines: [Line]

    /// The warnings that stand alone, and the groups, the largest first. Whatever bears on a rule that is never broken
    /// stands alone.
    package static func split(
        _ warnings: [Breach], by rules: RuleBook
    ) -> (single: [Breach], groups: [WarningGroup]) {
        let byRule = Dictionary(grouping: warnings.filter { !$0.hard }, by: \.rule)
        let many = byRule.filter { $0.value.count > few }
        let titles = Dictionary(
            rules.rulesByContract.values.flatMap(\.self).map { ($0.id, $0.title) }
        ) { first, second in min(first, second) }
        let groups = many.map { rule, warnings in
            WarningGroup(rule: rule, title: titles[rule] ?? test(rule), warnings: warnings)
        }
        return (
            warnings.filter { $0.hard || many[$0.rule] == nil },
            groups.sorted { ($1.count, $0.rule) < ($0.count, $1.rule) }
        )
    }

    private static func test(_ rule: String) -> String? {
        switch Breach.Test(rawValue: rule) {
        case .meanNotProven:
            "A mean is judged on the weeks that are known, which are fewer than its rule takes."
        case .restNotProven: "Rest is not judged where its rule looks at more days than the period has."
        default: nil
        }
    }

    private init(rule: String, title: String?, warnings: [Breach]) {
        self.rule = rule
        self.title = title
        count = warnings.count
        var lines: [Line] = []
        for warning in warnings {
            if let person = warning.person, person == lines.last?.person, let last = lines.popLast() {
                lines.append(Line(person: person, what: last.what + [warning.days]))
            } else {
                lines.append(Line(person: warning.person, what: [warning.days]))
            }
        }
        self.lines = lines
    }

    /// `RD-WE-THIRD, 10 times, 7 people`.
    package var heading: String {
        let people = Set(lines.compactMap(\.person)).count
        return "\(rule), \(count) times" + (people > 0 ? ", \(counted(people, "person", "people"))" : "")
    }
}

extension Breach {
    /// From the first day to the last that it is about, or its sentence where it names no duty.
    fileprivate var days: String {
        guard let first = duties.first?.start.day, let last = duties.last?.start.day else {
            let name = " (\(rule))"
            return sentence.hasSuffix(name) ? String(sentence.dropLast(name.count)) : sentence
        }
        return first == last ? first.brief : "\(first.brief) to \(last.brief)"
    }
}
