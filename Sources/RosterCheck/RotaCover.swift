import Roster

/// The cover that a rota gives, unit by unit, for asking what a change would do to it.
///
/// It says nothing about the law: that is ``RosterCheck``'s.
public struct RotaCover: Sendable {
    let scenario: Scenario
    let bookings: [Person.ID: [Booking]]
    private let rules: [Unit.ID: [CoverRule]]
    private let requirements: [CoverRule.ID: [CoverRequirement]]
    private let presences: [Unit.ID: [Presence]]
    private let cuts: [Instant]

    /// Confirmed bookings that the rota does not hold yet are read as if it did. What was asked for last night, before the
    /// period, is looked at from its first midnight on; other than by ``RosterCheck``, for which the first morning
    /// belongs to the roster before.
    public init(_ scenario: Scenario, _ rota: Rota) {
        self.init(
            scenario, duties: rota.duties + scenario.bookedDuties(missingFrom: rota),
            midnights: Records.midnights(of: scenario.period),
            demand: scenario.demandLeftOfLastNight() + scenario.resolvedDemand())
    }

    init(_ scenario: Scenario, duties: [Duty], midnights: [Instant], demand: [CoverRequirement]) {
        self.scenario = scenario
        let bookings = Dictionary(grouping: scenario.bookings, by: \.person)
        self.bookings = bookings
        rules = Dictionary(grouping: scenario.coverRules, by: \.unit)
        requirements = Dictionary(grouping: demand, by: \.rule)
            .mapValues { $0.sorted { $0.start < $1.start } }
        // Who is lent or on leave is not here, whatever the rota says, and nobody is in two places.
        let away = Dictionary(grouping: scenario.away, by: \.person)
        let leave = Dictionary(grouping: scenario.leave, by: \.person)
        let here = duties.filter { duty in
            !(away[duty.person] ?? []).contains { $0.cuts(into: duty) }
                && !(leave[duty.person] ?? []).contains { $0.contains(duty.day) }
        }
        let past = scenario.history.filter { duty in
            duty.end > midnights[0]
                && !(away[duty.person] ?? []).contains { $0.cuts(into: duty) }
                && !(leave[duty.person] ?? []).contains { $0.contains(duty.start.day) }
        }.compactMap { duty in
            Presence(
                duty, booking: bookings[duty.person]?.first { $0.isFulfilled(by: duty) }, scenario: scenario
            ).map { (person: duty.person, presence: $0) }
        }
        let ends = Dictionary(past.map { ($0.person, $0.presence.end) }, uniquingKeysWith: max)
        presences = Dictionary(
            grouping: here.presences(bookings, after: ends, in: scenario) + past.map(\.presence), by: \.unit)
        cuts = midnights + Quality.dayAndNight(of: scenario.period)
    }

    /// Everybody who is missing, worst first, then by start and rule.
    public func gaps() -> [Gap] { Self.gaps(of: covers(), in: scenario) }

    /// The gaps of one unit if some duties were worked there besides, and others were not.
    ///
    /// - Complexity: about (people on the unit × intervals between changes).
    public func gaps(in unit: Unit.ID, adding: [Duty] = [], removing: [Duty] = []) -> [Gap] {
        Self.gaps(of: [cover(of: unit, adding: adding, removing: removing)], in: scenario)
    }

    /// What a rule asks for, by start.
    public func requirements(of rule: CoverRule.ID) -> [CoverRequirement] { requirements[rule] ?? [] }

    /// Whether whoever works the duty counts for a rule of its unit.
    public func counts(_ duty: Duty, for rule: CoverRule) -> Bool {
        guard duty.unit == rule.unit,
            let presence = Presence(duty, bookings: bookings, scenario: scenario)
        else { return false }
        return presence.counts(for: rule)
    }

    /// The fewest people of a staff group who are on the unit at any moment from `start` to `end`, by the role in
    /// which they are placed.
    public func fewest(of group: StaffGroup, in unit: Unit.ID, from start: Instant, to end: Instant) -> Int {
        let there = (presences[unit] ?? []).filter {
            $0.start < end && start < $0.end && $0.staffGroup(in: scenario) == group
        }
        let moments = [start] + there.map(\.end).filter { start < $0 && $0 < end }
        return moments.map { moment in there.count { $0.start <= moment && moment < $0.end } }.min() ?? 0
    }

    /// The fewest people who count for a rule at any moment from `start` to `end`, whatever other rule they may be counted
    /// for, and when that is first; nil if there is no time between.
    public func fewest(
        for rule: CoverRule, from start: Instant, to end: Instant
    ) -> (heads: Int, start: Instant, end: Instant)? {
        guard start < end else { return nil }
        let cover = cover(of: rule.unit, cutAlso: [start, end])
        return cover.intervals(from: start, to: end).map {
            (heads: cover.heads(for: rule, in: $0), start: cover.points[$0], end: cover.points[$0 + 1])
        }.min { ($0.heads, $0.start) < ($1.heads, $1.start) }
    }

    /// When, from `start` to `end`, nobody counts for a rule.
    public func uncovered(by rule: CoverRule, from start: Instant, to end: Instant) -> [Breach.Stretch] {
        guard start < end else { return [] }
        let cover = cover(of: rule.unit, cutAlso: [start, end])
        guard let index = cover.rules.firstIndex(where: { $0.id == rule.id }) else { return [] }
        var stretches: [Breach.Stretch] = []
        for interval in cover.intervals(from: start, to: end) where cover.counts[index][interval] == 0 {
            let (from, to) = (cover.points[interval], cover.points[interval + 1])
            if let last = stretches.last, last.end == from {
                stretches[stretches.count - 1] = Breach.Stretch(start: last.start, end: to)
            } else {
                stretches.append(Breach.Stretch(start: from, end: to))
            }
        }
        return stretches
    }

    static func gaps(of covers: [UnitCover], in scenario: Scenario) -> [Gap] {
        covers.flatMap { $0.gaps() + $0.weeklyGaps(in: scenario) }.sorted {
            ($0.severity, $0.start, $0.rule) < ($1.severity, $1.start, $1.rule)
        }
    }

    func covers() -> [UnitCover] { rules.keys.sorted().map { cover(of: $0) } }

    func cover(
        of unit: Unit.ID, adding: [Duty] = [], removing: [Duty] = [], cutAlso: [Instant] = []
    ) -> UnitCover {
        var there = presences[unit] ?? []
        for duty in removing {
            guard let gone = Presence(duty, bookings: bookings, scenario: scenario),
                let index = there.firstIndex(where: { gone.after($0.start) == $0 })
            else { continue }
            there.remove(at: index)
        }
        there += adding.filter { $0.unit == unit }
            .compactMap { Presence($0, bookings: bookings, scenario: scenario) }
        let rules = rules[unit] ?? []
        return UnitCover(
            rules: rules, requirements: rules.map { requirements[$0.id] ?? [] }, presences: there,
            cuts: cuts + cutAlso)
    }
}

extension Presence {
    init?(_ duty: Duty, bookings: [Person.ID: [Booking]], scenario: Scenario) {
        self.init(
            duty, booking: bookings[duty.person]?.first { $0.isFulfilled(by: duty) }, scenario: scenario)
    }
}

extension [Duty] {
    /// Whoever counts for cover by one of these; nobody is in two places: of duties on site that overlap, a later one covers
    /// only what lies after the earlier.
    ///
    /// - Parameter ends: until when somebody is on a duty from before the period.
    fileprivate func presences(
        _ bookings: [Person.ID: [Booking]], after ends: [Person.ID: Instant], in scenario: Scenario
    ) -> [Presence] {
        var ends = ends
        return sorted { ($0.start, $0.end) < ($1.start, $1.end) }.compactMap { duty in
            guard let presence = Presence(duty, bookings: bookings, scenario: scenario) else { return nil }
            guard presence.onSite else { return presence }
            let earlier = ends[duty.person] ?? presence.start
            ends[duty.person] = Swift.max(earlier, presence.end)
            return presence.after(earlier)
        }
    }
}
