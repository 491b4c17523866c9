import PlainText
import Roster

/// How an export writes days and times.
struct ExportFormat {
    /// The order and form of a date. None is guessed: 03/04 is two days.
    enum DateOrder: String, CaseIterable {
        case iso = "yyyy-mm-dd"
        case slashes = "dd/mm/yyyy"
        case dots = "dd.mm.yyyy"
        case dashes = "dd-mm-yyyy"
        case named = "dd-mmm-yyyy"
        case compact = "yyyymmdd"

        var example: String {
            switch self {
            case .iso: "2025-11-21"
            case .slashes: "21/11/2025"
            case .dots: "21.11.2025"
            case .dashes: "21-11-2025"
            case .named: "21-Nov-2025"
            case .compact: "20251121"
            }
        }

        private static let months = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ]

        func day(_ text: some StringProtocol) -> Day? {
            switch self {
            case .iso: return Day(text)
            case .slashes: return Self.dayFirst(text, "/")
            case .dots: return Self.dayFirst(text, ".")
            case .dashes: return Self.dayFirst(text, "-")
            case .named:
                let parts = text.split(separator: "-", omittingEmptySubsequences: false)
                guard parts.count == 3, let month = Self.months.firstIndex(of: parts[1].lowercased()),
                    let day = Self.number(parts[0], 1...2), let year = Self.number(parts[2], 4...4)
                else { return nil }
                return Day(year: year, month: month + 1, day: day)
            case .compact:
                guard let all = Self.number(text, 8...8) else { return nil }
                return Day(year: all / 10_000, month: all / 100 % 100, day: all % 100)
            }
        }

        private static func dayFirst(_ text: some StringProtocol, _ separator: Character) -> Day? {
            let parts = text.split(separator: separator, omittingEmptySubsequences: false)
            guard parts.count == 3, let day = number(parts[0], 1...2), let month = number(parts[1], 1...2),
                let year = number(parts[2], 4...4)
            else { return nil }
            return Day(year: year, month: month, day: day)
        }

        private static func number(_ text: some StringProtocol, _ digits: ClosedRange<Int>) -> Int? {
            guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) })
            else { return nil }
            return Int(text)
        }
    }

    var dates = DateOrder.iso

    /// A day; a time of day after it, such as the midnight that spreadsheets add, is cut off.
    func day(_ scalar: Scalar) -> Day? {
        let text = scalar.text
        if let day = dates.day(text) { return day }
        if let space = text.firstIndex(where: { $0 == " " || $0 == "T" }),
            let day = dates.day(text[..<space]), Self.minute(text[text.index(after: space)...]) == 0
        {
            return day
        }
        scalar.fault("is not a date", accepted: "a date as \(dates.rawValue), such as \(dates.example)")
        return nil
    }

    /// A time of day as `07:30`, `07:30:00`, `7:30` or `0730`; `24:00` where a span ends.
    func clock(_ scalar: Scalar, isEnd: Bool = false) -> ClockTime? {
        guard let minute = Self.minute(scalar.text), minute < 1440 || isEnd else {
            scalar.fault("is not a time of day", accepted: "a time such as 07:30, 07:30:00 or 0730")
            return nil
        }
        return ClockTime(minute: minute)
    }

    /// A day and a time of day after a space or a T. Of a time that comes twice in autumn, the first.
    func instant(_ scalar: Scalar) -> Instant? {
        if let instant = Instant(scalar.text) { return instant }
        let text = scalar.text
        guard let gap = text.firstIndex(where: { $0 == " " || $0 == "T" }), let day = dates.day(text[..<gap]),
            let minute = Self.minute(text[text.index(after: gap)...]), minute < 1440
        else {
            scalar.fault("is not a day and a time", accepted: "such as \(dates.example) 05:40")
            return nil
        }
        return London.instant(day, minute: minute)
    }

    private static func minute(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard text.utf8.allSatisfy({ (48...58).contains($0) }) else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count else { return nil }
        switch numbers.count {
        case 1 where text.utf8.count == 4: return minute(numbers[0] / 100, numbers[0] % 100)
        case 2 where parts[1].utf8.count == 2: return minute(numbers[0], numbers[1])
        case 3 where parts[1].utf8.count == 2 && parts[2] == "00": return minute(numbers[0], numbers[1])
        default: return nil
        }
    }

    private static func minute(_ hour: Int, _ minute: Int) -> Int? {
        guard (0...24).contains(hour), (0...59).contains(minute), hour * 60 + minute <= 1440 else {
            return nil
        }
        return hour * 60 + minute
    }
}
