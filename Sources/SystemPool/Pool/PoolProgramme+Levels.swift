import LinearProgram

/// Holding what a level reached, for the levels that follow.
extension PoolProgramme {
    /// Holds the hard minutes at a value.
    func holdHard(at value: Int) throws(LinearProgramError) {
        let heads = layout.heads.filter { $0.hard > 0 }
        guard !heads.isEmpty else { return }
        heldHard = value
        hardRow = try program.addRow(
            lower: -.infinity, upper: Double(value - layout.fixedHard), columns: heads.map(\.column),
            values: heads.map { Double($0.hard) })
    }

    /// Holds the shortage at a value; false if nothing can change it.
    func holdShortage(at value: Int) throws(LinearProgramError) -> Bool {
        heldShortage = value
        let terms = costs { _ in true }
        // Columns that are not there yet may take from a lender.
        guard !terms.isEmpty || layout.losses.joined().contains(where: { $0 > 0 }) else { return false }
        shortageRow = try program.addRow(
            lower: -.infinity, upper: shortageBound(value), columns: terms.map(\.column),
            values: terms.map(\.value))
        return true
    }

    func tightenShortage(to value: Int) throws(LinearProgramError) {
        heldShortage = value
        guard let shortageRow else { return }
        try program.setRowBounds(shortageRow, lower: -.infinity, upper: shortageBound(value))
    }

    /// A column in a row that holds a level, in weighted hours.
    private typealias Term = (column: Int, value: Double)

    /// What the columns of organisations cost.
    private func costs(of isMeant: (Int) -> Bool) -> [Term] {
        let heads = layout.heads[..<liftColumn].filter { isMeant($0.organisation) }.map {
            ($0.column, $0.cost)
        }
        let parts = columns.enumerated().filter { _, part in
            instance.offers[part.offer].lines.first.map { isMeant($0.organisationIndex) } ?? false
        }.map { (column($0.offset), loss(of: $0.element)) }
        return (heads + parts).filter { $0.1 > 0 }.map { ($0.0, Double($0.1) / Double(PoolValue.hour)) }
    }

    private func shortageBound(_ value: Int) -> Double {
        Double(value - layout.fixedCost.reduce(0, +)) / Double(PoolValue.hour) + 1e-7
    }

    /// A row for each organisation: its risk and the lift are no more than the worst-off organisation's risk now.
    func liftWorst(from worst: Int) throws(LinearProgramError) {
        liftedFrom = worst
        try freeLift()
        for organisation in layout.fixedCost.indices {
            let terms = (costs { $0 == organisation } + [(liftColumn, 1)]).sorted { $0.column < $1.column }
            let row = try program.addRow(
                lower: -.infinity,
                upper: Double(worst) - Double(layout.fixedCost[organisation]) / Double(PoolValue.hour) + 1e-7,
                columns: terms.map(\.column), values: terms.map(\.value))
            organisationRows.append(row)
        }
    }

    func freeLift() throws(LinearProgramError) {
        dropCuts()
        try program.setColumnBounds(liftColumn, lower: 0, upper: Double(liftedFrom))
    }

    func setLift(_ lift: Int) throws(LinearProgramError) {
        dropCuts()
        heldLift = lift
        try program.setColumnBounds(liftColumn, lower: Double(lift), upper: Double(lift))
    }

    // MARK: Who goes

    /// Holds what a choice closes and what lenders lose, by slices: no gap has fewer heads than with it, and nobody more
    /// leaves a line where that costs anything. Whatever keeps that is no worse on any level before, so that their rows
    /// need hold nothing any more.
    func holdCover(of choice: PoolChoice) throws(LinearProgramError) {
        // What is minimised next is something else: that basis is of no use.
        basisBeforeCuts = nil
        dropCuts()
        let heads = layout.value(of: choice, in: instance).heads
        for slice in layout.gapSlices.joined() {
            var there = heads[slice.row]
            for group in layout.heads[slice.heads] {
                let missing = Double(max(0, group.count - there))
                there = max(0, there - group.count)
                try program.setColumnBounds(group.column, lower: missing, upper: missing)
            }
        }
        var isBarred = Array(repeating: false, count: layout.rowCount)
        for slice in layout.lineSlices.joined() {
            for (place, group) in layout.heads[slice.heads].enumerated() {
                let mayLeave = place < heads[slice.row] || group.cost == 0
                if slice.row < layout.sharedRowCount {
                    let most = mayLeave ? Double(group.count) : 0
                    try program.setColumnBounds(group.column, lower: most, upper: most)
                } else if place == 0 {
                    isBarred[slice.row] = !mayLeave
                }
            }
        }
        barred = layout.lendRows.map { arcs in arcs.map { $0.contains { isBarred[Int($0)] } } }
        for index in columns.indices { try release(index) }
        for row in [hardRow, shortageRow].compactMap({ $0 }) + organisationRows {
            try program.setRowBounds(row, lower: -.infinity, upper: .infinity)
        }
        (hardRow, shortageRow, organisationRows) = (nil, nil, [])
    }

    /// Lets the programme decide on a column.
    func release(_ index: Int) throws(LinearProgramError) {
        let isBarred = isBarred(columns[index])
        try program.setColumnBounds(column(index), lower: 0, upper: isBarred ? 0 : .infinity)
    }

    private func isBarred(_ part: PoolChoice.Part) -> Bool {
        !barred.isEmpty && part.arcs.contains { barred[part.offer][$0] }
    }
}
