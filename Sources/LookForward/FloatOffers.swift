import Extracts
import Roster
import RosterCheck

/// Finds people who are at work elsewhere on the site, where they can be spared.
struct FloatOffers {
    let staff: Staff
    let cover: RotaCover
    let check: RosterCheck
    let now: Instant
    let confidence: (Unit.ID) -> Confidence

    /// A move for less than this disturbs more than it helps.
    static let shortest = ElapsedMinutes(hours: 2)

    private var scenario: Scenario { staff.scenario }

    func offers(for gap: NamedGap, reach: OffersForGap.Reach) -> OffersForGap {
        guard gap.measure != .share, let unit = scenario.unit(gap.rule.unit) else { return OffersForGap() }
        var found = OffersForGap()
        var asked = 0
        for (person, duty) in candidates(for: gap, unit) {
            guard asked < reach.asked, found.offers.count < reach.kept else {
                found.notAsked += 1
                continue
            }
            asked += 1
            if let offer = offer(person, duty, for: gap) { found.offers.append(offer) }
        }
        return found
    }

    /// People who may work in the unit and are on duty elsewhere on its site while somebody is missing.
    private func candidates(for gap: NamedGap, _ unit: Unit) -> [(Person, Duty)] {
        let from = max(gap.start, now)
        return staff.rostered(in: unit.id).flatMap { person in
            staff.duties(of: person.id).filter { duty in
                guard duty.unit != unit.id, let lender = scenario.unit(duty.unit) else { return false }
                // What cannot be known to be there is not lent.
                return confidence(lender.id) != .none && staff.isRotaKnown(during: duty)
                    && lender.site == unit.site
                    && lender.organisation == unit.organisation
                    && (min(duty.end, gap.end) - max(duty.start, from)) >= Self.shortest
            }.map { (person, $0) }
        }
        .sorted { ($0.1.start, $0.0.id) < ($1.1.start, $1.0.id) }
    }

    private func offer(_ person: Person, _ duty: Duty, for gap: NamedGap) -> ClosingOffer? {
        guard
            let role = scenario.roles.first(where: { role in
                (gap.rule.counted.roles.isEmpty || gap.rule.counted.roles.contains(role.id))
                    && role.staffGroup == gap.group
                    && check.breaches(sending: duty, to: gap.rule.unit, as: role.id).isEmpty
                    && cover.counts(duty.sent(to: gap.rule.unit, as: role.id), for: gap.rule)
            })
        else { return nil }
        let spare = cover.spare(duty, from: max(gap.start, now), to: gap.end)
            .filter { $0.end - $0.start >= Self.shortest }
            .map { ($0, gap.minutesCovered(from: $0.start, to: $0.end)) }
            .max { ($0.1, $1.0.start) < ($1.1, $0.0.start) }
        guard let (spare, minutes) = spare, minutes > 0 else { return nil }
        let lending = LenderWords(
            name: scenario.unit(duty.unit)?.name ?? duty.unit.text, caution: confidence(duty.unit).caution)
        return ClosingOffer(
            gap: gap.id, unit: gap.rule.unit, step: .float, way: .float(from: duty, spare: spare),
            person: person, start: spare.start,
            end: spare.end, role: role, minutesClosed: minutes, cost: max(0, 200 - (spare.percent ?? 200)),
            sideEffect: lending.sentence(spare.percent), lending: lending)
    }
}

extension Confidence {
    /// What is said beside an option that rests on a unit's data.
    var caution: String {
        switch self {
        case .high: ""
        case .lowered: "; look first, the unit's data are in doubt"
        case .none: "; nothing certain is known of the unit"
        }
    }
}

extension Duty {
    /// The same duty elsewhere, or part of it.
    func sent(
        to unit: Unit.ID, as role: Role.ID, from start: Instant? = nil, until end: Instant? = nil
    ) -> Duty {
        Duty(
            person: person, day: day, unit: unit, shift: shift, role: role, start: start ?? self.start,
            end: end ?? self.end, paid: paid, working: working, source: source)
    }
}
