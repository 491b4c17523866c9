import Roster

extension ActivitySeries {
    /// A smaller count does little harm, and may well be true.
    private static let least = 40.0
    private static let factor = 5.0
    /// Counts around one below which it is not judged.
    private static let enough = 6

    /// The series without slips of the pen: 9999 in one hour would teach a level, a shape of the day and a spread that
    /// nobody has.
    ///
    /// Absurd is a count above 40 that is more than five times as large as nine tenths at least of those around it:
    /// the same hour, or the days, of four weeks on both sides; the months of a year. Where two at least of those are of
    /// somebody, zeros are not looked at: a clinic every other week is not absurd on its day.
    ///
    /// - Parameters:
    ///   - isClosed: days that are not looked at.
    ///   - end: days from here on are not looked at either.
    /// - Complexity: O(counts), if few are absurd.
    func withoutAbsurd(before end: Day, isClosed: (Day) -> Bool) -> ActivitySeries {
        let places = step == .hour ? 24 : 1
        var known = counts
        if step == .month {
            for index in known.indices where first.advanced(months: index + 1) > end { known[index] = .nan }
        } else {
            for day in 0..<length {
                let date = first.advanced(by: day)
                guard date >= end || isClosed(date) else { continue }
                for place in day * places..<(day + 1) * places { known[place] = .nan }
            }
        }
        let reach = step == .month ? 12 : 28
        var kept = counts
        var found: [(name: String, count: Double)] = []
        for place in Self.absurd(known, apart: places, reach: reach) {
            found.append((name(ofPlace: place), counts[place]))
            kept[place] = .nan
            known[place] = .nan
        }
        if step == .hour {
            // Ten times too many all day long need be absurd in no single hour.
            let sums = (0..<length).map { day in Self.sum(known[day * 24..<day * 24 + 24]) }
            for day in Self.absurd(sums, apart: 1, reach: reach) {
                found.append((first.advanced(by: day).description, sums[day]))
                for place in day * 24..<day * 24 + 24 { kept[place] = .nan }
            }
        }
        guard let one = found.first else { return self }
        var series = ActivitySeries(id: id, step: step, measure: measure, first: first, counts: kept)
        let more = found.count > 1 ? "; and \(found.count - 1) more" : ""
        series.notes =
            notes + [
                "left out as absurd, more than five times as large as nearly all around it: \(short(one.count)) in "
                    + one.name + more
            ]
        return series
    }

    /// Places of absurd values. Neighbours stand `apart` places from one another.
    private static func absurd(_ values: [Double], apart: Int, reach: Int) -> [Int] {
        values.indices.filter { index in
            let value = values[index]
            guard value > least else { return false }
            var (known, ofSomebody, alike) = (0, 0, 0)
            for step in 1...reach {
                for place in [index - step * apart, index + step * apart]
                where values.indices.contains(place) && !values[place].isNaN {
                    known += 1
                    if values[place] > 0 { ofSomebody += 1 }
                    if values[place] * factor >= value { alike += 1 }
                }
                // A tenth of all that there can be.
                if alike * 10 >= 2 * reach { return false }
            }
            return known >= enough && alike * 10 < (ofSomebody >= 2 ? ofSomebody : known)
        }
    }

    /// NaN if nothing is known.
    private static func sum(_ counts: ArraySlice<Double>) -> Double {
        let known = counts.filter { !$0.isNaN }
        return known.isEmpty ? .nan : known.reduce(0, +)
    }

    private func name(ofPlace place: Int) -> String {
        switch step {
        case .hour: "\(first.advanced(by: place / 24))T\(ClockTime(minute: place % 24 * 60))"
        case .day: first.advanced(by: place).description
        case .month: String(first.advanced(months: place).description.prefix(7))
        }
    }
}
