import LinearProgram

/// Dives: a rota is made of the programme's solution step by step.
extension ColumnGeneration {
    /// Fixes days of people, the surest first, generating lines on the way. Nil if it led nowhere.
    ///
    /// - Parameters:
    ///   - rounds: of column generation after each step.
    ///   - share: of the days that are open, to fix in a step.
    ///   - cutoff: in units of the level; a dive that comes to more leads nowhere.
    ///   - guide: a rota to stay near to, where the programme is of two minds (Danna et al., 2005).
    ///
    /// It commits to less at a time than fixing whole lines, and so ends closer to the bound. The master is
    /// left as it was, with more lines.
    func dive(
        rounds: Int, share: Double, cutoff: Double = .infinity, guide: Incumbent? = nil,
        _ random: inout RandomSource
    ) throws(LinearProgramError) -> [Line]? {
        isDiving = true
        try master.prune(keeping: 20)
        try master.setElastic(true)
        defer {
            isDiving = false
            for person in sub.people { pricer.closed[person] = standing[person] }
        }
        func release() throws(LinearProgramError) {
            try master.openAll()
            try master.setElastic(false)
        }
        var own: [Int: [UInt8]] = [:]
        for line in guide?.lines ?? [] { own[line.person] = line.slots }
        var result: [Line]?
        while !isOver {
            guard case .optimal = master.solve(.automatic, seconds: stop.remaining) else { break }
            if try master.wakeBroken() > 0 { continue }
            var cells = fractionalCells(&random, noise: 0.05)
            if cells.isEmpty {
                result = wholeLines()
                break
            }
            let most = max(1, Int(Double(sub.people.count * dayCount) * share))
            for index in cells.indices where own[cells[index].person]?[cells[index].day] == cells[index].slot
            {
                cells[index].score += Self.pull
            }
            cells.sort { $0.score > $1.score }
            let sure = cells.prefix(most).prefix { $0.score > 0.6 }
            for cell in sure.isEmpty ? cells.prefix(1) : sure { try force(cell) }
            if try generate(rounds: rounds, gap: 0.0001, smoothing: 0) == .infeasible
                || master.objective > cutoff + 0.5
            {
                break
            }
        }
        try release()
        return result
    }

    /// How much surer a guide makes a day that is spent as in its rota.
    private static let pull = 0.25

    struct Cell {
        let person: Int
        let day: Int
        let slot: UInt8
        var score: Double
    }

    /// What people do on days on which the programme is of two minds about them.
    func fractionalCells(_ random: inout RandomSource, noise: Double) -> [Cell] {
        let days = sub.problem.dayCount
        var values: [Int: [Double]] = [:]
        for (index, line) in master.lines.enumerated() {
            let value = master.value(of: index)
            guard value > 1e-6, value < 1 - 1e-6 else { continue }
            let width = sub.problem.people[line.person].slots.count
            for (day, slot) in line.slots.enumerated() {
                values[line.person, default: Array(repeating: 0, count: days * width)][
                    day * width + Int(slot)] += value
            }
        }
        var cells: [Cell] = []
        for (person, values) in values.sorted(by: { $0.key < $1.key }) {
            let width = sub.problem.people[person].slots.count
            for (index, value) in values.enumerated() where value > 1e-6 && value < 1 - 1e-6 {
                cells.append(
                    Cell(
                        person: person, day: index / width, slot: UInt8(index % width),
                        score: noise > 0 ? value + Double.random(in: 0..<noise, using: &random) : value))
            }
        }
        return cells
    }

    /// Makes a person spend a day in one way: other ways are closed and lines that take them are shut.
    private func force(_ cell: Cell) throws(LinearProgramError) {
        let model = sub.problem.people[cell.person]
        let width = model.slots.count
        let before = pricer.closed[cell.person]
        var closed = before ?? Array(repeating: false, count: model.allowed.count)
        guard !closed[cell.day * width + Int(cell.slot)] else { return }
        for slot in 0..<width where slot != Int(cell.slot) { closed[cell.day * width + slot] = true }
        pricer.closed[cell.person] = closed
        for (index, line) in master.lines.enumerated()
        where line.person == cell.person && line.slots[cell.day] != cell.slot { try master.shut(index) }
    }
}
