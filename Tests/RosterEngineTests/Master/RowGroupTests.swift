import Testing

@testable import RosterEngine

@Suite struct RowGroupTests {
    /// So the price of one row is enough for all of them.
    @Test func everyLineAddsTheSameToAllRowsOfAGroup() {
        for seed in 0..<30 {
            guard let ward = TinyWard(seed: seed) else { continue }
            for (component, groups) in zip(ward.problem.components, ward.problem.groups) {
                #expect(groups.flatMap(\.rows).sorted() == component.rows.sorted())
                for person in component.people {
                    for (line, _) in ward.lines[person].prefix(50) {
                        var units = [Int](repeating: 0, count: ward.problem.rows.count)
                        ward.problem.forEachCover(of: line) { row, count in units[row] += count }
                        for group in groups {
                            #expect(Set(group.rows.map { units[$0] }).count == 1, "seed \(seed), \(group)")
                        }
                    }
                }
            }
        }
    }
}
