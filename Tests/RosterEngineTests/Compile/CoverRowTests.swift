import Testing

@testable import RosterEngine

@Suite struct CoverRowTests {
    /// Columns of the programme are added slope by slope, which is right only for convex costs.
    @Test func costAndMissingAreConvex() {
        for seed in 0..<20 {
            guard let ward = TinyWard(seed: seed) else { continue }
            for row in ward.problem.rows {
                let range = row.shape == .share ? -400...400 : 0...8
                for value in range.dropFirst().dropLast() {
                    let cost = row.cost(value - 1) - 2 * row.cost(value) + row.cost(value + 1)
                    let slack: Int64 = row.shape == .share ? 1 : 0
                    #expect(cost >= -slack, "seed \(seed), \(row), \(value)")
                    let missing = row.missing(value - 1) - 2 * row.missing(value) + row.missing(value + 1)
                    #expect(missing >= 0)
                }
            }
        }
    }

    @Test func eachHeadMissingCostsItsSlopeAndEachAboveTheMaximumItsOwn() {
        let row = CoverRow(
            rule: 0, start: 0, end: 60, shape: .heads, hard: false, minimum: 2, target: 3, base: 0,
            shortageSlopes: [10, 20], kneeTop: 3, surplusFrom: 4, surplusSlope: 7)
        #expect((0...6).map(row.cost) == [50, 30, 10, 0, 0, 7, 14])
        #expect((0...3).map(row.missing) == [120, 60, 0, 0])
    }

    /// The bound takes the cost of a share for a straight line, which the whole numbers may not fall below.
    @Test func aShareCostsNoLessThanInProportion() {
        for slope in [1, 20, 750, 999] as [Int64] {
            let row = CoverRow(
                rule: 0, start: 0, end: 30, shape: .share, hard: false, minimum: 0, target: 0, base: 0,
                shortageSlopes: [], kneeTop: 0, surplusFrom: 0, surplusSlope: slope)
            for value in -250...50 { #expect(row.cost(value) * 100 >= Int64(max(0, -value)) * slope) }
            #expect(row.cost(-200) == 2 * slope)
        }
    }
}
