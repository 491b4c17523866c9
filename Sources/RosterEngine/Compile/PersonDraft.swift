import Roster
import RulePack

/// One person on the way from the scenario to a ``PersonModel``.
struct PersonDraft {
    /// A kind of duty, as far as the rules can tell: a shift type, or a duty with times of its own.
    enum Kind: Hashable {
        case shift(ShiftType.ID)
        case fixed(Duty)
    }

    let person: Person
    let rules: CompiledRules
    private let group: RuleGroup
    private let slots: [Slot]
    private let compiler: Compiler
    private let records: PersonRecords
    private let rows: [CoverRow]
    private let rowIndex: RowIndex
    private let shares: FairShares

    init(
        _ outline: PersonOutline, group: RuleGroup, compiler: Compiler, records: PersonRecords,
        rows: [CoverRow], rowIndex: RowIndex, shares: FairShares
    ) {
        person = outline.person
        rules = outline.rules
        self.group = group
        self.compiler = compiler
        self.records = records
        self.rows = rows
        self.rowIndex = rowIndex
        self.shares = shares
        slots =
            [Slot.off]
            + outline.choices.map { shift, unit, role in
                Slot(
                    kind: group.kind(of: shift.id), shift: shift, unit: unit, role: role.id, source: .solved,
                    fixed: nil)
            }
            + outline.standing.map { duty in
                Slot(
                    kind: group.kind(of: duty), shift: compiler.scenario.shiftType(duty.shift),
                    unit: duty.unit, role: duty.role, source: duty.source, fixed: duty)
            }
    }

    /// For each day, the facts of each kind of the group, kind 0 (off) first.
    private var dutyFacts: [[DutyFacts?]] { group.dutyFacts }

    /// Shift types, units and roles in which this person can be rostered at all, skills apart (they have dates).
    static func choices(
        for person: Person, in scenario: Scenario
    ) -> [(shift: ShiftType, unit: Unit.ID, role: Role)] {
        let units = [person.unit] + person.otherUnits.subtracting([person.unit]).sorted()
        let roles = scenario.roles.filter { role in
            (role.grades.contains(person.grade) || role.substitutes.contains(person.grade))
                && (person.roles.isEmpty || person.roles.contains(role.id))
                && role.barred.isDisjoint(with: person.markers)
        }
        var choices: [(shift: ShiftType, unit: Unit.ID, role: Role)] = []
        for unit in units {
            // A role in which nobody counts for a rule of the unit would only use up hours. A rule for heads that names
            // no role counts people in any.
            let rules = scenario.coverRules.filter { $0.unit == unit }
            let countsAll = rules.contains { $0.asksForHeads && $0.counted.roles.isEmpty }
            let named = countsAll ? [] : Set(rules.flatMap(\.counted.roles))
            for shift in scenario.shiftTypes where shift.offered {
                guard shift.units.isEmpty || shift.units.contains(unit) else { continue }
                for role in roles where shift.roles.isEmpty || shift.roles.contains(role.id) {
                    if named.isEmpty || named.contains(role.id) { choices.append((shift, unit, role)) }
                }
            }
        }
        return choices
    }

    /// Where the automata stand when the period begins: they read the history, breaches and all.
    func startStates() -> [Int32] {
        var states = rules.automata.map(\.automaton.start)
        let history = (records.history[person.id] ?? []).filter {
            $0.start.day < compiler.scenario.period.first
        }
        guard let first = history.map(\.start.day).min() else { return states }
        let byDay = Dictionary(grouping: history, by: \.start.day)
        for day in first..<compiler.scenario.period.first {
            let facts = DayFacts(day)
            let duties = (byDay[day] ?? []).sorted { $0.start < $1.start }
            // Two duties on one day are read as one that lasts from the first to the last.
            let judged = duties.map { DutyFacts($0).judged(by: rules.tests) }
            let duty = judged.dropFirst().reduce(judged.first) { $0?.joined(with: $1) }
            for (index, rule) in rules.automata.enumerated() {
                states[index] = rule.automaton.step(states[index], on: facts, duty: duty).state
            }
        }
        return states
    }

    func model(graph: Int, root: Int32) -> PersonModel {
        let scenario = compiler.scenario
        let size = slots.count
        let count = compiler.days.count * size
        var allowed = [Bool](repeating: false, count: count)
        var cost = [Int64](repeating: 0, count: count)
        var paid = [Int32](repeating: 0, count: count)
        var night = [Bool](repeating: false, count: count)
        var refused = [UInt8](repeating: 0, count: count)
        var wishCost = [Int64](repeating: 0, count: count)
        var coverStart: [Int32] = [0]
        var coverRow: [Int32] = []
        var coverUnits: [Int32] = []
        let wishes = Dictionary(grouping: records.preferences[person.id] ?? [], by: \.day)
        let published = Dictionary(grouping: records.published[person.id] ?? [], by: \.day)
        let leave = records.leave[person.id] ?? []
        var units = UnitsOfRules(scenario.coverRules, slots: size)
        for (dayIndex, day) in compiler.days.enumerated() {
            let forced = slots.firstIndex { $0.fixed?.day == day.day }
            let away = leave.contains { $0.contains(day.day) } || !person.isEmployed(on: day.day)
            for (slotIndex, slot) in slots.enumerated() {
                let index = dayIndex * size + slotIndex
                defer { coverStart.append(Int32(coverRow.count)) }
                allowed[index] =
                    forced.map { $0 == slotIndex }
                    ?? (isAllowed(slot, on: day.day, away: away)
                        && !isLent(during: dutyFacts[dayIndex][Int(slot.kind)]))
                guard allowed[index] else { continue }
                for wish in wishes[day.day] ?? [] where Self.refuses(wish.wanted, slot) {
                    refused[index] += 1
                    wishCost[index] += Int64(scenario.weights.wish * wish.strength * 60)
                }
                cost[index] += wishCost[index]
                if let before = published[day.day]?.first {
                    if slot.shift?.id != before.shift || slot.role != before.role {
                        cost[index] += Int64(scenario.weights.disruption * 60)
                    }
                } else if !published.isEmpty, slot.kind != 0 {
                    cost[index] += Int64(scenario.weights.disruption * 60)
                }
                guard slot.kind != 0, let facts = dutyFacts[dayIndex][Int(slot.kind)] else { continue }
                paid[index] = Int32(facts.paid)
                night[index] = Self.isNight(facts)
                if scenario.role(slot.role)?.substitutes.contains(person.grade) ?? false {
                    cost[index] += Int64(scenario.weights.substitution * 60)
                }
                // Whoever is away covers nothing, though a booking stands: the checker does not count them either.
                guard !away else { continue }
                for row in rowIndex.inside(facts.start, facts.end, unit: slot.unit) {
                    let added = units.of(rows[row].rule, slot: slotIndex) { self.units(of: $0, slot, facts) }
                    guard added != 0 else { continue }
                    coverRow.append(Int32(row))
                    coverUnits.append(Int32(added))
                }
            }
        }
        let path = PathContext(
            person: person, rules: rules.pathRules, period: scenario.period,
            history: (records.history[person.id] ?? []).map { DutyFacts($0).judged(by: rules.tests) },
            leave: leave, dutyFacts: dutyFacts)
        return PersonModel(
            person: person, graph: graph, root: root, slots: slots, allowed: allowed, cost: cost, paid: paid,
            night: night, refused: refused, wishCost: wishCost, coverStart: coverStart, coverRow: coverRow,
            coverUnits: coverUnits, counters: counters(), hours: ledger(leave: leave, path: path), path: path,
            mostWeekends: rules.automata.compactMap { ($0.automaton as? WeekendTotal)?.maximum }.min(),
            kindCount: group.kinds.count + 1)
    }

    private func isAllowed(_ slot: Slot, on day: Day, away: Bool) -> Bool {
        guard slot.kind != 0 else { return true }
        guard slot.fixed == nil, !away, let shift = slot.shift, let role = compiler.scenario.role(slot.role),
            let unit = compiler.scenario.unit(slot.unit)
        else { return false }
        guard person.workingDays.isEmpty || person.workingDays.contains(day.weekday),
            shift.weekdays.isEmpty || shift.weekdays.contains(day.weekday), !unit.isClosed(on: day)
        else { return false }
        let last = shift.endMinute > 1440 ? day.advanced(by: 1) : day
        return role.skills.allSatisfy { person.holds($0, from: day, through: last, at: unit.site) }
    }

    private func isLent(during duty: DutyFacts?) -> Bool {
        guard let duty else { return false }
        return (records.away[person.id] ?? []).contains {
            $0.leaves.minutes < duty.end && duty.start < $0.returns.minutes
        }
    }

    private static func refuses(_ wanted: Wanted, _ slot: Slot) -> Bool {
        switch wanted {
        case .off: slot.kind != 0
        case .anyShift: slot.kind == 0
        case .shift(let shift): slot.shift?.id != shift
        case .avoid(let shift): slot.shift?.id == shift
        }
    }

    /// For fairness a night is a duty with three hours or more between 23:00 and 06:00, which is how both the
    /// Working Time Regulations and the resident doctors' terms use the word.
    static func isNight(_ facts: DutyFacts) -> Bool {
        let span = DutyTest.Span(from: ClockTime(minute: 23 * 60), to: ClockTime(minute: 6 * 60))
        return facts.wallMinutes(inside: span) >= 180
    }

    /// What a duty adds to the value of a rule's rows.
    private func units(of rule: CoverRule, _ slot: Slot, _ facts: DutyFacts) -> Int {
        guard let shift = slot.shift, shift.countsForCover, shift.onSite || !rule.hard,
            let unit = compiler.scenario.unit(slot.unit)
        else { return 0 }
        let first = Instant(minutes: facts.start).day
        let last = Instant(minutes: facts.end - 1).day
        func counts(_ counted: Counted) -> Bool {
            (counted.roles.isEmpty || counted.roles.contains(slot.role))
                && (counted.grades.isEmpty || counted.grades.contains(person.grade))
                && (counted.markers.isEmpty || !counted.markers.isDisjoint(with: person.markers))
                && counted.skills.allSatisfy { person.holds($0, from: first, through: last, at: unit.site) }
        }
        return rule.units(counts: counts(rule.counted), inWhole: counts)
    }

    /// Paid minutes that the contract asks for in the period, leave taken off.
    private func contracted(leave: [Leave]) -> Int {
        let period = compiler.scenario.period
        let employed = period.days.count(where: person.isEmployed)
        let credit = leave.reduce(0) { $0 + $1.credit(paidPerWeek: person.paidPerWeek, in: period).count }
        return person.paidPerWeek.count * employed / 7 - credit
    }

    private func paidLimit(leave: [Leave]) -> Int {
        guard let limit = compiler.scenario.contract(person.contract)?.overtimeLimit else { return Int.max }
        return max(0, contracted(leave: leave) + limit.count)
    }

    private func paidCounter(leave: [Leave]) -> Counter {
        let weights = compiler.scenario.weights
        let contract = compiler.scenario.contract(person.contract)
        // What was worked ahead is owed less now.
        let owed = max(0, contracted(leave: leave) - (records.balances[person.id]?.paid.count ?? 0))
        let tolerance = contract?.tolerance.count ?? 0
        return Counter(
            kind: .paid, floor: max(0, owed - tolerance),
            underSlope: contract?.hoursOwed ?? true ? Int64(weights.hoursUnder) : 0,
            kinks: [.init(from: owed + tolerance, slope: Int64(weights.hoursOver))])
    }

    /// The contract's hours for the pricing table, with every limit that is on paid minutes.
    private func ledger(leave: [Leave], path: PathContext) -> HoursLedger {
        let own = Set(slots.map(\.kind))
        let paid = dutyFacts.flatMap { facts in
            facts.enumerated().map { own.contains(UInt16($0.offset)) ? $0.element?.paid ?? 0 : 0 }
        }
        let equal = dutyFacts.allSatisfy { facts in
            facts.enumerated().allSatisfy {
                !own.contains(UInt16($0.offset)) || $0.element.map { $0.paid == $0.working } ?? true
            }
        }
        let limit = min(paidLimit(leave: leave), equal ? path.workingLimit : Int.max)
        return HoursLedger(
            paid: paid, days: dutyFacts.count, counter: paidCounter(leave: leave), totals: rules.totals,
            limit: limit)
    }

    private func counters() -> [Counter] {
        let weights = compiler.scenario.weights
        let balance = records.balances[person.id]
        // One wish in five may be refused before it is unfair; who was refused before has less to give.
        let wishes = records.preferences[person.id]?.count ?? 0
        let shares: [(kind: CounterKind, share: Int, weight: Int)] = [
            (.nights, shares.nights(of: person.id) - (balance?.nights ?? 0), weights.nightFairness),
            (.weekends, shares.weekends(of: person.id) - (balance?.weekends ?? 0), weights.weekendFairness),
            (.refused, wishes / 5 - (balance?.refusedWishes ?? 0), wishes > 0 ? weights.wishFairness : 0),
        ]
        return shares.filter { $0.weight > 0 }.map {
            .fairness($0.kind, share: max(0, $0.share), weight: $0.weight)
        }
    }
}

extension Counter {
    /// No cost up to the share; the n-th unit beyond it costs n times the weight.
    static func fairness(_ kind: CounterKind, share: Int, weight: Int) -> Counter {
        Counter(
            kind: kind, floor: 0, underSlope: 0,
            kinks: (1...6).map { Kink(from: share + $0 - 1, slope: Int64(weight * 60 * $0)) })
    }
}
