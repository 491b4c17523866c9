import Roster

/// An organisation's own hard gaps, which its own people could fill: of those only so many are lent to others as it can
/// spare. Whoever lends more would not meet its own hard cover.
///
/// Each step of a call asks anew, without those who are promised or booked elsewhere by then.
struct OwnHardGaps {
    let organisation: OrganisationPicture
    let rules: PoolRules
    let at: Instant

    /// What is left of one hard gap.
    struct Found {
        /// Those who could fill it, of whom some must stay, while it lasts and for as long before and after as they rest.
        let line: CoverLine
        /// Everything that is offered of them, also for times just before and after.
        let offers: [Int]
    }

    func found(among offers: [PoolOffer]) -> [Found] {
        let open = organisation.vacancies.filter { $0.isHard && $0.missing > 0 && $0.end > at }
        let gaps = open.map { $0.left(at: at) }.map { gap in
            (gap: gap, able: Set(offers.indices.filter { couldFill(offers[$0], gap) }))
        }
        return gaps.filter { !$0.able.isEmpty }.map { gap, able in
            // Whoever fills one gap fills no other at that time.
            let rivals = gaps.filter {
                $0.gap.start < gap.end && gap.start < $0.gap.end && !$0.able.isDisjoint(with: able)
            }
            let people = Set(able.map { offers[$0].giver })
            let all = Set(rivals.flatMap(\.able).map { offers[$0].giver })
            let spare = max(0, min(people.count - gap.missing, all.count - missing(rivals.map(\.gap))))
            let rest = ElapsedMinutes(able.map { offers[$0].offer.restMinutes }.max() ?? 0)
            let stretch = CoverLine.Stretch(
                start: gap.start - rest, end: gap.end + rest, present: people.count,
                keep: people.count - spare)
            return Found(
                line: CoverLine(
                    id: CoverLine.ID(gap.id.text), site: gap.site, unit: gap.unit, staffGroup: gap.staffGroup,
                    risk: gap.risk, stretches: [stretch]),
                offers: offers.indices.filter { people.contains(offers[$0].giver) })
        }
    }

    /// Of one unit the gap that wants most: several rules may ask for the same head.
    private func missing(_ gaps: [Vacancy]) -> Int {
        Dictionary(grouping: gaps, by: \.unit).values.reduce(0) { $0 + ($1.map(\.missing).max() ?? 0) }
    }

    private func couldFill(_ offer: PoolOffer, _ gap: Vacancy) -> Bool {
        let there = (min(gap.end, offer.offer.latestEnd) - max(gap.start, offer.offer.earliestStart)).count
        let least = min(PoolRules.leastPart, (gap.end - gap.start).count)
        let rest = offer.offer.restMinutes
        return there >= least && offer.remaining >= least && rules.fits(offer.offer, gap)
            && offer.booked.allSatisfy {
                $0.returns + rest <= gap.start.minutes || gap.end.minutes + rest <= $0.leaves
            }
    }
}
