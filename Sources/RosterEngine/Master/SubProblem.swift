/// A level of a component, for some of its people, the others' lines standing: what a master solves.
struct SubProblem {
    let problem: Problem
    let component: Int
    /// 1, 2 or 3.
    let level: Int
    let people: [Int]
    /// Values of the problem's rows without the free people.
    let base: [Int32]
    /// The component's hard minutes and minutes below minimums that may be missing.
    let held: (hard: Int, minimum: Int)
    /// Rows whose value the free people can change, those that move together as one.
    let groups: [RowGroup]
    let weeks: [Int]
    /// Limits on heads missing that a node of the branching has.
    let limits: [ShortageLimit]
    /// For lead rows of groups in a limit on heads missing: the limits.
    private let limitsOfRow: [Int: [Int]]
    /// What stands whatever the free people do: the objective of the level by rows out of reach and fixed lines.
    let constant: Int64

    /// The whole component, or the part of it that `free` people make on some days when all else of the
    /// incumbent stands.
    init(
        _ problem: Problem, _ incumbent: Incumbent, level: Int, free: Set<Int>? = nil,
        days: OpenDays? = nil, held: (hard: Int, minimum: Int), limits: [ShortageLimit] = []
    ) {
        self.limits = limits
        var limitsOfRow: [Int: [Int]] = [:]
        for (index, limit) in limits.enumerated() {
            for row in limit.rows { limitsOfRow[row, default: []].append(index) }
        }
        self.limitsOfRow = limitsOfRow
        self.problem = problem
        component = incumbent.component
        self.level = level
        self.held = held
        let members = problem.components[component]
        people = members.people.filter { free?.contains($0) ?? true }
        let inside = Set(people)
        var base = problem.rows.map { Int32($0.base) }
        var constant: Int64 = 0
        for line in incumbent.lines where !inside.contains(line.person) {
            problem.forEachCover(of: line) { row, units in base[row] += Int32(units) }
            if level == 3 { constant += line.cost + problem.counterCost(line) }
        }
        self.base = base
        var reach = Set<Int32>()
        for person in people {
            let model = problem.people[person]
            for day in 0..<problem.dayCount where days?.contains(day) ?? true {
                let first = model.coverStart[model.index(day, 0)]
                let last = model.coverStart[model.index(day + 1, 0)]
                reach.formUnion(model.coverRow[Int(first)..<Int(last)])
            }
        }
        let weeks = members.weeks.filter { week in
            (problem.weeks[week].hard || level > 1)
                && !(problem.weeks[week].isImplied && problem.weeks[week].hard && level > 1 && held.hard == 0)
                && problem.weeks[week].rows.contains { reach.contains(Int32($0)) }
        }
        let weekRows = Set(weeks.flatMap { problem.weeks[$0].rows })
        self.weeks = weeks
        func matters(_ row: CoverRow) -> Bool {
            level == 3 || (row.minimum > 0 && (row.hard || level == 2))
        }
        groups = problem.groups[component].compactMap { group in
            let rows = group.rows.filter {
                weekRows.contains($0) || (reach.contains(Int32($0)) && matters(problem.rows[$0]))
            }
            return rows.isEmpty ? nil : RowGroup(rows: rows)
        }
        let inReach = Set(groups.flatMap(\.rows))
        for row in members.rows where !inReach.contains(row) {
            constant += Self.cost(of: problem.rows[row], level: level, value: Int(incumbent.values[row]))
        }
        let weeksInReach = Set(weeks)
        for week in members.weeks where !weeksInReach.contains(week) && level < 3 {
            let cover = problem.weeks[week]
            if cover.hard == (level == 1) { constant += Int64(cover.missing(incumbent.values, problem.rows)) }
        }
        self.constant = constant
    }

    /// Price, in fixed point, of a minute that may not be missing while a dive looks for a way.
    static let elasticMinute: Int64 = 3000 * Prices.scale

    /// What a row adds to the objective of a level.
    static func cost(of row: CoverRow, level: Int, value: Int) -> Int64 {
        switch level {
        case 1: row.hard ? Int64(row.missing(value)) : 0
        case 2: row.hard ? 0 : Int64(row.missing(value))
        default: row.cost(value)
        }
    }

    func cost(ofRow row: Int, value: Int) -> Int64 {
        Self.cost(of: problem.rows[row], level: level, value: value)
    }

    /// What a line adds to the objective of the level by itself, nights, weekends and wishes' shares apart.
    func cost(of line: Line) -> Int64 {
        guard level == 3 else { return 0 }
        let hours = problem.people[line.person].hours
        return line.cost + hours.cost[line.total(.paid) / hours.step]
    }

    /// True if minutes missing in the row (or week) count towards a level that is held above zero; false if
    /// they are not allowed at all; nil if its level is not held.
    func holds(hard: Bool) -> Bool? {
        if hard { return level > 1 ? held.hard > 0 : nil }
        return level > 2 ? held.minimum > 0 : nil
    }

    /// A lower bound on the level's objective over all lawful lines, at any prices: the Lagrangian dual.
    ///
    /// In integers throughout, so that it holds whatever the programme's arithmetic made of the prices.
    /// - Parameters:
    ///   - elastic: minutes that may not be missing may be, at ``elasticMinute``.
    ///   - linePrices: for each of the people a lower bound on the price of their cheapest line.
    /// - Returns: fixed point, ``Prices/scale`` to the unit.
    func bound(_ prices: Prices, linePrices: [Int64], elastic: Bool = false) -> Int64 {
        var bound = constant * Prices.scale + linePrices.reduce(0, +)
        var links: [Int: Int64] = [:]
        for week in weeks {
            for (member, row) in problem.weeks[week].rows.enumerated() {
                links[row, default: 0] += prices.links[week][member]
            }
        }
        for group in groups {
            bound += groupBound(
                group, prices, own: prices.rows[group.lead] - (links[group.lead] ?? 0), elastic)
        }
        for (limit, price) in zip(limits, prices.limits) { bound += price * Int64(limit.heads) }
        if level == 3 {
            for person in people {
                for counter in problem.people[person].counters {
                    let price = prices.counters[person][counter.kind.rawValue]
                    let most = problem.dayCount * 4
                    bound += (0...most).reduce(Int64.max) { best, total in
                        min(best, counter.cost(total) * Prices.scale - price * Int64(total))
                    }
                }
            }
        }
        for week in weeks { bound += weekBound(week, prices, elastic) }
        bound -= prices.held[0] * Int64(held.hard) + prices.held[1] * Int64(held.minimum)
        return bound
    }

    /// What the rows of a group come to when the free people add so many units to each.
    func cost(of group: RowGroup, adding units: Int) -> Int64 {
        group.rows.reduce(0) { $0 + cost(ofRow: $1, value: Int(base[$1]) + units) }
    }

    /// Person-minutes below the group's minimums.
    func missing(in group: RowGroup, adding units: Int) -> Int {
        group.rows.reduce(0) { $0 + problem.rows[$1].missing(Int(base[$1]) + units) }
    }

    /// Sets of groups, by their lead rows, of which heads missing may be counted together: widely, all whose first head
    /// missing costs the same, then those of one rule; narrowly, those of one day, and each by itself.
    var shortageTotals: (wide: [[[Int]]], narrow: [[[Int]]]) {
        let dear = groups.compactMap { group -> (row: Int, cost: Int64)? in
            let target = target(of: group)
            guard target > 0, problem.rows[group.lead].shape == .heads else { return nil }
            let cost = cost(of: group, adding: target - 1) - cost(of: group, adding: target)
            return cost > 0 ? (group.lead, cost) : nil
        }
        func sets(by key: (Int, Int64) -> [Int]) -> [[Int]] {
            Dictionary(grouping: dear) { key($0.row, $0.cost) }.map { ($0, $1.map(\.row)) }
                .sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
        }
        return (
            wide: [sets { [Int($1)] }, sets { [problem.rows[$0].rule, Int($1)] }],
            narrow: [sets { [problem.rows[$0].start / 1440, Int($1)] }, dear.map { [$0.row] }]
        )
    }

    func isHard(_ group: RowGroup) -> Bool {
        group.rows.contains { problem.rows[$0].hard && problem.rows[$0].minimum > 0 }
    }

    /// - Parameter price: the group's own price, without the worth that weeks give it.
    private func groupBound(
        _ group: RowGroup, _ prices: Prices, own price: Int64, _ elastic: Bool
    ) -> Int64 {
        let missing = (limitsOfRow[group.lead] ?? []).reduce(0) { sum, limit in
            sum + (limit < prices.limits.count ? prices.limits[limit] : 0)
        }
        return response(of: group, at: price, held: prices.held, elastic: elastic, missingWorth: missing).cost
    }

    /// What a group costs, minutes missing on levels that are held included.
    func worth(of group: RowGroup, adding units: Int) -> Int64 {
        cost(of: group, adding: units) + Int64(missing(in: group, adding: units))
    }

    /// The least presence at which nothing is short.
    func target(of group: RowGroup) -> Int {
        (0...people.count).first { worth(of: group, adding: $0) <= worth(of: group, adding: $0 + 1) }
            ?? people.count
    }

    /// How many units the rows of a group would have at a price a unit if they alone decided, and what that costs
    /// them, in fixed point.
    ///
    /// - Parameter missingWorth: what limits of the branching make of each head missing.
    func response(
        of group: RowGroup, at price: Int64, held: SIMD2<Int64> = .zero, elastic: Bool = false,
        missingWorth: Int64 = 0
    ) -> (units: Int, cost: Int64) {
        let hard = isHard(group)
        let shut = holds(hard: hard) == false
        let minute = shut ? Self.elasticMinute : held[hard ? 0 : 1]
        let target = missingWorth == 0 ? 0 : target(of: group)
        func worth(_ units: Int) -> Int64 {
            cost(of: group, adding: units) * Prices.scale + Int64(missing(in: group, adding: units)) * minute
                + price * Int64(units) - missingWorth * Int64(max(0, target - units))
        }
        var best = (units: 0, cost: Int64.max)
        func take(_ units: Int) {
            let cost = worth(units)
            if cost < best.cost { best = (units, cost) }
        }
        if problem.rows[group.lead].shape == .share {
            let reach = people.count * 100
            let zero = -Int(base[group.lead])
            [-reach, reach, min(max(zero, -reach), reach)].forEach(take)
            return best
        }
        for units in 0...people.count {
            let forbidden = shut && !elastic && units < people.count && missing(in: group, adding: units) > 0
            if !forbidden { take(units) }
        }
        return best
    }

    /// The price of a group nearest to one that can be of use: no presence is worth more than what it saves at most,
    /// or costs more than what a surplus costs.
    func within(_ price: Int64, _ group: RowGroup) -> Int64 {
        guard problem.rows[group.lead].shape == .heads else { return max(0, price) }
        let most = people.count
        let surplus = cost(of: group, adding: most + 1) - cost(of: group, adding: most)
        let shortage = cost(of: group, adding: 0) - cost(of: group, adding: 1)
        let isFirm = missing(in: group, adding: 0) > 0
        return max(-surplus * Prices.scale, isFirm ? price : min(price, max(0, shortage) * Prices.scale))
    }

    /// A bound in fixed point in units of the level, rounded up to the grid on which objectives lie.
    func rounded(_ bound: Int64) -> Int64 {
        let whole = bound > 0 ? (bound + Prices.scale - 1) / Prices.scale : bound / Prices.scale
        return CostGrid.up(whole, to: level == 3 ? problem.costGrids[component] : 1)
    }

    private func weekBound(_ index: Int, _ prices: Prices, _ elastic: Bool) -> Int64 {
        let week = problem.weeks[index]
        let minute = prices.weeks[index]
        var bound = minute * Int64(week.minutes)
        for (member, row) in week.rows.enumerated() {
            let link = prices.links[index][member]
            bound += min(0, link - minute * Int64(problem.rows[row].minutes)) - link * Int64(base[row])
        }
        // A missing minute saves its worth and costs what the level says; so many may be missing at most.
        let cost = missingCost(hard: week.hard, prices) ?? (elastic ? Self.elasticMinute : nil)
        if let cost, cost < minute {
            bound -= (minute - cost) * Int64(week.minutes)
        }
        return bound
    }

    /// Price of a minute missing in a week; nil if none may be missing.
    private func missingCost(hard: Bool, _ prices: Prices) -> Int64? {
        if let allowed = holds(hard: hard) { return allowed ? prices.held[hard ? 0 : 1] : nil }
        return Prices.scale
    }
}
