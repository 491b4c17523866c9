import PlainText
import Roster

/// Where somebody is bound from one instant to another, and the row that says so.
struct DutySpan {
    let person: Person.ID
    let start: Instant
    let end: Instant
    let row: Row
    /// The column at which a clash is reported.
    let column: String

    /// Reports every duty that begins before an earlier one of the same person has ended.
    static func refuseOverlaps(_ spans: [DutySpan]) {
        for own in Dictionary(grouping: spans, by: \.person).values {
            let ordered = own.sorted {
                ($0.start, $0.row.place.line ?? 0) < ($1.start, $1.row.place.line ?? 0)
            }
            guard var latest = ordered.first else { continue }
            for span in ordered.dropFirst() {
                if span.start < latest.end {
                    let until = "\(latest.end.day) \(latest.end.clock)"
                    span.row.fault(
                        span.column,
                        "begins before the duty of \(span.person) in \(latest.row.place) ends, \(until)",
                        accepted: "one duty at a time")
                }
                if latest.end < span.end { latest = span }
            }
        }
    }

    /// Reports every duty that begins on a day on which an earlier one of the same person begins and has ended: a rota has
    /// one duty a day of everybody on its list, so the second would be lost.
    static func refuseSecondDuties(_ spans: [DutySpan]) {
        for own in Dictionary(grouping: spans, by: \.person).values {
            let ordered = own.sorted {
                ($0.start, $0.row.place.line ?? 0) < ($1.start, $1.row.place.line ?? 0)
            }
            for (earlier, span) in zip(ordered, ordered.dropFirst())
            where earlier.start.day == span.start.day && earlier.end <= span.start {
                span.row.fault(
                    span.column,
                    "is a day on which \(span.person) has another duty that stands, in \(earlier.row.place)",
                    accepted: "one duty a person and day, its hours written together")
            }
        }
    }
}

extension Row {
    /// The row as a whole: `history.csv:12`.
    var place: Place { Place(file: place("person").file, line: line) }

    /// Whether a duty's times are sound: longer than 0 and at most 24 h on the wall clock.
    func holds(start: Instant, end: Instant) -> Bool {
        let wall = (end - start).count + end.offset - start.offset
        guard end <= start || wall > 1440 else { return true }
        fault(
            "end", "makes a duty of \(ElapsedMinutes(max(0, wall)))",
            accepted: "after the start and at most 24 h later")
        return false
    }
}
