/// Beds in use against those that are open, as NHS England's virtual ward framework asks: kept above 80 %.
public struct Occupancy: Hashable, Sendable {
    /// Mean over the days, in per cent of the open beds.
    public let percent: Double
    /// Days whose mean lies below 80 %: room to bring patients home.
    public let daysBelow80: Int
    /// Days on which more than 95 % is likelier than 1 in 10: no room.
    public let daysAbove95: Int
    public let days: Int
    public let open: Double

    /// - Returns: nil if the rule is not about beds or does not say where those in use are counted.
    public init?(_ staff: RequiredStaff, _ forecast: DemandForecast, days: Int) {
        guard case .beds(let open, _, let occupied?) = staff.rule.basis, let series = forecast[occupied]
        else {
            return nil
        }
        self.open = open
        self.days = days
        percent = series.means.prefix(days).reduce(0, +) / Double(max(1, days)) / open * 100
        daysBelow80 = (0..<days).count { series.means[$0] < 0.8 * open }
        daysAbove95 = (0..<days).count { day in
            let quantiles = series.quantiles(day: day)
            return quantiles[quantiles.startIndex + QuantileLevels.high] > 0.95 * open
        }
    }

    public var sentence: String {
        "\(short((percent * 10).rounded() / 10)) % of \(short(open)) open beds in use, against 80 %: "
            + "\(daysBelow80) of \(days) days below 80 % (room to bring patients home), "
            + "\(daysAbove95) on which more than 95 % is likelier than 1 in 10 (no room)"
    }
}
