/// Raises the Lagrangian bound on level 3 without a linear programme.
///
/// Everybody has a mixture of loose lines (see ``LooseLines``), and together these cost what the rows make of the mixed
/// presence. One person after the other turns to the cheapest line at what a little more presence would save now, as far
/// as that pays: Frank and Wolfe's method, block by block (Lacoste-Julien, Jaggi, Schmidt and Pletscher, 2013). Where
/// the rows' costs have kinks they are rounded off, less and less. Every few passes everybody is priced at the same
/// prices: any prices give a bound, and these become the best there are.
///
/// It says something from its first step on, however large the problem, and can be left and gone on with at any time.
struct Ascent: Sendable {
    /// The prices of the best bound.
    private(set) var prices: Prices
    /// In fixed point; nil before the first step.
    private(set) var bound: Int64?
    private let slopes: RowSlopes
    /// In the order of the people.
    private var mixtures: [LooseMixture]
    /// Units that the mixtures add to each row.
    private var presence: [Double]
    /// How far to each side kinks are rounded off, in heads.
    private var rounding = 0.5
    private var passes = 0
    /// Of the passes so far, the last most: prices of each row, and charges of each person.
    private var mean: (prices: Prices, charges: [LooseCharges])
    /// The best since something has been worth anything: at first that is far below the bound.
    private var height: Int64?
    /// Passes over everybody at the same prices that brought no better bound.
    private var failures = 0
    /// Roughly the nanoseconds that turning took in the last climb, counted and not measured.
    private(set) var work = 0.0

    /// Begins with the lines of a rota; nil where the problem holds no loose lines.
    init?(_ sub: SubProblem, _ rota: Incumbent) {
        guard let loose = sub.problem.loose else { return nil }
        prices = Prices(problem: sub.problem, countsLineCost: true)
        slopes = RowSlopes(sub)
        let own = Dictionary(rota.lines.map { ($0.person, $0) }, uniquingKeysWith: { first, _ in first })
        mixtures = sub.people.compactMap { person in
            own[person].map { LooseMixture($0, sub.problem, loose) }
        }
        guard mixtures.count == sub.people.count else { return nil }
        // At first nothing is worth anything: the bound is then what lines cost by themselves.
        mean = (
            prices,
            sub.people.map {
                LooseCharges(limits: sub.problem.people[$0].path.limits.map { _ in 0 })
            }
        )
        presence = Array(repeating: 0, count: sub.problem.rows.count)
        for mixture in mixtures {
            for (row, units) in mixture.presence.enumerated() { presence[row] += Double(units) }
        }
    }

    /// Nothing is gained any more that would be worth the time.
    var isSpent: Bool { failures >= 25 }

    func provenBound(_ sub: SubProblem) -> Int64? { bound.map(sub.rounded) }

    /// Some passes: so many as take about as long as a neighbourhood, one at least.
    mutating func climb(_ sub: SubProblem, _ pricer: Pricer, _ stop: Stop) {
        let before = pricer.work
        work = 0
        repeat {
            let done = passes % 4 == 0 ? judge(sub, pricer, stop) : pass(sub, pricer, stop)
            guard done else { return }
            passes += 1
        } while !isSpent && pricer.work - before + work < 1_000_000_000
    }

    /// One person after the other turns to a better line. False if it was stopped on the way.
    private mutating func pass(_ sub: SubProblem, _ pricer: Pricer, _ stop: Stop) -> Bool {
        guard let loose = sub.problem.loose else { return false }
        var current = currentPrices(sub)
        for (index, person) in sub.people.enumerated() {
            if stop.isDue { return false }
            let line = pricer.loose(
                person, current, mixtures[index].charges(sub.problem, loose, person: person), in: loose)
            turn(index, to: line, sub, &current)
        }
        for (index, person) in sub.people.enumerated() {
            mixtures[index].stiffen(sub.problem, loose, person: person)
        }
        average(sub, loose)
        return true
    }

    private mutating func average(_ sub: SubProblem, _ loose: LooseLines) {
        let prices = currentPrices(sub)
        let charges = sub.people.enumerated().map { mixtures[$0].charges(sub.problem, loose, person: $1) }
        guard passes > 1 else {
            mean = (prices, charges)
            return
        }
        mean.prices = prices.smoothed(towards: mean.prices, sixteenths: 11)
        for index in charges.indices {
            mean.charges[index] = charges[index].smoothed(towards: mean.charges[index], sixteenths: 11)
        }
    }

    /// Everybody at the same prices: a bound. False if it was stopped on the way.
    private mutating func judge(_ sub: SubProblem, _ pricer: Pricer, _ stop: Stop) -> Bool {
        guard let loose = sub.problem.loose else { return false }
        let current = mean.prices
        var found: [LooseLine] = []
        for (index, person) in sub.people.enumerated() {
            if stop.isDue { return false }
            found.append(pricer.loose(person, current, mean.charges[index], in: loose))
        }
        let value = sub.bound(current, linePrices: found.map(\.price))
        if passes > 0 {
            if height.map({ value <= $0 + abs($0) / 2000 }) ?? false {
                failures += 1
                rounding = max(0.03, rounding * 0.9)
            } else {
                failures = 0
            }
            height = max(height ?? value, value)
        }
        if bound.map({ value > $0 }) ?? true {
            bound = value
            prices = current
        }
        var next = currentPrices(sub)
        for (index, line) in found.enumerated() { turn(index, to: line, sub, &next) }
        return true
    }

    /// What a little more presence would save in each row now.
    private func currentPrices(_ sub: SubProblem) -> Prices {
        var current = Prices(problem: sub.problem, countsLineCost: true)
        for (index, group) in sub.groups.enumerated() {
            current.rows[group.lead] = price(ofGroup: index, at: presence[group.lead])
        }
        return current
    }

    private func price(ofGroup index: Int, at presence: Double) -> Int64 {
        Int64((-slopes.slope(ofGroup: index, at: presence, rounding) * Double(Prices.scale)).rounded())
    }

    /// Mixes a person's mixture with a line, as far as the whole becomes cheaper.
    private mutating func turn(_ index: Int, to line: LooseLine, _ sub: SubProblem, _ current: inout Prices) {
        guard let loose = sub.problem.loose else { return }
        let person = sub.people[index]
        let change = mixtures[index].change(to: line, sub, person: person, slopes.groupOf)
        // Most rows cost the same for each unit all the way.
        var straight = 0.0
        var bent: [(group: Int, units: Double)] = []
        for (group, units) in change {
            let before = presence[sub.groups[group].lead]
            let first = slopes.slope(ofGroup: group, at: before, rounding)
            let last = slopes.slope(ofGroup: group, at: before + units, rounding)
            if first == last { straight += units * first } else { bent.append((group, units)) }
        }
        func slope(_ share: Double) -> Double {
            bent.reduce(
                straight + mixtures[index].slope(to: line, share, sub.problem, loose, person: person)
            ) { sum, row in
                let units = presence[sub.groups[row.group].lead] + share * row.units
                return sum + row.units * slopes.slope(ofGroup: row.group, at: units, rounding)
            }
        }
        work += 25 * Double(change.count) + 70 * Double(bent.count)
        let share = Self.root(of: slope)
        guard share > 0 else { return }
        mixtures[index].mix(line, share, sub.problem, person: person)
        for (group, units) in change {
            let row = sub.groups[group].lead
            presence[row] += share * units
            current.rows[row] = price(ofGroup: group, at: presence[row])
        }
    }

    /// The share, from 0 to 1, at which a slope that rises is zero, to a thousandth of its range or of the slope at 0.
    ///
    /// By regula falsi, and where that takes less than half off what is left, by halves: kinks may be as 1 to a million.
    static func root(of slope: (Double) -> Double) -> Double {
        var low = (share: 0.0, slope: slope(0))
        var high = (share: 1.0, slope: slope(1))
        guard low.slope < 0 else { return 0 }
        guard high.slope > 0 else { return 1 }
        let enough = -low.slope / 1000
        while high.share - low.share > 0.001 {
            let width = high.share - low.share
            let straight = (low.share * high.slope - high.share * low.slope) / (high.slope - low.slope)
            for isHalving in [false, true] where high.share - low.share > width / 2 {
                let share = isHalving ? (low.share + high.share) / 2 : straight
                let here = slope(share)
                if abs(here) <= enough { return share }
                if here < 0 { low = (share, here) } else { high = (share, here) }
            }
        }
        return low.share
    }
}

/// What one more unit costs in each group of rows, with its kinks rounded off.
private struct RowSlopes: Sendable {
    /// For each group the cost of so many units, in the units of the level.
    private let costs: [[Double]]
    let groupOf: [Int32]

    init(_ sub: SubProblem) {
        var groupOf = Array(repeating: Int32(-1), count: sub.problem.rows.count)
        costs = sub.groups.enumerated().map { index, group in
            // A share's row asks for nothing here.
            guard sub.problem.rows[group.lead].shape == .heads else { return [0, 0] }
            groupOf[group.lead] = Int32(index)
            let isFirm = sub.holds(hard: sub.isHard(group)) == false
            let top = group.rows.reduce(1) { most, row in
                let cover = sub.problem.rows[row]
                let needed = max(cover.kneeTop, cover.minimum, min(cover.surplusFrom, cover.kneeTop + 1))
                return max(most, needed + 1 - Int(sub.base[row]))
            }
            return (0...min(sub.people.count + 1, max(1, top))).map { units in
                let missing = isFirm ? sub.missing(in: group, adding: units) : 0
                return Double(sub.cost(of: group, adding: units))
                    + Double(missing) * Double(SubProblem.elasticMinute / Prices.scale)
            }
        }
        self.groupOf = groupOf
    }

    /// The mean slope so far to each side; beyond the last kink the cost goes on straight.
    func slope(ofGroup index: Int, at units: Double, _ rounding: Double) -> Double {
        (cost(index, units + rounding) - cost(index, units - rounding)) / (2 * rounding)
    }

    private func cost(_ index: Int, _ units: Double) -> Double {
        costs[index].withUnsafeBufferPointer { costs in
            let lower = max(0, min(costs.count - 2, Int(units.rounded(.down))))
            return costs[lower] + (units - Double(lower)) * (costs[lower + 1] - costs[lower])
        }
    }
}
