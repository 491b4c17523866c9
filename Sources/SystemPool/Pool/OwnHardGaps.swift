import Roster

/// An organisation's own hard gaps, which its own people could fill: as many of those as are missing there are not lent to
/// others. Whoever lends them would not meet its own hard cover, and would have to borrow in its turn.
struct OwnHardGaps {
    let organisation: OrganisationPicture
    let rules: PoolRules
    let at: Instant

    /// A line for each such gap, from which whoever leaves takes one of those who could fill it, and whom it is about.
    func lines(_ offers: [PoolOffer], _ organisationIndex: Int, from first: Int)
        -> [(line: PoolLine, offers: [Int])]
    {
        var lines: [(line: PoolLine, offers: [Int])] = []
        for gap in organisation.vacancies where gap.isHard && gap.missing > 0 && gap.end > at {
            let able = offers.indices.filter { couldFill(offers[$0], gap) }
            guard !able.isEmpty else { continue }
            let people = Set(able.map { offers[$0].giver }).count
            lines.append(
                (
                    PoolLine(
                        index: first + lines.count, organisationIndex: organisationIndex,
                        line: line(gap, people)), able
                ))
        }
        return lines
    }

    private func couldFill(_ offer: PoolOffer, _ gap: Vacancy) -> Bool {
        let start = max(gap.start, at).minutes
        let there =
            min(gap.end.minutes, offer.offer.latestEnd.minutes)
            - max(start, offer.offer.earliestStart.minutes)
        return there >= min(PoolRules.leastPart, gap.end.minutes - start)
            && rules.fits(offer.offer, gap)
            && offer.booked.allSatisfy { $0.returns <= gap.start.minutes || gap.end.minutes <= $0.leaves }
    }

    /// While the gap lasts those who are missing there stay; at other times all may go.
    private func line(_ gap: Vacancy, _ people: Int) -> CoverLine {
        let free = { CoverLine.Stretch(start: $0, end: $1, present: people, keep: 0) }
        return CoverLine(
            id: CoverLine.ID(gap.id.text), site: gap.site, unit: gap.unit, staffGroup: gap.staffGroup,
            stretches: [
                free(gap.start - Self.far, gap.start),
                CoverLine.Stretch(start: gap.start, end: gap.end, present: people, keep: gap.missing),
                free(gap.end, gap.end + Self.far),
            ])
    }

    /// Longer than anything that a picture is about.
    private static let far = ElapsedMinutes(hours: 24 * 400)
}
