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
            \(needed)
            \(notes)
            \(output.backtest.map(backtest) ?? "")
            </main></body></html>

            """
    }

    /// Series of which nothing can be said: silence would read as nobody.
    private var unknown: [HTML] {
        output.forecast.unknown.map { id in
            "<p class=\"note\"><strong>\(id.description): no forecast.</strong> There are no counts of it of the year before the period.</p>"
        }
    }

    private var needed: HTML {
        let seniors: [HTML] = output.seniors.map { need in
            let name = output.folder.coverRules.first { $0.id == need.rule }?.name ?? need.rule.text
            return "<h3>\(name)</h3><p>\(need.arithmetic): \(need.sentence).</p>"
        }
        let all = output.required.map(staff) + seniors
        return all.isEmpty ? "" : "<h2>Who is needed</h2>\(all)"
    }

    private var notes: [HTML] {
        output.notes.map { "<p class=\"note\">\($0).</p>" }
    }

    private func section(_ series: SeriesForecast) -> HTML {
        let days = output.period.dayCount
        let mean = series.means.prefix(days).reduce(0, +) / Double(max(1, days))
        let past = series.step == .month ? [] : series.recent
        let chart = FanChart(
            past: past, means: Array(series.means.prefix(days)),
            quantiles: Array(series.quantiles.prefix(days * 7)), marks: dates(past: past, of: series),
            title: "\(series.id), a day")
        let items: [HTML] = series.notes.map { "<li>\($0)</li>" }
        let notes: HTML = items.isEmpty ? "" : "<ul>\(items)</ul>"
        let months: HTML = series.months.isEmpty ? "" : monthTable(series)
        return """
            <h3>\(series.id.description)</h3>
            <p>Expected: \(decimal((mean * 10).rounded() / 10)) a day. \
            Basis: \(series.basis.words).</p>\(notes)
            \(chart.svg)\(months)
            """
    }

    /// The first day drawn, the last one counted, if days lie between it and the forecast, and the forecast's first.
    private func dates(past: [Double], of series: SeriesForecast) -> [FanChart.Mark] {
        let first = FanChart.Mark(index: past.count, text: "forecast from \(output.period.first.brief)")
        guard !past.isEmpty else { return [first] }
        let end = series.first.advanced(by: -1 - series.lead)
        let start = FanChart.Mark(index: 0, text: end.advanced(by: 1 - past.count).brief)
        guard series.lead > 0 else { return [start, first] }
        return [
            start,
            FanChart.Mark(
                index: past.count, text: "counted to \(end.brief), forecast from \(output.period.first.brief)"
            ),
        ]
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
        // At other hours nobody is asked for, whatever would be needed.
        let asked = output.folder.asked(staff.rule.rule)
        let hours = 0..<min(7, output.period.dayCount) * 24
        let week = hours.map { asked[$0] ? staff.means[$0] : 0 }
        let quantiles = hours.flatMap { hour in
            staff.quantiles(hour: hour).map { asked[hour] ? $0 : 0 }
        }
        let midnights = stride(from: 0, to: week.count, by: 24).map {
            FanChart.Mark(index: $0, text: output.period.first.advanced(by: $0 / 24).brief)
        }
        let chart = FanChart(
            past: [], means: week, quantiles: quantiles, marks: midnights,
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
            \(backtest.notJudged.map { "<p class=\"note\">\($0).</p>" as HTML })
            <div class="scroll"><table><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            \(pictures)
            """
    }

    private static var levels: [HTML] {
        QuantileLevels.all.map { "<th scope=\"col\">\(wholePercent($0, of: 1) ?? 0) %</th>" }
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
            return parts.map { "\($0.key.rawValue) \(wholePercent($0.value, of: 1) ?? 0) %" }.joined(
                separator: ", ")
        case .borrowed(let other, let days):
            return "\(counted(days, "day")) of its own: shape borrowed from \(other)"
        case .levelOnly(let days):
            return
                "\(counted(days, "count")) of its own and nothing to borrow from: its mean, even over the week"
        }
    }
}
