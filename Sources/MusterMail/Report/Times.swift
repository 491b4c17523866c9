import MusterFiles
import Roster

/// Days and times as they are written in sentences (NHS content style); tables have 24-hour times.
enum Times {
    /// `Fri 21 to Sun 23 Nov`, `Sun 30 Nov to Tue 2 Dec`, `Fri 21 Nov`.
    static func brief(_ days: [Day]) -> String {
        guard let first = days.first, let last = days.last else { return "" }
        if first == last { return first.brief }
        let isOneMonth = first.month == last.month && first.year == last.year
        return isOneMonth
            ? "\(first.weekday.short) \(first.dayOfMonth) to \(last.brief)"
            : "\(first.brief) to \(last.brief)"
    }

    /// `Friday 21 November to Sunday 23 November 2025`, `Friday 21 November 2025`.
    static func long(_ days: [Day]) -> String {
        guard let first = days.first, let last = days.last else { return "" }
        if first == last { return first.long }
        let from = first.year == last.year ? withoutYear(first) : first.long
        return "\(from) to \(last.long)"
    }

    /// `6.30am on Friday 21 November`.
    static func spoken(_ instant: Instant) -> String {
        "\(clock(instant.clock.minute)) on \(withoutYear(instant.day))"
    }

    /// `6.30am`, `7pm`, `midday`, `midnight`.
    static func clock(_ minute: Int) -> String {
        switch minute {
        case 0, 1440: return "midnight"
        case 720: return "midday"
        default:
            let hour = (minute / 60 + 11) % 12 + 1
            let past = minute % 60
            return
                "\(hour)\(past == 0 ? "" : past < 10 ? ".0\(past)" : ".\(past)")\(minute < 720 ? "am" : "pm")"
        }
    }

    /// `Fri 21 Nov 10:00`.
    static func brief(_ instant: Instant) -> String { "\(instant.day.brief) \(instant.clock)" }

    private static func withoutYear(_ day: Day) -> String { String(day.long.dropLast(5)) }
}

/// `11.5 hours`, `1 hour`, `no hours`, rounded to a tenth.
func hoursInWords(_ minutes: Int) -> String {
    let tenths = Int((Double(minutes) / 6).rounded())
    if tenths == 0 { return minutes > 0 ? "less than 0.1 hours" : "no hours" }
    return tenths == 10 ? "1 hour" : "\(decimal(Double(tenths) / 10)) hours"
}
