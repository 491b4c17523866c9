import MusterFiles
import Roster
import SystemPool

/// The aid board: who asks, who can give, what became of it, and who has given how much.
struct AidPage {
    let view: SystemView
    let visitor: Visitor

    var page: Page {
        let calls = view.picture.aid.sorted {
            ($0.need.isHard ? 0 : 1, $0.need.start, $0.id) < ($1.need.isHard ? 0 : 1, $1.need.start, $1.id)
        }
        let open = calls.filter { !$0.state.isOver && $0.state != .confirmed }
        let booked = calls.filter(\.state.isBooked)
        let over = calls.filter { $0.state.isOver && !$0.state.isBooked }
        return Page(
            title: "Mutual aid", section: .aid, revision: view.version,
            content: """
                <p class="lead">Any organisation may ask at any time. To ask for a gap, open it and choose "Ask the system for \
                help": whoever comes closes it then.</p>
                \(AidForm(view: view, visitor: visitor).html)
                \(unreadable)\(reminder(booked))
                <h2>Calls that are open</h2>\(list(open, none: "Nobody asks for help."))
                <h2>Booked</h2>\(list(booked, none: "Nothing is booked."))
                \(when(!over.isEmpty, "<details id=\"over\"><summary>Declined and withdrawn</summary>\(list(over, none: ""))</details>"))
                <h2>Given and received</h2>\(ledger)
                """)
    }

    private var unreadable: HTML {
        view.picture.unreadableAid.words.map { "<div class=\"notice bad\"><p>\($0)</p></div>" } ?? ""
    }

    private func reminder(_ booked: [AidRequest]) -> HTML {
        let unsettled = booked.filter { view.unsettled.contains($0.id) }
        guard !unsettled.isEmpty else { return "" }
        let links = unsettled.map { call in
            "<li><a href=\"#a-\(call.id.text)\">\(view.names.place(call.need.unit, call.need.site, of: call.asking)), \(span(call.need.start, call.need.end))</a></li>"
                as HTML
        }
        return """
            <div class="notice warn"><p><strong>Booked, and not settled yet who goes:</strong></p><ul>\(links)</ul></div>
            """
    }

    private func list(_ calls: [AidRequest], none: String) -> HTML {
        Cards.list(calls.map { AidCard(view: view, request: $0, visitor: visitor).html }, none: none)
    }

    private static func hours(_ minutes: Int, in duties: Int) -> HTML {
        duties == 0 ? "none" : "\(personHours(minutes)) in \(counted(duties, "duty", "duties"))"
    }

    private var ledger: HTML {
        PageTable(
            caption:
                "Hours given to and received from others, worked or booked ahead, without unpaid breaks; of a booking that "
                + "was withdrawn in the middle of its duty, those until then",
            head: ["Organisation", "Given", "Received", "Balance"],
            rows: view.ledger.entries.map { entry in
                PageTable.Row(
                    header: "\(view.names.organisation(entry.organisation))",
                    cells: [
                        Self.hours(entry.givenMinutes, in: entry.given),
                        Self.hours(entry.receivedMinutes, in: entry.received),
                        entry.balanceMinutes == 0
                            ? "even"
                            : "\(personHours(abs(entry.balanceMinutes))) more \(entry.balanceMinutes > 0 ? "given" : "received")",
                    ])
            }, none: "Nothing has been lent yet."
        ).html
    }
}

/// One call for help.
struct AidCard {
    let view: SystemView
    let request: AidRequest
    let visitor: Visitor

    private var names: Names { view.names }
    private var need: AidRequest.Need { request.need }

    var html: HTML {
        """
        <li class="card \(tone.rawValue)" id="a-\(request.id.text)">
        <h3>\(names.organisation(request.asking)) asks for help: \(need.staffGroup.words)</h3>
        <p>\(need.isHard ? tag(.bad, "Hard gap: \(need.purpose.words)") : "") \(names.place(need.unit, need.site, of: request.asking)), \
        \(span(need.start, need.end))\(asked)</p>
        <p><strong>\(request.state.words(isSettled: !view.unsettled.contains(request.id)).capitalisedFirst).</strong></p>
        \(loan)\(reminder)
        <details id="h-\(request.id.text)"><summary>What happened</summary><ol>\(request.events.map(event))</ol></details>
        \(AidActions(view: view, request: request, visitor: visitor).html)</li>
        """
    }

    private var asked: String {
        let grades = need.grades.isEmpty ? "" : ", \(need.grades.map(\.text).joined(separator: " or "))"
        let skills = need.skills.isEmpty ? "" : " with \(need.skills.map(\.text).joined(separator: " and "))"
        return grades + skills
    }

    private var loan: HTML {
        guard let loan = request.loan else { return "" }
        return """
            <p>\(loan.source.words(names, of: loan.lender)) from \(names.organisation(loan.lender)); \
            \(loan.costOwner.words); indemnity: \(loan.indemnity.words); \(loan.travelMinutes) minutes' travel.</p>
            \(view.effects[request.id].map { effect($0, on: loan.lender) } ?? "")
            """
    }

    /// What it does to the giver.
    private func effect(_ effect: LoanEffect, on lender: Organisation.ID) -> HTML {
        let missing: HTML =
            effect.missingMinutes > 0
            ? " \(personHours(effect.missingMinutes).capitalisedFirst) are missing there meanwhile already."
            : ""
        let risk: HTML =
            effect.riskHours.map { " Its risk rises by \(decimal(($0 * 10).rounded() / 10))." } ?? ""
        return """
            <dl><dt>Lender keeps</dt><dd>\(effect.lines.words(names, of: lender))\(missing)\(risk)</dd></dl>
            """
    }

    private var tone: Tone { view.unsettled.contains(request.id) ? .warn : request.state.tone }

    /// The system knows nobody: only the lender's own data tell whether somebody goes.
    private var reminder: HTML {
        guard let lender = request.loan?.lender, view.unsettled.contains(request.id) else { return "" }
        let isPassedOver = view.passedOver.contains(request.id)
        let who = names.organisation(lender)
        let elsewhere: HTML = """
             If its data are made by another system than Muster, that has to send the booking under \
            <span class="id">includes</span>: ask them.
            """
        return """
            <div class="notice warn"><p><strong>Not settled yet who goes.</strong> The gap counts as open until the data of \
            \(who) hold this booking. \(isPassedOver ? "Those that came since it was confirmed do not" : "None came since it was confirmed"). \
            There, say who goes with <span class="id">muster aid confirm \(request.id.text)</span>, then send with \
            <span class="id">muster push</span>.\(when(isPassedOver, elsewhere))</p></div>
            """
    }

    private func event(_ event: AidRequest.Event) -> HTML {
        "<li>\(moment(event.at)): \(event.step.rawValue), \(event.by.description). \(event.reason.text)</li>"
    }
}

/// The steps of a call that a visitor may take next.
struct AidActions {
    let view: SystemView
    let request: AidRequest
    let visitor: Visitor

    var html: HTML {
        guard visitor.may(.act) else { return "" }
        return "\(steps.map(form))"
    }

    private var isAsking: Bool { visitor.covers(request.asking.text) }
    private var isSystem: Bool { visitor.seesWholeSystem }
    private var isLending: Bool { request.loan.map { visitor.covers($0.lender.text) } ?? false }

    /// Nobody comes any more: what is booked was worked or was not, the rest can only be put away.
    private var isOver: Bool { request.need.end <= view.now }

    private var steps: [AidStep] {
        switch request.state {
        case .requested:
            (offers.isEmpty || isOver ? [] : [.offer]) + (isSystem ? [.decline] : [])
                + (isAsking ? [.withdraw] : [])
        case .offered: (isAsking ? (isOver ? [] : [.accept]) + [.decline] : []) + [.withdraw]
        case .accepted:
            (isLending && !isSystem ? (isOver ? [] : [.confirm]) + [.decline] : []) + [.withdraw]
        case .confirmed: isOver ? [.complete] + (isSystem ? [.withdraw] : []) : [.withdraw]
        case .declined, .withdrawn, .completed: []
        }
    }

    private func form(_ step: AidStep) -> HTML {
        let id = "f-\(request.id.text)-\(step.rawValue)"
        let choice =
            step == .offer
            ? Form.select("offer", "Who", id: id, options: offers.map { ($0.description, words($0)) }) : ""
        return Form.folded(
            step.invitation, id: id, action: "/aid/\(request.id.text)/\(step.rawValue)", button: step.button,
            "\(choice)\(Form.hidden("seen", request.standing))\(Form.signature(visitor, id: id))")
    }

    /// The visitor's own offers that could be meant; whether one may go is checked when it is sent.
    private var offers: [OfferKey] {
        view.picture.organisations.filter { $0.id != request.asking && visitor.covers($0.id.text) }.flatMap {
            lender in
            lender.offers.filter { offer in
                request.need.staffGroup.takes(offer.staffGroup)
                    && (request.need.grades.isEmpty || request.need.grades.contains(offer.grade))
                    && offer.hasConsented && offer.earliestStart <= request.need.start
                    && request.need.end <= offer.latestEnd
                    && offer.travelMinutes(to: request.need.site) != nil
            }.map { OfferKey(lender.id, $0.id) }
        }
    }

    private func words(_ key: OfferKey) -> String {
        guard
            let offer = view.picture.organisation(key.organisation)?.offers.first(where: { $0.id == key.id })
        else {
            return key.description
        }
        let names = view.names
        let loan = view.picture.loan(of: key, for: request.need)
        let effect = loan.flatMap {
            view.picture.effect(of: $0, for: request.need, call: request.id, isBooked: false)
        }
        let leaves = effect.map { ": \($0.lines.short(names, of: key.organisation))" } ?? ""
        return
            "\(offer.source.words(names, of: key.organisation)), \(offer.grade.text), \(names.organisation(key.organisation))\(leaves)"
    }
}

extension AidStep {
    var button: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// What a form offers to do.
    var invitation: String {
        switch self {
        case .request: "Ask"
        case .offer: "Offer somebody"
        case .accept: "Accept this offer"
        case .confirm: "Confirm: we have checked rest, hours and cover again"
        case .decline: "Decline"
        case .withdraw: "Withdraw"
        case .complete: "Complete: the duty was worked"
        }
    }
}
