/// A line of work: how one person spends each day of the period, lawful as a whole.
struct Line: Sendable {
    let person: Int
    /// For each day the index of the person's slot, 0 for a day off.
    let slots: [UInt8]
    /// What it costs by itself on level 3: wishes, substitution, disruption, breaks of soft rules.
    let cost: Int64
    /// By ``CounterKind``.
    let totals: SIMD4<Int32>

    func total(_ kind: CounterKind) -> Int { Int(totals[kind.rawValue]) }
}

extension Problem {
    /// The line made of `slots`, or nil if a hard rule forbids it.
    func line(_ person: Int, slots: [UInt8]) -> Line? {
        let model = people[person]
        let kinds = slots.map { model.slots[Int($0)].kind }
        for (day, slot) in slots.enumerated() {
            let index = model.index(day, Int(slot))
            if !model.allowed[index] || model.reserved.contains(index) { return nil }
        }
        guard let arcs = graphs[model.graph].walk(kinds, from: model.root) else { return nil }
        let duties = model.path.duties(kinds)
        guard model.path.violation(duties) == nil else { return nil }
        let paid = slots.enumerated().reduce(0) {
            $0 + Int(model.paid[model.index($1.offset, Int($1.element))])
        }
        let hours = paid / model.hours.step
        guard hours <= model.hours.steps, model.hours.cost[hours] >= 0 else { return nil }
        return line(person, slots: slots, arcs: arcs, duties: duties)
    }

    func line(_ person: Int, slots: [UInt8], arcs: [LineArc], duties: [PlacedDuty]) -> Line {
        let model = people[person]
        let extras = graphs[model.graph].extras
        var cost = model.path.penalty(duties)
        var totals = SIMD4<Int32>()
        for (day, slot) in slots.enumerated() {
            let index = model.index(day, Int(slot))
            cost += model.cost[index]
            totals[CounterKind.paid.rawValue] += model.paid[index]
            if model.night[index] { totals[CounterKind.nights.rawValue] += 1 }
            totals[CounterKind.refused.rawValue] += Int32(model.refused[index])
            let extra = extras[Int(arcs[day].extra)]
            cost += extra.penalty
            if extra.startsWeekend { totals[CounterKind.weekends.rawValue] += 1 }
        }
        return Line(person: person, slots: slots, cost: cost, totals: totals)
    }

    /// All ways to spend a day but the line's own, on days that are not open: cells of the person's model.
    func closed(_ line: Line, but open: OpenDays) -> [Bool] {
        let width = people[line.person].slots.count
        var closed = Array(repeating: false, count: dayCount * width)
        for (day, slot) in line.slots.enumerated() where !open.contains(day) {
            for index in 0..<width where index != Int(slot) { closed[day * width + index] = true }
        }
        return closed
    }

    /// Calls `body` with each row that the line covers and by how many units.
    @inline(__always)
    func forEachCover(of line: Line, _ body: (_ row: Int, _ units: Int) -> Void) {
        forEachCover(of: line.slots, by: line.person, body)
    }

    @inline(__always)
    func forEachCover(of slots: [UInt8], by person: Int, _ body: (_ row: Int, _ units: Int) -> Void) {
        let model = people[person]
        for (day, slot) in slots.enumerated() where slot != 0 {
            for entry in model.cover(model.index(day, Int(slot))) {
                body(Int(model.coverRow[entry]), Int(model.coverUnits[entry]))
            }
        }
    }

    /// What the line's totals cost on level 3.
    func counterCost(_ line: Line) -> Int64 {
        let model = people[line.person]
        let hours = model.hours.cost[line.total(.paid) / model.hours.step]
        return model.counters.reduce(hours) { $0 + $1.cost(line.total($1.kind)) }
    }
}
