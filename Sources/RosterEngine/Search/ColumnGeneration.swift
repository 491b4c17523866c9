import LinearProgram

/// Column generation on a master, and the dives that make a rota of what it finds.
///
/// - Note: lives on one thread, like the linear programme inside.
final class ColumnGeneration {
    let sub: SubProblem
    let master: Master
    let pricer: Pricer
    let stop: Stop
    /// The best bound so far, in fixed point; nil before the first.
    private(set) var bound: Int64?
    private var centre: Prices?
    var isDiving = false
    private var isElastic = false
    /// Somebody has no lawful line at all under the decisions that were made; that is proven.
    private(set) var isEmpty = false
    /// Cells that are closed throughout, by person.
    private(set) var standing: [Int: [Bool]] = [:]
    private var mostWork: Double
    /// Time is over, or what the work may come to.
    var isOver: Bool { stop.isDue || master.work + pricer.work > mostWork }
    /// Days on which lines may differ from the incumbent's, so many of them.
    let dayCount: Int

    /// - Parameters:
    ///   - incumbent: its lines are there from the start, and the rows that it strains.
    ///   - start: further lines.
    ///   - days: where lines may differ from the incumbent's; nil for all.
    ///   - centre: prices to lean on at first, such as those of the whole component.
    ///   - warm: where another programme of the same stood; not used where it does not fit.
    ///   - mostWork: nanoseconds, as they are counted, after which it is given up.
    init(
        _ sub: SubProblem, pricer: Pricer, stop: Stop, incumbent: Incumbent, start: [Line],
        days: OpenDays? = nil, centre: Prices? = nil, warm: WarmStart? = nil, mostWork: Double = .infinity
    ) throws(LinearProgramError) {
        self.sub = sub
        self.pricer = pricer
        self.stop = stop
        self.centre = centre
        self.mostWork = pricer.work + mostWork
        dayCount = days?.count ?? sub.problem.dayCount
        pricer.forget()
        master = try Self.master(sub, warm, incumbent)
        var own: [Int: Line] = [:]
        for line in incumbent.lines { own[line.person] = line }
        for person in sub.people {
            guard let line = own[person] else { continue }
            try master.add(line)
            if let days { standing[person] = sub.problem.closed(line, but: days) }
            pricer.closed[person] = standing[person]
        }
        for line in start {
            guard let mine = own[line.person], sub.people.contains(line.person) else { continue }
            guard let days else {
                try master.add(line)
                continue
            }
            let slots = mine.slots.indices.map { days.contains($0) ? line.slots[$0] : mine.slots[$0] }
            if let grafted = sub.problem.line(line.person, slots: slots) { try master.add(grafted) }
        }
    }

    /// A node of the branching: the whole component under some decisions.
    ///
    /// Minutes that may not be missing are open at a price, so that the programme always has a solution; that
    /// relaxes it, so its bound holds.
    init(
        _ sub: SubProblem, node: [BranchNode.Decision], pricer: Pricer, stop: Stop, incumbent: Incumbent,
        start: [Line], centre: Prices?, warm: WarmStart?
    ) throws(LinearProgramError) {
        self.sub = sub
        self.pricer = pricer
        self.stop = stop
        self.centre = centre
        mostWork = .infinity
        dayCount = sub.problem.dayCount
        pricer.forget()
        master = try Self.master(sub, warm, incumbent)
        for person in sub.people {
            standing[person] = sub.problem.people[person].closed(by: node, of: person)
            pricer.closed[person] = standing[person]
        }
        for line in incumbent.lines + start where node.allSatisfy({ $0.allows(line) }) {
            try master.add(line)
        }
        for (index, line) in master.lines.enumerated() where !node.allSatisfy({ $0.allows(line) }) {
            try master.shut(index)
        }
        try master.setLimits()
        isElastic = true
        try master.setElastic(true)
    }

    private static func master(
        _ sub: SubProblem, _ warm: WarmStart?, _ incumbent: Incumbent
    ) throws(LinearProgramError) -> Master {
        let master = try Master(sub)
        if let warm, warm.fits(sub) { try master.resume(warm) }
        try master.wakeStrained(by: incumbent.values)
        return master
    }

    /// It used up what it might take before it was let go on.
    private(set) var wasCut = false

    /// Lets it go on for so much more work, in nanoseconds as they are counted.
    func allow(_ work: Double) {
        wasCut = isOver
        mostWork += work
    }

    /// The bound in units of the level, rounded up to the grid on which objectives lie; nil if there is none.
    var provenBound: Int64? { bound.map(sub.rounded) }

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
        if isDiving || isElastic, try !bridge() { return .infeasible }
        var best = -Double.infinity
        if smoothing == 0 { centre = nil }
        for _ in 0..<rounds {
            if isOver { return .stopped }
            if master.lines.count > (isDiving ? 25 : 40) * sub.people.count {
                try master.prune(keeping: isDiving ? 10 : 15)
            }
            switch master.solve(.automatic, seconds: stop.remaining) {
            case .optimal: break
            case .infeasible: return .infeasible
            case .unbounded, .feasible, .notSolved: return .stopped
            }
            let woken = try master.wakeBroken()
            let objective = master.objective
            let exact = master.prices()
            let isSmoothed = smoothing > 0 && centre != nil
            var prices =
                isSmoothed
                ? centre.map { exact.smoothed(towards: $0, sixteenths: smoothing) } ?? exact : exact
            var (added, value) = try price(prices, against: exact, isExact: !isSmoothed)
            if added == 0, isSmoothed {
                prices = exact
                (added, value) = try price(prices, against: exact, isExact: true)
            }
            if added == 0, !isDiving, isFar(Double(value), from: objective, gap) {
                prices = exact
                (added, value) = try price(prices, against: exact, isExact: true, thorough: true)
            }
            if Double(value) > best {
                best = Double(value)
                centre = prices
            }
            if !isDiving { bound = max(bound ?? Int64.min, value) }
            if woken == 0, added == 0 || !isFar(best, from: objective, gap) { return .converged }
        }
        return .stopped
    }

    /// - Parameter value: a bound in fixed point.
    private func isFar(_ value: Double, from objective: Double, _ gap: Double) -> Bool {
        objective - value / Double(Prices.scale) > gap * max(1, abs(objective))
    }

    /// Gives an open line to everybody who has none; false if somebody's days leave no lawful one.
    private func bridge() throws(LinearProgramError) -> Bool {
        var covered: Set<Int> = []
        for (index, line) in master.lines.enumerated() where !master.isShut[index] {
            covered.insert(line.person)
        }
        let bare = sub.people.filter { !covered.contains($0) }
        guard !bare.isEmpty else { return true }
        let prices = centre ?? master.prices()
        for person in bare {
            let priced = pricer.price(person, prices)
            guard let line = priced.line else {
                isEmpty = isEmpty || !Pricer.isReachable(Double(priced.bound))
                return false
            }
            try master.add(line)
        }
        return true
    }

    /// One line for each free person at the prices; how many were added, and the bound that the prices give.
    ///
    /// - Parameter isExact: the prices are the programme's own duals, so that a line at its person's threshold or
    ///   above is of no use.
    private func price(
        _ prices: Prices, against exact: Prices, isExact: Bool, thorough: Bool = false
    ) throws(LinearProgramError) -> (Int, Int64) {
        var added = 0
        var linePrices: [Int64] = []
        linePrices.reserveCapacity(sub.people.count)
        for person in sub.people {
            let priced = pricer.price(
                person, prices, threshold: isExact ? master.threshold(person) : .infinity,
                effort: thorough ? .long : .short)
            linePrices.append(priced.bound)
            guard let line = priced.line else { continue }
            let cost = Double(price(of: line, exact)) - master.threshold(person)
            if cost < -0.5 * Double(Prices.scale), try master.add(line) { added += 1 }
        }
        return (added, sub.bound(prices, linePrices: linePrices, elastic: isDiving || isElastic))
    }

    /// What a line costs less what it covers is worth, in fixed point.
    private func price(of line: Line, _ prices: Prices) -> Int64 {
        var cost = sub.cost(of: line) * Prices.scale
        sub.problem.forEachCover(of: line) { row, units in cost -= prices.rows[row] * Int64(units) }
        if sub.level == 3 {
            for counter in sub.problem.people[line.person].counters {
                cost += prices.counters[line.person][counter.kind.rawValue] * Int64(line.total(counter.kind))
            }
        }
        return cost
    }

    /// The lines of a solution that is whole, one for each person; nil if it is not.
    func wholeLines() -> [Line]? {
        var whole: [Int: Line] = [:]
        for (index, line) in master.lines.enumerated() where master.value(of: index) > 0.5 {
            whole[line.person] = line
        }
        let lines = sub.people.compactMap { whole[$0] }
        return lines.count == sub.people.count ? lines : nil
    }

    /// Gives the pricer back as it was.
    func finish() { for person in sub.people { pricer.closed[person] = nil } }

    /// The prices of the programme as it was solved last.
    var prices: Prices { master.prices() }

    /// The lines with the smallest reduced cost at the last prices, for use as a start elsewhere.
    func bestLines(perPerson count: Int) -> [Line] {
        let prices = master.prices()
        var scored: [Int: [(line: Line, cost: Int64)]] = [:]
        for line in master.lines { scored[line.person, default: []].append((line, price(of: line, prices))) }
        return scored.sorted { $0.key < $1.key }.flatMap { _, lines in
            lines.sorted { $0.cost < $1.cost }.prefix(count).map(\.line)
        }
    }
}
