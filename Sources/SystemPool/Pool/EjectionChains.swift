/// Improves a choice by ejection chains: somebody takes a better set and leaves a head missing, somebody else takes that
/// head and leaves another, until somebody leaves nothing that matters.
///
/// Where each giver gives one duty these are the augmenting paths of an assignment, and nothing is left to improve in the
/// end; with several duties a giver the end is near to the best. Chains are labels set and corrected from head to head,
/// as shortest paths are (F. Glover, "Ejection chains, reference structures and alternating path methods for traveling
/// salesman problems", 1996).
///
/// From whole sets rounded at random out of a relaxation's optimum it comes to within some units of the bound, mostly to
/// the bound itself (P. Raghavan and C. D. Thompson, "Randomized rounding", 1987, for the rounding).
struct EjectionChains {
    /// How far chains are followed.
    struct Reach {
        /// The most moves of one.
        let depth: Int
        /// The most heads that are looked at from one giver on.
        let labels: Int

        static let near = Reach(depth: 6, labels: 100)
        static let far = Reach(depth: 12, labels: 300)
    }

    let table: DutyTable
    var goal = PoolGoal()
    var reach = Reach.near
    /// Moves that were looked at so far: what the search has taken, counted instead of timed.
    private(set) var movesSeen = 0
    private let layout: PoolLayout
    private let instance: PoolInstance
    private let worths: HeadWorths

    /// By giver, the set; -1 for none.
    private var chosen: [Int]
    private var heads: [Int]
    private var costs: [Double]
    private var total = 0.0

    // By row: what has changed in the state in which the row's last head is still there, though its giver has left.
    private var labels: [Double]
    private var changes: [Double]
    private var labelTotals: [Double]
    private var parents: [(set: Int, row: Int)]
    private var depths: [Int]
    /// The least label from which nothing came.
    private var barren: [Double]
    private var isQueued: [Bool]
    private var queue: [Int] = []
    private var reached: [Int] = []
    /// What the move that is being looked at changes, by organisation.
    private var moved: [Double]
    private var touched: [Int] = []

    init(_ instance: PoolInstance, _ layout: PoolLayout, givers: [[Int]]) {
        self.init(instance, layout, DutyTable(instance, layout, givers: givers))
    }

    /// - Parameter table: the sets that givers may take.
    init(_ instance: PoolInstance, _ layout: PoolLayout, _ table: DutyTable) {
        self.instance = instance
        self.layout = layout
        self.table = table
        worths = HeadWorths(layout)
        chosen = Array(repeating: -1, count: instance.giverCount)
        heads = Array(repeating: 0, count: layout.rowCount)
        costs = layout.fixedCost.map(Double.init)
        moved = Array(repeating: 0, count: costs.count)
        labels = Array(repeating: .infinity, count: layout.rowCount)
        barren = labels
        changes = Array(repeating: 0, count: layout.rowCount * costs.count)
        labelTotals = Array(repeating: 0, count: layout.rowCount)
        parents = Array(repeating: (-1, -1), count: layout.rowCount)
        depths = Array(repeating: 0, count: layout.rowCount)
        isQueued = Array(repeating: false, count: layout.rowCount)
    }

    // MARK: The choice

    var choice: PoolChoice {
        PoolChoice(
            parts: chosen.filter { $0 >= 0 }.map { table.parts[$0] }.sorted { $0.offer < $1.offer })
    }

    /// Starts from the sets of a choice in their order; what a lender could not spare any more is left out.
    mutating func start(from choice: PoolChoice) {
        for giver in chosen.indices { put(-1, giver) }
        for part in choice.parts {
            guard let set = table.set(of: part), isSpared(set) else { continue }
            put(set, Int(table.givers[set]))
        }
        recount()
    }

    /// Whether the lender can spare one head more wherever the set takes one.
    private func isSpared(_ set: Int) -> Bool {
        table.rows(of: set).allSatisfy { worths.head(heads[Int($0)], in: Int($0)) != nil }
    }

    private mutating func put(_ set: Int, _ giver: Int) {
        if chosen[giver] >= 0 { for row in table.rows(of: chosen[giver]) { heads[Int(row)] -= 1 } }
        if set >= 0 { for row in table.rows(of: set) { heads[Int(row)] += 1 } }
        chosen[giver] = set
    }

    private mutating func recount() {
        costs = layout.value(of: choice, in: instance).cost.map(Double.init)
        total = costs.reduce(0, +)
    }

    // MARK: Search

    /// Until nobody alone can do better, and no chain is found.
    mutating func improve() {
        var isMoving = true
        while isMoving {
            isMoving = false
            for row in barren.indices { barren[row] = .infinity }
            for giver in chosen.indices {
                while chain(from: giver) { isMoving = true }
            }
        }
    }

    /// Makes dearer what the choice exceeds; false if it keeps all limits.
    mutating func raisePrices() -> Bool { goal.limits?.raise(costs, all: total) ?? false }

    /// Less than any difference between two choices that matters, so that the search ends.
    private static let least = 0.01

    /// Where a chain ends, and what it brings.
    private struct End {
        var change = -EjectionChains.least
        var set = -1
        var row = -1
        var isFound = false
    }

    /// Takes the best chain that is found from a giver on; false if there is none.
    private mutating func chain(from giver: Int) -> Bool {
        queue.removeAll(keepingCapacity: true)
        reached.removeAll(keepingCapacity: true)
        var end = End()
        for set in table.sets(ofGiver: giver) where set != chosen[giver] {
            follow(set, giver, from: -1, &end)
        }
        if chosen[giver] >= 0 { follow(-1, giver, from: -1, &end) }
        var next = 0
        while next < min(queue.count, reach.labels), !end.isFound || next < 40 {
            let row = queue[next]
            next += 1
            isQueued[row] = false
            for taker in table.takers(of: row) {
                let set = Int(taker)
                let other = Int(table.givers[set])
                if other != giver, !adds(chosen[other], row) { follow(set, other, from: row, &end) }
            }
        }
        for row in queue { isQueued[row] = false }
        let isTaken = end.isFound && take(end, from: giver)
        if !end.isFound { for row in reached { barren[row] = min(barren[row], labels[row]) } }
        for row in reached { labels[row] = .infinity }
        return isTaken
    }

    private func adds(_ set: Int, _ row: Int) -> Bool { set >= 0 && table.rows(of: set).contains(Int32(row)) }

    /// Looks at what it brings if a giver takes another set, after the moves that lead to a row's label.
    private mutating func follow(_ set: Int, _ giver: Int, from row: Int, _ end: inout End) {
        movesSeen += 1
        guard let move = move(chosen[giver], set, filling: row) else { return }
        let before = (row < 0 ? 0 : labels[row]) + goal.burden * move.burden
        let change = before + PoolGoal.hard * move.hard + priceChange(from: row)
        let isEnd = change < end.change
        guard move.left >= 0 else {
            if isEnd, row < 0 || !isInChain(giver, row) {
                end = End(change: change, set: set, row: row, isFound: true)
            }
            return
        }
        moved[worths.organisations[move.left]] -= move.lost.cost
        let label = before + PoolGoal.hard * (move.hard - move.lost.hard) + priceChange(from: row)
        let isLabel = label < min(labels[move.left], barren[move.left], 0) - Self.least
        guard isEnd || isLabel, row < 0 || !isInChain(giver, row) else { return }
        if isEnd { end = End(change: change, set: set, row: row, isFound: true) }
        let depth = row < 0 ? 1 : depths[row] + 1
        if isLabel, depth < reach.depth { put(label, on: move.left, depth, (set, row)) }
    }

    private mutating func put(_ label: Double, on row: Int, _ depth: Int, _ parent: (set: Int, row: Int)) {
        if labels[row] == .infinity { reached.append(row) }
        labels[row] = label
        depths[row] = depth
        for organisation in costs.indices {
            let before = parent.row < 0 ? 0 : changes[parent.row * costs.count + organisation]
            changes[row * costs.count + organisation] = before
        }
        labelTotals[row] = parent.row < 0 ? 0 : labelTotals[parent.row]
        for organisation in touched {
            changes[row * costs.count + organisation] += moved[organisation]
            labelTotals[row] += moved[organisation]
        }
        parents[row] = parent
        if !isQueued[row] {
            isQueued[row] = true
            queue.append(row)
        }
    }

    /// Whether a giver is one of those whose moves lead to a row's label.
    private func isInChain(_ giver: Int, _ row: Int) -> Bool {
        var row = row
        var steps = 0
        while row >= 0, steps < reach.depth {
            let parent = parents[row]
            if parent.set >= 0, Int(table.givers[parent.set]) == giver { return true }
            row = parent.row
            steps += 1
        }
        return false
    }

    // MARK: A move

    /// What changes, beside ``moved``, if a giver takes another set.
    private struct Move {
        var burden = 0.0
        var hard = 0.0
        /// The gap's row whose head that is left would be missed most; -1 for none.
        var left = -1
        var lost = (cost: 0.0, hard: 0.0)
    }

    /// At the heads that are there; a head in `filling` takes the place of one that has gone, and changes nothing.
    ///
    /// - Returns: nil if a lender cannot spare the head.
    private mutating func move(_ old: Int, _ new: Int, filling: Int) -> Move? {
        for organisation in touched { moved[organisation] = 0 }
        touched.removeAll(keepingCapacity: true)
        var move = Move()
        move.burden = (new < 0 ? 0 : table.burdens[new]) - (old < 0 ? 0 : table.burdens[old])
        let removed = old < 0 ? 0..<0 : table.range(of: old)
        let added = new < 0 ? 0..<0 : table.range(of: new)
        var (out, into) = (removed.lowerBound, added.lowerBound)
        while out < removed.upperBound || into < added.upperBound {
            let leaving = out < removed.upperBound ? table.row(out) : .max
            let coming = into < added.upperBound ? table.row(into) : .max
            if leaving == coming {
                out += 1
                into += 1
            } else if leaving < coming {
                out += 1
                guard let lost = worths.head(heads[leaving] - 1, in: leaving) else { continue }
                touch(worths.organisations[leaving], lost.cost)
                move.hard += lost.hard
                if (lost.hard, lost.cost) > (move.lost.hard, max(0, move.lost.cost)) {
                    (move.left, move.lost) = (leaving, lost)
                }
            } else {
                into += 1
                guard coming != filling else { continue }
                guard let won = worths.head(heads[coming], in: coming) else { return nil }
                touch(worths.organisations[coming], -won.cost)
                move.hard -= won.hard
            }
        }
        return move
    }

    private mutating func touch(_ organisation: Int, _ change: Double) {
        guard organisation >= 0, change != 0 else { return }
        if !touched.contains(organisation) { touched.append(organisation) }
        moved[organisation] += change
    }

    /// What ``moved`` changes in the price, after the moves that lead to a row's label.
    private func priceChange(from row: Int) -> Double {
        var sum = 0.0
        for organisation in touched { sum += moved[organisation] }
        guard let limits = goal.limits else { return goal.shortage * sum }
        var before = total + (row < 0 ? 0 : labelTotals[row])
        var change = goal.shortage * sum + limits.price(ofAll: before + sum) - limits.price(ofAll: before)
        for organisation in touched {
            before = costs[organisation] + (row < 0 ? 0 : changes[row * costs.count + organisation])
            change +=
                limits.price(before + moved[organisation], ofOrganisation: organisation)
                - limits.price(before, ofOrganisation: organisation)
        }
        return change
    }

    /// Does what a chain says if it is better; otherwise all stays as it was.
    private mutating func take(_ end: End, from first: Int) -> Bool {
        var sets = [end.set]
        var row = end.row
        while row >= 0, sets.count <= reach.depth {
            sets.append(parents[row].set)
            row = parents[row].row
        }
        // The first giver may go without any.
        let givers = sets.map { $0 < 0 ? first : Int(table.givers[$0]) }
        guard row < 0, Set(givers).count == givers.count else { return false }
        var done: [(set: Int, giver: Int)] = []
        let before = (costs: costs, total: total)
        var change = 0.0
        for (set, giver) in zip(sets, givers).reversed() {
            guard let move = move(chosen[giver], set, filling: -1) else { break }
            change += goal.burden * move.burden + PoolGoal.hard * move.hard + priceChange(from: -1)
            for organisation in touched {
                costs[organisation] += moved[organisation]
                total += moved[organisation]
            }
            done.append((chosen[giver], giver))
            put(set, giver)
        }
        if done.count == sets.count, change < -Self.least { return true }
        for (set, giver) in done.reversed() { put(set, giver) }
        (costs, total) = before
        return false
    }
}
