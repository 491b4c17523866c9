import Foundation
import Roster
import Testing

@Suite struct InstantTests {
    private let autumn = Day(ordinal: 20_751)  // Sunday 25 October 2026
    private let spring = Day(ordinal: 20_905)  // Sunday 28 March 2027

    @Test func theDaysAreThoseOnWhichTheClocksChange() {
        #expect(autumn.description == "2026-10-25")
        #expect(spring.description == "2027-03-28")
    }

    @Test func inAutumnAnHourComesTwice() {
        let first = Instant(minutes: autumn.ordinal * 1440 + 30)
        for minute in [60, 90, 119] {
            let earlier = first + ElapsedMinutes(minute - 90)
            #expect(
                London.resolve(autumn, minute: minute)
                    == .repeated(first: earlier, second: earlier + ElapsedMinutes(60)))
            #expect(London.instant(autumn, minute: minute) == earlier)
        }
        #expect(London.resolve(autumn, minute: 59) == .unique(first - ElapsedMinutes(31)))
        #expect(London.resolve(autumn, minute: 120) == .unique(first + ElapsedMinutes(90)))
        #expect(first.description == "2026-10-25T01:30+01:00")
        #expect((first + ElapsedMinutes(60)).description == "2026-10-25T01:30+00:00")
    }

    @Test func inSpringAnHourIsSkipped() {
        let jump = Instant(minutes: spring.ordinal * 1440 + 60)
        for minute in [60, 90, 119] {
            #expect(London.resolve(spring, minute: minute) == .skipped(jump))
            #expect(London.instant(spring, minute: minute) == jump)
        }
        #expect(jump.description == "2027-03-28T02:00+01:00")
        #expect(London.resolve(spring, minute: 59) == .unique(jump - ElapsedMinutes(1)))
        #expect(London.resolve(spring, minute: 120) == .unique(jump))
        #expect(London.resolve(spring.advanced(by: -1), minute: 1440 + 90) == .skipped(jump))
    }

    @Test func aDayIs24HoursButTwiceAYear() {
        func length(_ day: Day) -> Int {
            (London.instant(day, minute: 1440) - London.instant(day, minute: 0)).count
        }
        let days = Day(ordinal: 20_454)...Day(ordinal: 20_818)  // 2026
        #expect(days.filter { length($0) != 1440 }.map(\.description) == ["2026-03-29", "2026-10-25"])
        #expect(length(autumn) == 1500)
        #expect(length(spring) == 1380)
    }

    /// Through both changes of a year, every half hour: the wall clock, its text, and back.
    @Test(arguments: [1996, 2026, 2027, 2037])
    func everyInstantIsReadBackFromItsTextAndItsWallClock(year: Int) throws {
        let first = try #require(Day(year: year, month: 1, day: 1)).ordinal * 1440
        var wrong: [Instant] = []
        for minutes in stride(from: first, to: first + 366 * 1440, by: 30) {
            let instant = Instant(minutes: minutes)
            let isRight =
                Instant(instant.description) == instant
                && [instant.clock.minute, instant.clock.minute - 1440].contains {
                    let day = $0 < 0 ? instant.day.advanced(by: 1) : instant.day
                    return switch London.resolve(day, minute: $0) {
                    case .unique(let only): only == instant
                    case .repeated(let first, let second): [first, second].contains(instant)
                    case .skipped: false
                    }
                }
            if !isRight { wrong.append(instant) }
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: [
        ("2026-10-25T07:30Z", 450), ("2026-10-25T07:30+00:00", 450), ("2026-10-25T07:30+01:00", 390),
        ("2026-10-25T07:30-05:00", 750),
    ])
    func offsetsAreRead(text: String, minute: Int) {
        #expect(Instant(text) == Instant(minutes: autumn.ordinal * 1440 + minute))
    }

    @Test(arguments: [
        "", "2026-10-25", "2026-10-25T07:30", "2026-10-25 07:30Z", "2026-10-25T07:30+0100",
        "2026-10-25T07:30+15:00",
        "2026-02-30T07:30Z", "2026-10-25T24:01Z", "2026-10-25T07:30Zulu", "2026-10-25T07:30:00Z",
    ])
    func whatIsNoInstantIsNotRead(text: String) { #expect(Instant(text) == nil) }

    /// What is read can be written and read back, to the first and last minute of the years 1 to 9999 in London.
    @Test(arguments: [
        "0001-01-01T00:01Z", "1700-06-01T12:00Z", "1847-01-01T00:00+00:00", "1943-07-01T12:00Z",
        "9999-12-31T23:59Z", "9999-12-31T24:00+01:00",
    ])
    func whatIsReadIsReadBackFromItsText(text: String) throws {
        let instant = try #require(Instant(text))
        #expect(Instant(instant.description) == instant, "\(instant)")
    }

    @Test(arguments: [
        "9999-12-31T24:00Z", "9999-12-31T23:59-00:01", "9999-12-31T23:59-14:00", "0001-01-01T00:00Z",
        "0001-01-01T00:00+14:00",
    ])
    func whatLiesOutsideYearsOfFourDigitsIsNotRead(text: String) { #expect(Instant(text) == nil) }

    @Test func beforeTheEpochTheClockGoesOn() {
        let instant = Instant(minutes: -1)
        // London kept summer time all the year round from 1968 to 1971.
        #expect(instant.description == "1970-01-01T00:59+01:00")
        #expect(Instant(minutes: -60 * 24 * 800).clock.minute >= 0)
    }

    @Test func anInstantIsCodedAsItsText() throws {
        let instant = try #require(Instant("2026-10-25T01:30+01:00"))
        let data = try JSONEncoder().encode([instant])
        #expect(String(decoding: data, as: UTF8.self) == "[\"2026-10-25T01:30+01:00\"]")
        #expect(try JSONDecoder().decode([Instant].self, from: data) == [instant])
    }
}
