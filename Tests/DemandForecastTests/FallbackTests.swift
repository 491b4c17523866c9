import Roster
import Testing

@testable import DemandForecast

@Suite("Little or bad history")
struct FallbackTests {
    private func forecast(_ series: [ActivitySeries], _ outlook: Outlook, _ id: SeriesID = Invented.id)
        -> SeriesForecast?
    {
        DemandForecast.make(series, outlook)[id]
    }

    @Test("A constant series stays what it is")
    func constant() throws {
        let series = Invented.daily(400) { _ in 12 }
        let found = try #require(forecast([series], Invented.outlook(after: series)))
        #expect(found.quantiles(day: 9).allSatisfy { abs($0 - 12) < 0.2 })
    }

    @Test("A series of nothing but zeros expects nobody")
    func zeros() throws {
        let series = Invented.daily(400) { _ in 0 }
        let found = try #require(forecast([series], Invented.outlook(after: series)))
        #expect(found.means.allSatisfy { $0 < 0.1 })
        #expect(found.quantiles(day: 0).allSatisfy { $0 <= 1 })
    }

    @Test("Three points give their mean with a wide band, and say so")
    func threePoints() throws {
        let series = Invented.daily(3) { [10, 14, 12][Invented.start.distance(to: $0)] }
        let found = try #require(forecast([series], Invented.outlook(after: series)))
        #expect(found.basis == .levelOnly(ownDays: 3))
        #expect(abs(found.means[0] - 12) < 0.01)
        let band = Array(found.quantiles(day: 0))
        #expect(band[1] <= 8 && band[5] >= 16)
    }

    @Test("A new unit has its own level and the shape of the one that it is like, which is named")
    func borrowed() throws {
        let weekly: [Double] = [150, 100, 100, 100, 100, 80, 70]
        let old = Invented.daily(500) { weekly[$0.weekday.rawValue] }
        let id = SeriesID(unit: "NEW", stream: "majors")
        let new = Invented.daily(14, id: id, first: old.last.advanced(by: -13)) {
            weekly[$0.weekday.rawValue] / 5
        }
        let found = try #require(forecast([old, new], Invented.outlook(after: old), id))
        #expect(found.basis == .borrowed(from: Invented.id, ownDays: 14))
        for day in 0..<7 {
            let expected = weekly[found.first.advanced(by: day).weekday.rawValue] / 5
            #expect(abs(found.means[day] - expected) < 0.1 * expected)
        }
    }

    @Test("A unit without history has no forecast, unless a level is stated; it is never taken for zero")
    func nothing() throws {
        let old = Invented.daily(500) { _ in 100 }
        let id = SeriesID(unit: "NEW", stream: "majors")
        let new = ActivitySeries(id: id, step: .day, first: old.last, counts: [])
        let plain = DemandForecast.make([old, new], Invented.outlook(after: old))
        #expect(plain[id] == nil)
        #expect(plain.unknown == [id])
        let outlook = Invented.outlook(
            after: old, similar: [id: Outlook.Similar(like: Invented.id, daily: 25)])
        let found = try #require(forecast([old, new], outlook, id))
        #expect(abs(found.means[4] - 25) < 1)
        #expect(found.notes.contains { $0.contains("forecast.yaml") })
    }

    @Test("Missing hours: a day that lacks a few is filled up, one that lacks most is not known")
    func gaps() throws {
        let series = Invented.hourly(200) { day, hour in
            let index = Invented.start.distance(to: day)
            if index == 100, hour < 4 { return .nan }
            if index == 150, hour < 20 { return .nan }
            return 5
        }
        let found = try #require(forecast([series], Invented.outlook(after: series)))
        #expect(abs(found.means[0] - 120) < 1)
        #expect(found.notes.contains { $0.hasPrefix("1 day lacks an hour") })
        #expect(found.notes.contains { $0.hasPrefix("1 of 200 days are not known") })
    }

    @Test("An absurd count is left out, and said")
    func absurd() throws {
        let series = Invented.daily(300) { Invented.start.distance(to: $0) == 290 ? 9000 : 100 }
        let found = try #require(forecast([series], Invented.outlook(after: series)))
        #expect(abs(found.means[0] - 100) < 2)
        #expect(
            found.notes.contains {
                $0.contains("absurd") && $0.contains("\(Invented.start.advanced(by: 290))")
            })
    }

    @Test("An absurd hour teaches neither the day's shape nor a spread", arguments: [60.0, 9999])
    func absurdHour(count: Double) throws {
        func series(_ slip: Double?) -> ActivitySeries {
            Invented.hourly(200) { day, hour in
                if let slip, Invented.start.distance(to: day) == 170, hour == 12 { return slip }
                return Double(3 + (day.ordinal + hour) % 4)
            }
        }
        let outlook = Invented.outlook(after: series(nil))
        let found = try #require(forecast([series(count)], outlook))
        let without = try #require(forecast([series(nil)], outlook))
        let day = Invented.start.advanced(by: 170)
        #expect(found.notes.contains { $0.hasSuffix("\(short(count)) in \(day)T12:00") })
        for hour in found.hourMeans.indices {
            #expect(abs(found.hourMeans[hour] - without.hourMeans[hour]) < 0.2)
            #expect(abs(Array(found.quantiles(hour: hour))[6] - Array(without.quantiles(hour: hour))[6]) <= 1)
        }
    }

    @Test("A day with ten times too many in every hour is left out though no hour of it is absurd")
    func absurdDayOfHours() throws {
        let series = Invented.hourly(200) { day, _ in Invented.start.distance(to: day) == 190 ? 20 : 2 }
        let found = try #require(forecast([series], Invented.outlook(after: series)))
        #expect(found.notes.contains { $0.hasSuffix("480 in \(Invented.start.advanced(by: 190))") })
        #expect(found.hourMeans.allSatisfy { abs($0 - 2) < 0.2 })
    }

    @Test("Ten days are enough to tell an absurd one")
    func absurdOfTen() throws {
        let series = Invented.daily(10) { Invented.start.distance(to: $0) == 5 ? 5000 : 100 }
        let found = try #require(forecast([series], Invented.outlook(after: series)))
        #expect(abs(found.means[0] - 100) < 1)
        #expect(found.notes.contains { $0.contains("left out as absurd") })
    }

    @Test("A clinic every other week is not absurd on its day; nor is a level that has risen for a week")
    func notAbsurd() throws {
        let clinic = Invented.daily(300) { $0.ordinal % 14 == 3 ? 60 : 0 }
        let found = try #require(forecast([clinic], Invented.outlook(after: clinic)))
        #expect(!found.notes.contains { $0.contains("absurd") })
        let risen = Invented.daily(300) { Invented.start.distance(to: $0) < 293 ? 10 : 90 }
        let after = try #require(forecast([risen], Invented.outlook(after: risen)))
        #expect(!after.notes.contains { $0.contains("absurd") })
    }

    @Test("Counts that end weeks before the forecast begins are said to")
    func endEarly() throws {
        let series = Invented.daily(200) { _ in 100 }
        let outlook = Outlook(days: Period(first: Invented.start.advanced(by: 230), days: 28))
        let found = try #require(forecast([series], outlook))
        #expect(
            found.notes.contains("the counts end on \(series.last), 30 days before the forecast begins"))
    }

    @Test("So is an absurd month")
    func absurdMonth() throws {
        let first = try #require(Day("2021-01-01"))
        let counts = (0..<36).map { $0 == 20 ? 90_000.0 : 3000 }
        let series = ActivitySeries(id: Invented.id, step: .month, first: first, counts: counts)
        let outlook = Outlook(days: Period(first: try #require(Day("2024-01-08")), days: 28))
        let found = try #require(forecast([series], outlook))
        #expect(
            found.notes.contains { $0.contains("left out as absurd") && $0.hasSuffix("90000 in 2022-09") })
        #expect(found.months.allSatisfy { abs($0.mean - 3000) < 400 })
    }

    @Test("Hours that were never counted are shut, and not missing")
    func openingHours() throws {
        let series = Invented.hourly(200) { _, hour in (8..<20).contains(hour) ? 6 : .nan }
        let found = try #require(forecast([series], Invented.outlook(after: series)))
        #expect(abs(found.means[0] - 72) < 1)
        #expect(found.hourMeans[3] == 0)
        #expect(
            found.notes.contains("nothing was ever counted from 20:00 to 08:00: it is taken to be shut then"))
        #expect(abs(found.hourMeans[12] - 6) < 0.2)
    }

    @Test("Days of the week that were never counted are said; their hours are those of the other days")
    func uncountedWeekdays() throws {
        let series = Invented.hourly(200) { day, hour in
            day.weekday < .saturday && (8..<20).contains(hour) ? 6 : .nan
        }
        let found = try #require(forecast([series], Invented.outlook(after: series)))
        #expect(found.notes.contains { $0.hasPrefix("nothing was ever counted on Sat, Sun: as many are") })
        #expect(found.notes.contains { $0.hasPrefix("nothing was ever counted from 20:00 to 08:00") })
        let saturday = try #require((0..<7).first { found.first.advanced(by: $0).weekday == .saturday })
        #expect(found.hourMeans[saturday * 24 + 3] == 0)
        #expect(abs(found.hourMeans[saturday * 24 + 12] - 6) < 0.5)
    }

    @Test("What came on or after the first day forecast is not looked at")
    func future() throws {
        let series = Invented.daily(400) { Invented.start.distance(to: $0) < 372 ? 100 : 500 }
        let outlook = Outlook(days: Period(first: Invented.start.advanced(by: 372), days: 28))
        let found = try #require(forecast([series], outlook))
        #expect(abs(found.means[20] - 100) < 2)
    }

    @Test("A monthly series is forecast six months ahead; February is shorter than March")
    func months() throws {
        let first = try #require(Day("2021-01-01"))
        let counts = (0..<48).map { Double(first.advanced(months: $0).daysInMonth) * 100 }
        let series = ActivitySeries(id: Invented.id, step: .month, first: first, counts: counts)
        let outlook = Outlook(days: Period(first: try #require(Day("2025-01-06")), days: 28))
        let found = try #require(forecast([series], outlook))
        #expect(found.months.count == 6)
        #expect(found.months.map(\.month.month) == [1, 2, 3, 4, 5, 6])
        #expect(abs(found.months[1].mean - 2800) < 100)
        #expect(abs(found.months[2].mean - 3100) < 100)
        #expect(abs(found.means[3] - 100) < 4)
    }
}
