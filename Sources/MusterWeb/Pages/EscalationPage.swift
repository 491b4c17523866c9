import MusterFiles
import Roster
import SystemPool

/// Which staffing level each organisation has reached, on which figures, and what is being done about it.
struct EscalationPage {
    let view: SystemView
    let visitor: Visitor

    var page: Page {
        Page(
            title: "Escalation", section: .escalation, revision: view.version,
            content: """
                <p class="lead">Staffing levels are this system's own, each on several figures at once. OPEL is what \
                somebody entered: Muster never works it out.</p>
                \(timeToAction)
                <p><a href="\(SituationPage.path)">The situation on one page, and raising a call</a></p>
                \(view.escalation.map(organisation))
                """)
    }

    /// How soon levels were acted upon that stood lately, those that ended included.
    private var timeToAction: HTML {
        let times =
            view.escalation.flatMap { $0.past.map(\.timeToAction) }
            + view.escalation.filter { $0.point != nil }.map(\.timeToAction)
        let done = times.compactMap { $0?.count }.sorted()
        guard !times.isEmpty else { return "" }
        let levels = counted(times.count, "level").capitalisedFirst
        guard !done.isEmpty else {
            return
                "<p>\(levels) in the last 7 days, those that ended included. No action is recorded as done.</p>"
        }
        return """
            <p>\(levels) in the last 7 days, those that ended included. A first action was done at \(done.count) of them, \
            at half of those within \(counted(done[(done.count - 1) / 2], "minute")).</p>
            """
    }

    private func organisation(_ state: EscalationState) -> HTML {
        let id = state.organisation.text
        return """
            <section class="panel" aria-labelledby="e-\(id)"><h2 id="e-\(id)">\(view.names.organisation(state.organisation))</h2>
            <p>\(Levels.ours(state)) \(Levels.opel(state))\(framework(state))</p>
            \(standing(state))
            \(table(caption(state), state.evidence))
            \(undecided(state))
            \(actions(state))
            \(past(state))
            \(standDownForm(state))\(opelForm(state))</section>
            """
    }

    private func framework(_ state: EscalationState) -> HTML {
        state.opel.map { " Framework \($0.framework)." } ?? ""
    }

    private func standing(_ state: EscalationState) -> HTML {
        guard let since = state.since else {
            return when(
                state.isUncertain, "<p>Too much is stale or missing to say that no level is reached.</p>")
        }
        let expires = state.expires.map { " It expires at \(moment($0)) unless it is reached anew." } ?? ""
        let first =
            state.timeToAction.map { " The first action was done after \(counted($0.count, "minute"))." }
            ?? ""
        return "<p>Since \(moment(since)), \(ago(view.now - since)).\(expires)\(first)</p>\(under(state))"
    }

    /// The level stands, and the figures are under it: neither hides the other.
    private func under(_ state: EscalationState) -> HTML {
        guard let since = state.underSince else { return "" }
        return """
            <p>One reading under its point ends no level: it ends when data of \
            \(moment(since + EscalationReading.settling)) or later say so too, or when somebody stands it down.</p>
            """
    }

    private func past(_ state: EscalationState) -> HTML {
        guard !state.past.isEmpty else { return "" }
        return PageTable(
            caption: "Levels that ended in the last 7 days",
            head: ["Level", "From", "Until", "Why it ended", "First action"],
            rows: state.past.map { level in
                PageTable.Row(
                    header: "\(level.level): \(level.name)",
                    cells: [
                        "\(moment(level.since))", "\(moment(level.ended))",
                        "\(level.reasonWords.capitalisedFirst)", "\(level.actionWords.capitalisedFirst)",
                    ])
            }, none: ""
        ).html
    }

    private func standDownForm(_ state: EscalationState) -> HTML {
        guard state.mayStandDown, visitor.may(.act), visitor.covers(state.organisation.text) else {
            return ""
        }
        let id = "d-\(state.organisation.text)"
        return Form.folded(
            "Stand down", id: id, action: "/escalation/\(state.organisation.text)/stand-down",
            button: "Stand the level down", Form.signature(visitor, id: id))
    }

    /// What keeps a level above the one that is reached from being ruled out.
    private func undecided(_ state: EscalationState) -> HTML {
        guard let undecided = state.undecided, undecided.evidence != state.evidence else { return "" }
        let point = undecided.point
        return table(
            "Level \(point.level): \(point.name), cannot be ruled out; \(Self.rule(point))",
            undecided.evidence)
    }

    private func table(_ caption: String, _ evidence: [EscalationState.Evidence]) -> HTML {
        guard !evidence.isEmpty else { return "" }
        return PageTable(
            caption: caption, head: ["Figure", "Point", "Value", "Measured", "Verdict"],
            rows: evidence.map { evidence in
                PageTable.Row(
                    header: "\(evidence.condition.figure.words)",
                    cells: [
                        "at \(evidence.condition.side == .atLeast ? "least" : "most") \(decimal(evidence.condition.threshold))",
                        evidence.value.map { "\(decimal($0))" } ?? Figures.missing,
                        "\(evidence.measuredAt.map(moment) ?? "")", evidence.verdict.html,
                    ])
            }, none: ""
        ).html
    }

    private func caption(_ state: EscalationState) -> String {
        let lowest = view.picture.system.escalation.points.min { $0.level < $1.level }
        guard let point = state.point ?? lowest else { return "Figures" }
        return state.point == nil
            ? "The lowest level, \(point.level): \(point.name), is \(Self.rule(point))"
            : "The level is \(Self.rule(point))"
    }

    private static func rule(_ point: EscalationPoint) -> String {
        "reached when \(point.needed) of these \(point.conditions.count) figures are"
            + (point.measuresEachOnce ? "" : ", of which those that measure the same count once")
    }

    private func actions(_ state: EscalationState) -> HTML {
        guard !state.actions.isEmpty else { return "" }
        let acts = visitor.may(.act) && visitor.covers(state.organisation.text)
        return PageTable(
            caption: "Action cards", head: ["Action", "Owner", "Due", "State"],
            rows: state.actions.map { action in
                let id = "c-\(state.organisation.text)-\(action.card.id.text)"
                let form: HTML =
                    acts && action.done == nil
                    ? Form.folded(
                        "Done", id: id,
                        action: "/escalation/\(state.organisation.text)/actions/\(action.card.id.text)",
                        button: "Mark as done",
                        Form.signature(visitor, id: id)) : ""
                return PageTable.Row(
                    header: "\(action.card.action)",
                    cells: ["\(action.card.owner.words)", "\(moment(action.due))", "\(words(action))\(form)"])
            }, none: ""
        ).html
    }

    private func words(_ action: EscalationState.Action) -> HTML {
        if let done = action.done {
            let by = action.by.map { ", \($0.description)" } ?? ""
            return tag(.good, "Done \(moment(done))\(by)")
        }
        return action.isOverdue(at: view.now) ? tag(.bad, "Overdue") : tag(.warn, "To do")
    }

    private func opelForm(_ state: EscalationState) -> HTML {
        guard visitor.may(.act), visitor.covers(state.organisation.text) else { return "" }
        let id = "o-\(state.organisation.text)"
        let levels = (1...4).map { (String($0), "OPEL \($0)") }
        return Form.folded(
            "Enter OPEL", id: id, action: "/escalation/\(state.organisation.text)/opel", button: "Enter",
            """
            \(Form.select("level", "Level", id: id, options: levels, chosen: state.opel.map { "\($0.level)" } ?? ""))\
            \(Form.text(.framework, id: id, value: state.opel?.framework ?? "2024-26"))\
            \(Form.signature(visitor, id: id))
            """)
    }
}

extension EscalationState.Evidence.Verdict {
    var html: HTML {
        switch self {
        case .met: tag(.bad, "Reached")
        case .notMet: tag(.good, "Not reached")
        case .stale: tag(.stale, "Stale, not scored")
        case .missing: tag(.stale, "Not sent")
        case .partial: tag(.stale, "Known of some units only")
        }
    }
}
