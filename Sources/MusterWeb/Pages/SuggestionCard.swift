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
        <li class="card" id="\(id)"><h3>\(suggestion.rank). \(title)</h3>
        <ul>\(suggestion.moves.map(move))</ul>
        <p>\(suggestion.why)</p>
        <dl><dt>Who</dt><dd>\(suggestion.source.words(names, of: lender)), known there alone</dd>
        <dt>Lender keeps</dt><dd>\(lenderKeeps)\(lenderGaps)</dd>
        <dt>Risk without and with it</dt><dd>\(risk)</dd>
        <dt>Cost</dt><dd>\(cost)</dd>
        <dt>Indemnity</dt><dd>\(suggestion.indemnity.words)</dd></dl>
        \(actions)</li>
        """
    }

    /// `Registered nurse (B5) from Northgate Hospitals to Harbour General Hospital`.
    private var title: String {
        let group =
            suggestion.moves.compactMap { view.vacancy($0.vacancy)?.staffGroup }.first
            ?? view.picture.organisation(lender)?.offers.first { $0.id == suggestion.offer.id }?.staffGroup
        let receivers = Set(suggestion.moves.map(\.vacancy.organisation)).sorted().map(names.organisation)
        return "\((group?.words ?? "somebody").capitalisedFirst) (\(suggestion.grade.text)) from "
            + "\(names.organisation(lender)) to \(receivers.joined(separator: " and "))"
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
            \(move.travelMinutes) minutes' travel.\(underWay(move))</li>
            """
    }

    private func callsUnderWay(_ move: Suggestion.Move) -> [AidRequest] {
        view.picture.underWay(for: move.vacancy, from: move.start, to: move.end)
    }

    /// That somebody is asked for or promised there already, whom nobody has confirmed.
    private func underWay(_ move: Suggestion.Move) -> HTML {
        let calls = callsUnderWay(move).map { call in
            "<a href=\"/aid#a-\(call.id.text)\">\(call.state.words)</a>" as HTML
        }
        guard let first = calls.first else { return "" }
        return
            " <strong>Under way for this gap already:</strong> \(calls.dropFirst().reduce(first) { "\($0), \($1)" })."
    }

    private var lenderKeeps: HTML {
        suggestion.lenderEffects.words(names, of: lender)
    }

    /// What the lender's own people might be wanted for at home.
    private var lenderGaps: HTML {
        let gaps = suggestion.lenderGaps.compactMap { key in
            view.vacancy(key).map {
                "<li>\(names.place($0.unit, $0.site, of: lender)), \(span($0.start, $0.end))</li>" as HTML
            }
        }
        return when(!gaps.isEmpty, "<p>Of its own gaps they could fill instead:</p><ul>\(gaps)</ul>")
    }

    private var risk: HTML {
        let lines = suggestion.changes.map { change in
            "<li>\(names.organisation(change.organisation)): \(tenths(change.before)) to \(tenths(change.after))</li>"
                as HTML
        }
        return "<ul>\(lines)</ul>"
    }

    private func tenths(_ hours: Double) -> String { decimal((hours * 10).rounded() / 10) }

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
        // As many as are missing are asked for or promised: there is nobody more to ask for.
        let missing = view.vacancy(move.vacancy)?.missing ?? 0
        guard visitor.covers(move.vacancy.organisation.text),
            callsUnderWay(move).count < missing
        else { return "" }
        let form = "\(id)-\(move.vacancy.id.text)"
        // Two steps of one card are told apart by their names.
        let which = suggestion.moves.count > 1 ? ": \(span(move.start, move.end))" : ""
        return Form.folded(
            "\(visitor.may(.coordinate) ? "Propose this to both" : "Ask for help with this gap")\(which)",
            id: form,
            action: "/aid",
            button: visitor.may(.coordinate) ? "Propose" : "Ask",
            """
            \(Form.hidden("vacancy", move.vacancy.description))\(Form.hidden("suggestion", suggestion.id.text))\
            \(Form.signature(visitor, id: form))
            """)
    }
}

extension [Suggestion.LenderEffect] {
    /// What a lender keeps on each line that somebody is taken from.
    func words(_ names: Names, of lender: Organisation.ID) -> HTML {
        guard !isEmpty else { return "Nobody is taken from a duty there." }
        let lines = map { effect in
            """
            <li>\(names.unit(effect.unit, of: lender)), \(MusterFiles.span(effect.start, effect.end)): \(effect.presentAfter) of \
            \(effect.presentBefore) stay, \(effect.keep) must</li>
            """ as HTML
        }
        return "<ul>\(lines)</ul>"
    }

    /// The same, without times, for a choice among several.
    func short(_ names: Names, of lender: Organisation.ID) -> String {
        guard !isEmpty else { return "taken from no duty" }
        return map {
            "\(names.unit($0.unit, of: lender)) keeps \($0.presentAfter) of \($0.presentBefore), \($0.keep) must stay"
        }.joined(separator: "; ")
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
