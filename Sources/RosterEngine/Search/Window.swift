/// A part of a component as a problem of its own: some people on some days, all else of a rota standing.
///
/// Whatever is done with it takes as long as the part is long, however long the period. Its rotas and those of the whole
/// differ in cost by the same for all of them.
struct Window {
    let problem: Problem
    /// The part of the rota that it was cut from.
    let incumbent: Incumbent
    private let whole: Problem
    private let lines: [Line]
    private let days: [Int]
    /// The row of the whole for each row of the part.
    private let rows: [Int]

    /// Nil where rules look at more of a line than its days and sums, or at weeks or other people.
    init?(_ whole: Problem, _ rota: Incumbent, free: Set<Int>, days open: OpenDays) {
        let parts = open.parts
        let days = parts.flatMap(\.self)
        let lines = rota.lines.filter { free.contains($0.person) }
        guard !days.isEmpty, whole.components[rota.component].weeks.isEmpty else { return nil }
        var isReached = Array(repeating: false, count: whole.rows.count)
        for line in lines {
            let model = whole.people[line.person]
            for day in days {
                let cells =
                    Int(
                        model.coverStart[model.index(day, 0)])..<Int(
                        model.coverStart[model.index(day + 1, 0)])
                for row in model.coverRow[cells] { isReached[Int(row)] = true }
            }
        }
        let rows = isReached.indices.filter { isReached[$0] }
        var place = Array(repeating: Int32(-1), count: whole.rows.count)
        var cover = rows.map { whole.rows[$0] }
        for (index, row) in rows.enumerated() {
            place[row] = Int32(index)
            cover[index].base = Int(rota.values[row])
        }
        for line in lines {
            let model = whole.people[line.person]
            for day in days {
                for entry in model.cover(model.index(day, Int(line.slots[day]))) {
                    cover[Int(place[Int(model.coverRow[entry])])].base -= Int(model.coverUnits[entry])
                }
            }
        }
        var people: [PersonModel] = []
        var graphs: [LineGraph] = []
        for (index, line) in lines.enumerated() {
            guard
                let (model, graph) = PersonModel.part(
                    of: line, in: whole, parts: parts, graph: index, rows: place)
            else { return nil }
            people.append(model)
            graphs.append(graph)
        }
        let component = Component(people: Array(people.indices), rows: Array(cover.indices), weeks: [])
        problem = Problem(
            scenario: whole.scenario, days: days.map { whole.days[$0] }, rows: cover, weeks: [],
            people: people,
            graphs: graphs, components: [component],
            groups: [Problem.groups(of: component, rows: cover, people: people)],
            costGrids: [whole.costGrids[rota.component]])
        var own: [Line] = []
        for (index, line) in lines.enumerated() {
            guard let part = problem.line(index, slots: days.map { line.slots[$0] }) else { return nil }
            own.append(part)
        }
        incumbent = Incumbent(problem, component: 0, lines: own)
        self.whole = whole
        self.lines = lines
        self.days = days
        self.rows = rows
    }

    /// Roughly the nanoseconds that cutting it out took, counted and not measured.
    var work: Double {
        let arcs = problem.graphs.reduce(0) { $0 + $1.arcs.count }
        return 50 * Double(arcs) + 600 * Double(lines.count * whole.dayCount)
    }

    /// Lines of the part put into the whole lines that they were cut from.
    func whole(_ parts: [Line]) -> [Line] {
        parts.compactMap { part in
            let line = lines[part.person]
            var slots = line.slots
            for (day, slot) in zip(days, part.slots) { slots[day] = slot }
            return whole.line(line.person, slots: slots)
        }
    }

    /// The part of prices of the whole.
    func part(of prices: Prices) -> Prices {
        var part = Prices(problem: problem, countsLineCost: prices.countsLineCost)
        for (index, row) in rows.enumerated() { part.rows[index] = prices.rows[row] }
        for (index, line) in lines.enumerated() { part.counters[index] = prices.counters[line.person] }
        part.held = prices.held
        return part
    }
}

extension PersonModel {
    /// A person's choices on some days when the rest of a line stands, and the graph of them.
    ///
    /// - Parameters:
    ///   - graph: what the graph's index will be.
    ///   - rows: for each row of the whole its index in the part.
    fileprivate static func part(
        of line: Line, in whole: Problem, parts: [Range<Int>], graph index: Int, rows: [Int32]
    ) -> (PersonModel, LineGraph)? {
        let model = whole.people[line.person]
        let graph = whole.graphs[model.graph]
        let kinds = line.slots.map { model.slots[Int($0)].kind }
        guard model.reserved.isEmpty, let arcs = graph.walk(kinds, from: model.root) else { return nil }
        let days = parts.flatMap(\.self)
        var isOpen = Array(repeating: false, count: kinds.count)
        for day in days { isOpen[day] = true }
        let standing = model.path.duties(kinds.indices.map { isOpen[$0] ? 0 : kinds[$0] })
        guard let path = model.path.part(of: days, standing: standing) else { return nil }

        let width = model.slots.count
        let cells = days.flatMap { model.index($0, 0)..<model.index($0 + 1, 0) }
        var allowed = cells.map { model.allowed[$0] }
        var kindsOpen = Array(repeating: false, count: days.count * model.kindCount)
        var start: [Int32] = [0]
        var row: [Int32] = []
        var units: [Int32] = []
        for (index, cell) in cells.enumerated() {
            let kind = index / width * model.kindCount + Int(model.slots[index % width].kind)
            // What a limit leaves no room for need not be looked at.
            if path.limits.contains(where: { $0.isCount && $0.limit <= 0 && $0.burdens[kind] > 0 }) {
                allowed[index] = false
            }
            if allowed[index] {
                kindsOpen[kind] = true
                for entry in model.cover(cell) {
                    row.append(rows[Int(model.coverRow[entry])])
                    units.append(model.coverUnits[entry])
                }
            }
            start.append(Int32(row.count))
        }
        let own = graph.part(
            parts, of: (kinds, arcs), root: model.root, isOpen: kindsOpen, kinds: model.kindCount)
        guard let own, let root = own.roots.first.flatMap(\.self) else { return nil }

        var elsewhere = SIMD4<Int32>()
        for day in kinds.indices where !isOpen[day] {
            let cell = model.index(day, Int(line.slots[day]))
            elsewhere[CounterKind.paid.rawValue] += model.paid[cell]
            if model.night[cell] { elsewhere[CounterKind.nights.rawValue] += 1 }
            elsewhere[CounterKind.refused.rawValue] += Int32(model.refused[cell])
            if graph.extras[Int(arcs[day].extra)].startsWeekend {
                elsewhere[CounterKind.weekends.rawValue] += 1
            }
        }
        let hours = HoursLedger(
            model.hours, days: days, kinds: model.kindCount,
            standing: Int(elsewhere[CounterKind.paid.rawValue]) / model.hours.step)
        let part = PersonModel(
            person: model.person, graph: index, root: root, slots: model.slots, allowed: allowed,
            cost: cells.map { model.cost[$0] }, paid: cells.map { model.paid[$0] },
            night: cells.map { model.night[$0] }, refused: cells.map { model.refused[$0] },
            wishCost: cells.map { model.wishCost[$0] }, coverStart: start, coverRow: row, coverUnits: units,
            counters: model.counters.map { $0.shifted(by: Int(elsewhere[$0.kind.rawValue])) }, hours: hours,
            path: path, mostWeekends: nil, kindCount: model.kindCount)
        return (part, own)
    }
}

extension Counter {
    /// The same cost when so much is counted already.
    func shifted(by total: Int) -> Counter {
        Counter(
            kind: kind, floor: floor - total, underSlope: underSlope,
            kinks: kinks.map { Kink(from: $0.from - total, slope: $0.slope) })
    }
}
