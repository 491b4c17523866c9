import Extracts
import Roster
import RosterCheck
import SystemPool

/// Who is on duty where more are present than are asked for.
///
/// Cover lines hold back what rules on heads ask for, however many are taken. What no line can say, such as a share of
/// those who are there, is kept by what is offered: so many heads that all of them can go at once. A head has the skills and
/// inductions that everybody has whom the unit could name for it. Whoever is named has still to agree.
struct Surplus {
    private let feed: SystemFeed
    private var picture: Picture { feed.picture }
    private var scenario: Scenario { picture.scenario }

    init(_ feed: SystemFeed) { self.feed = feed }

    func offers(under agreement: Agreement.ID) -> (offers: [Offer], lines: [CoverLine]) {
        let groups = apart(spareGroups())
        let rooms = Dictionary(grouping: groups.flatMap(\.heads).flatMap(\.rooms), by: \.rule)
        return (
            groups.flatMap { offers($0, under: agreement) },
            rooms.sorted { $0.key < $1.key }.compactMap { line(of: $0.key, $0.value) }
        )
    }

    private func offers(_ group: Group, under agreement: Agreement.ID) -> [Offer] {
        let shape = group.shape
        // A head that was offered before keeps its name while another goes.
        let names = (1...).lazy.map(shape.offer).filter { !feed.taken.contains($0) }
        return zip(names, group.heads).map { name, head in
            Offer(
                id: name, source: .surplus(shape.unit), staffGroup: group.staffGroup,
                grade: shape.grade, skills: group.skills, inducted: group.inducted, agreement: agreement,
                // The unit finds somebody who agrees: nobody else is confirmed.
                hasConsented: true,
                earliestStart: shape.start, latestEnd: shape.end,
                remainingMinutes: (shape.end - shape.start).count, restMinutes: 0, travel: feed.terms.travel,
                releasedFrom: Set(head.rooms.map { CoverLine.ID($0.rule.text) }).sorted())
        }
    }

    // MARK: - Who can go

    /// Duties that the system need not tell apart.
    private struct Shape: Hashable, Comparable {
        let unit: Unit.ID
        let start: Instant
        let end: Instant
        let grade: Grade.ID
        let role: Role.ID

        init(_ duty: Duty, _ scenario: Scenario) {
            unit = duty.unit
            start = duty.start
            end = duty.end
            grade = scenario.person(duty.person)?.grade ?? ""
            role = duty.role
        }

        func offer(_ number: Int) -> Offer.ID {
            Offer.ID("\(unit)-\(grade)-\(role)-\(start.minutes)-\(end.minutes)-\(number)")
        }

        func overlaps(_ other: Self) -> Bool {
            unit == other.unit && start < other.end && other.start < end
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.unit, left.start, left.end, left.grade, left.role)
                < (right.unit, right.start, right.end, right.grade, right.role)
        }
    }

    /// Heads of one shape, all of whom can go at once.
    private struct Group {
        let shape: Shape
        let staffGroup: StaffGroup
        let heads: [Spare]
        /// What all have who could be named.
        let skills: [Offer.Skill]
        let inducted: [Site.ID]
        /// Rules that no line keeps and for which they matter.
        let unheld: Set<CoverRule.ID>
    }

    private func spareGroups() -> [Group] {
        let duties = picture.rota.duties.filter { duty in
            duty.source != .booking && duty.start > feed.now && picture.outOfDate(in: duty.unit).isEmpty
                && picture.hasRota(of: duty.unit, on: duty.start.day...duty.end.day)
                && feed.terms.lapses(of: duty.person, until: duty.end).isEmpty
        }
        return Dictionary(grouping: duties) { Shape($0, scenario) }.sorted { $0.key < $1.key }
            .compactMap { shape, duties in
                let heads = heads(duties)
                guard !heads.isEmpty, let staffGroup = scenario.grade(shape.grade)?.staffGroup,
                    [shape.unit.text, shape.grade.text, shape.offer(heads.count).text]
                        .allSatisfy(CheckedCode.isCode)
                else { return nil }
                let people = duties.filter { spare($0) != nil }.map(\.person)
                return Group(
                    shape: shape, staffGroup: staffGroup, heads: heads,
                    skills: skills(of: people, on: shape.start.day),
                    inducted: common(people.map(feed.terms.inducted)).sorted(),
                    unheld: Set(
                        unheldRules(of: shape.unit).filter { rule in
                            duties.contains { matters($0, for: rule) }
                        }.map(\.id)))
            }
    }

    /// As many as the unit can do without all together, those first for whom the fewest rules count.
    private func heads(_ duties: [Duty]) -> [Spare] {
        let rules = scenario.coverRules.filter { $0.unit == duties.first?.unit }
        let leastHarmful = duties.map { duty in
            (duty: duty, rules: rules.count { feed.cover.counts(duty, for: $0) })
        }.sorted { ($0.rules, $0.duty.person) < ($1.rules, $1.duty.person) }.map(\.duty)
        var gone: [Duty] = []
        var heads: [Spare] = []
        for duty in leastHarmful {
            guard let spare = spare(duty, besides: gone), !spare.rooms.isEmpty,
                spare.rooms.allSatisfy({ CheckedCode.isCode($0.rule.text) })
            else { continue }
            gone.append(duty)
            heads.append(spare)
        }
        return heads
    }

    /// A duty is worked whole or not at all; nil if the unit cannot do without it.
    private func spare(_ duty: Duty, besides gone: [Duty] = []) -> Spare? {
        feed.cover.spare(duty, from: duty.start, to: duty.end, besides: gone).first {
            $0.start == duty.start && $0.end == duty.end
        }
    }

    // MARK: - What whoever is named has

    /// Each until the first of them has it no more, at the sites at which all have it.
    private func skills(of people: [Person.ID], on day: Day) -> [Offer.Skill] {
        let held = people.map { id in scenario.person(id).map { feed.skills(of: $0, on: day) } ?? [] }
        return common(held.map { $0.map(\.id) }).sorted().compactMap { skill in
            func valid(_ skills: [Offer.Skill], at site: Site.ID) -> [Offer.Skill] {
                skills.filter { $0.id == skill && $0.sites?.contains(site) ?? true }
            }
            let all = feed.sites
            let sites = all.filter { site in held.allSatisfy { !valid($0, at: site).isEmpty } }
            guard !sites.isEmpty else { return nil }
            let ends = sites.flatMap { site in
                held.map { skills in
                    // Of two of one kind the later counts; one without an end is valid for good.
                    valid(skills, at: site).reduce(Day?.some(day)) { last, one in
                        guard let last, let expiry = one.expiry else { return nil }
                        return max(last, expiry)
                    }
                }
            }
            return Offer.Skill(
                id: skill, expiry: ends.compactMap(\.self).min(), sites: sites == all ? nil : sites)
        }
    }

    private func common<Value: Hashable>(_ lists: [[Value]]) -> Set<Value> {
        guard let first = lists.first else { return [] }
        return lists.dropFirst().reduce(Set(first)) { $0.intersection($1) }
    }

    // MARK: - What no line says

    /// Each group was tried with all others in their place. Where two matter at the same time for a rule that no line
    /// keeps, one alone is offered: the one with more heads.
    private func apart(_ groups: [Group]) -> [Group] {
        let largestFirst = groups.sorted {
            ($1.heads.count, $0.shape) < ($0.heads.count, $1.shape)
        }
        return largestFirst.reduce(into: [Group]()) { kept, group in
            let isAlone = !kept.contains {
                $0.shape.overlaps(group.shape) && !$0.unheld.isDisjoint(with: group.unheld)
            }
            if isAlone { kept.append(group) }
        }.sorted { $0.shape < $1.shape }
    }

    private func unheldRules(of unit: Unit.ID) -> [CoverRule] {
        scenario.coverRules.filter { $0.unit == unit && ($0.whole != nil || $0.weeklyMinimum != nil) }
    }

    /// Whether whoever works the duty counts for the rule, or among those of whom it asks for a share then. A minimum of
    /// hours a week asks at every hour.
    private func matters(_ duty: Duty, for rule: CoverRule) -> Bool {
        guard let whole = rule.whole else { return feed.cover.counts(duty, for: rule) }
        let isAsked = feed.cover.requirements(of: rule.id).contains {
            $0.start < duty.end && duty.start < $0.end
        }
        return isAsked
            && (feed.cover.counts(duty, for: rule) || feed.cover.counts(duty, for: rule.counting(whole)))
    }

    // MARK: - Lines

    /// Who is present by one rule, and what it must keep, where somebody is to spare.
    private func line(of id: CoverRule.ID, _ rooms: [Spare.Room]) -> CoverLine? {
        guard let rule = scenario.coverRule(id), let unit = scenario.unit(rule.unit) else { return nil }
        let points = Set(rooms.flatMap { [$0.start, $0.end] }).sorted()
        let stretches = zip(points, points.dropFirst()).compactMap { start, end in
            rooms.first { $0.start <= start && end <= $0.end }.map {
                CoverLine.Stretch(start: start, end: end, present: $0.planned, keep: $0.required)
            }
        }
        return CoverLine(
            id: CoverLine.ID(id.text), site: unit.site, unit: unit.id, staffGroup: feed.staffGroup(of: rule),
            risk: min(100, max(1, rule.risk)), stretches: stretches)
    }
}

extension CoverRule {
    /// Those of whom it asks for a share; nil if it asks for heads.
    fileprivate var whole: Counted? {
        switch requirement {
        case .atLeast(_, let whole), .atMost(_, let whole): whole
        case .heads, .demand, .arrivals: nil
        }
    }

    /// The same for others who count; not hard, as a share is of all who are there, on site or not.
    fileprivate func counting(_ counted: Counted) -> CoverRule {
        CoverRule(id: id, name: name, unit: unit, counted: counted, requirement: requirement)
    }
}
