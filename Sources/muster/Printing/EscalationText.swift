import MusterFiles
import Roster
import SystemPool

/// Staffing levels and their actions, in words for a terminal.
struct EscalationText {
    let snapshot: SystemSnapshot
    let style: Style

    private var now: Instant { snapshot.picture.at }

    var text: String {
        let names = Names(snapshot.picture)
        let sections = snapshot.escalation.map { state in
            [style.bold(names.organisation(state.organisation)), "  \(level(state)); \(opel(state))"]
                + since(state)
                + state.evidence.map(evidence) + undecided(state) + state.actions.map(action)
                + state.past.map(ended)
        }
        return
            ([[style.bold("\(snapshot.picture.system.name), \(moment(now))")]] + sections)
            .map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private func level(_ state: EscalationState) -> String {
        state.point == nil && !state.isUncertain ? style.good(state.words) : style.bad(state.words)
    }

    private func opel(_ state: EscalationState) -> String {
        guard let opel = state.opel else { return "OPEL not entered" }
        let text = "OPEL \(opel.level), \(opel.entered)"
        return state.isOpelStale ? style.bad("\(text), stale") : text
    }

    private func since(_ state: EscalationState) -> [String] {
        guard let since = state.since else { return [] }
        let expires = state.expires.map { ", expires \(moment($0)) unless reached anew" } ?? ""
        let first =
            state.timeToAction.map { "; first action after \(counted($0.count, "minute"))" } ?? ""
        return ["  since \(moment(since))\(expires)\(first)"]
    }

    private func ended(_ level: EndedLevel) -> String {
        "  ended: level \(level.level), \(level.name), \(moment(level.since)) to \(moment(level.ended)): "
            + "\(level.reasonWords); \(level.actionWords)"
    }

    private func undecided(_ state: EscalationState) -> [String] {
        guard let undecided = state.undecided, undecided.evidence != state.evidence else { return [] }
        return ["  of level \(undecided.point.level), which cannot be ruled out:"]
            + undecided.evidence.map(evidence)
    }

    private func evidence(_ evidence: EscalationState.Evidence) -> String {
        let side = evidence.condition.side == .atLeast ? "at least" : "at most"
        let value = evidence.value.map(decimal) ?? "not sent"
        let verdict =
            switch evidence.verdict {
            case .met: style.bad("reached")
            case .notMet: "not reached"
            case .stale: style.bad("stale, not scored")
            case .missing: style.bad("not known")
            case .partial: style.bad("known of some units only")
            }
        return
            "  figure: \(evidence.condition.figure.words) \(value), point \(side) "
            + "\(decimal(evidence.condition.threshold)): \(verdict)"
    }

    private func action(_ action: EscalationState.Action) -> String {
        let state =
            action.done.map { style.good("done \(moment($0))") }
            ?? (action.isOverdue(at: now) ? style.bad("overdue") : "to do")
        return
            "  action: \(action.card.action); \(action.card.owner.words), due \(moment(action.due)): \(state)"
    }
}
