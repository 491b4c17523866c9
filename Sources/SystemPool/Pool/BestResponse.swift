/// Improves a choice giver by giver: each in turn takes the set that is best while all others stay as they are.
///
/// It ends where nobody alone can do better, some per cent above the least shortage: a start for the programme.
struct BestResponse {
    private let instance: PoolInstance
    private let layout: PoolLayout
    private var heads: [Int]
    private var parts: [PoolChoice.Part?]
    /// By row, what the first, second … head is worth: above zero in a gap, below in a lender's line.
    private var worths: [[Double]]

    static func improve(
        _ choice: PoolChoice, _ instance: PoolInstance, _ layout: PoolLayout, givers: [[Int]]
    ) -> PoolChoice {
        var search = BestResponse(choice, instance, layout)
        search.run(givers)
        return search.choice
    }

    /// Lowers the risk of the worst-off organisation: its heads count for a little more, again and again, as long as the
    /// system's shortage stays within a limit.
    ///
    /// - Returns: The best choice met: no more minutes missing in hard gaps than before; never worse than the choice.
    static func balance(
        _ choice: PoolChoice, _ instance: PoolInstance, _ layout: PoolLayout, givers: [[Int]], limit: Int
    ) -> PoolChoice {
        var search = BestResponse(choice, instance, layout)
        var best = (choice: choice, value: layout.value(of: choice, in: instance))
        let hard = best.value.hard
        var now = best.value
        for _ in 0..<rounds {
            guard let worst = now.cost.indices.max(by: { now.cost[$0] < now.cost[$1] }) else { break }
            search.weigh(worst, by: 1.02)
            search.run(givers)
            let trial = search.choice
            now = layout.value(of: trial, in: instance)
            guard now.hard <= hard, now.shortage <= limit else { break }
            if (now.worst, now.shortage) < (best.value.worst, best.value.shortage) { best = (trial, now) }
        }
        return best.choice
    }

    /// So many times two per cent are more than any two risks differ by.
    private static let rounds = 300

    private var choice: PoolChoice {
        PoolChoice(parts: parts.compactMap { $0 }.sorted { $0.offer < $1.offer })
    }

    private mutating func weigh(_ organisation: Int, by factor: Double) {
        for slice in Array(layout.gapSlices.joined()) + layout.lineSlices.joined()
        where slice.heads.first.map({ layout.heads[$0].organisation }) == organisation {
            for head in worths[slice.row].indices { worths[slice.row][head] *= factor }
        }
    }

    private init(_ choice: PoolChoice, _ instance: PoolInstance, _ layout: PoolLayout) {
        self.instance = instance
        self.layout = layout
        heads = Array(repeating: 0, count: layout.rowCount)
        parts = Array(repeating: nil, count: instance.giverCount)
        worths = Array(repeating: [], count: layout.rowCount)
        // Any minute in a hard gap outweighs all shortage that it could cost.
        let hard = Double(1 + layout.heads.reduce(0) { $0 + $1.count * $1.cost })
        for slice in layout.gapSlices.joined() {
            for group in layout.heads[slice.heads] {
                let worth = Double(group.hard) * hard + Double(group.cost)
                worths[slice.row] += Array(repeating: worth, count: group.count)
            }
        }
        for slice in layout.lineSlices.joined() {
            worths[slice.row] = layout.heads[slice.heads].map { -Double($0.cost) }
        }
        for part in choice.parts { put(part, giver: instance.offers[part.offer].giver) }
    }

    private func rows(_ part: PoolChoice.Part) -> [Int32] {
        part.arcs.flatMap { layout.needRows[part.offer][$0] + layout.lendRows[part.offer][$0] }
    }

    private mutating func put(_ part: PoolChoice.Part?, giver: Int) {
        if let old = parts[giver] { for row in rows(old) { heads[Int(row)] -= 1 } }
        if let part { for row in rows(part) { heads[Int(row)] += 1 } }
        parts[giver] = part
    }

    private mutating func run(_ givers: [[Int]]) {
        var isMoving = true
        while isMoving {
            isMoving = false
            for (giver, offers) in givers.enumerated() {
                let old = parts[giver]
                put(nil, giver: giver)
                var best = (profit: old.map(profit) ?? 0, part: old)
                for offer in offers where !instance.arcs[offer].isEmpty {
                    let profits = instance.arcs[offer].indices.map { profit(offer, $0) }
                    let response = instance.sets(offer).best(profits) { _ in 0 }
                    // Strictly better, by more than rounding: so it ends.
                    if response.profit > best.profit + max(0.5, best.profit * 1e-12) {
                        best = (response.profit, PoolChoice.Part(offer: offer, arcs: response.arcs))
                    }
                }
                put(best.part, giver: giver)
                if best.part != old { isMoving = true }
            }
        }
    }

    private func profit(_ part: PoolChoice.Part) -> Double {
        part.arcs.reduce(0) { $0 + profit(part.offer, $1) }
    }

    /// What a duty would change; below zero without limit if the lender cannot spare the head.
    private func profit(_ offer: Int, _ arc: Int) -> Double {
        var profit = 0.0
        for row in layout.needRows[offer][arc] {
            let there = heads[Int(row)]
            if there < worths[Int(row)].count { profit += worths[Int(row)][there] }
        }
        for row in layout.lendRows[offer][arc] {
            let away = heads[Int(row)]
            guard away < worths[Int(row)].count else { return -.infinity }
            profit += worths[Int(row)][away]
        }
        return profit
    }
}
