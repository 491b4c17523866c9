import MusterFiles
import Roster
import SystemPool

/// Where and when risk arises, and the register of risks.
struct RisksPage {
    let view: SystemView
    let visitor: Visitor
    let part: Int
    /// Whose part of the register is shown, before any other.
    var risk: RiskRow.ID?

    private static let length = 20

    /// Where a row is found in whatever part it stands.
    static func path(to risk: RiskRow.ID) -> String { "/risks?risk=\(risk)#r-\(risk)" }

    var page: Page {
        let heat = HeatMap(view: view)
        return Page(
            title: "Risks", section: .risks, revision: view.version,
            content: """
                <h2>Where and when</h2>\(heat.html)
                <h2 id="part">Register</h2>
                <p>Hard gaps and repeated shortage raise a row by themselves; only a person closes one.</p>
                \(unreadable)\(register)
                \(RiskForms(view: view, visitor: visitor).raising)
                """)
    }

    private var unreadable: HTML {
        view.unreadableRisks.words.map { "<div class=\"notice warn\"><p>\($0)</p></div>" } ?? ""
    }

    private var register: HTML {
        let rows = view.risks.inOrder
        let place = risk.flatMap { id in rows.firstIndex { $0.id == id } }
        let portion = Portion(rows, page: place.map { $0 / Self.length + 1 } ?? part, size: Self.length)
        return
            "\(Cards.list(portion.items.map(card), none: "No risk is open."))\(portion.links("/risks", "part"))"
    }

    private func card(_ risk: RiskRow) -> HTML {
        let organisation = risk.organisation
        let shared =
            risk.sharedWith.isEmpty
            ? "nobody" : risk.sharedWith.map(view.names.organisation).joined(separator: ", ")
        let state: HTML =
            risk.isPresent ? "" : tag(.plain, "What raised it is gone; a person has to close it")
        return """
            <li class="card \(risk.score >= 15 ? "bad" : risk.score >= 8 ? "warn" : "")" id="r-\(risk.id.text)">
            <h3>\(view.names.spoken(risk.cause, of: organisation))</h3>
            <p>\(tag(risk.score >= 15 ? .bad : risk.score >= 8 ? .warn : .plain, "Score \(risk.score): likelihood \(risk.likelihood), impact \(risk.impact)")) \
            Trend \(since(risk)): \(risk.trend.rawValue). \(state)</p>
            <dl><dt>Number</dt><dd>\(risk.id.text)</dd><dt>Where</dt><dd>\(risk.place(view.names))</dd><dt>When</dt><dd>\(span(risk.start, risk.end))</dd>
            \(gaps(risk))\
            <dt>Accountable</dt><dd>\(view.names.organisation(organisation)), \(risk.owner.words)</dd>
            <dt>Shared with</dt><dd>\(shared)</dd><dt>Indemnity</dt><dd>\(risk.indemnity.words)</dd>
            <dt>Mitigation</dt><dd>\(risk.mitigation?.text ?? "none yet")</dd>
            <dt>Harms</dt><dd>\(risk.potentialHarms) potential, \(risk.actualHarms) actual</dd>
            <dt>Opened</dt><dd>\(moment(risk.opened)); review due \(moment(risk.reviewDue))\
            \(risk.reviewDue < view.now ? tag(.bad, "Overdue") : "")</dd></dl>
            \(reviews(risk))\(forms(risk))</li>
            """
    }

    private func since(_ risk: RiskRow) -> String {
        risk.compared == nil
            ? "since the data before" : risk.reviews.isEmpty ? "since it was raised" : "since its last review"
    }

    /// Those that are still open lead to their pages.
    private func gaps(_ risk: RiskRow) -> HTML {
        let links = risk.vacancies.filter { view.vacancy($0) != nil }.map {
            "<dd><a href=\"\($0.path)\">\($0.id.text)</a></dd>" as HTML
        }
        return links.isEmpty ? "" : "<dt>Gaps</dt>\(links)"
    }

    private func reviews(_ risk: RiskRow) -> HTML {
        guard !risk.reviews.isEmpty else { return "" }
        let items = risk.reviews.map {
            "<li>\(moment($0.at)), \($0.by.description): \($0.remark.text)</li>" as HTML
        }
        return "<details id=\"v-\(risk.id.text)\"><summary>Reviews</summary><ol>\(items)</ol></details>"
    }

    private func forms(_ risk: RiskRow) -> HTML {
        guard visitor.may(.act), visitor.covers(risk.organisation.text) else { return "" }
        return RiskForms(view: view, visitor: visitor).changing(risk)
    }
}
