import Extracts
import LookForward
import Roster
import RosterCheck
import SystemPool

/// Figures of an organisation by day. Where the data do not tell one, it is left out: that is not nought.
struct FeedMetrics {
    private let feed: SystemFeed
    private let flagged: [Day: Int]
    private let asked: [StaffGroup: [Asked]]
    private var picture: Picture { feed.picture }
    private var scenario: Scenario { picture.scenario }

    init(_ feed: SystemFeed) {
        self.feed = feed
        flagged = LookForward.redFlags(on: feed.picture, at: feed.now)
        asked = Self.asked(feed)
    }

    func metrics() -> [Metric] {
        let measured = picture.dataTime ?? feed.now
        var metrics: [Metric] = []
        for day in picture.window.days {
            for (name, value) in staffing(day) + purposes(day) + redFlags(day) + unavailability(day)
                + agency(day)
            {
                metrics.append(Metric(name: name, day: day, value: value, measuredAt: measured))
            }
        }
        for (name, value) in requests() + leadTime() + [(.completeness, completeness)] {
            metrics.append(Metric(name: name, value: value, measuredAt: measured))
        }
        return metrics
    }

    private static let names: [(StaffGroup, required: Metric.Name, filled: Metric.Name)] = [
        (.registered, .registeredRequired, .registeredFilled),
        (.unregistered, .unregisteredRequired, .unregisteredFilled),
        (.medical, .medicalRequired, .medicalFilled), (.therapy, .therapyRequired, .therapyFilled),
    ]

    /// Of rules for which the same people count, the most that is asked for at a time, and not the sum.
    private func staffing(_ day: Day) -> [(Metric.Name, Double)] {
        Self.names.flatMap { group, required, filled -> [(Metric.Name, Double)] in
            let minutes = (asked[group] ?? []).reduce((asked: 0, missing: 0)) { sum, stretch in
                let shared = day.minutes(from: stretch.start, to: stretch.end)
                return (sum.asked + stretch.heads * shared, sum.missing + stretch.missing * shared)
            }
            // That a group is not asked for on a day is told: it is not that nothing is known of it.
            let mine = Self.rules(feed).filter { feed.staffGroups(of: $0).first == group }
            guard minutes.asked > 0 || !mine.isEmpty && isAllKnown(of: mine, on: day) else { return [] }
            return [
                (required, Double(minutes.asked) / 60),
                (filled, Double(max(0, minutes.asked - minutes.missing)) / 60),
            ]
        }
    }

    /// While what is asked for in a unit does not change.
    private struct Asked {
        let start: Instant
        let end: Instant
        let heads: Int
        let missing: Int
    }

    /// On heads alone: one on skills asks for people who are counted already.
    private static func rules(_ feed: SystemFeed) -> [CoverRule] {
        feed.scenario.coverRules.filter {
            $0.asksForHeads && $0.counted.skills.isEmpty && $0.counted.markers.isEmpty
                && $0.purpose == .general
        }
    }

    /// A place for several professions is told under the first of them.
    private static func asked(_ feed: SystemFeed) -> [StaffGroup: [Asked]] {
        struct Team: Hashable {
            let group: StaffGroup?
            let unit: Roster.Unit.ID
        }
        let teams = Dictionary(grouping: rules(feed)) {
            Team(group: feed.staffGroups(of: $0).first, unit: $0.unit)
        }
        let gaps = Dictionary(grouping: feed.cover.gaps().filter { $0.measure == .heads }, by: \.rule)
        var asked: [StaffGroup: [Asked]] = [:]
        for (team, rules) in teams {
            guard let group = team.group else { continue }
            asked[group, default: []] += Self.asked(of: rules, feed, gaps)
        }
        return asked
    }

    private static func asked(
        of rules: [CoverRule], _ feed: SystemFeed, _ gaps: [CoverRule.ID: [Gap]]
    ) -> [Asked] {
        var heads: [CoverRule.ID: [Instant: Int]] = [:]
        var missing: [CoverRule.ID: [Instant: Int]] = [:]
        let stretches = rules.flatMap { rule in
            feed.cover.requirements(of: rule.id).map { ($0.start, $0.end) }
                + (gaps[rule.id] ?? []).map { ($0.start, $0.end) }
        }
        let cuts = Set(stretches.flatMap { [$0.0, $0.1] }).sorted()
        let index = Dictionary(uniqueKeysWithValues: zip(cuts, cuts.indices))
        func begins(from start: Instant, to end: Instant) -> ArraySlice<Instant> {
            cuts[(index[start] ?? 0)..<(index[end] ?? 0)]
        }
        for rule in rules {
            for one in feed.cover.requirements(of: rule.id) {
                for start in begins(from: one.start, to: one.end) {
                    let most = max(one.target, one.minimum, heads[rule.id]?[start] ?? 0)
                    heads[rule.id, default: [:]][start] = most
                }
            }
            for gap in gaps[rule.id] ?? [] {
                for start in begins(from: gap.start, to: gap.end) {
                    missing[rule.id, default: [:]][start] = max(gap.missing, missing[rule.id]?[start] ?? 0)
                }
            }
        }
        let nested = NestedRules(rules, roles: feed.scenario.roles)
        return zip(cuts, cuts.dropFirst()).map { start, end in
            Asked(
                start: start, end: end, heads: nested.heads { heads[$0.id]?[start] ?? 0 },
                missing: nested.heads { missing[$0.id]?[start] ?? 0 })
        }
    }

    /// Hours in which a rule that nothing else makes up for is not met.
    private func purposes(_ day: Day) -> [(Metric.Name, Double)] {
        let names: [(CoverPurpose, Metric.Name)] = [
            (.seniorDecisionMaker, .seniorGapHours), (.frailtyInReach, .frailtyGapHours),
        ]
        let gaps = feed.cover.gaps().filter { $0.measure == .heads }
        return names.compactMap { purpose, name in
            let asked = scenario.coverRules.filter { $0.purpose == purpose }
            // Nought would say that it is met.
            guard !asked.isEmpty, isAllKnown(of: asked, on: day) else { return nil }
            let rules = Set(asked.map(\.id))
            let minutes = gaps.filter { rules.contains($0.rule) }.reduce(0) {
                $0 + day.minutes(from: $1.start, to: $1.end)
            }
            return (name, Double(minutes) / 60)
        }
    }

    private func isAllKnown(of rules: [CoverRule], on day: Day) -> Bool {
        let units = Set(rules.map(\.unit))
        return scenario.units.allSatisfy { !units.contains($0.id) || feed.isKnown($0, on: day) }
    }

    /// As the daily report counts them. Where a unit is unknown there may be more, so that nought is not said.
    private func redFlags(_ day: Day) -> [(Metric.Name, Double)] {
        // Of a rule that names neither roles nor grades none is ever told.
        let asked = scenario.coverRules.filter { rule in
            feed.staffGroup(of: rule) == .registered
                && !(rule.counted.roles.isEmpty && rule.counted.grades.isEmpty)
        }
        let count = flagged[day] ?? 0
        guard count > 0 || !asked.isEmpty && isAllKnown(of: asked, on: day) else { return [] }
        return [(.redFlags, Double(count))]
    }

    /// Of the hours that are worked in units of which a rota is known, the share of those who come from an agency.
    private func agency(_ day: Day) -> [(Metric.Name, Double)] {
        guard tellsOfAgency else { return [] }
        let known = Set(scenario.units.filter { feed.isKnown($0, on: day) }.map(\.id))
        let duties = picture.rota.duties.filter { $0.day == day && known.contains($0.unit) }
        let worked = duties.reduce(0) { $0 + $1.working.count }
        // Of whoever comes from nobody knows where, an agency is not ruled out.
        let isFromUnknown = picture.requests.contains { request in
            request.day == day && known.contains(request.unit) && request.state == .booked
                && !request.namesNobody && request.origin == nil
        }
        guard worked > 0, !isFromUnknown else { return [] }
        let booked = Set(scenario.bookings.filter { $0.markers.contains(Self.agency) }.map(\.person))
        let minutes = duties.filter { duty in
            duty.source == .booking && booked.contains(duty.person)
                || scenario.person(duty.person)?.markers.contains(Self.agency) == true
        }.reduce(0) { $0 + $1.working.count }
        return [(.agencyShare, Self.percent(minutes, of: worked))]
    }

    private static let agency = Marker("agency")

    /// Whether what is known of bookings tells of agency at all. The bank's own bookings alone do not: whoever comes from
    /// an agency may be kept elsewhere, and nought would say that nobody does.
    private var tellsOfAgency: Bool {
        scenario.bookings.contains { $0.markers.contains(Self.agency) }
            || picture.requests.contains { request in
                request.origin == Self.agency.text
                    || request.step == .agency || request.step == .breakGlass
            }
    }

    /// To a tenth.
    private static func percent(_ part: Int, of whole: Int) -> Double {
        (1_000 * Double(part) / Double(whole)).rounded() / 10
    }

    /// Of contracted hours, in one figure.
    private func unavailability(_ day: Day) -> [(Metric.Name, Double)] {
        let contracted = scenario.people.filter {
            $0.organisation == picture.organisation.id && $0.isEmployed(on: day)
                && (scenario.contract($0.contract)?.hoursOwed ?? true)
        }
        let whole = contracted.reduce(0) { $0 + $1.paidPerWeek.count }
        // A share of few people would tell of one of them.
        guard contracted.count >= 20, whole > 0 else { return [] }
        let away = Set(scenario.leave.filter { $0.contains(day) }.map(\.person))
        let minutes = contracted.filter { away.contains($0.id) }.reduce(0) { $0 + $1.paidPerWeek.count }
        return [(.unavailability, Self.percent(minutes, of: whole))]
    }

    private func requests() -> [(Metric.Name, Double)] {
        let requests = picture.requests.filter { picture.window.contains($0.day) }
        guard !requests.isEmpty else { return [] }
        return [
            (
                .bankRequestsOpen,
                Double(
                    requests.count {
                        [.open, .offered, .pendingAuthorisation].contains($0.state) || $0.namesNobody
                    })
            ),
            (.bankRequestsFilled, Double(requests.count { $0.state == .booked && !$0.namesNobody })),
        ]
    }

    /// How long before its start a shift was released, in hours: the middle one of those of which it is told.
    private func leadTime() -> [(Metric.Name, Double)] {
        let minutes = picture.requests.filter { picture.window.contains($0.day) }.compactMap { request in
            request.released.map { (request.start - $0).count }
        }.filter { $0 >= 0 }.sorted()
        guard !minutes.isEmpty else { return [] }
        let middle = minutes[(minutes.count - 1) / 2] + minutes[minutes.count / 2]
        return [(.bankLeadTime, (Double(middle) / 12).rounded() / 10)]
    }

    /// Of the days of all units, also of those that the latest unit list no longer has.
    private var completeness: Double {
        let known = (scenario.units + picture.unitsGone).flatMap { unit in
            picture.window.days.map { feed.isKnown(unit, on: $0) }
        }
        return known.isEmpty ? 0 : Self.percent(known.count(where: \.self), of: known.count)
    }
}

extension Day {
    /// How many minutes of a stretch lie on the day.
    fileprivate func minutes(from start: Instant, to end: Instant) -> Int {
        let from = max(start, London.instant(self, minute: 0))
        let until = min(end, London.instant(advanced(by: 1), minute: 0))
        return max(0, (until - from).count)
    }
}
