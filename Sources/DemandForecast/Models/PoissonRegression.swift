import Foundation

/// Log-linear Poisson regression on the calendar, with a level that follows what was seen of late.
///
/// Fitted by iteratively reweighted least squares (McCullagh and Nelder, "Generalized Linear Models", 1989, 2.5)
/// with a mild ridge, so that a holiday seen once or never does no harm. Older periods weigh less: half as much
/// after two years.
struct PoissonRegression {
    /// One a column of the features.
    let coefficients: [Double]

    /// A prior with a standard deviation of 0.45 on the logarithmic scale.
    private static let ridge = 5.0

    /// - Parameter start: coefficients to begin with, such as those of a longer history.
    /// - Complexity: O(rounds × periods × columns²).
    init(_ history: History, end: Int, start: [Double]? = nil) {
        let columns = history.features.columns
        let halfLife = 104.0 * Double(history.season)
        let mean = history.mean(before: end)
        var current = start ?? [log(max(mean, 0.01))] + [Double](repeating: 0, count: columns - 1)
        for _ in 0..<(start == nil ? 12 : 3) {
            var normal = [Double](repeating: 0, count: columns * columns)
            var right = [Double](repeating: 0, count: columns)
            Self.accumulate(
                history, end: end, halfLife: halfLife, coefficients: current, normal: &normal, right: &right)
            for column in 1..<columns { normal[column * columns + column] += Self.ridge }
            normal[0] += 1e-6
            guard let next = solved(normal, right) else { break }
            let change = zip(current, next).map { abs($0 - $1) }.max() ?? 0
            current = next
            if change < 1e-6 { break }
        }
        coefficients = current
    }

    private static func accumulate(
        _ history: History, end: Int, halfLife: Double, coefficients: [Double], normal: inout [Double],
        right: inout [Double]
    ) {
        let columns = coefficients.count
        let values = history.features.values
        let stated = history.features.stated
        var active = [Int](repeating: 0, count: columns)
        for row in 0..<end where !history.values[row].isNaN && stated[row] > 0 {
            let base = row * columns
            var linear = 0.0
            var number = 0
            for column in 0..<columns where values[base + column] != 0 {
                linear += values[base + column] * coefficients[column]
                active[number] = column
                number += 1
            }
            let rate = exp(min(max(linear, -20), 20))
            let weight = rate * stated[row] * exp2(-Double(end - 1 - row) / halfLife)
            let target = linear + (history.values[row] / stated[row] - rate) / rate
            for first in 0..<number {
                let scaled = weight * values[base + active[first]]
                right[active[first]] += scaled * target
                for second in 0...first {
                    normal[active[first] * columns + active[second]] += scaled * values[base + active[second]]
                }
            }
        }
    }

    /// The expected value of a period by the calendar alone.
    func expected(_ history: History, row: Int) -> Double {
        let columns = coefficients.count
        var linear = 0.0
        for column in 0..<columns {
            linear += history.features.values[row * columns + column] * coefficients[column]
        }
        return exp(min(max(linear, -20), 20)) * history.features.stated[row]
    }

    /// Expected values for the periods from `end` on, at the level of late.
    func forecast(_ history: History, end: Int, horizon: Int) -> [Double] {
        let level = level(history, end: end)
        return (0..<horizon).map { level * expected(history, row: end + $0) }
    }

    /// What was seen over what the calendar explains, older periods weighing less by a twentieth each (a season
    /// of 12 by an eighth), drawn towards 1 where there is little to go by.
    private func level(_ history: History, end: Int) -> Double {
        let keep = history.season == 7 ? 0.95 : 0.875
        var weight = 1.0
        var seen = 1.0
        var explained = 1.0
        for row in stride(from: end - 1, through: max(0, end - 120), by: -1) {
            if !history.values[row].isNaN {
                let expected = expected(history, row: row)
                let reach = 4 * max(1, expected).squareRoot()
                seen += weight * min(max(history.values[row], expected - reach), expected + reach)
                explained += weight * expected
            }
            weight *= keep
        }
        return seen / explained
    }
}

/// Solves a symmetric positive definite system given by its lower triangle, by Cholesky's factors; nil if it is not.
func solved(_ lower: [Double], _ right: [Double]) -> [Double]? {
    let size = right.count
    var factor = lower
    var solution = right
    for row in 0..<size {
        for column in 0...row {
            var sum = factor[row * size + column]
            for index in 0..<column { sum -= factor[row * size + index] * factor[column * size + index] }
            if row == column {
                guard sum > 1e-12, sum.isFinite else { return nil }
                factor[row * size + row] = sum.squareRoot()
            } else {
                factor[row * size + column] = sum / factor[column * size + column]
            }
        }
    }
    for row in 0..<size {
        for index in 0..<row { solution[row] -= factor[row * size + index] * solution[index] }
        solution[row] /= factor[row * size + row]
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
        for index in row + 1..<max(row + 1, size) {
            solution[row] -= factor[index * size + row] * solution[index]
        }
        solution[row] /= factor[row * size + row]
    }
    return solution
}
