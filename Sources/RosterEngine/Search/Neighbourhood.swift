/// A part of the rota that is made better while all else stands.
///
/// Which of them bring most for their work differs from one problem to another and as the rota gets better, so a long
/// period chooses among them by what they brought (Ropke and Pisinger, 2006): see ``NeighbourhoodYields``.
enum Neighbourhood: Int, CaseIterable, Sendable {
    /// Many people on some days; of a short period seldom a few on all.
    case usual
    /// Everybody on some weeks, as far as a programme of them is solved in reasonable time.
    case week
    case fortnight
    case threeWeeks
    case month
    /// Some people on more weeks.
    case someForThreeWeeks
    case someForSixWeeks
    /// Parts that are far apart, between which hours and weekends move: everybody on three weeks, many on two
    /// fortnights, a few on several.
    case weeksApart
    case fortnightsApart
    case fewFortnightsApart

    /// How much of a long period it looks at: parts, and days of each.
    var extent: (parts: Int, days: Int) {
        switch self {
        case .usual: (1, 10)
        case .week: (1, 7)
        case .fortnight: (1, 14)
        case .threeWeeks, .someForThreeWeeks: (1, 21)
        case .month: (1, 28)
        case .someForSixWeeks: (1, 42)
        case .weeksApart: (3, 7)
        case .fortnightsApart: (2, 14)
        case .fewFortnightsApart: (6, 14)
        }
    }

    /// Of how many people of a long period.
    func count(of people: Int, _ random: inout RandomSource) -> Int {
        func some(_ range: ClosedRange<Int>) -> Int { min(people, Int.random(in: range, using: &random)) }
        return switch self {
        case .usual: some(16...36)
        case .week, .weeksApart, .fortnight: min(people, 240)
        case .threeWeeks: min(people, 180)
        case .month: min(people, 120)
        case .someForThreeWeeks: some(30...60)
        case .someForSixWeeks: some(16...32)
        case .fortnightsApart: some(50...100)
        case .fewFortnightsApart: some(8...16)
        }
    }

    /// Where in a long period: places that lie evenly, each as far as it goes from those where something is under way.
    ///
    /// - Parameter turn: how many places have been looked at before; multiples of the golden ratio lie evenly, and those
    ///   that follow one another far apart.
    func places(in period: Int, avoiding busy: [Range<Int>], _ turn: inout Int) -> [Range<Int>] {
        let length = min(extent.days, period)
        var found: [Range<Int>] = []
        for _ in 0..<extent.parts {
            var place = 0..<length
            for _ in 0..<12 {
                turn += 1
                let share = (Double(turn) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
                let first = Int(share * Double(period - length + 1))
                place = first..<(first + length)
                if !(busy + found).contains(where: { $0.overlaps(place) }) { break }
            }
            found.append(place)
        }
        return found
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

/// What each kind of neighbourhood brought for its work, of late more than long ago.
struct NeighbourhoodYields: Sendable {
    private var gain: [Double] = Array(repeating: 0, count: Neighbourhood.allCases.count)
    private var work: [Double] = Array(repeating: 0, count: Neighbourhood.allCases.count)
    /// All that each has taken, counted from when it is begun.
    private var spent: [Double] = Array(repeating: 0, count: Neighbourhood.allCases.count)
    private var turns = 0
    /// Turns at the beginning that are a week's each: nothing brings more at first.
    private let sweep: Int

    /// - Parameter sweep: weeks to look at before any other kind is tried.
    init(sweep: Int = 0) { self.sweep = sweep }

    /// How much of what it knew is kept when a kind is used again.
    private static let memory = 0.6
    /// The share of all work that each kind has at least, as it may bring more than it did.
    private static let least = 0.03

    mutating func note(_ part: Neighbourhood, gain: Double, work: Double) {
        let index = part.rawValue
        self.gain[index] = self.gain[index] * Self.memory + gain
        self.work[index] = self.work[index] * Self.memory + work
        spent[index] += work
    }

    /// The kind to use next: the one that brought most for its work, each untried one before, and every third time
    /// the one that has had the least of the work so far, if that is next to nothing.
    mutating func next() -> Neighbourhood {
        let kinds = Neighbourhood.allCases
        defer { turns += 1 }
        if turns < sweep { return .week }
        if turns < sweep + kinds.count { return kinds[turns - sweep] }
        let least = kinds.min { spent[$0.rawValue] < spent[$1.rawValue] } ?? .usual
        if turns % 3 == 0, spent[least.rawValue] < Self.least * spent.reduce(0, +) {
            // As long as its result is not in, another has its turn.
            spent[least.rawValue] += 1_000_000_000
            return least
        }
        return kinds.max { rate($0) < rate($1) } ?? .usual
    }

    /// A kind whose result is not in yet counts as bringing nothing.
    private func rate(_ part: Neighbourhood) -> Double {
        gain[part.rawValue] / max(1, work[part.rawValue])
    }
}
