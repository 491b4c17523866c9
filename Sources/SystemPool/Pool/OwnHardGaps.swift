import Roster

/// An organisation's own hard gaps, which its own people could fill: while no more of those are free than are missing
/// there, they are not lent to others. Whoever lends them would not meet its own hard cover.
///
/// Each step of a call asks anew, without those who are promised or booked elsewhere by then.
struct OwnHardGaps {
    let organisation: OrganisationPicture
    let rules: PoolRules
    let at: Instant

    /// For each offer, when its head is needed at home, in minutes since 1970.
    func needed(_ offers: [PoolOffer]) -> [[Range<Int>]] {
        let open = organisation.vacancies.filter { $0.isHard && $0.missing > 0 && $0.end > at }
        let gaps = open.map { $0.left(at: at) }.map { gap in
            (gap: gap, able: Set(offers.indices.filter { couldFill(offers[$0], gap) }))
        }
        var needed = offers.map { _ in [Range<Int>]() }
        for (gap, able) in gaps where !able.isEmpty {
            // Whoever fills one gap fills no other at that time.
            let rivals = gaps.filter {
                $0.gap.start < gap.end && gap.start < $0.gap.end && !$0.able.isDisjoint(with: able)
            }
            let people = Set(rivals.flatMap(\.able).map { offers[$0].giver }).count
            guard people <= missing(rivals.map(\.gap)) else { continue }
            for offer in able { needed[offer].append(gap.start.minutes..<gap.end.minutes) }
        }
        return needed
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
