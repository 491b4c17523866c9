import PlainText
import Roster

/// The `cover` rules of `roster.yaml`.
struct CoverSection {
    private(set) var rules = Definitions<CoverRule>("a cover rule of this roster")

    init() {}

    init(_ list: YAMLCursor?, roster: RosterFile) {
        let reader = CoverReader(roster: roster)
        var shared: [(rule: CoverRule.ID, list: YAMLCursor)] = []
        let read = Definitions(
            rules.what, from: list, required: ["unit", "who"], optional: CoverReader.optional
        ) { id, entry in
            if let list = entry["shares-with"] { shared.append((id, list)) }
            return reader.rule(id, entry)
        }
        let pairs = shared.flatMap { rule, list in
            read.references(list).flatMap { [(rule, $0), ($0, rule)] }
        }
        let partners = Dictionary(grouping: pairs, by: \.0).mapValues { Set($0.map(\.1)) }
        rules = read.mapValues { $0.sharing(with: partners[$0.id] ?? []) }
        refuseSharedRoles()
    }

    /// Nobody satisfies two hard rules at once, so two that count one role need the roster's word.
    private func refuseSharedRoles() {
        let hard = rules.values.filter { $0.hard && $0.asksForHeads }
        for (index, rule) in hard.enumerated() {
            for earlier in hard[..<index] where earlier.unit == rule.unit {
                guard let role = rule.counted.roles.intersection(earlier.counted.roles).min(),
                    !rule.sharesWith.contains(earlier.id), rule.meets(earlier)
                else { continue }
                rules.fault(
                    rule.id,
                    "counts the role \(role) at the same time as the hard rule \(earlier.id): "
                        + "nobody satisfies two hard rules at once",
                    accepted: "a role of its own, or shares-with: [\(earlier.id)] if one person may do both")
            }
        }
    }
}

extension CoverRule {
    fileprivate func sharing(with others: Set<ID>) -> CoverRule {
        CoverRule(
            id: id, name: name, unit: unit, purpose: purpose, counted: counted, weekdays: weekdays,
            from: from, to: to, requirement: requirement, weeklyMinimum: weeklyMinimum, hard: hard,
            risk: risk, sharesWith: others)
    }

    /// Whether the windows of two rules overlap in any week.
    fileprivate func meets(_ other: CoverRule) -> Bool {
        let week = 7 * 1440
        return weekWindows.contains { window in
            other.weekWindows.contains { theirs in
                [-week, 0, week].contains { shift in
                    window.lowerBound < theirs.upperBound + shift
                        && theirs.lowerBound + shift < window.upperBound
                }
            }
        }
    }

    /// The windows in minutes after Monday's 00:00.
    private var weekWindows: [Range<Int>] {
        Weekday.allCases.filter { weekdays.isEmpty || weekdays.contains($0) }.map { weekday in
            let midnight = weekday.rawValue * 1440
            return midnight + from.minute..<midnight + toMinute
        }
    }
}
