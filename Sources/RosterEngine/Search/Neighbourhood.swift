/// A part of the rota that is made better while all else stands.
///
/// Which of them bring most for their work differs from one problem to another and as the rota gets better, so a long
/// period chooses among them by what they brought (Ropke and Pisinger, 2006): see ``NeighbourhoodYields``.
enum Neighbourhood: Int, CaseIterable, Sendable {
    /// Single people, each the best against the others, in a few fortnights.
    case fortnights
    /// Single people on all days.
    case everyDay
    /// Many people on some days, seldom a few on all.
    case usual
    /// As many as can be on a week, or on a fortnight.
    case week
    case fortnight
    /// Some people on three weeks, or on two such parts of the period.
    case weeks
    case weeksApart
    /// A few people on six weeks, or on several fortnights.
    case sixWeeks
    case fortnightsApart
    /// A few people on all days, of a year on a third of them.
    case few

    /// It takes people one by one, without a linear programme.
    var isSingle: Bool { self == .fortnights || self == .everyDay }

    /// How many people, and on which days; nil for all days.
    func extent(
        people: Int, days: Int, _ random: inout RandomSource
    ) -> (people: Int, days: OpenDays?) {
        func open(_ parts: Int, _ length: Int) -> OpenDays {
            OpenDays(random: parts, ofLength: length, of: days, &random)
        }
        func some(_ range: ClosedRange<Int>) -> Int {
            min(people, Int.random(in: range, using: &random))
        }
        switch self {
        case .usual, .fortnights, .everyDay:
            let byDays = days > 7 && Int.random(in: 0..<12, using: &random) > 0
            let size = some(byDays ? 16...36 : 5...10)
            return (size, byDays ? open(1, Int.random(in: 5...13, using: &random)) : nil)
        case .week: return (min(people, 80), open(1, 7))
        case .fortnight: return (some(40...60), open(1, 14))
        case .weeks: return (some(18...30), open(1, 21))
        case .weeksApart: return (some(12...24), open(2, 14))
        case .sixWeeks: return (some(6...12), open(1, 42))
        case .fortnightsApart: return (some(6...12), open(4, 14))
        case .few: return (some(4...8), days > 200 ? open(8, 14) : nil)
        }
    }
}

/// What each kind of neighbourhood brought for its work, of late more than long ago.
struct NeighbourhoodYields: Sendable {
    private var gain: [Double] = Array(repeating: 0, count: Neighbourhood.allCases.count)
    private var work: [Double] = Array(repeating: 0, count: Neighbourhood.allCases.count)
    /// All that each has taken, counted from when it is begun.
    private var spent: [Double] = Array(repeating: 0, count: Neighbourhood.allCases.count)
    private var turns = 0

    /// How much of what it knew is kept when a kind is used again.
    private static let memory = 0.6

    mutating func note(_ part: Neighbourhood, gain: Double, work: Double) {
        let index = part.rawValue
        self.gain[index] = self.gain[index] * Self.memory + gain
        self.work[index] = self.work[index] * Self.memory + work
        spent[index] += work
    }

    /// The kind to use next: the one that brought most for its work, each untried one before, and every third time
    /// the one that has had the least of the work so far.
    mutating func next() -> Neighbourhood {
        let kinds = Neighbourhood.allCases
        defer { turns += 1 }
        if turns < kinds.count { return kinds[turns] }
        if turns % 3 == 0 {
            let least = kinds.min { spent[$0.rawValue] < spent[$1.rawValue] } ?? .usual
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
