/// Lawful sets of duties for one offer: rest between them holds, and they fit into the minutes that are left.
struct DutySets {
    let arcs: [PoolArc]
    let rest: Int
    let remaining: Int

    /// Whether one duty may follow another. They go home in between, and rest when they are there: travel is no rest.
    func mayFollow(_ first: PoolArc, _ second: PoolArc) -> Bool {
        second.leaves - first.returns >= rest
    }

    /// The set of greatest profit; empty if none has any.
    ///
    /// - Parameters:
    ///   - profits: of each duty; those without profit are in no set.
    ///   - calls: how dear the first, second … duty of one person is, beside its profit; never falling.
    /// - Complexity: O(sets) at worst; whatever cannot beat the best is not looked at.
    func best(_ profits: DutyProfits, call: (Int) -> Double) -> (profit: Double, arcs: [Int]) {
        let useful = arcs.indices.filter { profits.most($0) > 1e-9 }
        guard !useful.isEmpty else { return (0, []) }
        // What all duties from one on could bring at most.
        var suffix = Array(repeating: 0.0, count: useful.count + 1)
        for place in useful.indices.reversed() {
            suffix[place] = suffix[place + 1] + profits.most(useful[place])
        }
        var best = (profit: 0.0, arcs: [Int]())
        var chosen: [Int] = []
        func extend(from place: Int, profit: Double, left: Int) {
            if profit > best.profit + 1e-12 { best = (profit, chosen) }
            for next in place..<useful.count {
                guard profit + suffix[next] - call(chosen.count) > best.profit + 1e-12 else { return }
                let arc = useful[next]
                guard arcs[arc].work <= left, chosen.last.map({ mayFollow(arcs[$0], arcs[arc]) }) ?? true
                else { continue }
                let sum = profit + profits.of(arc, after: chosen.last) - call(chosen.count)
                chosen.append(arc)
                extend(from: next + 1, profit: sum, left: left - arcs[arc].work)
                chosen.removeLast()
            }
        }
        extend(from: 0, profit: 0, left: remaining)
        return best
    }

    /// Every set whose profit is at least `threshold`, up to `limit` of them; nil if there are more.
    func all(_ profits: DutyProfits, atLeast threshold: Double, limit: Int, call: (Int) -> Double) -> [[Int]]?
    {
        // A duty that costs more than it brings may still be in a set that is close to the best.
        var suffix = Array(repeating: 0.0, count: arcs.count + 1)
        for arc in arcs.indices.reversed() { suffix[arc] = suffix[arc + 1] + max(0, profits.most(arc)) }
        var found: [[Int]] = []
        var chosen: [Int] = []
        func extend(from place: Int, profit: Double, left: Int) -> Bool {
            for arc in place..<arcs.count {
                guard profit + suffix[arc] - call(chosen.count) >= threshold else { return true }
                guard arcs[arc].work <= left, chosen.last.map({ mayFollow(arcs[$0], arcs[arc]) }) ?? true
                else { continue }
                let sum = profit + profits.of(arc, after: chosen.last) - call(chosen.count)
                chosen.append(arc)
                if sum >= threshold { found.append(chosen) }
                guard found.count <= limit, extend(from: arc + 1, profit: sum, left: left - arcs[arc].work)
                else { return false }
                chosen.removeLast()
            }
            return true
        }
        return extend(from: 0, profit: 0, left: remaining) ? found : nil
    }

    /// All sets of one duty, of two, and so on, for as long as there are no more than `limit`; those of one duty always.
    func shortest(_ limit: Int) -> (found: [[Int]], isAll: Bool) {
        var found: [[Int]] = []
        var last = arcs.indices.filter { arcs[$0].work <= remaining }.map { (set: [$0], work: arcs[$0].work) }
        while !last.isEmpty, found.isEmpty || found.count + last.count <= limit {
            found += last.map(\.set)
            var next: [(set: [Int], work: Int)] = []
            for (set, work) in last {
                guard let end = set.last else { continue }
                for arc in arcs.indices.dropFirst(end + 1)
                where work + arcs[arc].work <= remaining && mayFollow(arcs[end], arcs[arc]) {
                    next.append((set + [arc], work + arcs[arc].work))
                }
                if next.count > limit { return (found, false) }
            }
            last = next
        }
        return (found, last.isEmpty)
    }
}

/// What each of an offer's duties would bring.
struct DutyProfits {
    private let alone: [Double]
    /// By duty, what is taken from it for each row that another duty may take a head from as well.
    private let shared: [[(row: Int32, price: Double)]]

    /// - Parameters:
    ///   - alone: if it were the only one.
    ///   - shared: of that, by duty, what is below zero for the sake of rows from which a set takes one head, however many of
    ///     its duties do; the duties that take it follow one another. Empty if there are none.
    init(_ alone: [Double], shared: [[(row: Int32, price: Double)]] = []) {
        self.alone = alone
        self.shared = shared
    }

    /// At most, after whatever duty.
    func most(_ duty: Int) -> Double {
        shared.isEmpty ? alone[duty] : shared[duty].reduce(alone[duty]) { $0 - $1.price }
    }

    /// The head that the duty before takes is not taken again.
    func of(_ duty: Int, after before: Int?) -> Double {
        guard !shared.isEmpty, let before else { return alone[duty] }
        return shared[duty].reduce(alone[duty]) { profit, taken in
            shared[before].contains { $0.row == taken.row } ? profit - taken.price : profit
        }
    }
}
