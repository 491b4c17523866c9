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

    /// The heads that are missing and have not passed, each once: see ``MissingHeads``.
    func vacancies() -> [Vacancy] {
        let gaps = Dictionary(grouping: cover.gaps().filter { $0.measure == .heads }, by: \.unit)
        let rules = Dictionary(
            grouping: scenario.coverRules.filter(\.asksForHeads),
            by: \.unit)
        return gaps.flatMap { id, gaps -> [Vacancy] in
            guard let unit = scenario.unit(id), let rules = rules[id] else { return [] }
            return MissingHeads(self, rules: rules, gaps: gaps).places().filter { $0.end > now }.map {
                vacancy($0, at: unit)
            }
        }.sorted { ($0.isHard ? 0 : 1, $0.start, $0.id) < ($1.isHard ? 0 : 1, $1.start, $1.id) }
    }

    private func vacancy(_ place: MissingHeads.Place, at unit: Roster.Unit) -> Vacancy {
        let rule = place.rule
        // What has passed of it is not missing any more.
        let start = max(place.start, now)
        return Vacancy(
            id: place.id, site: unit.site, unit: unit.id, staffGroup: staffGroup(of: rule),
            grades: grades(of: rule), skills: skills(of: rule), start: start, end: place.end,
            missing: place.heads,
            need: place.need, isHard: rule.hard, belowMinimum: place.belowMinimum, purpose: rule.purpose,
            risk: min(100, max(1, place.risk)),
            reason: reason(rule, from: place.start, to: place.end),
            needsInduction: terms.needsInduction,
            breakMinutes: start == place.start ? breakMinutes(rule, from: start, to: place.end) : 0)
    }

    /// By how much a shift may begin before a gap, or end after it, of which it is the shift: a handover.
    private static let handover = 30

    /// Of the shift with those times, which is what whoever comes works; where none is near, no break is known.
    private func breakMinutes(_ rule: CoverRule, from start: Instant, to end: Instant) -> Int {
        let shifts = scenario.shiftTypes.filter { shift in
            shift.kind == .work && shift.countsForCover
                && (shift.units.isEmpty || shift.units.contains(rule.unit))
                && (shift.roles.isEmpty || rule.counted.roles.isEmpty
                    || !shift.roles.isDisjoint(with: rule.counted.roles))
        }
        func beyond(_ shift: ShiftType) -> Int? {
            let (from, to) = (
                London.instant(start.day, shift.start), London.instant(start.day, minute: shift.endMinute)
            )
            let (before, after) = ((start - from).count, (to - end).count)
            let fits = (0...Self.handover).contains(before) && (0...Self.handover).contains(after)
            return fits ? before + after : nil
        }
        let near = shifts.compactMap { shift in beyond(shift).map { (beyond: $0, shift) } }
        let unpaid = near.min { ($0.beyond, $0.1.id) < ($1.beyond, $1.1.id) }.map {
            $0.1.wallLength - $0.1.working.count
        }
        return min(240, max(0, unpaid ?? 0))
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

    /// Whose strike makes it strike cover, and whose figures tell of it: of a place for several professions those of its
    /// grades.
    func staffGroups(of rule: CoverRule) -> [StaffGroup] {
        let group = staffGroup(of: rule)
        guard group == .other else { return [group] }
        let professions = Set(grades(of: rule).compactMap { scenario.grade($0)?.staffGroup })
        return StaffGroup.allCases.filter { $0 == .other || professions.contains($0) }
    }

    /// Whether somebody is missing there for a strike, whom nobody is asked to stand in for.
    func isStruck(_ rule: CoverRule, from start: Instant, to end: Instant) -> Bool {
        reason(rule, from: start, to: end) == .industrialAction
    }

    /// Strike cover is told apart, so that the system never fills it; no class of absence goes out.
    private func reason(_ rule: CoverRule, from start: Instant, to end: Instant) -> Vacancy.Reason {
        let isStruck = staffGroups(of: rule).contains {
            now < end && picture.policy.hasIndustrialAction(of: $0, from: max(start, now), to: end)
        }
        if isStruck { return .industrialAction }
        let requests = picture.requests.filter { request in
            request.unit == rule.unit && request.start < end && start < request.end
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
