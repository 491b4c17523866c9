import LinearProgram

/// Solving the programme, and what its solution says.
extension Master {
    func solve(
        _ method: LinearProgram.Method = .primal, iterationLimit: Int? = nil, seconds: Double
    ) -> LinearProgram.Status {
        let before = programme.iterations
        let status = programme.solve(
            method, iterationLimit: iterationLimit, seconds: seconds.isFinite ? max(0.05, seconds) : nil)
        let iteration = 75 * Double(programme.rowCount) + 3 * Double(programme.entryCount)
        work += Double(programme.iterations - before) * iteration
        return status
    }

    /// In units of the level: sixtieths of a point, or minutes.
    var objective: Double { programme.objective * 60 + Double(sub.constant) }

    func value(of line: Int) -> Double { programme.value(ofColumn: lineColumn[line]) }

    /// The duals, rounded to fixed point.
    func prices() -> Prices {
        var prices = Prices(problem: sub.problem, countsLineCost: sub.level == 3)
        func fixed(_ dual: Double, _ unit: Double = 1) -> Int64 {
            Int64((dual * 60 * Double(Prices.scale) / unit).rounded())
        }
        for group in sub.groups where coverRow[group.lead] >= 0 {
            let row = group.lead
            let price = fixed(programme.dual(ofRow: coverRow[row]))
            let surplus = group.rows.contains { sub.problem.rows[$0].surplusFrom < Int(Int32.max) }
            prices.rows[row] = surplus ? price : max(0, price)
        }
        for person in sub.people {
            for (kind, row) in counterRow[person] ?? [] {
                prices.counters[person][kind.rawValue] = max(0, -fixed(programme.dual(ofRow: row)))
            }
        }
        prices.limits = zip(sub.limits, limitRow).map { limit, row in
            limit.price(nearest: fixed(programme.dual(ofRow: row)))
        }
        for index in 0..<2 {
            if let row = heldRow[index] {
                prices.held[index] = max(0, -fixed(programme.dual(ofRow: row), 60))
            }
        }
        for week in sub.weeks {
            if let row = weekRow[week] { prices.weeks[week] = max(0, fixed(programme.dual(ofRow: row), 60)) }
            for (link, member) in linkRow[week] ?? [] {
                let worth = max(0, fixed(programme.dual(ofRow: link)))
                prices.links[week][member] = worth
                prices.rows[sub.problem.weeks[week].rows[member]] += worth
            }
        }
        return prices
    }

    /// Heads missing in a group.
    func shortage(ofRow lead: Int) -> Double {
        (shortageColumns[lead] ?? []).reduce(0) { $0 + programme.value(ofColumn: $1) }
    }

    /// The price at which a person's line is worth having.
    func threshold(_ person: Int) -> Double {
        guard let row = personRow[person] else { return 0 }
        return programme.dual(ofRow: row) * 60 * Double(Prices.scale)
    }

    func write(to path: String) throws(LinearProgramError) { try programme.writeLP(to: path) }
}
