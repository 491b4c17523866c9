import Roster
import RulePack

@testable import RosterEngine

/// Random rosters so small that every rota can be tried.
struct TinyWard {
    let scenario: Scenario
    let rules: RuleBook
    let problem: Problem
    /// Every lawful line of each person, with its cost on level 3.
    let lines: [[(line: Line, cost: Int64)]]

    /// Nil if somebody has no lawful line, or too many to try them all.
    ///
    /// - Parameter totals: the most duties of each shift in the period, the only rule then beside the law's rest; none for
    ///   rules at random.
    init?(seed: Int, stream: Int = 7, isLoose: Bool? = nil, totals: [ShiftType.ID: Int] = [:]) {
        var random = RandomSource(seed: UInt64(seed), stream: stream)
        scenario = Self.scenario(&random)
        rules = totals.isEmpty ? Self.rules(&random) : Self.rules(totals)
        guard let problem = try? Compiler(scenario, rules).problem(isLoose: isLoose) else { return nil }
        self.problem = problem
        lines = problem.people.indices.map { person in
            problem.everyLine(person).map { ($0, $0.cost + problem.counterCost($0)) }
        }
        let combinations = lines.reduce(1) { $0 * max(1, $1.count) }
        guard lines.allSatisfy({ !$0.isEmpty }), combinations < 150_000 else { return nil }
    }

    /// The component with most people.
    var largestComponent: Int? {
        problem.components.indices.max {
            problem.components[$0].people.count < problem.components[$1].people.count
        }
    }

    /// The best of all rotas, level by level.
    func optimum() -> Objective {
        problem.components.indices.reduce(Objective()) { $0 + optimum(of: $1) }
    }

    /// The best of one component; with `free`, of the rotas in which the other people's lines stand.
    func optimum(of component: Int, free: Set<Int>? = nil, standing: Incumbent? = nil) -> Objective {
        reachable(of: component, free: free, standing: standing)
            .map { objective(of: component, $0.key, linesCost: $0.value) }.min() ?? Objective()
    }

    /// The least cost of one component's rotas that come to what is held and keep some limits; nil if there are none.
    func leastCost(_ sub: SubProblem, keeping limits: [ShortageLimit]) -> Int64? {
        func keep(_ values: [Int32]) -> Bool {
            limits.allSatisfy { limit in
                let missing = sub.groups.filter { limit.rows.contains($0.lead) }.reduce(0) { sum, group in
                    let present = Int(values[group.lead] - sub.base[group.lead])
                    return sum + max(0, sub.target(of: group) - present)
                }
                return limit.isLeast ? missing >= limit.heads : missing <= limit.heads
            }
        }
        return reachable(of: sub.component).lazy.filter { keep($0.key) }
            .map { objective(of: sub.component, $0.key, linesCost: $0.value) }
            .filter { ($0.hard, $0.minimum) == sub.held }.map(\.cost).min()
    }

    /// For all values that the rows can have the least that lines cost to reach them.
    private func reachable(
        of component: Int, free: Set<Int>? = nil, standing: Incumbent? = nil
    ) -> [[Int32]: Int64] {
        var reached: [[Int32]: Int64] = [problem.rows.map { Int32($0.base) }: 0]
        for person in problem.components[component].people {
            var choices = lines[person]
            if let free, let standing, !free.contains(person) {
                choices = standing.lines.filter { $0.person == person }.map {
                    ($0, $0.cost + problem.counterCost($0))
                }
            }
            // Of choices that cover the same only the cheapest matters.
            var cheapest: [[Int32]: Int64] = [:]
            for (line, cost) in choices {
                var cover = [Int32](repeating: 0, count: problem.rows.count)
                problem.forEachCover(of: line) { row, units in cover[row] += Int32(units) }
                cheapest[cover] = min(cheapest[cover] ?? .max, cost)
            }
            var next: [[Int32]: Int64] = [:]
            for (values, sum) in reached {
                for (cover, cost) in cheapest {
                    var added = values
                    for row in cover.indices { added[row] += cover[row] }
                    next[added] = min(next[added] ?? .max, sum + cost)
                }
            }
            reached = next
        }
        return reached
    }

    private func objective(of component: Int, _ values: [Int32], linesCost: Int64) -> Objective {
        var result = Objective(cost: linesCost)
        for index in problem.components[component].rows {
            let row = problem.rows[index]
            let value = Int(values[index])
            if row.hard { result.hard += row.missing(value) } else { result.minimum += row.missing(value) }
            result.cost += row.cost(value)
        }
        for index in problem.components[component].weeks {
            let week = problem.weeks[index]
            let missing = week.missing(values, problem.rows)
            if week.hard { result.hard += missing } else { result.minimum += missing }
        }
        return result
    }

    /// An incumbent of one component by chance.
    func randomIncumbent(of component: Int = 0, _ random: inout RandomSource) -> Incumbent {
        var chosen: [Line] = []
        for person in problem.components[component].people {
            if let choice = lines[person].randomElement(using: &random) { chosen.append(choice.line) }
        }
        return Incumbent(problem, component: component, lines: chosen)
    }

    /// A limit on some heads missing, both ways of it in turn; nil if none cost anything.
    func randomLimit(_ sub: SubProblem, _ random: inout RandomSource) -> ShortageLimit? {
        let totals = (sub.shortageTotals.wide + sub.shortageTotals.narrow).flatMap { $0 }
        guard let rows = totals.randomElement(using: &random) else { return nil }
        return ShortageLimit(
            rows: rows, heads: Int.random(in: 0...4, using: &random), isLeast: Bool.random(using: &random))
    }

    // MARK: Instances

    private static func chance(_ oneIn: Int, _ random: inout RandomSource) -> Bool {
        Int.random(in: 1...oneIn, using: &random) == 1
    }

    private static func scenario(_ random: inout RandomSource) -> Scenario {
        let first = RandomWard.day(
            random.pick(["2026-10-23", "2026-03-27", "2026-11-02", "2026-12-31"]))
        let period = Period(first: first, days: Int.random(in: 4...6, using: &random))
        let shifts = Array(
            RandomWard.shifts.shuffled(using: &random).prefix(Int.random(in: 2...3, using: &random)))
        let expiry = first.advanced(by: Int.random(in: 1...9, using: &random))
        let skilled = [Competency(skill: "leading", from: first.advanced(by: -90), expiry: expiry)]
        let people = (1...Int.random(in: 3...4, using: &random)).map { number in
            let senior = number <= 2
            return Person(
                id: Person.ID("p\(number)"), name: "P", organisation: "ORG", unit: "W",
                grade: senior ? "B6" : "B5", contract: "C",
                paidPerWeek: PaidMinutes(hours: random.pick([0, 20, 37])),
                competencies: senior ? skilled : [],
                roles: senior && chance(2, &random) ? ["lead"] : [])
        }
        func someday(_ random: inout RandomSource) -> Day {
            first.advanced(by: Int.random(in: 0..<period.dayCount, using: &random))
        }
        let wishes = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            let shift = random.pick(shifts).id
            return Preference(
                person: random.pick(people).id, day: someday(&random),
                wanted: random.pick([.off, .anyShift, .shift(shift), .avoid(shift)]),
                strength: Int.random(in: 1...5, using: &random))
        }
        let leave =
            chance(2, &random)
            ? [Leave(person: "p1", first: someday(&random), last: period.last, kind: .annual)] : []
        let pinned =
            chance(4, &random)
            ? [
                Duty(
                    person: "p3", day: someday(&random), unit: "W", shift: shifts[0], role: "rn",
                    source: .pinned)
            ]
            : []
        let published =
            chance(4, &random)
            ? [
                Duty(
                    person: "p3", day: someday(&random), unit: "W", shift: shifts[1], role: "rn",
                    source: .published)
            ]
            : []
        let bookings =
            chance(3, &random)
            ? [
                Booking(
                    gap: "g", person: "bank-1", day: someday(&random), shift: shifts[1].id, unit: "W",
                    role: chance(2, &random) ? "lead" : "rn", skills: ["leading"], origin: "bank")
            ] : []
        let (cover, demand) = Self.cover(period, &random)
        return RandomWard.scenario(
            period: period, people: people, shifts: shifts, cover: cover, leave: leave, pinned: pinned,
            published: published, bookings: bookings,
            balances: [Balance(person: "p3", paid: PaidMinutes(hours: 4), nights: 1, weekends: -1)],
            preferences: wishes,
            history: chance(2, &random) ? RandomWard.history(of: "p3", before: first, &random) : [],
            demand: demand,
            contract: Contract(
                id: "C", name: "Contract", rulePacks: [], tolerance: PaidMinutes(hours: 3),
                overtimeLimit: chance(4, &random) ? PaidMinutes(hours: 10) : nil,
                hoursOwed: chance(2, &random)))
    }

    private static func cover(_ period: Period, _ random: inout RandomSource) -> ([CoverRule], [DemandRow]) {
        let windows = [("08:00", "20:00"), ("00:00", "24:00"), ("20:00", "08:00"), ("12:00", "22:00")]
        func rule(
            _ id: CoverRule.ID, _ roles: Set<Role.ID>, _ requirement: Requirement, hard: Bool = false,
            weekly: Int? = nil, _ random: inout RandomSource
        ) -> CoverRule {
            let window = random.pick(windows)
            return CoverRule(
                id: id, name: id.text, unit: "W", counted: Counted(roles: roles),
                from: RandomWard.clock(window.0), to: RandomWard.clock(window.1), requirement: requirement,
                weeklyMinimum: weekly.map { ElapsedMinutes(hours: $0) }, hard: hard,
                risk: Int.random(in: 1...3, using: &random))
        }
        let minimum = Int.random(in: 0...2, using: &random)
        var rules = [
            rule(
                "nurses", ["rn"],
                .heads(
                    minimum: minimum, target: minimum + Int.random(in: 0...1, using: &random),
                    maximum: chance(2, &random) ? minimum + 1 : nil),
                weekly: chance(3, &random) ? Int.random(in: 10...70, using: &random) : nil, &random)
        ]
        if chance(2, &random) {
            rules.append(
                rule(
                    "lead", ["lead"],
                    .heads(minimum: 1, target: Int.random(in: 1...2, using: &random), maximum: nil),
                    hard: true, weekly: chance(3, &random) ? Int.random(in: 10...100, using: &random) : nil,
                    &random))
        } else {
            rules.append(rule("lead", ["lead"], .heads(minimum: 0, target: 1, maximum: 1), &random))
        }
        if chance(3, &random) {
            let whole = Counted(roles: ["lead", "rn"])
            rules.append(
                rule(
                    "share", ["lead"],
                    chance(2, &random)
                        ? .atLeast(percent: 40, whole: whole) : .atMost(percent: 50, whole: whole), &random))
        }
        var demand: [DemandRow] = []
        if chance(3, &random) {
            rules.append(rule("forecast", ["rn", "lead"], .demand, &random))
            let points = [(0.25, 0.5), (0.5, 1.0), (0.9, 2.5)].map {
                DemandDistribution.Point(probability: $0.0, heads: $0.1)
            }
            demand = period.days.map { day in
                DemandRow(
                    subject: .rule("forecast"), start: London.instant(day, minute: 600),
                    end: London.instant(day, minute: 1080), value: 1, quantiles: DemandDistribution(points))
            }
        }
        return (rules, demand)
    }

    private static let rest = RandomWard.rule(
        .restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any), id: "rest")

    private static func rules(_ totals: [ShiftType.ID: Int]) -> RuleBook {
        RandomWard.book([rest, RandomWard.rule(.shiftTotals(totals), id: "totals")])
    }

    private static func rules(_ random: inout RandomSource) -> RuleBook {
        let forms: [RandomRule] = [
            .restWithin, .meanWeek, .rollingHours, .runMaximum, .restAfterRun, .offMinimum, .weekends,
            .countWithin, .succession, .noMixInWeek, .nextDayMaximum, .outOfHoursShare,
            .programmedActivities,
        ]
        var rules = [rest]
        for (index, form) in forms.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
            .enumerated()
        {
            let soft = index > 0 && chance(2, &random)
            rules.append(
                RandomWard.rule(
                    form.kind(&random), id: form.rawValue, enforcement: soft ? .soft(weight: 20) : .hard))
        }
        return RandomWard.book(rules)
    }
}

extension Problem {
    /// Every lawful line of a person, found day by day along the graph.
    func everyLine(_ person: Int) -> [Line] {
        let model = people[person]
        let graph = graphs[model.graph]
        var partial: [(slots: [UInt8], node: Int32)] = [([], model.root)]
        for day in 0..<dayCount {
            let open = allowed(person, day)
            partial = partial.flatMap { slots, node in
                let arcs = graph.arcs[Int(graph.firstArc[Int(node)])..<Int(graph.firstArc[Int(node) + 1])]
                return open.flatMap { slot in
                    arcs.filter { $0.kind == model.slots[Int(slot)].kind }.map { (slots + [slot], $0.target) }
                }
            }
        }
        return partial.compactMap { line(person, slots: $0.slots) }
    }
}
