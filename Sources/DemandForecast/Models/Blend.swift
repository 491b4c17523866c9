import Foundation
import LinearProgram

/// The blend of the models: how much each counts is decided by how well it forecast from earlier days, never by how
/// well it fits.
struct Blend {
    /// For each period from the end of the history on.
    let means: [Double]
    /// Seven a period, ascending.
    let quantiles: [Double]
    /// Shares of the models, which add to 1.
    let shares: [ModelKind: Double]
    /// Relative variance beyond Poisson's at each horizon, of the regression.
    let excess: Excess
    /// What the regression forecast from earlier days, for judging the hours: period and expected value.
    let pastMeans: [(period: Int, mean: Double)]
    let calendar: PoissonRegression

    /// - Parameter end: the periods known; what the history holds beyond is not looked at.
    init(_ history: History, end: Int, horizon: Int) {
        let calendar = PoissonRegression(history, end: end)
        let rates = ExponentialSmoothing.rates(history, end: end)
        let past = RollingOrigins(history, end: end, calendar: calendar, rates: rates)

        var means: [ModelKind: [Double]] = [
            .seasonalNaive: SeasonalNaive.forecast(history, end: end, horizon: horizon),
            .smoothing: ExponentialSmoothing.forecast(history, end: end, horizon: horizon, rates: rates),
            .regression: calendar.forecast(history, end: end, horizon: horizon),
        ]
        var quantiles: [ModelKind: [Double]] = [:]
        for (kind, means) in means {
            quantiles[kind] = past.excess(of: kind).quantiles(means)
        }
        if past.losses[.quantileRegression] != nil,
            let found = QuantileRegression.quantiles(
                history, end: end, horizon: horizon, calendar: calendar)
        {
            quantiles[.quantileRegression] = found
            means[.quantileRegression] = Self.means(ofQuantiles: found)
        }
        let shares = Self.shares(past.losses.filter { quantiles[$0.key] != nil })
        self.shares = shares
        self.means = Self.mixed(means, shares, count: horizon)
        self.quantiles = Self.mixed(quantiles, shares, count: horizon * QuantileLevels.count)
        self.excess = past.excess(of: .regression)
        self.pastMeans = past.regressionMeans
        self.calendar = calendar
    }

    /// A model a tenth worse than the best counts a third as much, one half as bad again next to nothing.
    private static func shares(_ losses: [ModelKind: Double]) -> [ModelKind: Double] {
        guard let least = losses.values.min() else { return [.regression: 1] }
        let weights = losses.mapValues { least > 0 ? pow(least / $0, 12) : ($0 == 0 ? 1 : 0) }
        // In a fixed order: a dictionary's differs from run to run, and with it the last bits of the sum.
        let sum = ModelKind.allCases.reduce(0) { $0 + (weights[$1] ?? 0) }
        return weights.mapValues { $0 / sum }
    }

    private static func mixed(
        _ parts: [ModelKind: [Double]], _ shares: [ModelKind: Double], count: Int
    ) -> [Double] {
        var mixed = [Double](repeating: 0, count: count)
        for kind in ModelKind.allCases {
            guard let part = parts[kind], let share = shares[kind] else { continue }
            for index in 0..<count { mixed[index] += share * part[index] }
        }
        return mixed
    }

    /// The mean of the quantile function that is linear between the seven points and level beyond.
    private static func means(ofQuantiles quantiles: [Double]) -> [Double] {
        let weights = [0.075, 0.1, 0.2, 0.25, 0.2, 0.1, 0.075]
        return stride(from: 0, to: quantiles.count, by: QuantileLevels.count).map { start in
            weights.indices.reduce(0) { $0 + weights[$1] * quantiles[start + $1] }
        }
    }
}

/// Relative variance beyond Poisson's, which grows with the horizon as the level wanders.
struct Excess {
    let near: Double
    let growth: Double
    /// The horizon at which `near` holds.
    let anchor: Double

    func at(_ step: Int) -> Double { near + growth * max(0, Double(step) - anchor) }

    func quantiles(_ means: [Double]) -> [Double] {
        var quantiles = [Double](repeating: 0, count: means.count * QuantileLevels.count)
        for (step, mean) in means.enumerated() {
            CountDistribution(mean: mean, excess: at(step + 1))
                .write(to: &quantiles, at: step * QuantileLevels.count)
        }
        return quantiles
    }
}

/// What each model would have forecast from earlier ends of the history, against what came.
private struct RollingOrigins {
    /// Mean pinball loss.
    private(set) var losses: [ModelKind: Double] = [:]
    private(set) var regressionMeans: [(period: Int, mean: Double)] = []
    private var excesses: [ModelKind: Excess] = [:]

    func excess(of kind: ModelKind) -> Excess {
        excesses[kind] ?? Excess(near: 0, growth: 0, anchor: 7)
    }

    init(
        _ history: History, end: Int, calendar: PoissonRegression, rates: (level: Double, season: Double)
    ) {
        let isDaily = history.season == 7
        let reach = isDaily ? 42 : 6
        let step = isDaily ? 14 : 1
        let least = isDaily ? 56 : 13
        let origins = (1...10).map { end - step * $0 }.filter { $0 >= least }
        var forecasts: [ModelKind: [[Double]]] = [:]
        var regressions: [PoissonRegression] = []
        for origin in origins {
            let length = min(reach, end - origin)
            let regression = PoissonRegression(history, end: origin, start: calendar.coefficients)
            regressions.append(regression)
            let expected = regression.forecast(history, end: origin, horizon: length)
            forecasts[.regression, default: []].append(expected)
            forecasts[.smoothing, default: []].append(
                ExponentialSmoothing.forecast(history, end: origin, horizon: length, rates: rates))
            forecasts[.seasonalNaive, default: []].append(
                SeasonalNaive.forecast(history, end: origin, horizon: length))
            regressionMeans += expected.prefix(step).enumerated().map { (origin + $0.offset, $0.element) }
        }
        let known = history.known(before: end)
        for (kind, rows) in forecasts {
            excesses[kind] = Self.excess(
                history, origins: origins, forecasts: rows, isLong: known >= 8 * history.season)
        }
        // The programmes of the quantile regression take longest: every other origin will do.
        let judged = stride(from: 0, to: origins.count, by: 2).map(\.self)
        guard !judged.isEmpty else { return }
        for (kind, rows) in forecasts {
            losses[kind] = Self.loss(
                history, judged.map { (origins[$0], excess(of: kind).quantiles(rows[$0])) })
        }
        guard let last = judged.last, QuantileRegression.isPossible(history, end: origins[last]) else {
            return
        }
        var found: [(Int, [Double])] = []
        for index in judged {
            let length = min(reach, end - origins[index])
            let quantiles = QuantileRegression.quantiles(
                history, end: origins[index], horizon: length, calendar: regressions[index])
            guard let quantiles else { return }
            found.append((origins[index], quantiles))
        }
        losses[.quantileRegression] = Self.loss(history, found)
    }

    /// Near: up to two weeks (three months); far: beyond. Ratios of sums, so that counts near zero do no harm.
    private static func excess(
        _ history: History, origins: [Int], forecasts: [[Double]], isLong: Bool
    ) -> Excess {
        let border = history.season == 7 ? 14 : 3
        var over = [0.0, 0.0]
        var squares = [0.0, 0.0]
        var seen: [Set<Int>] = [[], []]
        for (origin, row) in zip(origins, forecasts) {
            for (step, mean) in row.enumerated() {
                let value = history.values[origin + step]
                guard !value.isNaN else { continue }
                let side = step < border ? 0 : 1
                seen[side].insert(origin)
                over[side] += (value - mean) * (value - mean) - mean
                squares[side] += mean * mean
            }
        }
        guard squares[0] > 0 else { return Excess(near: 0.05, growth: 0, anchor: 7) }
        // Origins a month apart overlap, three months or six, and share a level that wanders: as many errors that
        // stand apart would be fewer by that and half as much again. Of days there are enough.
        let isDaily = history.season == 7
        let apart = [Double(seen[0].count) / 4.5, Double(seen[1].count) / 9]
        let widening = apart.map { isDaily ? 1 : studentWidening(degrees: $0) }
        let near = widening[0] * over[0] / squares[0]
        let far = squares[1] > 0 ? widening[1] * over[1] / squares[1] : near
        let anchors = history.season == 7 ? (7.5, 28.0) : (2.0, 5.0)
        return Excess(
            near: isLong ? near : max(0, near), growth: max(0, (far - near) / (anchors.1 - anchors.0)),
            anchor: anchors.0)
    }

    /// By how much a variance that so few errors tell has to grow, for as much to fall between the 10 and the 90 %
    /// point of Student's distribution as between those of the normal one (Abramowitz and Stegun, 26.7.5); as if
    /// there were one error at least.
    private static func studentWidening(degrees: Double) -> Double {
        let inverse = 1 / max(1, degrees)
        let width = 1 + inverse * (0.661 + inverse * (0.446 + inverse * 0.202))
        return width * width
    }

    private static func loss(_ history: History, _ forecasts: [(origin: Int, quantiles: [Double])]) -> Double
    {
        var sum = 0.0
        var number = 0.0
        for (origin, quantiles) in forecasts {
            for step in 0..<quantiles.count / QuantileLevels.count {
                let value = history.values[origin + step]
                guard !value.isNaN else { continue }
                sum += pinball(value, quantiles, at: step * QuantileLevels.count)
                number += 1
            }
        }
        return number > 0 ? sum / number : .infinity
    }
}

/// Mean pinball loss of seven quantiles against what came.
func pinball(_ value: Double, _ quantiles: [Double], at start: Int) -> Double {
    var sum = 0.0
    for (index, level) in QuantileLevels.all.enumerated() {
        let miss = value - quantiles[start + index]
        sum += max(level * miss, (level - 1) * miss)
    }
    return sum / Double(QuantileLevels.count)
}
