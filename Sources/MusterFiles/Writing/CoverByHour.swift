import Roster

/// One cover rule, hour by hour over the period: how many people it asks for and how many are there.
struct CoverByHour {
    /// One hour in which the rule asks for people, at its worst minute.
    struct Hour {
        let required: Int
        let planned: Int

        var missing: Int { max(0, required - planned) }
    }

    struct DayStrip {
        let day: Day
        /// From midnight to midnight: 24 of them, 23 or 25 when the clocks change; nil where nothing is asked.
        let hours: [Hour?]

        /// What the clock on the wall shows when an hour begins.
        func clock(_ index: Int) -> ClockTime {
            (London.instant(day, minute: 0) + ElapsedMinutes(hours: index)).clock
        }
    }

    let rule: CoverRule
    let days: [DayStrip]

    /// What is missing comes from the checker's gaps: it alone places people who could count twice.
    ///
    /// - Complexity: O(minutes of the period + duties).
    init(
        _ rule: CoverRule, requirements: [CoverRequirement], gaps: [Gap], rota: Rota, scenario: Scenario
    ) {
        self.rule = rule
        let minutes = PeriodMinutes(rota.period)
        let present = minutes.presence(
            rota.duties.filter { scenario.counts($0, for: rule.counted, in: rule) })
        var required = [Int?](repeating: nil, count: minutes.count)
        var missing = [Int](repeating: 0, count: minutes.count)
        let share = rule.share.map { share in
            (
                percent: share.percent,
                whole: minutes.presence(
                    rota.duties.filter { scenario.counts($0, for: share.whole, in: rule) })
            )
        }
        for requirement in requirements {
            for minute in minutes.range(requirement.start, requirement.end) {
                let heads = share.map { ($0.percent * $0.whole[minute] + 99) / 100 } ?? requirement.target
                required[minute] = max(required[minute] ?? 0, heads)
            }
        }
        for gap in gaps where gap.rule == rule.id && gap.measure == .heads {
            for minute in minutes.range(gap.start, gap.end) {
                missing[minute] = max(missing[minute], gap.missing)
                required[minute] = max(required[minute] ?? 0, gap.required)
            }
        }

        func worst(_ hour: Range<Int>) -> Hour? {
            let asked = hour.filter { required[$0] != nil }
            let ranked = asked.map {
                (minute: $0, missing: missing[$0], spare: present[$0] - (required[$0] ?? 0))
            }
            guard let minute = ranked.max(by: { ($0.missing, -$0.spare) < ($1.missing, -$1.spare) })?.minute,
                let needed = required[minute]
            else { return nil }
            let planned = missing[minute] > 0 ? needed - missing[minute] : max(needed, present[minute])
            return Hour(required: needed, planned: planned)
        }
        days = rota.period.days.map { day in
            let range = minutes.range(London.instant(day, minute: 0), London.instant(day, minute: 1440))
            let starts = stride(from: range.lowerBound, to: range.upperBound, by: 60)
            return DayStrip(day: day, hours: starts.map { worst($0..<min($0 + 60, range.upperBound)) })
        }
    }
}

/// The minutes of a period, counted from its first midnight.
private struct PeriodMinutes {
    let origin: Instant
    let count: Int

    init(_ period: Period) {
        origin = London.instant(period.first, minute: 0)
        count = (London.instant(period.last, minute: 1440) - origin).count
    }

    func range(_ start: Instant, _ end: Instant) -> Range<Int> {
        let from = min(max(0, (start - origin).count), count)
        return from..<min(max(from, (end - origin).count), count)
    }

    /// How many of the duties are being worked in each minute.
    func presence(_ duties: [Duty]) -> [Int] {
        var change = [Int](repeating: 0, count: count + 1)
        for duty in duties {
            let range = range(duty.start, duty.end)
            change[range.lowerBound] += 1
            change[range.upperBound] -= 1
        }
        var present = 0
        return change.map { delta in
            present += delta
            return present
        }
    }
}

extension CoverRule {
    /// The share of a whole that must count at least; nil if the rule asks for heads.
    fileprivate var share: (percent: Int, whole: Counted)? {
        guard case .atLeast(let percent, let whole) = requirement else { return nil }
        return (percent, whole)
    }
}

extension Scenario {
    /// Whether a duty counts for a set of people under a cover rule.
    fileprivate func counts(_ duty: Duty, for counted: Counted, in rule: CoverRule) -> Bool {
        guard duty.unit == rule.unit, let shift = shiftType(duty.shift), shift.countsForCover,
            !rule.hard || shift.onSite, counted.roles.isEmpty || counted.roles.contains(duty.role)
        else { return false }
        guard let person = person(duty.person) else {
            // A booking of somebody from elsewhere: the skills that were confirmed are all that is known.
            guard let booking = bookings.first(where: { $0.person == duty.person && $0.day == duty.day }),
                let role = role(duty.role), role.barred.isDisjoint(with: booking.markers)
            else { return false }
            return role.skills.union(counted.skills).isSubset(of: booking.skills) && counted.grades.isEmpty
                && (counted.markers.isEmpty || !counted.markers.isDisjoint(with: booking.markers))
        }
        guard let site = unit(duty.unit)?.site else { return false }
        let last = (duty.end - ElapsedMinutes(1)).day
        return counted.skills.allSatisfy { person.holds($0, from: duty.day, through: last, at: site) }
            && (counted.grades.isEmpty || counted.grades.contains(person.grade))
            && (counted.markers.isEmpty || !counted.markers.isDisjoint(with: person.markers))
    }
}
