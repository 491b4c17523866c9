import Foundation
import Roster

/// What the calendar says of each period (day or month), as columns of a regression: a flat table, row by row.
struct CalendarFeatures {
    let columns: Int
    /// `rows × columns`; column 0 is 1.
    let values: [Double]
    /// The factor of local events with a stated effect, for each row.
    let effects: [Double]
    /// Everything that is stated and not learnt, for each row: those effects and, of months, how long they are.
    let stated: [Double]

    var rows: Int { values.count / columns }

    /// Columns for days: weekday, time of the year, trend, bank holidays of England and Wales and the days around
    /// them, Christmas to New Year day by day, and local events.
    ///
    /// - Parameter history: days of which counts are known. Less than 13 months carry no time of the year and less
    ///   than 18 no trend: one year does not tell its season from its trend.
    /// - Parameter felt: the events of another unit that the columns are to speak of, with the names of `events`.
    init(days first: Day, count: Int, history: Int, events: [LocalEvent], felt: [LocalEvent]? = nil) {
        let felt = felt ?? events
        let harmonics = history >= 700 ? 3 : history >= 400 ? 1 : 0
        let named = Set(events.filter(\.isLearnt).map(\.name)).sorted()
        var values: [Double] = []
        var effects: [Double] = []
        values.reserveCapacity(count * (20 + 2 * harmonics + named.count))
        for offset in 0..<count {
            let day = first.advanced(by: offset)
            values.append(1)
            for weekday in Weekday.allCases.dropFirst() { values.append(day.weekday == weekday ? 1 : 0) }
            let angle = 2 * Double.pi * Double(day.ordinal) / 365.2425
            for harmonic in 0..<harmonics {
                values.append(cos(Double(harmonic + 1) * angle))
                values.append(sin(Double(harmonic + 1) * angle))
            }
            if history >= 550 { values.append(Double(offset - history) / 365.2425) }
            Self.appendHolidays(day, to: &values)
            for name in named {
                values.append(felt.contains { $0.isLearnt && $0.name == name && $0.covers(day) } ? 1 : 0)
            }
            effects.append(felt.effect(on: day))
        }
        columns = values.count / max(1, count)
        self.values = values
        self.effects = effects
        stated = effects
    }

    /// Columns for months: month of the year once two years are known, and trend. The days of a month are an
    /// exposure, stated and not learnt, and so are the effects that are stated of some of them.
    init(months first: Day, count: Int, history: Int, events: [LocalEvent]) {
        var values: [Double] = []
        var effects: [Double] = []
        var stated: [Double] = []
        for offset in 0..<count {
            let month = first.advanced(months: offset)
            values.append(1)
            if history >= 24 {
                for number in 2...12 { values.append(month.month == number ? 1 : 0) }
            }
            if history >= 18 { values.append(Double(offset - history) / 12) }
            effects.append(events.effect(inMonthOf: month))
            stated.append(effects[offset] * Double(month.daysInMonth) / 30.436875)
        }
        columns = values.count / max(1, count)
        self.values = values
        self.effects = effects
        self.stated = stated
    }

    /// The winter days differ one from another; the other holidays share a column, and so do the days beside them.
    private static func appendHolidays(_ day: Day, to values: inout [Double]) {
        let date = (day.month, day.dayOfMonth)
        for winter in [(12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (1, 2)] {
            values.append(date == winter ? 1 : 0)
        }
        values.append(day.month == 12 && (27...30).contains(day.dayOfMonth) ? 1 : 0)
        let isOther: (Day) -> Bool = { $0.isBankHoliday && $0.month != 12 && $0.month != 1 }
        for shift in [0, -1, 1] { values.append(isOther(day.advanced(by: shift)) ? 1 : 0) }
    }
}
