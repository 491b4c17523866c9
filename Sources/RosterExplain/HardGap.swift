import Roster
import RosterCheck
import RulePack

/// One hard gap, solved again on level 1 with one change or two.
///
/// Only hard cover is asked for in these, of the units that share people with the gap's: level 1 comes before
/// all else, so nothing that is left out could change what can be covered.
struct HardGap {
    private let gap: Gap
    private let situation: Situation
    private let candidates: [Candidate]
    private let scenario: Scenario
    /// The rota's duties of the people in it.
    private let duties: [Duty]
    /// Hard person-minutes missing in the rota: in what is solved again, and elsewhere.
    private let missing: Int
    private let elsewhere: Int

    init(_ gap: Gap, _ situation: Situation, candidates: [Candidate], report: CheckReport) {
        self.gap = gap
        self.situation = situation
        self.candidates = candidates
        scenario = situation.scenario.hardCover(around: gap.unit)
        let scenario = scenario
        duties = situation.rota.duties.filter { scenario.person($0.person) != nil }
        let kept = Set(scenario.coverRules.map(\.id))
        missing = report.hardGaps.filter { kept.contains($0.rule) }.reduce(0) { $0 + $1.missingMinutes }
        elsewhere = report.level1 - missing
    }

    /// What solving again gave, as the checker reads it.
    private struct Proof {
        /// Hard person-minutes still missing in what was solved again.
        let remaining: Int
        /// Nothing is missing in the gap, and nothing else is uncovered for it.
        let closes: Bool
        /// Minutes of hard cover that one more hour in the gap would bring, as the programme says.
        var dual: Double?
    }

    /// What was found for a gap.
    struct Closing {
        /// What closes it, fewest changes first.
        let relaxations: [Relaxation]
        /// How many changes, or pairs of them, were tried to their end.
        let tried: Int
        /// Hard minutes saved by each hour of one more person, confirmed, and as the programme says.
        let hourValue: Double?
        let hourDual: Double?
    }

    func solved(rules: [String]) -> Closing {
        let unchanged = proof(of: [])
        let extra = situation.scenario.coverRule(gap.rule).flatMap { rule in
            situation.shapes(for: gap, rule).first.map { Remedy.extraPerson($0, rule) }
        }
        let value = extra.flatMap { hourValue($0, unchanged: unchanged) }
        if let unchanged, unchanged.closes {
            let sentence = "A longer search alone closes it: the one that left it open was cut short"
            return Closing(
                relaxations: [relaxation(.longerSearch, sentence, unchanged)], tried: 1, hourValue: value,
                hourDual: unchanged.dual)
        }
        let singles = (extra.map { [$0] } ?? []) + remedies(rules).prefix(situation.effort.changes)
        var tried = singles.compactMap { outcome([$0]) }
        if !tried.contains(where: { $0 != nil }) { tried += pairs(singles, extra: extra).compactMap(outcome) }
        return Closing(
            relaxations: tried.compactMap(\.self), tried: tried.count, hourValue: value,
            hourDual: unchanged?.dual)
    }

    /// Pairs of changes, tried only if no single one is enough. One more person may come twice.
    private func pairs(_ singles: [Remedy], extra: Remedy?) -> [[Remedy]] {
        var pairs =
            [extra, complement(of: extra)].compactMap { $0 }.count == 2
            ? [[extra, complement(of: extra)].compactMap { $0 }] : []
        for (index, first) in singles.enumerated() {
            pairs += singles.dropFirst(index + 1).map { [first, $0] }
        }
        return Array(pairs.prefix(situation.effort.pairs))
    }

    /// The changes, if they close the gap, or nil in place of them; nil for both if it was not tried to its end.
    private func outcome(_ remedies: [Remedy]) -> Relaxation?? {
        guard let first = remedies.first, let proof = proof(of: remedies) else { return nil }
        guard proof.closes else { return .some(nil) }
        let words = remedies.map { $0.words(in: situation.scenario) }.joined(separator: " together with ")
        return relaxation(first.kind, "\(words) would close it", proof)
    }

    /// A second person from outside: on the time that the first one leaves open, or beside the first.
    private func complement(of extra: Remedy?) -> Remedy? {
        guard case .extraPerson(let duty, let rule) = extra else { return nil }
        let rest = [
            stretch(from: gap.start, to: max(gap.start, duty.start)),
            stretch(from: min(gap.end, duty.end), to: gap.end),
        ].compactMap { $0 }
        let best = situation.shapes(for: gap, rule).max { $0.minutes(in: rest) < $1.minutes(in: rest) }
        return best.map { .extraPerson($0.minutes(in: rest) > 0 ? $0 : duty, rule) }
    }

    /// Changes that leave one of the candidates free for the gap come first; then those that might, by way of
    /// others; each in order of person and day.
    private func remedies(_ rules: [String]) -> [Remedy] {
        var freeing: [Remedy] = []
        var others: [Remedy] = []
        for candidate in candidates {
            for remedy in own(candidate) {
                if frees(remedy, candidate) { freeing.append(remedy) } else { others.append(remedy) }
            }
        }
        let contracts = Set(candidates.map(\.person.contract)).sorted()
        let relaxable = contracts.flatMap(situation.rules.rules).filter(Remedy.isRelaxable)
        freeing += relaxable.filter { rules.contains($0.id) }.map(Remedy.rule)
        others += relaxable.map(Remedy.rule)
        var seen: Set<Remedy> = []
        return (freeing + others).filter { seen.insert($0).inserted }
    }

    /// The leave of a candidate on days from which the gap could be covered, and what is pinned around it.
    private func own(_ candidate: Candidate) -> [Remedy] {
        let person = candidate.person.id
        let days = Set(candidate.duties.map(\.day)).sorted()
        let leave = days.flatMap { day in
            scenario.leave.filter { $0.person == person && $0.contains(day) && Remedy.isRelaxable($0) }
                .map { Remedy.leave($0, day) }
        }
        let near = gap.start - ElapsedMinutes(hours: 96)..<gap.end + ElapsedMinutes(hours: 48)
        let pinned = scenario.pinned.filter { $0.person == person && $0.span.map(near.overlaps) ?? false }
        return leave + pinned.map(Remedy.pinnedDuty)
    }

    private func frees(_ remedy: Remedy, _ candidate: Candidate) -> Bool {
        let (changed, rules) = remedy.applied(to: situation.scenario, situation.rules, number: 0)
        var duties = situation.rota.duties
        if case .pinnedDuty(let duty) = remedy {
            duties.removeAll { $0.person == duty.person && $0.start == duty.start }
        }
        let check = RosterCheck(changed, rules, Rota(period: situation.rota.period, duties: duties))
        return candidate.duties.contains { check.obstacle(to: $0) == nil }
    }

    /// Whether the changes close the gap: by one more duty on top of the rota if that does, and otherwise by
    /// solving again. Nil if that was not done, or not lawfully.
    private func proof(of remedies: [Remedy]) -> Proof? {
        let (changed, rules) = applied(remedies)
        return proofOnTop(of: remedies, changed, rules) ?? proofAnew(changed, rules)
    }

    private func applied(_ remedies: [Remedy]) -> (Scenario, RuleBook) {
        var (changed, rules) = (scenario, situation.rules)
        for (number, remedy) in remedies.enumerated() {
            (changed, rules) = remedy.applied(to: changed, rules, number: number + 1)
        }
        return (changed, rules)
    }

    /// Nil unless the rota as it stands, or with one of the candidates' duties added, closes the gap.
    private func proofOnTop(of remedies: [Remedy], _ changed: Scenario, _ rules: RuleBook) -> Proof? {
        var standing = duties
        for case .pinnedDuty(let pinned) in remedies {
            standing.removeAll { $0.person == pinned.person && $0.start == pinned.start }
        }
        let pinned = changed.pinned.filter { scenario.person($0.person) == nil }
        let rota = Rota(period: situation.rota.period, duties: standing + pinned)
        if let proof = read(rota, changed, rules), proof.closes { return proof }
        let check = RosterCheck(changed, rules, rota)
        let free = candidates.flatMap(\.duties).filter { check.obstacle(to: $0) == nil }
        return free.prefix(6).lazy.compactMap { duty in
            read(Rota(period: rota.period, duties: rota.duties + [duty]), changed, rules)
        }.first { $0.closes }
    }

    private func proofAnew(_ changed: Scenario, _ rules: RuleBook) -> Proof? {
        let enough = missing - gap.missingMinutes
        let result = situation.solve(changed, rules, until: { $0.hardMinutes <= enough })
        return result.flatMap { result in
            var proof = read(result.rota, changed, rules)
            proof?.dual = result.duals.mean(of: gap.rule, level: 1, from: gap.start, to: gap.end)
            return proof
        }
    }

    /// As the checker reads it; nil if it is not lawful.
    private func read(_ rota: Rota, _ changed: Scenario, _ rules: RuleBook) -> Proof? {
        let report = RosterCheck.check(changed, rules, rota)
        guard report.isLawful else { return nil }
        let isOpen = report.hardGaps.contains {
            $0.rule == gap.rule && $0.measure == gap.measure && $0.start < gap.end && gap.start < $0.end
        }
        return Proof(
            remaining: report.level1, closes: !isOpen && report.level1 <= missing - gap.missingMinutes)
    }

    private func relaxation(_ kind: Relaxation.Kind, _ sentence: String, _ proof: Proof) -> Relaxation {
        Relaxation(kind: kind, sentence: sentence, remaining: proof.remaining + elsewhere)
    }

    /// Both with and without the person, the better of the rota as it stands and of one solved anew counts.
    private func hourValue(_ extra: Remedy, unchanged: Proof?) -> Double? {
        guard case .extraPerson(let duty, _) = extra else { return nil }
        let (changed, rules) = applied([extra])
        let found = [proofOnTop(of: [extra], changed, rules), proofAnew(changed, rules)].compactMap {
            $0?.remaining
        }
        let minutes = duty.minutes(in: situation.open(gap))
        guard let after = found.min(), minutes > 0, !situation.stop.isDue else { return nil }
        return Double(max(0, min(missing, unchanged?.remaining ?? missing) - after)) * 60 / Double(minutes)
    }
}

extension Scenario {
    /// Only the hard cover of the units that share people with one unit, and those people.
    ///
    /// Soft rules stay as names, asking for nobody: the engine offers the roles that some rule of a unit names.
    fileprivate func hardCover(around unit: Unit.ID) -> Scenario {
        let hard = coverRules.filter(\.hard)
        let able = people.map { person -> (person: Person, units: Set<Unit.ID>) in
            let pins = pinned.filter { $0.person == person.id }
            let own = hard.filter { rule in
                person.canCount(for: rule, in: self) || pins.contains { counts($0, for: rule) }
            }
            return (person: person, units: Set(own.map(\.unit)))
        }
        var units: Set<Unit.ID> = [unit]
        var count = 0
        while units.count > count {
            count = units.count
            units = able.filter { !$0.units.isDisjoint(with: units) }.reduce(units) { $0.union($1.units) }
        }
        let kept = able.filter { !$0.units.isDisjoint(with: units) }.map(\.person)
        let names = Set(kept.map(\.id))
        return replacing(
            coverRules: coverRules.filter { units.contains($0.unit) }.map {
                $0.hard ? $0 : $0.askingForNobody
            },
            people: kept, pinned: pinned.filter { names.contains($0.person) },
            bookings: bookings.filter { names.contains($0.person) || person($0.person) == nil },
            preferences: [])
    }
}

extension Person {
    /// By unit, grade and role; skills have dates and are not asked.
    fileprivate func canCount(for rule: CoverRule, in scenario: Scenario) -> Bool {
        guard unit == rule.unit || otherUnits.contains(rule.unit) else { return false }
        return scenario.roles.contains { role in
            (role.grades.contains(grade) || role.substitutes.contains(grade))
                && (roles.isEmpty || roles.contains(role.id))
                && (rule.rolesAsked.isEmpty || rule.rolesAsked.contains(role.id))
        }
    }
}

extension CoverRule {
    fileprivate var askingForNobody: CoverRule {
        CoverRule(
            id: id, name: name, unit: unit, counted: counted, weekdays: weekdays, from: from, to: to,
            requirement: .heads(minimum: 0, target: 0, maximum: nil), sharesWith: sharesWith)
    }
}
