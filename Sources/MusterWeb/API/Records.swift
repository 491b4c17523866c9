import Roster
import SystemPool

// What the API sends; the names are those of `openapi.json`, which the tests hold against it.

struct ListRecord<Item: Encodable>: Encodable {
    let asOf: Instant
    let items: [Item]
    let page: Int
    let pages: Int
    let total: Int
    /// Of risks and calls, the ids of those beside them that nobody can read; nil for other lists.
    let unreadable: [String]?
    /// Of what is worked out from data: whose were stale or missing; nil for other lists.
    let leftOut: [Organisation.ID]?
}

/// What stands beside a list, so that nothing in it is not taken for nothing there.
struct ListNotes {
    var unreadable: [String]?
    var leftOut: [Organisation.ID]?
}

extension SystemView {
    var ofPicture: ListNotes { ListNotes(leftOut: picture.leftOut) }
    var ofSolution: ListNotes { ListNotes(leftOut: solution?.leftOut ?? []) }
    var ofRisks: ListNotes { ListNotes(unreadable: unreadableRisks.map(\.id.text)) }
    var ofAid: ListNotes { ListNotes(unreadable: picture.unreadableAid.map(\.id.text)) }
}

/// The calls that were made where no gap was sent, one for each head.
struct AskedRecord: Encodable {
    let items: [AidRequest]
}

struct OrganisationRecord: Encodable {
    let id: Organisation.ID
    let name: String
    let kind: Member.Kind
    let freshness: OrganisationPicture.Freshness
    let extractedAt: Instant?
    /// With those for which somebody is promised: promised is not covered.
    let vacancies: Int
    let hardVacancies: Int
    /// Of these, those for which somebody is promised.
    let promisedVacancies: Int
    let metrics: [Metric]
    /// Muster's own; 0 while no point is reached, nil if it is not known.
    let staffingLevel: Int?
    /// Whether a level above it cannot be ruled out.
    let isUncertain: Bool
    /// Units of which nothing is known on some day.
    let unknownUnits: [Roster.Unit.ID]
    /// Its sites whose id another organisation sent first: nobody is lent to them.
    let takenSites: [Site.ID]
    let opel: OpelEntry?

    init(_ organisation: OrganisationPicture, _ view: SystemView) {
        let state = view.escalation(of: organisation.id)
        id = organisation.id
        name = organisation.member.organisation.name
        kind = organisation.member.kind
        freshness = organisation.freshness
        extractedAt = organisation.push?.extractedAt
        vacancies = organisation.withoutPromises.count
        hardVacancies = organisation.withoutPromises.count(where: \.isHard)
        promisedVacancies = Promises(view, to: organisation).count
        metrics = organisation.metrics
        staffingLevel = state.flatMap { $0.point == nil && $0.isUncertain ? nil : $0.level }
        isUncertain = state?.isUncertain ?? true
        unknownUnits = organisation.unknownUnits
        takenSites = organisation.takenSites.sorted()
        opel = state?.opel
    }
}

/// A gap as the draft NHS interoperability nouns have it.
struct VacancyRecord: Encodable {
    let id: VacancyKey
    let organisation: Organisation.ID
    let isStale: Bool
    /// Calls under which somebody is promised: it counts as open until the lender's data say who goes.
    let promised: [AidRequest.ID]
    let vacancy: Vacancy

    init(_ vacancy: Vacancy, of organisation: OrganisationPicture, _ promises: Promises) {
        id = VacancyKey(organisation.id, vacancy.id)
        self.organisation = organisation.id
        isStale = organisation.freshness != .fresh
        promised = promises[vacancy].map(\.id)
        self.vacancy = vacancy
    }
}

struct OfferRecord: Encodable {
    let id: OfferKey
    let offer: Offer
}

/// A call for help that was confirmed: somebody, known to the lender by the offer, works there.
struct BookingRecord: Encodable {
    enum State: String, Encodable { case booked, worked }

    let id: AidRequest.ID
    let vacancy: VacancyKey?
    let state: State
    let receiver: Organisation.ID
    let lender: Organisation.ID?
    let offer: OfferKey?
    let site: Site.ID
    let unit: Unit.ID
    let start: Instant
    let end: Instant
    /// Whether the lender's own data hold it; until they do it may not be settled who goes.
    let isSettled: Bool

    init(_ call: AidRequest, _ view: SystemView) {
        isSettled = !view.unsettled.contains(call.id)
        id = call.id
        vacancy = call.need.vacancy.map { VacancyKey(call.asking, $0) }
        state = call.state == .completed ? .worked : .booked
        receiver = call.asking
        lender = call.loan?.lender
        offer = call.loan.map { OfferKey($0.lender, $0.offer) }
        site = call.need.site
        unit = call.need.unit
        start = call.need.start
        end = call.need.end
    }
}

/// The public board: small numbers are words, so that none can be read behind them.
struct PublicRecord: Encodable {
    struct Entry: Encodable {
        let organisation: String
        let days: [DayEntry]
        let virtualWardPercent: Int?
        /// Nil too once it is stale.
        let opel: OpelEntry?
    }

    struct DayEntry: Encodable {
        let day: Day
        let openGaps: String?
        let hoursFilledPercent: Int?
    }

    let asOf: Instant
    let organisations: [Entry]

    init(_ view: SystemView) {
        asOf = view.now
        organisations = view.picture.organisations.map { organisation in
            let entry = PublicEntry(organisation, view)
            let state = view.escalation(of: organisation.id)
            return Entry(
                organisation: organisation.member.organisation.name,
                days: entry.days.map {
                    DayEntry(
                        day: $0.day, openGaps: $0.gaps.map(PublicBoard.count), hoursFilledPercent: $0.filled)
                },
                virtualWardPercent: entry.virtualWard,
                opel: state?.isOpelStale == true ? nil : state?.opel)
        }
    }
}
