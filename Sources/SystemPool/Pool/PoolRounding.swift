/// Rounds shares of sets to whole sets again and again, improves what comes of each by ejection chains, and keeps the best.
///
/// What an improved choice exceeds is made dearer and the choice improved again, until it keeps the limits. Roundings are
/// dealt out to threads beforehand, and the numbers that decide are a low-discrepancy sequence, so that the same picture
/// gives the same choice.
struct PoolRounding: Sendable {
    /// A set of duties, and the share of it that a giver takes.
    typealias Share = (part: PoolChoice.Part, share: Double)

    /// With the goal.
    let chains: EjectionChains
    let shares: [Share]
    /// What is compared, the first that differs deciding; less is better.
    let order: @Sendable (PoolValue) -> [Int]
    /// Whether nothing better is sought.
    let isEnough: @Sendable (PoolValue) -> Bool
    let instance: PoolInstance
    let layout: PoolLayout

    /// How often shares are rounded, how often prices of limits are raised after each, and after how many moves that were
    /// looked at, by all threads, nothing further is begun.
    private static let roundings = 16
    private static let raises = 16
    private static let moves = 4_000_000
    private static let movesOfGiver = 1_000
    private static let threads = 2

    /// The best of what comes from the choice itself, and of the roundings.
    func best(from choice: PoolChoice) -> PoolChoice {
        let first = better(Best(choice, self), improvedNear: choice)
        guard !isEnough(first.value) else { return first.choice }
        return inParallel(Self.threads) { rounded($0, first) }.reduce(first) { $0.orBetter($1) }.choice
    }

    private struct Best: Sendable {
        let choice: PoolChoice
        let value: PoolValue
        let rank: [Int]

        init(_ choice: PoolChoice, _ rounding: PoolRounding) {
            self.choice = choice
            value = rounding.layout.value(of: choice, in: rounding.instance)
            rank = rounding.order(value)
        }

        func orBetter(_ other: Best) -> Best { other.rank.lexicographicallyPrecedes(rank) ? other : self }
    }

    private func better(_ best: Best, improvedNear choice: PoolChoice) -> Best {
        var chains = chains
        chains.reach = .near
        chains.start(from: choice)
        chains.improve()
        return best.orBetter(Best(chains.choice, self))
    }

    /// One thread's roundings.
    private func rounded(_ thread: Int, _ first: Best) -> Best {
        var best = first
        var chains = chains
        chains.reach = .far
        let moves = Self.moves + Self.movesOfGiver * instance.giverCount
        let end = chains.movesSeen + moves / Self.threads
        for number in stride(from: thread, to: Self.roundings, by: Self.threads)
        where !isEnough(best.value) && chains.movesSeen < end {
            chains.goal = self.chains.goal
            chains.start(from: rounded(number))
            chains.improve()
            best = best.orBetter(Best(chains.choice, self))
            for _ in 0..<Self.raises {
                guard !isEnough(best.value), chains.movesSeen < end, chains.raisePrices() else { break }
                chains.improve()
                best = best.orBetter(Best(chains.choice, self))
            }
        }
        return best
    }

    /// Each giver takes one of its sets, the likelier the greater its share.
    private func rounded(_ number: Int) -> PoolChoice {
        var left = (0..<instance.giverCount).map { giver in
            (Double(giver) * 0.618_033_988_75 + Double(number) * 0.414_213_562_37)
                .truncatingRemainder(dividingBy: 1)
        }
        var parts: [PoolChoice.Part] = []
        for (part, share) in shares {
            let giver = instance.offers[part.offer].giver
            if left[giver] >= 0, left[giver] < share { parts.append(part) }
            left[giver] -= share
        }
        return PoolChoice(parts: parts)
    }
}
