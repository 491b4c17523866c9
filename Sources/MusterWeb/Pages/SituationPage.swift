import MusterFiles
import Roster
import SystemPool

/// How things stand, on one page, for a call that anybody who takes part may raise at any time; and the calls that were
/// raised. It holds nothing about a person.
struct SituationPage {
    /// What the visitor may see.
    let view: SystemView
    let visitor: Visitor

    static let path = "/situation"
    /// So many of the calls that were raised are on the page, the newest first: it is one page.
    private static let most = 3

    var page: Page {
        let pack = SituationPack(
            snapshot: view.snapshot, solution: view.solution, by: Actor(organisation: nil, role: .muster),
            reason: nil, names: view.names, unsettled: view.unsettled)
        return Page(
            title: "Situation", section: .escalation, revision: view.version,
            content: """
                <p class="lead">\(pack.headline)</p>
                <p>\(pack.time). \(scope)</p>\(solving)
                <h2>Calls raised in the last 24 hours</h2>\(raised)\(form)
                \(pack.sections.map(section))
                """)
    }

    private var scope: String {
        guard visitor.organisations != nil else { return "The whole system." }
        let own = view.picture.organisations.map(\.member.organisation.name)
        return "Of what you may see: \(own.joined(separator: ", "))."
    }

    /// Whether what would help most is of other data than the rest, or of none.
    private var solving: HTML {
        if view.solution == nil { return PoolPage.nothing(view) }
        return view.isSolving ? PoolPage.again : ""
    }

    private var raised: HTML {
        let calls = view.raised.prefix(Self.most).map { call in
            "<li>\(moment(call.at)), \(who(call.by)): \(call.reason)</li>" as HTML
        }
        let others = view.raised.count - calls.count
        let more: HTML = others > 0 ? "<li>and \(others) more</li>" : ""
        return calls.isEmpty ? "<p>No call was raised.</p>" : "<ul>\(calls)\(more)</ul>"
    }

    private func who(_ actor: Actor?) -> String {
        guard let actor else { return "somebody" }
        return actor.role.words + (actor.organisation.map { " of \(view.names.organisation($0))" } ?? "")
    }

    private var form: HTML {
        guard visitor.may(.act) else { return "" }
        let own = view.picture.organisations.map {
            (value: $0.id.text, words: $0.member.organisation.name)
        }
        let choice =
            visitor.seesWholeSystem ? "" : Form.select("organisation", "For", id: "raise", options: own)
        return Form.folded(
            "Raise a call", id: "raise", action: Self.path, button: "Raise",
            "\(choice)\(Form.signature(visitor, id: "raise"))")
    }

    private func section(_ section: SituationPack.Section) -> HTML {
        let lines = section.lines.map { "<li>\($0)</li>" as HTML }
        let body: HTML = lines.isEmpty ? "<p>\(section.none)</p>" : "<ul>\(lines)</ul>"
        return "<section class=\"panel\"><h2>\(section.title)</h2>\(body)</section>"
    }
}
