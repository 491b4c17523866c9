import Roster

/// Earlier forecasts against what came: the forecast is made anew from days before, again and again, and judged.
public struct Backtest: Sendable {
    /// One series at one horizon.
    public struct Row: Sendable {
        public let series: String
        /// Days ahead; months, of a monthly series.
        public let horizon: Int
        public let isMonthly: Bool
        /// Days (months) judged: all from 1 to the horizon.
        public let count: Int
        public let pinball: Double
        /// Of the same quantiles put around what was seen a season before.
        public let naivePinball: Double
        /// Mean absolute error over that of the seasonal naive within the history.
        public let scaledError: Double
        /// The share that fell between the 10 and the 90 % quantile.
        public let coverage: Double
        /// Mean of forecast less actual, in per cent of the actual.
        public let biasPercent: Double
        /// Actual and forecast mean over the last origin, for a picture.
        public let actual: [Double]
        public let forecast: [Double]

        /// How much better than seasonal naive, in per cent.
        public var gainPercent: Double { naivePinball > 0 ? (1 - pinball / naivePinball) * 100 : 0 }

        public var cells: [String] {
            [
                "\(horizon) \(isMonthly ? (horizon == 1 ? "month" : "months") : (horizon == 1 ? "day" : "days"))",
                String(count), short(pinball), short(naivePinball), short(gainPercent.rounded()),
                short(scaledError), short((coverage * 1000).rounded() / 10),
                short((biasPercent * 10).rounded() / 10),
            ]
        }
    }

    public let rows: [Row]
    /// What has too little history to be judged, in sentences without a stop.
    public let notJudged: [String]
    /// How it was done, in one sentence.
    public let method: String

    /// Of each series the row of which the last origin judges the last days (months) known, for a picture.
    public var pictured: [Row] { rows.filter { $0.horizon == ($0.isMonthly ? 6 : Self.daysApart) } }

    public static let columns = [
        "series", "horizon", "judged", "pinball", "naive pinball", "better %", "MASE", "in 80 % band %",
        "bias %",
    ]
    public static let dayHorizons = [1, 7, 28, 42]
    public static let monthHorizons = [1, 3, 6]
    private static let daysApart = 28

    /// - Parameter origins: how often the forecast is made anew: every four weeks, or every month, back from the end.
    ///   Of days the two short horizons are judged from as many days more, in between and of every weekday: four
    ///   weeks apart a day ahead would always be the same one.
    public static func make(
        _ activity: [ActivitySeries], _ outlook: Outlook, origins: Int = 13, threads: Int = 1
    ) -> Backtest {
        let forecaster = Forecaster(outlook: outlook, all: [:])
        let judged = inParallel(activity.count, threads: threads) { index in
            rows(outlook.plausible(activity[index]), forecaster, origins: origins)
        }
        return Backtest(
            rows: judged.flatMap { $0 },
            notJudged: zip(activity, judged).compactMap { sentence($0, judged: $1) },
            method:
                "Forecast anew from up to \(origins) earlier days, four weeks apart (months: one apart), with what "
                + "was known then, and for 1 and 7 days from as many in between; a row judges every day up to its "
                + "horizon, of those forecasts whose horizon has passed.")
    }

    private static func sentence(_ series: ActivitySeries, judged: [Row]) -> String? {
        let isMonthly = series.step == .month
        let missing = (isMonthly ? monthHorizons : dayHorizons).filter { horizon in
            !judged.contains { $0.horizon == horizon }
        }
        guard !missing.isEmpty else { return nil }
        let all = "\(series.id): too little history to be judged"
        guard !judged.isEmpty else { return all }
        return
            "\(all) \(missing.map(String.init).joined(separator: " and ")) \(isMonthly ? "months" : "days") ahead"
    }

    private static func rows(_ series: ActivitySeries, _ forecaster: Forecaster, origins: Int) -> [Row] {
        let isMonthly = series.step == .month
        let shape = HourlyShape(series, borrowed: nil, end: forecaster.outlook.days.first)
        let totals = forecaster.totals(series, shape: shape)
        let longest = isMonthly ? 6 : 42
        let history = forecaster.history(series, totals, horizon: longest)
        let end = totals.values.count
        let least = isMonthly ? 18 : 84
        let step = isMonthly ? 1 : daysApart
        let horizons = isMonthly ? monthHorizons : dayHorizons
        // Days that have not come yet can be judged by nobody: the last origins see the short horizons alone.
        let whole = (1...origins).map { number in
            (start: end - step * number, horizons: horizons.count { $0 <= step * number })
        }
        let between =
            isMonthly ? [] : (1...origins).map { (start: end - step * $0 + 8 + $0 % 7, horizons: 2) }
        let starts = (whole + between).filter { $0.start >= least }
        guard !starts.isEmpty else { return [] }
        var scores = [Score](repeating: Score(), count: horizons.count)
        for (start, judged) in starts {
            // The features depend on how much is known, so each origin has its own.
            let then = ActivitySeries(
                id: series.id, step: isMonthly ? .month : .day, measure: series.measure, first: totals.first,
                counts: Array(totals.values.prefix(start)))
            let known = forecaster.history(
                then, DailyTotals(first: totals.first, values: then.counts), horizon: longest)
            let length = horizons[judged - 1]
            let blend = Blend(known, end: start, horizon: length)
            let naive = NaiveForecast(known, end: start, horizon: length)
            for (index, horizon) in horizons.prefix(judged).enumerated() {
                scores[index].add(
                    Array(history.values[start..<start + horizon]), blend.means, blend.quantiles, naive)
            }
        }
        let scale = naiveError(history, end: end)
        return zip(horizons, scores).compactMap { horizon, score in
            score.row(series.id.description, horizon: horizon, isMonthly: isMonthly, scale: scale)
        }
    }

    /// Mean absolute error of the seasonal naive one season ahead, within the history.
    private static func naiveError(_ history: History, end: Int) -> Double {
        var sum = 0.0
        var number = 0.0
        for index in history.season..<max(history.season, end) {
            let miss = history.values[index] - history.values[index - history.season]
            guard !miss.isNaN else { continue }
            sum += abs(miss)
            number += 1
        }
        return number > 0 ? sum / number : 0
    }

    private struct Score {
        private var pinballs = 0.0
        private var naives = 0.0
        private var errors = 0.0
        private var inside = 0.0
        private var actuals = 0.0
        private var forecasts = 0.0
        private var number = 0.0
        private var picture: (actual: [Double], forecast: [Double]) = ([], [])

        mutating func add(
            _ actual: [Double], _ means: [Double], _ quantiles: [Double], _ naive: NaiveForecast
        ) {
            for (step, value) in actual.enumerated() where !value.isNaN {
                let start = step * QuantileLevels.count
                pinballs += pinball(value, quantiles, at: start)
                naives += pinball(value, naive.quantiles, at: start)
                errors += abs(value - quantiles[start + QuantileLevels.median])
                let low = quantiles[start + QuantileLevels.low]
                let high = quantiles[start + QuantileLevels.high]
                inside += low <= value && value <= high ? 1 : 0
                actuals += value
                forecasts += means[step]
                number += 1
            }
            if picture.actual.isEmpty { picture = (actual, Array(means.prefix(actual.count))) }
        }

        func row(_ series: String, horizon: Int, isMonthly: Bool, scale: Double) -> Row? {
            guard number > 0 else { return nil }
            return Row(
                series: series, horizon: horizon, isMonthly: isMonthly, count: Int(number),
                pinball: pinballs / number, naivePinball: naives / number,
                scaledError: scale > 0 ? errors / number / scale : 0, coverage: inside / number,
                biasPercent: actuals > 0 ? (forecasts / actuals - 1) * 100 : 0, actual: picture.actual,
                forecast: picture.forecast)
        }
    }
}

/// The yardstick: what was seen a season before, with the spread of such differences, normal and growing with the
/// root of the number of seasons ahead, as the textbook has it (Hyndman and Athanasopoulos, "Forecasting", 5.5).
struct NaiveForecast {
    let quantiles: [Double]

    init(_ history: History, end: Int, horizon: Int) {
        let means = SeasonalNaive.forecast(history, end: end, horizon: horizon)
        var squares = 0.0
        var number = 0.0
        for index in history.season..<max(history.season, end) {
            let miss = history.values[index] - history.values[index - history.season]
            guard !miss.isNaN else { continue }
            squares += miss * miss
            number += 1
        }
        let deviation = number > 0 ? (squares / number).squareRoot() : 0
        quantiles = means.enumerated().flatMap { step, mean in
            let width = deviation * Double(step / history.season + 1).squareRoot()
            // No count is below zero, and those of the forecast are not either.
            return QuantileLevels.normal.map { max(0, mean + width * $0) }
        }
    }
}
