import LinearProgram

/// A bound in whole numbers.
///
/// The simplex method's objective is right to some millionths, which in a large system is more than the least that two
/// choices can differ by. Any prices of heads give a bound, by weak duality; here the relaxation's, in whole parts, so that
/// nothing is rounded.
extension PoolProgramme {
    /// Parts of a minute × risk × per cent in which prices are counted.
    private static let parts = 1 << 20

    /// What no choice of the table's sets has less of, at the last optimum of the first level; hard minutes as they are held.
    ///
    /// - Complexity: O(sets × duties of a set).
    func exactBound(over table: DutyTable) -> Int {
        program.copyDuals(into: &duals)
        let prices = duals.map { Int(($0 * scale * Double(Self.parts)).rounded()) }
        func need(_ row: Int) -> Int { max(0, prices[row]) }
        func lend(_ row: Int) -> Int { min(0, prices[row]) }
        let hard = hardRow.map { min(0, prices[$0]) } ?? 0
        var bound = hard * (heldHard - layout.fixedHard)
        // Heads of gaps that are missing, and heads that leave lines.
        for slice in layout.gapSlices.joined() {
            bound += need(slice.row) * slice.capacity
            for group in layout.heads[slice.heads] {
                let reduced = group.cost * Self.parts - need(slice.row) - hard * group.hard
                bound += min(0, reduced) * group.count
            }
        }
        for slice in layout.lineSlices.joined() where slice.row < layout.sharedRowCount {
            for group in layout.heads[slice.heads] {
                bound += min(0, group.cost * Self.parts + lend(slice.row)) * group.count
            }
        }
        // Each giver takes what is best for it, or nothing.
        var worths = Array(repeating: 0, count: layout.sharedRowCount)
        for slice in layout.gapSlices.joined() { worths[slice.row] = need(slice.row) }
        for slice in layout.lineSlices.joined() where slice.row < layout.sharedRowCount {
            worths[slice.row] = lend(slice.row)
        }
        for giver in givers.indices {
            var most = 0
            for set in table.sets(ofGiver: giver) {
                let rows = table.rows(of: set).prefix { $0 < layout.sharedRowCount }
                let loss = loss(of: table.parts[set]) * Self.parts
                most = max(most, rows.reduce(0) { $0 + worths[Int($1)] } - loss)
            }
            bound -= most
        }
        let step = Self.parts * grid
        let steps = bound >= 0 ? (bound + step - 1) / step : bound / step
        return fixed + steps * grid
    }
}
