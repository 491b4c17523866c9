import Extracts
import Roster
import RosterCheck
import SystemPool

/// What an organisation shows its system, made from what its own store knows: gaps, people whom it can lend, figures.
///
/// Nothing here looks at a clock or a file: the same values give the same push.
public struct SystemFeed {
    let picture: Picture
    let terms: LendingTerms
    let key: [UInt8]
    let now: Instant
    let cover: RotaCover
    /// Confirmed calls under which people of the organisation go elsewhere.
    let lent: [AwayDuty]
    /// The offers under which they go: what is offered besides is called otherwise.
    let taken: Set<Offer.ID>

    var scenario: Scenario { picture.scenario }

    /// - Parameters:
    ///   - key: From which pseudonyms are made: the same key makes the same pseudonym of a person.
    ///   - lent: Who goes elsewhere already.
    ///   - taken: The offers under which they go.
    public init(
        _ picture: Picture, terms: LendingTerms, key: [UInt8], lent: [AwayDuty] = [],
        taken: Set<Offer.ID> = [], at now: Instant
    ) {
        self.picture = picture.without(lent)
        self.terms = terms
        self.key = key
        self.now = now
        self.lent = lent
        self.taken = taken
        cover = RotaCover(self.picture.coverScenario, self.picture.rota)
    }

    /// The push, whole: what the system would not take is in it too, and is named by ``unsendable()``.
    ///
    /// - Parameter includes: Confirmed bookings of the system that the store already allows for.
    public func push(includes: [AidRequest.ID] = []) -> OrganisationPush {
        let vacancies = vacancies()
        let offers = Lending(self).offers()
        let known = Set(scenario.sites.map(\.id))
        // One that is gone and cannot be named was never told: it must not hold up the push in which it has a new id.
        let gone = picture.unitsGone.filter { unit in
            known.contains(unit.site) && [unit.id.text, unit.site.text].allSatisfy(CheckedCode.isCode)
        }
        let units = scenario.units + gone
        let sites = Set(units.map(\.site))
        return OrganisationPush(
            organisation: terms.organisation, extractedAt: now, first: picture.window.first,
            days: days.count,
            sites: scenario.sites.filter { sites.contains($0.id) }.map {
                OrganisationPush.Place(id: $0.id, name: name($0.name, or: $0.id))
            },
            units: units.map { unit in
                OrganisationPush.Ward(
                    id: unit.id, name: name(unit.name, or: unit.id), site: unit.site,
                    unknown: days.filter { !isKnown(unit, on: $0) })
            },
            vacancies: vacancies, cover: offers.lines, offers: offers.offers,
            metrics: FeedMetrics(self).metrics(), includes: includes)
    }

    /// A place goes by its id where its name might be taken for a person's, such as Nurse Led Clinic, and so would be refused.
    private func name<Kind>(_ name: String, or id: Identifier<Kind>) -> String {
        Remark.placeName(name) ?? Remark.placeName(id.text) ?? "A place"
    }

    /// The days that the push is about.
    private var days: [Day] { Array(picture.window.days.prefix(14)) }

    /// Whether what is said of a unit's day can be relied on: elsewhere no gap does not mean that nobody is missing. Of a
    /// day on which it is closed, that is known.
    func isKnown(_ unit: Roster.Unit, on day: Day) -> Bool {
        unit.isClosed(on: day)
            || picture.confidence(in: unit.id) != .none
                && picture.daysWithoutRota[unit.id]?.contains(day) != true
    }

    // MARK: - Gaps

    /// A vacancy for each gap of heads that has not passed; one of more than a shift's length is cut into shifts.
    func vacancies() -> [Vacancy] {
        cover.gaps().filter { $0.measure == .heads && $0.end > now }.flatMap { gap -> [Vacancy] in
            guard let rule = scenario.coverRule(gap.rule), let unit = scenario.unit(gap.unit),
                rule.asksForHeads
            else { return [] }
            return pieces(of: gap).map { start, end in
                let id = Vacancy.ID(gap.id.text).part(after: (start - gap.start).count)
                // What has passed of it is not missing any more.
                return vacancy(id, gap, rule, at: unit.site, from: max(start, now), to: end)
            }
        }
    }

    /// The longest part of a gap that one person is asked to work.
    private static let shift = 780

    /// Cut from where the gap starts, so that parts and their ids stay the same while time goes by.
    private func pieces(of gap: Gap) -> [(start: Instant, end: Instant)] {
        let minutes = (gap.end - gap.start).count
        let count = (minutes + Self.shift - 1) / Self.shift
        guard count > 1 else { return [(gap.start, gap.end)] }
        // On half hours, so that shifts fit.
        let length = (minutes / count + 29) / 30 * 30
        return (0..<count).map { piece -> (start: Instant, end: Instant) in
            let from = gap.start + ElapsedMinutes(piece * length)
            return (from, min(gap.end, from + ElapsedMinutes(length)))
        }.filter { $0.start < $0.end && $0.end > now }
    }

    private func vacancy(
        _ id: Vacancy.ID, _ gap: Gap, _ rule: CoverRule, at site: Site.ID, from start: Instant,
        to end: Instant
    ) -> Vacancy {
        Vacancy(
            id: id, site: site, unit: gap.unit,
            staffGroup: staffGroup(of: rule), grades: grades(of: rule), skills: skills(of: rule),
            start: start, end: end, missing: min(50, gap.missing),
            need: need(gap, rule, from: start, to: end), isHard: rule.hard, purpose: rule.purpose,
            risk: min(100, max(1, rule.risk)), reason: reason(gap, rule, from: start, to: end),
            needsInduction: terms.needsInduction)
    }

    /// How probable it is that each further head is needed, by the forecast; nil where the number is simply stated.
    private func need(_ gap: Gap, _ rule: CoverRule, from start: Instant, to end: Instant) -> [Int]? {
        guard !rule.hard,
            let demand = cover.requirements(of: rule.id).first(where: { $0.start <= start && end <= $0.end })?
                .distribution
        else { return nil }
        var need: [Int] = []
        for head in gap.planned..<(gap.required + 3) {
            let (with, without) = (
                demand.expectedShortage(heads: Double(head + 1)),
                demand.expectedShortage(heads: Double(head))
            )
            need.append(min(need.last ?? 100, max(0, Int((100 * (without - with)).rounded()))))
        }
        return Array(need.prefix(50))
    }

    /// Of its roles, else of its grades, else by what it is about.
    func staffGroup(of rule: CoverRule) -> StaffGroup {
        let groups =
            rule.counted.roles.compactMap { scenario.role($0)?.staffGroup }
            + (rule.counted.roles.isEmpty
                ? rule.counted.grades.compactMap { scenario.grade($0)?.staffGroup } : [])
        if let first = StaffGroup.allCases.first(where: groups.contains) { return first }
        return rule.purpose == .seniorDecisionMaker ? .medical : .registered
    }

    /// Grades that may fill it; where nothing says so, all of its staff group.
    func grades(of rule: CoverRule) -> [Grade.ID] {
        let roles = roles(of: rule)
        let fill = Set(roles.flatMap { $0.grades.union($0.substitutes) })
        let named = scenario.grades.filter { grade in
            (roles.isEmpty || fill.contains(grade.id))
                && (rule.counted.grades.isEmpty || rule.counted.grades.contains(grade.id))
                && !(roles.isEmpty && rule.counted.grades.isEmpty)
        }
        let group = staffGroup(of: rule)
        let usable = named.isEmpty ? scenario.grades.filter { $0.staffGroup == group } : named
        return usable.map(\.id)
    }

    /// Skills that the rule counts, and those that each of its roles needs.
    func skills(of rule: CoverRule) -> [Skill.ID] {
        let roles = roles(of: rule)
        let needed = roles.dropFirst().reduce(roles.first?.skills ?? []) { $0.intersection($1.skills) }
        return rule.counted.skills.union(needed).sorted()
    }

    private func roles(of rule: CoverRule) -> [Role] {
        scenario.roles.filter { rule.counted.roles.contains($0.id) }
    }

    /// Strike cover is told apart, so that the system never fills it; no class of absence goes out.
    private func reason(
        _ gap: Gap, _ rule: CoverRule, from start: Instant, to end: Instant
    ) -> Vacancy.Reason {
        if picture.policy.hasIndustrialAction(of: staffGroup(of: rule), from: start, to: end) {
            return .industrialAction
        }
        let requests = picture.requests.filter { request in
            request.unit == gap.unit && request.start < gap.end && gap.start < request.end
                && (rule.counted.roles.isEmpty || rule.counted.roles.contains(request.role))
        }
        // Whatever else was asked for there: one request of a strike is enough.
        if requests.contains(where: { $0.reason == .industrialAction }) { return .industrialAction }
        switch (requests.first { $0.state != .cancelled } ?? requests.first)?.reason {
        case .acuity: return .acuity
        case .enhancedCare: return .enhancedCare
        case .escalation: return .escalation
        case .vacancy, nil: return .vacancy
        default: return .unavailable
        }
    }
}

extension CoverRule {
    /// Whether it asks for a number of people, not for a share of those who are there.
    var asksForHeads: Bool {
        switch requirement {
        case .heads, .demand, .arrivals: true
        case .atLeast, .atMost: false
        }
    }
}
