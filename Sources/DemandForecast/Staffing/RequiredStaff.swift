import Roster

/// People needed for one cover rule, hour by hour of the wall clock from the first day forecast.
public struct RequiredStaff: Sendable {
    public let rule: StaffingRule
    /// 24 a day.
    public let means: [Double]
    /// Seven an hour, ascending.
    public let quantiles: [Double]
    /// The share of the work that comes while the rule asks for nobody and that nobody is asked to catch up with;
    /// 0 … 1.
    public let outside: Double

    /// What should be known of that share; nil below half a per cent.
    public var outsideSentence: String? {
        guard outside >= 0.005 else { return nil }
        return
            "\(short((outside * 100).rounded())) % of its work comes at hours in which it asks for nobody, and "
            + "is not in these numbers (catch-up-hours in forecast.yaml carries it over)"
    }

    public var hours: Int { means.count }

    public func quantiles(hour: Int) -> ArraySlice<Double> {
        quantiles[hour * QuantileLevels.count..<(hour + 1) * QuantileLevels.count]
    }

    /// - Parameter asked: for each hour forecast, whether the cover rule asks for anybody; always if nil.
    /// - Returns: nil if a series that the rule reads has no forecast.
    public init?(_ rule: StaffingRule, _ forecast: DemandForecast, asked: [Bool]? = nil) {
        let parts = rule.series.map { forecast.expected($0) }
        guard !parts.contains(where: { $0.isEmpty }) else { return nil }
        let hours = forecast.series.first.map { $0.hourMeans.count } ?? 0
        self.rule = rule
        switch rule.basis {
        case .beds(let open, let perPerson, _):
            outside = 0
            let heads = max(rule.least, open / perPerson / rule.productiveShare)
            means = Array(repeating: heads, count: hours)
            quantiles = Array(repeating: heads, count: hours * QuantileLevels.count)
        case .care(let care):
            outside = 0
            let loads = Loads(
                zip(parts, care).map { (series: $0, factor: $1.need.headsPerPatient / rule.productiveShare) },
                forecast)
            means = loads.means.map { $0.isNaN ? .nan : max(rule.least, $0) }
            quantiles = loads.quantiles.map { $0.isNaN ? .nan : max(rule.least, $0) }
        case .work(let work, let wait):
            let asked = asked ?? [Bool](repeating: true, count: hours)
            let seen = parts.map { part in
                rule.catchUp.map { hours in part.map { $0.catchingUp(asked, within: hours) } } ?? part
            }
            let loads = Loads(
                zip(seen, work).map {
                    (series: $0, factor: $1.minutes * $1.share / 60 / rule.productiveShare)
                }, forecast)
            outside = rule.catchUp == nil ? loads.shareOfWork { !asked[$0] } : 0
            guard let wait else {
                means = loads.means.map { $0.isNaN ? .nan : max(rule.least, $0) }
                quantiles = loads.quantiles.map { $0.isNaN ? .nan : max(rule.least, $0) }
                return
            }
            // The mean time with one person, over all who come.
            let arrivals = Loads(zip(seen, work).map { (series: $0, factor: $1.share) }, forecast)
            let all = arrivals.means.filter(\.isFinite).reduce(0, +)
            let service = all > 0 ? loads.means.filter(\.isFinite).reduce(0, +) * 60 / all : 1
            func heads(_ loads: [Double]) -> [Double] {
                ErlangC.loads(arrivals: loads.map { $0 * 60 / service }, service: service).map {
                    // What is not known, of a review, stays not known.
                    $0.isNaN
                        ? .nan
                        : max(rule.least, Double(ErlangC.servers(load: $0, service: service, wait: wait)))
                }
            }
            means = heads(loads.means)
            var quantiles = [Double](repeating: 0, count: hours * QuantileLevels.count)
            for index in 0..<QuantileLevels.count {
                let line = (0..<hours).map { loads.quantiles[$0 * QuantileLevels.count + index] }
                for (hour, number) in heads(line).enumerated() {
                    quantiles[hour * QuantileLevels.count + index] = number
                }
            }
            self.quantiles = quantiles
        }
    }
}

extension StaffingRule.Care.Need {
    fileprivate var headsPerPatient: Double {
        switch self {
        case .ratio(let patients): 1 / patients
        case .hoursPerDay(let hours, let share): hours * share / 24
        }
    }
}

extension DemandForecast {
    /// The forecasts that a name stands for: one without an acuity means the stream's every acuity.
    fileprivate func expected(_ id: SeriesID) -> [SeriesForecast] {
        if let one = self[id] { return [one] }
        guard id.acuity == nil else { return [] }
        return series.filter { $0.id.unit == id.unit && $0.id.stream == id.stream }
    }
}

/// Sums of several series, each with a factor: by the hour, with quantiles.
///
/// The spreads of series add like those of random numbers with a common correlation, which is what the spread of
/// the unit's own total tells; where there is no total they are taken to rise and fall together.
private struct Loads {
    private(set) var means: [Double] = []
    private(set) var quantiles: [Double] = []

    init(_ parts: [(series: [SeriesForecast], factor: Double)], _ forecast: DemandForecast) {
        let terms = parts.flatMap { part in part.series.map { (series: $0, factor: part.factor) } }
        guard let first = terms.first?.series.first else { return }
        let hours = terms.first?.series.hourMeans.count ?? 0
        let width = QuantileLevels.count
        means = [Double](repeating: 0, count: hours)
        quantiles = [Double](repeating: 0, count: hours * width)
        let correlation = forecast.correlation(of: terms.map(\.series))
        for hour in 0..<hours {
            // The hour that the clocks repeat holds the arrivals of two.
            let length = Double(max(1, first.advanced(by: hour / 24).length(ofHour: hour % 24)))
            func perHour(_ value: Double, _ series: SeriesForecast) -> Double {
                series.measure == .census ? value : value / length
            }
            for (series, factor) in terms { means[hour] += factor * perHour(series.hourMeans[hour], series) }
            for index in 0..<width {
                var sum = 0.0
                var squares = 0.0
                for (series, factor) in terms {
                    let spread =
                        factor * (series.hourQuantiles[hour * width + index] - series.hourMeans[hour])
                    sum += spread
                    squares += spread * spread
                }
                let whole = ((1 - correlation) * squares + correlation * sum * sum).squareRoot()
                quantiles[hour * width + index] = max(0, means[hour] + (sum < 0 ? -whole : whole))
            }
            quantiles[hour * width..<hour * width + width].sort()
        }
    }

    /// The share of the work, in the mean, that falls into some of the hours.
    func shareOfWork(_ isCounted: (Int) -> Bool) -> Double {
        let known = means.indices.filter { means[$0].isFinite }
        let all = known.reduce(0) { $0 + means[$1] }
        return all > 0 ? known.filter(isCounted).reduce(0) { $0 + means[$1] } / all : 0
    }
}

extension DemandForecast {
    /// How much the days of a unit's streams rise and fall together: 0 … 1.
    fileprivate func correlation(of parts: [SeriesForecast]) -> Double {
        guard parts.count > 1, let unit = parts.first?.id.unit, parts.allSatisfy({ $0.id.unit == unit }),
            let total = totals.first(where: { $0.id.unit == unit })
        else { return 1 }
        let streams = series.filter { $0.id.unit == unit && $0.measure == .arrivals && $0.step != .month }
        var own = 0.0
        var apart = 0.0
        var together = 0.0
        for day in 0..<total.days {
            let widths = streams.map { $0.width(day: day) }
            own += total.width(day: day) * total.width(day: day)
            apart += widths.reduce(0) { $0 + $1 * $1 }
            together += widths.reduce(0, +) * widths.reduce(0, +)
        }
        return together > apart ? min(max((own - apart) / (together - apart), 0), 1) : 1
    }
}

extension SeriesForecast {
    fileprivate func width(day: Int) -> Double {
        let all = quantiles(day: day)
        return all[all.startIndex + QuantileLevels.high] - all[all.startIndex + QuantileLevels.low]
    }
}
