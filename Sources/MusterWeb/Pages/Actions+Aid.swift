import HTTPTypes
import Hummingbird
import Roster
import SystemPool

// Mutual aid: each step by a form, and by a program that sends a token.
extension Actions {
    func addAid(to router: Router<WebContext>) {
        action("/aid", on: router) { form, context in
            "/aid#a-\(try ask(form, context).id.text)"
        }
        action(AidForm.path, on: router) { form, context in
            let calls = try askWithoutGap(form, context)
            return "/aid\(calls.first.map { "#a-\($0.id.text)" } ?? "")"
        }
        action("/aid/:call/:step", on: router) { form, context in
            "/aid#a-\(try advance(form, context).id.text)"
        }
        step("\(API.prefix)/aid", on: router, status: .created) { form, context in
            Self.shown(try ask(form, context), to: context.visitor)
        }
        step("\(API.prefix)\(AidForm.path)", on: router, status: .created) { form, context in
            AskedRecord(
                items: try askWithoutGap(form, context).map { Self.shown($0, to: context.visitor) })
        }
        step("\(API.prefix)/aid/:call/:step", on: router) { form, context in
            Self.shown(try advance(form, context), to: context.visitor)
        }
    }

    /// What a visitor sees of a call after a step of their own, by which they may have left it.
    private static func shown(_ call: AidRequest, to visitor: Visitor) -> AidRequest {
        call.seen(by: visitor) ?? call.keeping { _ in false }
    }

    /// Calls for which no gap was sent, one for each head.
    private func askWithoutGap(_ form: SubmittedForm, _ context: WebContext) throws -> [AidRequest] {
        let asked = try AidForm(view: watch.view, visitor: context.visitor).read(form)
        try context.require(.act, for: asked.organisation.text)
        return try records.requestAid(
            asked.need, heads: asked.heads, for: asked.organisation,
            by: try actor(form, for: asked.organisation, context), reason: try reason(form), at: now())
    }

    /// A call for the gap in the form, or for the part of it that a suggestion closes. Those who act for the
    /// whole system may name a suggestion, whose loan is then offered at once, for both sides to say yes to.
    private func ask(_ form: SubmittedForm, _ context: WebContext) throws -> AidRequest {
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

    private func advance(_ form: SubmittedForm, _ context: WebContext) throws -> AidRequest {
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
}
