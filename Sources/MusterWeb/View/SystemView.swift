import MusterFiles
import Roster
import SystemPool

/// All that the pages and the API show, as of one moment.
struct SystemView: Sendable {
    var picture: SystemPicture
    var escalation: [EscalationState]
    var risks: [RiskRow]
    var unreadableRisks: [UnreadableRisk]
    var ledger: AidLedger
    /// Calls that were raised in the last ``raisedFor``, the newest first: whoever takes part may know of each.
    let raised: [SystemAuditEntry]
    /// What to do; nil until it has been worked out for the first time.
    var solution: PoolSolution?
    /// As of when it was worked out.
    var solutionAt: Instant?
    /// How often it has been worked out.
    var solutions = 0
    /// Whether the suggestions are of older data than the rest.
    var isSolving = true
    /// Bookings whose lender has not settled who goes, as far as its data tell.
    let unsettled: Set<AidRequest.ID>
    /// Of these, those that newer data of the lender leave out.
    let passedOver: Set<AidRequest.ID>
    /// What loans that are not over do to whoever lends: both sides see it, as of suggestions.
    let effects: [AidRequest.ID: LoanEffect]
    /// The names of places, also of other organisations': calls for help and suggestions say where.
    let names: Names

    init(
        picture: SystemPicture, escalation: [EscalationState], risks: [RiskRow],
        unreadableRisks: [UnreadableRisk] = [], ledger: AidLedger, raised: [SystemAuditEntry] = []
    ) {
        self.picture = picture
        self.escalation = escalation
        self.risks = risks
        self.unreadableRisks = unreadableRisks
        self.ledger = ledger
        self.raised = raised
        names = Names(picture)
        unsettled = Set(picture.unsettled.map(\.id))
        passedOver = Set(picture.passedOver.map(\.id))
        let effects = picture.aid.filter { !$0.state.isOver && $0.need.end > picture.at }.compactMap { call in
            call.loan.flatMap {
                picture.effect(of: $0, for: call.need, call: call.id, isBooked: call.state.isBooked)
            }
            .map { (call.id, $0) }
        }
        self.effects = Dictionary(effects) { first, _ in first }
    }

    static let raisedFor = ElapsedMinutes(hours: 24)

    var now: Instant { picture.at }

    /// Changes with whatever a page shows, ages included: records, suggestions, minute.
    var version: String { "\(picture.revision)-\(solutions)-\(picture.at.minutes)" }

    /// What the store holds and nobody can read.
    var damage: [String] {
        picture.organisations.filter(\.isUnreadable).map { "the latest push of \($0.id)" }
            + picture.unreadableAid.map { "call \($0.id)" } + unreadableRisks.map { "risk \($0.id)" }
    }

    var heat: HeatTable { HeatTable(picture) }

    var snapshot: SystemSnapshot {
        SystemSnapshot(
            picture: picture, escalation: escalation, risks: risks, unreadableRisks: unreadableRisks,
            ledger: ledger)
    }

    /// A gap for which somebody is to be found: without those who are booked or promised.
    func vacancy(_ key: VacancyKey) -> Vacancy? {
        picture.organisation(key.organisation)?.vacancies.first { $0.id == key.id }
    }

    /// A gap as levels and headlines count it, also one for which somebody is promised; or what is left to fill of one.
    func gap(_ key: VacancyKey) -> Vacancy? {
        picture.organisation(key.organisation)?.withoutPromises.first { $0.id == key.id } ?? vacancy(key)
    }

    func escalation(of organisation: Organisation.ID) -> EscalationState? {
        escalation.first { $0.organisation == organisation }
    }
}

extension SystemView {
    /// The part that a visitor may see. This is the one place that decides it, for pages and API alike.
    ///
    /// Of their own organisations, all. Of others: calls for help that are open to everybody, calls and suggestions in
    /// which their own take part, and risks that are shared with them; and whose data are too old, as the public board has it:
    /// without that nobody could tell what is not suggested from what is not known.
    func seen(by visitor: Visitor) -> SystemView {
        guard visitor.organisations != nil else { return self }
        func covers(_ id: Organisation.ID) -> Bool { visitor.covers(id.text) }
        var seen = self
        seen.picture = SystemPicture(
            system: picture.system, at: picture.at,
            organisations: picture.organisations.filter { covers($0.id) },
            aid: picture.aid.compactMap { $0.seen(by: visitor) },
            // Whose they are cannot be told for certain, and their ids tell nothing: whoever takes part has to know that they
            // are there.
            unreadableAid: picture.unreadableAid.map {
                UnreadableAid(id: $0.id, state: nil, asking: nil, unit: nil, lender: nil, end: nil)
            }, revision: picture.revision)
        seen.escalation = escalation.filter { covers($0.organisation) }
        seen.risks = risks.filter { covers($0.organisation) || $0.sharedWith.contains(where: covers) }
        seen.unreadableRisks = unreadableRisks.filter { $0.organisation.map(covers) ?? false }
        seen.ledger = AidLedger(entries: ledger.entries.filter { covers($0.organisation) })
        seen.solution = solution.map { solution in
            PoolSolution(
                suggestions: solution.suggestions.filter { $0.organisations.contains(where: covers) },
                results: [],
                organisations: solution.organisations.filter { covers($0.organisation) },
                hours: solution.hours.filter { covers($0.vacancy.organisation) },
                training: solution.training.filter { covers($0.offer.organisation) },
                openVacancies: solution.openVacancies.filter { covers($0.vacancy.organisation) },
                unusedOffers: solution.unusedOffers.filter { covers($0.offer.organisation) },
                leftOut: solution.leftOut)
        }
        return seen
    }
}

extension AidRequest {
    /// Nil for whom it does not concern. Of a call that was offered for before, the others see neither by whom nor why
    /// that came to nothing.
    func seen(by visitor: Visitor) -> AidRequest? {
        func covers(_ id: Organisation.ID) -> Bool { visitor.covers(id.text) }
        if visitor.seesWholeSystem || covers(asking) { return self }
        let isLending = loan.map { covers($0.lender) } ?? false
        guard isLending || loan == nil && state == .requested else { return nil }
        let since = isLending ? eventsSinceOffer : []
        return keeping { event in
            event.step == .request || event.by.organisation.map(covers) ?? false || since.contains(event)
        }
    }
}

extension Suggestion {
    /// Who lends, and who receives.
    var organisations: Set<Organisation.ID> { Set(moves.map(\.vacancy.organisation) + [offer.organisation]) }
}
