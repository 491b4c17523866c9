import DemandForecast
import Roster

/// The rows of `demand.csv` that a forecast makes: people needed by rule, and arrivals by stream, hour by hour.
struct DemandTable {
    private(set) var table = OutputTable(
        header: ["day", "from", "to", "unit", "rule", "stream", "value"]
            + DemandFile.quantileColumns.map(\.name))
    private let output: ForecastOutput

    init(_ output: ForecastOutput) {
        self.output = output
        for staff in output.required {
            guard let rule = output.folder.coverRules.first(where: { $0.id == staff.rule.rule }) else {
                continue
            }
            for row in rows(of: [rule]) {
                let hours = row.hours.map(output.hour)
                let count = Double(hours.count)
                let mean = hours.reduce(0) { $0 + staff.means[$1] } / count
                let quantiles = (0..<QuantileLevels.count).map { index in
                    hours.reduce(0) { sum, hour in sum + Array(staff.quantiles(hour: hour))[index] } / count
                }
                append(row, rule: rule.id.text, value: mean, quantiles: quantiles)
            }
        }
        for (unit, stream, rules) in arrivals {
            let parts = output.forecast.series.filter { $0.id.unit == unit && $0.id.answers(to: stream) }
            for row in rows(of: rules) {
                let value = row.hours.map(output.hour).reduce(0) { sum, hour in
                    parts.reduce(sum) { $0 + $1.hourMeans[hour] }
                }
                append(row, unit: unit.text, stream: stream, value: value, quantiles: [])
            }
        }
    }

    var isEmpty: Bool { table.rows.isEmpty }

    /// Streams that rules reckon from, with those rules.
    private var arrivals: [(unit: Unit.ID, stream: String, rules: [CoverRule])] {
        var found: [(unit: Unit.ID, stream: String, rules: [CoverRule])] = []
        for rule in output.folder.coverRules {
            guard case .arrivals(let formula) = rule.requirement else { continue }
            for stream in formula.minutesByStream.keys.sorted() {
                if let index = found.firstIndex(where: { $0.unit == rule.unit && $0.stream == stream }) {
                    found[index].rules.append(rule)
                } else {
                    found.append((rule.unit, stream, [rule]))
                }
            }
        }
        return found
    }

    private mutating func append(
        _ row: Span, unit: String = "", rule: String = "", stream: String = "", value: Double,
        quantiles: [Double]
    ) {
        let numbers =
            quantiles.isEmpty
            ? [OutputTable.Cell](repeating: .text(""), count: QuantileLevels.count)
            : quantiles.map { OutputTable.Cell.number($0) }
        table.append(
            [
                .text(row.day.description), .text(ClockTime(minute: row.from).description),
                .text(ClockTime(minute: row.to).description), .text(unit), .text(rule), .text(stream),
                .number(value),
            ] + numbers)
    }

    // MARK: Hours

    /// One row's time and the hours of the wall clock that it stands for.
    private struct Span {
        let day: Day
        let from: Int
        let to: Int
        var hours: [HourOfDay]
    }

    /// A row for each hour in which one of the rules asks. Hours that the clocks skip have none; hours of a closed
    /// day into which a night runs belong to the last row of the evening, because a closed day takes no row.
    private func rows(of rules: [CoverRule]) -> [Span] {
        guard let unit = rules.first.flatMap({ rule in output.folder.units.first { $0.id == rule.unit } })
        else {
            return []
        }
        var rows: [Span] = []
        let hours = Set(rules.flatMap { $0.hours(in: output.folder.period, of: unit) })
        for hour in hours.sorted() {
            if unit.isClosed(on: hour.day), let last = rows.last {
                rows[rows.count - 1] = Span(
                    day: last.day, from: last.from, to: (hour.hour + 1) * 60, hours: last.hours + [hour])
                continue
            }
            guard case .skipped = London.resolve(hour.day, minute: hour.hour * 60) else {
                var end = (hour.hour + 1) * 60
                if case .skipped = London.resolve(hour.day, minute: end) { end += 60 }
                rows.append(Span(day: hour.day, from: hour.hour * 60, to: end, hours: [hour]))
                continue
            }
        }
        return rows
    }
}

extension ForecastOutput {
    /// The place of an hour in a forecast.
    func hour(_ hour: HourOfDay) -> Int {
        period.first.distance(to: hour.day) * 24 + hour.hour
    }
}
