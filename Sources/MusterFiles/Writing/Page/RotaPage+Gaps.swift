import Roster

/// Every gap with its reasons, and every wish that was refused.
extension RotaPage {
    var gapSection: HTML {
        guard !output.gaps.isEmpty else {
            return Self.section("gaps", "Gaps", "<p>Nothing is short.</p>")
        }
        let rows = output.gaps.map { gap -> [HTML] in
            [
                "\(when(gap))",
                "\(output.name(of: gap.rule)), \(output.name(of: gap.unit))",
                "\(gap.severity == .hard ? "<strong>Critical vacancy</strong>" as HTML : "\(gap.severity.name)")",
                "\(people(gap))",
                "\(decimal(gap.missingHours))",
                "\(reasons(gap))",
                "<span class=\"id\" id=\"\(anchor(gap))\">\(gap.id.text)</span>",
            ]
        }
        return Self.section(
            "gaps", "Gaps",
            Self.scrolling(
                "Gaps",
                Self.table(
                    "Each gap, the worst first. Hours are hours of people missing.",
                    columns: ["When", "What", "How bad", "People", "Hours", "Why it is open", "Reference"],
                    rows: rows)))
    }

    /// Where the reasons for a gap stand on the page.
    func anchor(_ gap: Gap) -> String { "gap-\(gap.id)" }

    /// Why each person who counts for a gap cannot take it, and what closing it is worth.
    private func reasons(_ gap: Gap) -> HTML {
        guard let explanation = output.explanation(of: gap) else { return "" }
        guard !explanation.obstacles.isEmpty else { return "Nobody in this roster counts for it." }
        let items = explanation.obstacles.map { obstacle -> HTML in
            "<strong>\(output.name(of: obstacle.person))</strong>: \(obstacle.sentence)"
        }
        let worth: HTML =
            explanation.hourValue.map { value in
                let unit = gap.severity == .hard ? "minutes of hard cover" : "points of cost"
                let dual =
                    explanation.hourDual.map { " (the linear programme alone says \(decimal($0)))" } ?? ""
                return
                    "<p>One more hour here is worth \(decimal(value)) \(unit), by solving again\(dual).</p>"
            } ?? ""
        let open: HTML = gap.severity == .hard ? " open=\"\"" : ""
        return """
            <details\(open)><summary>\(explanation.summary)</summary>
            \(Self.list(items))\(worth)</details>
            """
    }

    var wishSection: HTML {
        let refused = output.wishes.filter { !$0.granted }.sorted {
            ($0.preference.day, $0.preference.person) < ($1.preference.day, $1.preference.person)
        }
        guard !refused.isEmpty else {
            let words = output.wishes.isEmpty ? "Nobody asked for anything." : "Every wish was granted."
            return Self.section("wishes", "Refused wishes", "<p>\(words)</p>")
        }
        let rows = refused.map { wish -> [HTML] in
            [
                "\(output.name(of: wish.preference.person))", "\(wish.preference.day.brief)",
                "\(words(wish.preference.wanted))", "\(wish.preference.strength)", "\(wish.sentence)",
            ]
        }
        return Self.section(
            "wishes", "Refused wishes",
            Self.scrolling(
                "Refused wishes",
                Self.table(
                    "What granting each would have cost. Strength runs from 1 (mild) to 5 (strong).",
                    columns: ["Who", "Day", "Asked for", "Strength", "Why not"], rows: rows)))
    }

    private func words(_ wanted: Wanted) -> String {
        func name(_ shift: ShiftType.ID) -> String { scenario.shiftType(shift)?.name ?? shift.text }
        return switch wanted {
        case .off: "the day off"
        case .anyShift: "any shift"
        case .shift(let shift): name(shift)
        case .avoid(let shift): "not \(name(shift))"
        }
    }
}
