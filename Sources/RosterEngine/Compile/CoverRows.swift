import Roster

/// Cuts the cover rules into rows: only where a shift that counts starts or ends, or a requirement changes.
struct CoverRowBuilder {
    let scenario: Scenario
    let calendar: ShiftCalendar
    private let standing: [StandingPresence]
    private(set) var rows: [CoverRow] = []
    private(set) var weeks: [CoverWeek] = []

    init(scenario: Scenario, calendar: ShiftCalendar) {
        self.scenario = scenario
        self.calendar = calendar
        standing = StandingPresence.all(in: scenario)
        let demand = Dictionary(grouping: scenario.resolvedDemand(), by: \.rule)
        for (index, rule) in scenario.coverRules.enumerated() {
            let requirements = demand[rule.id] ?? []
            let spans = occurrences(for: rule)
            for requirement in Self.joined(requirements) { cut(requirement, index, rule, spans) }
            if let minimum = rule.weeklyMinimum { addWeeks(index, rule, minimum.count, spans) }
        }
    }

    /// Neighbours that ask for the same are one.
    private static func joined(_ requirements: [CoverRequirement]) -> [CoverRequirement] {
        var joined: [CoverRequirement] = []
        for next in requirements.sorted(by: { $0.start < $1.start }) {
            if let last = joined.last, last.end == next.start, last.minimum == next.minimum,
                last.target == next.target, last.maximum == next.maximum,
                last.distribution == next.distribution, last.cost == nil, next.cost == nil
            {
                joined[joined.count - 1] = CoverRequirement(
                    rule: last.rule, start: last.start, end: next.end, minimum: last.minimum,
                    target: last.target, maximum: last.maximum, distribution: last.distribution)
            } else {
                joined.append(next)
            }
        }
        return joined
    }

    /// Times of every duty that could count for the rule, by unit and shift, sorted and without duplicates.
    private func occurrences(for rule: CoverRule) -> [ClosedRange<Int>] {
        let roles = relevantRoles(rule)
        var spans: Set<ClosedRange<Int>> = []
        for (shift, times) in calendar.times {
            guard shift.countsForCover, shift.onSite || !rule.hard,
                shift.units.isEmpty || shift.units.contains(rule.unit),
                roles.isEmpty || shift.roles.isEmpty || !shift.roles.isDisjoint(with: roles)
            else { continue }
            spans.formUnion(times.map { $0.start...$0.end })
        }
        for duty in scenario.pinned where duty.unit == rule.unit {
            spans.insert(duty.start.minutes...duty.end.minutes)
        }
        for booking in scenario.bookings where booking.unit == rule.unit {
            guard let shift = scenario.shiftType(booking.shift) else { continue }
            let start = London.instant(booking.day, shift.start).minutes
            spans.insert(start...London.instant(booking.day, minute: shift.endMinute).minutes)
        }
        for presence in standing where presence.unit == rule.unit {
            spans.insert(presence.start...presence.end)
        }
        return spans.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }

    private func relevantRoles(_ rule: CoverRule) -> Set<Role.ID> {
        switch rule.requirement {
        case .atLeast(_, let whole), .atMost(_, let whole):
            rule.counted.roles.isEmpty || whole.roles.isEmpty ? [] : rule.counted.roles.union(whole.roles)
        default: rule.counted.roles
        }
    }

    /// Splits `range` at the edges of `spans`; neighbours with the same spans over them stay one piece.
    private func pieces(of range: ClosedRange<Int>, by spans: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        let touching = spans.filter { $0.lowerBound < range.upperBound && range.lowerBound < $0.upperBound }
        var cuts: Set<Int> = [range.lowerBound, range.upperBound]
        for span in touching {
            if range.contains(span.lowerBound) { cuts.insert(span.lowerBound) }
            if range.contains(span.upperBound) { cuts.insert(span.upperBound) }
        }
        let sorted = cuts.sorted()
        return zip(sorted, sorted.dropFirst()).map { $0...$1 }
    }

    private mutating func cut(
        _ requirement: CoverRequirement, _ index: Int, _ rule: CoverRule, _ spans: [ClosedRange<Int>]
    ) {
        let range = requirement.start.minutes...requirement.end.minutes
        for piece in pieces(of: range, by: spans) {
            rows.append(row(for: piece, requirement, index, rule))
        }
    }

    private func row(
        for piece: ClosedRange<Int>, _ requirement: CoverRequirement, _ index: Int, _ rule: CoverRule
    ) -> CoverRow {
        let minutes = Int64(piece.upperBound - piece.lowerBound)
        let weights = scenario.weights
        let base = present(over: piece, for: rule)
        switch rule.requirement {
        case .atLeast, .atMost:
            return CoverRow(
                rule: index, start: piece.lowerBound, end: piece.upperBound, shape: .share, hard: rule.hard,
                minimum: 0, target: 0, base: base, shortageSlopes: [],
                kneeTop: 0, surplusFrom: 0, surplusSlope: Int64(weights.shareHour) * minutes)
        case .heads, .demand, .arrivals:
            let (slopes, top) = shortage(requirement, risk: rule.risk, minutes: minutes)
            return CoverRow(
                rule: index, start: piece.lowerBound, end: piece.upperBound, shape: .heads, hard: rule.hard,
                minimum: requirement.minimum, target: requirement.target, base: base,
                shortageSlopes: slopes, kneeTop: top, surplusFrom: requirement.maximum ?? Int(Int32.max),
                surplusSlope: requirement.cost.map { Int64($0.surplus) * 60 }
                    ?? Int64(weights.surplusHour) * minutes)
        }
    }

    /// What those who are there before anybody is rostered add to a row.
    private func present(over piece: ClosedRange<Int>, for rule: CoverRule) -> Int {
        standing.reduce(0) { sum, presence in
            let there = presence.start <= piece.lowerBound && piece.upperBound <= presence.end
            return there ? sum + presence.units(for: rule) : sum
        }
    }

    /// What each missing head costs: for a plain target every one the same, for a forecast the fall of the
    /// expected shortage from one whole head to the next.
    private func shortage(
        _ requirement: CoverRequirement, risk: Int, minutes: Int64
    ) -> (slopes: [Int64], top: Int) {
        let full =
            requirement.cost.map { Int64($0.shortage) * 60 }
            ?? Int64(scenario.weights.shortageHour * risk) * minutes
        guard let distribution = requirement.distribution else {
            return (requirement.target > 0 ? [full] : [], requirement.target)
        }
        let top = Int(distribution.quantile(1).rounded(.up))
        var slopes: [Int64] = []
        for heads in stride(from: top - 1, through: 0, by: -1) {
            let fall =
                distribution.expectedShortage(heads: Double(heads))
                - distribution.expectedShortage(heads: Double(heads + 1))
            // Convexity must survive the rounding.
            slopes.append(max(Int64((fall * Double(full)).rounded()), slopes.last ?? 0))
        }
        return (slopes, top)
    }

    /// Rows for time outside the rule's windows that still counts towards its hours of the week, and one
    /// week each.
    private mutating func addWeeks(
        _ index: Int, _ rule: CoverRule, _ needed: Int, _ spans: [ClosedRange<Int>]
    ) {
        let windows = rows.filter { $0.rule == index && $0.minimum > 0 }
        for monday in scenario.period.mondays {
            let first = max(monday, scenario.period.first)
            let last = min(monday.advanced(by: 6), scenario.period.last)
            let days = (first...last).count { !(scenario.unit(rule.unit)?.isClosed(on: $0) ?? false) }
            // A week cut by the edge of the period, or by closed days, owes its part of the hours.
            let owed = needed * days / 7
            let start = London.instant(first, minute: 0).minutes
            let end = London.instant(last.advanced(by: 1), minute: 0).minutes
            let inside = windows.filter { $0.start >= start && $0.start < end }
            let implied = inside.reduce(0) { $0 + $1.minutes } >= owed
            var members = rows.indices.filter {
                rows[$0].rule == index && rows[$0].start >= start && rows[$0].end <= end
            }
            for gap in uncovered(start...end, by: members.map { rows[$0].start...rows[$0].end }) {
                for piece in pieces(of: gap, by: spans) {
                    members.append(rows.count)
                    rows.append(
                        CoverRow(
                            rule: index, start: piece.lowerBound, end: piece.upperBound, shape: .heads,
                            hard: rule.hard, minimum: 0, target: 0, base: present(over: piece, for: rule),
                            shortageSlopes: [], kneeTop: 0, surplusFrom: Int(Int32.max), surplusSlope: 0))
                }
            }
            weeks.append(
                CoverWeek(
                    rule: index, monday: monday, minutes: owed, hard: rule.hard, rows: members,
                    isImplied: implied))
        }
    }

    private func uncovered(_ range: ClosedRange<Int>, by parts: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var free: [ClosedRange<Int>] = []
        var at = range.lowerBound
        for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if part.lowerBound > at { free.append(at...part.lowerBound) }
            at = max(at, part.upperBound)
        }
        if at < range.upperBound { free.append(at...range.upperBound) }
        return free
    }
}

/// Somebody who is there before anybody is rostered: a booking from outside, or last period's last night.
struct StandingPresence {
    let start: Int
    let end: Int
    let unit: Unit.ID
    let role: Role.ID
    let onSite: Bool
    let grade: Grade.ID?
    let markers: Set<Marker>
    let holds: (Skill.ID) -> Bool

    static func all(in scenario: Scenario) -> [StandingPresence] {
        let bookings = scenario.bookings.compactMap { booking -> StandingPresence? in
            guard scenario.person(booking.person) == nil, let shift = scenario.shiftType(booking.shift),
                shift.countsForCover, let role = scenario.role(booking.role),
                role.skills.isSubset(of: booking.skills), role.barred.isDisjoint(with: booking.markers)
            else { return nil }
            let duty = Duty(
                person: booking.person, day: booking.day, unit: booking.unit, shift: shift,
                role: booking.role, source: .booking)
            return StandingPresence(
                start: duty.start.minutes, end: duty.end.minutes, unit: booking.unit, role: booking.role,
                onSite: shift.onSite, grade: nil, markers: booking.markers,
                holds: booking.skills.contains)
        }
        return bookings + history(of: scenario)
    }

    /// Who was on leave or lent did not come, and who may not do the role does not count, whatever the history says.
    private static func history(of scenario: Scenario) -> [StandingPresence] {
        let lastNight = scenario.history.filter { $0.end.day >= scenario.period.first }
        let people = Set(lastNight.map(\.person))
        let leave = scenario.leave.filter { people.contains($0.person) }
        let away = scenario.away.filter { people.contains($0.person) }
        return lastNight.compactMap { duty -> StandingPresence? in
            guard let unit = duty.unit.flatMap(scenario.unit), let role = duty.role.flatMap(scenario.role),
                duty.kind == .work || duty.kind == .residentOnCall,
                let person = scenario.person(duty.person)
            else { return nil }
            let first = duty.start.day
            let last = Instant(minutes: duty.end.minutes - 1).day
            let holds = { (skill: Skill.ID) in
                person.holds(skill, from: first, through: last, at: unit.site)
            }
            guard role.canBeFilled(by: person), person.isEmployed(on: first), role.skills.allSatisfy(holds),
                !leave.contains(where: { $0.person == person.id && $0.first <= first && first <= $0.last }),
                !away.contains(where: {
                    $0.person == person.id && $0.leaves < duty.end && duty.start < $0.returns
                })
            else { return nil }
            return StandingPresence(
                start: duty.start.minutes, end: duty.end.minutes, unit: unit.id, role: role.id,
                onSite: duty.onSite,
                grade: person.grade, markers: person.markers, holds: holds)
        }
    }

    func units(for rule: CoverRule) -> Int {
        guard unit == rule.unit, onSite || !rule.hard else { return 0 }
        return rule.units(counts: counts(rule.counted), inWhole: counts)
    }

    private func counts(_ counted: Counted) -> Bool {
        (counted.roles.isEmpty || counted.roles.contains(role))
            && (counted.grades.isEmpty || grade.map(counted.grades.contains) ?? false)
            && (counted.markers.isEmpty || !counted.markers.isDisjoint(with: markers))
            && counted.skills.allSatisfy(holds)
    }
}

/// The real times of every shift type on every day of the period, worked out once.
struct ShiftCalendar {
    struct Times {
        let start: Int
        let end: Int
        let facts: DutyFacts
    }

    /// In the order of the scenario's shift types, offered ones only.
    let times: [(shift: ShiftType, times: [Times])]
    private let index: [ShiftType.ID: Int]
    /// For each shift type the first with the same times and minutes on every day.
    private let first: [Int]

    init(_ scenario: Scenario) {
        let offered = scenario.shiftTypes.filter(\.offered)
        times = offered.map { shift in
            (
                shift,
                scenario.period.days.map { day in
                    let duty = Duty(person: "", day: day, unit: "", shift: shift, role: "", source: .solved)
                    return Times(
                        start: duty.start.minutes, end: duty.end.minutes,
                        facts: DutyFacts(duty, kind: shift.kind))
                }
            )
        }
        index = Dictionary(offered.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let times = times.map(\.times)
        first = times.indices.map { own in
            times.firstIndex { other in
                zip(other, times[own]).allSatisfy { $0.facts.isAlike($1.facts) }
            } ?? own
        }
    }

    /// Two shift types have the same times and minutes on every day.
    func areAlike(_ left: ShiftType.ID, _ right: ShiftType.ID) -> Bool {
        guard let left = index[left], let right = index[right] else { return false }
        return first[left] == first[right]
    }

    func times(of shift: ShiftType.ID) -> [Times] { index[shift].map { times[$0].times } ?? [] }
}
