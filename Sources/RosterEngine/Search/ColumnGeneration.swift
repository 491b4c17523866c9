import LinearProgram

/// Column generation on a master, and the dives that make a rota of what it finds.
///
/// - Note: lives on one thread, like the linear programme inside.
final class ColumnGeneration {
    let sub: SubProblem
    let master: Master
    private let pricer: Pricer
    private let stop: Stop
    /// The best bound so far, in fixed point; nil before the first.
    private(set) var bound: Int64?
    private var centre: Prices?
    private var fixed: Set<Int> = []

    init(_ sub: SubProblem, pricer: Pricer, stop: Stop, start: [Line]) throws(LinearProgramError) {
        self.sub = sub
        self.pricer = pricer
        self.stop = stop
        master = try Master(sub)
        for line in start where sub.people.contains(line.person) { try master.add(line) }
    }

    /// The bound in units of the level, rounded up to the grid on which objectives lie; nil if there is none.
    var provenBound: Int64? {
        bound.map { bound in
            let scale = Prices.scale
            return bound > 0 ? (bound + scale - 1) / scale : bound / scale
        }
    }

    enum Outcome {
        /// No line would improve the programme any more, or the bound is close enough.
        case converged
        case stopped
        /// The programme has no solution, as when fixing went too far.
        case infeasible
    }

    /// Adds lines until none is worth adding, the relative gap to the bound is at most `gap`, or rounds run out.
    ///
    /// - Parameter smoothing: sixteenths of the way from the programme's duals to the best centre (Wentges, 1997).
    func generate(rounds: Int, gap: Double, smoothing: Int64) throws(LinearProgramError) -> Outcome {
        centre = nil
        var best = -Double.infinity
        for _ in 0..<rounds {
            if stop.isDue { return .stopped }
            switch master.solve(seconds: stop.remaining) {
            case .optimal: break
            case .infeasible: return .infeasible
            case .unbounded, .feasible, .notSolved: return .stopped
            }
            let objective = master.objective
            let exact = master.prices()
            var prices = smoothing > 0 ? centre.map { exact.smoothed(towards: $0, sixteenths: smoothing) } ?? exact : exact
            var (added, value) = try price(prices, against: exact)
            if added == 0, smoothing > 0, centre != nil {
                prices = exact
                (added, value) = try price(prices, against: exact)
            }
            if Double(value) > best {
                best = Double(value)
                centre = prices
            }
            if fixed.isEmpty { bound = max(bound ?? Int64.min, value) }
            let distance = objective - best / Double(Prices.scale)
            if added == 0 || distance <= gap * max(1, abs(objective)) { return .converged }
        }
        return .stopped
    }

    /// One line for each free person at the prices; how many were added, and the bound that the prices give.
    private func price(_ prices: Prices, against exact: Prices) throws(LinearProgramError) -> (Int, Int64) {
        var added = 0
        var linePrices: [Int64] = []
        linePrices.reserveCapacity(sub.people.count)
        for person in sub.people {
            if fixed.contains(person) {
                linePrices.append(0)
                continue
            }
            let priced = pricer.price(person, prices)
            linePrices.append(priced.bound)
            guard let line = priced.line else { continue }
            let cost = reducedCost(line, exact) - master.threshold(person)
            if cost < -0.5 * Double(Prices.scale), try master.add(line) { added += 1 }
        }
        return (added, sub.bound(prices, linePrices: linePrices))
    }

    private func reducedCost(_ line: Line, _ prices: Prices) -> Double {
        var cost = sub.cost(of: line) * Prices.scale
        sub.problem.forEachCover(of: line) { row, units in cost -= prices.rows[row] * Int64(units) }
        if sub.level == 3 {
            for counter in sub.problem.people[line.person].counters {
                cost += prices.counters[line.person][counter.kind.rawValue] * Int64(line.total(counter.kind))
            }
        }
        return Double(cost)
    }

    // MARK: Diving

    /// Fixes people to lines until everybody has one, generating lines on the way. Nil if it led nowhere.
    ///
    /// The master is left as it was, with more lines.
    func dive(rounds: Int, share: Double, _ random: inout RandomSource) throws(LinearProgramError) -> [Line]? {
        defer { fixed = [] }
        try master.setElastic(true)
        var chosen: [Int: Line] = [:]
        var touched: [Int] = []
        func release() throws(LinearProgramError) {
            for index in touched { try master.setLine(index, lower: 0, upper: .infinity) }
            try master.setElastic(false)
        }
        while chosen.count < sub.people.count {
            if stop.isDue {
                try release()
                return nil
            }
            guard case .optimal = master.solve(.automatic, seconds: stop.remaining) else {
                try release()
                return nil
            }
            let picks = picks(share: share, chosen: chosen, &random)
            guard !picks.isEmpty else {
                try release()
                return nil
            }
            for pick in picks {
                let line = master.lines[pick]
                chosen[line.person] = line
                fixed.insert(line.person)
                for index in master.lines.indices where master.lines[index].person == line.person {
                    if index == pick {
                        try master.setLine(index, lower: 1, upper: 1)
                    } else {
                        try master.setLine(index, lower: 0, upper: 0)
                    }
                    touched.append(index)
                }
            }
            if chosen.count < sub.people.count {
                _ = try generate(rounds: rounds, gap: 0.0005, smoothing: 0)
            }
        }
        try release()
        return sub.people.compactMap { chosen[$0] }
    }

    /// Lines to fix next: all that are whole already, and the largest of the others, a little at random.
    private func picks(share: Double, chosen: [Int: Line], _ random: inout RandomSource) -> [Int] {
        var whole: [Int] = []
        var fractional: [(index: Int, score: Double)] = []
        var best: [Int: (index: Int, value: Double)] = [:]
        for index in master.lines.indices {
            let person = master.lines[index].person
            guard chosen[person] == nil else { continue }
            let value = master.value(of: index)
            if value > best[person]?.value ?? 1e-6 { best[person] = (index, value) }
        }
        for (_, candidate) in best.sorted(by: { $0.key < $1.key }) {
            if candidate.value > 0.999 {
                whole.append(candidate.index)
            } else {
                fractional.append((candidate.index, candidate.value + Double.random(in: 0..<0.1, using: &random)))
            }
        }
        let count = max(1, Int(Double(sub.people.count) * share))
        fractional.sort { $0.score > $1.score }
        // Whole lines cost nothing to fix, but fixing all of them at once would leave the rest no room.
        let wholeCount = fractional.isEmpty ? whole.count : min(whole.count, max(1, count * 2))
        return Array(whole.prefix(wholeCount)) + fractional.prefix(whole.isEmpty ? count : max(0, count - wholeCount)).map(\.index)
    }

    /// The lines with the smallest reduced cost at the last prices, for use as a start elsewhere.
    func bestLines(perPerson count: Int) -> [Line] {
        let prices = master.prices()
        var scored: [Int: [(line: Line, cost: Double)]] = [:]
        for line in master.lines { scored[line.person, default: []].append((line, reducedCost(line, prices))) }
        return scored.sorted { $0.key < $1.key }.flatMap { _, lines in
            lines.sorted { $0.cost < $1.cost }.prefix(count).map(\.line)
        }
    }
}
