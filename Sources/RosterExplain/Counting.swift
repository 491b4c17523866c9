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

/// What one rule is short of in one interval.
struct Shortfall {
    let rule: CoverRule
    let span: Span
    let short: Int
    /// What it is short of: the minimum, or the target if the minimum is met; or the minutes of a week.
    let needed: Int
    let isMinimum: Bool
    let measure: Gap.Measure

    /// `1 short of its minimum of 6`, after `would be`.
    var words: String {
        switch measure {
        case .heads where !rule.countsHeads: "out of its share"
        case .heads: "\(short) short of its \(isMinimum ? "minimum" : "target") of \(needed)"
        case .weeklyMinutes: "\(WorkingMinutes(short)) short of its \(WorkingMinutes(needed)) in the week"
        }
    }
}

extension Situation {
    /// The worst that would be short if the duty were not worked, that is not as short with it; nil if nothing.
    ///
    /// By the checker's own count, in which last night's people are there and one person counts for one hard rule. Hard
    /// rules come first, then minimums, then targets; within them the earliest.
    func shortfall(without duty: Duty) -> Shortfall? {
        let before = Dictionary(grouping: gaps[duty.unit] ?? [], by: \.rule)
        var worst: (rank: Int, shortfall: Shortfall)?
        for gap in cover.gaps(in: duty.unit, removing: [duty]) {
            let known = (before[gap.rule] ?? []).filter {
                $0.measure == gap.measure && $0.severity <= gap.severity && $0.missing >= gap.missing
            }
            guard let rule = scenario.coverRule(gap.rule), let span = new(gap, beside: known, during: duty)
            else {
                continue
            }
            let rank = gap.severity.rawValue
            if let worst, (worst.rank, worst.shortfall.span.lowerBound) <= (rank, span.lowerBound) {
                continue
            }
            worst = (rank, shortfall(of: rule, gap, span))
        }
        return worst?.shortfall
    }

    /// The first part of a gap that is not as short already; nil if all of it is.
    private func new(_ gap: Gap, beside known: [Gap], during duty: Duty) -> Span? {
        if gap.measure == .weeklyMinutes {
            return known.contains { $0.start == gap.start } ? nil : gap.start..<gap.end
        }
        var start = max(gap.start, duty.start)
        let end = min(gap.end, duty.end)
        for other in known.sorted(by: { $0.start < $1.start }) where other.start <= start {
            start = max(start, other.end)
        }
        let next = known.map(\.start).filter { start < $0 }.min() ?? end
        return stretch(from: start, to: min(end, next))
    }

    private func shortfall(of rule: CoverRule, _ gap: Gap, _ span: Span) -> Shortfall {
        let isMinimum = gap.severity != .belowTarget
        let asked = (requirements[rule.id] ?? []).first {
            $0.start <= span.lowerBound && span.lowerBound < $0.end
        }
        let needed = gap.measure == .heads && isMinimum ? asked?.minimum ?? gap.required : gap.required
        return Shortfall(
            rule: rule, span: span, short: needed - gap.planned, needed: needed, isMinimum: isMinimum,
            measure: gap.measure)
    }

    /// How many count for a rule in the part of a requirement that the duty covers: the fewest at any moment.
    func heads(for requirement: CoverRequirement, _ rule: CoverRule, during duty: Duty) -> (
        heads: Int, span: Span
    )? {
        cover.fewest(
            for: rule, from: max(requirement.start, duty.start), to: min(requirement.end, duty.end)
        ).map { ($0.heads, $0.start..<$0.end) }
    }
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
