import Roster

/// What a loan does to whoever lends, by its latest data.
public struct LoanEffect: Hashable, Sendable {
    /// Of each cover line that the head is taken from, while they are away; empty if they are taken from no duty.
    public let lines: [Suggestion.LenderEffect]
    /// Person-minutes that are missing meanwhile in the units of those lines anyway, of the same staff group.
    public let missingMinutes: Int
    /// Weighted person-hours by which the lender's risk rises; nil once the loan is booked, for its data hold it then.
    public let riskHours: Double?
}

extension SystemPicture {
    /// Beside all others who are promised; nil where the lender's latest data do not tell.
    ///
    /// - Parameters:
    ///   - call: the loan's own, once it is promised.
    ///   - isBooked: Whether the lender's cover is without the head already.
    public func effect(
        of loan: AidRequest.Loan, for need: AidRequest.Need, call: AidRequest.ID?, isBooked: Bool
    ) -> LoanEffect? {
        guard let lender = organisation(loan.lender), lender.freshness == .fresh else { return nil }
        let travel = ElapsedMinutes(loan.travelMinutes)
        let (leaves, returns) = (need.start - travel, need.end + travel)
        func minutes(_ stretch: CoverLine.Stretch) -> Int {
            max(0, (min(stretch.end, returns) - max(stretch.start, leaves)).count)
        }
        let others = aid.filter { $0.loan?.lender == loan.lender && $0.state.isPromised && $0.id != call }
        let released = lender.cover.filter { loan.releasedFrom.contains($0.id) }.map { line in
            line.less(others.compactMap { $0.absence(from: line.id) })
        }
        let lines = released.compactMap { line -> Suggestion.LenderEffect? in
            let away = line.stretches.filter { minutes($0) > 0 }
            guard let tight = away.min(by: { $0.present - $0.keep < $1.present - $1.keep }) else {
                return nil
            }
            let before = tight.present + (isBooked ? 1 : 0)
            return Suggestion.LenderEffect(
                line: line.id, unit: line.unit, start: leaves, end: returns, presentBefore: before,
                presentAfter: max(0, before - 1), keep: tight.keep)
        }
        // A line that the latest data do not tell of is not one from which nobody is taken.
        guard lines.count == loan.releasedFrom.count else { return nil }
        let units = Set(released.map(\.unit))
        let risk = released.reduce(0) { sum, line in
            sum + line.stretches.reduce(0) { $0 + minutes($1) * ($1.loss.first ?? 0) * line.risk }
        }
        return LoanEffect(
            lines: lines,
            missingMinutes: lender.vacancies.filter {
                units.contains($0.unit) && $0.staffGroup == need.staffGroup
            }.reduce(0) { $0 + $1.minutes(from: max(leaves, at), to: returns) },
            riskHours: isBooked ? nil : Double(risk) / 6_000)
    }

    /// The loan that an offer would be for a call; nil if it is not there any more, or the site is out of its reach.
    public func loan(of key: OfferKey, for need: AidRequest.Need) -> AidRequest.Loan? {
        guard let offer = organisation(key.organisation)?.offers.first(where: { $0.id == key.id }),
            let agreement = system.agreement(offer.agreement),
            let travel = offer.travelMinutes(to: need.site)
        else { return nil }
        return AidRequest.Loan(
            lender: key.organisation, offer: offer.id, source: offer.source, agreement: offer.agreement,
            costOwner: agreement.costOwner, indemnity: agreement.indemnity, releasedFrom: offer.releasedFrom,
            travelMinutes: travel)
    }
}
