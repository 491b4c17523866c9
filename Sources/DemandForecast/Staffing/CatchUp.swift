/// Who comes while a team is shut, and waits for it to open.
extension SeriesForecast {
    /// The same people, of whom those who come at hours that are not asked for are seen in the first hours that are,
    /// spread evenly over them.
    ///
    /// - Parameter hours: from each opening on, within which all who waited are seen.
    func catchingUp(_ asked: [Bool], within hours: Int) -> SeriesForecast {
        var result = self
        // As if the evening before had been that of the first day.
        let evening = (asked.prefix(24).lastIndex(of: true) ?? 23) + 1
        var waiting = hourMeans.prefix(24).dropFirst(evening).filter(\.isFinite).reduce(0, +)
        for hour in hourMeans.indices {
            if !asked[hour] {
                if hourMeans[hour].isFinite { waiting += hourMeans[hour] }
                result.hourMeans[hour] = 0
            } else if waiting > 0 {
                let run = (hour..<min(hour + hours, hourMeans.count)).prefix { asked[$0] }
                for hour in run { result.hourMeans[hour] += waiting / Double(run.count) }
                waiting = 0
            }
        }
        for (hour, mean) in result.hourMeans.enumerated() where mean != hourMeans[hour] {
            let place = hour * QuantileLevels.count
            if dayExcess.isEmpty || mean.isNaN {
                for index in 0..<QuantileLevels.count { result.hourQuantiles[place + index] = mean }
            } else {
                // Any of those who wait is as likely to be seen in one hour as in another, so what is Poisson's stays
                // so; the hours of a night vary together as days do.
                CountDistribution(mean: mean, excess: dayExcess[hour / 24])
                    .write(to: &result.hourQuantiles, at: place)
            }
        }
        return result
    }
}
