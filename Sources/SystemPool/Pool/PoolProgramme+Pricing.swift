import LinearProgram

/// Column generation: sets of duties that are worth something at the duals.
extension PoolProgramme {
    /// What each duty of an offer would bring at the present duals.
    private func profits(_ offer: Int) -> DutyProfits {
        let ofLoss =
            lossRows(of: offer).reduce(0.0) { $0 + duals[Int($1)] } / Double(PoolValue.hour)
            - (aim == .shortage ? 1 / scale : 0)
        let alone = instance.arcs[offer].indices.map { arc -> Double in
            if !barred.isEmpty, barred[offer][arc] { return -.greatestFiniteMagnitude }
            var profit = ofLoss * Double(layout.losses[offer][arc])
            for row in layout.needRows[offer][arc] { profit += duals[Int(row)] }
            for row in layout.lendRows[offer][arc] where row < layout.sharedRowCount {
                profit += duals[Int(row)]
            }
            return aim == .burden ? profit - Double(2 * instance.arcs[offer][arc].travel) : profit
        }
        let own = layout.ownGapRows[offer]
        guard !own.isEmpty else { return DutyProfits(alone) }
        return DutyProfits(
            alone,
            shared: layout.lendRows[offer].map { rows in
                rows.filter(own.contains).map { (row: $0, price: duals[Int($0)]) }
            })
    }

    private func call(_ offer: Int) -> (Int) -> Double {
        aim == .burden ? { Double(self.instance.call(offer, $0)) } : { _ in 0 }
    }

    /// By column, the share of it that the relaxation's last optimum takes; those that are not taken are left out.
    var shares: [PoolRounding.Share] {
        var values: [Double] = []
        program.copyPrimal(into: &values)
        return columns.indices.compactMap { index in
            let share = values[column(index)]
            return share > 1e-6 ? (columns[index], share) : nil
        }
    }

    /// Solves the relaxation over all lawful sets; returns its bound, or nil if it was not solved.
    func relax() throws(LinearProgramError) -> Double? {
        while true {
            let status = program.solve()
            isInfeasible = status == .infeasible
            guard status == .optimal else { return nil }
            program.copyDuals(into: &duals)
            var bound = program.objective
            if hasAllColumns { return bound }
            var hasGrown = false
            for (giver, offers) in givers.enumerated() {
                var least = 0.0
                for offer in offers where !instance.arcs[offer].isEmpty {
                    let best = instance.sets(offer).best(profits(offer), call: call(offer))
                    let reduced = -best.profit - duals[giver]
                    least = min(least, reduced)
                    if reduced < -1e-7, try add(PoolChoice.Part(offer: offer, arcs: best.arcs)) {
                        hasGrown = true
                    }
                }
                bound += least
            }
            if !hasGrown { return bound }
        }
    }

    /// The bound if a gap needs one head less, from where the programme stands, and the relaxation's shares; nil if it was
    /// not solved.
    ///
    /// - Complexity: some simplex iterations; afterwards the programme is as it was, not solved.
    func bound(withOneLessIn gap: Int) throws(LinearProgramError) -> (
        bound: Int, shares: [PoolRounding.Share]
    )? {
        let slices = layout.gapSlices[gap].compactMap { slice in
            slice.heads.first.map { (slice: slice, group: layout.heads[$0]) }
        }
        for (slice, group) in slices {
            try program.setRowBounds(slice.row, lower: Double(slice.capacity - 1), upper: .infinity)
            try program.setColumnBounds(group.column, lower: 0, upper: Double(group.count - 1))
        }
        let reached = try relax().map { (bound: rounded($0), shares: shares) }
        for (slice, group) in slices {
            try program.setRowBounds(slice.row, lower: Double(slice.capacity), upper: .infinity)
            try program.setColumnBounds(group.column, lower: 0, upper: Double(group.count))
        }
        return reached
    }

    /// Adds every column whose reduced cost is at most `gap`; false if there are too many of them.
    func addColumns(within gap: Double, limit: Int) throws(LinearProgramError) -> Bool {
        program.copyDuals(into: &duals)
        var budget = limit
        for offer in instance.offers.indices where !instance.arcs[offer].isEmpty {
            let threshold = -duals[instance.offers[offer].giver] - gap - 1e-6
            guard
                let sets = instance.sets(offer).all(
                    profits(offer), atLeast: threshold, limit: budget, call: call(offer))
            else { return false }
            budget -= sets.count
            for arcs in sets { try add(PoolChoice.Part(offer: offer, arcs: arcs)) }
        }
        return true
    }
}
