import Roster
import RulePack

/// From a scenario to a problem in flat arrays: the arrow from demand to problem.
struct Compiler {
    let scenario: Scenario
    let rules: RuleBook
    let calendar: ShiftCalendar
    let days: [DayFacts]

    init(_ scenario: Scenario, _ rules: RuleBook) {
        self.scenario = scenario
        self.rules = rules
        calendar = ShiftCalendar(scenario)
        days = scenario.period.days.map(DayFacts.init)
    }

    /// - Throws: ``EngineError/noLawfulLine(person:)`` if somebody's history and pinned duties leave no line,
    ///   ``EngineError/stopped`` if the search is to stop before a large problem is ready.
    ///
    /// - Parameter isLoose: it has loose lines, too; nil for only if it is large.
    func problem(_ stop: Stop = Stop(seconds: nil), isLoose: Bool? = nil) throws(EngineError) -> Problem {
        let cover = CoverRowBuilder(scenario: scenario, calendar: calendar)
        let shares = FairShares(scenario: scenario, rows: cover.rows, calendar: calendar)
        let rowIndex = RowIndex(cover.rows, rules: scenario.coverRules)
        let records = PersonRecords(scenario)
        let outlines = scenario.people.map { PersonOutline($0, records, self) }
        let shelf = GraphShelf(outlines, self)
        let drafts = outlines.indices.map { index in
            PersonDraft(
                outlines[index], group: shelf.groups[shelf.groupOf[index]], compiler: self, records: records,
                rows: cover.rows, rowIndex: rowIndex, shares: shares)
        }
        let graphs = try shelf.graphs(for: drafts, days: days, stop)
        var people: [PersonModel] = []
        for (index, draft) in drafts.enumerated() {
            if isLarge, stop.isDue { throw .stopped }
            guard let root = graphs.roots[index] else { throw .noLawfulLine(person: draft.person.id) }
            people.append(draft.model(graph: shelf.groupOf[index], root: root))
        }
        for (person, cells) in OnCallDuplicates(people, scenario, rules).reserved() {
            people[person].reserved = cells
        }
        let components = Self.components(people, cover.rows, cover.weeks)
        return Problem(
            scenario: scenario, days: days, rows: cover.rows, weeks: cover.weeks, people: people,
            graphs: graphs.built, components: components,
            groups: components.map { Problem.groups(of: $0, rows: cover.rows, people: people) },
            costGrids: components.map { CostGrid($0, people, cover.rows, graphs.built).step },
            loose: isLoose ?? isLarge ? try shelf.looseLines(for: drafts, days: days, stop) : nil)
    }

    /// What is small is made ready in an instant, whatever is asked.
    private var isLarge: Bool { scenario.people.count * days.count > 5000 }

    /// Connected parts of the graph in which people touch the rows they can cover.
    private static func components(
        _ people: [PersonModel], _ rows: [CoverRow], _ weeks: [CoverWeek]
    ) -> [Component] {
        var parent = Array(0..<(people.count + rows.count))
        func find(_ node: Int) -> Int {
            var node = node
            while parent[node] != node {
                parent[node] = parent[parent[node]]
                node = parent[node]
            }
            return node
        }
        for (index, person) in people.enumerated() {
            for row in Set(person.coverRow) {
                let (left, right) = (find(index), find(people.count + Int(row)))
                if left != right { parent[max(left, right)] = min(left, right) }
            }
        }
        for week in weeks {
            guard let first = week.rows.first else { continue }
            for row in week.rows {
                let (left, right) = (find(people.count + first), find(people.count + row))
                if left != right { parent[max(left, right)] = min(left, right) }
            }
        }
        let peopleByRoot = Dictionary(grouping: people.indices, by: find)
        let rowsByRoot = Dictionary(grouping: rows.indices) { find(people.count + $0) }
        let weeksByRoot = Dictionary(grouping: weeks.indices.filter { !weeks[$0].rows.isEmpty }) {
            find(people.count + weeks[$0].rows[0])
        }
        return Set(peopleByRoot.keys).union(rowsByRoot.keys).sorted().map { root in
            Component(
                people: peopleByRoot[root] ?? [], rows: rowsByRoot[root] ?? [], weeks: weeksByRoot[root] ?? []
            )
        }
    }
}

/// What stops the engine before it starts.
public enum EngineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// History, pinned duties and hard rules leave this person not one lawful line of work.
    case noLawfulLine(person: Person.ID)
    /// The search was to stop before there was a first rota.
    case stopped

    public var description: String {
        switch self {
        case .noLawfulLine(let person):
            "No lawful line of work exists for \(person): the pinned duties, with the history before them, "
                + "break a hard rule. Run `muster check` to see which; move or remove a pinned duty."
        case .stopped:
            "The search was stopped before it had made a first rota; nothing was written. "
                + "Give it more --seconds."
        }
    }
}

/// Rows by unit and time, to find those that a duty covers.
struct RowIndex {
    private let byUnit: [Unit.ID: [(start: Int, end: Int, row: Int)]]
    private let longest: Int

    init(_ rows: [CoverRow], rules: [CoverRule]) {
        var byUnit: [Unit.ID: [(start: Int, end: Int, row: Int)]] = [:]
        for (index, row) in rows.enumerated() {
            byUnit[rules[row.rule].unit, default: []].append((row.start, row.end, index))
        }
        self.byUnit = byUnit.mapValues { $0.sorted { ($0.start, $0.row) < ($1.start, $1.row) } }
        longest = rows.map(\.minutes).max() ?? 0
    }

    /// Rows that lie inside the span. By construction a row lies inside a duty or outside it.
    func inside(_ start: Int, _ end: Int, unit: Unit.ID) -> [Int] {
        guard let rows = byUnit[unit] else { return [] }
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].start < start { low = middle + 1 } else { high = middle }
        }
        var found: [Int] = []
        while low < rows.count, rows[low].start < end {
            if rows[low].end <= end { found.append(rows[low].row) }
            low += 1
        }
        return found
    }
}

/// The scenario's lists by person, so that compiling many people stays linear.
struct PersonRecords {
    let leave: [Person.ID: [Leave]]
    let pinned: [Person.ID: [Duty]]
    let published: [Person.ID: [Duty]]
    let preferences: [Person.ID: [Preference]]
    /// With what was worked for others before the period.
    let history: [Person.ID: [HistoryDuty]]
    let away: [Person.ID: [AwayDuty]]
    let balances: [Person.ID: Balance]
    let bookings: [Person.ID: [Booking]]

    init(_ scenario: Scenario) {
        leave = Dictionary(grouping: scenario.leave, by: \.person)
        pinned = Dictionary(grouping: scenario.pinned, by: \.person)
        published = Dictionary(grouping: scenario.published, by: \.person)
        preferences = Dictionary(grouping: scenario.preferences, by: \.person)
        away = Dictionary(grouping: scenario.away, by: \.person)
        // Of earlier ones only the rest after them matters: the history says how far back hours are known.
        let before = scenario.away.map(\.duty).filter {
            $0.day < scenario.period.first && scenario.period.first <= $0.end.day.advanced(by: 1)
        }.map {
            HistoryDuty(
                person: $0.person, start: $0.start, end: $0.end, paid: $0.paid, working: $0.working)
        }
        history = Dictionary(grouping: scenario.history + before, by: \.person)
        balances = Dictionary(scenario.balances.map { ($0.person, $0) }) { first, _ in first }
        bookings = Dictionary(grouping: scenario.bookings, by: \.person)
    }
}
