import Roster

/// Makes the forecasts of a unit's streams and of their sum agree.
enum UnitTotals {
    /// The sum of each unit's arrivals, where it has several streams with counts of the same days.
    static func sums(of activity: [ActivitySeries], _ forecaster: Forecaster) -> [ActivitySeries] {
        let groups = Dictionary(
            grouping: activity.filter { belongs($0.id, $0.measure, $0.step, forecaster) && $0.length > 0 }
        ) {
            $0.id.unit
        }
        return groups.keys.sorted().compactMap { unit in
            guard let parts = groups[unit], parts.count > 1,
                let first = parts.map(\.first).max(), let last = parts.map(\.last).min(), first <= last
            else { return nil }
            let step: ActivitySeries.Step = parts.allSatisfy { $0.step == .hour } ? .hour : .day
            let places = step == .hour ? 24 : 1
            var sums = [Double](repeating: 0, count: (first.distance(to: last) + 1) * places)
            for part in parts {
                let skip = part.first.distance(to: first) * places
                let values =
                    step == .hour
                    ? part.counts
                    : forecaster.totals(part, shape: HourlyShape(part, borrowed: nil, end: last)).values
                for index in sums.indices {
                    sums[index] += index + skip < values.count ? values[index + skip] : .nan
                }
            }
            return ActivitySeries(
                id: SeriesID(unit: unit, stream: DemandForecast.totalStream), step: step, first: first,
                counts: sums)
        }
    }

    /// Whether a series is a part of its unit's total.
    private static func belongs(
        _ id: SeriesID, _ measure: ActivitySeries.Measure, _ step: ActivitySeries.Step,
        _ forecaster: Forecaster
    ) -> Bool {
        measure == .arrivals && step != .month && !forecaster.outlook.within.contains(id)
    }

    /// Shares the difference between a total and the sum of its parts out by their variances, as the reconciliation
    /// of least trace does with a diagonal (Wickramasuriya, Athanasopoulos and Hyndman, JASA 114, 2019).
    static func reconcile(
        _ series: inout [SeriesForecast], _ totals: inout [SeriesForecast], _ forecaster: Forecaster
    ) {
        for index in totals.indices {
            let parts = series.indices.filter {
                series[$0].id.unit == totals[index].id.unit
                    && belongs(series[$0].id, series[$0].measure, series[$0].step, forecaster)
            }
            guard parts.count > 1 else { continue }
            for day in 0..<totals[index].days {
                let variances = parts.map { series[$0].variance(day: day) }
                let own = totals[index].variance(day: day)
                let sum = parts.reduce(0) { $0 + series[$1].means[day] }
                let all = variances.reduce(own, +)
                let difference = totals[index].means[day] - sum
                for (part, variance) in zip(parts, variances) where all > 0 && series[part].means[day] > 0 {
                    let mean = series[part].means[day]
                    let factor = max(0.5, 1 + difference * variance / all / mean)
                    series[part].scaleWholeDay(day, by: factor)
                }
                let agreed = parts.reduce(0) { $0 + series[$1].means[day] }
                let before = totals[index].means[day]
                totals[index].scaleWholeDay(day, by: before > 0 ? agreed / before : 0)
            }
            for hour in totals[index].hourMeans.indices {
                let agreed = parts.reduce(0) { $0 + series[$1].hourMeans[hour] }
                totals[index].setHour(hour, mean: agreed)
            }
        }
    }
}

extension SeriesForecast {
    /// By the width of the middle eighty per cent.
    fileprivate func variance(day: Int) -> Double {
        let start = day * QuantileLevels.count
        let width = (quantiles[start + QuantileLevels.high] - quantiles[start + QuantileLevels.low]) / 2.563
        return width * width
    }

    /// Multiplies a day with its hours.
    fileprivate mutating func scaleWholeDay(_ day: Int, by factor: Double) {
        scaleDay(day, by: factor)
        for hour in day * 24..<day * 24 + 24 { setHour(hour, mean: hourMeans[hour] * factor) }
    }

    fileprivate mutating func setHour(_ hour: Int, mean: Double) {
        let factor = hourMeans[hour] > 0 ? mean / hourMeans[hour] : 0
        hourMeans[hour] = mean
        for index in hour * QuantileLevels.count..<(hour + 1) * QuantileLevels.count {
            hourQuantiles[index] *= factor
        }
    }
}
