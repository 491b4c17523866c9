import Roster

/// Forecasts one series.
struct Forecaster {
    let outlook: Outlook
    /// Every series by its name, to borrow from.
    let all: [SeriesID: ActivitySeries]

    /// Known days below which the shape is borrowed; months, of a monthly series.
    private static func least(_ step: ActivitySeries.Step) -> Int { step == .month ? 15 : 56 }
    /// The furthest that the models are asked to see.
    static let furthest = 400

    /// - Returns: nil if there is neither a count nor a stated level to go by.
    func forecast(_ series: ActivitySeries) -> SeriesForecast? {
        let first = outlook.days.first
        let donor = donor(of: series)
        let model = shapeModel(of: series)
        let shape = shape(of: series)
        let totals = totals(series, shape: shape)
        let known = totals.values.count { !$0.isNaN }
        if series.step == .month { return monthly(series, totals, known: known) }
        var notes = totals.notes
        if series.step == .day, series.measure == .arrivals {
            let hours =
                model.map { "fall on the hours as those of \($0.id) do" }
                ?? "are taken to be even over the hours"
            notes.append("counts are daily and \(hours)")
        }
        if series.step == .hour, !shape.shutHours.isEmpty {
            notes.append(
                "nothing was ever counted from \(Self.spans(shape.shutHours)): it is taken to be shut then")
        }
        let uncounted = Self.uncountedWeekdays(totals)
        if !uncounted.isEmpty, known > 0, totals.values.count >= 28 {
            notes.append(
                "nothing was ever counted on \(uncounted.map(\.short).joined(separator: ", ")): as many are expected "
                    + "then as on other days; if it is shut, say so in events.csv or give the rule its weekdays"
            )
        }
        let lead = series.first.advanced(by: totals.values.count).distance(to: first)
        if lead > 14, known > 0 {
            notes.append(
                "the counts end on \(first.advanced(by: -1 - lead)), \(lead) days before the forecast begins")
        }
        let part: DayPart
        if known >= Self.least(series.step) {
            // Nothing sensible can be said of days more than a year after the last count.
            guard lead + outlook.days.dayCount <= Self.furthest else { return nil }
            part = own(series, totals, lead: lead)
            notes += unusedEvents(
                of: series, taught: taught(series, totals), why: "no day of that name was counted before")
        } else {
            guard let found = borrowed(series, totals, known: known, donor: donor, notes: &notes) else {
                return nil
            }
            part = found
        }
        var result = SeriesForecast(
            id: series.id, step: series.step, measure: series.measure, basis: part.basis, first: first,
            lead: lead,
            means: part.means, quantiles: part.quantiles, hourMeans: [], hourQuantiles: [], months: [],
            notes: notes, recent: Array(totals.values.suffix(56)))
        for day in 0..<result.days where outlook.isClosed(series.id.unit, on: first.advanced(by: day)) {
            result.scaleDay(day, by: 0)
        }
        // Where hours cannot be judged by themselves, they vary together as their days do.
        let near = hourExcess(series, part.pastMeans, shape: shape) ?? part.excess.near
        result.dayExcess = (0..<result.days).map { max(0, part.excess.at(lead + $0 + 1)) }
        result.spread(over: shape) { day in near + part.excess.at(lead + day + 1) - part.excess.near }
        return result
    }

    private static func uncountedWeekdays(_ totals: DailyTotals) -> [Weekday] {
        let counted = totals.values.indices.filter { !totals.values[$0].isNaN }
        let weekdays = Set(counted.map { totals.first.advanced(by: $0).weekday })
        return Weekday.allCases.filter { !weekdays.contains($0) }
    }

    /// Hours of the day as spans of the clock, round midnight if need be: `22:00 to 08:00`.
    private static func spans(_ hours: [Int]) -> String {
        let all = Set(hours)
        return hours.filter { !all.contains(($0 + 23) % 24) }.map { start in
            let length = (1...24).first { !all.contains((start + $0) % 24) } ?? 24
            return "\(ClockTime(minute: start * 60)) to \(ClockTime(minute: (start + length) % 24 * 60))"
        }.joined(separator: " and from ")
    }

    /// What comes of the days, before hours.
    private struct DayPart {
        let basis: SeriesForecast.Basis
        let means: [Double]
        let quantiles: [Double]
        let excess: Excess
        let pastMeans: [(period: Int, mean: Double)]
    }

    /// How its days fall on the hours: by its own counts, as far as they tell, or by those of its model.
    func shape(of series: ActivitySeries) -> HourlyShape {
        let lent = shapeModel(of: series).map { HourlyShape($0, borrowed: nil, end: outlook.days.first) }
        return HourlyShape(series, borrowed: lent, end: outlook.days.first)
    }

    private func shapeModel(of series: ActivitySeries) -> ActivitySeries? {
        let donor = donor(of: series)
        return donor?.step == .hour ? donor : hourlyNeighbour(of: series)
    }

    func totals(_ series: ActivitySeries, shape: HourlyShape?) -> DailyTotals {
        DailyTotals(
            series, shape: shape, closed: { outlook.isClosed(series.id.unit, on: $0) },
            end: outlook.days.first)
    }

    /// - Parameter feeling: The unit whose events the features are to speak of; nil means that of the series.
    func history(
        _ series: ActivitySeries, _ totals: DailyTotals, horizon: Int, feeling unit: Unit.ID? = nil
    ) -> History {
        let count = totals.values.count
        let events = outlook.events(of: series.id.unit)
        if series.step == .month {
            return History(
                values: totals.values,
                features: CalendarFeatures(
                    months: totals.first, count: count + horizon, history: count, events: events),
                season: 12, windows: (3, 12))
        }
        return History(
            values: totals.values,
            features: CalendarFeatures(
                days: totals.first, count: count + horizon, history: totals.values.count { !$0.isNaN },
                events: events, felt: unit.map(outlook.events)),
            season: 7, windows: (28, 112))
    }

    private func own(_ series: ActivitySeries, _ totals: DailyTotals, lead: Int) -> DayPart {
        let horizon = lead + outlook.days.dayCount
        let blend = Blend(
            history(series, totals, horizon: horizon), end: totals.values.count, horizon: horizon)
        return DayPart(
            basis: .own(blend.shares), means: Array(blend.means.dropFirst(lead)),
            quantiles: Array(blend.quantiles.dropFirst(lead * QuantileLevels.count)), excess: blend.excess,
            pastMeans: blend.pastMeans)
    }

    // MARK: Little history

    /// The series that is named as similar, or else the longest of the same stream at another unit.
    private func donor(of series: ActivitySeries) -> ActivitySeries? {
        if let named = outlook.similar[series.id] { return all[named.like] }
        let known = series.counts.count { !$0.isNaN }
        guard known < Self.least(series.step) * (series.step == .hour ? 24 : 1) else { return nil }
        return all.values.filter {
            $0.id != series.id && $0.id.stream == series.id.stream && $0.id.acuity == series.id.acuity
                && $0.step != .month && $0.length >= 112
        }.max { ($0.length, $1.id) < ($1.length, $0.id) }
    }

    /// Of daily counts: the longest hourly series of the same unit.
    private func hourlyNeighbour(of series: ActivitySeries) -> ActivitySeries? {
        guard series.step == .day else { return nil }
        return all.values.filter { $0.id.unit == series.id.unit && $0.step == .hour }
            .max { ($0.length, $1.id) < ($1.length, $0.id) }
    }

    /// Its own level, as far as there is one, with the pattern of another series' calendar.
    private func borrowed(
        _ series: ActivitySeries, _ totals: DailyTotals, known: Int, donor: ActivitySeries?,
        notes: inout [String]
    ) -> DayPart? {
        let stated = outlook.similar[series.id]?.daily
        guard known > 0 || stated != nil else { return nil }
        let events = outlook.events(of: series.id.unit)
        let pattern = donor.map { Pattern($0, for: series.id.unit, self) } ?? Pattern(events)
        var seen = 0.0
        var explained = 0.0
        for (index, value) in totals.values.enumerated() where !value.isNaN {
            seen += value
            explained += pattern.expected(totals.first.advanced(by: index))
        }
        var level = explained > 0 ? seen / explained : 0
        if known == 0, let stated {
            // The level that is stated is that of days without an event.
            let plain = outlook.days.days.filter { day in !events.contains { $0.covers(day) } }
            let days = plain.isEmpty ? outlook.days.days.map(\.self) : plain
            let usual = days.map(pattern.expected).reduce(0, +) / Double(days.count)
            level = usual > 0 ? stated / usual : 0
            seen = stated * 7
            notes.append("nothing was counted yet: \(stated) a day is stated in forecast.yaml")
        }
        // A level learnt from so many people is known to one over their number.
        let excess = Excess(
            near: max(pattern.excess.near, 0) + 1 / (seen + 1), growth: pattern.excess.growth, anchor: 7)
        let means = outlook.days.days.map { level * pattern.expected($0) }
        notes += unusedEvents(
            of: series, taught: pattern.taught, why: "too few days were counted to learn what it does")
        let basis: SeriesForecast.Basis =
            donor.map { .borrowed(from: $0.id, ownDays: known) } ?? .levelOnly(ownDays: known)
        return DayPart(
            basis: basis, means: means, quantiles: excess.quantiles(means), excess: excess, pastMeans: [])
    }

    /// What the calendar makes of each day, by another series, with the events of the unit itself. Without one it is 1
    /// on every day but for the stated effects.
    private struct Pattern {
        private(set) var excess = Excess(near: 0.05, growth: 0, anchor: 7)
        /// The names of the events of which the other series tells what they do.
        private(set) var taught: Set<String> = []
        private var events: [LocalEvent] = []
        private var fitted: (regression: PoissonRegression, history: History, first: Day)?

        init(_ events: [LocalEvent]) { self.events = events }

        init(_ donor: ActivitySeries, for unit: Unit.ID, _ forecaster: Forecaster) {
            let days = forecaster.outlook.days
            let totals = forecaster.totals(
                donor, shape: HourlyShape(donor, borrowed: nil, end: days.first))
            let horizon = max(
                1, totals.first.advanced(by: totals.values.count).distance(to: days.last) + 1)
            let history = forecaster.history(donor, totals, horizon: horizon)
            let blend = Blend(history, end: history.count, horizon: 1)
            excess = blend.excess
            taught = forecaster.taught(donor, totals)
            let here = forecaster.history(donor, totals, horizon: horizon, feeling: unit)
            fitted = (blend.calendar, here, totals.first)
        }

        /// 0 for a day before the other series begins.
        func expected(_ day: Day) -> Double {
            guard let (regression, history, first) = fitted else { return events.effect(on: day) }
            let row = first.distance(to: day)
            return row >= 0 && row < history.features.rows ? regression.expected(history, row: row) : 0
        }
    }

    // MARK: Months

    /// Months by the models; days of them even over the week, or by the shape of another series.
    private func monthly(_ series: ActivitySeries, _ totals: DailyTotals, known: Int) -> SeriesForecast? {
        guard known > 0 else { return nil }
        let next = totals.first.advanced(months: totals.values.count)
        let last = outlook.days.last
        let needed = (last.year - next.year) * 12 + last.month - next.month + 1
        let horizon = max(6, needed)
        guard horizon <= 24 else { return nil }
        let history = history(series, totals, horizon: horizon)
        let events = outlook.events(of: series.id.unit)
        let blend = Blend(history, end: totals.values.count, horizon: horizon)
        let months = (0..<horizon).map { step in
            let start = step * QuantileLevels.count
            return MonthForecast(
                month: next.advanced(months: step), mean: blend.means[step],
                quantiles: Array(blend.quantiles[start..<start + QuantileLevels.count]))
        }
        let means = outlook.days.days.map { day -> Double in
            let step = (day.year - next.year) * 12 + day.month - next.month
            let month = months[max(0, step)]
            let usual = events.effect(inMonthOf: month.month)
            let share = usual > 0 ? events.effect(on: day) / usual : 0
            return month.mean * share / (series.measure == .census ? 1 : Double(month.month.daysInMonth))
        }
        let excess = Excess(near: max(0, blend.excess.near), growth: 0, anchor: 0)
        let unused = unusedEvents(of: series, taught: [], why: "monthly counts do not tell what it does")
        var result = SeriesForecast(
            id: series.id, step: .month, measure: series.measure,
            basis: known >= Self.least(.month) ? .own(blend.shares) : .levelOnly(ownDays: known),
            first: outlook.days.first, lead: 0, means: means, quantiles: excess.quantiles(means),
            hourMeans: [],
            hourQuantiles: [], months: months,
            notes: totals.notes + ["counts are monthly: days and hours of a month are taken to be even"]
                + unused,
            recent: Array(totals.values.suffix(24)))
        for day in 0..<result.days
        where outlook.isClosed(series.id.unit, on: result.first.advanced(by: day)) {
            result.scaleDay(day, by: 0)
        }
        result.dayExcess = [Double](repeating: excess.near, count: result.days)
        result.spread(over: HourlyShape(nil, borrowed: nil, end: result.first)) { _ in excess.near }
        return result
    }

    // MARK: Hours

    /// How much hours vary beyond Poisson, from what earlier forecasts of days, spread over the hours, missed by.
    private func hourExcess(
        _ series: ActivitySeries, _ past: [(period: Int, mean: Double)], shape: HourlyShape
    ) -> Double? {
        guard series.step == .hour else { return nil }
        var over = 0.0
        var squares = 0.0
        for (period, mean) in past {
            let shares = shape.shares(series.first.advanced(by: period))
            for hour in 0..<24 {
                let count = series.counts[period * 24 + hour]
                guard !count.isNaN else { continue }
                let expected = series.measure == .census ? mean : mean * shares[hour]
                over += (count - expected) * (count - expected) - expected
                squares += expected * expected
            }
        }
        return squares > 0 ? over / squares : nil
    }
}

extension SeriesForecast {
    /// Multiplies what is expected of a day; of a closed one, by nothing.
    mutating func scaleDay(_ day: Int, by factor: Double) {
        means[day] *= factor
        for index in day * QuantileLevels.count..<(day + 1) * QuantileLevels.count {
            quantiles[index] *= factor
        }
    }

    /// Sets the hours: a day's mean times the hour's share.
    ///
    /// - Parameter excess: the relative variance of hours beyond Poisson's, by day.
    mutating func spread(over shape: HourlyShape, excess: (Int) -> Double) {
        hourMeans = [Double](repeating: 0, count: days * 24)
        hourQuantiles = [Double](repeating: 0, count: days * 24 * QuantileLevels.count)
        for day in 0..<days {
            let shares = shape.shares(first.advanced(by: day))
            let excess = excess(day)
            for hour in 0..<24 {
                let index = day * 24 + hour
                hourMeans[index] = measure == .census ? means[day] : means[day] * shares[hour]
                CountDistribution(mean: hourMeans[index], excess: excess)
                    .write(to: &hourQuantiles, at: index * QuantileLevels.count)
            }
        }
    }
}
