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
        var needed = offers.map { _ in [Range<Int>]() }
        for gap in organisation.vacancies where gap.isHard && gap.missing > 0 && gap.end > at {
            let able = offers.indices.filter { couldFill(offers[$0], gap) }
            guard Set(able.map { offers[$0].giver }).count <= gap.missing else { continue }
            for offer in able { needed[offer].append(gap.start.minutes..<gap.end.minutes) }
        }
        return needed
    }

    private func couldFill(_ offer: PoolOffer, _ gap: Vacancy) -> Bool {
        let start = max(gap.start, at).minutes
        let there =
            min(gap.end.minutes, offer.offer.latestEnd.minutes)
            - max(start, offer.offer.earliestStart.minutes)
        let least = min(PoolRules.leastPart, (gap.end - gap.start).count)
        let rest = offer.offer.restMinutes
        return there >= least && offer.remaining >= least && rules.fits(offer.offer, gap)
            && offer.booked.allSatisfy {
                $0.returns + rest <= gap.start.minutes || gap.end.minutes + rest <= $0.leaves
            }
    }
}
