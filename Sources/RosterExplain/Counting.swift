import Roster

/// A stretch of time.
typealias Span = Range<Instant>

/// Nil if it would be empty.
func stretch(from start: Instant, to end: Instant) -> Span? { start < end ? start..<end : nil }

extension Duty {
    /// Nil for a duty that ends before it starts, as a rota from elsewhere may hold.
    var span: Span? { stretch(from: start, to: end) }
    /// The last day that the duty touches.
    var lastDay: Day { max(day, (end - ElapsedMinutes(1)).day) }

    /// Minutes that lie in the spans.
    func minutes(in spans: [Span]) -> Int {
        spans.reduce(0) { $0 + max(0, (min(end, $1.upperBound) - max(start, $1.lowerBound)).count) }
    }
}

extension Scenario {
    /// Somebody fixed it beforehand, whatever file the rota came from.
    func isPinned(_ duty: Duty) -> Bool {
        pinned.contains { $0.person == duty.person && $0.start == duty.start }
    }

    /// It is a confirmed booking, whatever file the rota came from.
    func isBooked(_ duty: Duty) -> Bool {
        duty.source == .booking
            || bookings.contains { $0.person == duty.person && $0.day == duty.day && $0.shift == duty.shift }
    }

    /// Whether the duty counts for the rule, by who works it, where and as what.
    func counts(_ duty: Duty, for rule: CoverRule) -> Bool {
        guard duty.unit == rule.unit, let shift = shiftType(duty.shift), shift.countsForCover,
            shift.onSite || !rule.hard, let role = role(duty.role), let unit = unit(duty.unit)
        else { return false }
        let counted = rule.counted
        guard counted.roles.isEmpty || counted.roles.contains(duty.role) else { return false }
        let skills = role.skills.union(counted.skills)
        guard let person = person(duty.person) else {
            let booking = bookings.first { $0.person == duty.person && $0.day == duty.day }
            return role.barred.isDisjoint(with: booking?.markers ?? []) && counted.grades.isEmpty
                && skills.isSubset(of: booking?.skills ?? [])
                && (counted.markers.isEmpty || !counted.markers.isDisjoint(with: booking?.markers ?? []))
        }
        return (counted.grades.isEmpty || counted.grades.contains(person.grade))
            && (counted.markers.isEmpty || !counted.markers.isDisjoint(with: person.markers))
            && skills.allSatisfy { person.holds($0, from: duty.day, through: duty.lastDay, at: unit.site) }
    }
}

/// People short for one rule in one interval.
struct Shortfall {
    let rule: CoverRule
    let span: Span
    let short: Int
    /// What it is short of: the minimum, or the target if the minimum is met.
    let needed: Int
    let isMinimum: Bool

    /// `would be 1 short of its minimum of 6`.
    var words: String { "\(short) short of its \(isMinimum ? "minimum" : "target") of \(needed)" }
}

extension Situation {
    /// The worst that would be short if the duty were not worked, that is not as short with it; nil if nothing.
    ///
    /// Hard rules come first, then minimums, then targets; within them the earliest. Where one person could
    /// count for several hard rules the checker's placing decides.
    func shortfall(without duty: Duty) -> Shortfall? {
        let rules = scenario.coverRules.filter { $0.countsHeads && scenario.counts(duty, for: $0) }
        let found = rules.compactMap { shortfall(of: $0, without: duty) }
        if let worst = found.min(by: { ($0.rank, $0.span.lowerBound) < ($1.rank, $1.span.lowerBound) }),
            worst.rank == 0
        {
            return worst
        }
        let hard = rules.filter(\.hard)
        let others = scenario.coverRules.count { $0.hard && $0.unit == duty.unit && $0.countsHeads }
        if !hard.isEmpty, others > 1, let placed = placedShortfall(hard, without: duty) { return placed }
        return found.min { ($0.rank, $0.span.lowerBound) < ($1.rank, $1.span.lowerBound) }
    }

    /// How many count for a rule in the part of a requirement that the duty covers: the fewest at any moment.
    func heads(for requirement: CoverRequirement, _ rule: CoverRule, during duty: Duty) -> (
        heads: Int, span: Span
    )? {
        guard
            let whole = stretch(
                from: max(requirement.start, duty.start), to: min(requirement.end, duty.end))
        else { return nil }
        let present = everyDuty.filter {
            $0.start < whole.upperBound && whole.lowerBound < $0.end && scenario.counts($0, for: rule)
        }
        let cuts = Set(
            [whole.lowerBound, whole.upperBound]
                + present.flatMap { [$0.start, $0.end] }.filter { whole.contains($0) }
        ).sorted()
        let pieces = zip(cuts, cuts.dropFirst()).map { start, end in
            (heads: present.count { $0.start <= start && end <= $0.end }, span: start..<end)
        }
        return pieces.min { ($0.heads, $0.span.lowerBound) < ($1.heads, $1.span.lowerBound) }
    }

    private func shortfall(of rule: CoverRule, without duty: Duty) -> Shortfall? {
        let found = (requirements[rule.id] ?? []).compactMap { requirement -> Shortfall? in
            guard requirement.start < duty.end, duty.start < requirement.end,
                let (heads, span) = heads(for: requirement, rule, during: duty)
            else { return nil }
            let left = heads - 1
            let isMinimum = left < requirement.minimum
            let needed = isMinimum ? requirement.minimum : requirement.target
            guard left < needed else { return nil }
            return Shortfall(
                rule: rule, span: span, short: needed - left, needed: needed, isMinimum: isMinimum)
        }
        return found.min { ($0.rank, $0.span.lowerBound) < ($1.rank, $1.span.lowerBound) }
    }

    private func placedShortfall(_ hard: [CoverRule], without duty: Duty) -> Shortfall? {
        let rest = Rota(period: rota.period, duties: rota.duties.filter { $0 != duty })
        let before = Set(report(rota).hardGaps)
        let gap = report(rest).hardGaps.first { gap in
            gap.measure == .heads && gap.start < duty.end && duty.start < gap.end && !before.contains(gap)
        }
        return gap.flatMap { gap in
            scenario.coverRule(gap.rule).map {
                Shortfall(
                    rule: $0, span: gap.start..<gap.end, short: gap.missing, needed: gap.required,
                    isMinimum: true)
            }
        }
    }
}

extension Shortfall {
    fileprivate var rank: Int { rule.hard && isMinimum ? 0 : isMinimum ? 1 : 2 }
}

extension CoverRule {
    /// It asks for heads, rather than for a share of those who are there.
    var countsHeads: Bool {
        switch requirement {
        case .heads, .demand, .arrivals: true
        case .atLeast, .atMost: false
        }
    }
}
