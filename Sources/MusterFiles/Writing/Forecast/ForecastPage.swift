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
            \(unknown)
            \((output.forecast.series + output.forecast.totals).map(section))
            \(output.required.isEmpty ? "" : "<h2>Who is needed</h2>")
            \(output.required.map(staff))
            \(output.backtest.map(backtest) ?? "")
            </main></body></html>

            """
    }

    /// Series of which nothing can be said: silence would read as nobody.
    private var unknown: [HTML] {
        output.forecast.unknown.map { id in
            "<p class=\"note\"><strong>\(id.description): no forecast.</strong> There are no counts of it before the period.</p>"
        }
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
        let outside: HTML = staff.outsideSentence.map { "<p class=\"note\">\($0).</p>" } ?? ""
        return """
            <h3>\(name)</h3><p>\(staff.rule.arithmetic)</p>\(outside)\(occupancy(staff))\(chart.svg)
            """
    }

    private func occupancy(_ staff: RequiredStaff) -> HTML {
        guard let occupancy = Occupancy(staff, output.forecast, days: output.period.dayCount) else {
            return ""
        }
        return "<p>\(occupancy.sentence).</p>"
    }

    private func backtest(_ backtest: Backtest) -> HTML {
        let rows: [HTML] = backtest.rows.map { row in
            let cells: [HTML] = row.cells.map { "<td>\($0)</td>" }
            return "<tr><th scope=\"row\">\(row.series)</th>\(cells)</tr>"
        }
        let pictures: [HTML] = backtest.pictured.map { row in
            "<h3>\(row.series): the last \(row.horizon) \(row.isMonthly ? "months" : "days")</h3>\(TwoLines(row).svg)"
        }
        let heads: [HTML] = Backtest.columns.map { "<th scope=\"col\">\($0)</th>" }
        return """
            <h2>How good earlier forecasts would have been</h2>
            <p>\(backtest.method)</p>
            <div class="scroll"><table><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            \(pictures)
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
