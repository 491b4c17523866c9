import Roster

/// Reads an organisation's figures against the escalation points.
public struct EscalationReading {
    private let picture: SystemPicture
    private let organisation: OrganisationPicture
    private var plan: EscalationPlan { picture.system.escalation }

    public init(_ picture: SystemPicture, _ organisation: OrganisationPicture) {
        self.picture = picture
        self.organisation = organisation
    }

    /// What stands now, given what stood before, and what has ended by it.
    ///
    /// A level ends once figures that were measured ``settling`` or more after they were first seen under its point say so
    /// by themselves. One reading may be a slip, such as a booking that falls through, and a level that began
    /// anew after each would have its actions due later and later. Where figures are too old to tell, it stands on until it
    /// expires: that nothing is known does not mean that all is well.
    public func step(after previous: EscalationStanding?) -> (
        standing: EscalationStanding?, ended: EndedLevel?
    ) {
        let met = met
        let highest = met.max { $0.level < $1.level }
        // Of several points of one level the one that stands goes on.
        let reached = met.first { $0.id == previous?.point && $0.level == highest?.level } ?? highest
        let next = reached.map { begin($0, after: previous) }
        guard let previous, let old = plan.points.first(where: { $0.id == previous.point }) else {
            return (next, nil)
        }
        func ended(_ why: EndedLevel.Why, at end: Instant) -> EndedLevel {
            EndedLevel(previous, of: old, in: organisation.id, at: end, why)
        }
        var same = previous
        if reached?.id == old.id {
            same.lastMet = picture.at
            same.underSince = nil
            return (same, nil)
        }
        if let reached, reached.level > old.level { return (next, ended(.higherLevel, at: picture.at)) }
        let expiry = previous.lastMet + old.expiresAfter
        if expiry <= picture.at { return (next, ended(.expired, at: expiry)) }
        guard verdict(old) != .unknown else {
            same.underSince = nil
            return (same, nil)
        }
        let since = previous.underSince ?? picture.at
        if isUnder(old, byFiguresFrom: since + Self.settling) {
            return (next, ended(.backUnder, at: picture.at))
        }
        same.underSince = since
        return (same, nil)
    }

    /// Whether it would not be reached either if every older figure reached its part of it.
    private func isUnder(_ point: EscalationPoint, byFiguresFrom start: Instant) -> Bool {
        !point.isEnough(
            point.conditions.map(evidence).filter { evidence in
                evidence.verdict != .notMet || evidence.measuredAt.map { $0 < start } ?? true
            })
    }

    /// What stands once a person has ended a level: another one that is reached, with what was done.
    public func standing(afterEnding standing: EscalationStanding) -> EscalationStanding? {
        met.max { $0.level < $1.level }.map { begin($0, after: standing) }
    }

    /// How much newer figures must be that end a level than those which first were under its point.
    public static let settling = ElapsedMinutes(15)

    /// What was done lately stays done while some level stands; what is longer ago has to be done anew.
    private func begin(_ point: EscalationPoint, after previous: EscalationStanding?) -> EscalationStanding {
        EscalationStanding(
            point: point.id, since: picture.at, lastMet: picture.at,
            done: (previous?.done ?? []).filter { picture.at - $0.at < point.expiresAfter })
    }

    /// - Parameters:
    ///   - standing: what ``step(after:)`` said.
    ///   - opel: the level that somebody entered last.
    ///   - past: levels that ended lately, the newest first.
    public func state(_ standing: EscalationStanding?, opel: OpelEntry?, past: [EndedLevel] = [])
        -> EscalationState
    {
        let point = standing.flatMap { standing in plan.points.first { $0.id == standing.point } }
        let shown = point ?? plan.points.min { $0.level < $1.level }
        let opel = [opel, organisation.push?.opel].compactMap { $0 }.max { $0.at < $1.at }
        return EscalationState(
            organisation: organisation.id, point: point, since: point == nil ? nil : standing?.since,
            expires: point.flatMap { point in standing.map { $0.lastMet + point.expiresAfter } },
            evidence: shown?.conditions.map(evidence) ?? [],
            actions: (point?.actions ?? []).map { card in
                let done = standing?.done.first { $0.card == card.id }
                return EscalationState.Action(
                    card: card, due: (standing?.since ?? picture.at) + card.dueWithin, done: done?.at,
                    by: done?.by)
            },
            underSince: point == nil ? nil : standing?.underSince, past: past,
            undecided: undecided(above: point), opel: opel,
            isOpelStale: opel.map { picture.at - $0.at > picture.system.limits.opel } ?? false)
    }

    private func undecided(above point: EscalationPoint?) -> EscalationState.Undecided? {
        plan.points.filter { $0.level > point?.level ?? 0 && verdict($0) == .unknown }
            .max { $0.level < $1.level }
            .map { EscalationState.Undecided(point: $0, evidence: $0.conditions.map(evidence)) }
    }

    private var met: [EscalationPoint] { plan.points.filter { verdict($0) == .met } }

    private enum Verdict { case met, notMet, unknown }

    private func verdict(_ point: EscalationPoint) -> Verdict {
        let evidence = point.conditions.map(evidence)
        if point.isReached(by: evidence) { return .met }
        return point.isEnough(evidence.filter { $0.verdict == .met || $0.verdict.isOpen })
            ? .unknown : .notMet
    }

    private func evidence(_ condition: EscalationPoint.Condition) -> EscalationState.Evidence {
        guard let found = reading(of: condition.figure) else {
            return EscalationState.Evidence(
                condition: condition, value: nil, measuredAt: nil, verdict: .missing)
        }
        let holds = condition.holds(found.value)
        let verdict: EscalationState.Evidence.Verdict =
            found.isStale ? .stale : !isDecided(condition, holds) ? .partial : holds ? .met : .notMet
        return EscalationState.Evidence(
            condition: condition, value: found.value, measuredAt: found.at, verdict: verdict)
    }

    /// Whether it would be so, too, if something were known of the units of which nothing is in the next 24 hours: gaps
    /// there would come on top.
    private func isDecided(_ condition: EscalationPoint.Condition, _ holds: Bool) -> Bool {
        guard !organisation.unknownUnits(on: picture.nextDays).isEmpty else { return true }
        return switch condition.figure {
        case .hardGaps, .gapHours, .metric(.redFlags): holds == (condition.side == .atLeast)
        case .gapPercent: false
        case .metric(let name): !name.isOfRota
        case .virtualWardOccupancy: true
        }
    }

    /// The value of a figure; nil if nobody has told it.
    public func reading(of figure: Figure) -> (value: Double, at: Instant, isStale: Bool)? {
        switch figure {
        case .metric(let name): metric(name)
        case .hardGaps: rota { Double($0.count(where: \.isHard)) }
        case .gapHours: rota(gapHours)
        case .gapPercent: gapPercent
        case .virtualWardOccupancy: share(.virtualWardOccupied, of: .virtualWardBeds)
        }
    }

    private func metric(_ name: Metric.Name) -> (value: Double, at: Instant, isStale: Bool)? {
        let known = organisation.metrics.filter {
            $0.name == name && ($0.day == nil || $0.day == picture.at.day)
        }
        return known.max { $0.measuredAt < $1.measuredAt }.map {
            ($0.value, $0.measuredAt, picture.at - $0.measuredAt > picture.system.limits.metrics)
        }
    }

    private var soon: [Vacancy] { picture.soon(organisation.withoutPromises) }

    /// Of these gaps, as old as they are.
    private func rota(_ value: ([Vacancy]) -> Double) -> (value: Double, at: Instant, isStale: Bool)? {
        organisation.push.map { (value(soon), $0.extractedAt, organisation.freshness != .fresh) }
    }

    private func gapHours(_ vacancies: [Vacancy]) -> Double { Double(picture.minutesSoon(vacancies)) / 60 }

    private var gapPercent: (value: Double, at: Instant, isStale: Bool)? {
        let told = StaffGroup.allCases.filter { $0.required.flatMap(metric) != nil }
        // Of a group that is short and of which nobody told what is required, no share can be said: not a smaller one either.
        guard soon.allSatisfy({ $0.staffGroup.required == nil || told.contains($0.staffGroup) }) else {
            return nil
        }
        let required = told.compactMap(\.required).compactMap(metric)
        let hours = required.reduce(0) { $0 + $1.value }
        // Whoever is missing for several professions is among those of whom it is told what is required.
        let asked = { (vacancy: Vacancy) in
            vacancy.staffGroup == .other || told.contains(vacancy.staffGroup)
        }
        guard let gap = rota({ gapHours($0.filter(asked)) }), let value = percent(gap.value, of: hours)
        else { return nil }
        return (
            value, required.reduce(gap.at) { min($0, $1.at) },
            gap.isStale || required.contains(where: \.isStale)
        )
    }

    private func share(_ part: Metric.Name, of whole: Metric.Name) -> (
        value: Double, at: Instant, isStale: Bool
    )? {
        guard let part = metric(part), let whole = metric(whole),
            let value = percent(part.value, of: whole.value)
        else { return nil }
        return (value, min(part.at, whole.at), part.isStale || whole.isStale)
    }
}

extension StaffGroup {
    /// What tells the hours required of it; nil if nothing does.
    fileprivate var required: Metric.Name? {
        switch self {
        case .registered: .registeredRequired
        case .unregistered: .unregisteredRequired
        case .medical: .medicalRequired
        case .therapy: .therapyRequired
        case .other: nil
        }
    }
}
