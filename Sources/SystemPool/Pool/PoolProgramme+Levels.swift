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
        guard !terms.isEmpty else { return false }
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

    /// The price of a minute × risk × per cent at each limit, by the relaxation's last optimum; zero for what is not held.
    func limits(worst: Int, all: Int) -> PoolGoal.Limits {
        let unit = aim == .burden ? Double(PoolValue.hour) : 1
        let price = { (row: Int) in row < self.duals.count ? max(0, -self.duals[row]) / unit : 0 }
        let none = layout.fixedCost.map { _ in 0.0 }
        return PoolGoal.Limits(
            worst: Double(worst * PoolValue.hour),
            duals: organisationRows.isEmpty ? none : organisationRows.map(price),
            all: Double(all), dualOfAll: shortageRow.map(price) ?? 0,
            scale: Double(Self.excess * PoolValue.hour))
    }

    /// The weighted hours beyond a limit at which its price has doubled; about what a duty is worth.
    private static let excess = 5

    func freeLift() throws(LinearProgramError) {
        dropCuts()
        try program.setColumnBounds(liftColumn, lower: 0, upper: Double(liftedFrom))
    }

    func setLift(_ lift: Int) throws(LinearProgramError) {
        dropCuts()
        heldLift = lift
        try program.setColumnBounds(liftColumn, lower: Double(lift), upper: Double(lift))
    }
}
