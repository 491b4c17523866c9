import Extracts
import Roster

extension Unavailability {
    /// For every unit of the organisation that has people with contracted hours, worst against its headroom first.
    ///
    /// The share is of contracted time on the days of the report, each day weighing the same, so that a weekend
    /// reads like a week.
    ///
    /// - Parameter byGroup: Each staff group of a unit by itself.
    static func blocks(
        _ picture: Picture, byGroup: Bool = false, places: (Unit.ID) -> UnitLabel
    ) -> [Unavailability] {
        struct Key: Hashable {
            let unit: Unit.ID
            let group: StaffGroup?
        }
        let scenario = picture.scenario
        let leave = Dictionary(grouping: scenario.leave, by: \.person)
        let contracted = scenario.people.filter {
            $0.organisation == picture.organisation.id && (scenario.contract($0.contract)?.hoursOwed ?? true)
        }
        let grouped = Dictionary(grouping: contracted) { person in
            Key(
                unit: person.unit,
                group: byGroup ? scenario.grade(person.grade)?.staffGroup ?? .other : nil)
        }
        return grouped.compactMap { key, people -> Unavailability? in
            guard scenario.unit(key.unit) != nil else { return nil }
            let headroom = picture.unitFacts[key.unit]?.headroom ?? picture.policy.headroom
            var block = block(
                places(key.unit), people, leave: leave, window: picture.window,
                headroom: Int(headroom.rounded()))
            block.staffGroup = key.group
            return block
        }
        .sorted {
            ($1.excess, $0.place.name, $0.place.unit, $0.staffGroup?.rawValue ?? "")
                < ($0.excess, $1.place.name, $1.place.unit, $1.staffGroup?.rawValue ?? "")
        }
    }

    private static func block(
        _ place: UnitLabel, _ people: [Person], leave: [Person.ID: [Leave]], window: Period, headroom: Int
    ) -> Unavailability {
        var whole = 0
        var away: [LeaveKind: Int] = [:]
        var peopleAway: [LeaveKind: Set<Person.ID>] = [:]
        var returning = 0
        for person in people {
            let own = leave[person.id] ?? []
            for day in window.days where person.isEmployed(on: day) {
                whole += person.paidPerWeek.count
                if let leave = own.first(where: { $0.contains(day) }) {
                    away[leave.kind, default: 0] += person.paidPerWeek.count
                    peopleAway[leave.kind, default: []].insert(person.id)
                }
            }
            let yesterday = window.first.advanced(by: -1)
            if own.contains(where: { $0.last == yesterday }),
                !own.contains(where: { $0.contains(window.first) }),
                person.isEmployed(on: window.first)
            {
                returning += 1
            }
        }
        func percent(_ minutes: Int) -> Int { whole > 0 ? (minutes * 100 + whole / 2) / whole : 0 }
        let total = percent(away.values.reduce(0, +))
        let count = peopleAway.values.reduce(into: Set()) { $0.formUnion($1) }.count
        let classes = safeClasses(peopleAway).map { kinds in
            Share(
                kinds: kinds, percent: percent(kinds.reduce(0) { $0 + (away[$1] ?? 0) }),
                people: kinds.reduce(into: Set()) { $0.formUnion(peopleAway[$1] ?? []) }.count)
        }
        return Unavailability(
            place: place, percent: total, headroom: headroom, people: shown(count), shares: classes,
            isSpike: total > headroom, returning: shown(returning),
            starting: shown(people.count { $0.starts.map(window.contains) ?? false }),
            leaving: shown(people.count { $0.leaves.map(window.contains) ?? false }))
    }

    /// Classes of absence, the smallest put together until no group is of one to four people; empty if that leaves
    /// only one group, whose size is known anyway, or none.
    private static func safeClasses(_ people: [LeaveKind: Set<Person.ID>]) -> [[LeaveKind]] {
        var groups = people.filter { !$0.value.isEmpty }
            .map { (kinds: [$0.key], people: $0.value) }
            .sorted { ($0.people.count, $0.kinds[0].rawValue) < ($1.people.count, $1.kinds[0].rawValue) }
        while groups.count > 1, groups[0].people.count < smallest {
            let first = groups.removeFirst()
            groups[0] = (
                kinds: (groups[0].kinds + first.kinds).sorted { $0.rawValue < $1.rawValue },
                people: groups[0].people.union(first.people)
            )
            groups.sort { ($0.people.count, $0.kinds[0].rawValue) < ($1.people.count, $1.kinds[0].rawValue) }
        }
        guard let first = groups.first, first.people.count >= smallest else { return [] }
        return groups.reversed().map(\.kinds)
    }

    /// Fewer people than this are not counted out.
    static let smallest = 5

    /// Nil for one to four.
    static func shown(_ count: Int) -> Int? { (1..<smallest).contains(count) ? nil : count }

    private var excess: Int { (percent ?? 0) - (headroom ?? 0) }
}
