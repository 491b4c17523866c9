import DemandForecast
import Roster

/// `forecast.html`: what is expected and what it asks for, as pictures and numbers on one page that needs nothing else.
struct ForecastPage {
    let output: ForecastOutput

    init(_ output: ForecastOutput) { self.output = output }

    var html: HTML {
        let period = output.period
        return """
            <!DOCTYPE html>
            <html lang="en-GB">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>Forecast \(period.first.brief) to \(period.last.brief) \(period.last.year): \(output.folder.name)</title>
            <style>\(RotaPage.style)svg{max-width:100%;height:auto;background:#fff}</style>
            </head>
            <body>
            <header><h1>Forecast for \(output.folder.name)</h1>
            <p>\(period.first.long) to \(period.last.long)</p></header>
            <main>
            <p class="note">A forecast says what to expect, not what will come. Judge it with what you know: events, \
            outbreaks, a new service. Put those into events.csv and run it again.</p>
            <h2>Who will come</h2>
            \((output.forecast.series + output.forecast.totals).map(section))
            \(output.required.isEmpty ? "" : "<h2>Who is needed</h2>")
            \(output.required.map(staff))
            \(output.backtest.map(backtest) ?? "")
            </main></body></html>

            """
    }

    private func section(_ series: SeriesForecast) -> HTML {
        let days = output.period.dayCount
        let chart = FanChart(
            past: series.step == .month ? [] : series.recent,
            means: Array(series.means.prefix(days)), quantiles: Array(series.quantiles.prefix(days * 7)),
            title: "\(series.id), a day")
        let notes: [HTML] = series.notes.map { "<li>\($0)</li>" }
        let months: HTML = series.months.isEmpty ? "" : monthTable(series)
        return """
            <h3>\(series.id.description)</h3>
            <p>\(series.basis.words). Expected: \(decimal(series.means.prefix(days).reduce(0, +) / Double(max(1, days)))) \
            a day.</p>\(notes.isEmpty ? "" : "<ul>\(notes)</ul>")
            \(chart.svg)\(months)
            """
    }

    private func monthTable(_ series: SeriesForecast) -> HTML {
        let rows: [HTML] = series.months.map { month in
            let cells: [HTML] = ([month.mean] + month.quantiles).map { "<td>\(decimal($0.rounded()))</td>" }
            return "<tr><th scope=\"row\">\(String(month.month.description.prefix(7)))</th>\(cells)</tr>"
        }
        return """
            <div class="scroll"><table><thead><tr><th scope="col">Month</th><th scope="col">Mean</th>\
            \(Self.levels)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func staff(_ staff: RequiredStaff) -> HTML {
        let name = output.folder.coverRules.first { $0.id == staff.rule.rule }?.name ?? staff.rule.rule.text
        let week = (0..<min(7, output.period.dayCount) * 24).map { staff.means[$0] }
        let chart = FanChart(
            past: [], means: week, quantiles: Array(staff.quantiles.prefix(week.count * 7)),
            title: "\(name): people needed, first week by the hour")
        return """
            <h3>\(name)</h3><p>\(staff.rule.arithmetic)</p>\(chart.svg)
            """
    }

    private func backtest(_ backtest: Backtest) -> HTML {
        let rows: [HTML] = backtest.rows.map { row in
            let cells: [HTML] = row.cells.map { "<td>\($0)</td>" }
            return "<tr><th scope=\"row\">\(row.series)</th>\(cells)</tr>"
        }
        let heads: [HTML] = Backtest.columns.map { "<th scope=\"col\">\($0)</th>" }
        return """
            <h2>How good earlier forecasts would have been</h2>
            <p>\(backtest.method)</p>
            <div class="scroll"><table><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private static var levels: [HTML] {
        QuantileLevels.all.map { "<th scope=\"col\">\(Int(($0 * 100).rounded())) %</th>" }
    }
}

extension SeriesForecast.Basis {
    /// From what the forecast was made, in a phrase.
    package var words: String {
        switch self {
        case .own(let shares):
            let parts = shares.filter { $0.value >= 0.005 }.sorted {
                ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue)
            }
            return parts.map { "\($0.key.rawValue) \(Int(($0.value * 100).rounded())) %" }.joined(
                separator: ", ")
        case .borrowed(let other, let days):
            return "\(counted(days, "day")) of its own: shape borrowed from \(other)"
        case .levelOnly(let days):
            return
                "\(counted(days, "count")) of its own and nothing to borrow from: its mean, even over the week"
        }
    }
}

/// What was, as a line, and what is expected, as bands of 50, 80 and 90 %, in SVG.
struct FanChart {
    let past: [Double]
    let means: [Double]
    let quantiles: [Double]
    let title: String

    private static let width = 900.0
    private static let height = 220.0
    private static let left = 45.0

    var svg: HTML {
        let known = past.filter { !$0.isNaN }
        let top = max(1, ((known + quantiles).max() ?? 1) * 1.08)
        let step = (Self.width - Self.left) / Double(max(1, past.count + means.count - 1))
        func x(_ index: Int) -> Double { Self.left + Double(index) * step }
        func y(_ value: Double) -> Double { 10 + (1 - value / top) * (Self.height - 35) }
        func line(_ values: [Double], from start: Int) -> String {
            var isOpen = false
            return values.enumerated().map { index, value in
                guard !value.isNaN else {
                    isOpen = false
                    return ""
                }
                defer { isOpen = true }
                return "\(isOpen ? "L" : "M")\(tenths(x(start + index))) \(tenths(y(value)))"
            }.joined()
        }
        let bands: [HTML] = [(0, 6, "#d2e3f3"), (1, 5, "#a9cbe8"), (2, 4, "#79add9")].map {
            low, high, colour in
            let upper = means.indices.map { (x(past.count + $0), y(quantiles[$0 * 7 + high])) }
            let lower = means.indices.reversed().map { (x(past.count + $0), y(quantiles[$0 * 7 + low])) }
            let points = (upper + lower).map { "\(tenths($0.0)),\(tenths($0.1))" }.joined(separator: " ")
            return "<polygon points=\"\(points)\" fill=\"\(colour)\"/>"
        }
        let ticks: [HTML] = [0, top / 2, top].map { value in
            """
            <text x="\(tenths(Self.left - 6))" y="\(tenths(y(value) + 4))" text-anchor="end" font-size="12">\
            \(decimal(value < 10 ? (value * 10).rounded() / 10 : value.rounded()))</text>
            """
        }
        return """
            <svg role="img" viewBox="0 0 900 220" width="900" height="220" font-family="Arial,sans-serif" fill="#212b32">\
            <title>\(title): what was (line), what is expected (dark line) and the bands of 50, 80 and 90 per cent</title>\
            \(bands)<path d="\(line(past, from: 0))" fill="none" stroke="#4c6272"/>\
            <path d="\(line(means, from: past.count))" fill="none" stroke="#003087" stroke-width="2"/>\
            \(ticks)<text x="45" y="215" font-size="12">\(title)</text></svg>
            """
    }

    private func tenths(_ number: Double) -> String { String((number * 10).rounded() / 10) }
}
