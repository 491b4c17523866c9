import HTTPTypes
import Hummingbird
import Roster
import SystemPool

/// What the forms do. Each step is one transaction of the records with its audit row.
struct Actions: Sendable {
    let watch: SystemWatch
    let now: @Sendable () -> Instant

    private var records: any SystemRecords { watch.records }

    func add(to router: Router<WebContext>) {
        action("/aid", on: router) { form, context in
            let call = try ask(form, context)
            return "/aid#a-\(call.id.text)"
        }
        action(AidForm.path, on: router) { form, context in
            let asked = try AidForm(view: watch.view, visitor: context.visitor).read(form)
            try context.require(.act, for: asked.organisation.text)
            let calls = try records.requestAid(
                asked.need, heads: asked.heads, for: asked.organisation,
                by: try actor(form, for: asked.organisation, context), reason: try reason(form), at: now())
            return "/aid\(calls.first.map { "#a-\($0.id.text)" } ?? "")"
        }
        action("/aid/:call/:step", on: router) { form, context in
            let call = try advance(form, context)
            return "/aid#a-\(call.id.text)"
        }
        step("\(API.prefix)/aid", on: router, status: .created, ask)
        step("\(API.prefix)/aid/:call/:step", on: router, status: .ok, advance)
        action("/escalation/:organisation/opel", on: router) { form, context in
            let organisation = try organisation(context)
            let level = try choice(form, "level", Int.init)
            try records.enterOpel(
                level, framework: try form.required("framework", "which framework the level is of"),
                for: organisation,
                by: try actor(form, for: organisation, context), reason: try reason(form), at: now())
            return "/escalation#e-\(organisation.text)"
        }
        action("/escalation/:organisation/actions/:card", on: router) { form, context in
            let organisation = try organisation(context)
            try records.completeAction(
                ActionCard.ID(try context.parameters.require("card")), of: organisation,
                by: try actor(form, for: organisation, context), reason: try reason(form), at: now())
            return "/escalation#e-\(organisation.text)"
        }
        action("/escalation/:organisation/stand-down", on: router) { form, context in
            let organisation = try organisation(context)
            try records.standDown(
                organisation, by: try actor(form, for: organisation, context), reason: try reason(form),
                at: now())
            return "/escalation#e-\(organisation.text)"
        }
        action(RouterPath(SituationPage.path), on: router) { form, context in
            // Those who act for the whole system raise it for all.
            let organisation = Organisation.ID(try form["organisation"])
            if !context.visitor.seesWholeSystem {
                try context.require(.act, for: organisation.text)
                guard watch.view.picture.organisation(organisation) != nil else { throw Problem.notFound }
            }
            try records.recordCall(
                by: try actor(form, for: organisation, context), reason: try reason(form), at: now())
            return SituationPage.path
        }
        action("/risks", on: router) { form, context in
            let draft = try RiskActions(system: watch.view.picture.system, form: form).draft()
            try context.require(.act, for: draft.organisation.text)
            guard let organisation = watch.view.picture.organisation(draft.organisation),
                organisation.push?.sites.contains(where: { $0.id == draft.site }) ?? false
            else { throw Problem.notFound }
            let row = try records.raiseRisk(
                draft, by: try actor(form, for: draft.organisation, context), reason: try reason(form),
                at: now())
            return RisksPage.path(to: row.id)
        }
        action("/risks/:risk/review", on: router) { form, context in
            let risk = try risk(context)
            _ = try records.reviewRisk(
                risk.id, try RiskActions(system: watch.view.picture.system, form: form).change(),
                by: try actor(form, for: risk.organisation, context), remark: try reason(form), at: now())
            return RisksPage.path(to: risk.id)
        }
        action("/risks/:risk/close", on: router) { form, context in
            let risk = try risk(context)
            _ = try records.closeRisk(
                risk.id, by: try actor(form, for: risk.organisation, context), remark: try reason(form),
                at: now())
            return "/risks"
        }
    }

    /// A form that changes something, and the page that shows what it did.
    private func action(
        _ path: RouterPath, on router: Router<WebContext>,
        _ perform: @escaping @Sendable (SubmittedForm, WebContext) throws -> String
    ) {
        router.post(path) { request, context in
            try context.require(.act)
            let form = try await SubmittedForm(request, from: context.visitor)
            do {
                let next = try Problem.translating { try perform(form, context) }
                await watch.follow()
                return Response.to(next)
            } catch var problem as Problem {
                let path = request.uri.path
                problem.refused = (form.sent, path, "/\(path.split(separator: "/").first ?? "")")
                throw problem
            }
        }
    }

    /// The same for a program, which is answered with the call as it is then.
    private func step(
        _ path: String, on router: Router<WebContext>, status: HTTPResponse.Status,
        _ perform: @escaping @Sendable (SubmittedForm, WebContext) throws -> AidRequest
    ) {
        router.post(RouterPath(path)) { request, context in
            try context.require(.act)
            let form = try await SubmittedForm(json: request, from: context.visitor)
            let call = try Problem.translating { try perform(form, context) }
            await watch.follow()
            return try Response.json(
                call.seen(by: context.visitor) ?? call.keeping { _ in false }, status: status)
        }
    }

    // MARK: - Mutual aid

    /// A call for the gap in the form, or for the part of it that a suggestion closes. Those who act for the
    /// whole system may name a suggestion, whose loan is then offered at once, for both sides to say yes to.
    @Sendable private func ask(_ form: SubmittedForm, _ context: WebContext) throws -> AidRequest {
        let parts = try form["vacancy"].split(separator: "/").map(String.init)
        guard parts.count == 2 else { throw Problem.badRequest("There is no such gap.") }
        let key = VacancyKey(.init(parts[0]), .init(parts[1]))
        try context.require(.act, for: key.organisation.text)
        guard let vacancy = watch.view.vacancy(key) ?? watch.view.gap(key) else { throw Problem.notFound }
        let step = try step(of: form["suggestion"], for: key, seenBy: context.visitor)
        let need =
            step?.need ?? AidRequest.Need(vacancy, from: max(vacancy.start, now()), to: vacancy.end)
        let by = try actor(form, for: key.organisation, context)
        let reason = try reason(form)
        let call = try records.requestAid(need, for: key.organisation, by: by, reason: reason, at: now())
        guard let step, context.visitor.may(.coordinate) else { return call }
        do {
            return try records.advanceAid(
                call.id, .offer, loan: step.loan, by: by, reason: reason, at: now())
        } catch let refusal as SystemRefusal {
            throw Problem(
                status: .conflict, title: "Asked, and nobody offered",
                detail:
                    "The call \(call.id) was made and stands. What was suggested is not possible now: \(refusal)"
            )
        }
    }

    /// What a suggestion asks for and lends in that gap; nil if the form names no suggestion.
    private func step(
        of suggestion: String, for key: VacancyKey, seenBy visitor: Visitor
    ) throws -> (need: AidRequest.Need, loan: AidRequest.Loan)? {
        guard !suggestion.isEmpty else { return nil }
        let view = watch.view
        let found = view.seen(by: visitor).solution?.suggestions.first { $0.id.text == suggestion }
        guard
            let step = found?.aid(in: view.picture).first(where: {
                $0.asking == key.organisation && $0.need.vacancy == key.id
            })
        else {
            throw Problem(
                status: .conflict, title: "Not possible now", detail: "This is no longer suggested.")
        }
        guard step.need.start - ElapsedMinutes(step.loan.travelMinutes) >= now() else {
            throw Problem(
                status: .conflict, title: "Not possible now",
                detail: "They would have to have left already. Nothing was changed.")
        }
        return (step.need, step.loan)
    }

    @Sendable private func advance(_ form: SubmittedForm, _ context: WebContext) throws -> AidRequest {
        let id = AidRequest.ID(try context.parameters.require("call"))
        guard let step = AidStep(rawValue: try context.parameters.require("step")), step != .request,
            let call = watch.view.seen(by: context.visitor).picture.aid.first(where: { $0.id == id })
        else { throw Problem.notFound }
        let loan = step == .offer ? try loan(form, for: call, context) : nil
        let organisation = try side(of: step, call, loan, context)
        try context.require(.act, for: organisation.text)
        let seen = try form["seen"]
        return try records.advanceAid(
            id, step, loan: loan, seen: seen.isEmpty ? nil : seen,
            by: try actor(form, for: organisation, context), reason: try reason(form), at: now())
    }

    /// For which organisation a visitor takes a step: the one that lends, or the one that asks.
    private func side(
        of step: AidStep, _ call: AidRequest, _ loan: AidRequest.Loan?, _ context: WebContext
    ) throws -> Organisation.ID {
        let lender = loan?.lender ?? call.loan?.lender
        switch step {
        case .request, .accept: return call.asking
        case .complete:
            return context.visitor.covers(call.asking.text) ? call.asking : lender ?? call.asking
        case .offer, .confirm: return lender ?? call.asking
        case .decline, .withdraw:
            let isAsking =
                context.visitor.covers(call.asking.text) && !(step == .decline && call.state == .accepted)
            return isAsking ? call.asking : lender ?? call.asking
        }
    }

    private func loan(
        _ form: SubmittedForm, for call: AidRequest, _ context: WebContext
    ) throws -> AidRequest.Loan {
        guard let key = OfferKey(try form["offer"]) else {
            throw Problem.badRequest("Choose who is offered.")
        }
        try context.require(.act, for: key.organisation.text)
        guard let loan = watch.view.picture.loan(of: key, for: call.need) else {
            throw Problem.badRequest("That offer is not there any more, or the site is out of its reach.")
        }
        return loan
    }

    // MARK: - What forms have in common

    /// The role in which somebody acts, and for which organisation; those who see the whole system act for it.
    private func actor(_ form: SubmittedForm, for organisation: Organisation.ID, _ context: WebContext) throws
        -> Actor
    {
        let roles = JobRole.roles(of: context.visitor)
        guard let role = JobRole(rawValue: try form["role"]), roles.contains(role) else {
            throw Problem.badRequest("Choose the role in which you act. Nothing was changed.")
        }
        return Actor(
            organisation: context.visitor.seesWholeSystem ? nil : organisation, role: role,
            token: context.visitor.token)
    }

    private func reason(_ form: SubmittedForm) throws -> Remark {
        try Remark(said: try form["reason"], in: "The reason")
    }

    private func choice<Value>(_ form: SubmittedForm, _ name: String, _ read: (String) -> Value?) throws
        -> Value
    {
        guard let value = read(try form[name]) else {
            throw Problem.badRequest("Choose a \(name). Nothing was changed.")
        }
        return value
    }

    private func organisation(_ context: WebContext) throws -> Organisation.ID {
        let id = try context.organisation(in: watch.view).id
        try context.require(.act, for: id.text)
        return id
    }

    private func risk(_ context: WebContext) throws -> RiskRow {
        let id = RiskRow.ID(try context.parameters.require("risk"))
        let seen = watch.view.seen(by: context.visitor)
        guard let risk = seen.risks.first(where: { $0.id == id }) else { throw Problem.notFound }
        try context.require(.act, for: risk.organisation.text)
        return risk
    }
}

extension Problem {
    /// What the records refuse, with a status that says of which kind it is.
    static func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let refusal as SystemRefusal {
            throw Problem(refusal)
        }
    }

    init(_ refusal: SystemRefusal) {
        let detail = "\(refusal) Nothing was changed."
        switch refusal {
        case .notYours, .notAMember: self = .forbidden(detail)
        case .unknownAid, .unknownVacancy, .unknownOffer, .unknownRisk, .unknownAction:
            self.init(status: .notFound, title: "Not there", detail: detail)
        case .notNow, .changedSince, .reviewedSince, .vacancyClosed, .riskClosed, .actionDone, .contradicts,
            .loanRefused, .noLevel, .levelReached:
            self.init(status: .conflict, title: "Not possible now", detail: detail)
        case .notConfigured: self.init(status: .serviceUnavailable, title: "Not set up", detail: detail)
        default: self = .badRequest(detail)
        }
    }
}
