import PlainText
import Roster

/// `demand.csv`: heads or arrivals by interval.
///
/// A row stands for one date, for a weekday, for `weekday` or `weekend`, or for every day (`daily`). Where two rows
/// on one subject overlap, the more exact day wins, from the minute at which it starts to the minute at which it
/// ends; arrivals are taken to be even within a row. A row that recurs follows the wall clock when the clocks
/// change: it is empty for a skipped hour, and lasts through a repeated one.
struct DemandFile {
    private(set) var rows: [DemandRow] = []

    init(_ folder: inout OpenFolder, roster: RosterFile) {
        let table = folder.table(
            "demand.csv", required: ["day", "from", "to", "value"],
            optional: ["unit", "rule", "stream"] + Self.quantileColumns.map(\.name))
        guard let table, let period = roster.period else { return }
        let reader = DemandReader(roster: roster, period: period)
        let entries = table.rows.compactMap(reader.entry)
        for entries in Dictionary(grouping: entries, by: \.subject).values {
            rows += Self.layered(entries, period: period)
        }
        rows.sort { ($0.start, $0.subject.order) < ($1.start, $1.subject.order) }
    }

    static let quantileColumns: [(name: String, probability: Double)] = [
        ("q05", 0.05), ("q10", 0.10), ("q25", 0.25), ("q50", 0.50), ("q75", 0.75), ("q90", 0.90),
        ("q95", 0.95),
    ]

    /// The rows of one subject in real time: the more exact first, the others where those leave room.
    private static func layered(_ entries: [DemandEntry], period: Period) -> [DemandRow] {
        var taken: [Span] = []
        var rows: [DemandRow] = []
        for exactness in DemandDay.Exactness.allCases.reversed() {
            var level: [(span: Span, line: Int)] = []
            for entry in entries where entry.day.exactness == exactness {
                for span in entry.spans(in: period) {
                    if let other = level.first(where: { $0.span.overlaps(span) && $0.line != entry.row.line })
                    {
                        entry.row.fault(
                            "from", "overlaps line \(other.line) on \(span.lowerBound.day)",
                            accepted: "rows that do not overlap, or a more exact day")
                    }
                    level.append((span, entry.row.line))
                    rows += span.subtracting(taken).map { entry.row(over: $0, of: span) }
                }
            }
            taken += level.map(\.span)
        }
        return rows
    }
}

typealias Span = Range<Instant>

extension Span {
    /// What is left of the span without others, in order.
    func subtracting(_ others: [Span]) -> [Span] {
        var parts: [Span] = []
        var from = lowerBound
        for other in others.filter(overlaps).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if from < other.lowerBound { parts.append(from..<other.lowerBound) }
            from = Swift.max(from, other.upperBound)
        }
        if from < upperBound { parts.append(from..<upperBound) }
        return parts
    }
}

/// The days for which a row of `demand.csv` stands.
enum DemandDay {
    case date(Day)
    case weekdays(Set<Weekday>)

    /// From the least to the most exact.
    enum Exactness: CaseIterable {
        case daily, partOfWeek, weekday, date
    }

    static let words: [String: Set<Weekday>] = {
        var words = Weekday.byWord.mapValues { Set([$0]) }
        words["weekday"] = Set(Weekday.allCases.filter { $0 < .saturday })
        words["weekend"] = [.saturday, .sunday]
        words["daily"] = Set(Weekday.allCases)
        return words
    }()

    var exactness: Exactness {
        switch self {
        case .date: .date
        case .weekdays(let days) where days.count == 1: .weekday
        case .weekdays(let days) where days.count == 7: .daily
        case .weekdays: .partOfWeek
        }
    }

    /// The days on which a row can matter. A window of the last night runs into the day after the period, and a
    /// row of the day before can run into the first day.
    func days(in period: Period) -> [Day] {
        switch self {
        case .date(let day): [day]
        case .weekdays(let weekdays):
            (period.first.advanced(by: -1)...period.last.advanced(by: 1)).filter {
                weekdays.contains($0.weekday)
            }
        }
    }
}

/// One row of `demand.csv` before its days are spelt out.
struct DemandEntry {
    let row: Row
    let day: DemandDay
    let subject: DemandRow.Subject
    let from: ClockTime
    /// At or before `from` means the next day.
    let to: ClockTime
    let value: Double
    let quantiles: DemandDistribution?

    func spans(in period: Period) -> [Span] {
        day.days(in: period).compactMap { day in
            let start = London.instant(day, from)
            let end = London.instant(day, minute: to > from ? to.minute : to.minute + 1440)
            return start < end ? start..<end : nil
        }
    }

    /// The part of the row that falls on a part of its span: as many heads, or as many of the arrivals.
    func row(over part: Span, of whole: Span) -> DemandRow {
        let length = (part.upperBound - part.lowerBound).count
        let share = Double(length) / Double((whole.upperBound - whole.lowerBound).count)
        return switch subject {
        case .rule:
            DemandRow(
                subject: subject, start: part.lowerBound, end: part.upperBound, value: value,
                quantiles: quantiles)
        case .stream:
            DemandRow(subject: subject, start: part.lowerBound, end: part.upperBound, value: value * share)
        }
    }
}

extension DemandRow.Subject {
    /// Rules, then streams, by name.
    fileprivate var order: String {
        switch self {
        case .rule(let rule): "rule \(rule)"
        case .stream(let unit, let stream): "stream \(unit) \(stream)"
        }
    }
}
