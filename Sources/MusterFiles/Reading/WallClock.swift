import PlainText
import Roster

/// Dates, times and hours as the roster folder writes them, on the wall clock in London.
extension Scalar {
    func day() -> Day? {
        date().flatMap { Day(year: $0.year, month: $0.month, day: $0.day) }
    }

    /// A day of the period.
    ///
    /// - Parameter period: nil if it could not be read; then every day passes.
    func day(in period: Period?) -> Day? {
        guard let day = day() else { return nil }
        if let period, !period.contains(day) {
            fault("lies outside the period", accepted: "a date from \(period.first) to \(period.last)")
            return nil
        }
        return day
    }

    /// A time of day from 00:00 to 23:59, or to 24:00 where a span ends.
    func clock(isEnd: Bool = false) -> ClockTime? {
        let accepted = isEnd ? acceptedEnd : acceptedStart
        guard let clock = ClockTime(text), isEnd || clock.minute < 1440 else {
            fault("is not a time of day", accepted: accepted)
            return nil
        }
        return clock
    }

    /// Hours with decimals, as whole minutes.
    func hours(in range: ClosedRange<Double>) -> Int? {
        decimal(in: range).map { Int(($0 * 60).rounded()) }
    }

    /// A weekday's first three letters.
    func weekday() -> Weekday? { choice(Weekday.byWord, of: "a weekday") }

    /// `2026-10-31T19:30`, with the offset where the clocks go back over it; or only `19:30`, if the day is known.
    func instant(on day: Day? = nil) -> Instant? {
        if let day, let clock = ClockTime(text) { return instant(day, minute: clock.minute) }
        if let instant = Instant(text) {
            guard text.hasSuffix("Z") || text.hasSuffix(instant.description.suffix(6)) else {
                fault(
                    "has an offset that London does not have then", accepted: instant.description)
                return nil
            }
            return instant
        }
        guard text.utf8.count == 16, text.dropFirst(10).first == "T", let day = Day(text.prefix(10)),
            let clock = ClockTime(text.suffix(5))
        else {
            let example =
                day.map { "a time such as 19:30, or \($0)T19:30" } ?? "a time such as 2026-10-31T19:30"
            fault("is not a local time", accepted: example)
            return nil
        }
        return instant(day, minute: clock.minute)
    }

    /// The instant at which the wall clock shows what stands here; a fault if there is none or are two.
    func instant(_ day: Day, minute: Int) -> Instant? {
        switch London.resolve(day, minute: minute) {
        case .unique(let instant): return instant
        case .skipped(let jump):
            let before = ClockTime(minute: jump.clock.minute - 60)
            fault(
                "is skipped on \(jump.day), when the clocks go forward",
                accepted: "a time before \(before) or from \(jump.clock)")
        case .repeated(let first, let second):
            fault(
                "comes twice on \(first.day), when the clocks go back",
                accepted: "\(first) for the first or \(second) for the second")
        }
        return nil
    }

    private var acceptedStart: String { "a time from 00:00 to 23:59, such as 07:30" }
    private var acceptedEnd: String { "a time from 00:00 to 24:00, such as 20:00" }
}

extension YAMLCursor {
    func day() -> Day? { scalar(accepted: "a date such as 2026-10-25")?.day() }

    func clock(isEnd: Bool = false) -> ClockTime? {
        scalar(accepted: "a time such as 07:30")?.clock(isEnd: isEnd)
    }

    func hours(in range: ClosedRange<Double>) -> Int? {
        scalar(accepted: "a number of hours")?.hours(in: range)
    }

    func weekdays() -> Set<Weekday> {
        Set(list()?.compactMap { $0.scalar(accepted: Weekday.words)?.weekday() } ?? [])
    }
}

extension Weekday {
    /// `mon` … `sun`.
    var word: String { short.lowercased() }

    /// `Saturday`.
    var spoken: String { String(describing: self).capitalized }

    static let words = allCases.map(\.word).joined(separator: ", ")
    static let byWord = Dictionary(uniqueKeysWithValues: allCases.map { ($0.word, $0) })
}
