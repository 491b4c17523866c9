import Roster

/// A push as it is kept.
public struct KeptPush: Sendable {
    public let push: OrganisationPush
    public let receivedAt: Instant
    /// Its sites whose id another organisation sent first.
    public let takenSites: Set<Site.ID>

    public init(push: OrganisationPush, receivedAt: Instant, takenSites: Set<Site.ID> = []) {
        self.push = push
        self.receivedAt = receivedAt
        self.takenSites = takenSites
    }
}

extension SystemPicture {
    /// Puts the latest pushes of all organisations side by side, with what confirmed bookings change in them and without
    /// gaps that are over.
    ///
    /// - Parameters:
    ///   - pushes: The latest of each organisation.
    ///   - unreadable: Whose latest push cannot be read, and when it came: nothing is known of them.
    ///   - unreadableAid: Calls that cannot be read: they close no gap.
    /// - Complexity: O(vacancies + cover + bookings).
    public static func assemble(
        _ system: HealthSystem, pushes: [KeptPush], unreadable: [Organisation.ID: Instant] = [:],
        aid: [AidRequest] = [], unreadableAid: [UnreadableAid] = [], at: Instant, revision: Int64 = 0
    ) -> SystemPicture {
        let latest = Dictionary(pushes.map { ($0.push.organisation, $0) }) { $1 }
        let booked = aid.filter(\.state.isBooked)
        let promised = Set(unsettled(aid, by: latest.mapValues { $0.push.allowances }, at: at).map(\.id))
        let settled = booked.filter { !promised.contains($0.id) }
        let organisations = system.members.map { member -> OrganisationPicture in
            guard let kept = latest[member.id] else {
                return OrganisationPicture(
                    member: member, push: nil, receivedAt: unreadable[member.id], freshness: .unknown,
                    vacancies: [], cover: [])
            }
            let allowances = kept.push.allowances
            let lent = booked.filter { $0.loan?.lender == member.id && !allowances.holds($0) }
            let asked = aid.filter { $0.asking == member.id }
            let open = kept.push.open(asked, booked: booked).filter { $0.end > at }
            return OrganisationPicture(
                member: member, push: kept.push, receivedAt: kept.receivedAt,
                freshness: at - kept.push.extractedAt <= system.limits.rota ? .fresh : .stale,
                vacancies: open,
                withoutPromises: asked.contains { promised.contains($0.id) }
                    ? kept.push.open(asked, booked: settled).filter { $0.end > at } : open,
                cover: kept.push.cover.map { line in line.less(lent.compactMap { $0.absence(from: line.id) })
                }, takenSites: kept.takenSites,
                doubtfulUnits: Set(unreadableAid.flatMap { $0.doubtfulUnits(of: kept.push) }),
                isLendingUnclear: unreadableAid.contains { $0.isMissing(in: kept.push, at: at) })
        }
        return SystemPicture(
            system: system, at: at, organisations: organisations, aid: aid, unreadableAid: unreadableAid,
            revision: revision)
    }
}

extension OrganisationPush {
    /// Its gaps, less those who come, of the calls that it asked for.
    fileprivate func open(_ asked: [AidRequest], booked: [AidRequest]) -> [Vacancy] {
        let (coming, included) = (Set(booked.map(\.id)), Set(includes))
        // To whoever receives, one head under a call is as good as another.
        let received = asked.filter { coming.contains($0.id) && !included.contains($0.id) }
        let closed = Dictionary(
            received.flatMap { call in gaps(of: call.need).map { ($0.id, [call]) } }, uniquingKeysWith: +)
        let open = vacancies.flatMap { $0.less(closed[$0.id] ?? []) }
        // Who closes no gap that was pushed.
        let closing = Set(closed.values.joined().map(\.id))
        let others = received.filter { !closing.contains($0.id) }
        // Its data count on somebody who does not come: that gap is open, whatever they say. Each is a gap by itself, of which
        // whoever comes instead closes one.
        let lost = asked.filter { !coming.contains($0.id) && included.contains($0.id) }
            .reduce(into: [Vacancy]()) { lost, call in lost.append(call.gap(beside: open + lost)) }
        return open
            + lost.flatMap { gap in
                gap.less(others.filter { $0.need.vacancy?.isPart(of: gap.id) == true })
            }
    }
}

extension OrganisationPush {
    /// Which bookings of the system it allows for already.
    struct Allowances {
        let calls: Set<AidRequest.ID>
        let extractedAt: Instant

        /// Whether the lender's data allow for a call as it is booked now. One that was taken back and confirmed anew after
        /// them is another loan: of somebody else, from elsewhere.
        func holds(_ call: AidRequest) -> Bool {
            guard calls.contains(call.id), let confirmed = call.time(of: .confirm) else { return false }
            return confirmed <= extractedAt
        }
    }

    var allowances: Allowances { Allowances(calls: Set(includes), extractedAt: extractedAt) }
}

extension OrganisationPush {
    /// The gaps that a call is for: those of its id, and what else its rule asks for meanwhile. Once a part of a gap is
    /// booked and sent, the rest begins later, and so has another id. Whoever comes closes one at a time.
    func gaps(of need: AidRequest.Need) -> [Vacancy] {
        guard let asked = need.vacancy else { return [] }
        let named = vacancies.filter { asked.isPart(of: $0.id) }
        guard let rule = asked.rule else { return named }
        let alike = vacancies.filter { vacancy in
            vacancy.unit == need.unit && vacancy.start < need.end && need.start < vacancy.end
                && vacancy.id.rule == rule
        }
        return alike.reduce(into: named) { gaps, vacancy in
            if !gaps.contains(where: { $0.start < vacancy.end && vacancy.start < $0.end }) {
                gaps.append(vacancy)
            }
        }
    }
}

extension AidRequest {
    /// When the head that is lent is away from a line of its lender's cover, travel included; nil if it is of none there.
    func absence(from line: CoverLine.ID) -> (start: Instant, end: Instant)? {
        guard let loan, loan.releasedFrom.contains(line) else { return nil }
        let travel = ElapsedMinutes(loan.travelMinutes)
        return (need.start - travel, need.end + travel)
    }
}

extension AidRequest {
    /// What is missing if nobody comes, as it was when it was asked for, and with no less weight than what is like it there.
    fileprivate func gap(beside others: [Vacancy]) -> Vacancy {
        let alike = others.filter { $0.unit == need.unit && $0.staffGroup == need.staffGroup }
        let isStruck = alike.contains { $0.isStrikeCover && $0.start < need.end && need.start < $0.end }
        let known = need.vacancy.flatMap { id in others.contains { $0.id == id } ? nil : id }
        return Vacancy(
            id: known ?? Vacancy.ID(id.text), site: need.site, unit: need.unit, staffGroup: need.staffGroup,
            grades: need.grades, skills: need.skills, start: need.start, end: need.end, missing: 1,
            isHard: need.isHard, purpose: need.purpose, risk: max(need.risk, alike.map(\.risk).max() ?? 1),
            reason: isStruck ? .industrialAction : .vacancy, needsInduction: need.needsInduction,
            breakMinutes: need.breakMinutes)
    }
}

extension Vacancy {
    /// What stays open when those come who are booked for it.
    fileprivate func less(_ bookings: [AidRequest]) -> [Vacancy] {
        less(bookings.map { ($0.need.start, $0.need.end) })
    }

    /// What stays open when so many heads come for so long: nothing, the same with fewer heads, or, where somebody
    /// comes for a part only, one vacancy for each stretch of time that is left.
    func less(_ bookings: [(start: Instant, end: Instant)]) -> [Vacancy] {
        let bookings = bookings.filter { $0.start < end && start < $0.end }
        guard !bookings.isEmpty else { return [self] }
        let cuts = Set([start, end] + bookings.flatMap { [max(start, $0.start), min(end, $0.end)] }).sorted()
        var left: [(start: Instant, end: Instant, heads: Int)] = []
        for (from, until) in zip(cuts, cuts.dropFirst()) {
            let heads = bookings.count { $0.start <= from && until <= $0.end }
            if let last = left.last, last.heads == heads {
                left[left.count - 1].end = until
            } else {
                left.append((from, until, heads))
            }
        }
        return left.compactMap { part in
            guard part.heads < missing else { return nil }
            return Vacancy(
                id: id.part(after: (part.start - start).count), site: site, unit: unit,
                staffGroup: staffGroup, grades: grades, skills: skills,
                start: part.start, end: part.end, missing: missing - part.heads,
                need: Array(need.dropFirst(part.heads)), isHard: isHard,
                belowMinimum: max(0, belowMinimum - part.heads),
                purpose: purpose, risk: risk,
                reason: reason, needsInduction: needsInduction,
                breakMinutes: left.count == 1 ? breakMinutes : 0)
        }
    }
}

extension CoverLine {
    /// With one head fewer in each of these whiles.
    func less(_ lent: [(start: Instant, end: Instant)]) -> CoverLine {
        guard !lent.isEmpty else { return self }
        let cuts = Set(lent.flatMap { [$0.start, $0.end] }).sorted()
        let parts = stretches.flatMap { stretch -> [Stretch] in
            let points =
                [stretch.start] + cuts.filter { stretch.start < $0 && $0 < stretch.end } + [stretch.end]
            return zip(points, points.dropFirst()).map { from, until in
                let heads = lent.count { $0.start <= from && until <= $0.end }
                return Stretch(
                    start: from, end: until, present: max(0, stretch.present - heads), keep: stretch.keep,
                    loss: stretch.loss(after: heads))
            }
        }
        return CoverLine(id: id, site: site, unit: unit, staffGroup: staffGroup, risk: risk, stretches: parts)
    }
}
