/// Holt–Winters smoothing with a level and a multiplicative season, and without a trend: over weeks a level that
/// follows is safer than a line that runs away.
enum ExponentialSmoothing {
    private static let levelRates = [0.02, 0.05, 0.1, 0.2]
    private static let seasonRates = [0.01, 0.05]

    /// The rates with the least absolute error one step ahead over the first `end` periods.
    static func rates(_ history: History, end: Int) -> (level: Double, season: Double) {
        var best = (level: levelRates[1], season: seasonRates[0])
        var least = Double.infinity
        for level in levelRates {
            for season in seasonRates {
                let error = run(history, end: end, level: level, season: season).error
                if error < least { (least, best) = (error, (level, season)) }
            }
        }
        return best
    }

    /// Expected values for the periods from `end` on.
    static func forecast(
        _ history: History, end: Int, horizon: Int, rates: (level: Double, season: Double)
    ) -> [Double] {
        let state = run(history, end: end, level: rates.level, season: rates.season)
        return (0..<horizon).map { step in
            max(
                0,
                state.level * state.pattern[(end + step) % history.season]
                    * history.features.stated[end + step])
        }
    }

    /// At most two years (of days) are run through: older levels are forgotten anyhow.
    private static func run(
        _ history: History, end: Int, level levelRate: Double, season seasonRate: Double
    ) -> (level: Double, pattern: [Double], error: Double) {
        let season = history.season
        let start = max(0, end - 104 * season)
        var (level, pattern) = startingPoint(history, from: start, to: min(end, start + 8 * season))
        var error = 0.0
        for index in start..<end {
            let stated = history.features.stated[index]
            guard !history.values[index].isNaN, stated > 0 else { continue }
            let value = history.values[index] / stated
            let place = index % season
            let expected = level * pattern[place]
            // One wild day must not carry the level away.
            let reach = 3 * max(1, expected).squareRoot()
            let miss = min(max(value - expected, -reach), reach)
            if index >= start + 8 * season { error += abs(miss) }
            if pattern[place] > 0.05 { level = max(0, level + levelRate * miss / pattern[place]) }
            if level > 0 { pattern[place] = max(0, pattern[place] + seasonRate * miss / level) }
        }
        return (level, pattern, error)
    }

    private static func startingPoint(
        _ history: History, from start: Int, to end: Int
    ) -> (level: Double, pattern: [Double]) {
        var sums = [Double](repeating: 0, count: history.season)
        var numbers = sums
        for index in start..<end where !history.values[index].isNaN {
            sums[index % history.season] += history.values[index]
            numbers[index % history.season] += 1
        }
        let number = numbers.reduce(0, +)
        let level = number > 0 ? sums.reduce(0, +) / number : 0
        let pattern = zip(sums, numbers).map { sum, number in
            number > 0 && level > 0 ? sum / number / level : 1
        }
        return (level, pattern)
    }
}
