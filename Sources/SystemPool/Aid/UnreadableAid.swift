import Roster

/// A call that is kept and cannot be read: that it is there must not be forgotten, and nothing counts as covered by it.
public struct UnreadableAid: Hashable, Sendable, Codable {
    public let id: AidRequest.ID
    /// What can be told of it all the same; nil where not even that can be.
    public let state: AidRequest.State?
    public let asking: Organisation.ID?
    public let unit: Unit.ID?
    public let lender: Organisation.ID?
    public let end: Instant?

    public init(
        id: AidRequest.ID, state: AidRequest.State?, asking: Organisation.ID?, unit: Unit.ID?,
        lender: Organisation.ID?, end: Instant?
    ) {
        self.id = id
        self.state = state
        self.asking = asking
        self.unit = unit
        self.lender = lender
        self.end = end
    }

    /// Units of which nothing is known because of it: their organisation counts on somebody under it, and nobody can tell
    /// whether they come.
    func doubtfulUnits(of push: OrganisationPush) -> [Unit.ID] {
        let units = push.units.map(\.id)
        // Whoever lends says by it that somebody is away.
        let isLending = lender == push.organisation && asking != nil && asking != push.organisation
        guard push.includes.contains(id), !isLending else { return [] }
        guard asking == push.organisation, let unit, units.contains(unit) else { return units }
        return [unit]
    }

    /// Whether somebody may be promised or away under it of whom the data of their lender do not tell yet.
    func isMissing(in push: OrganisationPush, at now: Instant) -> Bool {
        let isLent = state.map { $0.isPromised || $0.isBooked } ?? true
        return lender == push.organisation && isLent && !push.includes.contains(id)
            && end.map { now < $0 } ?? true
    }
}
