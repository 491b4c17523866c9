import LinearProgram
import Roster

/// The linear program of gaps and offers that hang together.
///
/// A column for each offer (0 or 1) and, for each slice of time in a gap, one for the heads that stay missing;
/// a row for each giver, each stock and each slice. The levels are solved one after the other, each with a row
/// that holds what the one before reached.
struct MatchingProgramme {
    /// What was found: whole numbers, as all coefficients are.
    struct Solution {
        /// Indices of offers.
        var chosen: [Int]
        var objectives: [Int]
        var bounds: [Int]
    }

    private let program = LinearProgram()
    /// For each level, the cost of each column.
    private let costs: [[Int]]
    private let missing: [Missing]

    /// Heads that may stay missing in one slice of time of one gap.
    struct Missing {
        let row: Int32
        let heads: Int
        /// Indices of the offers that would put a head there.
        let offers: [Int]
        let minutes: Int
        let gap: OpenGap
    }

    init(gaps: [OpenGap], offers: [Offer], stocks: [Stock.ID: Int]) throws(LinearProgramError) {
        var rowsOfOffer: [[Int32: Double]] = Array(repeating: [:], count: offers.count)
        var rowCount: Int32 = 0
        var rows: [(lower: Double, upper: Double)] = []
        func addRow(_ lower: Double, _ upper: Double) -> Int32 {
            rows.append((lower, upper))
            rowCount += 1
            return rowCount - 1
        }
        for (_, members) in Dictionary(grouping: offers.indices, by: { offers[$0].giver })
            .sorted(by: { $0.key < $1.key })
        {
            let row = addRow(-.infinity, 1)
            for offer in members { rowsOfOffer[offer][row] = 1 }
        }
        for stock in Set(offers.flatMap(\.draws.keys)).sorted() {
            let row = addRow(-.infinity, Double(stocks[stock] ?? 0))
            for (index, offer) in offers.enumerated() {
                if let amount = offer.draws[stock] { rowsOfOffer[index][row] = Double(amount) }
            }
        }
        let covers = Dictionary(
            grouping: offers.indices.flatMap { index in offers[index].covers.map { (index, $0) } },
            by: { $0.1.gap })
        var missing: [Missing] = []
        for gap in gaps {
            let touching = covers[gap.id] ?? []
            for slice in gap.slices(cutBy: touching.map(\.1)) {
                let row = addRow(Double(slice.missing), .infinity)
                let there = Set(
                    touching.filter { $0.1.start <= slice.start && slice.end <= $0.1.end }.map(\.0))
                for offer in there { rowsOfOffer[offer][row] = 1 }
                missing.append(
                    Missing(
                        row: row, heads: slice.missing, offers: there.sorted(),
                        minutes: (slice.end - slice.start).count, gap: gap))
            }
        }
        costs = [
            offers.map { _ in 0 } + missing.map { $0.gap.isHard ? $0.minutes : 0 },
            offers.map { _ in 0 } + missing.map { $0.gap.isHard ? 0 : $0.minutes * $0.gap.risk },
            offers.map { $0.weight } + missing.map { _ in 0 },
            offers.map(\.cost) + missing.map { _ in 0 },
        ]
        self.missing = missing
        for row in rows { try program.addRow(lower: row.lower, upper: row.upper) }
        for entries in rowsOfOffer {
            let entries = entries.sorted { $0.key < $1.key }
            try program.addColumn(
                cost: 0, lower: 0, upper: 1, rows: entries.map(\.key), values: entries.map(\.value))
        }
        for column in missing {
            try program.addColumn(
                cost: 0, lower: 0, upper: Double(column.heads), rows: [column.row], values: [1])
        }
    }

    func solve(nodeLimit: Int) throws(LinearProgramError) -> Solution {
        var incumbent = Set<Int>()
        var objectives: [Int] = []
        var bounds: [Int] = []
        for cost in costs {
            let columns = cost.indices.filter { cost[$0] != 0 }
            guard !columns.isEmpty else {
                objectives.append(0)
                bounds.append(0)
                continue
            }
            for column in cost.indices { try program.setCost(ofColumn: column, Double(cost[column])) }
            var search = Branching(
                program: program, cost: cost, missing: missing, incumbent: incumbent, nodeLimit: nodeLimit)
            try search.run()
            incumbent = search.incumbent
            objectives.append(search.objective)
            bounds.append(search.bound)
            try program.addRow(
                lower: -.infinity, upper: Double(search.objective), columns: columns,
                values: columns.map { Double(cost[$0]) })
        }
        return Solution(chosen: incumbent.sorted(), objectives: objectives, bounds: bounds)
    }
}

/// Branch and bound on one level, depth first, yes before no.
private struct Branching {
    let program: LinearProgram
    let cost: [Int]
    let missing: [MatchingProgramme.Missing]
    /// The offers of the best choice known.
    var incumbent: Set<Int>
    let nodeLimit: Int
    private(set) var objective = 0
    private(set) var bound = 0

    /// Offers that are decided, and what the relaxation before said.
    private struct Node {
        let decided: [(offer: Int, value: Double)]
        let bound: Int
    }

    init(
        program: LinearProgram, cost: [Int], missing: [MatchingProgramme.Missing], incumbent: Set<Int>,
        nodeLimit: Int
    ) {
        self.program = program
        self.cost = cost
        self.missing = missing
        self.incumbent = incumbent
        self.nodeLimit = nodeLimit
    }

    private var offerCount: Int { cost.count - missing.count }

    mutating func run() throws(LinearProgramError) {
        objective = value(of: incumbent)
        var open = [Node(decided: [], bound: 0)]
        var nodes = 0
        var values: [Double] = []
        while let node = open.popLast() {
            guard node.bound < objective else { continue }
            guard nodes < nodeLimit else {
                open.append(node)
                break
            }
            nodes += 1
            for (offer, value) in node.decided { try fix(offer, value...value) }
            let status = program.solve()
            let reached = Int((program.objective - 1e-6).rounded(.up))
            if status == .optimal { program.copyPrimal(into: &values) }
            for (offer, _) in node.decided { try fix(offer, 0...1) }
            switch status {
            case .optimal where reached >= objective: continue
            case .optimal: break
            case .infeasible: continue
            default:
                // Not solved: nothing is known of this branch beyond its parent's bound.
                open.append(node)
                nodes = nodeLimit
                continue
            }
            if let split = mostDivided(values) {
                open.append(Node(decided: node.decided + [(split, 0)], bound: reached))
                open.append(Node(decided: node.decided + [(split, 1)], bound: reached))
            } else {
                incumbent = Set((0..<offerCount).filter { values[$0] > 0.5 })
                objective = value(of: incumbent)
            }
        }
        bound = min(objective, open.map(\.bound).min() ?? objective)
    }

    private func fix(_ offer: Int, _ range: ClosedRange<Double>) throws(LinearProgramError) {
        try program.setColumnBounds(offer, lower: range.lowerBound, upper: range.upperBound)
    }

    /// What a choice costs, counted without the program.
    private func value(of chosen: Set<Int>) -> Int {
        let left = missing.enumerated().reduce(0) { total, entry in
            let there = entry.element.offers.count(where: chosen.contains)
            return total + cost[offerCount + entry.offset] * max(0, entry.element.heads - there)
        }
        return chosen.reduce(left) { $0 + cost[$1] }
    }

    /// The offer whose value is furthest from whole, the first of several; nil if all are whole.
    private func mostDivided(_ values: [Double]) -> Int? {
        var most: (offer: Int, distance: Double)?
        for offer in 0..<offerCount {
            let distance = abs(values[offer] - values[offer].rounded())
            if distance > max(1e-6, (most?.distance ?? 0) + 1e-9) { most = (offer, distance) }
        }
        return most?.offer
    }
}

extension Offer {
    /// Minutes offered, times what the step weighs.
    fileprivate var weight: Int {
        covers.reduce(0) { $0 + ($1.end - $1.start).count } << min(max(0, step), 20)
    }
}

extension OpenGap {
    /// The stretches, cut wherever a cover begins or ends, without those in which nobody is missing.
    fileprivate func slices(cutBy covers: [Offer.Cover]) -> [Stretch] {
        let cuts = Set(covers.flatMap { [$0.start, $0.end] }).sorted()
        return stretches.filter { $0.missing > 0 }.flatMap { stretch in
            let points =
                [stretch.start] + cuts.filter { stretch.start < $0 && $0 < stretch.end } + [stretch.end]
            return zip(points, points.dropFirst()).map {
                Stretch(start: $0, end: $1, missing: stretch.missing)
            }
        }
    }
}
