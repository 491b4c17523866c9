/// What if: more patients, more sickness, a closed unit, fewer people. A scenario beside the one that stands.
public struct WhatIf: Hashable, Sendable {
    /// A unit that is shut for a while.
    public struct Closure: Hashable, Sendable {
        public let unit: Unit.ID
        public let first: Day
        public let last: Day

        public init(unit: Unit.ID, first: Day, last: Day) {
            self.unit = unit
            self.first = first
            self.last = last
        }
    }

    /// Who is no longer there.
    public enum Lost: Hashable, Sendable {
        case named([Person.ID])
        /// So many, drawn by lot.
        case count(Int)
    }

    public let name: String
    /// Per cent more (or, below zero, less) of all that comes from `demand.csv`: forecasts and arrivals.
    public let demandPercent: Double
    /// Per cent of all person-days lost to sickness besides the leave that is known, in spells of three days, by lot.
    public let sicknessPercent: Double
    public let closures: [Closure]
    public let lost: Lost
    /// Decides the lots: the same number, the same people.
    public let seed: UInt64

    public init(
        name: String, demandPercent: Double = 0, sicknessPercent: Double = 0, closures: [Closure] = [],
        lost: Lost = .count(0), seed: UInt64 = 1
    ) {
        self.name = name
        self.demandPercent = demandPercent
        self.sicknessPercent = sicknessPercent
        self.closures = closures
        self.lost = lost
        self.seed = seed
    }

    /// The changed scenario, and what was changed in plain words.
    ///
    /// Pinned duties and bookings of people lost, and in units closed, fall away. A pinned duty is never in a spell
    /// of sickness: it stands because somebody vouched for it.
    public func applied(to scenario: Scenario) -> (scenario: Scenario, changes: [String]) {
        var lots = Lots(seed: seed)
        var changes: [String] = []
        let gone = gone(from: scenario, &lots)
        if !gone.isEmpty {
            changes.append("\(gone.count) people lost: \(gone.map(\.text).sorted().joined(separator: ", "))")
        }
        let left = Set(gone)
        let people = scenario.people.filter { !left.contains($0.id) }
        let stays: (Duty) -> Bool = { duty in !left.contains(duty.person) && !isClosed(duty.unit, duty.day) }
        let pinned = scenario.pinned.filter(stays)
        let sick = sickness(people, scenario, pinned: pinned, &lots)
        if sicknessPercent > 0 {
            let days = sick.reduce(0) { $0 + $1.first.distance(to: $1.last) + 1 }
            changes.append(
                "\(Self.plain(sicknessPercent)) % more sickness: \(days) person-days, drawn by lot")
        }
        for closure in closures {
            changes.append("\(closure.unit) closed from \(closure.first) to \(closure.last)")
        }
        if demandPercent != 0 {
            let sign = demandPercent > 0 ? "more" : "less"
            changes.append(
                "\(Self.plain(abs(demandPercent))) % \(sign) demand and arrivals; fixed numbers of heads stay as they are"
            )
        }
        let fallen = scenario.pinned.count - pinned.count
        if fallen > 0 { changes.append("\(fallen) pinned duties of theirs fall away") }
        let changed = scenario.replacing(
            units: scenario.units.map(closed), people: people,
            leave: scenario.leave.filter { !left.contains($0.person) } + sick, pinned: pinned,
            published: scenario.published.filter(stays),
            bookings: scenario.bookings.filter { !left.contains($0.person) && !isClosed($0.unit, $0.day) },
            away: scenario.away.filter { !left.contains($0.person) },
            balances: scenario.balances.filter { !left.contains($0.person) },
            preferences: scenario.preferences.filter { !left.contains($0.person) },
            history: scenario.history.filter { !left.contains($0.person) },
            demand: scenario.demand.map(scaled))
        return (changed, changes)
    }

    private func gone(from scenario: Scenario, _ lots: inout Lots) -> [Person.ID] {
        switch lost {
        case .named(let people): return people
        case .count(let count): return Array(lots.shuffled(scenario.people.map(\.id)).prefix(count))
        }
    }

    private func isClosed(_ unit: Unit.ID, _ day: Day) -> Bool {
        closures.contains { $0.unit == unit && $0.first <= day && day <= $0.last }
    }

    private func closed(_ unit: Unit) -> Unit {
        let ranges = closures.filter { $0.unit == unit.id }.map { $0.first...$0.last }
        return Unit(
            id: unit.id, name: unit.name, site: unit.site, organisation: unit.organisation,
            closed: unit.closed + ranges)
    }

    private func scaled(_ row: DemandRow) -> DemandRow {
        let factor = 1 + demandPercent / 100
        let points = row.quantiles?.points.map {
            DemandDistribution.Point(probability: $0.probability, heads: $0.heads * factor)
        }
        return DemandRow(
            subject: row.subject, start: row.start, end: row.end, value: row.value * factor,
            quantiles: points.flatMap(DemandDistribution.init), minimum: row.minimum)
    }

    private func sickness(
        _ people: [Person], _ scenario: Scenario, pinned: [Duty], _ lots: inout Lots
    ) -> [Leave] {
        let days = scenario.period.dayCount
        var wanted = Int((Double(people.count * days) * sicknessPercent / 100).rounded())
        var away = Set(pinned.map { Slot(person: $0.person, day: $0.day) })
        for leave in scenario.leave {
            for day in scenario.period.days where leave.contains(day) {
                away.insert(Slot(person: leave.person, day: day))
            }
        }
        var spells: [Leave] = []
        let starts = people.flatMap { person in scenario.period.days.map { Slot(person: person.id, day: $0) }
        }
        for start in lots.shuffled(starts) where wanted > 0 {
            var last = start.day
            guard !away.contains(start) else { continue }
            while start.day.distance(to: last) < min(2, wanted - 1),
                last < scenario.period.last,
                !away.contains(Slot(person: start.person, day: last.advanced(by: 1)))
            { last = last.advanced(by: 1) }
            for day in start.day...last { away.insert(Slot(person: start.person, day: day)) }
            wanted -= start.day.distance(to: last) + 1
            spells.append(Leave(person: start.person, first: start.day, last: last, kind: .sickness))
        }
        return spells
    }

    private struct Slot: Hashable {
        let person: Person.ID
        let day: Day
    }

    private static func plain(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}

/// Random choices that are the same on every machine: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
private struct Lots {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, Int(next() % UInt64(last + 1)))
        }
        return elements
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
