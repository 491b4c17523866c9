import DemandForecast
import MusterFiles
import Roster

/// What `muster forecast --json` prints. Quantiles stand in the order of `levels`.
struct ForecastEntry: Encodable {
    let name: String
    let from: Day
    let days: Int
    let levels = QuantileLevels.all
    let demand: String?
    let demandByHand: Bool
    let series: [Series]
    let totals: [Series]
    let unknown: [String]
    let notes: [String]
    let staffing: [Staff]
    let backtest: [Judged]?
    /// What has too little history to be judged; nil if nothing was to be.
    let notJudged: [String]?

    struct Series: Encodable {
        let unit: String
        let stream: String
        let acuity: String?
        let step: String
        let basis: String
        let shares: [String: Double]
        let notes: [String]
        let days: [Row]
        let hours: [Row]
        let months: [Row]
    }

    struct Row: Encodable {
        let from: String
        let mean: Double
        let quantiles: [Double]
    }

    struct Staff: Encodable {
        let rule: String
        let arithmetic: String
        let hours: [Row]
        /// Of the work, what comes while the rule asks for nobody and is not in the hours.
        let outsidePercent: Double
        let occupancyPercent: Double?
    }

    struct Judged: Encodable {
        let series: String
        let horizon: Int
        let unit: String
        let judged: Int
        let pinball: Double
        let naivePinball: Double
        let mase: Double
        let coverage80: Double
        let biasPercent: Double
    }

    init(_ output: ForecastOutput, _ destination: ForecastOutput.Destination) {
        let period = output.period
        name = output.folder.name
        from = period.first
        days = period.dayCount
        switch destination {
        case .demandFile:
            (demand, demandByHand) = (output.folder.url.appending(path: "demand.csv").path, false)
        case .beside(let path): (demand, demandByHand) = (path, true)
        case .nowhere: (demand, demandByHand) = (nil, false)
        }
        series = output.forecast.series.map { Series($0, days: period.dayCount) }
        totals = output.forecast.totals.map { Series($0, days: period.dayCount) }
        unknown = output.forecast.unknown.map(\.description)
        notes = output.notes
        staffing = output.required.map { staff in
            Staff(
                rule: staff.rule.rule.text, arithmetic: staff.rule.arithmetic,
                hours: (0..<period.dayCount * 24).compactMap { hour in
                    Row(hour: hour, first: period.first, mean: staff.means[hour], staff.quantiles(hour: hour))
                }, outsidePercent: staff.outside * 100,
                occupancyPercent: Occupancy(staff, output.forecast, days: period.dayCount)?.percent)
        }
        notJudged = output.backtest?.notJudged
        backtest = output.backtest?.rows.map {
            Judged(
                series: $0.series, horizon: $0.horizon, unit: $0.isMonthly ? "month" : "day",
                judged: $0.count,
                pinball: $0.pinball, naivePinball: $0.naivePinball, mase: $0.scaledError,
                coverage80: $0.coverage, biasPercent: $0.biasPercent)
        }
    }
}

extension ForecastEntry.Series {
    init(_ series: SeriesForecast, days count: Int) {
        unit = series.id.unit.text
        stream = series.id.stream
        acuity = series.id.acuity
        step = series.step.rawValue
        basis = series.basis.words
        if case .own(let parts) = series.basis {
            shares = Dictionary(parts.map { ($0.key.rawValue, $0.value) }) { first, _ in first }
        } else {
            shares = [:]
        }
        notes = series.notes
        days = (0..<count).map { day in
            ForecastEntry.Row(
                from: series.first.advanced(by: day).description, mean: series.means[day],
                quantiles: Array(series.quantiles(day: day)))
        }
        hours = (0..<count * 24).compactMap { hour in
            ForecastEntry.Row(
                hour: hour, first: series.first, mean: series.hourMeans[hour], series.quantiles(hour: hour))
        }
        months = series.months.map {
            ForecastEntry.Row(
                from: String($0.month.description.prefix(7)), mean: $0.mean, quantiles: $0.quantiles)
        }
    }
}

extension ForecastEntry.Row {
    /// Nil for an hour that the clocks skip.
    init?(hour: Int, first: Day, mean: Double, _ quantiles: ArraySlice<Double>) {
        let day = first.advanced(by: hour / 24)
        if case .skipped = London.resolve(day, minute: hour % 24 * 60) { return nil }
        self.init(
            from: London.instant(day, minute: hour % 24 * 60).description, mean: mean,
            quantiles: Array(quantiles))
    }
}
