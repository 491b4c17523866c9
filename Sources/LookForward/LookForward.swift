import Extracts
import LinearProgram
import Roster
import RosterCheck

/// From what is known of an organisation to the report of what is short: one value in, one value out.
public enum LookForward {
    /// The report on the days of the picture's window.
    ///
    /// Nothing here looks at a clock, a file or chance: the same values give the same report.
    ///
    /// - Parameters:
    ///   - previous: The issue before, whole and not a cut of it.
    ///   - learning: What became of the gaps of the days that have passed: see ``Learning/init(issues:known:)``.
    ///   - now: When the report is made.
    /// - Throws: ``LinearProgramError`` if the choice among options could not be set up.
    public static func report(
        on picture: Picture, previous: ShortageReport? = nil, learning: Learning? = nil, at now: Instant
    ) throws(LinearProgramError) -> ShortageReport {
        let desk = Desk(picture, at: now)
        var report = desk.frame
        report.learning = learning
        guard picture.fatal.isEmpty else {
            report.status = .noValidReport(reasons: picture.fatal.map(\.sentence))
            report.statement = report.summary
            return report
        }
        let gaps = desk.gaps()
        let earlier = EarlierIssue(previous, at: now)
        report.gaps = try desk.reported(gaps, since: earlier)
        report.change = earlier?.change(to: report.gaps, from: picture.window.first, fate: desk.fate)
        report.shortages = UnitShortage.all(
            of: gaps, from: picture.window.first, place: desk.place, organisation: desk.organisation)
        report.withoutRota = picture.daysWithoutRota.flatMap { unit, days in
            days.map { UnitWithoutRota(place: desk.place(unit), day: $0) }
        }.sorted { ($0.day, $0.place.name, $0.place.unit) < ($1.day, $1.place.name, $1.place.unit) }
        report.headlines = Headline.days(report)
        report.unavailability = Unavailability.blocks(picture, places: desk.place)
        report.unavailabilityByGroup = Unavailability.blocks(picture, byGroup: true, places: desk.place)
        report.statement = report.summary
        return report
    }

    /// How many gaps of each day are at the level of a red flag, as the report counts them; none of a day that is not there.
    public static func redFlags(on picture: Picture, at now: Instant) -> [Day: Int] {
        let desk = Desk(picture, at: now)
        let gaps = desk.gaps()
        let flags = desk.redFlags(gaps)
        // What is left of a night that began before the first day belongs to the first, as in a headline.
        return Dictionary(grouping: gaps.filter { flags[$0.id] != nil }) {
            max($0.frame.day, picture.window.first)
        }.mapValues(\.count)
    }
}

/// Everything that is looked at while one report is made.
struct Desk {
    let picture: Picture
    let now: Instant
    let cover: RotaCover
    private let naming: GapNaming
    private let staff: Staff
    private let check: RosterCheck
    private let confidences: [Unit.ID: Confidence]
    private let sites: [Site.ID: String]
    private let requests: [Unit.ID: [Request]]
    private let bookings: [Unit.ID: [Duty]]
    /// Where somebody who is booked comes from.
    private let origin: [Person.ID: String]

    private var scenario: Scenario { picture.scenario }

    init(_ picture: Picture, at now: Instant) {
        self.picture = picture
        self.now = now
        cover = RotaCover(picture.coverScenario, picture.rota)
        naming = GapNaming(picture.scenario)
        staff = Staff(picture)
        check = picture.restCheck()
        sites = Dictionary(picture.scenario.sites.map { ($0.id, $0.name) }) { first, _ in first }
        requests = Dictionary(grouping: picture.requests, by: \.unit)
        bookings = Dictionary(grouping: picture.rota.duties.filter { $0.source == .booking }, by: \.unit)
        origin = Dictionary(picture.scenario.bookings.map { ($0.person, $0.origin) }) { first, _ in first }
        confidences = Dictionary(
            picture.scenario.units.map { ($0.id, picture.confidence(in: $0.id)) }
        ) { first, _ in first }
    }

    func place(_ unit: Unit.ID) -> UnitLabel {
        let found = self.unit(unit)
        return UnitLabel(
            unit: unit, name: found?.name ?? unit.text, site: found.flatMap { sites[$0.site] } ?? "",
            organisation: organisation(of: unit))
    }

    func organisation(of unit: Unit.ID) -> Organisation.ID {
        self.unit(unit)?.organisation ?? picture.organisation.id
    }

    /// Of the unit list, or gone from it.
    private func unit(_ id: Unit.ID) -> Unit? {
        scenario.unit(id) ?? picture.unitsGone.first { $0.id == id }
    }

    /// Of a unit that is not in the unit list nothing is known.
    func confidence(in unit: Unit.ID) -> Confidence { confidences[unit] ?? .none }

    /// Whether the data say who works in a unit on a day.
    func knows(_ unit: Unit.ID, on day: Day) -> Bool {
        confidence(in: unit) != .none && !(picture.daysWithoutRota[unit]?.contains(day) ?? false)
    }

    /// The report without anything that follows from gaps.
    var frame: ShortageReport {
        let window = picture.window
        return ShortageReport(
            organisation: picture.organisation, issued: window.first, days: Array(window.days),
            generated: now,
            dataTime: picture.dataTime,
            nextIssue: London.instant(window.first.advanced(by: 1), picture.policy.issueTime), statement: "",
            validation: Validation(picture, confidence: confidence, places: place),
            notIncluded: picture.notIncluded.sorted().map(place))
    }

    /// What is missing and has not passed yet.
    func gaps() -> [NamedGap] {
        naming.named(cover.gaps()).filter { $0.end > now }.map { $0.ahead(of: now) }
    }

    /// The gaps with all that there is to say about each, in order.
    func reported(
        _ gaps: [NamedGap], since earlier: EarlierIssue?
    ) throws(LinearProgramError) -> [ReportedGap] {
        let cascades = gaps.map(cascade)
        let (found, suggestions) = try choice(gaps, cascades)
        let flags = redFlags(gaps)
        let reported = gaps.indices.map { index in
            let gap = gaps[index]
            var entry = entry(gap, cascades[index], flags[gap.id])
            let left = suggestions.left[gap.id] ?? gap.minutes
            let options = OptionList(
                entry, suggestions.others(found[index].offers, for: gap.id),
                chosen: suggestions.chosen[gap.id] ?? [], left: left,
                scenario: scenario, places: place)
            entry.options = options.shown
            entry.optionsLeftOut = options.leftOut
            entry.candidatesNotAsked = found[index].notAsked
            entry.minutesLeft = left
            entry.trend = earlier?.trend(of: entry)
            return entry
        }
        return reported.sorted { $0.ranksBefore($1) }
    }

    func redFlags(_ gaps: [NamedGap]) -> [ReportedGap.ID: RedFlag] {
        let rules = Dictionary(grouping: scenario.coverRules, by: \.unit)
        var flags: [ReportedGap.ID: RedFlag] = [:]
        for (unit, gaps) in Dictionary(grouping: gaps, by: \.rule.unit) {
            let time = NurseTime(rules[unit] ?? [], gaps: gaps, cover: cover, scenario: scenario)
            for gap in gaps { flags[gap.id] = RedFlag(gap, time: time, cover: cover, scenario: scenario) }
        }
        return flags
    }

    /// What is best done about the gaps, all taken together.
    func suggestions(for gaps: [NamedGap]) throws(LinearProgramError) -> Suggestions {
        try choice(gaps, gaps.map(cascade)).suggestions
    }

    /// Ways to close the gaps, and the choice among them. Where a gap stays open, everybody is asked for it and for the
    /// gaps that compete with it for people, and the choice is made again: a short list loses nobody who is needed.
    private func choice(
        _ gaps: [NamedGap], _ cascades: [Cascade]
    ) throws(LinearProgramError) -> (found: [OffersForGap], suggestions: Suggestions) {
        var found = offers(for: gaps, cascades, reach: .usual)
        let first = try suggestions(gaps, found)
        let open = Set(gaps.indices.filter { first.left[gaps[$0].id] ?? 0 > 0 })
        let wanted = Set(open.flatMap { found[$0].offers.map(\.giver) })
        let wider = gaps.indices.filter { index in
            found[index].notAsked > 0
                && (open.contains(index) || found[index].offers.contains { wanted.contains($0.giver) })
        }
        guard !wider.isEmpty else { return (found, first) }
        let more = offers(for: wider.map { gaps[$0] }, wider.map { cascades[$0] }, reach: .wide)
        for (index, offers) in zip(wider, more) { found[index] = offers }
        return (found, try suggestions(gaps, found))
    }

    private func suggestions(
        _ gaps: [NamedGap], _ found: [OffersForGap]
    ) throws(LinearProgramError) -> Suggestions {
        try Suggestions(
            gaps: gaps, offers: found.flatMap(\.offers), cover: cover, check: check, naming: naming, now: now)
    }

    /// Lawful ways for each gap, of the steps that are open to it.
    private func offers(
        for gaps: [NamedGap], _ cascades: [Cascade], reach: OffersForGap.Reach
    ) -> [OffersForGap] {
        let own = OwnOffers(
            staff: staff, naming: naming, cover: cover, check: check, organisation: picture.organisation.id,
            now: now, confidence: confidence)
        let floats = FloatOffers(
            staff: staff, cover: cover, check: check, now: now, confidence: confidence)
        return zip(gaps, cascades).map { gap, cascade in
            let open = cascade.open
            return gap.sought(cover, from: now).reduce(into: OffersForGap()) { found, sought in
                if open.contains(.float) { found.add(floats.offers(for: sought, reach: reach)) }
                found.add(own.offers(for: sought, steps: open, reach: reach))
            }
        }
    }

    private func cascade(_ gap: NamedGap) -> Cascade {
        Cascade(
            gap, policy: picture.policy, requests: requests(for: gap),
            isStruck: gap.isStruck(by: picture.policy, cover, from: now), at: now)
    }

    private func requests(for gap: NamedGap) -> [Request] {
        (requests[gap.rule.unit] ?? []).filter { $0.concerns(gap) }
            .sorted { ($0.released ?? now, $0.id) < ($1.released ?? now, $1.id) }
    }

    private func entry(_ gap: NamedGap, _ cascade: Cascade, _ flag: RedFlag?) -> ReportedGap {
        let worst = gap.worst
        let rule = gap.rule
        let roles = scenario.roles.filter { rule.counted.roles.contains($0.id) }
        let required = cover.requiredMinutes(of: rule.id, in: gap.frame)
        let requiredAhead = cover.requiredMinutes(of: rule.id, in: gap.frame.ahead(of: now))
        let requests = requests(for: gap)
        return ReportedGap(
            id: gap.id, rule: rule.id, place: place(rule.unit),
            organisation: organisation(of: rule.unit), day: gap.frame.day,
            shift: gap.shift.map { gap.isAllOfIt ? $0.name : "part of \($0.name)" } ?? "", start: gap.start,
            end: gap.end, staffGroup: gap.group,
            role: roles.isEmpty ? rule.name : roles.map(\.name).joined(separator: " or "),
            grades: gradeNames(for: rule, roles),
            skills: skillNames(for: rule, roles),
            measure: gap.measure, required: worst?.required ?? 0, planned: worst?.planned ?? 0,
            booked: booked(gap), missing: worst?.missing ?? 0, minutesShort: gap.minutes,
            minutesRequired: required,
            percent: requiredAhead > 0
                ? min(100, (gap.minutes * 100 + requiredAhead / 2) / requiredAhead) : 100,
            isHard: gap.isHard, purpose: rule.purpose, severity: gap.severity,
            redFlag: flag, risk: rule.risk, minutesToStart: (gap.start - now).count,
            reason: reason(gap, requests), cascade: cascade,
            // Those that are filled were for other heads than the ones that are missing.
            tried: requests.filter { !$0.isFilled }.map(Attempt.init),
            minutesLeft: gap.minutes,
            owner: picture.unitFacts[rule.unit]?.mailbox ?? picture.policy.contact,
            confidence: confidence(in: rule.unit))
    }

    /// Of the grades that may fill it, those that the rule counts.
    private func gradeNames(for rule: CoverRule, _ roles: [Role]) -> [String] {
        let fill = Set(roles.flatMap { $0.grades.union($0.substitutes) })
        return scenario.grades.filter { grade in
            (roles.isEmpty || fill.contains(grade.id))
                && (rule.counted.grades.isEmpty || rule.counted.grades.contains(grade.id))
                && !(roles.isEmpty && rule.counted.grades.isEmpty)
        }.map(\.name)
    }

    /// Skills that the rule counts, and those that each of its roles needs.
    private func skillNames(for rule: CoverRule, _ roles: [Role]) -> [String] {
        let needed = roles.dropFirst().reduce(roles.first?.skills ?? []) { $0.intersection($1.skills) }
        return scenario.skills.filter { rule.counted.skills.union(needed).contains($0.id) }.map(\.name)
    }

    /// Confirmed bookings that count in the shift, by where they come from.
    private func booked(_ gap: NamedGap) -> [String: Int] {
        let origins = (bookings[gap.rule.unit] ?? []).filter { duty in
            duty.start < gap.frame.end && gap.frame.start < duty.end && cover.counts(duty, for: gap.rule)
        }.map { origin[$0.person] ?? "bank" }
        return Dictionary(origins.map { ($0, 1) }, uniquingKeysWith: +)
    }

    /// What the trust's systems say; else whether somebody who could have worked it is away.
    private func reason(_ gap: NamedGap, _ requests: [Request]) -> ReportedGap.Reason {
        if gap.isStruck(by: picture.policy, cover, from: now) { return .industrialAction }
        if let stated = requests.lazy.compactMap(\.reason).first {
            return ReportedGap.Reason(rawValue: stated.rawValue) ?? .other
        }
        let roles = scenario.roles.filter { gap.rule.counted.roles.contains($0.id) }
        let isSomebodyAway = staff.rostered(in: gap.rule.unit).contains { person in
            person.unit == gap.rule.unit && staff.isAway(person.id, on: gap.frame.day)
                && (roles.contains { $0.grades.contains(person.grade) }
                    || roles.isEmpty && scenario.grade(person.grade)?.staffGroup == gap.group)
        }
        return isSomebodyAway ? .unavailable : .vacancy
    }
}

extension NamedGap {
    /// Somebody is missing from the start of the shift to its end.
    fileprivate var isAllOfIt: Bool {
        whole.reduce(0) { $0 + ($1.end - $1.start).count } >= (frame.end - frame.start).count
    }
}

extension Picture {
    /// The checker, set to judge rest and hours on both sides of a further duty: the weeks before are history, and
    /// the days that follow stand in the rota.
    ///
    /// Limits of a contract on hours above it are for a whole rota period, and cannot be judged on a few days.
    fileprivate func restCheck() -> RosterCheck {
        let last = max(window.last.advanced(by: 14), following.map(\.day).max() ?? window.last)
        let first = window.first.advanced(by: -14)
        let period = Period(first: first, days: first.distance(to: last) + 1)
        let contracts = scenario.contracts.map {
            Contract(
                id: $0.id, name: $0.name, rulePacks: $0.rulePacks, tolerance: $0.tolerance,
                hoursOwed: $0.hoursOwed)
        }
        let wide = Scenario(
            name: scenario.name, period: period, organisations: scenario.organisations, sites: scenario.sites,
            units: scenario.units, grades: scenario.grades, skills: scenario.skills, roles: scenario.roles,
            contracts: contracts, shiftTypes: scenario.shiftTypes, coverRules: [], people: scenario.people,
            leave: scenario.leave, bookings: scenario.bookings, balances: scenario.balances,
            history: scenario.history)
        return RosterCheck(wide, rules, Rota(period: period, duties: rota.duties + following + doubtful))
    }
}
