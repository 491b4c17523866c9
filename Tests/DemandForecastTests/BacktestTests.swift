import Roster
import Testing

@testable import DemandForecast

@Suite("Backtest")
struct BacktestTests {
    @Test("Every series is judged at every horizon; a pure season is forecast without loss")
    func season() throws {
        let pattern: [Double] = [140, 110, 100, 105, 120, 90, 80]
        let series = Invented.daily(500) { pattern[$0.weekday.rawValue] }
        let backtest = Backtest.make([series], Invented.outlook(after: series), origins: 3)
        #expect(backtest.rows.map(\.horizon) == [1, 7, 28, 42])
        #expect(backtest.rows.map(\.count) == [6, 42, 84, 42 + 42])
        #expect(backtest.rows.allSatisfy { $0.pinball < 0.5 && abs($0.biasPercent) < 1 })
    }

    @Test(
        "On Poisson counts with a week, quantiles are better than seasonal naive, and right four times of five"
    )
    func poisson() throws {
        var dice = Dice(8)
        let series = Invented.daily(800) { day in dice.poisson(day.weekday >= .saturday ? 70 : 100) }
        let backtest = Backtest.make([series], Invented.outlook(after: series), origins: 10)
        let row = try #require(backtest.rows.first { $0.horizon == 28 })
        #expect(row.gainPercent > 20)
        #expect((0.74...0.87).contains(row.coverage))
        #expect(abs(row.biasPercent) < 3)
        #expect(row.scaledError < 0.9)
    }

    @Test("What comes later is not known earlier: another future leaves the past's forecasts as they were")
    func noPeeking() throws {
        var dice = Dice(2)
        let values = (0..<400).map { _ in dice.poisson(50) }
        func history(_ change: Double) -> History {
            let all = values[..<300] + values[300...].map { $0 * change }
            return History(
                values: Array(all),
                features: CalendarFeatures(days: Invented.start, count: 442, history: 300, events: []),
                season: 7,
                windows: (28, 112))
        }
        let one = Blend(history(1), end: 300, horizon: 28)
        let other = Blend(history(5), end: 300, horizon: 28)
        let isSame = one.quantiles == other.quantiles
        #expect(isSame)
    }

    @Test("What an event did later is not known to the models that are judged before it")
    func noPeekingAtEvents() {
        var dice = Dice(3)
        let fair = 850..<880
        let values = (0..<900).map { dice.poisson(fair.contains($0) ? 300 : 100) }
        let event = LocalEvent(
            name: "Fair", first: Invented.start.advanced(by: fair.lowerBound),
            last: Invented.start.advanced(by: fair.upperBound - 1))
        let history = History(
            values: values,
            features: CalendarFeatures(days: Invented.start, count: 928, history: 900, events: [event]),
            season: 7, windows: (28, 112))
        // Before it began no model knew of it: none can be much better than the others for that.
        let share = Blend(history, end: 900, horizon: 28).shares[.quantileRegression] ?? 0
        #expect(share < 0.9, "\(share)")
    }

    @Test("The yardstick expects no fewer than nobody, as the forecast does")
    func naiveAboveZero() {
        var dice = Dice(4)
        let values = (0..<200).map { _ in dice.poisson(0.3) }
        let history = History(
            values: values,
            features: CalendarFeatures(days: Invented.start, count: 228, history: 200, events: []), season: 7,
            windows: (28, 112))
        let naive = NaiveForecast(history, end: 200, horizon: 28)
        #expect(naive.quantiles.contains(0))
        #expect(naive.quantiles.allSatisfy { $0 >= 0 })
    }

    @Test("A day ahead is judged on every weekday, not on one alone")
    func weekdays() throws {
        // Only Sundays cannot be told: if the days judged were all Mondays, nothing would ever be missed.
        var dice = Dice(31)
        let series = Invented.daily(900) { $0.weekday == .sunday ? 100 + 90 * (dice.uniform() - 0.5) : 100 }
        let backtest = Backtest.make([series], Invented.outlook(after: series))
        let row = try #require(backtest.rows.first { $0.horizon == 1 })
        #expect(row.count == 26)
        #expect(row.coverage < 1 || row.pinball > 0.2)
    }

    @Test("Months of short histories have bands that hold: four of five fall inside, pooled")
    func monthlyBands() throws {
        let first = try #require(Day("2020-01-01"))
        var dice = Dice(17)
        let series = (0..<30).map { number -> ActivitySeries in
            // A level that wanders by 3 % a month, and Poisson's noise.
            var level = 4000.0
            let counts = (0..<36).map { _ -> Double in
                level *= 1 + 0.06 * (dice.uniform() + dice.uniform() - 1) * 1.22
                return level + level.squareRoot() * 3.46 * (dice.uniform() - 0.5)
            }
            return ActivitySeries(
                id: SeriesID(unit: "ED", stream: "s\(number)"), step: .month, first: first, counts: counts)
        }
        let outlook = Outlook(days: Period(first: try #require(Day("2023-01-02")), days: 28))
        let rows = Backtest.make(series, outlook).rows
        for horizon in [1, 3, 6] {
            let own = rows.filter { $0.horizon == horizon }
            let judged = own.reduce(0) { $0 + Double($1.count) }
            let inside = own.reduce(0) { $0 + $1.coverage * Double($1.count) } / judged
            #expect((0.77...0.93).contains(inside), "\(horizon) months: \(inside)")
        }
    }

    @Test("Months are judged one, three and six ahead")
    func months() throws {
        let first = try #require(Day("2020-01-01"))
        var dice = Dice(6)
        let counts = (0..<60).map { _ in dice.poisson(900) }
        let series = ActivitySeries(id: Invented.id, step: .month, first: first, counts: counts)
        let outlook = Outlook(days: Period(first: try #require(Day("2025-01-06")), days: 28))
        let backtest = Backtest.make([series], outlook)
        #expect(backtest.rows.map(\.horizon) == [1, 3, 6])
        #expect(backtest.rows.allSatisfy { $0.isMonthly && $0.gainPercent > 0 })
        #expect(backtest.rows.map(\.count) == [13, 11 * 3, 8 * 6])
    }

    @Test("Too little history is said and not judged")
    func short() {
        let series = Invented.daily(60) { _ in 3 }
        let backtest = Backtest.make([series], Invented.outlook(after: series))
        #expect(backtest.rows.isEmpty)
        #expect(backtest.notJudged == ["ED majors: too little history to be judged"])
    }

    @Test("A horizon that has passed in no forecast is said, and not judged by its first days")
    func horizonNotPassed() {
        let series = Invented.daily(120) { _ in 30 }
        let backtest = Backtest.make([series], Invented.outlook(after: series))
        #expect(backtest.rows.map(\.horizon) == [1, 7, 28])
        #expect(backtest.notJudged == ["ED majors: too little history to be judged 42 days ahead"])
        #expect(backtest.pictured.map(\.horizon) == [28])
    }
}

@Suite("Quantile regression")
struct QuantileRegressionTests {
    @Test("Of fresh counts as many fall below each quantile as it says")
    func shares() throws {
        var dice = Dice(12)
        let values = (0..<1500).map { _ in dice.poisson(40) + 30 * dice.uniform() }
        let history = History(
            values: values,
            features: CalendarFeatures(days: Invented.start, count: 1528, history: 0, events: []),
            season: 7, windows: (28, 112))
        let calendar = PoissonRegression(history, end: 1500)
        let quantiles = try #require(
            QuantileRegression.quantiles(history, end: 1500, horizon: 28, calendar: calendar))
        let fresh = (0..<4000).map { _ in dice.poisson(40) + 30 * dice.uniform() }
        for (index, level) in QuantileLevels.all.enumerated() {
            let below = Double(fresh.count { $0 <= quantiles[14 * 7 + index] }) / 4000
            #expect(abs(below - level) < 0.06)
        }
    }

    @Test("A level that changed unsaid two months ago is followed")
    func unsaidShift() throws {
        var dice = Dice(13)
        let series = Invented.daily(900) { dice.poisson(Invented.start.distance(to: $0) < 840 ? 100 : 150) }
        let forecast = try #require(
            DemandForecast.make([series], Invented.outlook(after: series)).series.first)
        #expect(abs(forecast.means[20] - 150) < 15)
    }
}
