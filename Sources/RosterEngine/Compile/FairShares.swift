import Roster

/// How many nights and weekends fall to each person, in proportion to contract and days available.
///
/// The need is read off the cover rules that count roles: the heads at 03:00 for nights, and half of the
/// head-duties of Saturday and Sunday for weekends. Rules are taken from the one that fewest people can fill
/// to the one that most can; what a rule needs beyond what the rules inside it have given out already (an
/// in-charge nurse among the nurses) is shared among all who can fill it.
struct FairShares {
    private var nightsByPerson: [Person.ID: Double] = [:]
    private var weekendsByPerson: [Person.ID: Double] = [:]

    init(scenario: Scenario, rows: [CoverRow], calendar: ShiftCalendar) {
        let nightShifts = Set(
            calendar.times.filter { $0.times.first.map { PersonDraft.isNight($0.facts) } ?? false }.map(
                \.shift.id))
        let records = PersonRecords(scenario)
        let people = scenario.people.map { Able($0, scenario, records, nightShifts) }
        var rowsByRule: [Int: [CoverRow]] = [:]
        for row in rows where row.shape == .heads { rowsByRule[row.rule, default: []].append(row) }
        let rules = scenario.coverRules.enumerated().filter { !$0.element.counted.roles.isEmpty }
        share(
            rules.map { ($0.element, Self.nights(rowsByRule[$0.offset] ?? [])) }, among: people,
            by: \.nightRoles
        ) {
            nightsByPerson[$0, default: 0] += $1
        }
        share(
            rules.map { ($0.element, Self.weekends(rowsByRule[$0.offset] ?? [])) }, among: people, by: \.roles
        ) {
            weekendsByPerson[$0, default: 0] += $1
        }
    }

    func nights(of person: Person.ID) -> Int { Int((nightsByPerson[person] ?? 0).rounded(.up)) }
    func weekends(of person: Person.ID) -> Int { Int((weekendsByPerson[person] ?? 0).rounded(.up)) }

    /// What a person can be placed in, by unit, and how much of them there is in the period.
    private struct Able {
        let id: Person.ID
        let roles: [Unit.ID: Set<Role.ID>]
        let nightRoles: [Unit.ID: Set<Role.ID>]
        let weight: Double

        init(_ person: Person, _ scenario: Scenario, _ records: PersonRecords, _ nights: Set<ShiftType.ID>) {
            id = person.id
            var roles: [Unit.ID: Set<Role.ID>] = [:]
            var nightRoles: [Unit.ID: Set<Role.ID>] = [:]
            for (shift, unit, role) in PersonDraft.choices(for: person, in: scenario) {
                roles[unit, default: []].insert(role.id)
                if nights.contains(shift.id) { nightRoles[unit, default: []].insert(role.id) }
            }
            self.roles = roles
            self.nightRoles = nightRoles
            let leave = records.leave[person.id] ?? []
            let days = scenario.period.days.count { day in
                person.isEmployed(on: day) && !leave.contains { $0.contains(day) }
            }
            weight = Double(person.paidPerWeek.count * days)
        }
    }

    private func share(
        _ needs: [(rule: CoverRule, need: Double)], among people: [Able],
        by roles: KeyPath<Able, [Unit.ID: Set<Role.ID>]>, _ give: (Person.ID, Double) -> Void
    ) {
        let able = needs.map { need in
            Set(
                people.indices.filter { index in
                    !(people[index][keyPath: roles][need.rule.unit] ?? [])
                        .isDisjoint(with: need.rule.counted.roles)
                })
        }
        var given: [(able: Set<Int>, amount: Double)] = []
        for index in needs.indices.sorted(by: { (able[$0].count, $0) < (able[$1].count, $1) }) {
            let inside = given.reduce(0) { $1.able.isSubset(of: able[index]) ? $0 + $1.amount : $0 }
            let amount = needs[index].need - inside
            let total = able[index].reduce(0) { $0 + people[$1].weight }
            guard amount > 0, total > 0 else { continue }
            given.append((able[index], amount))
            for person in able[index] { give(people[person].id, amount * people[person].weight / total) }
        }
    }

    private static func needed(_ row: CoverRow) -> Int { max(row.minimum, row.target) }

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
}
