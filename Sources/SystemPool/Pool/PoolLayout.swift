/// Where each gap, line and organisation stands in the linear programme, and what each thing costs.
///
/// Gaps and lines are cut into slices wherever a duty begins or ends, so that in a slice nothing changes.
struct PoolLayout {
    /// Heads of one slice that are needed alike, or that a lender misses alike.
    struct Heads {
        let column: Int
        let row: Int
        let organisation: Int
        let count: Int
        /// Minutes if the heads belong to a hard gap.
        let hard: Int
        /// Minutes × risk × per cent.
        let cost: Int
    }

    struct Slice {
        let row: Int
        let start: Int
        let end: Int
        /// Indices of ``heads``, the most needed first.
        let heads: Range<Int>
        /// What a lender must not exceed; for a gap, how many heads are of any use.
        let capacity: Int
    }

    private(set) var heads: [Heads] = []
    /// By gap; empty for a gap that nobody could fill.
    private(set) var gapSlices: [[Slice]] = []
    /// By line; empty for a line from which nobody is taken.
    private(set) var lineSlices: [[Slice]] = []
    private(set) var rowCount: Int
    /// For each offer and duty, the rows of gap slices, and of line slices.
    private(set) var needRows: [[[Int32]]] = []
    private(set) var lendRows: [[[Int32]]] = []
    /// For each offer, the rows of hard gaps of its lender's own: two of its duties may take from one of them.
    private(set) var ownGapRows: [[Int32]] = []
    /// Rows, and heads, up to here belong to givers, gaps, and slices of lines that several givers may leave. A slice that
    /// one giver alone may leave comes after: it stands in the programme as a cost of that giver's sets.
    private(set) var sharedRowCount = 0
    private(set) var sharedHeadCount = 0
    /// For each offer and duty, what its lender loses in slices that no other giver may leave: minutes × risk × per cent.
    private(set) var losses: [[Int]] = []
    /// What gaps cost that nobody could fill.
    private(set) var fixedHard = 0
    /// By organisation.
    private(set) var fixedCost: [Int]

    init(_ instance: PoolInstance) {
        rowCount = instance.giverCount
        fixedCost = Array(repeating: 0, count: instance.picture.organisations.count)
        layGaps(instance)
        layLines(instance)
        for offer in instance.offers {
            let arcs = instance.arcs[offer.index]
            needRows.append(arcs.map { Self.rows(gapSlices[$0.gap], $0.start, $0.end) })
            lendRows.append(
                arcs.map { arc in
                    offer.lines.flatMap { Self.rows(lineSlices[$0.index], arc.leaves, arc.returns) }
                })
            ownGapRows.append(
                offer.lines.filter(\.isOwnGap).flatMap { lineSlices[$0.index].map { Int32($0.row) } })
        }
        var firstHeads = Array(repeating: 0, count: rowCount)
        for slice in lineSlices.joined() { firstHeads[slice.row] = heads[slice.heads].first?.cost ?? 0 }
        losses = lendRows.map { arcs in
            arcs.map { $0.reduce(0) { $1 < sharedRowCount ? $0 : $0 + firstHeads[Int($1)] } }
        }
    }

    private static func rows(_ slices: [Slice], _ start: Int, _ end: Int) -> [Int32] {
        slices.filter { $0.start < end && start < $0.end }.map { Int32($0.row) }
    }

    /// The rows in which a set of duties adds a head, ascending. Two duties just before and just after a hard gap of one's
    /// own take one head away from it.
    func rows(of part: PoolChoice.Part) -> [Int32] {
        let all = part.arcs.flatMap { needRows[part.offer][$0] + lendRows[part.offer][$0] }
        return Set(all).sorted()
    }

    private mutating func layGaps(_ instance: PoolInstance) {
        var cuts = instance.gaps.map { Set([$0.vacancy.start.minutes, $0.vacancy.end.minutes]) }
        var isTouched = Array(repeating: false, count: cuts.count)
        for arc in instance.arcs.joined() {
            cuts[arc.gap].formUnion([arc.start, arc.end])
            isTouched[arc.gap] = true
        }
        for gap in instance.gaps {
            let vacancy = gap.vacancy
            // Needed alike: by the same per cent.
            var groups: [(percent: Int, count: Int)] = []
            for percent in vacancy.need.prefix(vacancy.missing) where percent > 0 || vacancy.isHard {
                if let last = groups.last, last.percent == percent {
                    groups[groups.count - 1].count += 1
                } else {
                    groups.append((percent, 1))
                }
            }
            let minutes = vacancy.end.minutes - vacancy.start.minutes
            guard isTouched[gap.index] else {
                for group in groups {
                    fixedHard += vacancy.isHard ? minutes * group.count : 0
                    fixedCost[gap.receiverIndex] += minutes * vacancy.risk * group.percent * group.count
                }
                gapSlices.append([])
                continue
            }
            let points = cuts[gap.index].sorted()
            var slices: [Slice] = []
            for (start, end) in zip(points, points.dropFirst()) {
                let first = heads.count
                for group in groups {
                    heads.append(
                        Heads(
                            column: heads.count, row: rowCount, organisation: gap.receiverIndex,
                            count: group.count, hard: vacancy.isHard ? end - start : 0,
                            cost: (end - start) * vacancy.risk * group.percent))
                }
                slices.append(
                    Slice(
                        row: rowCount, start: start, end: end, heads: first..<heads.count,
                        capacity: groups.reduce(0) { $0 + $1.count }))
                rowCount += 1
            }
            gapSlices.append(slices)
        }
    }

    /// Between two cuts of a line.
    private struct Span {
        let line: Int
        let start: Int
        let end: Int
        let stretch: CoverLine.Stretch
        /// Nobody but one giver could leave it, and that one may.
        var isLone = false
    }

    private mutating func layLines(_ instance: PoolInstance) {
        lineSlices = Array(repeating: [], count: instance.lines.count)
        let spans = Self.spans(instance)
        for span in spans where !span.isLone { lay(span, instance.lines[span.line]) }
        (sharedRowCount, sharedHeadCount) = (rowCount, heads.count)
        for span in spans where span.isLone { lay(span, instance.lines[span.line]) }
    }

    private mutating func lay(_ span: Span, _ line: PoolLine) {
        let begin = heads.count
        // Who could fill a gap at home costs nothing while enough of them stay.
        if line.isOwnGap, span.stretch.spare > 0 {
            heads.append(
                Heads(
                    column: heads.count, row: rowCount, organisation: line.organisationIndex,
                    count: span.stretch.spare, hard: 0, cost: 0))
        }
        for head in 0..<(line.isOwnGap ? 0 : span.stretch.spare) {
            let loss = span.stretch.loss
            let percent = head < loss.count ? loss[head] : loss.isEmpty ? 0 : 100
            heads.append(
                Heads(
                    column: heads.count, row: rowCount, organisation: line.organisationIndex,
                    count: 1, hard: 0, cost: (span.end - span.start) * line.line.risk * percent))
        }
        lineSlices[span.line].append(
            Slice(
                row: rowCount, start: span.start, end: span.end, heads: begin..<heads.count,
                capacity: span.stretch.spare))
        rowCount += 1
    }

    private static func spans(_ instance: PoolInstance) -> [Span] {
        var leaves = Array(repeating: [Away](), count: instance.lines.count)
        for offer in instance.offers {
            for line in offer.lines {
                leaves[line.index] += instance.arcs[offer.index].map { ($0.leaves, $0.returns, offer.giver) }
            }
        }
        return instance.lines.flatMap { line in
            line.isOwnGap ? ownGap(line, leaves[line.index]) : spans(line, leaves[line.index])
        }
    }

    private typealias Away = (start: Int, end: Int, giver: Int)

    /// Whoever is away at any time of it cannot fill the gap, so that it is not cut: one who goes just before and another who
    /// goes just after would both have no rest. Nobody has to be counted where all may go.
    private static func ownGap(_ line: PoolLine, _ leaves: [Away]) -> [Span] {
        line.line.stretches.compactMap { stretch in
            let (start, end) = (stretch.start.minutes, stretch.end.minutes)
            let givers = Set(leaves.lazy.filter { $0.start < end && start < $0.end }.map(\.giver))
            return givers.count > stretch.spare
                ? Span(line: line.index, start: start, end: end, stretch: stretch) : nil
        }
    }

    private static func spans(_ line: PoolLine, _ leaves: [Away]) -> [Span] {
        let cuts = Set(leaves.flatMap { [$0.start, $0.end] }).sorted()
        guard let first = cuts.first, let last = cuts.last else { return [] }
        return line.line.stretches.flatMap { stretch -> [Span] in
            let (from, until) = (max(first, stretch.start.minutes), min(last, stretch.end.minutes))
            guard from < until else { return [] }
            let points = [from] + cuts.filter { from < $0 && $0 < until } + [until]
            return zip(points, points.dropFirst()).map { start, end in
                var span = Span(line: line.index, start: start, end: end, stretch: stretch)
                let givers = Set(leaves.lazy.filter { $0.start <= start && end <= $0.end }.map(\.giver))
                span.isLone = givers.count <= 1 && stretch.spare > 0
                return span
            }
        }
    }
}
