/// Gives each person in turn the best line against what the others do: a lawful rota at once.
///
/// Prices are the exact worth of one more presence in each row, the levels kept apart by weights that only
/// guide the proposal; what is accepted is decided level by level.
struct RuinRecreate {
    let problem: Problem
    let component: Int
    let pricer: Pricer
    private var prices: Prices
    private var values: [Int32]
    /// Who has no lawful line, once ``construct(_:)`` has failed.
    private(set) var stuck: Int?

    init(_ problem: Problem, component: Int, pricer: Pricer) {
        self.problem = problem
        self.component = component
        self.pricer = pricer
        pricer.forget()
        prices = Prices(problem: problem, countsLineCost: true)
        values = problem.rows.map { Int32($0.base) }
    }

    private var people: [Int] { problem.components[component].people }

    /// A rota from nothing, people in random order. Nil only if somebody has no lawful line at all.
    mutating func construct(_ random: inout RandomSource) -> Incumbent? {
        values = problem.rows.map { Int32($0.base) }
        var lines: [Int: Line] = [:]
        for person in people.shuffled(using: &random) {
            guard let line = bestLine(person) else {
                stuck = person
                return nil
            }
            lines[person] = line
            place(line, sign: 1)
        }
        return Incumbent(problem, component: component, lines: people.compactMap { lines[$0] })
    }

    /// Takes the lines of a few people away and gives them new ones, for so many rounds.
    mutating func improve(
        _ start: Incumbent, rounds: Int, stop: Stop, _ random: inout RandomSource
    ) -> Incumbent {
        var best = start
        for _ in 0..<rounds {
            if stop.isDue { break }
            let count = min(people.count, Int.random(in: 1...4, using: &random))
            let chosen = people.shuffled(using: &random).prefix(count)
            values = best.values
            for line in best.lines where chosen.contains(line.person) { place(line, sign: -1) }
            var fresh: [Line] = []
            for person in chosen {
                guard let line = bestLine(person) else { break }
                fresh.append(line)
                place(line, sign: 1)
            }
            guard fresh.count == count else { continue }
            let candidate = best.replacing(fresh, problem)
            if candidate.objective <= best.objective { best = candidate }
        }
        return best
    }

    private mutating func place(_ line: Line, sign: Int32) {
        problem.forEachCover(of: line) { row, units in values[row] += sign * Int32(units) }
    }

    /// The best line against the present values, by true cost, over a few prices of the convex totals.
    private mutating func bestLine(_ person: Int) -> Line? {
        priceRows()
        let counters = problem.people[person].counters
        var best: (line: Line, cost: Int64)?
        var low = SIMD4<Int64>()
        var high = SIMD4<Int64>()
        for counter in counters {
            low[counter.kind.rawValue] = -counter.underSlope
            high[counter.kind.rawValue] = counter.kinks.last?.slope ?? 0
        }
        var slope = SIMD4<Int64>()
        for _ in 0..<4 {
            prices.counters[person] = slope &* Prices.scale
            let priced = pricer.price(person, prices)
            guard let line = priced.line else { break }
            var cost = priced.price / Prices.scale
            var settled = true
            for counter in counters {
                let index = counter.kind.rawValue
                let total = line.total(counter.kind)
                cost += counter.cost(total) - slope[index] * Int64(total)
                // Move between the slopes on either side of where the line's total stands.
                let (below, above) = counter.slopes(at: total)
                if slope[index] < below {
                    low[index] = slope[index]
                    slope[index] = min((low[index] + high[index] + 1) / 2, max(below, slope[index] + 1))
                    settled = false
                } else if slope[index] > above {
                    high[index] = slope[index]
                    slope[index] = max((low[index] + high[index]) / 2, min(above, slope[index] - 1))
                    settled = false
                }
            }
            if best.map({ cost < $0.cost }) ?? true { best = (line, cost) }
            if settled { break }
        }
        prices.counters[person] = SIMD4()
        return best?.line
    }

    /// A minute of hard cover outweighs anything below it here; acceptance does not rely on that.
    private static let hardMinute: Int64 = 600_000
    private static let minimumMinute: Int64 = 6_000

    private mutating func priceRows() {
        for row in problem.components[component].rows {
            let cover = problem.rows[row]
            let value = Int(values[row])
            // A share's row moves by tens of hundredths at a time.
            let step = cover.shape == .heads ? 1 : 50
            var gain = (cover.cost(value) - cover.cost(value + step)) / Int64(step)
            let missing = cover.missing(value) - cover.missing(value + step)
            gain += Int64(missing) * (cover.hard ? Self.hardMinute : Self.minimumMinute)
            prices.rows[row] = gain * Prices.scale
        }
        for index in problem.components[component].weeks {
            let week = problem.weeks[index]
            guard week.missing(values, problem.rows) > 0 else { continue }
            for row in week.rows where values[row] <= 0 {
                let worth = week.hard ? Self.hardMinute : Self.minimumMinute
                prices.rows[row] += Int64(problem.rows[row].minutes) * worth * Prices.scale
            }
        }
    }
}

extension Counter {
    /// What one unit less saves and one unit more costs, at a total.
    func slopes(at total: Int) -> (below: Int64, above: Int64) {
        (cost(total) - cost(total - 1), cost(total + 1) - cost(total))
    }
}
