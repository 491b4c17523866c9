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

    @Test("A new unit feels the events that are stated of it, and not those of the one that it is like")
    func borrowedEvents() throws {
        let id = SeriesID(unit: "NEW", stream: "majors")
        let old = Invented.daily(500) { _ in 100 }
        let new = Invented.daily(30, id: id, first: old.last.advanced(by: -29)) { _ in 20 }
        let ahead = { (days: Int) in old.last.advanced(by: 1 + days) }
        let events = [
            LocalEvent(name: "Festival", first: ahead(3), last: ahead(3), unit: "NEW", effect: 50),
            LocalEvent(name: "Strike", first: ahead(5), last: ahead(5), effect: -50),
            LocalEvent(name: "Match", first: ahead(7), last: ahead(7), unit: "ED", effect: 40),
        ]
        for series in [[old, new], [new]] {
            let found = try #require(forecast(series, Invented.outlook(after: old, events: events), id))
            let means = (0..<9).map { found.means[$0] }
            let all: [Double] = [20, 20, 20, 30, 20, 10, 20, 20, 20]
            for (mean, expected) in zip(means, all) {
                #expect(abs(mean - expected) < 0.03 * expected, "\(means)")
            }
        }
    }

    @Test("A level that is stated is that of days without an event")
    func statedLevelAndEvent() throws {
        let id = SeriesID(unit: "NEW", stream: "majors")
        let old = Invented.daily(500) { _ in 100 }
        let new = ActivitySeries(id: id, step: .day, first: old.last, counts: [])
        let outlook = Invented.outlook(
            after: old,
            events: [
                LocalEvent(
                    name: "Festival", first: old.last.advanced(by: 1), last: old.last.advanced(by: 14),
                    effect: 100)
            ],
            similar: [id: Outlook.Similar(like: Invented.id, daily: 25)])
        let found = try #require(forecast([old, new], outlook, id))
        #expect(abs(found.means[4] - 50) < 2)
        #expect(abs(found.means[20] - 25) < 1)
    }

    @Test("An event of which nothing tells what it does is said, once for each series that feels it")
    func unusedEvents() throws {
        let old = Invented.daily(500) { _ in 100 }
        let newID = SeriesID(unit: "NEW", stream: "minors")
        let new = Invented.daily(30, id: newID, first: old.last.advanced(by: -29)) { _ in 20 }
        let monthlyID = SeriesID(unit: "GP", stream: "calls")
        let monthly = ActivitySeries(
            id: monthlyID, step: .month, first: try #require(Day("2020-01-01")),
            counts: [Double](repeating: 3000, count: 28))
        let day = old.last.advanced(by: 4)
        let before = LocalEvent(name: "Fair", first: Invented.start, last: Invented.start)
        let events = [
            before, LocalEvent(name: "Fair", first: day, last: day),
            LocalEvent(name: "Regatta", first: day, last: day),
            LocalEvent(name: "Match", first: day, last: day, effect: 5),
            LocalEvent(name: "Long ago", first: Invented.start, last: Invented.start),
        ]
        let outlook = Invented.outlook(after: old, events: events)
        func notes(_ id: SeriesID) throws -> [String] {
            try #require(forecast([old, new, monthly], outlook, id)).notes.filter {
                $0.contains("no difference")
            }
        }
        let regatta = "Regatta, from \(day), makes no difference here, because "
        let fair = "Fair, from \(day), makes no difference here, because "
        let advice = ": state its effect_percent in events.csv"
        #expect(try notes(Invented.id) == [regatta + "no day of that name was counted before" + advice])
        let few = "too few days were counted to learn what it does" + advice
        #expect(try notes(newID) == [fair + few, regatta + few])
        let months = "monthly counts do not tell what it does" + advice
        #expect(try notes(monthlyID) == [fair + months, regatta + months])
    }

    @Test("The stated effect of an event counts in a month by its days, and on those days alone")
    func monthlyEvents() throws {
        let first = try #require(Day("2021-01-01"))
        let counts = (0..<48).map { Double(first.advanced(months: $0).daysInMonth) * 100 }
        let series = ActivitySeries(id: Invented.id, step: .month, first: first, counts: counts)
        let eighth = try #require(Day("2025-01-08"))
        let event = LocalEvent(name: "Festival", first: eighth, last: eighth.advanced(by: 9), effect: 50)
        let outlook = Outlook(days: Period(first: try #require(Day("2025-01-06")), days: 28), events: [event])
        let found = try #require(forecast([series], outlook))
        #expect(abs(found.months[0].mean - 3600) < 60, "21 days of 100 and 10 of 150")
        #expect(abs(found.months[1].mean - 2800) < 60)
        #expect(abs(found.means[1] - 100) < 4)
        #expect(abs(found.means[2] - 150) < 4)
        #expect(abs(found.means[12] - 100) < 4)
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
