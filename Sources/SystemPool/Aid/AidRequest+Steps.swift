import Roster

extension AidRequest {
    /// The call one step further.
    ///
    /// The asking organisation asks, accepts and may decline an offer or withdraw its call; the lender offers, confirms
    /// once it has checked its person again, and may take its offer back, which opens the call anew. The system's own
    /// people may take every step but `confirm`: only the lender knows its person; and they alone withdraw a booking
    /// whose time is over, for one that nobody came to. A booking may be taken back while its duty is being worked, so that
    /// the gap is open again at once for whoever fell ill; what was worked by then stays in the ledger.
    ///
    /// - Parameters:
    ///   - loan: for `offer`, and for no other step.
    ///   - seen: the ``standing`` on which it is taken; nil for whatever it is.
    /// - Throws: ``SystemRefusal/changedSince(_:state:)``, ``SystemRefusal/notNow(_:state:)``, ``SystemRefusal/notYours(_:by:)``, ``SystemRefusal/loanMissing``.
    public func advanced(
        _ step: AidStep, loan: Loan? = nil, seen: String? = nil, by: Actor, reason: Remark, at: Instant
    ) throws(SystemRefusal) -> AidRequest {
        guard seen == nil || seen == standing else { throw .changedSince(id, state: state) }
        var next = self
        next.events.append(Event(step: step, at: at, by: by, reason: reason))
        // Nobody comes any more once the time is over, whatever the data of then still say.
        if at >= need.end, [.offer, .accept, .confirm].contains(step) { throw .notNow(step, state: state) }
        let isSystem = by.organisation == nil
        let isAsking = by.organisation == asking
        let isLender = by.organisation != nil && by.organisation == self.loan?.lender
        func require(_ isAllowed: Bool) throws(SystemRefusal) {
            guard isAllowed, by.role != .muster else { throw .notYours(step, by: by) }
        }
        switch (step, state) {
        case (.offer, .requested):
            guard let loan else { throw .loanMissing }
            try require(isSystem || by.organisation == loan.lender)
            guard loan.lender != asking else { throw .loanRefused(.sameOrganisation) }
            next.loan = loan
            next.state = .offered
        case (.accept, .offered):
            try require(isAsking || isSystem)
            next.state = .accepted
        case (.confirm, .accepted):
            try require(isLender)
            next.state = .confirmed
        case (.decline, .offered):
            try require(isAsking || isSystem)
            next.reopen()
        case (.decline, .accepted):
            try require(isLender)
            next.reopen()
        case (.decline, .requested):
            try require(isSystem)
            next.state = .declined
        case (.withdraw, .offered), (.withdraw, .accepted), (.withdraw, .confirmed):
            // A duty that was due to be worked: neither side alone takes its hours out of the ledger.
            let isWorked = state == .confirmed && at >= need.end
            try require(isSystem || !isWorked && (isAsking || isLender))
            if isLender { next.reopen() } else { next.state = .withdrawn }
        case (.withdraw, .requested):
            try require(isAsking || isSystem)
            next.state = .withdrawn
        case (.complete, .confirmed):
            try require(isAsking || isLender || isSystem)
            guard at >= need.end else { throw .notNow(step, state: state) }
            next.state = .completed
        default: throw .notNow(step, state: state)
        }
        return next
    }

    private mutating func reopen() {
        loan = nil
        state = .requested
    }

    /// With those of its events only: what somebody sees who takes no part in the rest.
    public func keeping(_ isKept: (Event) -> Bool) -> AidRequest {
        var kept = self
        kept.events = events.filter(isKept)
        return kept
    }

    /// What happened from the last offer on, which both of its sides see; empty before there is any.
    public var eventsSinceOffer: ArraySlice<Event> {
        events.lastIndex { $0.step == .offer }.map { events[$0...] } ?? []
    }

    /// What somebody sees who is about to take a step: another once a step was taken that both sides see.
    ///
    /// Whoever sees the call in part sees the same of this.
    public var standing: String {
        guard let loan, let offered = eventsSinceOffer.first else { return state.rawValue }
        return
            "\(state.rawValue) \(loan.lender)/\(loan.offer) \(offered.at) \(loan.travelMinutes) \(eventsSinceOffer.count)"
    }

    /// When a step was taken last; nil if it never was.
    public func time(of step: AidStep) -> Instant? { events.last { $0.step == step }?.at }

    /// Of work, which is what is paid for: without the unpaid break.
    public var minutes: Int { (need.end - need.start).count - need.breakMinutes }

    /// Who lends for how many minutes: by the booking that stands, and by those that were taken back while the duty was
    /// being worked, of which what was worked until then.
    var loans: [(lender: Organisation.ID, minutes: Int)] {
        let standing = state.isBooked ? loan.map { [($0.lender, minutes)] } ?? [] : []
        return standing + brokenOff
    }

    private var brokenOff: [(lender: Organisation.ID, minutes: Int)] {
        var confirmed: Event?
        var loans: [(lender: Organisation.ID, minutes: Int)] = []
        for event in events {
            if event.step == .confirm { confirmed = event }
            guard event.step == .withdraw, let booked = confirmed else { continue }
            confirmed = nil
            // The lender alone confirms. What is taken back once it is over was worked by nobody.
            guard let lender = booked.by.organisation, event.at < need.end else { continue }
            // When their break was nobody knows.
            let worked = min(minutes, (event.at - max(need.start, booked.at)).count)
            if worked > 0 { loans.append((lender, worked)) }
        }
        return loans
    }
}

extension AidLedger {
    /// Hours of bookings that are confirmed or done, and what was worked of those that were broken off.
    public init(_ requests: [AidRequest], of system: HealthSystem) {
        let loans = requests.flatMap { call in
            call.loans.map { (asking: call.asking, lender: $0.lender, minutes: $0.minutes) }
        }
        entries = system.members.map { member in
            let given = loans.filter { $0.lender == member.id }
            let received = loans.filter { $0.asking == member.id }
            return Entry(
                organisation: member.id, givenMinutes: given.reduce(0) { $0 + $1.minutes },
                receivedMinutes: received.reduce(0) { $0 + $1.minutes }, given: given.count,
                received: received.count)
        }
    }
}

extension Suggestion {
    /// The calls and loans that take a suggestion up, one for each move.
    public func aid(in picture: SystemPicture) -> [(
        asking: Organisation.ID, need: AidRequest.Need, loan: AidRequest.Loan
    )] {
        moves.compactMap { move in
            let receiver = picture.organisation(move.vacancy.organisation)
            guard let vacancy = receiver?.vacancies.first(where: { $0.id == move.vacancy.id }) else {
                return nil
            }
            let released = picture.organisation(offer.organisation)?.offers.first { $0.id == offer.id }?
                .releasedFrom
            return (
                move.vacancy.organisation,
                AidRequest.Need(vacancy, from: move.start, to: move.end),
                AidRequest.Loan(
                    lender: offer.organisation, offer: offer.id, source: source, agreement: agreement,
                    costOwner: costOwner, indemnity: indemnity, releasedFrom: released ?? [],
                    travelMinutes: move.travelMinutes)
            )
        }
    }
}

extension SystemPicture {
    /// The hard rule that stands against a loan, by the latest data of both sides; nil if none does.
    ///
    /// - Parameter call: the call that the loan is for, which does not stand against itself.
    public func obstacle(
        to loan: AidRequest.Loan, for need: AidRequest.Need, of asking: Organisation.ID, call: AidRequest.ID
    )
        -> BindingRule?
    {
        let others = SystemPicture(
            system: system, at: at, organisations: organisations, aid: aid.filter { $0.id != call },
            unreadableAid: unreadableAid, revision: revision)
        let instance = PoolInstance(others, isJudging: false)
        guard let lender = organisation(loan.lender), lender.isScoredAsLender,
            let receiver = organisation(asking),
            receiver.freshness == .fresh
        else { return .staleData }
        guard
            let offer = instance.offers.first(where: { $0.lender == loan.lender && $0.offer.id == loan.offer }
            ),
            offer.offer.source == loan.source, offer.offer.agreement == loan.agreement
        else { return .offerGone }
        let open = receiver.open(for: need, of: call)
        // Whoever does the whole duty has its break, however others cut what is left.
        let sent = need.vacancy.flatMap(receiver.sent)
        let whole = ([sent].compactMap(\.self) + open).first { $0.start == need.start && $0.end == need.end }
        let vacancy = Vacancy(
            id: need.vacancy ?? "call", site: need.site, unit: need.unit, staffGroup: need.staffGroup,
            grades: need.grades, skills: need.skills, start: need.start, end: need.end, missing: 1,
            isHard: need.isHard,
            reason: open.contains(where: \.isStrikeCover) || need.vacancy == nil && receiver.isStruck(need)
                ? .industrialAction : .other,
            needsInduction: open.isEmpty ? need.needsInduction : open.contains(where: \.needsInduction),
            breakMinutes: whole?.breakMinutes ?? need.breakMinutes)
        let gap = PoolGap(index: 0, receiver: asking, receiverIndex: 0, vacancy: vacancy)
        switch instance.rules.judge(offer, gap) {
        case .failure(let rule): return rule
        case .success(let arc):
            return arc.start == need.start.minutes && arc.end == need.end.minutes ? nil : .window
        }
    }
}

extension SystemPicture {
    /// The calls for a gap and a time of it that are neither booked nor over: whoever is asked for or promised there
    /// closes nothing yet. Where the gap itself may not be seen, those for what has its id.
    public func underWay(for vacancy: VacancyKey, from start: Instant, to end: Instant) -> [AidRequest] {
        let asking = organisation(vacancy.organisation)
        return aid.filter { call in
            call.asking == vacancy.organisation && !call.state.isBooked && !call.state.isOver
                && call.need.start < end && start < call.need.end
                && asking?.open(for: call.need, of: call.id).contains { $0.id == vacancy.id }
                    ?? (call.need.vacancy == vacancy.id)
        }
    }
}

extension OrganisationPicture {
    /// What is open now of the gap that a call is for, and of its time: a gap is cut by what is booked of it, and is whole
    /// again when that is taken back, so a call may be for a part of which nobody speaks any more. In order of time.
    ///
    /// - Parameter call: nil before it is made. Later its gap may have another id, in newer data or because nobody comes
    ///   under the call any more.
    public func open(for need: AidRequest.Need, of call: AidRequest.ID? = nil) -> [Vacancy] {
        part(of: vacancies, for: need, of: call)
    }

    /// The gaps for which a call promises somebody, as they are if nobody comes.
    public func promised(by call: AidRequest) -> [Vacancy] {
        part(of: withoutPromises, for: call.need, of: call.id)
    }

    private func part(of vacancies: [Vacancy], for need: AidRequest.Need, of call: AidRequest.ID?)
        -> [Vacancy]
    {
        guard let asked = need.vacancy else { return [] }
        var gaps = [sent(asked)?.id ?? asked]
        if let call { gaps += [Vacancy.ID(call.text)] + (push?.gaps(of: need).map(\.id) ?? []) }
        return vacancies.filter { vacancy in
            vacancy.start < need.end && need.start < vacancy.end
                && gaps.contains(where: vacancy.id.isPart)
        }.sorted { $0.start < $1.start }
    }

    /// Whether somebody like that is missing there meanwhile for a strike, whom nobody is asked to stand in for.
    public func isStruck(_ need: AidRequest.Need) -> Bool {
        vacancies.contains {
            // Of a place for several professions its grades say who is meant.
            let isAlike = $0.staffGroup == .other && !Set($0.grades).isDisjoint(with: need.grades)
            return $0.isStrikeCover && $0.unit == need.unit
                && ($0.staffGroup == need.staffGroup || isAlike)
                && $0.start < need.end && need.start < $0.end
        }
    }

    /// The gap as it was pushed, of which an id names all or a part.
    fileprivate func sent(_ id: Vacancy.ID) -> Vacancy? {
        push?.vacancies.filter { id.isPart(of: $0.id) }.max { $0.id.text.count < $1.id.text.count }
    }
}
