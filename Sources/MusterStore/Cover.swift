import GRDB
import Roster

/// When, and for how much, a booking counts for a gap.
struct Cover: Hashable {
    let gap: Gap.ID
    let start: Instant
    let end: Instant
    /// Heads throughout, or minutes in all, as the gap measures.
    let amount: Int
}

extension Cover {
    init(_ row: Row) {
        self.init(
            gap: Gap.ID(row["gap"]), start: Instant(minutes: row["start"]),
            end: Instant(minutes: row["end"]), amount: row["amount"])
    }

    func insert(_ db: Database, rota: RotaVersion.ID, booking: BookingRecord.ID) throws {
        try db.execute(
            sql: #"INSERT INTO cover (booking, rota, gap, start, "end", amount) VALUES (?, ?, ?, ?, ?, ?)"#,
            arguments: [booking.value, rota.value, gap.text, start.minutes, end.minutes, amount])
    }
}

extension Gap {
    /// Where one more duty lessens what is missing: `now` and `then` are the gaps of the same rule without it
    /// and with it.
    ///
    /// Of a share, who is there changes what is asked for as well, so it is what is missing that counts.
    func covers(of duty: Duty, now: [Gap], then: [Gap]) -> [Cover] {
        let from = max(start, duty.start)
        let to = min(end, duty.end)
        guard from < to else { return [] }
        let now = now.filter { $0.measure == measure && $0.start < to && from < $0.end }
        let then = then.filter { $0.measure == measure && $0.start < to && from < $0.end }
        switch measure {
        case .weeklyMinutes:
            let minutes = (now.first?.missing ?? 0) - (then.first?.missing ?? 0)
            return minutes > 0 ? [Cover(gap: id, start: from, end: to, amount: minutes)] : []
        case .heads:
            let cuts = Set([from, to] + (now + then).flatMap { [$0.start, $0.end] })
                .filter { from <= $0 && $0 <= to }.sorted()
            return zip(cuts, cuts.dropFirst()).compactMap { start, end in
                let lessened = now.missing(from: start, to: end) - then.missing(from: start, to: end)
                return lessened > 0 ? Cover(gap: id, start: start, end: end, amount: lessened) : nil
            }
        }
    }

    /// As much of a cover as is not claimed beyond what is so: two bookings can each lessen what is missing and do no
    /// more together, as where one person stands in for two rules until either is relieved.
    ///
    /// - Parameters:
    ///   - known: the covers of the other bookings.
    ///   - now: the gaps of the same rule with the other bookings, `then` with this one as well.
    func tempered(_ cover: Cover, besides known: [Cover], now: [Gap], then: [Gap]) -> [Cover] {
        let now = now.filter { $0.measure == measure && $0.start < cover.end && cover.start < $0.end }
        let then = then.filter { $0.measure == measure && $0.start < cover.end && cover.start < $0.end }
        func kept(_ from: Instant, _ to: Instant, claimed: Int, lessened: Int) -> Cover? {
            let amount = cover.amount - max(0, claimed - max(0, lessened))
            return amount > 0 ? Cover(gap: id, start: from, end: to, amount: amount) : nil
        }
        switch measure {
        case .weeklyMinutes:
            func open(_ covers: [Cover]) -> Int { remaining(after: covers).first?.missing ?? 0 }
            let whole = kept(
                cover.start, cover.end, claimed: open(known) - open(known + [cover]),
                lessened: (now.first?.missing ?? 0) - (then.first?.missing ?? 0))
            return [whole].compactMap(\.self)
        case .heads:
            let cuts = Set(
                [cover.start, cover.end] + known.flatMap { [$0.start, $0.end] }
                    + (now + then).flatMap { [$0.start, $0.end] }
            ).filter { cover.start <= $0 && $0 <= cover.end }.sorted()
            return zip(cuts, cuts.dropFirst()).reduce(into: []) { pieces, cut in
                let (from, to) = cut
                let others = known.filter { $0.start <= from && to <= $0.end }.reduce(0) { $0 + $1.amount }
                let piece = kept(
                    from, to, claimed: min(max(0, missing - others), cover.amount),
                    lessened: now.missing(from: from, to: to) - then.missing(from: from, to: to))
                guard let piece else { return }
                if let last = pieces.last, last.end == from, last.amount == piece.amount {
                    pieces.removeLast()
                    pieces.append(Cover(gap: id, start: last.start, end: to, amount: last.amount))
                } else {
                    pieces.append(piece)
                }
            }
        }
    }

    /// What is missing where the covers do not reach, in order of time.
    func remaining(after covers: [Cover]) -> [Shortfall] {
        switch measure {
        case .heads: remainingHeads(after: covers)
        case .weeklyMinutes: remainingMinutes(after: covers)
        }
    }

    /// Neighbours with the same number are joined.
    private func remainingHeads(after covers: [Cover]) -> [Shortfall] {
        let cuts = Set([start, end] + covers.flatMap { [$0.start, $0.end] })
            .filter { start <= $0 && $0 <= end }.sorted()
        var remaining: [Shortfall] = []
        for (left, right) in zip(cuts, cuts.dropFirst()) {
            let heads = covers.filter { $0.start <= left && right <= $0.end }.reduce(0) { $0 + $1.amount }
            guard heads < missing else { continue }
            if let last = remaining.last, last.end == left, last.missing == missing - heads {
                remaining.removeLast()
                remaining.append(Shortfall(start: last.start, end: right, missing: last.missing))
            } else {
                remaining.append(Shortfall(start: left, end: right, missing: missing - heads))
            }
        }
        return remaining
    }

    /// Time that two bookings share counts once; where it is not known which of a booking's minutes count,
    /// it is taken from those, so that the gap is never called smaller than it is.
    private func remainingMinutes(after covers: [Cover]) -> [Shortfall] {
        var minutes = 0
        var reached = start
        for cover in covers.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            let shared = max(0, min(reached, cover.end).minutes - cover.start.minutes)
            minutes += max(0, cover.amount - shared)
            reached = max(reached, cover.end)
        }
        return minutes < missing ? [Shortfall(start: start, end: end, missing: missing - minutes)] : []
    }
}

extension [Gap] {
    /// Heads missing throughout a stretch that no gap is cut within.
    fileprivate func missing(from start: Instant, to end: Instant) -> Int {
        first { $0.start <= start && end <= $0.end }?.missing ?? 0
    }
}
