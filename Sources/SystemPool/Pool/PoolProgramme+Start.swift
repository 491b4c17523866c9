import LinearProgram

extension PoolProgramme {
    /// Starts from the basis of a choice, which keeps all rows: nothing is left to do before it improves.
    ///
    /// It is triangular: a giver's row has its column, or its slack; a slice has the heads of which some are there and
    /// some not, or its slack.
    func crash(_ choice: PoolChoice) throws(LinearProgramError) {
        for part in choice.parts { try add(part) }
        let heads = layout.value(of: choice, in: instance).heads
        var rows = Array(repeating: LinearProgram.Standing.basic, count: program.rowCount)
        var standings = Array(repeating: LinearProgram.Standing.atLower, count: program.columnCount)
        let used = Set(choice.parts)
        for (index, part) in columns.enumerated() where used.contains(part) {
            rows[instance.offers[part.offer].giver] = .atUpper
            standings[column(index)] = .basic
        }
        for slice in layout.gapSlices.joined() {
            var there = heads[slice.row]
            for group in layout.heads[slice.heads] {
                if there <= 0 {
                    standings[group.column] = .atUpper
                } else if there < group.count {
                    standings[group.column] = .basic
                    rows[slice.row] = .atLower
                }
                there -= group.count
            }
            // No slack where heads are missing: those of the first group that is missing wholly take its place.
            if heads[slice.row] < slice.capacity, rows[slice.row] == .basic,
                let group = layout.heads[slice.heads].first(where: { standings[$0.column] == .atUpper })
            {
                standings[group.column] = .basic
                rows[slice.row] = .atLower
            }
        }
        for slice in layout.lineSlices.joined() where slice.row < layout.sharedRowCount {
            for group in layout.heads[slice.heads].prefix(heads[slice.row]) {
                standings[group.column] = .atUpper
            }
        }
        program.setBasis(rows: rows, columns: standings)
    }
}
