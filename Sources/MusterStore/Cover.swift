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
                func planned(_ gaps: [Gap]) -> Int? {
                    gaps.first { $0.start <= start && end <= $0.end }?.planned
                }
                guard let before = planned(now), before < planned(then) ?? .max else { return nil }
                return Cover(gap: id, start: start, end: end, amount: 1)
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
