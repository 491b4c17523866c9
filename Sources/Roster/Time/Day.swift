/// A day of the week; weeks start on Monday.
public enum Weekday: Int, CaseIterable, Sendable, Codable, Comparable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// `Mon` … `Sun`.
    public var short: String { ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][rawValue] }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A calendar date in the proleptic Gregorian calendar, without a time or a zone.
///
/// A night duty belongs to the day on which it starts.
public struct Day: Hashable, Comparable, Sendable, Codable, CustomStringConvertible, Strideable {
    /// Days since 1 January 1970.
    public let ordinal: Int

    public init(ordinal: Int) { self.ordinal = ordinal }

    /// Nil if there is no such date.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let ordinal = Self.ordinal(year: year, month: month, day: day)
        self.init(ordinal: ordinal)
        guard self.month == month, self.dayOfMonth == day else { return nil }
    }

    /// Reads `2026-10-25`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[0], digits: 4),
            let month = number(parts[1], digits: 2),
            let day = number(parts[2], digits: 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var year: Int { civil.year }
    public var month: Int { civil.month }
    public var dayOfMonth: Int { civil.day }

    /// 1 January 1970 was a Thursday.
    public var weekday: Weekday { Weekday(rawValue: ((ordinal + 3) % 7 + 7) % 7) ?? .monday }
    /// The Monday of this day's week.
    public var monday: Day { Day(ordinal: ordinal - weekday.rawValue) }

    /// `2026-10-25`.
    public var description: String {
        let (year, month, day) = civil
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// `Sun 25 Oct 2026`.
    public var spoken: String { "\(weekday.short) \(dayOfMonth) \(Self.monthNames[month - 1]) \(year)" }

    public static func < (left: Day, right: Day) -> Bool { left.ordinal < right.ordinal }
    public func distance(to other: Day) -> Int { other.ordinal - ordinal }
    public func advanced(by days: Int) -> Day { Day(ordinal: ordinal + days) }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date: \(text)")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    // Civil dates from day counts and back: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
    private static func ordinal(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private var civil: (year: Int, month: Int, day: Int) {
        let shifted = ordinal + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// A number of exactly so many ASCII digits, without a sign.
func number(_ text: some StringProtocol, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text)
}

/// The days that a rota covers, first and last included.
public struct Period: Hashable, Sendable, Codable {
    public let first: Day
    public let last: Day

    /// - Precondition: `days` is at least 1.
    public init(first: Day, days: Int) {
        precondition(days >= 1, "a period has at least one day")
        self.first = first
        last = first.advanced(by: days - 1)
    }

    public var dayCount: Int { first.distance(to: last) + 1 }
    public var days: ClosedRange<Day> { first...last }
    public func contains(_ day: Day) -> Bool { first <= day && day <= last }

    /// The Mondays of the weeks that the period touches, in order.
    public var mondays: [Day] { Array(stride(from: first.monday, through: last, by: 7)) }
}
