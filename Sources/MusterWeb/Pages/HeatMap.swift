import MusterFiles
import Roster
import SystemPool

/// Heads missing by site, day and time of day, drawn on the server: a picture, and the same as a table.
struct HeatMap {
    let view: SystemView

    private typealias Line = HeatTable.Row

    private static let cell = 26
    private static let left = 200
    private static let top = 24

    private var lines: [Line] { view.heat.rows.filter { $0.heads.contains { $0 > 0 } } }

    var html: HTML {
        let lines = lines
        guard !lines.isEmpty else {
            return silent.isEmpty
                ? "<p>No gap is known of in these days.</p>"
                : "\(leftOut)<p>No up-to-date data show a gap in these days.</p>"
        }
        return """
            \(leftOut)
            <div class="wide">
            <p>Each number is the most heads missing at once in that hour; <strong>H</strong> marks a hard gap. The colour says the same.</p>
            <ul class="legend"><li><span class="key h1">1</span> one head</li><li><span class="key h2">2</span> two</li>\
            <li><span class="key h3">3</span> three or four</li><li><span class="key h4">5</span> more</li>\
            <li><span class="key h4">1H</span> a hard gap</li></ul>
            <div class="scroll" tabindex="0" role="region" aria-label="Map of gaps by site and hour">\(picture(lines))</div>
            <details id="heat-table"><summary>The same as a table</summary>\(table(lines))</details></div>
            <div class="narrow">\(table(lines))</div>
            """
    }

    /// Of whom, or of which of whose units, nothing up to date is known.
    private var silent: [String] {
        view.picture.organisations.flatMap { organisation -> [String] in
            guard organisation.freshness == .fresh else { return [view.names.organisation(organisation.id)] }
            return organisation.unknownUnits.map {
                "\(view.names.unit($0, of: organisation.id)) of \(view.names.organisation(organisation.id))"
            }
        }
    }

    private var leftOut: HTML {
        guard !silent.isEmpty else { return "" }
        return """
            <div class="notice warn"><p>Not shown, or not whole, because data are stale or missing: \
            \(silent.joined(separator: ", ")).</p></div>
            """
    }

    /// A heading for each organisation, and under it a line for each of its sites and days.
    private func picture(_ lines: [Line]) -> HTML {
        var y = Self.top
        var rows: [HTML] = []
        var last: Organisation.ID?
        for line in lines {
            if line.organisation != last {
                rows.append(
                    "<text class=\"o\" x=\"0\" y=\"\(y + 18)\">\(view.names.organisation(line.organisation))</text>"
                )
                y += Self.cell
                last = line.organisation
            }
            rows.append(row(line, y: y))
            y += Self.cell
        }
        let width = Self.left + 24 * Self.cell + 4
        let hours = (0..<24).filter { $0 % 3 == 0 }.map { hour in
            "<text x=\"\(Self.left + hour * Self.cell)\" y=\"16\">\(Self.clock(hour))</text>" as HTML
        }
        return """
            <svg class="chart heatmap" viewBox="0 0 \(width) \(y + 4)" width="\(width)" height="\(y + 4)" role="img" \
            aria-label="Heads missing by site, day and hour; the table below says the same">\(hours)\(rows)</svg>
            """
    }

    private func row(_ line: Line, y: Int) -> HTML {
        let cells = (0..<24).filter { line.heads[$0] > 0 }.map { hour -> HTML in
            let x = Self.left + hour * Self.cell
            return """
                <g class="h\(step(line, hour))"><rect x="\(x)" y="\(y)" width="\(Self.cell - 2)" height="\(Self.cell - 2)"/>\
                <text class="c" x="\(x + Self.cell / 2)" y="\(y + 17)">\(line.heads[hour])\(line.isHard[hour] ? "H" : "")</text></g>
                """
        }
        return """
            <text x="0" y="\(y + 17)">\(label(line))</text><rect class="h0" x="\(Self.left)" y="\(y)" \
            width="\(24 * Self.cell - 2)" height="\(Self.cell - 2)"/>\(cells)
            """
    }

    private func label(_ line: Line) -> String {
        let site = view.names.site(line.site, of: line.organisation)
        return "\(line.day.brief), \(site.count > 18 ? site.prefix(17) + "…" : site)"
    }

    private func table(_ lines: [Line]) -> HTML {
        PageTable(
            caption: "Heads missing by site, day and hour", head: ["Site and day", "Hours with gaps"],
            rows: lines.map { line in
                let stretches = stretches(line).map { stretch in
                    "\(Self.clock(stretch.lowerBound)) to \(Self.clock(stretch.upperBound)): \(line.heads[stretch.lowerBound])\(line.isHard[stretch.lowerBound] ? ", hard" : "")"
                }
                return PageTable.Row(
                    header: "\(view.names.site(line.site, of: line.organisation)), \(line.day.brief)",
                    cells: ["\(stretches.joined(separator: "; "))"])
            }, none: ""
        ).html
    }

    /// Hours that follow one another and are short of the same.
    private func stretches(_ line: Line) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for hour in 0..<24 where line.heads[hour] > 0 {
            if let last = result.last, last.upperBound == hour,
                line.heads[hour] == line.heads[last.lowerBound],
                line.isHard[hour] == line.isHard[last.lowerBound]
            {
                result[result.count - 1] = last.lowerBound..<hour + 1
            } else {
                result.append(hour..<hour + 1)
            }
        }
        return result
    }

    private func step(_ line: Line, _ hour: Int) -> Int {
        if line.isHard[hour] { return 4 }
        return switch line.heads[hour] {
        case 0: 0
        case 1: 1
        case 2: 2
        case 3...4: 3
        default: 4
        }
    }

    private static func clock(_ hour: Int) -> String { "\(hour < 10 ? "0" : "")\(hour):00" }
}
