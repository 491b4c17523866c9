import MusterFiles
import Roster
import SystemPool

/// One move that would lower risk: what it does to both sides, who pays, and why it stands where it does.
struct SuggestionCard {
    let view: SystemView
    let suggestion: Suggestion
    let visitor: Visitor

    private var names: Names { view.names }
    private var lender: Organisation.ID { suggestion.offer.organisation }
    private var id: String { "s-\(suggestion.rank)" }

    var html: HTML {
        """
        <li class="card" id="\(id)"><h3>\(suggestion.rank). \(who) from \(names.organisation(lender))</h3>
        <ul>\(suggestion.moves.map(move))</ul>
        <p>\(suggestion.why)</p>
        <dl><dt>Lender keeps</dt><dd>\(lenderKeeps)</dd>
        <dt>Risk before and after</dt><dd>\(risk)</dd>
        <dt>Cost</dt><dd>\(cost)</dd>
        <dt>Indemnity</dt><dd>\(suggestion.indemnity.words)</dd></dl>
        \(actions)</li>
        """
    }

    private var who: String {
        "\(suggestion.source.words(names, of: lender)) (\(suggestion.grade.text))"
    }

    private func move(_ move: Suggestion.Move) -> HTML {
        let receiver = move.vacancy.organisation
        let hard: HTML = move.isHard ? " \(tag(.bad, "Hard gap"))" : ""
        let place: HTML =
            visitor.covers(receiver.text)
            ? "<a href=\"\(move.vacancy.path)\">\(names.place(move.unit, move.site, of: receiver))</a>"
            : "\(names.place(move.unit, move.site, of: receiver))"
        return """
            <li>To \(place), \(names.organisation(receiver)), \(span(move.start, move.end))\(hard): \
            \(personHours(move.missingBefore)) missing before, \(personHours(move.missingAfter)) after; \
            \(move.travelMinutes) minutes' travel.</li>
            """
    }

    private var lenderKeeps: HTML {
        guard !suggestion.lenderEffects.isEmpty else { return "Nobody is taken from a duty there." }
        let lines = suggestion.lenderEffects.map { effect in
            """
            <li>\(names.unit(effect.unit, of: lender)), \(span(effect.start, effect.end)): \(effect.presentAfter) of \
            \(effect.presentBefore) stay, \(effect.keep) must</li>
            """ as HTML
        }
        return "<ul>\(lines)</ul>"
    }

    private var risk: HTML {
        let lines = suggestion.changes.map { change in
            "<li>\(names.organisation(change.organisation)): \(decimal(change.before)) to \(decimal(change.after))</li>"
                as HTML
        }
        return "<ul>\(lines)</ul>"
    }

    private var cost: HTML {
        let sum = suggestion.costPence.map(pounds) ?? "no agreed rate"
        return "\(sum); \(suggestion.costOwner.words) (agreement \(suggestion.agreement.text))"
    }

    /// Each side takes its own step: the one that is short asks, the one that lends offers.
    private var actions: HTML {
        guard visitor.may(.act) else { return "" }
        let asks = suggestion.moves.filter { move in
            visitor.covers(move.vacancy.organisation.text) || visitor.covers(lender.text)
        }
        return "\(asks.map(action))"
    }

    private func action(_ move: Suggestion.Move) -> HTML {
        let call = view.picture.aid.first {
            $0.asking == move.vacancy.organisation && $0.need.vacancy == move.vacancy.id && !$0.state.isOver
        }
        if let call {
            return
                "<p><a href=\"/aid#a-\(call.id.text)\">This is on the aid board: \(call.state.words)</a></p>"
        }
        guard visitor.covers(move.vacancy.organisation.text) else { return "" }
        let form = "\(id)-\(move.vacancy.id.text)"
        return Form.folded(
            visitor.may(.coordinate) ? "Propose this to both" : "Ask for help with this gap", id: form,
            action: "/aid",
            button: visitor.may(.coordinate) ? "Propose" : "Ask",
            """
            \(Form.hidden("vacancy", move.vacancy.description))\(Form.hidden("suggestion", suggestion.id.text))\
            \(Form.signature(visitor, id: form))
            """)
    }
}

extension AidRequest.State {
    var tone: Tone {
        switch self {
        case .requested: .bad
        case .offered, .accepted: .warn
        case .confirmed, .completed: .good
        case .declined, .withdrawn: .plain
        }
    }
}
