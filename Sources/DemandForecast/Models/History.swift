/// What a model learns from: one value a period, with what the calendar says of it and of the periods to come.
struct History {
    /// One value a day or month; NaN where nothing is known.
    let values: [Double]
    /// For the history and every period to forecast.
    let features: CalendarFeatures
    /// Periods after which the pattern comes back: 7 days, 12 months.
    let season: Int
    /// Periods that tell the level of late: four and sixteen weeks, or three and twelve months.
    let windows: (short: Int, long: Int)

    var count: Int { values.count }

    /// Periods of which something is known, among the first `end`.
    func known(before end: Int) -> Int { values[0..<end].reduce(0) { $1.isNaN ? $0 : $0 + 1 } }

    /// Mean of what is known among the first `end`; 0 if nothing is.
    func mean(before end: Int) -> Double {
        var sum = 0.0
        var number = 0.0
        for value in values[0..<end] where !value.isNaN {
            sum += value
            number += 1
        }
        return number > 0 ? sum / number : 0
    }
}

/// The models among which the blend chooses.
public enum ModelKind: String, CaseIterable, Sendable, Codable {
    case seasonalNaive = "seasonal naive"
    case smoothing = "exponential smoothing"
    case regression = "Poisson regression"
    case quantileRegression = "quantile regression"
}
