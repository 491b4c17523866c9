import LinearProgram
import Roster

/// Which lawful offer closes which gap, so that nobody is counted twice.
///
/// Offers that compete for nothing are looked at apart, so that the work grows with the number of gaps and not
/// with its square. Each part is a small linear program whose solution is nearly always whole; where it is not,
/// it is branched. The same input gives the same answer.
public enum GapMatching {
    /// - Parameters:
    ///   - gaps: each id once; gaps that nobody offers to close count all the same.
    ///   - offers: each id once. Covers of gaps that are not among `gaps`, or outside their stretches, count for
    ///     nothing.
    ///   - stocks: what offers draw on; a stock that is drawn on and not named here is empty.
    ///   - nodeLimit: The most branches for each part and level. Where they do not suffice, the best choice found
    ///     is returned, with a bound that says how far it can be from the best.
    public static func match(
        gaps: [OpenGap], offers: [Offer], stocks: [Stock] = [], nodeLimit: Int = 2_000
    ) throws(LinearProgramError) -> Matching {
        let known = Dictionary(gaps.map { ($0.id, $0) }) { first, _ in first }
        let amounts = Dictionary(stocks.map { ($0.id, $0.amount) }) { first, _ in first }
        let useful = offers.indices.filter { index in
            offers[index].covers.contains { known[$0.gap]?.isTouched(by: $0) ?? false }
        }
        var objectives = [Int](repeating: 0, count: Matching.Level.allCases.count)
        var bounds = objectives
        var chosen: Set<Int> = []
        var reachable: Set<OpenGap.ID> = []
        for part in parts(useful, of: offers) {
            let ids = Set(part.flatMap { offers[$0].covers.map(\.gap) })
            reachable.formUnion(ids)
            let programme = try MatchingProgramme(
                gaps: ids.sorted().compactMap { known[$0] }, offers: part.map { offers[$0] }, stocks: amounts)
            let solution = try programme.solve(nodeLimit: nodeLimit)
            chosen.formUnion(solution.chosen.map { part[$0] })
            for level in objectives.indices {
                objectives[level] += solution.objectives[level]
                bounds[level] += solution.bounds[level]
            }
        }
        for gap in gaps where !reachable.contains(gap.id) {
            let level: Matching.Level = gap.isHard ? .hardMinutes : .riskMinutes
            let minutes = gap.isHard ? gap.minutes : gap.minutes * gap.risk
            objectives[level.rawValue] += minutes
            bounds[level.rawValue] += minutes
        }
        return Matching(
            chosen: chosen.sorted().map { offers[$0].id },
            results: Matching.Level.allCases.map {
                Matching.Result(level: $0, objective: objectives[$0.rawValue], bound: bounds[$0.rawValue])
            })
    }

    /// Offers that share a gap, a giver or a stock, directly or through others.
    private static func parts(_ indices: [Int], of offers: [Offer]) -> [[Int]] {
        enum Shared: Hashable {
            case gap(OpenGap.ID)
            case giver(Offer.Giver)
            case stock(Stock.ID)
        }
        var parent = Array(offers.indices)
        func root(of index: Int) -> Int {
            var index = index
            while parent[index] != index {
                parent[index] = parent[parent[index]]
                index = parent[index]
            }
            return index
        }
        var first: [Shared: Int] = [:]
        for index in indices {
            let offer = offers[index]
            let shared =
                [.giver(offer.giver)] + offer.covers.map { Shared.gap($0.gap) }
                + offer.draws.keys.map { Shared.stock($0) }
            for key in shared {
                if let other = first[key] {
                    let (low, high) = (
                        min(root(of: other), root(of: index)), max(root(of: other), root(of: index))
                    )
                    parent[high] = low
                } else {
                    first[key] = index
                }
            }
        }
        return Dictionary(grouping: indices, by: root).sorted { $0.key < $1.key }.map(\.value)
    }
}

extension OpenGap {
    func isTouched(by cover: Offer.Cover) -> Bool {
        cover.gap == id
            && stretches.contains { $0.missing > 0 && $0.start < cover.end && cover.start < $0.end }
    }
}
