import Roster

/// What is expected of one series: means and seven quantiles, by day and by hour, or by month.
public struct SeriesForecast: Sendable {
    /// From what the forecast was made.
    public enum Basis: Hashable, Sendable {
        /// Its own history, by a blend of models with these shares.
        case own([ModelKind: Double])
        /// Too short a history: its own level, with the shape of another series.
        case borrowed(from: SeriesID, ownDays: Int)
        /// Too short a history and no other to borrow from: its mean, even over the week.
        case levelOnly(ownDays: Int)
    }

    public let id: SeriesID
    public let step: ActivitySeries.Step
    public let measure: ActivitySeries.Measure
    public let basis: Basis
    /// The first day forecast.
    public let first: Day
    /// Days before `first` that lie between the last count and it.
    public let lead: Int
    /// Expected count of each day (mean of a census); 0 on closed days.
    public internal(set) var means: [Double]
    /// Seven a day, ascending.
    public internal(set) var quantiles: [Double]
    /// Expected count of each hour of the wall clock, 24 a day; they add to the day's. Of a census each is a level.
    public internal(set) var hourMeans: [Double]
    /// Seven an hour, ascending. Quantiles of hours do not add to those of days: not all hours are busy at once.
    public internal(set) var hourQuantiles: [Double]
    /// Relative variance of days beyond Poisson's, 0 at least; empty where nothing is in doubt.
    var dayExcess: [Double] = []
    /// Of a monthly series: the months from the one after the last known on.
    public let months: [MonthForecast]
    /// What was left out, filled up or assumed, in plain words.
    public internal(set) var notes: [String]
    /// The last known days (months) before the forecast, for pictures; NaN where not known.
    public let recent: [Double]

    public var days: Int { means.count }

    /// The seven quantiles of a day.
    public func quantiles(day: Int) -> ArraySlice<Double> {
        quantiles[day * QuantileLevels.count..<(day + 1) * QuantileLevels.count]
    }

    /// The seven quantiles of an hour, from 0, since the midnight of the first day.
    public func quantiles(hour: Int) -> ArraySlice<Double> {
        hourQuantiles[hour * QuantileLevels.count..<(hour + 1) * QuantileLevels.count]
    }
}

/// What is expected of one month of a monthly series.
public struct MonthForecast: Hashable, Sendable {
    /// Its first day.
    public let month: Day
    public let mean: Double
    public let quantiles: [Double]
}
