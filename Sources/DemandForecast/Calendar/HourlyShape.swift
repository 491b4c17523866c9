import Roster

/// How the count of a day falls on its hours, by weekday; bank holidays have a shape of their own.
struct HourlyShape {
    /// Eight days (Monday to Sunday, bank holiday) of 24 shares that add to 1.
    private let shares: [Double]

    /// Counts that the shape of all days, or a borrowed one, is worth against a weekday's own.
    private static let prior = 200.0

    /// - Parameter borrowed: the shape that stands in where there is little of its own; even if nil.
    init(_ series: ActivitySeries?, borrowed: HourlyShape?, end: Day) {
        var sums = [Double](repeating: 0, count: 8 * 24)
        var seen = [Int](repeating: 0, count: 8 * 24)
        var days = [Int](repeating: 0, count: 8)
        if let series, series.step == .hour {
            // Two years tell the shape of today.
            let last = min(series.length, series.first.distance(to: end))
            for index in max(0, last - 730)..<max(0, last) {
                let day = series.first.advanced(by: index)
                let row = Self.row(day)
                var isKnown = false
                for hour in 0..<24 {
                    let count = series.counts[index * 24 + hour]
                    guard !count.isNaN else { continue }
                    sums[row * 24 + hour] += count / Double(max(1, day.length(ofHour: hour)))
                    seen[row * 24 + hour] += 1
                    isKnown = true
                }
                if isKnown { days[row] += 1 }
            }
        }
        var overall = [Double](repeating: 0, count: 24)
        for row in 0..<8 { for hour in 0..<24 { overall[hour] += sums[row * 24 + hour] } }
        let total = overall.reduce(0, +)
        var shares = [Double](repeating: 0, count: 8 * 24)
        func settle(_ row: Int, _ prior: (Int) -> Double) {
            let sum = sums[row * 24..<row * 24 + 24].reduce(0, +)
            for hour in 0..<24 {
                shares[row * 24 + hour] =
                    (sums[row * 24 + hour] + Self.prior * prior(hour)) / (sum + Self.prior)
            }
        }
        for row in 0..<7 {
            settle(row) { hour in
                let lent = borrowed?.shares[row * 24 + hour] ?? 1 / 24
                return (overall[hour] + Self.prior * lent) / (total + Self.prior)
            }
        }
        settle(7) { hour in shares[6 * 24 + hour] }
        // An hour that was never counted on four such days is one in which the unit is shut; of days that were hardly
        // ever counted, one that was counted on no day.
        let isCounted = (0..<24).map { hour in (0..<8).contains { seen[$0 * 24 + hour] > 0 } }
        for row in 0..<8 where days.reduce(0, +) >= 4 {
            for hour in 0..<24 where days[row] >= 4 ? seen[row * 24 + hour] == 0 : !isCounted[hour] {
                shares[row * 24 + hour] = 0
            }
            let open = shares[row * 24..<row * 24 + 24].reduce(0, +)
            for hour in 0..<24 where open > 0 { shares[row * 24 + hour] /= open }
        }
        // Bank holidays that are too few to tell have the hours of Sundays.
        if days[7] < 4 { for hour in 0..<24 { shares[7 * 24 + hour] = shares[6 * 24 + hour] } }
        self.shares = shares
    }

    /// Hours of the day that are shut on every weekday.
    var shutHours: [Int] { (0..<24).filter { hour in (0..<7).allSatisfy { shares[$0 * 24 + hour] == 0 } } }

    private static func row(_ day: Day) -> Int { day.isBankHoliday ? 7 : day.weekday.rawValue }

    /// The shares of the 24 hours of a day, longer and shorter ones considered, before they are made to add to 1.
    func weights(_ day: Day) -> [Double] {
        let row = Self.row(day) * 24
        return (0..<24).map { shares[row + $0] * Double(day.length(ofHour: $0)) }
    }

    /// The shares of the 24 hours of a day, its clock change considered; they add to 1.
    func shares(_ day: Day) -> [Double] {
        let raw = weights(day)
        let sum = raw.reduce(0, +)
        return sum > 0 ? raw.map { $0 / sum } : raw
    }
}
