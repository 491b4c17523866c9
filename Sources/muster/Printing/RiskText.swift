import MusterFiles
import Roster
import SystemPool

/// The risk register and the heat table, in words for a terminal.
struct RiskText {
    let snapshot: SystemSnapshot
    let style: Style

    var text: String {
        let names = Names(snapshot.picture)
        let rows = snapshot.risks.inOrder.flatMap { row($0, names) }
        let heat = HeatTable(snapshot.picture).rows.map { line($0, names) }
        let unjudged = Unjudged(snapshot.picture)
        let doubt = unjudged.map { ["  " + style.bad($0.sentence)] } ?? []
        return
            ([style.bold("\(snapshot.picture.system.name), \(moment(snapshot.picture.at))"), ""]
            + style.section(
                "Risks that are open", rows.isEmpty ? [] : rows + doubt,
                none: unjudged?.none("None is known.") ?? "none")
            + (snapshot.unreadableRisks.words.map { ["  " + style.bad($0)] } ?? []) + [""]
            + style.section(
                "People missing by site, day and hour",
                heat.isEmpty ? [] : [Self.head] + heat + [Self.key] + doubt,
                none: unjudged?.none("No gap is known of.")
                    ?? (snapshot.isInDoubt
                        ? "no gap is known of, and not of every unit anything" : "nothing is short")))
            .joined(separator: "\n")
    }

    private func row(_ row: RiskRow, _ names: Names) -> [String] {
        let shared =
            row.sharedWith.isEmpty
            ? "not shared" : "shared with \(row.sharedWith.map(names.organisation).joined(separator: ", "))"
        let due = row.reviewDue < snapshot.picture.at ? style.bad("review overdue") : "review due"
        return [
            "  \(style.bold("\(row.score)")) of 25 (\(row.likelihood) × \(row.impact)), \(row.trend.rawValue)  "
                + "\(row.id)\(row.isPresent ? "" : ", its cause is gone")",
            "     \(names.organisation(row.organisation)): \(names.spoken(row.cause, of: row.organisation))",
            "     \(row.place(names)), \(span(row.start, row.end))",
            "     owner \(row.owner.words); \(shared); indemnity: \(row.indemnity.words)",
            "     opened \(moment(row.opened)), \(due) \(moment(row.reviewDue)); harms \(row.potentialHarms) potential, "
                + "\(row.actualHarms) actual; mitigation: \(row.mitigation?.text ?? "none written down")",
        ]
    }

    private static let head = "  " + "".padding(44) + "00    06    12    18   "
    private static let key = "  . nobody; 1 to 9 so many people, + more; an hour with a hard gap is marked !"

    private func line(_ row: HeatTable.Row, _ names: Names) -> String {
        let cells = zip(row.heads, row.isHard).map { people, isHard -> String in
            isHard ? style.bad("!") : people == 0 ? "." : people > 9 ? "+" : "\(people)"
        }
        let place = "\(names.site(row.site, of: row.organisation)), \(row.day.brief)"
        return "  \(place.padding(44))\(cells.joined())"
    }
}

extension String {
    /// Filled up with spaces, or cut, to a width.
    fileprivate func padding(_ width: Int) -> String {
        let text = String(prefix(width - 1))
        return text + String(repeating: " ", count: width - text.count)
    }
}
