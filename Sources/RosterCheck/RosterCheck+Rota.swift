import Roster
import RulePack

/// What no single line of work can tell.
extension RosterCheck {
    /// The reading of ``Contract/overtimeLimit``.
    func overtime(_ line: Line) -> Breach? {
        let person = line.person
        guard let contract = scenario.contract(person.contract), let limit = contract.overtimeLimit else {
            return nil
        }
        let balance = ContractBalance(line)
        // Leave alone can exceed the limit, and is nothing that a rota could give back.
        guard balance.above > limit, balance.rostered > .zero else { return nil }
        return Breach(
            rule: Breach.Test.overtime.rawValue, person: person.id,
            sentence: "\(person.name) has \(balance.above) above the contract, more than \(limit)")
    }

    /// Those of the given duties that the rota does not hold.
    func missing(_ expected: [Duty]) -> [Duty] {
        let held = Set(duties.map(Place.init))
        return expected.filter { !held.contains(Place($0)) }
    }

    func missingPins() -> [Breach] {
        missing(scenario.pinned).map { duty in
            Breach(
                rule: Breach.Test.pinned.rawValue, person: duty.person,
                duties: [Breach.Stretch(start: duty.start, end: duty.end)],
                sentence: "The pinned duty of \(duty.person) on \(LineDuty(duty, kind: .work).spoken) "
                    + "is not in the rota")
        }
    }

    /// What makes a duty the same duty, wherever it came from.
    private struct Place: Hashable {
        let person: Person.ID
        let start: Instant
        let end: Instant
        let unit: Unit.ID
        let shift: ShiftType.ID
        let role: Role.ID

        init(_ duty: Duty) {
            person = duty.person
            start = duty.start
            end = duty.end
            unit = duty.unit
            shift = duty.shift
            role = duty.role
        }
    }

    /// Every on-call duty that a colleague's shift makes needless; only of one person if that is asked.
    func onCallDuplicates(among duties: [Duty], involving one: Person.ID? = nil) -> [Breach] {
        let onCalls = duties.filter { scenario.shiftType($0.shift)?.kind == .onCall }
        guard !onCalls.isEmpty else { return [] }
        let shifts = duties.filter {
            scenario.shiftType($0.shift).map { $0.countsForCover && $0.kind != .onCall } ?? false
        }
        return onCalls.flatMap { onCall -> [Breach] in
            guard let person = scenario.person(onCall.person) else { return [] }
            let binding = rules.rules(for: person.contract).filter {
                $0.kind == .onCallDuplicate && $0.enforcement != .off
            }
            let doubled = shifts.filter {
                $0.person != onCall.person && $0.unit == onCall.unit && $0.role == onCall.role
                    && $0.start < onCall.end && onCall.start < $0.end
                    && (one == nil || one == onCall.person || one == $0.person)
            }
            return binding.flatMap { rule in
                doubled.map { other in
                    Breach(
                        rule: rule.id, person: person.id,
                        duties: [onCall, other].map { Breach.Stretch(start: $0.start, end: $0.end) },
                        sentence: "\(person.name) is on call from home from \(onCall.start.spoken) while "
                            + "\(other.person) works as \(other.role) from \(other.start.spoken) (\(rule.id))",
                        hard: rule.enforcement == .hard)
                }
            }
        }
    }

    /// Breaks are a fault of a shift type and not of the rota: one warning for each type and rule.
    func shortBreaks() -> [Breach] {
        var worked: [Contract.ID: Set<ShiftType.ID>] = [:]
        for duty in duties {
            if let person = scenario.person(duty.person) {
                worked[person.contract, default: []].insert(duty.shift)
            }
        }
        var told: Set<String> = []
        return worked.keys.sorted().flatMap { contract in
            rules.rules(for: contract).flatMap { rule -> [Breach] in
                guard case .breaks(let steps) = rule.kind, rule.enforcement != .off else { return [] }
                return (worked[contract] ?? []).sorted().compactMap { id in
                    guard let shift = scenario.shiftType(id), shift.kind != .onCall,
                        let missed = steps.first(where: { !shift.keeps($0) }),
                        told.insert("\(rule.id) \(id)").inserted
                    else { return nil }
                    return Breach(
                        rule: rule.id, person: nil,
                        sentence: "Shift \(id) of \(ElapsedMinutes(shift.wallLength)) has fewer breaks than "
                            + "\(missed.count) of \(missed.minutes.count) minutes (\(rule.id))",
                        hard: false)
                }
            }
        }
    }

    /// One statement for each rule and number of weeks known.
    func unprovenMeans(_ lines: [Line]) -> [Breach] {
        struct Known: Hashable {
            let rule: String
            let known: Int
            let of: Int
        }
        var people: [Known: Int] = [:]
        for line in lines {
            for rule in rules.rules(for: line.person.contract) {
                guard let weeks = rule.kind.meanWeeks else { continue }
                let known = line.knownWeeks(of: weeks)
                if known < weeks { people[Known(rule: rule.id, known: known, of: weeks), default: 0] += 1 }
            }
        }
        return people.sorted { ($0.key.rule, $0.key.known) < ($1.key.rule, $1.key.known) }.map { key, count in
            Breach(
                rule: Breach.Test.meanNotProven.rawValue, person: nil,
                sentence: "Mean not proven for \(count) \(count == 1 ? "person" : "people"): \(key.known) of "
                    + "\(key.of) weeks known (\(key.rule))",
                hard: false)
        }
    }
}

extension RosterCheck {
    /// One statement for each rule on rest within more days than the period has.
    func unprovenRest() -> [Breach] {
        var people: [String: (days: Int, count: Int)] = [:]
        for person in scenario.people {
            for rule in rules.rules(for: person.contract) {
                guard let days = rule.kind.restDays, days > scenario.period.dayCount else { continue }
                people[rule.id, default: (days, 0)].count += 1
            }
        }
        return people.sorted { $0.key < $1.key }.map { rule, known in
            Breach(
                rule: Breach.Test.restNotProven.rawValue, person: nil,
                sentence:
                    "Rest not proven for \(known.count) \(known.count == 1 ? "person" : "people"): it is asked for "
                    + "within \(known.days) days, and the period has \(scenario.period.dayCount) (\(rule))",
                hard: false)
        }
    }
}

extension RosterCheck {
    /// Who has too little rest over the start of the period, which rules on rest within some days do not look at.
    func restOverStart(_ lines: [Line]) -> [Breach] {
        lines.flatMap { line in
            rules.rules(for: line.person.contract).compactMap { rule in
                guard case .restWithin(let patterns) = rule.kind, rule.enforcement != .off,
                    let finding = line.restOverStart(patterns)
                else { return nil }
                return Breach(
                    rule: Breach.Test.restNotProven.rawValue, person: line.person.id,
                    duties: finding.duties.map { Breach.Stretch(start: $0.start, end: $0.end) },
                    sentence: "\(finding.text) (\(rule.id))", hard: false)
            }
        }
    }
}

extension RuleKind {
    /// The days within which a rule asks for rest; nil for any other.
    fileprivate var restDays: Int? {
        if case .restWithin(let patterns) = self { patterns.map(\.days).max() } else { nil }
    }

    /// The reference weeks of a rule on a mean; nil for any other.
    fileprivate var meanWeeks: Int? {
        switch self {
        case .meanWeek(_, _, let weeks), .nightWorkerMean(_, _, _, let weeks): weeks
        default: nil
        }
    }
}

extension ShiftType {
    fileprivate func keeps(_ step: RuleKind.BreakRule) -> Bool {
        wallLength <= step.longerThan || breaks.count { $0 >= step.minutes } >= step.count
    }
}
