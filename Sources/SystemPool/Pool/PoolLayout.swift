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
        }
        var firstHeads = Array(repeating: 0, count: rowCount)
        for slice in lineSlices.joined() { firstHeads[slice.row] = heads[slice.heads].first?.cost ?? 0 }
        losses = lendRows.map { arcs in
            arcs.map { $0.reduce(0) { $1 < sharedRowCount ? $0 : $0 + firstHeads[Int($1)] } }
        }
    }

    private static func rows(_ slices: [Slice], _ start: Int, _ end: Int) -> [Int32] {
        slices.filter { start <= $0.start && $0.end <= end }.map { Int32($0.row) }
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
            // Needed alike: the same per cent, and missing or not.
            var groups: [(percent: Int, isHard: Bool, count: Int)] = []
            for (head, percent) in vacancy.need.enumerated() {
                let isHard = vacancy.isHard && head < vacancy.missing
                guard percent > 0 || isHard else { continue }
                if let last = groups.last, last.percent == percent, last.isHard == isHard {
                    groups[groups.count - 1].count += 1
                } else {
                    groups.append((percent, isHard, 1))
                }
            }
            let minutes = vacancy.end.minutes - vacancy.start.minutes
            guard isTouched[gap.index] else {
                for group in groups {
                    fixedHard += group.isHard ? minutes * group.count : 0
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
                            count: group.count, hard: group.isHard ? end - start : 0,
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
        var leaves = Array(repeating: [(start: Int, end: Int, giver: Int)](), count: instance.lines.count)
        for offer in instance.offers {
            for line in offer.lines {
                leaves[line.index] += instance.arcs[offer.index].map { ($0.leaves, $0.returns, offer.giver) }
            }
        }
        var spans: [Span] = []
        for line in instance.lines {
            let leaves = leaves[line.index]
            let cuts = Set(leaves.flatMap { [$0.start, $0.end] }).sorted()
            guard let first = cuts.first, let last = cuts.last else { continue }
            for stretch in line.line.stretches {
                let (from, until) = (max(first, stretch.start.minutes), min(last, stretch.end.minutes))
                guard from < until else { continue }
                let points = [from] + cuts.filter { from < $0 && $0 < until } + [until]
                for (start, end) in zip(points, points.dropFirst()) {
                    var span = Span(line: line.index, start: start, end: end, stretch: stretch)
                    let givers = Set(leaves.lazy.filter { $0.start <= start && end <= $0.end }.map(\.giver))
                    // Nobody has to be counted where all may go, or where no more are away than just before or after.
                    if line.isOwnGap,
                        givers.count <= stretch.spare
                            || !leaves.contains(where: { max(from, $0.start) == start })
                            || !leaves.contains(where: { min(until, $0.end) == end })
                    {
                        continue
                    }
                    span.isLone = givers.count <= 1 && stretch.spare > 0
                    spans.append(span)
                }
            }
        }
        return spans
    }
}
