import Roster

/// A series as one value a day (a month, of a monthly series): what the models learn from.
struct DailyTotals {
    let first: Day
    /// NaN where the day is not known or closed.
    let values: [Double]
    /// What was left out or made up, in plain words.
    let notes: [String]

    /// - Parameters:
    ///   - shape: how a day's count falls on its hours, to judge a day of which hours are missing.
    ///   - end: days from here on are not looked at.
    init(_ series: ActivitySeries, shape: HourlyShape?, closed: (Day) -> Bool, end: Day) {
        var notes = series.notes
        var values: [Double]
        switch series.step {
        case .hour: values = Self.days(ofHours: series, shape: shape, notes: &notes)
        case .day, .month: values = series.counts
        }
        let known =
            series.step == .month
            ? (0..<values.count).count { series.first.advanced(months: $0 + 1) <= end }
            : series.first.distance(to: end)
        if known < values.count {
            notes.append("what came on or after \(end) is not used")
            values.removeLast(values.count - max(0, known))
        }
        if series.step != .month {
            for index in values.indices where closed(series.first.advanced(by: index)) {
                values[index] = .nan
            }
        }
        let missing = values.count { $0.isNaN }
        if missing > 0 {
            notes.append(
                "\(missing) of \(values.count) \(series.step == .month ? "months" : "days") are not known or closed"
            )
        }
        first = series.first
        self.values = values
        self.notes = notes
    }

    /// Totals that are known already.
    init(first: Day, values: [Double]) {
        self.first = first
        self.values = values
        notes = []
    }

    /// A day of which a quarter at most is missing (by what usually comes in those hours) is filled up; one of
    /// which more is missing is not known.
    private static func days(
        ofHours series: ActivitySeries, shape: HourlyShape?, notes: inout [String]
    ) -> [Double] {
        var filled = 0
        let values = (0..<series.length).map { index -> Double in
            let day = series.first.advanced(by: index)
            var sum = 0.0
            var known = 0.0
            var all = 0.0
            let shares = shape?.weights(day)
            for hour in 0..<24 {
                let length = Double(day.length(ofHour: hour))
                guard length > 0 else { continue }
                let share = shares?[hour] ?? length / 24
                all += share
                let count = series.counts[index * 24 + hour]
                if !count.isNaN {
                    sum += count * (series.measure == .census ? length : 1)
                    known += share
                }
            }
            guard known >= 0.75 * all, known > 0 else { return .nan }
            if known < all - 1e-9 { filled += 1 }
            let whole = sum * all / known
            return series.measure == .census
                ? whole / Double((0..<24).reduce(0) { $0 + day.length(ofHour: $1) }) : whole
        }
        if filled > 0 {
            notes.append(
                "\(filled == 1 ? "1 day lacks an hour or more and was" : "\(filled) days lack an hour or more and were") "
                    + "filled up by the usual share of those hours")
        }
        return values
    }
}

extension Day {
    /// Hours that the wall clock shows this hour: 1; 0 where the clocks skip it, 2 where they repeat it.
    func length(ofHour hour: Int) -> Int {
        // The clocks change at one in the night, on Sundays of March and October.
        guard hour == 1, weekday == .sunday, month == 3 || month == 10 else { return 1 }
        return switch London.resolve(self, minute: 60) {
        case .unique: 1
        case .skipped: 0
        case .repeated: 2
        }
    }
}
