import MusterFiles
import Roster
import SystemPool

/// One gap: what is missing, what would close it, and why nothing does.
struct GapPage {
    let view: SystemView
    let key: VacancyKey
    let vacancy: Vacancy
    let visitor: Visitor

    private var names: Names { view.names }
    private var organisation: Organisation.ID { key.organisation }
    private var promises: Promises? {
        view.picture.organisation(organisation).map { Promises(view, to: $0) }
    }

    var page: Page {
        Page(
            title: "Gap: \(names.place(vacancy.unit, vacancy.site, of: organisation))", section: .overview,
            revision: view.version,
            content: """
                <p><a href="/organisations/\(organisation.text)">\(names.organisation(organisation))</a></p>
                <p class="lead">\(vacancy.isHard ? tag(.bad, "Hard gap") : "") \(span(vacancy.start, vacancy.end))</p>
                \(promises?.notice(vacancy) ?? "")
                <dl><dt>Missing</dt><dd>\(vacancy.asked): \(personHours(vacancy.minutes))</dd>
                <dt>What for</dt><dd>\(vacancy.purpose.words)</dd>
                <dt>Why</dt><dd>\(vacancy.reason.rawValue.replacing("-", with: " "))</dd>
                <dt>How likely each is needed</dt><dd>\(vacancy.need.map { "\($0) %" }.joined(separator: ", "))</dd>
                <dt>Weight of an hour</dt><dd>\(vacancy.risk) (1 is an ordinary ward hour)</dd>
                <dt>Induction at the site</dt><dd>\(vacancy.needsInduction ? "needed" : "not needed")</dd>
                <dt>Id</dt><dd class="id">\(key.description)</dd></dl>
                <h2>What would close it</h2>\(suggestions)
                <h2>Calls for help</h2>\(calls)
                """)
    }

    private var suggestions: HTML {
        guard let solution = view.solution else { return PoolPage.nothing(view) }
        let found = solution.suggestions.filter { $0.moves.contains { $0.vacancy == key } }
        let list = found.map { SuggestionCard(view: view, suggestion: $0, visitor: visitor).html }
        let open = solution.openVacancies.first { $0.vacancy == key }.map { open in
            """
            <p>\(personHours(open.minutesMissing)) stay open: \(open.rule.words).</p>
            \(OpenGapWords.stopped(open))
            """ as HTML
        }
        if list.isEmpty, open == nil {
            return "\(begun)<p>Nothing was suggested for it.</p>"
        }
        return "\(begun)\(open ?? "")<ul class=\"cards\">\(list)</ul>"
    }

    private var begun: HTML {
        vacancy.start <= view.now
            ? "<p>It has begun: what is suggested is for the rest of it. Telephone as well.</p>" : ""
    }

    private var calls: HTML {
        let promised = promises?[vacancy] ?? []
        let underWay = Set(
            (view.picture.underWay(for: key, from: vacancy.start, to: vacancy.end) + promised).map(\.id))
        let calls = view.picture.aid.filter { call in
            call.asking == organisation && call.need.vacancy == vacancy.id || underWay.contains(call.id)
        }
        let list = calls.map { AidCard(view: view, request: $0, visitor: visitor).html }
        let form: HTML =
            visitor.may(.act) && !vacancy.isStrikeCover && view.vacancy(key) != nil
            ? Form.folded(
                "Ask the system for help", id: "ask", action: "/aid", button: "Ask",
                "\(Form.hidden("vacancy", key.description))\(Form.signature(visitor, id: "ask"))") : ""
        return "\(Cards.list(list, none: "Nobody has been asked yet."))\(form)"
    }
}

enum OpenGapWords {
    /// How many offers each rule stops.
    static func stopped(_ open: OpenVacancy) -> HTML {
        guard !open.stopped.isEmpty else { return "" }
        let items = open.stopped.map { "<li>\(counted($0.offers, "offer")): \($0.rule.words)</li>" as HTML }
        return "<ul>\(items)</ul>"
    }
}
