extension Day {
    /// A bank holiday in England and Wales, substitute days included.
    ///
    /// In the years of ``publishedBankHolidayYears`` those that GOV.UK published
    /// (<https://www.gov.uk/bank-holidays>), which stand in `bank-holidays.csv`, proclaimed ones included. In other
    /// years those of the Banking and Financial Dealings Act 1971, schedule 1: a day that is moved or added by
    /// proclamation is not known then.
    public var isBankHoliday: Bool {
        guard weekday < .saturday else { return false }
        return Self.publishedBankHolidayYears.contains(year)
            ? Self.publishedBankHolidays.contains(self) : isBankHolidayByStatute
    }

    /// Years of which every bank holiday stands in `bank-holidays.csv`.
    public static let publishedBankHolidayYears: ClosedRange<Int> = {
        let years = publishedBankHolidays.map(\.year)
        return (years.min() ?? 1)...(years.max() ?? 1)
    }()

    static let publishedBankHolidays = Set(
        PackageResources.bank_holidays_csv.split(separator: UInt8(ascii: "\n")).dropFirst().compactMap {
            Day(String(decoding: $0.prefix(10), as: UTF8.self))
        })

    /// A bank holiday by the Act alone.
    var isBankHolidayByStatute: Bool {
        switch (month, weekday) {
        case (1, _): isSubstituted(for: [1])
        case (5, .monday): dayOfMonth <= 7 || dayOfMonth > 24
        case (8, .monday): dayOfMonth > 24
        case (12, _): isSubstituted(for: [25, 26])
        default: isEasterMonday || advanced(by: 3).isEasterMonday
        }
    }

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
