import Roster
import Testing

@testable import DemandForecast

@Suite("Forecasts of series whose answer is known")
struct DemandForecastTests {
    @Test("A pure season comes back, with no doubt about it")
    func season() throws {
        let pattern: [Double] = [140, 110, 100, 105, 120, 90, 80]
        let series = Invented.daily(730) { pattern[$0.weekday.rawValue] }
        let forecast = try #require(
            DemandForecast.make([series], Invented.outlook(after: series)).series.first)
        for day in 0..<28 {
            let expected = pattern[forecast.first.advanced(by: day).weekday.rawValue]
            #expect(abs(forecast.means[day] - expected) < 0.01 * expected)
            #expect(abs(forecast.quantiles(day: day).last! - expected) < 0.03 * expected)
        }
    }

    @Test("A pure trend goes on")
    func trend() throws {
        let series = Invented.daily(1095) { 200 + 0.1 * Double(Invented.start.distance(to: $0)) }
        let forecast = try #require(
            DemandForecast.make([series], Invented.outlook(after: series)).series.first)
        for day in [0, 13, 27] {
            let expected = 200 + 0.1 * Double(1095 + day)
            #expect(abs(forecast.means[day] - expected) < 0.015 * expected)
        }
    }

    @Test("Quantiles of Poisson counts are Poisson's", arguments: [3.0, 12, 45])
    func poisson(rate: Double) throws {
        var dice = Dice(UInt64(rate))
        let series = Invented.hourly(400) { _, _ in dice.poisson(rate) }
        let forecast = try #require(
            DemandForecast.make([series], Invented.outlook(after: series)).series.first)
        var truth = [Double](repeating: 0, count: 7)
        CountDistribution(mean: rate, excess: 0).write(to: &truth, at: 0)
        for hour in [30, 300, 600] {
            for (found, expected) in zip(forecast.quantiles(hour: hour), truth) {
                #expect(abs(found - expected) <= max(1, 0.06 * expected))
            }
        }
        // A day is the sum of 24 of them.
        let deviation = (24 * rate).squareRoot()
        let day = Array(forecast.quantiles(day: 10))
        #expect(abs(day[5] - day[1] - 2.563 * deviation) < 0.35 * 2.563 * deviation)
    }

    @Test("A bank holiday is expected to be what bank holidays were")
    func bankHoliday() throws {
        var dice = Dice(4)
        let first = try #require(Day("2021-01-04"))
        let count = first.distance(to: try #require(Day("2025-05-01")))
        let series = Invented.daily(count, first: first) { dice.poisson($0.isBankHoliday ? 150 : 100) }
        let forecast = try #require(
            DemandForecast.make([series], Invented.outlook(after: series)).series.first)
        let holiday = forecast.first.distance(to: try #require(Day("2025-05-05")))
        #expect(forecast.means[holiday] > 125)
        #expect(forecast.means[holiday + 7] < 110)
    }

    @Test("A level that changed on a known day is followed from then on")
    func levelShift() throws {
        var dice = Dice(5)
        let change = Invented.start.advanced(by: 700)
        let series = Invented.daily(730) { dice.poisson($0 < change ? 100 : 160) }
        let event = LocalEvent(name: "New entrance", first: change, last: nil)
        let outlook = Invented.outlook(after: series, events: [event])
        let forecast = try #require(DemandForecast.make([series], outlook).series.first)
        #expect(abs(forecast.means[14] - 160) < 16)
    }

    @Test("The stated effect of an event is what it does; a learnt one is what it did")
    func events() throws {
        let fair: (Day) -> Bool = { [200, 201, 300, 301].contains(Invented.start.distance(to: $0)) }
        let series = Invented.daily(400) { fair($0) ? 130 : 100 }
        let day = series.last.advanced(by: 5)
        let learnt = [200, 300].map { offset -> LocalEvent in
            let first = Invented.start.advanced(by: offset)
            return LocalEvent(name: "Fair", first: first, last: first.advanced(by: 1))
        }
        let again = LocalEvent(name: "Fair", first: day, last: day)
        let stated = LocalEvent(
            name: "Match", first: day.advanced(by: 7), last: day.advanced(by: 7), effect: 20)
        let outlook = Invented.outlook(after: series, events: learnt + [again, stated])
        let forecast = try #require(DemandForecast.make([series], outlook).series.first)
        #expect(forecast.means[4] > 108)
        #expect(abs(forecast.means[11] - 120) < 4)
        #expect(abs(forecast.means[12] - 100) < 4)
    }

    @Test("Nobody is expected on a day on which the unit is shut, and such days teach nothing")
    func closed() throws {
        let series = Invented.daily(300) { $0.weekday == .sunday ? 0 : 60 }
        let shut = (0..<400).map { Invented.start.advanced(by: $0) }.filter { $0.weekday == .sunday }.map {
            $0...$0
        }
        let outlook = Invented.outlook(after: series, closed: ["ED": shut])
        let forecast = try #require(DemandForecast.make([series], outlook).series.first)
        for day in 0..<28 {
            let isShut = forecast.first.advanced(by: day).weekday == .sunday
            #expect(isShut ? forecast.means[day] == 0 : abs(forecast.means[day] - 60) < 2)
            #expect(!isShut || forecast.quantiles(day: day).allSatisfy { $0 == 0 })
        }
    }

    @Test("Quantiles never cross and are never negative", arguments: 1...12)
    func order(seed: Int) throws {
        var dice = Dice(UInt64(seed))
        let level = [0.02, 0.4, 3, 40, 900][seed % 5]
        let count = [20, 90, 400, 900][seed % 4]
        let series = Invented.hourly(count) { _, hour in
            dice.uniform() < 0.03 ? .nan : dice.poisson(level * (hour < 8 ? 0.2 : 1) * (0.5 + dice.uniform()))
        }
        let forecast = try #require(
            DemandForecast.make([series], Invented.outlook(after: series)).series.first)
        let all =
            (0..<forecast.days).map { forecast.quantiles(day: $0) }
            + (0..<forecast.days * 24).map { forecast.quantiles(hour: $0) }
        for quantiles in all {
            #expect(quantiles.first! >= 0)
            #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
        }
    }

    @Test(
        "Hours add to days and streams to totals, also when the clocks change and counts are missing",
        arguments: 1...6)
    func reconciled(seed: Int) throws {
        var dice = Dice(UInt64(seed))
        let first = try #require(Day("2024-09-02"))
        let missing = seed % 2 == 0 ? 0.02 : 0
        let parts = ["majors", "minors", "resus"].enumerated().map { index, stream in
            Invented.hourly(410, id: SeriesID(unit: "ED", stream: stream), first: first) { _, hour in
                dice.uniform() < missing ? .nan : dice.poisson(Double(index + 1) * (hour < 8 ? 1 : 3))
            }
        }
        // 19 October to 15 November 2025 holds the night in which the clocks go back.
        let days = Period(first: try #require(Day("2025-10-19")), days: 28)
        let shut = days.first.advanced(by: 10)
        let outlook = Outlook(days: days, closed: seed % 3 == 0 ? ["ED": [shut...shut]] : [:])
        let forecast = DemandForecast.make(parts, outlook)
        let total = try #require(forecast.totals.first)
        #expect(forecast.series.count == 3)
        for day in 0..<28 {
            let sum = forecast.series.reduce(0) { $0 + $1.means[day] }
            #expect(abs(sum - total.means[day]) <= 1e-6 * sum)
            for series in forecast.series + [total] {
                let hours = series.hourMeans[day * 24..<day * 24 + 24].reduce(0, +)
                #expect(abs(hours - series.means[day]) <= 1e-6 * hours)
            }
        }
        for hour in total.hourMeans.indices {
            let sum = forecast.series.reduce(0) { $0 + $1.hourMeans[hour] }
            #expect(abs(sum - total.hourMeans[hour]) <= 1e-6 * sum)
        }
        let change = outlook.days.first.distance(to: try #require(Day("2025-10-26")))
        let minors = try #require(forecast.series.first { $0.id.stream == "minors" })
        #expect(minors.hourMeans[change * 24 + 1] > 1.4 * minors.hourMeans[change * 24 + 2])
    }

    @Test("People whom another stream counts too do not swell the total")
    func within() throws {
        let elders = SeriesID(unit: "ED", stream: "over-65")
        let series = [
            Invented.daily(200) { _ in 100 },
            Invented.daily(200, id: SeriesID(unit: "ED", stream: "minors")) { _ in 50 },
            Invented.daily(200, id: elders) { _ in 30 },
        ]
        let outlook = Invented.outlook(after: series[0], within: [elders])
        let total = try #require(DemandForecast.make(series, outlook).totals.first)
        #expect(abs(total.means[3] - 150) < 1)
    }

    @Test("The number of threads changes nothing")
    func threads() throws {
        var dice = Dice(3)
        let series = (0..<4).map { number in
            Invented.daily(400, id: SeriesID(unit: "ED", stream: "s\(number)")) { _ in dice.poisson(20) }
        }
        let outlook = Invented.outlook(after: series[0])
        let one = DemandForecast.make(series, outlook, threads: 1).series.map(\.quantiles)
        let three = DemandForecast.make(series, outlook, threads: 3).series.map(\.quantiles)
        let isSame = one == three
        #expect(isSame)
    }
}
