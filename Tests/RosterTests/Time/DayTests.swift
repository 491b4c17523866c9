import Foundation
import Roster
import Testing

@Suite struct DayTests {
    /// Every day of 1990 to 2100 against Foundation's calendar.
    @Test func everyDayIsWhatFoundationSays() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        let first = try #require(Day(year: 1990, month: 1, day: 1))
        let last = try #require(Day(year: 2100, month: 12, day: 31))
        var wrong: [Day] = []
        for day in first...last {
            let date = Date(timeIntervalSince1970: Double(day.ordinal) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let isRight =
                parts.year == day.year && parts.month == day.month && parts.day == day.dayOfMonth
                && parts.weekday == (day.weekday.rawValue + 1) % 7 + 1
                && Day(year: day.year, month: day.month, day: day.dayOfMonth) == day
                && Day(day.description) == day
                && day.monday.weekday == .monday && (0...6).contains(day.monday.distance(to: day))
            if !isRight { wrong.append(day) }
        }
        #expect(wrong.isEmpty)
        #expect(first.distance(to: last) == 40_541)
    }

    @Test(arguments: [
        "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "26-01-01", "",
        "2026-01-01 ", "+026-01-01", "2026/01/01", "٢٠٢٦-01-01", "0000-01-01",
    ])
    func whatIsNoDateIsNotRead(text: String) { #expect(Day(text) == nil) }

    @Test(arguments: ["2024-02-29", "2000-02-29", "1970-01-01", "9999-12-31", "0001-01-01"])
    func leapDaysAndEdgesAreRead(text: String) { #expect(Day(text)?.description == text) }

    @Test func aDayIsSpokenAsPeopleSayIt() {
        #expect(Day("2026-10-25")?.spoken == "Sun 25 Oct 2026")
        #expect(Day("2026-11-02")?.spoken == "Mon 2 Nov 2026")
    }

    @Test func aDayIsCodedAsItsText() throws {
        let day = try #require(Day("2026-10-25"))
        let data = try JSONEncoder().encode([day])
        #expect(String(decoding: data, as: UTF8.self) == "[\"2026-10-25\"]")
        #expect(try JSONDecoder().decode([Day].self, from: data) == [day])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Day].self, from: Data("[\"2026-02-30\"]".utf8))
        }
    }

    @Test func aPeriodHasItsDaysAndTheMondaysThatItTouches() throws {
        let period = Period(first: try #require(Day("2026-11-04")), days: 12)  // Wednesday to Sunday
        #expect(period.last == Day("2026-11-15"))
        #expect(period.dayCount == 12)
        #expect(period.contains(period.first) && period.contains(period.last))
        #expect(
            !period.contains(period.last.advanced(by: 1)) && !period.contains(period.first.advanced(by: -1)))
        #expect(period.mondays.map(\.description) == ["2026-11-02", "2026-11-09"])
    }
}
