import Foundation

/// What heads beside a requirement cost on level 3 over its whole interval, in points, where the requirement says it
/// itself instead of leaving it to the roster's weights by the hour.
public struct HeadCost: Hashable, Sendable, Codable {
    /// Each head that is missing.
    public let shortage: Int
    /// Each head more than required.
    public let surplus: Int

    public init(shortage: Int, surplus: Int) {
        self.shortage = shortage
        self.surplus = surplus
    }
}

/// A row of `demand.csv`: what is needed, or who arrives, in one interval.
public struct DemandRow: Hashable, Sendable, Codable {
    public enum Subject: Hashable, Sendable, Codable {
        /// Heads for a cover rule whose requirement is `demand`.
        case rule(CoverRule.ID)
        /// Arrivals of a stream of patients at a unit.
        case stream(Unit.ID, String)
    }

    public let subject: Subject
    public let start: Instant
    public let end: Instant
    /// Heads needed, or patients arriving in the interval; the mean if `quantiles` are given.
    public let value: Double
    public let quantiles: DemandDistribution?
    /// Of the heads needed, those without whom it is below a minimum; nil if nobody says.
    public let minimum: Int?
    /// Nil to cost what the roster's weights say.
    public let cost: HeadCost?

    public init(
        subject: Subject, start: Instant, end: Instant, value: Double,
        quantiles: DemandDistribution? = nil, minimum: Int? = nil, cost: HeadCost? = nil
    ) {
        self.subject = subject
        self.start = start
        self.end = end
        self.value = value
        self.quantiles = quantiles
        self.minimum = minimum
        self.cost = cost
    }
}

/// Demand that is not known but forecast: heads needed, by quantile.
///
/// The quantile function is linear between the stated points, constant below the lowest, and rises above the highest as
/// far as an exponential tail would on average.
public struct DemandDistribution: Hashable, Sendable, Codable {
    public struct Point: Hashable, Sendable, Codable {
        public let probability: Double
        public let heads: Double

        public init(probability: Double, heads: Double) {
            self.probability = probability
            self.heads = heads
        }
    }

    /// Ascending in probability, not descending in heads.
    public let points: [Point]

    /// Nil unless there is a point, probabilities rise strictly inside 0 … 1 and heads never fall below
    /// zero or below the point before.
    public init?(_ points: [Point]) {
        guard let first = points.first, first.heads >= 0 else { return nil }
        guard points.allSatisfy({ 0 < $0.probability && $0.probability < 1 && $0.heads.isFinite }) else {
            return nil
        }
        for (left, right) in zip(points, points.dropFirst())
        where right.probability <= left.probability || right.heads < left.heads { return nil }
        self.points = points
    }

    /// Heads that are enough with the given probability.
    public func quantile(_ probability: Double) -> Double {
        guard let first = points.first, let last = points.last else { return 0 }
        if probability <= first.probability { return first.heads }
        guard let index = points.firstIndex(where: { $0.probability >= probability }) else {
            return last.heads + (probability - last.probability) / (1 - last.probability) * tailRise
        }
        let left = points[index - 1]
        let right = points[index]
        let share = (probability - left.probability) / (right.probability - left.probability)
        return left.heads + share * (right.heads - left.heads)
    }

    /// E[(D − heads)+], exactly, for the piecewise linear quantile function. Convex and falling in `heads`.
    public func expectedShortage(heads: Double) -> Double {
        var knots = points
        if let first = points.first { knots.insert(Point(probability: 0, heads: first.heads), at: 0) }
        knots.append(Point(probability: 1, heads: quantile(1)))
        var total = 0.0
        for (left, right) in zip(knots, knots.dropFirst()) {
            let low = left.heads - heads
            let high = right.heads - heads
            let width = right.probability - left.probability
            if low >= 0 {
                total += width * (low + high) / 2
            } else if high > 0 {
                total += width * high * high / (2 * (high - low))
            }
        }
        return total
    }

    /// Heads between the highest point and the quantile of 1.
    ///
    /// Beyond the highest point the chance of needing more is taken to fall on as it fell from the last point with fewer
    /// heads, like an exponential: m = Δ heads ÷ ln of the ratio of the two chances are then missing in the mean, given
    /// that any are. A straight line that rises by 2 m has the same mean. (The slope of the last two points would give a
    /// third of it, and less than half of what a normal distribution has.)
    private var tailRise: Double {
        guard let last = points.last, let before = points.last(where: { $0.heads < last.heads }) else {
            return 0
        }
        return 2 * (last.heads - before.heads) / log((1 - before.probability) / (1 - last.probability))
    }
}

/// One cover rule over one interval in which what it asks for does not change.
public struct CoverRequirement: Hashable, Sendable {
    public let rule: CoverRule.ID
    public let start: Instant
    public let end: Instant
    /// Fewer is a hard gap or a level 2 shortage.
    public let minimum: Int
    /// Fewer is a gap: the plain requirement, or the plan quantile of the forecast.
    public let target: Int
    /// More costs.
    public let maximum: Int?
    /// Set if the requirement is a forecast; its expected shortage is then the cost.
    public let distribution: DemandDistribution?
    /// Set if the requirement says itself what missing it costs.
    public let cost: HeadCost?
    /// How the number came about, in one line; empty if it was simply stated.
    public let arithmetic: String

    public init(
        rule: CoverRule.ID, start: Instant, end: Instant, minimum: Int, target: Int, maximum: Int? = nil,
        distribution: DemandDistribution? = nil, cost: HeadCost? = nil, arithmetic: String = ""
    ) {
        self.rule = rule
        self.start = start
        self.end = end
        self.minimum = minimum
        self.target = target
        self.maximum = maximum
        self.distribution = distribution
        self.cost = cost
        self.arithmetic = arithmetic
    }

    /// What of it lies after an instant; nil if nothing does.
    func from(_ instant: Instant) -> CoverRequirement? {
        guard instant < end else { return nil }
        return CoverRequirement(
            rule: rule, start: max(start, instant), end: end, minimum: minimum, target: target,
            maximum: maximum, distribution: distribution, cost: cost, arithmetic: arithmetic)
    }
}
