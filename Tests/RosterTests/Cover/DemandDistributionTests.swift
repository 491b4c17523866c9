import Foundation
import Roster
import Testing

@Suite struct DemandDistributionTests {
    private static let distributions: [[(Double, Double)]] = [
        [(0.5, 4)], [(0.1, 2), (0.5, 4), (0.9, 9)], [(0.25, 0), (0.5, 0), (0.75, 3)], [(0.1, 5), (0.9, 5)],
        [(0.05, 1), (0.1, 1.5), (0.25, 2), (0.5, 3.2), (0.75, 4), (0.9, 6), (0.95, 8.5)],
    ]

    /// E[(D − s)+] is the integral of (q(p) − s)+ over p.
    @Test(arguments: distributions)
    func expectedShortageIsTheIntegral(points: [(Double, Double)]) throws {
        let demand = try #require(distribution(points))
        for heads in stride(from: -1.0, through: 12, by: 0.37) {
            let steps = 2_000
            let integral = (0..<steps).reduce(0.0) { sum, step in
                sum + max(0, demand.quantile((Double(step) + 0.5) / Double(steps)) - heads) / Double(steps)
            }
            #expect(abs(demand.expectedShortage(heads: heads) - integral) < 1e-4)
        }
    }

    @Test(arguments: distributions)
    func expectedShortageFallsAndIsConvex(points: [(Double, Double)]) throws {
        let demand = try #require(distribution(points))
        let shortages = stride(from: 0.0, through: 14, by: 0.25).map { demand.expectedShortage(heads: $0) }
        let drops = zip(shortages, shortages.dropFirst()).map { $0 - $1 }
        #expect(drops.allSatisfy { $0 >= -1e-12 })
        for (drop, next) in zip(drops, drops.dropFirst()) { #expect(next <= drop + 1e-12) }
        #expect(shortages.allSatisfy { $0 >= 0 })
        #expect(abs(demand.expectedShortage(heads: demand.quantile(1))) < 1e-12)
    }

    @Test(
        "What is missing beyond the highest point is what an exponential tail has, and no less than a normal one"
    )
    func tail() throws {
        // The mean beyond the 95 % point, given nothing below, of an exponential with mean 3; and of a normal one.
        let exponential = try #require(distribution([(0.9, 3 * log(10)), (0.95, 3 * log(20))]))
        #expect(abs(exponential.expectedShortage(heads: 3 * log(20)) - 0.05 * 3) < 1e-9)
        let normal = try #require(distribution([(0.9, 20 + 4 * 1.28155), (0.95, 20 + 4 * 1.64485)]))
        let missing = normal.expectedShortage(heads: 20 + 4 * 1.64485)
        #expect((0.0209 * 4...0.03 * 4).contains(missing))
        #expect((2.326 * 4...2.6 * 4).contains(normal.quantile(0.99) - 20))
        // Whole counts often share the last two points.
        let level = try #require(distribution([(0.75, 1), (0.9, 2), (0.95, 2)]))
        #expect(level.expectedShortage(heads: 2) > 0.02)
    }

    @Test func theQuantileIsLinearConstantBelowAndGoesOnAbove() throws {
        let demand = try #require(distribution([(0.2, 2), (0.6, 4), (0.8, 8)]))
        #expect(demand.quantile(0) == 2)
        #expect(demand.quantile(0.2) == 2)
        #expect(abs(demand.quantile(0.4) - 3) < 1e-12)
        #expect(demand.quantile(0.6) == 4)
        #expect(abs(demand.quantile(0.7) - 6) < 1e-12)
        #expect(abs(demand.quantile(1) - (8 + 2 * 4 / log(2))) < 1e-12)
        #expect(distribution([(0.5, 3)])?.quantile(1) == 3)
    }

    @Test(
        arguments: [
            [], [(0.5, -1)], [(0, 1)], [(1, 1)], [(0.5, 1), (0.5, 2)], [(0.5, 2), (0.6, 1)],
            [(0.5, .infinity)],
            [(0.5, .nan)], [(0.6, 1), (0.5, 2)], [(.nan, 1)],
        ] as [[(Double, Double)]])
    func whatIsNoDistributionIsRefused(points: [(Double, Double)]) {
        #expect(distribution(points) == nil)
    }

    private func distribution(_ points: [(Double, Double)]) -> DemandDistribution? {
        DemandDistribution(points.map { DemandDistribution.Point(probability: $0.0, heads: $0.1) })
    }
}
