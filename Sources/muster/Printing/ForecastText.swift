import DemandForecast
import Foundation
import MusterFiles
import Roster

/// What is expected and what it asks for, on one screen.
struct ForecastText {
    let output: ForecastOutput
    let destination: ForecastOutput.Destination
    let style: Style

    var text: String {
        let period = output.period
        let title = "\(output.folder.name): forecast for \(period.first.brief) to \(period.last.spoken)"
        return
            ([style.bold(title), ""]
            + style.section("Who will come, a day", series, none: "activity.csv counts nothing")
            + style.section("To know", notes, none: "nothing")
            + style.section("Who is needed", staff, none: "no rule asks for demand or arrivals")
            + (output.backtest.map {
                style.section("Earlier forecasts against what came", judged($0), none: "")
            } ?? [])
            + style.section("Files", files, none: "")).joined(separator: "\n")
    }

    private var series: [String] {
        let all = output.forecast.series + output.forecast.totals
        let width = all.map { $0.id.description.count }.max() ?? 0
        let days = output.period.dayCount
        return all.flatMap { series in
            let mean = series.means.prefix(days).reduce(0, +) / Double(max(1, days))
            let low = average(series, QuantileLevels.low)
            let high = average(series, QuantileLevels.high)
            let name = series.id.description.padding(toLength: width, withPad: " ", startingAt: 0)
            let line =
                "  \(name)  \(decimal(tenths(mean))) (80 %: \(decimal(tenths(low))) to \(decimal(tenths(high))))  "
                + "\(sparkline(Array(series.means.prefix(min(28, days)))))  \(series.basis.words)"
            return [line] + series.months.prefix(6).map { "    in \(months($0))" }
        } + output.forecast.unknown.map { "  \($0): no counts of the year before the period, so no forecast" }
    }

    private func months(_ forecast: MonthForecast) -> String {
        let low = decimal(forecast.quantiles[QuantileLevels.low].rounded())
        let high = decimal(forecast.quantiles[QuantileLevels.high].rounded())
        return
            "\(forecast.month.description.prefix(7)): \(decimal(forecast.mean.rounded())) (80 %: \(low) to \(high))"
    }

    private func average(_ series: SeriesForecast, _ index: Int) -> Double {
        let days = output.period.dayCount
        return (0..<days).reduce(0) { $0 + Array(series.quantiles(day: $1))[index] } / Double(max(1, days))
    }

    private var notes: [String] {
        output.forecast.series.flatMap { series in series.notes.map { "  \(series.id): \($0)." } }
            + output.notes.map { "  \($0)." }
    }

    private var staff: [String] {
        output.required.flatMap { staff -> [String] in
            let rule = output.folder.coverRules.first { $0.id == staff.rule.rule }
            let hours = (0..<output.period.dayCount * 24).filter { rule?.asks(at: $0 % 24) ?? true }
            let peak = hours.max { staff.means[$0] < staff.means[$1] } ?? 0
            let quantiles = Array(staff.quantiles(hour: peak))
            let day = output.period.first.advanced(by: peak / 24)
            return [
                "  \(staff.rule.rule): \(staff.rule.arithmetic)",
                "    most on \(day.brief) at \(ClockTime(minute: peak % 24 * 60)): \(decimal(staff.means[peak])) "
                    + "(80 %: \(decimal(quantiles[QuantileLevels.low])) to \(decimal(quantiles[QuantileLevels.high])))",
            ] + (staff.outsideSentence.map { ["    \($0)"] } ?? []) + occupancy(staff)
        } + output.seniors.flatMap { ["  \($0.rule): \($0.arithmetic)", "    \($0.sentence)"] }
    }

    /// Beds in use against those that are open: below 80 % there is room to bring patients home, above 95 % none.
    private func occupancy(_ staff: RequiredStaff) -> [String] {
        guard let occupancy = Occupancy(staff, output.forecast, days: output.period.dayCount) else {
            return []
        }
        return ["    \(occupancy.sentence)"]
    }

    private func judged(_ backtest: Backtest) -> [String] {
        let table = [Backtest.columns] + backtest.rows.map { [$0.series] + $0.cells }
        let widths = Backtest.columns.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        let lines = table.map { row in
            "  "
                + row.enumerated().map { index, cell in
                    let gap = String(repeating: " ", count: widths[index] - cell.count)
                    return index == 0 ? cell + gap : gap + cell
                }.joined(separator: "  ")
        }
        let pictures = backtest.pictured.flatMap { row in
            let title = "  \(row.series), the last \(row.horizon) \(row.isMonthly ? "months" : "days")"
            let top = (row.actual.filter { !$0.isNaN } + row.forecast).max() ?? 0
            return [
                "\(title):", "    came      \(sparkline(row.actual, top: top))",
                "    forecast  \(sparkline(row.forecast, top: top))",
            ]
        }
        return lines + pictures + ["  \(backtest.method)"]
            + backtest.notJudged.map { "  \($0)." }
    }

    private var files: [String] {
        let folder = output.folder.url
        let demand =
            switch destination {
            case .demandFile:
                "  Demand for muster solve: \(folder.appending(path: "demand.csv").path)"
            case .beside(let path):
                "  demand.csv was made or changed by hand and stays as it is; the forecast's demand: \(path)"
            case .nowhere: "  No rule asks for demand, so there is no demand.csv to write"
            }
        return [
            demand, "  Page: \(folder.appending(path: "out/forecast.html").path)",
            "  Every hour: \(folder.appending(path: "out/forecast.csv").path)",
        ]
    }

    private func tenths(_ number: Double) -> Double { (number * 10).rounded() / 10 }
}

/// A line of eight heights, from zero to the largest value or to one that several lines share; a gap where nothing
/// is known.
func sparkline(_ values: [Double], top shared: Double? = nil) -> String {
    let marks = Array("▁▂▃▄▅▆▇█")
    guard let top = shared ?? values.filter({ !$0.isNaN }).max(), top > 0 else {
        return String(repeating: "▁", count: values.count)
    }
    return String(values.map { $0.isNaN ? " " : marks[max(0, min(7, Int($0 / top * 7.999)))] })
}
