import Roster

extension DemandForecast {
    /// What came on the days of an outlook, in the form of a forecast without doubt, so that the same reckoning
    /// turns it into people. Daily counts fall on the hours as the forecast's would.
    ///
    /// Days of which nothing is known are NaN.
    public static func actual(_ activity: [ActivitySeries], _ outlook: Outlook) -> DemandForecast {
        let after = Outlook(
            days: Period(first: outlook.days.last.advanced(by: 1), days: 1), events: outlook.events,
            closed: outlook.closed, similar: outlook.similar, within: outlook.within)
        let activity = activity.map(after.plausible)
        let all = Dictionary(activity.map { ($0.id, $0) }) { first, _ in first }
        let forecaster = Forecaster(outlook: after, all: all)
        let series = activity.filter { $0.step != .month }.sorted { $0.id < $1.id }.map { series in
            forecaster.actual(series, on: outlook.days)
        }
        return DemandForecast(series: series, totals: [], unknown: [])
    }
}

extension Forecaster {
    fileprivate func actual(_ series: ActivitySeries, on days: Period) -> SeriesForecast {
        let shape = shape(of: series)
        let totals = totals(series, shape: shape)
        func value(_ day: Day) -> Double {
            let index = totals.first.distance(to: day)
            return totals.values.indices.contains(index) ? totals.values[index] : .nan
        }
        var result = SeriesForecast(
            id: series.id, step: series.step, measure: series.measure, basis: .own([:]), first: days.first,
            lead: 0,
            means: days.days.map(value), quantiles: [], hourMeans: [], hourQuantiles: [], months: [],
            notes: series.notes, recent: [])
        for (index, day) in days.days.enumerated() {
            let shares = shape.shares(day)
            for hour in 0..<24 {
                let place = (series.first.distance(to: day)) * 24 + hour
                let isCounted = series.step == .hour && series.counts.indices.contains(place)
                let spread =
                    shares[hour] == 0
                    ? 0 : result.means[index] * (series.measure == .census ? 1 : shares[hour])
                let counted = isCounted ? series.counts[place] : .nan
                result.hourMeans.append(counted.isNaN ? spread : counted)
            }
        }
        result.quantiles = result.means.flatMap { [Double](repeating: $0, count: QuantileLevels.count) }
        result.hourQuantiles = result.hourMeans.flatMap {
            [Double](repeating: $0, count: QuantileLevels.count)
        }
        return result
    }
}
