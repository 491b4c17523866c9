/// A part of the rota that is made better while all else stands.
///
/// The kinds stand in the order of what they take. Which of them bring most for their work differs from one problem to
/// another and as the rota gets better, so a long period chooses among them by what they brought (Ropke and Pisinger,
/// 2006): see ``NeighbourhoodYields``.
enum Neighbourhood: Int, CaseIterable, Sendable {
    /// Many people on some days; of a short period seldom a few on all.
    case usual
    /// A quarter of the people on several fortnights, a few at a time, over and over, without a programme.
    case oneByOne
    /// Everybody on some weeks, as far as a programme of them is solved in reasonable time.
    case week
    case fortnight
    /// Parts that are far apart, between which hours and weekends move: everybody on three weeks, many on two
    /// fortnights, a few on several.
    case weeksApart
    /// Some people on more weeks.
    case someForThreeWeeks
    case threeWeeks
    case fortnightsApart
    case someForSixWeeks
    case fewFortnightsApart
    case month
    /// Some people on the three weeks where rows cost most and on a week elsewhere, between which weekends move: one that
    /// is half used where little is missing closes two gaps where much is. It pays once the rest brings little, so it is
    /// the last.
    case dearestAndWeek

    /// The parts of a long period that it looks at, in days.
    var lengths: [Int] {
        switch self {
        case .usual: [10]
        case .oneByOne: Array(repeating: 14, count: 8)
        case .week: [7]
        case .fortnight: [14]
        case .threeWeeks, .someForThreeWeeks: [21]
        case .month: [28]
        case .someForSixWeeks: [42]
        case .weeksApart: [7, 7, 7]
        case .dearestAndWeek: [21, 7]
        case .fortnightsApart: [14, 14]
        case .fewFortnightsApart: Array(repeating: 14, count: 6)
        }
    }

    /// Ways to spend a day, over people and days, of which a programme is solved in reasonable time.
    static let mostCells = 40_000

    /// Of how many people of a long period.
    func count(of people: Int, _ random: inout RandomSource) -> Int {
        func some(_ range: ClosedRange<Int>) -> Int { min(people, Int.random(in: range, using: &random)) }
        return switch self {
        case .usual: some(16...36)
        case .oneByOne: max(1, people / 4)
        case .week, .weeksApart, .fortnight: min(people, 240)
        case .threeWeeks: min(people, 180)
        case .month: min(people, 120)
        case .someForThreeWeeks: some(30...60)
        case .dearestAndWeek: some(24...48)
        case .someForSixWeeks: some(16...32)
        case .fortnightsApart: some(50...100)
        case .fewFortnightsApart: some(8...16)
        }
    }

    /// Where in a long period: half of the places in proportion to what rows cost there, the others evenly; each as far
    /// as it goes where nothing is under way, and then where enough has changed since it was looked at in vain. What is
    /// dearest is looked at where it lies.
    ///
    /// - Parameters:
    ///   - vain: days of which that is not so.
    ///   - costs: what rows cost on each day and all days before it together.
    ///   - turn: how many places have been looked at before; multiples of the golden ratio lie evenly, and those that
    ///     follow one another far apart.
    func places(
        in period: Int, avoiding busy: [Range<Int>], vain: Set<Int>, costs: [Int64], _ turn: inout Int
    ) -> [Range<Int>] {
        let all = costs.last ?? 0
        var found: [Range<Int>] = []
        for length in lengths {
            let length = min(length, period)
            if self == .dearestAndWeek, found.isEmpty, all > 0 {
                found.append(Self.dearest(length, costs))
                continue
            }
            var place = 0..<length
            var isClear = false
            for _ in 0..<12 {
                turn += 1
                let share = (Double(turn) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
                var first = Int(share * Double(period - length + 1))
                if turn % 2 == 0, found.isEmpty, all > 0 {
                    let dear = costs.firstIndex { Double($0) > share * Double(all) } ?? 0
                    first = min(max(0, dear - length / 2), period - length)
                }
                let next = first..<(first + length)
                let overlaps = (busy + found).contains { $0.overlaps(next) }
                if !overlaps || !isClear { place = next }
                isClear = isClear || !overlaps
                if !overlaps, 4 * next.count(where: vain.contains) <= 3 * length { break }
            }
            found.append(place)
        }
        return found
    }

    /// So many days in a row on which rows cost most.
    private static func dearest(_ length: Int, _ costs: [Int64]) -> Range<Int> {
        func cost(_ first: Int) -> Int64 {
            costs[first + length - 1] - (first > 0 ? costs[first - 1] : 0)
        }
        let first = (0...(costs.count - length)).max { cost($0) < cost($1) } ?? 0
        return first..<(first + length)
    }

    /// How many people of a short period, and on which days; nil for all days.
    ///
    /// - Parameter barren: tasks in a row that brought nothing; the more, the more is looked at at once.
    static func usual(
        people: Int, days: Int, barren: Int, _ random: inout RandomSource
    ) -> (people: Int, days: OpenDays?) {
        let reach = min(2.5, 1 + Double(barren) / 40)
        let byDays = days > 7 && Int.random(in: 0..<(reach > 1.5 ? 3 : 12), using: &random) > 0
        func far(_ range: ClosedRange<Int>, _ random: inout RandomSource) -> Int {
            Int(reach * Double(Int.random(in: range, using: &random)))
        }
        let size = min(people, far(byDays ? 16...36 : 5...10, &random))
        guard byDays else { return (size, nil) }
        let length = min(days, far(5...13, &random))
        return (size, OpenDays(random: 1, ofLength: length, of: days, &random))
    }
}
