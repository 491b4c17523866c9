import DemandForecast
import Foundation
import Roster
import RosterCheck

/// A period that has passed: what was forecast against what came, and who was there against who was needed.
public struct StaffingReview: Sendable {
    /// One series over the days of which counts are known.
    public struct Forecast: Sendable {
        public let series: SeriesID
        public let days: Int
        public let forecast: Double
        public let actual: Double
        /// The share of days between the 10 and the 90 % quantile.
        public let inside: Double
        public let actuals: [Double]

        /// Forecast less actual, in per cent of the actual.
        public var biasPercent: Double { actual > 0 ? (forecast / actual - 1) * 100 : 0 }
    }

    /// One cover rule over the hours of which counts are known.
    public struct Staffing: Sendable {
        public let rule: CoverRule
        public let hours: Int
        /// Person-hours that were needed by what came and not there.
        public let under: Double
        /// Person-hours that were there beyond the next whole head needed.
        public let over: Double
        public let underHours: Int
        public let overHours: Int
        /// Hours of the week in which the level should be looked at again, worst first.
        public let advice: [Advice]
    }

    /// An hour of the week that was short, or had people to spare, at least half of the times and twice at least.
    public struct Advice: Sendable {
        public let weekday: Weekday
        public let hour: Int
        public let times: Int
        public let of: Int
        /// Heads missing on those, in the mean; below zero to spare.
        public let missing: Double
    }

    public let period: Period
    public let forecasts: [Forecast]
    public let staffing: [Staffing]
    /// Rules that were not judged, and counts that were left out, each with the reason.
    public let notJudged: [String]

    /// - Parameters:
    ///   - rota: nil if only the forecast is to be reviewed.
    public init(_ folder: ForecastFolder, forecast: DemandForecast, rota: (Scenario, Rota, CheckReport)?)
        throws
    {
        period = folder.period
        let actual = DemandForecast.actual(folder.activity, folder.outlook)
        forecasts = forecast.series.compactMap { series in
            actual[series.id].flatMap { Self.forecast(series, $0, days: folder.period.dayCount) }
        }
        var staffing: [Staffing] = []
        var notJudged = actual.series.flatMap { series in series.notes.map { "\(series.id): \($0)" } }
        for rule in folder.staffing {
            let cover = folder.coverRules.first { $0.id == rule.rule }
            let isCounted = rule.series.allSatisfy { id in
                actual.series.contains {
                    $0.id.unit == id.unit && $0.id.stream == id.stream && !$0.means.allSatisfy(\.isNaN)
                }
            }
            guard let rota, let cover else { continue }
            guard isCounted, !rule.series.isEmpty,
                let needed = RequiredStaff(rule, actual, asked: folder.asked(rule.rule))
            else {
                notJudged.append("\(rule.rule): activity.csv has no counts of these days for it")
                continue
            }
            staffing.append(Self.staffing(cover, needed, actual, rota))
        }
        self.staffing = staffing
        self.notJudged = notJudged
    }

    private static func forecast(_ made: SeriesForecast, _ actual: SeriesForecast, days: Int) -> Forecast? {
        let known = (0..<days).filter { !actual.means[$0].isNaN }
        guard !known.isEmpty else { return nil }
        let inside = known.count { day in
            let quantiles = Array(made.quantiles(day: day))
            return quantiles[QuantileLevels.low] <= actual.means[day]
                && actual.means[day] <= quantiles[QuantileLevels.high]
        }
        let number = Double(known.count)
        return Forecast(
            series: made.id, days: known.count, forecast: known.reduce(0) { $0 + made.means[$1] } / number,
            actual: known.reduce(0) { $0 + actual.means[$1] } / number, inside: Double(inside) / number,
            actuals: known.map { actual.means[$0] })
    }

    private static func staffing(
        _ rule: CoverRule, _ needed: RequiredStaff, _ actual: DemandForecast,
        _ rota: (scenario: Scenario, rota: Rota, report: CheckReport)
    ) -> Staffing {
        let requirements = rota.scenario.resolvedDemand().filter { $0.rule == rule.id }
        let cover = CoverByHour(
            rule, requirements: requirements, gaps: rota.report.gaps, rota: rota.rota, scenario: rota.scenario
        )
        var sums = (under: 0.0, over: 0.0, underHours: 0, overHours: 0, hours: 0)
        var week: [Int: [Double]] = [:]
        for (index, strip) in cover.days.enumerated() {
            for (place, hour) in strip.hours.enumerated() {
                let clock = strip.clock(place).minute / 60
                let heads = needed.means[index * 24 + clock]
                guard let hour, heads.isFinite else { continue }
                sums.hours += 1
                let missing = heads - Double(hour.planned)
                let spare = Double(hour.planned) - heads.rounded(.up)
                sums.under += max(0, missing)
                sums.over += max(0, spare)
                if missing > 0.25 { sums.underHours += 1 }
                if spare >= 1 { sums.overHours += 1 }
                let mark = missing > 0.25 ? missing : spare >= 1 ? -spare : 0
                week[strip.day.weekday.rawValue * 24 + clock, default: []].append(mark)
            }
        }
        let advice = week.flatMap { place, marks -> [Advice] in
            [marks.filter { $0 > 0 }, marks.filter { $0 < 0 }].compactMap { found in
                guard found.count >= 2, found.count * 2 >= marks.count,
                    let weekday = Weekday(rawValue: place / 24)
                else { return nil }
                return Advice(
                    weekday: weekday, hour: place % 24, times: found.count, of: marks.count,
                    missing: found.reduce(0, +) / Double(found.count))
            }
        }
        return Staffing(
            rule: rule, hours: sums.hours, under: sums.under, over: sums.over, underHours: sums.underHours,
            overHours: sums.overHours,
            advice: advice.sorted { (-$0.missing, $0.weekday, $0.hour) < (-$1.missing, $1.weekday, $1.hour) })
    }
}
