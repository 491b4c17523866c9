import Foundation
import Roster

/// At most two decimals, without trailing zeros: `11.5`, `4`.
package func decimal(_ number: Double) -> String {
    guard number.isFinite else { return "" }
    var text = String(format: "%.2f", number)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" ? "0" : text
}

/// `12,345`, with a minus sign that is as wide as a plus.
package func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [Substring] = []
    while digits.count > 3 {
        groups.insert(digits.suffix(3), at: 0)
        digits.removeLast(3)
    }
    return (number < 0 ? "−" : "") + ([Substring(digits)] + groups).joined(separator: ",")
}

/// `1 gap`, `2 gaps`, `no gaps`; a plural that is not the noun and an s is given.
package func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(number == 0 ? "no" : grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
}

/// Whole hours of that many minutes: `1,204 hours`.
package func hours(_ minutes: Int) -> String {
    counted(Int((Double(minutes) / 60).rounded()), "hour")
}

extension Day {
    /// `Monday 2 November 2026`.
    package var long: String {
        let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        return "\(weekdays[weekday.rawValue]) \(dayOfMonth) \(Self.months[month - 1]) \(year)"
    }

    /// `Mon 2 Nov`.
    package var brief: String { "\(weekday.short) \(dayOfMonth) \(shortMonth)" }
    var shortMonth: String { String(Self.months[month - 1].prefix(3)) }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]
}

/// `Fri 6 Nov 19:30 to Sat 7 Nov 08:00`; the day once if it is the same; `24:00` for an end at midnight. In the
/// hour that the autumn night repeats, the offset tells which one is meant.
package func span(_ start: Instant, _ end: Instant) -> String {
    let from = "\(start.day.brief) \(clock(start))"
    if end.clock.minute == 0, end.day == start.day.advanced(by: 1) { return "\(from) to 24:00" }
    return end.day == start.day ? "\(from) to \(clock(end))" : "\(from) to \(end.day.brief) \(clock(end))"
}

private func clock(_ instant: Instant) -> String {
    guard case .repeated(let first, _) = London.resolve(instant.day, minute: instant.clock.minute) else {
        return "\(instant.clock)"
    }
    return "\(instant.clock) (\(instant == first ? "before" : "after") the clocks go back)"
}

extension ShiftType {
    /// `07:30 to 20:00`, `19:30 to 08:00 next day`.
    package var times: String { "\(start) to \(end)\(endMinute > 1440 ? " next day" : "")" }

    /// At least 3 hours between 23:00 and 06:00.
    package var isNight: Bool {
        [0, 1].contains { day in
            min(endMinute, day * 1440 + 360) - max(start.minute, day * 1440 - 60) >= 180
        }
    }
}
