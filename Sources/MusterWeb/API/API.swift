import Hummingbird
import Roster
import SystemPool

/// The JSON API, version 1. What it sends is the same part of the view that the pages show to the same visitor.
struct API: Sendable {
    private let cache = ViewCache<Response>()
    let watch: SystemWatch

    init(watch: SystemWatch) { self.watch = watch }

    static let prefix = "/api/v1"

    func add(to router: Router<WebContext>) {
        router.get(RouterPath("\(Self.prefix)/openapi.json")) { request, _ in
            Response.bytes(PackageResources.openapi_json, type: "application/json", status: .ok).unlessKnown(
                to: request)
        }
        router.get(RouterPath("\(Self.prefix)/public")) { request, _ in
            try Response.json(PublicRecord(watch.view)).unlessKnown(to: request)
        }
        list("organisations", on: router) { view in
            view.picture.organisations.map { OrganisationRecord($0, view) }
        }
        list("vacancies", on: router, notes: \.ofPicture) { view in
            view.picture.organisations.flatMap { organisation -> [VacancyRecord] in
                let promises = Promises(view, to: organisation)
                return organisation.withoutPromises.map { VacancyRecord($0, of: organisation, promises) }
            }
        }
        list("bookings", on: router) { view in
            view.picture.aid.filter(\.state.isBooked).map { BookingRecord($0, view) }
        }
        list("aid", on: router, notes: \.ofAid) { view in view.picture.aid }
        list("offers", on: router) { view in
            view.picture.organisations.flatMap { organisation in
                organisation.offers.map { OfferRecord(id: OfferKey(organisation.id, $0.id), offer: $0) }
            }
        }
        solved("suggestions", on: router) { $0.suggestions }
        solved("open-vacancies", on: router) { $0.openVacancies }
        solved("unused-offers", on: router) { $0.unusedOffers }
        solved("hours", on: router) { $0.hours }
        solved("training", on: router) { $0.training.map(TrainingRecord.init) }
        list("loan-effects", on: router) { view in
            view.picture.aid.compactMap { call in
                view.effects[call.id].map { LoanEffectRecord(call.id, $0) }
            }
        }
        list("ledger", on: router) { view in view.ledger.entries }
        list("raised-calls", on: router) { view in view.raised.map(RaisedCallRecord.init) }
        list("escalation", on: router) { view in view.escalation }
        list("risks", on: router, notes: \.ofRisks) { view in view.risks }
        list("heat", on: router, notes: \.ofPicture) { view in view.heat.rows }
        one(on: router)
    }

    private func one(on router: Router<WebContext>) {
        router.get(RouterPath("\(Self.prefix)/solution")) { request, context in
            try context.require(.see)
            let view = watch.view
            let response = try cache.value(request, [], context.visitor, version: view.version) {
                guard let record = SolutionRecord(view.seen(by: context.visitor)) else {
                    throw Problem.notWorkedOut
                }
                return try Response.json(record)
            }
            return response.unlessKnown(to: request)
        }
        router.get(RouterPath("\(Self.prefix)/vacancies/:organisation/:vacancy")) { request, context in
            let view = watch.view
            let organisation = try context.organisation(in: view)
            let id = Vacancy.ID(try context.parameters.require("vacancy"))
            guard let vacancy = view.gap(VacancyKey(organisation.id, id)) else { throw Problem.notFound }
            let record = VacancyRecord(vacancy, of: organisation, Promises(view, to: organisation))
            return try Response.json(record).unlessKnown(to: request)
        }
        router.get(RouterPath("\(Self.prefix)/bookings/:booking")) { request, context in
            try context.require(.see)
            let id = AidRequest.ID(try context.parameters.require("booking"))
            let view = watch.view
            let seen = view.seen(by: context.visitor)
            guard let call = seen.picture.aid.first(where: { $0.id == id && $0.state.isBooked }) else {
                func isIn(_ view: SystemView) -> Bool { view.picture.aid.contains { $0.id == id } }
                throw isIn(view) && !isIn(seen) ? Problem.hidden : Problem.notFound
            }
            return try Response.json(BookingRecord(call, seen)).unlessKnown(to: request)
        }
    }

    /// A list out of what was worked out: none is an answer only once it has been.
    private func solved<Item: Encodable & Sendable>(
        _ name: String, on router: Router<WebContext>, _ items: @escaping @Sendable (PoolSolution) -> [Item]
    ) {
        list(name, on: router, asOf: { $0.solutionAt }, notes: \.ofSolution) { view in
            guard let solution = view.solution else { throw Problem.notWorkedOut }
            return items(solution)
        }
    }

    /// One part of a list: `?page=2&size=100`.
    ///
    /// - Parameter time: as of when its items are; nil for now.
    private func list<Item: Encodable & Sendable>(
        _ name: String, on router: Router<WebContext>,
        asOf time: @escaping @Sendable (SystemView) -> Instant? = { _ in nil },
        notes: @escaping @Sendable (SystemView) -> ListNotes = { _ in ListNotes() },
        _ items: @escaping @Sendable (SystemView) throws -> [Item]
    ) {
        router.get(RouterPath("\(Self.prefix)/\(name)")) { request, context in
            try context.require(.see)
            let view = watch.view
            let response = try cache.value(request, ["page", "size"], context.visitor, version: view.version)
            {
                let seen = view.seen(by: context.visitor)
                return try part(
                    of: items(seen), name, as: time(view) ?? view.now, notes(seen),
                    for: request)
            }
            return response.unlessKnown(to: request)
        }
    }

    private func part<Item: Encodable>(
        of items: [Item], _ name: String, as now: Instant, _ notes: ListNotes, for request: Request
    ) throws -> Response {
        let size = try request.wholeNumber("size", in: 1...200, or: 50)
        let portion = Portion(
            items, page: try request.wholeNumber("page", in: 1...100_000, or: 1), size: size)
        var response = try Response.json(
            ListRecord(
                asOf: now, items: Array(portion.items), page: portion.number, pages: portion.count,
                total: portion.total, unreadable: notes.unreadable, leftOut: notes.leftOut))
        let links = [("prev", portion.number - 1), ("next", portion.number + 1)].filter {
            (1...portion.count).contains($0.1)
        }
        if !links.isEmpty {
            response.headers[.link] = links.map {
                "<\(Self.prefix)/\(name)?page=\($0.1)&size=\(size)>; rel=\"\($0.0)\""
            }.joined(separator: ", ")
        }
        return response
    }
}

extension Request {
    fileprivate func wholeNumber(_ name: String, in range: ClosedRange<Int>, or missing: Int) throws -> Int {
        guard let text = uri.queryParameters[Substring(name)] else { return missing }
        guard let number = Int(text), range.contains(number) else {
            throw Problem.badRequest(
                "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}
