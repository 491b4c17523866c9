/// As it was a season ago, but for the stated effects of events: the yardstick of every other model.
enum SeasonalNaive {
    /// Expected values for the periods from `end` on.
    ///
    /// A season of which something is missing looks further back, and at last takes the mean.
    static func forecast(_ history: History, end: Int, horizon: Int) -> [Double] {
        let mean = history.mean(before: end)
        return (0..<horizon).map { step in
            var index = end - history.season + step % history.season
            let effects = history.features.effects
            while index >= 0, history.values[index].isNaN || effects[index] == 0 { index -= history.season }
            let usual = index >= 0 ? history.values[index] / effects[index] : mean
            return usual * effects[end + step]
        }
    }
}
