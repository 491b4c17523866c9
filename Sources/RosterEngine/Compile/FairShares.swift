import Roster

/// How many nights and weekends fall to each person, in proportion to contract and days available.
///
/// The need is read off the cover rules that count roles: the heads at 03:00 for nights, and half of the
/// head-duties of Saturday and Sunday for weekends. A rule whose roles are all counted by one before it
/// (an in-charge nurse among the nurses) adds nobody.
struct FairShares {
    private var nightsByPerson: [Person.ID: Double] = [:]
    private var weekendsByPerson: [Person.ID: Double] = [:]

    init(scenario: Scenario, rows: [CoverRow]) {
        let rules = scenario.coverRules.enumerated()
            .filter { !$0.element.counted.roles.isEmpty }
            .sorted { $0.element.counted.roles.count > $1.element.counted.roles.count }
        var seen: [(unit: Unit.ID, roles: Set<Role.ID>)] = []
        for (index, rule) in rules {
            let inside = seen.contains { $0.unit == rule.unit && rule.counted.roles.isSubset(of: $0.roles) }
            guard !inside else { continue }
            seen.append((rule.unit, rule.counted.roles))
            let own = rows.filter { $0.rule == index && $0.shape == .heads }
            share(rule, scenario, nights: Self.nights(own), weekends: Self.weekends(own))
        }
    }

    func nights(of person: Person.ID) -> Int { Int((nightsByPerson[person] ?? 0).rounded(.up)) }
    func weekends(of person: Person.ID) -> Int { Int((weekendsByPerson[person] ?? 0).rounded(.up)) }

    private static func needed(_ row: CoverRow) -> Int { max(row.minimum, row.kneeTop) }

    private static func nights(_ rows: [CoverRow]) -> Double {
        rows.reduce(0) { sum, row in
            let first = Instant(minutes: row.start).day
            return (first...first.advanced(by: 1)).reduce(sum) { sum, day in
                let three = London.instant(day, minute: 180).minutes
                return row.start <= three && three < row.end ? sum + Double(needed(row)) : sum
            }
        }
    }

    /// Two duties of about 12 hours make a weekend.
    private static func weekends(_ rows: [CoverRow]) -> Double {
        rows.reduce(0) { sum, row in
            let weekday = Instant(minutes: row.start).day.weekday
            return weekday >= .saturday ? sum + Double(needed(row) * row.minutes) / (2 * 720) : sum
        }
    }

    private mutating func share(_ rule: CoverRule, _ scenario: Scenario, nights: Double, weekends: Double) {
        let able = scenario.people.filter { person in
            ([person.unit] + person.otherUnits).contains(rule.unit)
                && rule.counted.roles.contains { id in
                    guard let role = scenario.role(id) else { return false }
                    return role.grades.contains(person.grade) || role.substitutes.contains(person.grade)
                }
        }
        let total = able.reduce(0) { $0 + weight($1, scenario) }
        guard total > 0 else { return }
        for person in able {
            let part = weight(person, scenario) / total
            nightsByPerson[person.id, default: 0] += nights * part
            weekendsByPerson[person.id, default: 0] += weekends * part
        }
    }

    private func weight(_ person: Person, _ scenario: Scenario) -> Double {
        let days = scenario.period.days.filter { day in
            person.isEmployed(on: day)
                && !scenario.leave.contains { $0.person == person.id && $0.contains(day) }
        }
        return Double(person.paidPerWeek.count * days.count)
    }
}
