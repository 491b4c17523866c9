import HTTPTypes
import Hummingbird
import Roster
import SystemPool

/// What the forms do. Each step is one transaction of the records with its audit row.
struct Actions: Sendable {
    let watch: SystemWatch
    let now: @Sendable () -> Instant

    var records: any SystemRecords { watch.records }

    func add(to router: Router<WebContext>) {
        addAid(to: router)
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
            "/escalation#e-\(try standDown(form, context).organisation.text)"
        }
        step("\(API.prefix)/escalation/:organisation/stand-down", on: router, standDown)
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
    func action(
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

    /// The same for a program, which is answered with what there is then.
    func step(
        _ path: String, on router: Router<WebContext>, status: HTTPResponse.Status = .ok,
        _ perform: @escaping @Sendable (SubmittedForm, WebContext) throws -> some Encodable & Sendable
    ) {
        router.post(RouterPath(path)) { request, context in
            try context.require(.act)
            let form = try await SubmittedForm(json: request, from: context.visitor)
            let answer = try Response.json(
                try Problem.translating { try perform(form, context) }, status: status)
            await watch.follow()
            return answer
        }
    }

    @Sendable private func standDown(_ form: SubmittedForm, _ context: WebContext) throws -> EscalationState {
        let organisation = try organisation(context)
        return try records.standDown(
            organisation, by: try actor(form, for: organisation, context), reason: try reason(form),
            at: now())
    }

    // MARK: - What forms have in common

    /// The role in which somebody acts, and for which organisation; those who see the whole system act for it.
    func actor(_ form: SubmittedForm, for organisation: Organisation.ID, _ context: WebContext) throws
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

    func reason(_ form: SubmittedForm) throws -> Remark {
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
