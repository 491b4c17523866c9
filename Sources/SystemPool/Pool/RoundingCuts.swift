/// A cut by mixed-integer rounding of a row that holds a level (H. Marchand and L. Wolsey, "Aggregation and mixed integer
/// rounding to solve MIPs", 2001).
///
/// What an organisation may come to is a sum of whole heads, and most of those are as large as a duty: no whole choice
/// comes near to every limit at once, while fractions of heads do. The row is divided, and each coefficient rounded so
/// that whatever keeps the row with whole numbers keeps the cut.
struct RoundingCut: Hashable {
    /// The row is multiplied by this, and divided by that.
    private let multiple: Int
    private let divisor: Int
    /// What is left of the divided row's right-hand side.
    private let remainder: Int

    /// - Returns: nil if nothing is rounded, or so little that the cut would be of no use.
    init?(dividing capacity: Int, by divisor: Int, times multiple: Int) {
        let remainder = Self.quotient(capacity * multiple, divisor).rest
        guard remainder * Self.leastShare > divisor, (divisor - remainder) * Self.leastShare > divisor else {
            return nil
        }
        (self.multiple, self.divisor, self.remainder) = (multiple, divisor, remainder)
    }

    /// Cuts that round by less than a share of the divisor have coefficients too far apart for the simplex method.
    private static let leastShare = 100

    func limit(_ capacity: Int) -> Int { Self.quotient(capacity * multiple, divisor).whole }

    func coefficient(_ cost: Int) -> Double {
        let (whole, rest) = Self.quotient(cost * multiple, divisor)
        return Double(whole) + Double(max(0, rest - remainder)) / Double(divisor - remainder)
    }

    private static func quotient(_ number: Int, _ divisor: Int) -> (whole: Int, rest: Int) {
        let (whole, rest) = number.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (whole - 1, rest + divisor) : (whole, rest)
    }
}

/// A row that holds a level: whole numbers of things, each with what it costs, come to no more than a capacity.
struct HeldRow {
    /// Heads that are needed alike, or a giver: whether it takes one of its sets.
    struct Term {
        /// What one costs at least.
        let cost: Int
        let count: Int
        /// In the relaxation's last optimum.
        let value: Double
        /// The columns that come together to the number of it, and what each costs beyond the least.
        let columns: [(column: Int, more: Int)]
    }

    let terms: [Term]
    let capacity: Int
    let values: [Double]

    /// A cut that the relaxation's last optimum does not keep.
    struct Found {
        let limit: Double
        let columns: [Int]
        let values: [Double]
    }

    /// The cut that is furthest from being kept; nil if all are kept.
    ///
    /// - Complexity: O(divisors × terms).
    var deepest: Found? {
        var isTurned = terms.map { 2 * $0.value > Double($0.count) }
        var best: Trial?
        for divisor in divisors {
            for multiple in 1...Self.mostMultiple { best = deeper(best, divisor, multiple, isTurned) }
        }
        guard let start = best else { return nil }
        // What is near the middle may be counted either way.
        let divided = terms.indices.filter { Self.isDivided(terms[$0]) }.sorted {
            (abs(middle($0)), $0) < (abs(middle($1)), $1)
        }
        for place in divided.prefix(Self.mostTurns) {
            isTurned[place].toggle()
            let next = deeper(best, start.divisor, start.multiple, isTurned)
            if next?.distance == best?.distance { isTurned[place].toggle() }
            best = next
        }
        return best.map(found)
    }

    private static let mostTurns = 12
    private static let mostDivisors = 40
    private static let mostMultiple = 8

    private func middle(_ place: Int) -> Double { 2 * terms[place].value - Double(terms[place].count) }

    private static func isDivided(_ term: Term) -> Bool { abs(term.value - term.value.rounded()) > 1e-6 }

    private var divisors: [Int] {
        let costs = Set(terms.map(\.cost))
        return Array(costs.sorted(by: >).prefix(Self.mostDivisors))
    }

    private struct Trial {
        let cut: RoundingCut
        let divisor: Int
        let multiple: Int
        let isTurned: [Bool]
        let capacity: Int
        let distance: Double
    }

    /// - Parameter isTurned: What is counted by how many are not there.
    private func deeper(_ best: Trial?, _ divisor: Int, _ multiple: Int, _ isTurned: [Bool]) -> Trial? {
        var capacity = capacity
        for (place, term) in terms.enumerated() where isTurned[place] { capacity -= term.cost * term.count }
        guard let cut = RoundingCut(dividing: capacity, by: divisor, times: multiple) else { return best }
        var excess = -Double(cut.limit(capacity))
        var squares = 0.0
        for (place, term) in terms.enumerated() {
            let coefficient = cut.coefficient(isTurned[place] ? -term.cost : term.cost)
            excess += coefficient * (isTurned[place] ? Double(term.count) - term.value : term.value)
            squares += coefficient * coefficient
            for (column, more) in term.columns where more > 0 && values[column] > 0 {
                excess += cut.coefficient(more) * values[column]
            }
        }
        let distance = excess / max(squares, 1e-9).squareRoot()
        guard distance > max(best?.distance ?? 0, Self.leastDistance) else { return best }
        return Trial(
            cut: cut, divisor: divisor, multiple: multiple, isTurned: isTurned, capacity: capacity,
            distance: distance)
    }

    private static let leastDistance = 1e-4

    private func found(_ trial: Trial) -> Found {
        var limit = Double(trial.cut.limit(trial.capacity))
        var entries: [(column: Int, value: Double)] = []
        for (place, term) in terms.enumerated() {
            let coefficient = trial.cut.coefficient(trial.isTurned[place] ? -term.cost : term.cost)
            if trial.isTurned[place] { limit -= coefficient * Double(term.count) }
            for (column, more) in term.columns {
                let value = (trial.isTurned[place] ? -coefficient : coefficient) + trial.cut.coefficient(more)
                if value != 0 { entries.append((column, value)) }
            }
        }
        entries.sort { $0.column < $1.column }
        return Found(limit: limit, columns: entries.map(\.column), values: entries.map(\.value))
    }
}
