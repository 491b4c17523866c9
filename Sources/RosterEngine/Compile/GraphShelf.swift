import Roster
import RulePack

/// What decides on which graph of lines a person is: the rules, the shifts on offer, and the duties that stand.
struct PersonOutline {
    let person: Person
    let rules: CompiledRules
    let choices: [(shift: ShiftType, unit: Unit.ID, role: Role)]
    /// Pinned duties and bookings of somebody on the list, and where they are lent: there they are at work, paid and
    /// tired, and count for no cover.
    let standing: [Duty]

    init(_ person: Person, _ records: PersonRecords, _ compiler: Compiler) {
        self.person = person
        let scenario = compiler.scenario
        rules = CompiledRules(
            compiler.rules.rules(for: person.contract), period: scenario.period, optedOut: person.optedOut,
            weights: scenario.weights)
        choices = PersonDraft.choices(for: person, in: scenario)
        let booked = (records.bookings[person.id] ?? []).compactMap { booking in
            scenario.shiftType(booking.shift).map {
                Duty(
                    person: person.id, day: booking.day, unit: booking.unit, shift: $0, role: booking.role,
                    source: .booking)
            }
        }
        let away = (records.away[person.id] ?? []).map { away in
            let duty = away.duty
            return Duty(
                person: person.id, day: duty.day, unit: duty.unit, shift: duty.shift, role: duty.role,
                start: duty.start, end: duty.end, paid: duty.paid, working: duty.working, source: .imported)
        }
        standing = (records.pinned[person.id] ?? []) + booked + away
    }
}

/// People under the same rules, for whom one graph holds the lines of all: a shift that one of them is not offered
/// is closed to that person and not missing from the graph.
struct RuleGroup {
    let rules: CompiledRules
    /// Kinds of duty of all its people, a day off apart.
    private(set) var kinds: [PersonDraft.Kind] = []
    /// For each day the facts of each kind, kind 0 (off) first.
    private(set) var dutyFacts: [[DutyFacts?]] = []

    init(_ outlines: [PersonOutline], _ compiler: Compiler) {
        rules = outlines[0].rules
        let limited = outlines.reduce(into: Set<ShiftType.ID>()) { $0.formUnion($1.rules.limitedShifts) }
        let named = rules.tests.map(\.shifts).filter { !$0.isEmpty }
        // Shift types that no rule tells apart are one kind.
        func isAlike(_ left: ShiftType.ID, _ right: ShiftType.ID) -> Bool {
            left == right
                || !limited.contains(left) && !limited.contains(right)
                    && named.allSatisfy { $0.contains(left) == $0.contains(right) }
                    && compiler.calendar.areAlike(left, right)
        }
        for outline in outlines {
            for shift in outline.choices.map(\.shift.id) where kindOfShift[shift] == nil {
                let known = kindOfShift.filter { isAlike($0.key, shift) }.values.min()
                if known == nil { kinds.append(.shift(shift)) }
                kindOfShift[shift] = known ?? UInt16(kinds.count)
            }
        }
        // Those who share a graph have the same duties that stand.
        for duty in outlines[0].standing where !kinds.contains(.fixed(duty)) { kinds.append(.fixed(duty)) }
        let tests = rules.tests
        let times = kinds.map { kind -> [ShiftCalendar.Times] in
            if case .shift(let shift) = kind { compiler.calendar.times(of: shift) } else { [] }
        }
        dutyFacts = compiler.days.indices.map { day in
            [nil]
                + zip(kinds, times).map { kind, times in
                    switch kind {
                    case .shift: times[day].facts.judged(by: tests)
                    case .fixed(let duty):
                        duty.day == compiler.days[day].day
                            ? DutyFacts(
                                duty, kind: compiler.scenario.shiftType(duty.shift)?.kind ?? .work
                            ).judged(by: tests) : nil
                    }
                }
        }
    }

    private var kindOfShift: [ShiftType.ID: UInt16] = [:]

    func kind(of shift: ShiftType.ID) -> UInt16 { kindOfShift[shift] ?? 0 }

    func kind(of duty: Duty) -> UInt16 { UInt16((kinds.firstIndex(of: .fixed(duty)) ?? -1) + 1) }
}

/// The graphs of lines: people under the same rules, with the same duties that stand, share one.
struct GraphShelf {
    private struct Key: Hashable {
        let rules: [CompiledRule.Meaning]
        let tests: [DutyTest]
        let standing: [Duty]
    }

    private(set) var groups: [RuleGroup] = []
    /// The group of each person.
    private(set) var groupOf: [Int] = []

    init(_ outlines: [PersonOutline], _ compiler: Compiler) {
        var index: [Key: Int] = [:]
        var members: [[PersonOutline]] = []
        for outline in outlines {
            let key = Key(
                rules: outline.rules.automata.map(\.meaning), tests: outline.rules.tests,
                standing: outline.standing)
            let group = index[key] ?? members.count
            if group == members.count {
                index[key] = group
                members.append([])
            }
            members[group].append(outline)
            groupOf.append(group)
        }
        groups = members.map { RuleGroup($0, compiler) }
    }

    /// The graphs without what is counted over the whole period.
    func looseLines(
        for drafts: [PersonDraft], days: [DayFacts], _ stop: Stop
    ) throws(EngineError) -> LooseLines {
        let found = try graphs(for: drafts, days: days, isLoose: true, stop)
        return LooseLines(
            graphs: found.built, roots: found.roots.map { $0 ?? 0 }, rules: groups.map(\.rules.automata))
    }

    /// A graph for each group, and the root in it of each person; nil for one who has no lawful line.
    func graphs(
        for drafts: [PersonDraft], days: [DayFacts], isLoose: Bool = false, _ stop: Stop
    ) throws(EngineError) -> (built: [LineGraph], roots: [Int32?]) {
        var built: [LineGraph] = []
        var roots: [Int32?] = Array(repeating: nil, count: drafts.count)
        for (index, group) in groups.enumerated() {
            let people = drafts.indices.filter { groupOf[$0] == index }
            var starts: [[Int32]] = []
            let start = people.map { person in
                let states = drafts[person].startStates()
                if let known = starts.firstIndex(of: states) { return known }
                starts.append(states)
                return starts.count - 1
            }
            let rules = group.rules.automata
            let graph = LineGraph(
                rules: isLoose ? rules.map(LooseLines.loosened) : rules, days: days, duties: group.dutyFacts,
                starts: starts)
            for (person, start) in zip(people, start) { roots[person] = graph.roots[start] }
            built.append(graph)
            if graph.nodeCount > 50_000, stop.isDue { throw .stopped }
        }
        return (built, roots)
    }
}
