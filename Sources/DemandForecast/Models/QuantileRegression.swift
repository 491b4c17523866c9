import LinearProgram

/// Regression of quantiles on the calendar's expectation at the levels of late, as a linear programme.
///
/// The dual of Koenker and Bassett's programme (Econometrica 46, 1978) has a row for each of four columns and a
/// bounded variable for each day, so that seven quantiles of three years take GLPK a few milliseconds:
/// maximise Σ yᵢ aᵢ over aᵢ in 0 … 1 with Σ aᵢ xᵢ = (1 − τ) Σ xᵢ; the coefficients are the rows' duals.
enum QuantileRegression {
    private static let columns = 4

    /// Whether there is enough to learn from.
    static func isPossible(_ history: History, end: Int) -> Bool {
        end >= 3 * history.windows.long + 2 * history.season && history.known(before: end) >= 100
    }

    /// Quantiles for the periods from `end` on, row by row; sorted, so that they cannot cross. Nil if GLPK failed.
    ///
    /// - Parameter calendar: a regression fitted to the same history, for the calendar's pattern.
    static func quantiles(
        _ history: History, end: Int, horizon: Int, calendar: PoissonRegression
    ) -> [Double]? {
        let sample = Sample(history, end: end, horizon: horizon, calendar: calendar)
        var result = [Double](repeating: 0, count: horizon * QuantileLevels.count)
        for span in spans(horizon, season: history.season) {
            guard let fits = try? fits(sample.training(lag: span.upperBound)) else { return nil }
            for step in span {
                let row = sample.row(step - 1, levelsAt: end)
                var values = fits.map { fit in max(0, zip(fit, row).reduce(0) { $0 + $1.0 * $1.1 }) }
                values.sort()
                for (index, value) in values.enumerated() {
                    result[(step - 1) * QuantileLevels.count + index] = value
                }
            }
        }
        return result
    }

    /// Horizons that share a fit: to one season, to four, and beyond.
    private static func spans(_ horizon: Int, season: Int) -> [ClosedRange<Int>] {
        let ends = season == 7 ? [7, 28, 56] : [1, 3, 6]
        var spans: [ClosedRange<Int>] = []
        var first = 1
        for end in ends + [horizon] where first <= horizon && end >= first {
            spans.append(first...min(end, horizon))
            first = end + 1
        }
        return spans
    }

    /// Coefficients for each quantile.
    private static func fits(_ training: (rows: [Double], values: [Double])) throws -> [[Double]] {
        let programme = LinearProgram()
        let count = training.values.count
        var sums = [Double](repeating: 0, count: columns)
        for row in 0..<count {
            for column in 0..<columns { sums[column] += training.rows[row * columns + column] }
        }
        try programme.addRows(count: columns, lower: 0, upper: 0)
        let indices = (0..<Int32(columns)).map(\.self)
        for row in 0..<count {
            try programme.addColumn(
                cost: -training.values[row], lower: 0, upper: 1, rows: indices,
                values: Array(training.rows[row * columns..<(row + 1) * columns]))
        }
        return try QuantileLevels.all.map { level in
            for column in 0..<columns {
                let share = (1 - level) * sums[column]
                try programme.setRowBounds(column, lower: share, upper: share)
            }
            guard programme.solve() == .optimal else { throw NotSolved() }
            return (0..<columns).map { -programme.dual(ofRow: $0) }
        }
    }

    private struct NotSolved: Error {}
}

/// Rows for the regression: the calendar's expectation, the same at the level of some weeks and of some months, and
/// its square root, with which the spread of counts grows.
private struct Sample {
    private let history: History
    private let end: Int
    /// The calendar's pattern around 1, for the history and the horizon.
    private let pattern: [Double]
    /// Sums of value ÷ pattern over what is known, and how many those are, before each period.
    private let sums: [Double]
    private let numbers: [Double]
    private let overall: Double

    init(_ history: History, end: Int, horizon: Int, calendar: PoissonRegression) {
        self.history = history
        self.end = end
        let scale = max(1e-6, history.mean(before: end))
        pattern = (0..<end + horizon).map { max(1e-3, calendar.expected(history, row: $0) / scale) }
        var sums = [0.0]
        var numbers = [0.0]
        for index in 0..<end {
            let isKnown = !history.values[index].isNaN
            sums.append(sums[index] + (isKnown ? history.values[index] / pattern[index] : 0))
            numbers.append(numbers[index] + (isKnown ? 1 : 0))
        }
        self.sums = sums
        self.numbers = numbers
        overall = sums[end] / max(1, numbers[end])
    }

    /// Rows and values of at most three years, with levels as they were known `lag` periods before.
    func training(lag: Int) -> (rows: [Double], values: [Double]) {
        var rows: [Double] = []
        var values: [Double] = []
        let first = max(end - 160 * history.season, lag + history.windows.long)
        for index in max(0, first)..<max(first, end) where !history.values[index].isNaN {
            rows += row(index - end, levelsAt: index - lag + 1)
            values.append(history.values[index])
        }
        return (rows, values)
    }

    /// The row of a period, counted from the end of the history, with the levels known before `known`.
    func row(_ step: Int, levelsAt known: Int) -> [Double] {
        let pattern = pattern[end + step]
        return [
            pattern, pattern * level(known, history.windows.short),
            pattern * level(known, history.windows.long),
            pattern.squareRoot(),
        ]
    }

    private func level(_ known: Int, _ window: Int) -> Double {
        let from = max(0, known - window)
        let number = numbers[known] - numbers[from]
        return number > 0 ? (sums[known] - sums[from]) / number : overall
    }
}
