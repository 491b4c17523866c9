import DemandForecast
import PlainText
import Roster

/// `activity.csv`: what happened, a count a row.
///
/// `from` says what a count stands for: an hour (`2026-10-25T01:00`, with an offset where the clocks go back), a day
/// (`2026-10-25`) or a month (`2026-10`). A series has one kind throughout. What is not there is not known; it is
/// never taken for zero.
struct ActivityFile {
    private(set) var series: [ActivitySeries] = []

    /// More in an hour, a day or a month is a slip of the pen and not a hospital.
    private static let most = 1_000_000.0

    init(_ folder: inout OpenFolder, roster: RosterFile, census: Set<SeriesID>) {
        let table = folder.table(
            "activity.csv", required: ["unit", "stream", "from", "count"], optional: ["acuity"],
            isOptional: false, sizeLimit: 512 << 20)
        guard let table else { return }
        var drafts: [SeriesID: Draft] = [:]
        for row in table.rows {
            let unit = roster.units.reference(row.required("unit", accepted: "an id"))
            let stream = row.identifier("stream")
            let acuity = row.optional("acuity")?.identifier()
            let moment = row.required("from", accepted: Moment.accepted).flatMap(Moment.init)
            let count = row.required("count", accepted: "a number")?.decimal(in: 0...Self.most)
            guard let unit, let stream, let moment, let count else { continue }
            let id = SeriesID(unit: unit, stream: stream, acuity: acuity)
            drafts[id, default: Draft()].add(moment, count, row)
        }
        series = drafts.sorted { $0.key < $1.key }.compactMap { id, draft in
            draft.series(id, measure: census.contains(id) ? .census : .arrivals)
        }
    }
}

/// When a count was taken.
private struct Moment {
    let step: ActivitySeries.Step
    let day: Day
    let hour: Int
    /// Whether it is the second of two hours that the wall clock shows alike.
    let isSecond: Bool

    static let accepted =
        "an hour such as 2026-10-26T14:00, a day such as 2026-10-26 or a month such as 2026-10"

    init?(_ scalar: Scalar) {
        let text = scalar.text
        if text.utf8.count == 10, let day = Day(text) {
            self.init(step: .day, day: day)
        } else if text.utf8.count == 7, let day = Day(text + "-01") {
            self.init(step: .month, day: day)
        } else if text.utf8.count > 10, let day = Day(text.prefix(10)) {
            // The clocks of earlier centuries would be found fault with first.
            guard Self.isInRange(day, scalar) else { return nil }
            // Only in the nights of a change can a local time mean none or two; asking the zone each time is slow.
            let isPlain = text.utf8.count == 16 && !(day.weekday == .sunday && [3, 10].contains(day.month))
            let clock: ClockTime?
            var isSecond = false
            var local = day
            if isPlain {
                clock = text.utf8.dropFirst(10).first == UInt8(ascii: "T") ? ClockTime(text.suffix(5)) : nil
                if clock == nil || clock == ClockTime(minute: 1440) {
                    scalar.fault("is no time", accepted: Self.accepted)
                    return nil
                }
            } else {
                guard let instant = scalar.instant() else { return nil }
                clock = instant.clock
                local = instant.day
                isSecond = instant.clock.minute == 60 && (instant - ElapsedMinutes(60)).clock.minute == 60
            }
            guard let clock, clock.minute % 60 == 0 else {
                scalar.fault("is not a full hour", accepted: Self.accepted)
                return nil
            }
            self.init(step: .hour, day: local, hour: clock.minute / 60, isSecond: isSecond)
        } else {
            scalar.fault("is no time", accepted: Self.accepted)
            return nil
        }
        guard Self.isInRange(day, scalar) else { return nil }
    }

    private init(step: ActivitySeries.Step, day: Day, hour: Int = 0, isSecond: Bool = false) {
        (self.step, self.day, self.hour, self.isSecond) = (step, day, hour, isSecond)
    }

    private static func isInRange(_ day: Day, _ scalar: Scalar) -> Bool {
        if (earliest...latest).contains(day) { return true }
        scalar.fault("is out of range", accepted: "a time from \(earliest) to \(latest)")
        return false
    }

    private static let earliest = Day(ordinal: 10_957)
    private static let latest = Day(ordinal: 47_481)
}

/// The counts of one series while they are being read, in any order.
private struct Draft {
    private var step: ActivitySeries.Step?
    private var counts: [Int: Double] = [:]
    private var lines: [Int: Int] = [:]

    mutating func add(_ moment: Moment, _ count: Double, _ row: Row) {
        if let step, step != moment.step {
            row.fault(
                "from", "is a \(moment.step.rawValue), but this series counts by the \(step.rawValue)",
                accepted: "one kind of time throughout a series")
            return
        }
        step = moment.step
        let place =
            switch moment.step {
            case .hour: moment.day.ordinal * 24 + moment.hour
            case .day: moment.day.ordinal
            case .month: moment.day.year * 12 + moment.day.month - 1
            }
        // The repeated hour has two counts: each has a line of its own to be compared with.
        let key = moment.isSecond ? -place : place
        if let line = lines[key] {
            row.fault("from", "was counted already in line \(line)", accepted: "each time once in a series")
            return
        }
        lines[key] = row.line
        counts[place, default: 0] += count
    }

    func series(_ id: SeriesID, measure: ActivitySeries.Measure) -> ActivitySeries? {
        guard let step, let first = counts.keys.min(), let last = counts.keys.max() else { return nil }
        let start = step == .hour ? first / 24 * 24 : first
        let end = step == .hour ? last / 24 * 24 + 23 : last
        var values = [Double](repeating: .nan, count: end - start + 1)
        for (place, count) in counts { values[place - start] = count }
        let day: Day? =
            switch step {
            case .hour: Day(ordinal: start / 24)
            case .day: Day(ordinal: start)
            case .month: Day(year: start / 12, month: start % 12 + 1, day: 1)
            }
        return day.map { ActivitySeries(id: id, step: step, measure: measure, first: $0, counts: values) }
    }
}
