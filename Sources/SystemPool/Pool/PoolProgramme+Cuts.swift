import LinearProgram

/// Cuts of the rows that hold a level.
extension PoolProgramme {
    /// Cuts count all sets, and they hold for as long as what they are made from does.
    var isCutting: Bool { hasAllColumns && aim != .worst && shortageRow != nil }

    /// Adds cuts for as long as they raise the bound; returns the bound, or nil if no choice is left.
    ///
    /// - Parameters:
    ///   - relaxed: the relaxation's bound, just solved.
    ///   - best: an objective from which on nothing is sought.
    func tighten(_ relaxed: Double, below best: Int) throws(LinearProgramError) -> Double? {
        var bound = relaxed
        var idle = 0
        var rounds = 0
        while rounded(bound) < best, idle < Self.mostIdle, rounds < Self.mostRounds {
            rounds += 1
            guard try addCuts() else { return bound }
            guard let next = try relax() else { return isInfeasible ? nil : bound }
            idle = next > bound + Self.leastRise * max(1, abs(bound)) ? 0 : idle + 1
            bound = max(bound, next)
        }
        return bound
    }

    private static let mostRounds = 100
    private static let mostIdle = 8
    private static let leastRise = 1e-6

    /// The deepest cut of each row that holds a level; false if all are kept.
    private func addCuts() throws(LinearProgramError) -> Bool {
        let basis = cuts.isEmpty ? program.basis : nil
        var values: [Double] = []
        program.copyPrimal(into: &values)
        var hasCut = false
        for organisation in organisationRows.indices {
            let worst = (liftedFrom - heldLift) * PoolValue.hour
            let row = held(at: worst - layout.fixedCost[organisation], values) { $0 == organisation }
            hasCut = try addCut(row) || hasCut
        }
        if shortageRow != nil {
            let row = held(at: heldShortage - layout.fixedCost.reduce(0, +), values) { _ in true }
            hasCut = try addCut(row) || hasCut
        }
        if hasCut, let basis { basisBeforeCuts = basis }
        return hasCut
    }

    private func addCut(_ held: HeldRow) throws(LinearProgramError) -> Bool {
        guard let found = held.deepest else { return false }
        cuts.append(
            try program.addRow(
                lower: -.infinity, upper: found.limit + 1e-9, columns: found.columns, values: found.values))
        return true
    }

    private func held(at capacity: Int, _ values: [Double], by isMeant: (Int) -> Bool) -> HeldRow {
        var terms = layout.heads[..<liftColumn].filter { $0.cost > 0 && isMeant($0.organisation) }.map {
            HeldRow.Term(
                cost: $0.cost, count: $0.count, value: values[$0.column], columns: [($0.column, 0)])
        }
        var sets: [Int: [(column: Int, loss: Int)]] = [:]
        for (index, part) in columns.enumerated() {
            let loss = loss(of: part)
            guard loss > 0, let lender = lender(of: part.offer), isMeant(lender) else { continue }
            sets[instance.offers[part.offer].giver, default: []].append((column(index), loss))
        }
        // A giver takes one of its sets; those that lose least matter least.
        for (_, all) in sets.sorted(by: { $0.key < $1.key }) {
            let least = all.filter { values[$0.column] > 1e-6 }.map(\.loss).min() ?? Int.max
            let whole = all.filter { $0.loss >= least }
            if !whole.isEmpty {
                terms.append(
                    HeldRow.Term(
                        cost: least, count: 1, value: whole.reduce(0) { $0 + values[$1.column] },
                        columns: whole.map { ($0.column, $0.loss - least) }))
            }
            terms += all.filter { $0.loss < least }.map {
                HeldRow.Term(cost: $0.loss, count: 1, value: values[$0.column], columns: [($0.column, 0)])
            }
        }
        return HeldRow(terms: terms, capacity: capacity, values: values)
    }

    func lender(of offer: Int) -> Int? { instance.offers[offer].lines.first?.organisationIndex }

    /// Takes all cuts out, because what they were made from changes.
    func dropCuts() {
        program.deleteRows(cuts)
        cuts = []
        if let basisBeforeCuts { program.basis = basisBeforeCuts }
        basisBeforeCuts = nil
    }
}
