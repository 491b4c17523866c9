import LinearProgram

/// The rows: cover when it matters, totals, weeks, and what may be missing at a price.
extension Master {
    /// Wakes the groups of rows that a rota strains: where one presence fewer would cost. The others join
    /// when the programme breaks them, so that it holds few more rows than matter.
    func wakeStrained(by values: [Int32]) throws(LinearProgramError) {
        for group in sub.groups {
            let units = Int(values[group.lead] - sub.base[group.lead])
            let step = sub.problem.rows[group.lead].shape == .share ? 35 : 1
            let fewer = sub.worth(of: group, adding: units - step)
            if sub.worth(of: group, adding: units) > 0 || fewer > 0 { try wake(group) }
        }
    }

    /// Wakes the groups that the present solution breaks; how many.
    func wakeBroken() throws(LinearProgramError) -> Int {
        var units: [Int: Double] = [:]
        for (index, line) in lines.enumerated() {
            let value = value(of: index)
            guard value > 1e-9 else { continue }
            sub.problem.forEachCover(of: line) { row, count in
                if sleeping[row] != nil { units[row, default: 0] += value * Double(count) }
            }
        }
        var woken = 0
        for (lead, index) in sleeping.sorted(by: { $0.key < $1.key }) {
            let group = sub.groups[index]
            let value = units[lead] ?? 0
            let low = Int(value.rounded(.down))
            let share = value - Double(low)
            let cost =
                Double(sub.worth(of: group, adding: low)) * (1 - share) + Double(
                    sub.worth(of: group, adding: low + 1)) * share
            if cost > 0.5 {
                try wake(group)
                woken += 1
            }
        }
        return woken
    }

    func wake(_ group: RowGroup) throws(LinearProgramError) {
        guard let index = sleeping.removeValue(forKey: group.lead) else { return }
        woken.append(index)
        try addCover(group)
    }

    /// Entries of the lines that are there already in a new row for a group.
    private func entries(_ lead: Int) -> (columns: [Int], values: [Double]) {
        var columns: [Int] = []
        var values: [Double] = []
        for (index, line) in lines.enumerated() {
            var units = 0
            sub.problem.forEachCover(of: line) { row, count in if row == lead { units += count } }
            if units != 0 {
                columns.append(lineColumn[index])
                values.append(Double(units))
            }
        }
        return (columns, values)
    }

    private func addCover(_ group: RowGroup) throws(LinearProgramError) {
        let lead = group.lead
        let cover = sub.problem.rows[lead]
        if cover.shape == .share {
            let row = try addRow(group, lower: Double(-sub.base[lead]))
            _ = try programme.addColumn(
                cost: Double(cover.surplusSlope) / 60, lower: 0, upper: .infinity, rows: [Int32(row)],
                values: [100])
            return
        }
        let most = sub.people.count
        let top = sub.target(of: group)
        let costsSurplus = sub.cost(of: group, adding: most + 1) > sub.cost(of: group, adding: top)
        guard top > 0 || costsSurplus else { return }
        let row = try addRow(group, lower: Double(top))
        try addShortages(group, row: row, from: top)
        guard costsSurplus else { return }
        try programme.setRowBounds(row, lower: Double(top), upper: Double(top))
        try addSurplus(group, row: row, from: top)
    }

    private func addRow(_ group: RowGroup, lower: Double) throws(LinearProgramError) -> Int {
        let (columns, values) = entries(group.lead)
        let row = try programme.addRow(lower: lower, upper: .infinity, columns: columns, values: values)
        coverRow[group.lead] = row
        return row
    }

    /// A column for each stretch of heads below the target that cost the same to miss.
    private func addShortages(_ group: RowGroup, row: Int, from top: Int) throws(LinearProgramError) {
        let hard = sub.isHard(group)
        let held = sub.holds(hard: hard)
        func step(_ units: Int) -> (cost: Int64, minutes: Int) {
            (
                sub.cost(of: group, adding: units - 1) - sub.cost(of: group, adding: units),
                sub.missing(in: group, adding: units - 1) - sub.missing(in: group, adding: units)
            )
        }
        var units = top
        while units > 0 {
            let slope = step(units)
            var length = 1
            while units - length > 0, step(units - length) == slope { length += 1 }
            var rows = [Int32(row)]
            var values = [1.0]
            let hours = Double(slope.minutes) / 60
            if slope.minutes > 0, let limit = heldRow[hard ? 0 : 1] {
                rows.append(Int32(limit))
                values.append(hours)
            }
            let shut = slope.minutes > 0 && held == false
            let cost = Double(slope.cost) / 60
            let column = try programme.addColumn(
                cost: shut ? cost + Self.elasticHour * hours : cost, lower: 0,
                upper: shut && !isElastic ? 0 : Double(length), rows: rows, values: values)
            if shut { elastic.append((column, Double(length))) }
            shortageColumns[group.lead, default: []].append(column)
            units -= length
        }
    }

    /// A column for each stretch of heads above the target that cost the same.
    private func addSurplus(_ group: RowGroup, row: Int, from top: Int) throws(LinearProgramError) {
        func slope(_ units: Int) -> Int64 {
            sub.cost(of: group, adding: units + 1) - sub.cost(of: group, adding: units)
        }
        var units = top
        while units <= sub.people.count {
            var length = 1
            while units + length <= sub.people.count, slope(units + length) == slope(units) { length += 1 }
            let last = units + length > sub.people.count
            _ = try programme.addColumn(
                cost: Double(slope(units)) / 60, lower: 0, upper: last ? .infinity : Double(length),
                rows: [Int32(row)], values: [-1])
            units += length
        }
    }

    func addCounters(_ person: Int) throws(LinearProgramError) {
        for counter in sub.problem.people[person].counters {
            guard let first = counter.kinks.first else { continue }
            let row = try programme.addRow(lower: -.infinity, upper: Double(first.from))
            counterRow[person, default: []].append((counter.kind, row))
            for (index, kink) in counter.kinks.enumerated() {
                let next = index + 1 < counter.kinks.count ? Double(counter.kinks[index + 1].from) : .infinity
                _ = try programme.addColumn(
                    cost: Double(kink.slope) / 60, lower: 0, upper: next - Double(kink.from),
                    rows: [Int32(row)], values: [-1])
            }
        }
    }

    func addWeek(_ index: Int) throws(LinearProgramError) {
        let week = sub.problem.weeks[index]
        let row = try programme.addRow(lower: Double(week.minutes) / 60, upper: .infinity)
        weekRow[index] = row
        for (member, cover) in week.rows.enumerated() {
            let minutes = Double(sub.problem.rows[cover].minutes) / 60
            let link = try programme.addRow(lower: -Double(sub.base[cover]), upper: .infinity)
            linkRow[index, default: []].append((link, member))
            linksOfRow[cover, default: []].append(link)
            _ = try programme.addColumn(
                cost: 0, lower: 0, upper: 1, rows: [Int32(row), Int32(link)], values: [minutes, -1])
        }
        let held = sub.holds(hard: week.hard)
        var rows = [Int32(row)]
        var values = [1.0]
        if let limit = heldRow[week.hard ? 0 : 1] {
            rows.append(Int32(limit))
            values.append(1)
        }
        let shut = held == false
        let column = try programme.addColumn(
            cost: held == nil ? 1 : shut ? Self.elasticHour : 0, lower: 0, upper: shut ? 0 : .infinity,
            rows: rows, values: values)
        if shut { elastic.append((column, .infinity)) }
    }

    /// Adds the limits of the sub-problem to a programme that is otherwise as it was.
    func setLimits() throws(LinearProgramError) {
        for limit in sub.limits {
            for row in limit.rows { if let index = sleeping[row] { try wake(sub.groups[index]) } }
            let columns = limit.rows.flatMap { shortageColumns[$0] ?? [] }.sorted()
            let heads = Double(limit.heads)
            let row = try programme.addRow(
                lower: limit.isLeast ? heads : -.infinity, upper: limit.isLeast ? .infinity : heads,
                columns: columns, values: columns.map { _ in 1 })
            limitRow.append(row)
            _ = try programme.addColumn(
                cost: Double(ShortageLimit.breach) / 60, lower: 0, upper: .infinity, rows: [Int32(row)],
                values: [limit.isLeast ? 1 : -1])
        }
    }

    /// Opens or shuts the minutes missing on levels that are held at zero.
    ///
    /// A dive needs them open, at a price that only guides it: fixing people one by one could otherwise leave
    /// the rest no rota at all. Whether what comes out is better is decided level by level.
    func setElastic(_ open: Bool) throws(LinearProgramError) {
        isElastic = open
        for (column, length) in elastic {
            try programme.setColumnBounds(column, lower: 0, upper: open ? length : 0)
        }
    }
}
