/// What a desk does by hand: gap after gap, hard ones first, then by risk and start, whoever is nearest and still may.
struct GreedyMatch {
    private let instance: PoolInstance
    private let layout: PoolLayout
    private var heads: [Int]
    private var chosen: [Int: [Int]] = [:]
    private var busy: Set<Int> = []

    static func choose(_ instance: PoolInstance, _ layout: PoolLayout) -> PoolChoice {
        var match = GreedyMatch(instance, layout)
        match.run()
        return PoolChoice(
            parts: match.chosen.sorted { $0.key < $1.key }.map {
                PoolChoice.Part(offer: $0.key, arcs: $0.value.sorted())
            })
    }

    private init(_ instance: PoolInstance, _ layout: PoolLayout) {
        self.instance = instance
        self.layout = layout
        heads = Array(repeating: 0, count: layout.rowCount)
    }

    private mutating func run() {
        var candidates: [[(offer: Int, arc: Int)]] = Array(repeating: [], count: instance.gaps.count)
        for offer in instance.offers.indices {
            for (index, arc) in instance.arcs[offer].enumerated() {
                candidates[arc.gap].append((offer, index))
            }
        }
        let order = instance.gaps.sorted { left, right in
            let (one, two) = (left.vacancy, right.vacancy)
            return (one.isHard ? 0 : 1, -one.risk, one.start, left.index)
                < (two.isHard ? 0 : 1, -two.risk, two.start, right.index)
        }
        for gap in order {
            let near = candidates[gap.index].sorted {
                let (one, two) = (instance.arcs[$0.offer][$0.arc], instance.arcs[$1.offer][$1.arc])
                return (one.start - one.end, one.travel, $0.offer) < (
                    two.start - two.end, two.travel, $1.offer
                )
            }
            for (offer, arc) in near where isOpen(offer, arc, gap.vacancy.missing) && mayTake(offer, arc) {
                take(offer, arc)
            }
        }
    }

    private func isOpen(_ offer: Int, _ arc: Int, _ missing: Int) -> Bool {
        layout.needRows[offer][arc].contains { heads[Int($0)] < missing }
    }

    private func mayTake(_ offer: Int, _ arc: Int) -> Bool {
        let mine = chosen[offer] ?? []
        if mine.isEmpty, busy.contains(instance.offers[offer].giver) { return false }
        let sets = instance.sets(offer)
        let all = (mine + [arc]).sorted()
        return all.reduce(0) { $0 + sets.arcs[$1].work } <= sets.remaining
            && zip(all, all.dropFirst()).allSatisfy { sets.mayFollow(sets.arcs[$0], sets.arcs[$1]) }
            && hasRoom(offer, arc)
    }

    private func hasRoom(_ offer: Int, _ arc: Int) -> Bool {
        let away = instance.arcs[offer][arc]
        return instance.offers[offer].lines.allSatisfy { line in
            layout.lineSlices[line.index].allSatisfy {
                $0.end <= away.leaves || away.returns <= $0.start || heads[$0.row] < $0.capacity
            }
        }
    }

    private mutating func take(_ offer: Int, _ arc: Int) {
        chosen[offer, default: []].append(arc)
        busy.insert(instance.offers[offer].giver)
        for row in layout.needRows[offer][arc] + layout.lendRows[offer][arc] { heads[Int(row)] += 1 }
    }
}
