/// The three levels of a rota's worth, compared in order.
struct Objective: Comparable, Sendable, CustomStringConvertible {
    /// Person-minutes of hard cover missing.
    var hard: Int = 0
    /// Person-minutes below soft minimums.
    var minimum: Int = 0
    /// Sixtieths of a point.
    var cost: Int64 = 0

    static func < (left: Self, right: Self) -> Bool {
        (left.hard, left.minimum, left.cost) < (right.hard, right.minimum, right.cost)
    }

    static func + (left: Self, right: Self) -> Self {
        Self(
            hard: left.hard + right.hard, minimum: left.minimum + right.minimum, cost: left.cost + right.cost)
    }

    var points: Double { Double(cost) / 60 }

    /// What counts on a level, in its units.
    func value(ofLevel level: Int) -> Double {
        switch level {
        case 1: Double(hard)
        case 2: Double(minimum)
        default: Double(cost)
        }
    }

    var description: String { "\(hard) / \(minimum) / \(points)" }
}

/// A line for each person of a component, and what that comes to.
struct Incumbent: Sendable {
    let component: Int
    /// In the order of the component's people.
    private(set) var lines: [Line]
    /// By row of the problem; only the component's rows mean anything.
    private(set) var values: [Int32]
    private(set) var objective: Objective

    init(_ problem: Problem, component: Int, lines: [Line]) {
        self.component = component
        self.lines = lines
        values = problem.rows.map { Int32($0.base) }
        objective = Objective()
        for line in lines { apply(line, sign: 1, problem) }
        objective = evaluate(problem)
    }

    /// Replaces the lines of some people.
    func replacing(_ fresh: [Line], _ problem: Problem) -> Incumbent {
        var copy = self
        let place = Dictionary(
            lines.enumerated().map { ($1.person, $0) }, uniquingKeysWith: { first, _ in first })
        for line in fresh {
            guard let index = place[line.person] else { continue }
            copy.apply(copy.lines[index], sign: -1, problem)
            copy.apply(line, sign: 1, problem)
            copy.lines[index] = line
        }
        copy.objective = copy.evaluate(problem)
        return copy
    }

    /// Takes over what `fresh` lines changed since `start`, on top of what has changed here since then: so
    /// tasks that looked at different days or people at the same time all count. A change that is not lawful
    /// on top of the others is left out: the lines that would have brought it.
    func adopting(
        _ fresh: [Line], since start: Incumbent, _ problem: Problem
    ) -> (rota: Incumbent, left: [Line]) {
        let before = Dictionary(
            start.lines.map { ($0.person, $0) }, uniquingKeysWith: { first, _ in first })
        let now = Dictionary(lines.map { ($0.person, $0) }, uniquingKeysWith: { first, _ in first })
        var changed: [Line] = []
        var left: [Line] = []
        for line in fresh {
            guard let old = before[line.person], let own = now[line.person], line.slots != old.slots else {
                continue
            }
            if own.slots == old.slots {
                changed.append(line)
                continue
            }
            let slots = line.slots.indices.map {
                line.slots[$0] == old.slots[$0] ? own.slots[$0] : line.slots[$0]
            }
            if let joined = problem.line(line.person, slots: slots) {
                changed.append(joined)
            } else {
                left.append(line)
            }
        }
        return (replacing(changed, problem), left)
    }

    /// For each day what rows that begin by its end cost on level 3.
    func costsUpToDays(_ problem: Problem) -> [Int64] {
        var costs = Array(repeating: Int64(0), count: problem.dayCount)
        let first = problem.days[0].start
        for index in problem.components[component].rows {
            let row = problem.rows[index]
            // Days when clocks change are an hour longer or shorter, which matters little here.
            let day = (row.start - first) / 1440
            costs[min(max(0, day), problem.dayCount - 1)] += row.cost(Int(values[index]))
        }
        for day in costs.indices.dropFirst() { costs[day] += costs[day - 1] }
        return costs
    }

    private mutating func apply(_ line: Line, sign: Int32, _ problem: Problem) {
        problem.forEachCover(of: line) { row, units in values[row] += sign * Int32(units) }
    }

    private func evaluate(_ problem: Problem) -> Objective {
        var result = Objective()
        let component = problem.components[component]
        for row in component.rows {
            let value = Int(values[row])
            let missing = problem.rows[row].missing(value)
            if problem.rows[row].hard { result.hard += missing } else { result.minimum += missing }
            result.cost += problem.rows[row].cost(value)
        }
        for week in component.weeks {
            let missing = problem.weeks[week].missing(values, problem.rows)
            if problem.weeks[week].hard { result.hard += missing } else { result.minimum += missing }
        }
        for line in lines { result.cost += line.cost + problem.counterCost(line) }
        return result
    }
}

extension CoverWeek {
    /// Minutes missing in the week, at the given values of the problem's rows.
    func missing(_ values: [Int32], _ all: [CoverRow]) -> Int {
        max(0, minutes - rows.reduce(0) { values[$1] > 0 ? $0 + all[$1].minutes : $0 })
    }
}
