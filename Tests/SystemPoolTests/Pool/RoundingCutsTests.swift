import Testing

@testable import SystemPool

@Suite("Cuts of rows that hold a level")
struct RoundingCutsTests {
    /// A random row: terms of one column each but the last, which is a giver with three sets.
    private static func row(_ random: inout RandomNumbers) -> HeldRow {
        let count = 3 + random.below(3)
        var values: [Double] = []
        var terms: [HeldRow.Term] = []
        var whole = 0
        for column in 0..<count {
            let most = 1 + random.below(2)
            let cost = 50 * (1 + random.below(12))
            values.append(Double(random.below(100 * most + 1)) / 100)
            terms.append(
                HeldRow.Term(cost: cost, count: most, value: values[column], columns: [(column, 0)]))
            whole += cost * most
        }
        let shares = (0..<3).map { _ in Double(random.below(33)) / 100 }
        values += shares
        terms.append(
            HeldRow.Term(
                cost: 100, count: 1, value: shares.reduce(0, +),
                columns: (0..<3).map { (count + $0, 70 * $0) }))
        return HeldRow(terms: terms, capacity: 30 + random.below(whole), values: values)
    }

    /// All whole points that keep a row.
    private static func points(_ row: HeldRow) -> [[Double]] {
        var points: [[Double]] = []
        func extend(_ term: Int, _ point: [Double], _ left: Int) {
            guard left >= 0 else { return }
            guard term < row.terms.count else { return points.append(point) }
            let next = row.terms[term]
            if next.columns.count == 1 {
                for number in 0...next.count {
                    extend(term + 1, point + [Double(number)], left - number * next.cost)
                }
            } else {
                extend(term + 1, point + next.columns.map { _ in 0 }, left)
                for taken in next.columns {
                    let set = next.columns.map { $0.column == taken.column ? 1.0 : 0 }
                    extend(term + 1, point + set, left - next.cost - taken.more)
                }
            }
        }
        extend(0, [], row.capacity)
        return points
    }

    @Test("Whatever keeps the row with whole numbers keeps the cut, and the fractions do not")
    func valid() {
        var random = RandomNumbers(seed: 7)
        var found = 0
        var touched = 0
        for _ in 0..<2_000 {
            let row = Self.row(&random)
            guard let cut = row.deepest else { continue }
            func side(_ point: [Double]) -> Double {
                zip(cut.columns, cut.values).reduce(0) { $0 + $1.1 * point[$1.0] }
            }
            #expect(side(row.values) > cut.limit)
            let most = Self.points(row).map(side).max() ?? -.infinity
            #expect(most <= cut.limit + 1e-9)
            if most > cut.limit - 1e-9 { touched += 1 }
            found += 1
        }
        #expect(found >= 1_000)
        // Many cannot be moved further in.
        #expect(touched * 2 >= found)
    }

    @Test("No cut of what is whole already")
    func whole() {
        let terms = [(75_000, 1.0), (60_000, 0.0), (45_000, 1.0)].enumerated().map {
            HeldRow.Term(cost: $1.0, count: 1, value: $1.1, columns: [($0, 0)])
        }
        #expect(HeldRow(terms: terms, capacity: 125_000, values: [1, 0, 1]).deepest == nil)
    }
}
