import Roster

/// How the number of senior decision makers came about, hour by hour, with its arithmetic.
extension RotaPage {
    var arithmeticSection: HTML {
        let rules = scenario.coverRules.filter { rule in
            if case .arrivals = rule.requirement { true } else { false }
        }
        guard !rules.isEmpty else { return "" }
        let tables = rules.map { rule -> HTML in
            Self.scrolling(
                rule.name,
                Self.table(
                    "\(rule.name): arrivals × minutes ÷ (minutes in the hour × productive share), rounded up",
                    columns: ["Hour", "On", "Needed", "Arithmetic"],
                    rows: rows(requirements[rule.id] ?? [])))
        }
        return Self.section("seniors", "Senior decision makers: the arithmetic", "\(tables)")
    }

    /// One row for each hour of the day and each different sum in it.
    private func rows(_ requirements: [CoverRequirement]) -> [[HTML]] {
        let hours = Dictionary(grouping: requirements, by: \.start.clock)
        return hours.sorted { $0.key < $1.key }.flatMap { clock, hour -> [[HTML]] in
            let sums = Dictionary(grouping: hour, by: \.arithmetic)
            return sums.sorted { ($0.value[0].start, $0.key) < ($1.value[0].start, $1.key) }.map {
                sum, days in
                ["\(clock.description)", "\(Self.days(days, among: hour))", "\(days[0].target)", "\(sum)"]
            }
        }
    }

    /// `every day`, `Sat, Sun`, or the dates if the sum does not follow the week.
    private static func days(_ some: [CoverRequirement], among all: [CoverRequirement]) -> String {
        if some.count == all.count { return "every day" }
        let days = Set(some.map(\.start.day))
        let weekdays = Set(days.map(\.weekday))
        let followsTheWeek = all.allSatisfy {
            weekdays.contains($0.start.day.weekday) == days.contains($0.start.day)
        }
        guard followsTheWeek else { return days.sorted().map(\.brief).joined(separator: ", ") }
        return weekdays.sorted().map(\.short).joined(separator: ", ")
    }
}
