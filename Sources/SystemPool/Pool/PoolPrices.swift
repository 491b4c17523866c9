import Foundation

/// Prices of heads and of limits at which everybody's own best set is nearly the best for all: a Lagrangian dual of the
/// last level.
///
/// Each gap's slice pays its price to whoever comes, each lender's slice takes it, and each limit charges those who use
/// it up. Whatever the prices are, what the givers then gain most and the heads then cost least is a bound on travel and
/// calls. The best prices are sought by climbing a smoothed bound, in which a giver takes each of its sets with a
/// likelihood that falls with what it lacks to the best, and by smoothing less and less (Y. Nesterov, "Smooth
/// minimization of non-smooth functions", 2005; the momentum is restarted as in B. O'Donoghue and E. Candès, "Adaptive
/// restart for accelerated gradient schemes", 2015). The simplex method takes ten times as long for the same prices.
struct PoolPrices {
    /// What must not be exceeded, in the units of ``PoolValue``.
    struct Held: Hashable {
        let hard: Int
        let worst: Int
        let all: Int
    }

    /// How the bound is smoothed, in minutes, and how many steps are taken each time.
    struct Effort {
        let stages: [(smoothing: Double, steps: Int)]

        /// For sets that are worth being columns, no more.
        static let rough = Effort(stages: [(40, 60), (20, 60), (10, 60)])
        /// From nothing.
        static let first = Effort(stages: [(40, 100), (20, 100), (10, 150), (5, 150), (2.5, 150)])
        /// From prices for nearly the same limits.
        static let again = Effort(stages: [(10, 50), (5, 100), (2.5, 150)])
    }

    /// A set of duties without the rows of one giver alone, which are a loss instead.
    private struct Sets {
        var starts: [Int32] = [0]
        var rows: [Int32] = []
        var burdens: [Double] = []
        /// In weighted hours, and of which organisation; -1 for none.
        var losses: [Double] = []
        var lenders: [Int32] = []
    }

    private struct Head {
        let count: Double
        /// In weighted hours.
        let cost: Double
        let hard: Double
        let organisation: Int
    }

    private let table: DutyTable
    private let giverCount: Int
    private let organisationCount: Int
    private var sets = Sets()
    /// By row: what must be there; zero for a lender's.
    private var capacities: [Double]
    private var isLending: [Bool]
    private var headStarts: [Int] = [0]
    private var heads: [Head] = []
    private let fixedCosts: [Double]
    private let fixedHard: Int

    // Of rows, then of organisations, of all together, and of hard minutes.
    private var prices: [Double]
    private var steps: [Double]
    private var capitals: [Double]
    private var gradient: [Double]
    private let rowCount: Int

    /// The sets that a giver may still take on this step, by giver.
    private var active: [Int32] = []
    private var activeStarts: [Int32] = []
    private var values: [Double] = []

    private var ofAll: Int { rowCount + organisationCount }
    private var ofHard: Int { ofAll + 1 }

    init(_ instance: PoolInstance, _ layout: PoolLayout, _ table: DutyTable) {
        self.table = table
        giverCount = instance.giverCount
        organisationCount = layout.fixedCost.count
        rowCount = layout.sharedRowCount
        fixedCosts = layout.fixedCost.map { Double($0) / Double(PoolValue.hour) }
        fixedHard = layout.fixedHard
        capacities = Array(repeating: 0, count: rowCount)
        isLending = Array(repeating: false, count: rowCount)
        var ranges = Array(repeating: 0..<0, count: rowCount)
        for slice in layout.gapSlices.joined() {
            capacities[slice.row] = Double(slice.capacity)
            ranges[slice.row] = slice.heads
        }
        for slice in layout.lineSlices.joined() where slice.row < rowCount {
            isLending[slice.row] = true
            ranges[slice.row] = slice.heads
        }
        let size = rowCount + organisationCount + 2
        prices = Array(repeating: 0, count: size)
        capitals = prices
        gradient = prices
        steps = prices
        for row in 0..<rowCount {
            for group in layout.heads[ranges[row]] {
                heads.append(
                    Head(
                        count: Double(group.count), cost: Double(group.cost) / Double(PoolValue.hour),
                        hard: Double(group.hard), organisation: group.organisation))
            }
            headStarts.append(heads.count)
        }
        for (set, part) in table.parts.enumerated() {
            var loss = 0
            for arc in part.arcs { loss += layout.losses[part.offer][arc] }
            sets.rows += table.rows(of: set).filter { $0 < rowCount }
            sets.starts.append(Int32(sets.rows.count))
            sets.burdens.append(table.burdens[set])
            sets.losses.append(Double(loss) / Double(PoolValue.hour))
            sets.lenders.append(
                loss == 0 ? -1 : Int32(instance.offers[part.offer].lines.first?.organisationIndex ?? -1))
        }
        start()
    }

    /// Prices to begin with, and how far each is moved: the less, the more depends on it.
    private mutating func start() {
        var weights = Array(repeating: 0.0, count: steps.count)
        for head in heads {
            weights[rowCount + head.organisation] += head.count * head.cost * head.cost
            weights[ofAll] += head.count * head.cost * head.cost
            weights[ofHard] += head.count * head.hard * head.hard
        }
        for place in rowCount..<steps.count { steps[place] = Self.share / max(1, weights[place]) }
        prices[ofAll] = Self.ofAll
        for row in 0..<rowCount {
            steps[row] = 1 / (capacities[row] + (isLending[row] ? 2 : 1))
            if !isLending[row], headStarts[row] < headStarts[row + 1] {
                prices[row] = Self.ofAll / 2 * heads[headStarts[row]].cost
            }
        }
    }

    private static let share = 1.0
    /// Minutes of travel that a weighted hour is about worth.
    private static let ofAll = 30.0

    // MARK: The climb

    /// Improves the prices for limits; returns the best bound.
    @discardableResult
    mutating func climb(_ held: Held, _ effort: Effort) -> Double {
        for organisation in 0..<organisationCount {
            capitals[rowCount + organisation] = Double(held.worst) - fixedCosts[organisation]
        }
        capitals[ofAll] = Double(held.all) / Double(PoolValue.hour) - fixedCosts.reduce(0, +)
        capitals[ofHard] = Double(held.hard - fixedHard)
        var best = bound()
        var kept = prices
        for (smoothing, count) in effort.stages {
            keepActive(within: smoothing > Self.rough ? .infinity : Self.least + Self.reach * smoothing)
            climb(smoothing, count)
            let bound = bound()
            if bound > best { (best, kept) = (bound, prices) }
        }
        prices = kept
        return best
    }

    /// Sets that lack much are left out of sight when the prices are no longer rough: minutes, and multiples of the
    /// smoothing.
    private static let rough = 10.0
    private static let least = 60.0
    private static let reach = 12.0

    private mutating func climb(_ smoothing: Double, _ count: Int) {
        var place = prices
        var momentum = 1.0
        for _ in 0..<count {
            slope(at: place, smoothing)
            var isBack = 0.0
            let next = (1 + (1 + 4 * momentum * momentum).squareRoot()) / 2
            let push = (momentum - 1) / next
            for index in prices.indices {
                let moved = max(0, place[index] + smoothing * steps[index] * gradient[index])
                let change = moved - prices[index]
                isBack += change * gradient[index]
                place[index] = max(0, moved + push * change)
                prices[index] = moved
            }
            momentum = isBack < 0 ? 1 : next
        }
    }

    /// The gradient of the smoothed bound.
    private mutating func slope(at prices: [Double], _ smoothing: Double) {
        for row in 0..<rowCount { gradient[row] = capacities[row] }
        for place in rowCount..<gradient.count { gradient[place] = -capitals[place] }
        for giver in 0..<giverCount {
            let range = Int(activeStarts[giver])..<Int(activeStarts[giver + 1])
            guard !range.isEmpty else { continue }
            var most = 0.0
            for place in range {
                let value = worth(Int(active[place]), prices)
                values[place] = value
                most = max(most, value)
            }
            var sum = exp(-most / smoothing)
            for place in range {
                values[place] = exp((values[place] - most) / smoothing)
                sum += values[place]
            }
            for place in range where values[place] > 1e-9 * sum {
                let set = Int(active[place])
                let share = values[place] / sum
                for index in Int(sets.starts[set])..<Int(sets.starts[set + 1]) {
                    let row = Int(sets.rows[index])
                    gradient[row] += isLending[row] ? share : -share
                }
                if sets.lenders[set] >= 0 {
                    gradient[rowCount + Int(sets.lenders[set])] += share * sets.losses[set]
                    gradient[ofAll] += share * sets.losses[set]
                }
            }
        }
        for row in giverCount..<rowCount {
            for index in headStarts[row]..<headStarts[row + 1] {
                let head = heads[index]
                let gain = (prices[row] - cost(head, prices)) / smoothing
                let missing = head.count / (1 + exp(-gain))
                gradient[row] -= missing
                gradient[rowCount + head.organisation] += missing * head.cost
                gradient[ofAll] += missing * head.cost
                gradient[ofHard] += missing * head.hard
            }
        }
    }

    private func cost(_ head: Head, _ prices: [Double]) -> Double {
        head.cost * (prices[rowCount + head.organisation] + prices[ofAll]) + head.hard * prices[ofHard]
    }

    /// What a set brings its giver.
    private func worth(_ set: Int, _ prices: [Double]) -> Double {
        var worth = -sets.burdens[set]
        for index in Int(sets.starts[set])..<Int(sets.starts[set + 1]) {
            let row = Int(sets.rows[index])
            worth += isLending[row] ? -prices[row] : prices[row]
        }
        if sets.lenders[set] >= 0 {
            worth -= sets.losses[set] * (prices[rowCount + Int(sets.lenders[set])] + prices[ofAll])
        }
        return worth
    }

    // MARK: What they say

    /// The prices of limits, in minutes for a minute × risk × per cent.
    func limits(_ held: Held) -> PoolGoal.Limits {
        let unit = Double(PoolValue.hour)
        return PoolGoal.Limits(
            worst: Double(held.worst) * unit, duals: prices[rowCount..<ofAll].map { $0 / unit },
            all: Double(held.all), dualOfAll: prices[ofAll] / unit, scale: Self.excess * unit)
    }

    /// The weighted hours beyond a limit at which its price has doubled; some duties' worth, so that whole duties still
    /// move from one organisation to another.
    private static let excess = 40.0

    /// By set of the table, how many minutes it lacks to its giver's best.
    func lacks() -> [Double] {
        var lacks: [Double] = []
        for giver in 0..<giverCount {
            let worths = table.sets(ofGiver: giver).map { worth($0, prices) }
            let most = max(0, worths.max() ?? 0)
            lacks += worths.map { most - $0 }
        }
        return lacks
    }

    /// The likelihoods of sets at the last smoothing, by giver; those that hardly matter are left out.
    var shares: [PoolRounding.Share] {
        var shares: [PoolRounding.Share] = []
        for giver in 0..<giverCount {
            let range = table.sets(ofGiver: giver)
            let worths = range.map { worth($0, prices) }
            let most = max(0, worths.max() ?? 0)
            let likelihoods = worths.map { exp(($0 - most) / Self.sharp) }
            let sum = likelihoods.reduce(exp(-most / Self.sharp), +)
            for (set, likelihood) in zip(range, likelihoods) where likelihood > 0.01 * sum {
                shares.append((table.parts[set], likelihood / sum))
            }
        }
        return shares
    }

    /// The smoothing of ``shares``, in minutes.
    private static let sharp = 2.5

    // MARK: The bound

    /// What is least at these prices, over all sets.
    func bound() -> Double {
        var bound = 0.0
        for giver in 0..<giverCount {
            var most = 0.0
            for set in table.sets(ofGiver: giver) { most = max(most, worth(set, prices)) }
            bound -= most
        }
        for row in giverCount..<rowCount {
            bound += prices[row] * capacities[row]
            for index in headStarts[row]..<headStarts[row + 1] {
                bound += min(0, cost(heads[index], prices) - prices[row]) * heads[index].count
            }
        }
        for place in rowCount..<prices.count { bound -= prices[place] * capitals[place] }
        return bound
    }

    /// Keeps those sets in sight that lack no more than so much to their giver's best.
    private mutating func keepActive(within reach: Double) {
        active.removeAll(keepingCapacity: true)
        activeStarts = [0]
        for giver in 0..<giverCount {
            let range = table.sets(ofGiver: giver)
            var most = 0.0
            for set in range { most = max(most, worth(set, prices)) }
            for set in range where worth(set, prices) >= most - reach { active.append(Int32(set)) }
            activeStarts.append(Int32(active.count))
        }
        values = Array(repeating: 0, count: active.count)
    }
}
