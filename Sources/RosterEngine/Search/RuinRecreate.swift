import Roster

/// Gives each person in turn the best line against what the others do: a lawful rota at once.
///
/// What is proposed is priced by ``PresencePrices``; what is accepted is decided level by level.
struct RuinRecreate {
    let problem: Problem
    let component: Int
    let pricer: Pricer
    private var presence: PresencePrices
    /// Who has no lawful line, once ``construct(_:_:)`` has failed.
    private(set) var stuck: Int?
    /// What a weekend of duty costs beyond its rules, as it is missed elsewhere.
    private let weekendPrice: Int64
    /// The Saturdays of weekends that may be spared.
    private let saturdays: [Int]

    init(_ problem: Problem, component: Int, pricer: Pricer, weekendPrice: Int64 = 0) {
        self.problem = problem
        self.weekendPrice = weekendPrice
        saturdays = weekendPrice > 0 ? Self.saturdays(of: problem) : []
        self.component = component
        self.pricer = pricer
        pricer.forget()
        presence = PresencePrices(problem, component: component)
    }

    private var people: [Int] { problem.components[component].people }

    /// A rota from nothing, people in random order. Nil if somebody has no lawful line at all, who is then
    /// ``stuck``, or if a large component's is to stop.
    mutating func construct(_ stop: Stop, _ random: inout RandomSource) -> Incumbent? {
        var lines: [Int: Line] = [:]
        if problem.isLong(component) {
            var stages = StagedConstruction(problem, component: component, pricer: pricer)
            guard let staged = stages.construct(stop, &random) else { return nil }
            for line in staged {
                lines[line.person] = line
                presence.place(line.person, line.slots, sign: 1)
            }
        }
        for person in people.shuffled(using: &random) where lines[person] == nil {
            if problem.isLong(component), stop.isDue { return nil }
            guard let line = bestLine(person) else {
                stuck = person
                return nil
            }
            lines[person] = line
            presence.place(person, line.slots, sign: 1)
        }
        return Incumbent(problem, component: component, lines: people.compactMap { lines[$0] })
    }

    /// Takes the lines of a few people away and gives them new ones, for so many rounds.
    ///
    /// Of a long period it is a few fortnights at a time that they are given anew. Where weekends have a price, the
    /// rota may get worse for fewer of them on the way, and what is returned is no worse than the start.
    ///
    /// - Parameter some: whose lines; nil for everybody's.
    mutating func improve(
        _ start: Incumbent, of some: [Int]? = nil, rounds: Int, stop: Stop, _ random: inout RandomSource
    ) -> Incumbent {
        var isMeant = Array(repeating: false, count: problem.people.count)
        for person in some ?? people { isMeant[person] = true }
        let inParts = problem.isLong(component)
        var (best, current) = (start, start)
        presence.reset(to: start.values)
        for _ in 0..<rounds {
            if stop.isDue { break }
            let old = few(of: current.lines.filter { isMeant[$0.person] }, &random)
            var open: OpenDays?
            if inParts {
                let parts = Int.random(in: 2...5, using: &random)
                open = OpenDays(random: parts, ofLength: 14, of: problem.dayCount, &random)
            }
            if let other = renewed(current, old, on: open) {
                current = other
                if current.objective <= start.objective, weighed(current) <= weighed(best) { best = current }
            }
        }
        pricer.work += 200 * Double(rounds * problem.components[component].rows.count)
        return best
    }

    /// Up to four lines at random; where weekends have a price, half of the times such that share one, with one day of
    /// it each: one of them may do with both.
    private func few(of lines: [Line], _ random: inout RandomSource) -> [Line] {
        let count = Int.random(in: 1...4, using: &random)
        if weekendPrice > 0, Bool.random(using: &random), let day = saturdays.randomElement(using: &random) {
            let sharing = lines.filter { ($0.slots[day] == 0) != ($0.slots[day + 1] == 0) }
            if sharing.count > 1 { return Array(sharing.shuffled(using: &random).prefix(max(2, count))) }
        }
        return Array(lines.shuffled(using: &random).prefix(count))
    }

    /// Days of the period that are Saturdays and have their Sundays after them.
    private static func saturdays(of problem: Problem) -> [Int] {
        (0..<max(0, problem.dayCount - 1)).filter { day in
            problem.days[day].day.weekday == .saturday
                && problem.days[day].day.distance(to: problem.days[day + 1].day) == 1
        }
    }

    /// Gives people whose lines would have changed but cannot as they were meant to new days where they would have
    /// changed: each in turn the best against the others.
    mutating func refit(_ start: Incumbent, as meant: [Line]) -> Incumbent {
        var best = start
        presence.reset(to: best.values)
        let own = Dictionary(best.lines.map { ($0.person, $0) }, uniquingKeysWith: { first, _ in first })
        for line in meant {
            guard let old = own[line.person] else { continue }
            let days = old.slots.indices.filter { old.slots[$0] != line.slots[$0] }
            let open = OpenDays(days.map { $0..<($0 + 1) }, of: problem.dayCount)
            if let better = renewed(best, [old], on: open) { best = better }
        }
        return best
    }

    /// A rota with new lines for some people that is as good or better; nil, and all as before, if none is found.
    ///
    /// - Parameter open: the days that may change; nil for all.
    private mutating func renewed(_ rota: Incumbent, _ old: [Line], on open: OpenDays?) -> Incumbent? {
        for line in old {
            presence.place(line.person, line.slots, sign: -1)
            if let open { pricer.closed[line.person] = problem.closed(line, but: open) }
        }
        defer { for line in old { pricer.closed[line.person] = nil } }
        var fresh: [Line] = []
        for line in old {
            guard let line = bestLine(line.person) else { break }
            fresh.append(line)
            presence.place(line.person, line.slots, sign: 1)
        }
        if fresh.count == old.count {
            let candidate = rota.replacing(fresh, problem)
            if weighed(candidate) <= weighed(rota) { return candidate }
        }
        for line in fresh { presence.place(line.person, line.slots, sign: -1) }
        for line in old { presence.place(line.person, line.slots, sign: 1) }
        return nil
    }

    /// What a rota comes to, its weekends of duty priced.
    private func weighed(_ rota: Incumbent) -> Objective {
        var objective = rota.objective
        guard weekendPrice > 0 else { return objective }
        for line in rota.lines { objective.cost += weekendPrice * Int64(line.total(.weekends)) }
        return objective
    }

    /// The best line against the present values, by true cost, over a few prices of the convex totals.
    private mutating func bestLine(_ person: Int) -> Line? {
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
            var charges = slope
            charges[CounterKind.weekends.rawValue] += weekendPrice
            let priced = pricer.price(
                person, presence.prices(for: person, charging: charges &* Prices.scale))
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
        return best?.line
    }
}

extension Counter {
    /// What one unit less saves and one unit more costs, at a total.
    func slopes(at total: Int) -> (below: Int64, above: Int64) {
        (cost(total) - cost(total - 1), cost(total + 1) - cost(total))
    }
}
