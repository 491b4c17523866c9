import Hummingbird
import Roster
import SystemPool

/// The pages and their addresses.
struct Pages: Sendable {
    private let cache = ViewCache<SharedPage>()
    /// Apart from those of the signed in, as in ``SystemWatch/boardChanges``.
    private let boardCache = ViewCache<SharedPage>()
    let watch: SystemWatch
    let access: AccessStore
    let now: @Sendable () -> Instant

    init(watch: SystemWatch, access: AccessStore, now: @escaping @Sendable () -> Instant) {
        self.watch = watch
        self.access = access
        self.now = now
    }

    func add(to router: Router<WebContext>) {
        router.get("/") { _, context in
            Response.to(context.visitor.may(.see) ? Section.overview.path : Section.board.path)
        }
        router.get("/public") { request, context in
            let view = watch.view
            let page = boardCache.value(request, [], context.visitor, version: view.version) {
                SharedPage(for: context.visitor) { _ in PublicBoard(view: view).page }
            }
            return page.page(for: context.visitor).response(to: request, context)
        }
        page("/overview", on: router) { view, _, _, _ in OverviewPage(view: view).page }
        page("/pool", ["part", "open", "unused"], on: router) { view, request, _, visitor in
            PoolPage(
                view: view, visitor: visitor, part: request.number("part"),
                open: request.number("open"), unused: request.number("unused")
            ).page
        }
        page("/aid", on: router) { view, _, _, visitor in AidPage(view: view, visitor: visitor).page }
        page("/escalation", on: router) { view, _, _, visitor in
            EscalationPage(view: view, visitor: visitor).page
        }
        page(RouterPath(SituationPage.path), on: router) { view, _, _, visitor in
            SituationPage(view: view, visitor: visitor).page
        }
        page("/risks", ["part", "risk"], on: router) { view, request, _, visitor in
            RisksPage(
                view: view, visitor: visitor, part: request.number("part"),
                risk: request.uri.queryParameters.get("risk").map { RiskRow.ID($0) }
            ).page
        }
        page("/virtual-wards", on: router) { view, _, _, _ in VirtualWardsPage(view: view).page }
        page("/organisations/:organisation", ["gaps", "offers"], on: router) {
            view, request, context, visitor in
            let organisation = try context.organisation(in: view)
            return OrganisationPage(
                view: view, organisation: organisation, visitor: visitor, gaps: request.number("gaps"),
                offers: request.number("offers")
            ).page
        }
        page("/gaps/:organisation/:gap", on: router) { view, _, context, visitor in
            let key = VacancyKey(
                try context.organisation(in: view).id, Vacancy.ID(try context.parameters.require("gap")))
            guard let vacancy = view.gap(key) else { throw Problem.notFound }
            return GapPage(view: view, key: key, vacancy: vacancy, visitor: visitor).page
        }
        router.get("/administration") { request, context in
            try context.require(.administer)
            return AdministrationPage(
                tokens: try access.tokens(), access: try access.audit(last: AdministrationPage.auditRows),
                audit: try watch.records.systemAudit(limit: AdministrationPage.auditRows), now: now(),
                part: { request.number($0.rawValue) }
            ).page.response(to: request, context)
        }
    }

    /// A page for whoever may see anything, made from the part of the view that they may see, once for all who may see
    /// the same.
    ///
    /// - Parameter parameters: Those of the query that it reads.
    private func page(
        _ path: RouterPath, _ parameters: [String] = [], on router: Router<WebContext>,
        _ make: @escaping @Sendable (SystemView, Request, WebContext, Visitor) throws -> Page
    ) {
        router.get(path) { request, context in
            try context.require(.see)
            let view = watch.view
            let page = try cache.value(
                request, parameters, context.visitor, version: view.version
            ) {
                let seen = view.seen(by: context.visitor)
                return try SharedPage(for: context.visitor) { try make(seen, request, context, $0) }
            }
            return page.page(for: context.visitor).response(to: request, context)
        }
    }
}

extension Page {
    func response(to request: Request, _ context: WebContext) -> Response {
        response(for: context.visitor).unlessKnown(to: request)
    }
}

extension WebContext {
    /// The organisation in the path, if this visitor may see it; what may not be seen looks like what does not exist.
    func organisation(in view: SystemView) throws -> OrganisationPicture {
        let id = Organisation.ID(try parameters.require("organisation"))
        try require(.see, for: id.text)
        guard let organisation = view.picture.organisation(id) else { throw Problem.notFound }
        return organisation
    }
}

extension Request {
    /// A number from the query, 1 if there is none.
    func number(_ name: String) -> Int { uri.queryParameters.get(name, as: Int.self) ?? 1 }
}
