import Roster

/// What one more person would be worth for each hour of a stretch of a cover rule, as the linear programme at the root
/// says: the dual of its row. It holds for a little more cover at fractions of people, so whoever relies on it solves
/// again with a whole one.
public struct HourDual: Hashable, Sendable {
    public let rule: CoverRule.ID
    public let start: Instant
    public let end: Instant
    /// 1: person-minutes of hard cover an hour, 60 at most; 3: points an hour.
    public let level: Int
    public let worth: Double
}

extension [HourDual] {
    /// The mean over a time, of what was priced in it; nil if nothing was.
    public func mean(of rule: CoverRule.ID, level: Int, from start: Instant, to end: Instant) -> Double? {
        let parts = filter {
            $0.rule == rule && $0.level == level && $0.start < end && start < $0.end
        }.map { (minutes: (Swift.min($0.end, end) - Swift.max($0.start, start)).count, worth: $0.worth) }
        let minutes = parts.reduce(0) { $0 + $1.minutes }
        guard minutes > 0 else { return nil }
        return parts.reduce(0) { $0 + $1.worth * Double($1.minutes) } / Double(minutes)
    }
}

extension ComponentState {
    /// The duals of the roots that converged.
    ///
    /// Where everybody is there who can be, the programme knows of nobody more: it is what one person more would save.
    func hourDuals(_ problem: Problem) -> [HourDual] {
        let able = able(problem)
        return [(level: 1, prices: hardPrices), (level: 3, prices: prices)].flatMap {
            level, prices -> [HourDual] in
            guard let prices else { return [] }
            return problem.groups[incumbent.component].flatMap { group -> [HourDual] in
                let rows = group.rows.filter { row in
                    let cover = problem.rows[row]
                    return cover.shape == .heads && (level == 3 || (cover.hard && cover.minimum > 0))
                }
                guard let lead = rows.first else { return [] }
                let isFull = Int(incumbent.values[lead]) >= problem.rows[lead].base + able[lead]
                let price =
                    isFull
                    ? Double(saved(in: rows, level, problem))
                    : Double(prices.rows[lead]) / Double(Prices.scale)
                let hours = Double(minutes(of: rows, problem)) / 60
                let worth = level == 3 ? price / 60 / hours : price / hours
                return rows.map { row in
                    let cover = problem.rows[row]
                    return HourDual(
                        rule: problem.scenario.coverRules[cover.rule].id,
                        start: Instant(minutes: cover.start),
                        end: Instant(minutes: cover.end), level: level, worth: worth)
                }
            }
        }
    }

    /// How many people can cover each row.
    private func able(_ problem: Problem) -> [Int] {
        var able = Array(repeating: 0, count: problem.rows.count)
        for person in problem.components[incumbent.component].people {
            for row in Set(problem.people[person].coverRow) { able[Int(row)] += 1 }
        }
        return able
    }

    private func saved(in rows: [Int], _ level: Int, _ problem: Problem) -> Int64 {
        rows.reduce(0) { sum, row in
            let value = Int(incumbent.values[row])
            return sum + SubProblem.cost(of: problem.rows[row], level: level, value: value)
                - SubProblem.cost(of: problem.rows[row], level: level, value: value + 1)
        }
    }

    /// How long somebody is there who covers all the rows.
    private func minutes(of rows: [Int], _ problem: Problem) -> Int {
        let spans = rows.map { problem.rows[$0].start..<problem.rows[$0].end }
            .sorted { $0.lowerBound < $1.lowerBound }
        var end = Int.min
        return spans.reduce(0) { sum, span in
            defer { end = max(end, span.upperBound) }
            return sum + max(0, span.upperBound - max(end, span.lowerBound))
        }
    }
}
