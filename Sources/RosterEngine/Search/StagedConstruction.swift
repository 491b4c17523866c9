import Roster

/// A first rota of a long period, some weeks at a time: everybody's days up to the end of a stage, then the next.
///
/// A whole year of one person takes as long to price as hundreds of stages. Each stage leaves a person where a lawful
/// end can still be reached, and near the share of hours, weekends and limited shifts that has become due by then.
struct StagedConstruction {
    private let problem: Problem
    private let people: [Int]
    private let pricer: Pricer
    private var presence: PresencePrices
    private var ways: [Int: Way] = [:]
    private let stages: [Range<Int>]
    private let demand: [Double]

    /// How far a person's line has come.
    private struct Way {
        var slots: [UInt8] = []
        var node: Int
        var hours = 0
        var weekends = 0
        /// What each limit has counted.
        var counted: [Int]
        /// For the end of each stage, the hours at which a lawful total can still be reached.
        let outlook: [[Span]]
        /// What is asked for on days on which the person can work, up to each day: on all, and on weekends.
        let asked: (days: [Double], weekends: [Double])
    }

    /// Days of a stage, and times that everybody's days in it are chosen.
    private static let stageDays = 28
    private static let passes = 2

    init(_ problem: Problem, component: Int, pricer: Pricer) {
        self.problem = problem
        self.pricer = pricer
        people = problem.components[component].people
        presence = PresencePrices(problem, component: component)
        demand = Self.demand(problem, component)
        let count = max(1, problem.dayCount / Self.stageDays)
        stages = (0..<count).map {
            (problem.dayCount * $0 / count)..<(problem.dayCount * ($0 + 1) / count)
        }
    }

    /// Lines for everybody for whom the stages lead to a lawful one; nil if it is to stop.
    mutating func construct(_ stop: Stop, _ random: inout RandomSource) -> [Line]? {
        for person in people {
            if stop.isDue { return nil }
            ways[person] = begin(person)
        }
        for stage in stages.indices {
            var parts: [Int: (slots: [UInt8], arcs: [LineArc])] = [:]
            for _ in 0..<Self.passes {
                for person in people.shuffled(using: &random) {
                    if stop.isDue { return nil }
                    if let part = parts[person] {
                        presence.place(person, part.slots, from: stages[stage].lowerBound, sign: -1)
                    }
                    guard let way = ways[person] else { continue }
                    let part = part(person, way, stage)
                    parts[person] = part
                    guard let part else { continue }
                    presence.place(person, part.slots, from: stages[stage].lowerBound, sign: 1)
                }
            }
            for person in people {
                if let part = parts[person] {
                    advance(person, by: part, stage)
                } else {
                    ways[person] = nil
                }
            }
        }
        return people.compactMap { person in
            ways[person].flatMap { problem.line(person, slots: $0.slots) }
        }
    }

    private mutating func begin(_ person: Int) -> Way {
        let model = problem.people[person]
        let width = model.slots.count
        var asked = (days: [0.0], weekends: [0.0])
        for day in 0..<problem.dayCount {
            let works = (1..<width).contains { model.allowed[model.index(day, $0)] }
            let isWeekend = problem.days[day].day.weekday.rawValue >= Weekday.saturday.rawValue
            asked.days.append(asked.days[day] + (works ? demand[day] : 0))
            asked.weekends.append(asked.weekends[day] + (works && isWeekend ? demand[day] : 0))
        }
        let prices = presence.prices(for: person, charging: SIMD4())
        return Way(
            node: Int(model.root), counted: Array(repeating: 0, count: model.path.limits.count),
            outlook: pricer.outlook(person, before: stages.map(\.upperBound), prices), asked: asked)
    }

    /// The part of a whole that is due by the end of a stage, as what is asked for is shared out over the period.
    private func due(_ whole: Int, of asked: [Double], _ stage: Int) -> Double {
        Double(whole) * asked[stages[stage].upperBound] / max(1, asked[problem.dayCount])
    }

    /// Heads that are asked for on each day, in minutes, as far as there are people: at most five days in seven of
    /// the longest duty each.
    private static func demand(_ problem: Problem, _ component: Int) -> [Double] {
        let people = problem.components[component].people.map { problem.people[$0] }
        let most = people.reduce(0.0) { $0 + Double(Int($1.hours.longest) * $1.hours.step) * 5 / 7 }
        var demand = Array(repeating: 0.0, count: problem.dayCount)
        for row in problem.components[component].rows.lazy.map({ problem.rows[$0] }) where row.shape == .heads
        {
            guard let day = problem.days.lastIndex(where: { $0.start <= row.start }) else { continue }
            demand[day] += Double(max(0, max(row.kneeTop, row.minimum) - row.base) * row.minutes)
        }
        return demand.map { min($0, most) }
    }

    /// A person's best days in a stage; nil if none lead to a lawful end.
    private mutating func part(
        _ person: Int, _ way: Way, _ stage: Int
    ) -> (slots: [UInt8], arcs: [LineArc])? {
        let model = problem.people[person]
        let days = stages[stage]
        var stretch = Pricer.Stretch(
            days: days, node: way.node, hours: Int32(way.hours), ends: way.outlook[stage])
        pricer.fillDayPrices(person, presence.prices(for: person, charging: SIMD4()), days: days)
        let lawful = way.outlook[stage]
        if days.upperBound < problem.dayCount {
            let total = Int(model.hours.lawful.low + model.hours.lawful.high) / 2
            let target = Int32(due(total, of: way.asked.days, stage))
            let room = 2 * model.hours.longest
            let near = Span(low: target - room, high: target + room)
            stretch.ends = lawful.map { $0.cut(to: near) }
            if let most = model.mostWeekends {
                stretch.mostWeekends =
                    Int32(due(most, of: way.asked.weekends, stage).rounded(.up)) - Int32(way.weekends)
            }
        }
        if let part = part(model, way, stage, stretch) { return part }
        stretch.ends = lawful
        stretch.mostWeekends = .max
        return part(model, way, stage, stretch)
    }

    /// Where a limit on shifts would be exceeded, the dearest of them are closed.
    private func part(
        _ model: PersonModel, _ way: Way, _ stage: Int, _ stretch: Pricer.Stretch
    ) -> (slots: [UInt8], arcs: [LineArc])? {
        let days = stages[stage]
        let kinds = model.kindCount
        let counts = model.path.limits.indices.filter { model.path.limits[$0].isCount }
        for _ in 0...counts.count {
            guard Pricer.isReachable(pricer.fill(model, stretch)) else { return nil }
            let found = pricer.path(model, banning: [])
            var isWithin = true
            for index in counts {
                let limit = model.path.limits[index]
                let room = Int(due(limit.limit, of: way.asked.days, stage).rounded(.up)) - way.counted[index]
                let cells = found.arcs.enumerated().map { (days.lowerBound + $0) * kinds + Int($1.kind) }
                    .filter { limit.burdens[$0] > 0 }
                guard cells.count > room else { continue }
                isWithin = false
                let kept = Set(
                    cells.sorted { (pricer.dayPrice[$0], $0) < (pricer.dayPrice[$1], $1) }.prefix(
                        max(0, room)))
                for cell in (days.lowerBound * kinds)..<(days.upperBound * kinds)
                where limit.burdens[cell] > 0 && !kept.contains(cell) {
                    pricer.dayPrice[cell] = Pricer.unreachable
                }
            }
            if isWithin { return found }
        }
        return nil
    }

    private mutating func advance(
        _ person: Int, by part: (slots: [UInt8], arcs: [LineArc]), _ stage: Int
    ) {
        guard var way = ways[person] else { return }
        let model = problem.people[person]
        let extras = problem.graphs[model.graph].extras
        for (day, arc) in zip(stages[stage], part.arcs) {
            let cell = day * model.kindCount + Int(arc.kind)
            way.hours += Int(model.hours.length[cell])
            way.node = Int(arc.target)
            if extras[Int(arc.extra)].startsWeekend { way.weekends += 1 }
            for index in way.counted.indices { way.counted[index] += model.path.limits[index].burdens[cell] }
        }
        way.slots += part.slots
        ways[person] = way
    }
}
