import Foundation

/// The probabilities that every forecast states.
public enum QuantileLevels {
    public static let all = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95]
    public static let count = 7
    /// The places of 10 % and 90 %, between which 80 % should fall, and of the median.
    public static let low = 1
    public static let median = 3
    public static let high = 5
    /// The same points of the standard normal distribution.
    static let normal = [-1.6448536, -1.2815516, -0.6744898, 0, 0.6744898, 1.2815516, 1.6448536]
}

/// A distribution of a count by its mean and variance.
///
/// Negative binomial where the variance is at least the mean (Poisson where they are equal), and normal, cut at
/// zero, where it is less, as with beds in use.
struct CountDistribution {
    let mean: Double
    let variance: Double

    /// - Parameter excess: relative variance beyond Poisson's: variance = mean + excess × mean²; below zero for
    ///   counts that vary less than Poisson's.
    init(mean: Double, excess: Double) {
        self.mean = mean
        variance = max(0, mean + excess * mean * mean)
    }

    /// Writes the seven quantiles.
    ///
    /// Whole numbers by exact summing below a mean of 60; the Cornish–Fisher expansion with the distribution's
    /// own skewness above, where it is right to a fraction of a head.
    ///
    /// - Complexity: O(largest quantile) below a mean of 60.
    func write(to quantiles: inout [Double], at start: Int) {
        guard mean > 0 else {
            for index in 0..<QuantileLevels.count { quantiles[start + index] = 0 }
            return
        }
        if variance >= mean * 0.999, mean < 60 { return writeExact(to: &quantiles, at: start) }
        let deviation = variance.squareRoot()
        let excess = max(0, variance - mean) / (mean * mean)
        let skewness = variance < mean ? 0 : (1 + 2 * excess * mean) / deviation
        for (index, z) in QuantileLevels.normal.enumerated() {
            quantiles[start + index] = max(0, mean + deviation * (z + (z * z - 1) * skewness / 6))
        }
    }

    private func writeExact(to quantiles: inout [Double], at start: Int) {
        let excess = (variance - mean) / (mean * mean)
        let isPoisson = excess < 1e-9
        var term = isPoisson ? exp(-mean) : pow(1 + excess * mean, -1 / excess)
        var sum = term
        var count = 0.0
        for (index, level) in QuantileLevels.all.enumerated() {
            while sum < level, count < 100_000 {
                term *=
                    isPoisson
                    ? mean / (count + 1)
                    : (1 / excess + count) / (count + 1) * (excess * mean / (1 + excess * mean))
                count += 1
                sum += term
            }
            quantiles[start + index] = count
        }
    }
}
