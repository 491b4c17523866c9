import Roster

/// The hours of a line as the pricing table keeps them: in steps, with a limit and a cost at the end.
///
/// The hours are those that the contract pays, and a step is the greatest common divisor of all lengths. A
/// limit on working time that differs from paid time is left to the test of whole lines.
struct HoursLedger: Sendable {
    /// Paid minutes in a step.
    let step: Int
    /// No line has more steps than this.
    let steps: Int
    /// Steps of each kind on each day: day × kinds + kind.
    let length: [Int32]
    let longest: Int32
    /// For each total of steps its cost on level 3 in sixtieths of a point; negative if it is not allowed.
    let cost: [Int64]
    /// From the first total that is allowed to the last.
    let lawful: Span

    /// - Parameters:
    ///   - paid: paid minutes of each kind on each day, day × kinds + kind.
    ///   - counter: the cost of the total.
    ///   - totals: hard limits on the total.
    ///   - limit: the most minutes that any lawful line has.
    init(paid: [Int], days: Int, counter: Counter, totals: PaidTotals, limit: Int) {
        let kinds = paid.count / max(1, days)
        var divisor = 0
        var most = 0
        for day in 0..<days {
            let lengths = paid[(day * kinds)..<((day + 1) * kinds)]
            for length in lengths where length > 0 { divisor = Self.gcd(divisor, length) }
            most += lengths.max() ?? 0
        }
        let step = max(1, divisor)
        let cap = min(limit, totals.maximum, most)
        self.step = step
        steps = max(0, cap) / step
        length = paid.map { Int32($0 / step) }
        longest = length.max() ?? 0
        let cost = (0...steps).map { $0 * step < totals.minimum ? -1 : counter.cost($0 * step) }
        self.cost = cost
        lawful = Span(
            low: Int32(cost.firstIndex { $0 >= 0 } ?? steps + 1), high: Int32(steps))
    }

    /// The hours of a part of a line: those on some days, when so many steps are worked on all others.
    init(_ whole: HoursLedger, days: [Int], kinds: Int, standing: Int) {
        let length = days.flatMap { whole.length[($0 * kinds)..<(($0 + 1) * kinds)] }
        let most = days.indices.reduce(0) { $0 + Int(length[($1 * kinds)..<(($1 + 1) * kinds)].max() ?? 0) }
        step = whole.step
        steps = max(0, min(whole.steps - standing, most))
        self.length = length
        longest = length.max() ?? 0
        cost = (0...steps).map { $0 + standing <= whole.steps ? whole.cost[$0 + standing] : -1 }
        lawful = Span(low: max(0, whole.lawful.low - Int32(standing)), high: Int32(steps))
    }

    private static func gcd(_ left: Int, _ right: Int) -> Int { right == 0 ? left : gcd(right, left % right) }
}
