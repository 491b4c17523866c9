import Roster

/// An organisation's own gaps in hard and minimum cover, which its own people could fill: of those only so many are lent to
/// others as it can spare. Whoever lends more would not meet its own hard or minimum cover.
///
/// Each step of a call asks anew, without those who are promised or booked elsewhere by then.
struct OwnGaps {
    let organisation: OrganisationPicture
    let rules: PoolRules
    let at: Instant

    /// What is left of one of them.
    struct Found {
        /// Those who could fill it, of whom some must stay, while it lasts and for as long before and after as they rest.
        let line: CoverLine
        /// Everything that is offered of them, also for times just before and after.
        let offers: [Int]
    }

    func found(among offers: [PoolOffer]) -> [Found] {
        let open = organisation.vacancies.filter { $0.keptHeads > 0 && $0.end > at }
        let gaps = open.map { gap in
            (gap: gap.left(at: at), able: Set(offers.indices.filter { couldFill(offers[$0], gap) }))
        }
        return gaps.filter { !$0.able.isEmpty }.flatMap { gap, able in
            // Whoever fills one gap fills no other at that time.
            let rivals = gaps.filter {
                $0.gap.start < gap.end && gap.start < $0.gap.end && !$0.able.isDisjoint(with: able)
            }
            let alone = found(gap, able, keeping: gap.keptHeads, offers)
            guard rivals.count > 1 else { return [alone] }
            let all = Set(rivals.flatMap(\.able))
            return [alone, found(gap, all, keeping: missing(rivals.map(\.gap)), offers)]
        }
    }

    private func found(_ gap: Vacancy, _ able: Set<Int>, keeping needed: Int, _ offers: [PoolOffer]) -> Found
    {
        let people = Set(able.map { offers[$0].giver })
        // An offer may ask for more than rest around its duty, so that its person is called once.
        let rest = ElapsedMinutes(min(Self.rest, able.map { offers[$0].offer.restMinutes }.max() ?? 0))
        let stretch = CoverLine.Stretch(
            start: gap.start - rest, end: gap.end + rest, present: people.count,
            keep: min(people.count, needed))
        return Found(
            line: CoverLine(
                id: CoverLine.ID(gap.id.text), site: gap.site, unit: gap.unit, staffGroup: gap.staffGroup,
                risk: gap.risk, stretches: [stretch]),
            offers: offers.indices.filter { people.contains(offers[$0].giver) })
    }

    /// Minutes of rest between two duties: 11 hours (Working Time Regulations 1998, regulation 10).
    private static let rest = 660

    /// Of one unit the gap that wants most: several rules may ask for the same head.
    private func missing(_ gaps: [Vacancy]) -> Int {
        Dictionary(grouping: gaps, by: \.unit).values.reduce(0) { $0 + ($1.map(\.keptHeads).max() ?? 0) }
    }

    /// Whoever is there for its last hour alone does not count.
    private func couldFill(_ offer: PoolOffer, _ gap: Vacancy) -> Bool {
        let start = max(gap.start, at, offer.offer.earliestStart)
        let there = (min(gap.end, offer.offer.latestEnd) - start).count
        let least = min(PoolRules.leastPart, (gap.end - gap.start).count)
        let rest = offer.offer.restMinutes
        return there >= least && offer.remaining >= least && rules.fits(offer.offer, gap)
            && offer.booked.allSatisfy {
                $0.returns + rest <= gap.start.minutes || gap.end.minutes + rest <= $0.leaves
            }
    }
}
