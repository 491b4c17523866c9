import Roster

/// Cover by hour: a strip under each day of the rota, and the numbers in tables further down.
extension RotaPage {
    func strips(of unit: Unit, days: [Day]) -> HTML {
        let rules = cover.filter { $0.rule.unit == unit.id }
        guard !rules.isEmpty else { return "" }
        let rows = rules.map { cover -> HTML in
            let cells = cover.days.filter { days.contains($0.day) }.map { strip($0, of: cover) }
            let hard: HTML = cover.rule.hard ? " <b>(hard)</b>" : ""
            return """
                <tr><th scope="row" class="name">\(cover.rule.name)\(hard)</th>\(cells)<td></td><td></td><td></td><td></td></tr>

                """
        }
        return """
            <tbody class="strips">
            <tr class="group"><th scope="row" class="name">Cover by hour</th>\
            \(days.map { _ in "<td></td>" as HTML })<td></td><td></td><td></td><td></td></tr>
            \(rows)</tbody>
            """
    }

    /// Blue: people there. Line: people needed. Red: missing, which the words under it say too.
    private func strip(_ strip: CoverByHour.DayStrip, of cover: CoverByHour) -> HTML {
        let style: HTML = strip.day.weekday >= .saturday ? " class=\"we\"" : ""
        guard strip.hours.contains(where: { $0 != nil }) else { return "<td\(style)>–</td>" }
        let height = cover.tallest
        var there = ""
        var missing = ""
        var line = ""
        for (hour, value) in strip.hours.enumerated() {
            guard let value else { continue }
            there += Self.bar(hour, from: 0, to: min(value.planned, height), of: height)
            missing += Self.bar(hour, from: value.planned, to: value.required, of: height)
            line += "M\(hour) \(height - value.required)h1"
        }
        let short = strip.hours.compactMap(\.self).filter { $0.missing > 0 }
        let words = short.isEmpty ? "✓" : "−\(short.map(\.missing).max() ?? 0)"
        return """
            <td\(style)><svg viewBox="0 0 \(strip.hours.count) \(height)" preserveAspectRatio="none" role="img" \
            aria-label="\(cover.rule.name), \(strip.day.brief): \(Self.spoken(strip))"><path class="there" d="\(there)"/>\
            \(missing.isEmpty ? "" : "<path class=\"missing\" d=\"\(missing)\"/>" as HTML)<path class="needed" d="\(line)"/></svg>\
            <span class="\(short.isEmpty ? "ok" : "short")">\(words)</span></td>
            """
    }

    private static func bar(_ hour: Int, from: Int, to: Int, of height: Int) -> String {
        to > from ? "M\(hour) \(height - to)h1v\(to - from)h-1z" : ""
    }

    /// `covered`, or `1 missing from 03:00, 2 missing from 04:00`.
    private static func spoken(_ strip: CoverByHour.DayStrip) -> String {
        var parts: [String] = []
        var last = 0
        for (hour, value) in strip.hours.enumerated() {
            let missing = value?.missing ?? 0
            if missing != last {
                let clock = strip.clock(hour)
                parts.append(missing == 0 ? "covered from \(clock)" : "\(missing) missing from \(clock)")
            }
            last = missing
        }
        return parts.isEmpty ? "covered" : parts.joined(separator: ", ")
    }

    // MARK: Numbers

    var coverSection: HTML {
        let tables = cover.map { cover -> HTML in
            """
            <details><summary>\(cover.rule.name), \(output.name(of: cover.rule.unit))</summary>
            \(Self.scrolling(cover.rule.name, class: "hours", numbers(cover)))
            </details>

            """
        }
        return Self.section(
            "cover", "Cover, hour by hour",
            """
            <p>People there / people needed, at the worst minute of each hour. An hour that is short is marked !.</p>
            \(tables)
            """)
    }

    private func numbers(_ cover: CoverByHour) -> HTML {
        let heads = (0..<24).map {
            "<th scope=\"col\">\(ClockTime(minute: $0 * 60).description)</th>" as HTML
        }
        let rows = cover.days.map { strip -> HTML in
            let cells = (0..<24).map { clock -> HTML in
                // In autumn an hour comes twice, in spring one is left out.
                let hours = strip.hours.indices.filter { strip.clock($0).minute == clock * 60 }
                guard let hour = hours.compactMap({ strip.hours[$0] }).max(by: { $0.missing < $1.missing })
                else {
                    return "<td></td>"
                }
                return hour.missing > 0
                    ? "<td class=\"short\">\(hour.planned)/\(hour.required)!</td>"
                    : "<td>\(hour.planned)/\(hour.required)</td>"
            }
            return "<tr><th scope=\"row\">\(strip.day.brief)</th>\(cells)</tr>\n"
        }
        return """
            <table>
            <caption>\(cover.rule.name)</caption>
            <thead><tr><th scope="col">Day</th>\(heads)</tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>
            """
    }
}

extension CoverByHour {
    /// The scale of its strips: what is needed at most, and one more so that a surplus shows.
    fileprivate var tallest: Int {
        let hours = days.flatMap(\.hours).compactMap(\.self)
        return max(1, hours.map(\.required).max() ?? 1) + 1
    }
}
