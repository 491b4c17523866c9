import Roster

/// A duty that an offer could do in a gap.
struct PoolArc: Hashable, Sendable {
    let gap: Int
    /// Minutes since 1970: when the duty starts and ends.
    let start: Int
    let end: Int
    /// One way.
    let travel: Int
    /// Minutes of work.
    let work: Int

    /// When they are away from where they are taken, travel included.
    var leaves: Int { start - travel }
    var returns: Int { end + travel }
}

/// The hard rules between one offer and one gap: the only place where they stand.
///
/// Rest and hours between several gaps are ``DutySets``'s, and what several offers take from one lender is the
/// programme's.
struct PoolRules {
    /// The least part of a gap, in minutes, that it is worth to come for.
    static let leastPart = 240
    /// Parts begin and end on this grid of minutes.
    static let grid = 30

    let system: HealthSystem
    /// Sites whose id more than one organisation uses.
    let unclearSites: SharedSites
    /// Nobody who is yet to be asked leaves before it, in minutes since 1970; nil where they may be under way.
    let earliestLeave: Int?

    /// The duty that fills the gap, or the rule that stands against it.
    ///
    /// The rules are tried in this order, so that the one that is named is the nearest to being kept.
    func judge(_ offer: PoolOffer, _ gap: PoolGap) -> Result<PoolArc, BindingRule> {
        if offer.lender == gap.receiver { return .failure(.sameOrganisation) }
        if gap.vacancy.isStrikeCover { return .failure(.strikeCover) }
        if let rule = mismatch(offer.offer, gap.vacancy) { return .failure(rule) }
        return arc(offer, gap).flatMap { arc in
            if let rule = unprepared(offer.offer, gap.vacancy, arc) { return .failure(rule) }
            if let rule = unagreed(offer, gap, arc) { return .failure(rule) }
            if !offer.canSpare(from: arc.leaves, to: arc.returns) { return .failure(.lenderCover) }
            return .success(arc)
        }
    }

    /// Whether somebody may fill a gap of their own organisation, whose sites they know.
    func fits(_ offer: Offer, _ vacancy: Vacancy) -> Bool {
        mismatch(offer, vacancy) == nil
            && vacancy.skills.allSatisfy { offer.holds($0, through: vacancy.end.day, at: vacancy.site) }
    }

    private func mismatch(_ offer: Offer, _ vacancy: Vacancy) -> BindingRule? {
        if !vacancy.staffGroup.takes(offer.staffGroup) { return .staffGroup }
        return vacancy.grades.contains(offer.grade) ? nil : .grade
    }

    /// The whole gap, or the part of it that fits into the offer's window.
    private func arc(_ offer: PoolOffer, _ gap: PoolGap) -> Result<PoolArc, BindingRule> {
        let vacancy = gap.vacancy
        let earliest = offer.offer.earliestStart.minutes
        let window = (max(earliest, earliestLeave ?? earliest), offer.offer.latestEnd.minutes)
        guard window.0 < vacancy.end.minutes, vacancy.start.minutes < window.1 else {
            return .failure(.window)
        }
        if unclearSites.isUnclear(vacancy.site, from: offer.lender, to: gap.receiver) {
            return .failure(.siteUnclear)
        }
        guard let travel = offer.offer.travelMinutes(to: vacancy.site) else { return .failure(.reach) }
        var start = vacancy.start.minutes
        var end = vacancy.end.minutes
        // Of a gap that runs nobody comes for the whole.
        let isRunning = start == earliestLeave
        if isRunning || window.0 + travel > start { start = Self.roundedUp(max(start, window.0 + travel)) }
        if window.1 - travel < end { end = Self.roundedDown(window.1 - travel) }
        let isWhole = !isRunning && start == vacancy.start.minutes && end == vacancy.end.minutes
        guard isWhole || end - start >= Self.leastPart else { return .failure(.window) }
        guard end - start <= min(offer.offer.longestDuty, Offer.mostDuty) else {
            return .failure(.dutyLength)
        }
        let work = end - start - (isWhole ? vacancy.breakMinutes : 0)
        guard work <= offer.remaining else { return .failure(.hours) }
        let rest = offer.offer.restMinutes
        let arc = PoolArc(gap: gap.index, start: start, end: end, travel: travel, work: work)
        guard
            offer.booked.allSatisfy({
                arc.returns + rest <= $0.leaves || $0.returns + rest <= arc.leaves
            })
        else { return .failure(.rest) }
        return .success(arc)
    }

    private static func roundedUp(_ minute: Int) -> Int { (minute + grid - 1) / grid * grid }
    private static func roundedDown(_ minute: Int) -> Int { minute / grid * grid }

    private func unprepared(_ offer: Offer, _ vacancy: Vacancy, _ arc: PoolArc) -> BindingRule? {
        let missing = lacking(offer, vacancy, through: Instant(minutes: arc.end))
        return missing.first.map { if case .skill = $0 { .skill } else { .induction } }
    }

    /// What the person would have to be trained in for this gap.
    func lacking(_ offer: Offer, _ vacancy: Vacancy, through end: Instant) -> [TrainingWorth.Subject] {
        let skills = vacancy.skills.filter { !offer.holds($0, through: end.day, at: vacancy.site) }
        let isStranger = vacancy.needsInduction && !offer.inducted.contains(vacancy.site)
        return skills.map(TrainingWorth.Subject.skill)
            + (isStranger ? [TrainingWorth.Subject.induction(vacancy.site)] : [])
    }

    private func unagreed(_ offer: PoolOffer, _ gap: PoolGap, _ arc: PoolArc) -> BindingRule? {
        let allows =
            system.agreement(offer.offer.agreement)?.allows(
                offer.lender, to: gap.receiver, offer.offer.staffGroup, from: Instant(minutes: arc.start),
                to: Instant(minutes: arc.end)) ?? false
        if !allows { return .agreement }
        return offer.offer.hasConsented ? nil : .consent
    }

    /// The only thing that is missing for a gap, if it is one training and nothing else.
    func oneTraining(_ offer: PoolOffer, _ gap: PoolGap) -> (TrainingWorth.Subject, PoolArc)? {
        guard !gap.vacancy.isStrikeCover, offer.lender != gap.receiver, offer.source != nil,
            mismatch(offer.offer, gap.vacancy) == nil, case .success(let arc) = arc(offer, gap),
            unagreed(offer, gap, arc) == nil, offer.canSpare(from: arc.leaves, to: arc.returns)
        else { return nil }
        let missing = lacking(offer.offer, gap.vacancy, through: Instant(minutes: arc.end))
        guard missing.count == 1, let one = missing.first else { return nil }
        return (one, arc)
    }
}

/// A gap as the programme sees it.
struct PoolGap: Sendable {
    let index: Int
    let receiver: Organisation.ID
    let receiverIndex: Int
    let vacancy: Vacancy

    var key: VacancyKey { VacancyKey(receiver, vacancy.id) }
}

/// An offer as the programme sees it, with what is booked already.
struct PoolOffer: Sendable {
    let index: Int
    let lender: Organisation.ID
    let offer: Offer
    /// Offers of one person are one giver.
    let giver: Int
    /// Working minutes that are left after what is booked.
    let remaining: Int
    /// When they are away for what is booked, travel included.
    let booked: [(leaves: Int, returns: Int)]
    /// How often they were lent lately, with what is booked.
    let calls: Int
    /// The lender's lines from which the head is taken, of which there is none for somebody who is off duty, and those of
    /// its own hard gaps, which they could fill.
    var lines: [PoolLine]
    var key: OfferKey { OfferKey(lender, offer.id) }
    var source: Pseudonym? { if case .person(let person) = offer.source { person } else { nil } }

    /// Whether each line has a head to spare all the while.
    func canSpare(from start: Int, to end: Int) -> Bool {
        offer.releasedFrom.count == lines.count(where: { !$0.isOwnGap })
            && lines.allSatisfy { $0.canSpare(from: start, to: end) }
    }
}

/// Heads of a lender of which it must keep some: those on duty on a line of its cover, or those who could fill a hard gap
/// or one below minimum of its own.
struct PoolLine: Sendable {
    let index: Int
    let organisationIndex: Int
    let line: CoverLine
    /// Outside the times of an own gap everybody may go; of a line of cover a while of which nothing is known has nobody
    /// to spare.
    var isOwnGap = false

    func canSpare(from start: Int, to end: Int) -> Bool {
        if isOwnGap {
            return line.stretches.allSatisfy {
                $0.end.minutes <= start || end <= $0.start.minutes || $0.spare > 0
            }
        }
        var reached = start
        for stretch in line.stretches where stretch.end.minutes > reached {
            guard stretch.start.minutes <= reached, stretch.spare > 0 else { return false }
            reached = stretch.end.minutes
            if reached >= end { return true }
        }
        return reached >= end
    }
}
