import Roster

extension RiskRow {
    /// A row that a person raises.
    ///
    /// - Throws: ``SystemRefusal/outOfRange(field:accepted:)``.
    public init(_ draft: RiskDraft, id: ID, at: Instant) throws(SystemRefusal) {
        try Self.check("likelihood", draft.likelihood)
        try Self.check("impact", draft.impact)
        for (field, time) in [("start", draft.start), ("end", draft.end)] where !CheckedTime.isTime(time) {
            throw .outOfRange(field: field, accepted: CheckedTime.accepted)
        }
        guard draft.start < draft.end else {
            throw .outOfRange(field: "end", accepted: "a time after the start")
        }
        self.init(
            id: id, organisation: draft.organisation, site: draft.site, unit: draft.unit,
            staffGroup: draft.staffGroup, origin: .person, cause: draft.cause.text,
            likelihood: draft.likelihood,
            impact: draft.impact, start: draft.start, end: draft.end, owner: draft.owner, opened: at,
            reviewDue: at + RiskRegister.review)
    }

    private static func check(_ field: String, _ value: Int?, _ range: ClosedRange<Int> = 1...5)
        throws(SystemRefusal)
    {
        guard let value, !range.contains(value) else { return }
        throw .outOfRange(field: field, accepted: "\(range.lowerBound) to \(range.upperBound)")
    }

    /// A person has looked at it.
    ///
    /// - Throws: ``SystemRefusal/riskClosed(_:)``, ``SystemRefusal/reviewedSince(_:)``,
    ///   ``SystemRefusal/outOfRange(field:accepted:)``.
    public mutating func review(_ change: RiskChange, by: Actor, remark: Remark, at: Instant)
        throws(SystemRefusal)
    {
        guard closed == nil else { throw .riskClosed(id) }
        guard change.seen == nil || change.seen == reviews.count else { throw .reviewedSince(id) }
        try Self.check("likelihood", change.likelihood)
        try Self.check("impact", change.impact)
        try Self.check("potential harms", change.potentialHarms, 0...100_000)
        try Self.check("actual harms", change.actualHarms, 0...100_000)
        let score = self.score
        likelihood = change.likelihood ?? likelihood
        impact = change.impact ?? impact
        owner = change.owner ?? owner
        sharedWith = change.sharedWith ?? sharedWith
        indemnity = change.indemnity ?? indemnity
        mitigation = change.removesMitigation ? nil : change.mitigation ?? mitigation
        potentialHarms = change.potentialHarms ?? potentialHarms
        actualHarms = change.actualHarms ?? actualHarms
        judged = self.score == score ? nil : self.score > score ? .rising : .falling
        trend = judged ?? (known == nil ? trend : .steady)
        compared = known
        reviews.append(Review(at: at, by: by, remark: remark))
        reviewDue = at + RiskRegister.review
    }

    /// Only a person closes a row, whether or not what raised it is still there.
    ///
    /// - Throws: ``SystemRefusal/riskClosed(_:)``, ``SystemRefusal/onlyAPersonCloses(_:)``.
    public mutating func close(by: Actor, remark: Remark, at: Instant) throws(SystemRefusal) {
        guard closed == nil else { throw .riskClosed(id) }
        guard by.role != .muster else { throw .onlyAPersonCloses(id) }
        closed = Review(at: at, by: by, remark: remark)
    }
}
