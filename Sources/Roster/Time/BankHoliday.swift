extension Day {
    /// A bank holiday in England and Wales, substitute days included.
    ///
    /// Source: Banking and Financial Dealings Act 1971, schedule 1, with the days moved or added by
    /// proclamation from 2020 to 2023 (<https://www.gov.uk/bank-holidays>).
    public var isBankHoliday: Bool {
        guard weekday < .saturday else { return false }
        if let proclaimed = Self.proclaimed[description] { return proclaimed }
        switch (month, weekday) {
        case (1, _): return isSubstituted(for: [1])
        case (5, .monday): return dayOfMonth <= 7 || dayOfMonth > 24
        case (8, .monday): return dayOfMonth > 24
        case (12, _): return isSubstituted(for: [25, 26])
        default: return isEasterMonday || advanced(by: 3).isEasterMonday
        }
    }

    /// Days that a proclamation made (true) or unmade (false) a holiday.
    private static let proclaimed = [
        "2020-05-04": false, "2020-05-08": true,
        "2022-05-30": false, "2022-06-02": true, "2022-06-03": true, "2022-09-19": true,
        "2023-05-08": true,
    ]

    /// Holidays on fixed dates: those that fall on a weekend are kept on the next weekdays that are free.
    private func isSubstituted(for dates: [Int]) -> Bool {
        var taken: [Day] = []
        for date in dates {
            guard var day = Day(year: year, month: month, day: date) else { continue }
            while day.weekday >= .saturday || taken.contains(day) { day = day.advanced(by: 1) }
            taken.append(day)
        }
        return taken.contains(self)
    }

    /// The day after Easter Sunday by the anonymous Gregorian computus (J. Meeus, "Astronomical Algorithms").
    private var isEasterMonday: Bool {
        guard weekday == .monday, (3...4).contains(month) else { return false }
        let golden = year % 19
        let (century, rest) = year.quotientAndRemainder(dividingBy: 100)
        let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30
        let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7
        let late = (golden + 11 * moon + 22 * sunday) / 451
        let count = moon + sunday - 7 * late + 114
        return Day(year: year, month: count / 31, day: count % 31 + 1)?.advanced(by: 1) == self
    }
}
