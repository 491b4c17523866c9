import LinearProgram

/// Branching: what to decide next.
extension ColumnGeneration {
    /// What the programme is most undecided about; nil if its solution is whole.
    ///
    /// Heads missing come first, over as much cover as can be: one decision about a total moves the bound by a part of
    /// what a head missing costs, where decisions about single days of a person move it by next to nothing. Once those
    /// are whole, persons' days are decided, and after every third decision the heads missing on one day or in one row:
    /// some rosters are proven by the one, some by the other alone.
    ///
    /// - Parameters:
    ///   - decisions: those that led here.
    ///   - cutoff: what the incumbent comes to, in units of the level.
    func undecided(
        after decisions: [BranchNode.Decision], cutoff: Int64
    ) throws(LinearProgramError) -> BranchNode.Decision? {
        if let limit = undecidedShortage(sub.shortageTotals.wide) { return .shortage(limit) }
        let narrow = undecidedShortage(sub.shortageTotals.narrow).map(BranchNode.Decision.shortage)
        if let narrow, decisions.count % 4 == 3 { return narrow }
        return try strongestCell(cutoff: cutoff).map {
            .day(person: $0.person, day: $0.day, slot: $0.slot, isForced: true)
        } ?? narrow
    }

    /// The total of heads missing that is least near to a whole number, of the widest totals of which one is not.
    private func undecidedShortage(_ sets: [[[Int]]]) -> ShortageLimit? {
        for totals in sets {
            var best: (limit: ShortageLimit, distance: Double)?
            for rows in totals {
                let heads = rows.reduce(0) { $0 + master.shortage(ofRow: $1) }
                let distance = abs(heads - heads.rounded())
                guard distance > max(0.02, best?.distance ?? 0) else { continue }
                best = (
                    ShortageLimit(rows: rows, heads: Int(heads.rounded(.up)), isLeast: true),
                    distance
                )
            }
            if let best { return best.limit }
        }
        return nil
    }

    /// Days of people that are tried before one of them is decided, and the steps of the dual simplex that each try has.
    private static let tries = (days: 10, steps: 60)

    /// Of the days about which the programme is most of two minds, the one that raises the bound most whichever way it
    /// is decided: each is tried both ways on the lines that are there (strong branching; Applegate et al., 1995).
    ///
    /// - Parameter cutoff: in units of the level; to rise beyond it is worth no more.
    func strongestCell(cutoff: Int64) throws(LinearProgramError) -> Cell? {
        var none = RandomSource(seed: 0)
        var tried: Set<[Int]> = []
        let cells = fractionalCells(&none, noise: 0).sorted { abs($0.score - 0.5) < abs($1.score - 0.5) }
            .filter { tried.insert([$0.person, $0.day]).inserted }.prefix(Self.tries.days)
        guard cells.count > 1 else { return cells.first }
        let (basis, objective) = (master.programme.basis, master.objective)
        let most = max(60, Double(cutoff) - objective)
        var best: (cell: Cell, score: Double)?
        for cell in cells {
            var score = 1.0
            for isForced in [true, false] {
                let decision = BranchNode.Decision.day(
                    person: cell.person, day: cell.day, slot: cell.slot, isForced: isForced)
                let shut = master.lines.indices.filter {
                    !master.isShut[$0] && !decision.allows(master.lines[$0])
                }
                for index in shut { try master.shut(index) }
                let status = master.solve(
                    .dual, iterationLimit: Self.tries.steps, seconds: .infinity)
                score *= status == .infeasible ? most : min(most, max(1, master.objective - objective))
                for index in shut { try master.open(index) }
                master.programme.basis = basis
            }
            if score > best?.score ?? 0 { best = (cell, score) }
        }
        _ = master.solve(.automatic, seconds: stop.remaining)
        return best?.cell
    }
}
