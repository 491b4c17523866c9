/// What each head of each row changes, in flat arrays: a head that comes to a gap, or that leaves a lender's line.
struct HeadWorths {
    /// By row; -1 for givers' rows.
    let organisations: [Int]
    let isLending: [Bool]
    private var starts: [Int]
    /// By how much a head lowers its organisation's cost; below zero for a lender.
    private var costs: [Double] = []
    private var hards: [Double] = []

    init(_ layout: PoolLayout) {
        var groups = Array(repeating: [PoolLayout.Heads](), count: layout.rowCount)
        for slice in layout.gapSlices.joined() { groups[slice.row] = Array(layout.heads[slice.heads]) }
        var isLending = Array(repeating: false, count: layout.rowCount)
        for slice in layout.lineSlices.joined() {
            groups[slice.row] = Array(layout.heads[slice.heads])
            isLending[slice.row] = true
        }
        self.isLending = isLending
        organisations = groups.map { $0.first?.organisation ?? -1 }
        starts = [0]
        for (row, groups) in groups.enumerated() {
            for group in groups {
                let cost = Double(isLending[row] ? -group.cost : group.cost)
                costs += Array(repeating: cost, count: group.count)
                hards += Array(repeating: Double(group.hard), count: group.count)
            }
            starts.append(costs.count)
        }
    }

    /// What the head with a number, from zero on, changes in a row; nil if a lender cannot spare it.
    func head(_ number: Int, in row: Int) -> (cost: Double, hard: Double)? {
        let place = starts[row] + number
        if place < starts[row + 1] { return (costs[place], hards[place]) }
        return isLending[row] ? nil : (0, 0)
    }
}
