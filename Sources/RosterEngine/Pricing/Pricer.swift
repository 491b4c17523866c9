/// Finds a person's cheapest line at given prices: one backward table over the graph of lines.
///
/// It allocates its tables once. `price` fills a table of the day's cheapest slot of each kind, then walks the
/// layers backwards; nothing is hashed and nothing is allocated until a line is handed out.
///
/// - Complexity: arcs of the graph + (days × slots × rows covered), for one line.
final class Pricer {
    private let problem: Problem
    private var value: [Int64]
    private var bestArc: [Int32]
    private var dayPrice: [Int64]
    private var daySlot: [UInt8]
    private var extraPrice: [Int64]

    /// A duty kind that may not be worked on a day, while a path rule is being satisfied.
    private struct Ban {
        let day: Int
        let kind: UInt16
    }

    /// Cells that are closed or forced during a dive, by person: nil where everything is open.
    var closed: [[Bool]?]

    init(_ problem: Problem) {
        self.problem = problem
        value = Array(repeating: 0, count: problem.graphs.map(\.nodeCount).max() ?? 1)
        bestArc = Array(repeating: -1, count: value.count)
        let kinds = problem.people.map { Int($0.slots.map(\.kind).max() ?? 0) + 1 }.max() ?? 1
        dayPrice = Array(repeating: 0, count: kinds * problem.dayCount)
        daySlot = Array(repeating: 0, count: kinds * problem.dayCount)
        extraPrice = Array(repeating: 0, count: problem.graphs.map(\.extras.count).max() ?? 1)
        closed = Array(repeating: nil, count: problem.people.count)
    }

    static let unreachable = Int64.max / 4

    /// An unreachable node can look a little cheaper by the arcs before it, but never by this much.
    static func isReachable(_ price: Int64) -> Bool { price < unreachable / 2 }

    /// A rule broken by more duties than this together is one on totals: branching on one duty says too little.
    private static let longestBranching = 9

    /// The outcome of pricing one person.
    struct Priced {
        /// A lower bound on the price of every lawful line; exact unless path rules had to be met.
        let bound: Int64
        /// The cheapest lawful line that was found, with its price; nil if there is none or none was found.
        let line: Line?
        let price: Int64
    }

    /// The cheapest lawful line of a person.
    ///
    /// Path rules are met by branching: of the duties that break one together, one must go. The bound is
    /// that of the relaxation without path rules, so it holds even when branching is cut short.
    func price(_ person: Int, _ prices: Prices, branchLimit: Int = 24) -> Priced {
        fillDayPrices(person, prices)
        let model = problem.people[person]
        let graph = problem.graphs[model.graph]
        let kinds = kindCount(person)
        let bound = table(graph, root: model.root, kinds: kinds)
        guard Self.isReachable(bound) else {
            return Priced(bound: bound, line: nil, price: Self.unreachable)
        }
        var open: [(bans: [Ban], price: Int64)] = [([], bound)]
        var expanded = 0
        while let best = open.indices.min(by: { open[$0].price < open[$1].price }), expanded < branchLimit {
            let node = open.remove(at: best)
            expanded += 1
            let price = node.bans.isEmpty ? bound : solve(graph, model.root, kinds, banning: node.bans)
            let (slots, arcs) = path(graph, root: model.root, kinds: kinds)
            let duties = model.path.duties(arcs.map(\.kind))
            guard let violation = model.path.violation(duties) else {
                let line = problem.line(person, slots: slots, arcs: arcs, duties: duties)
                return Priced(bound: bound, line: line, price: price + softPathPenalty(model, duties, prices))
            }
            if violation.days.count > Self.longestBranching {
                return dearerHours(person, bound: bound, kinds: kinds, prices)
            }
            for day in violation.days {
                let bans = node.bans + [Ban(day: day, kind: arcs[day].kind)]
                let price = solve(graph, model.root, kinds, banning: bans)
                if Self.isReachable(price) { open.append((bans, price)) }
            }
        }
        return Priced(bound: bound, line: nil, price: Self.unreachable)
    }

    /// Meets a rule on total hours by making every hour dearer until the cheapest line is short enough.
    private func dearerHours(_ person: Int, bound: Int64, kinds: Int, _ prices: Prices) -> Priced {
        let model = problem.people[person]
        let graph = problem.graphs[model.graph]
        let saved = dayPrice
        defer { dayPrice = saved }
        var low: Int64 = 0
        var high: Int64 = Prices.scale * 16
        var found = Priced(bound: bound, line: nil, price: Self.unreachable)
        for _ in 0..<18 {
            let hour = found.line == nil ? high : (low + high) / 2
            for day in 0..<problem.dayCount {
                for kind in 1..<kinds where Self.isReachable(saved[day * kinds + kind]) {
                    let minutes = Int64(model.path.dutyFacts[day][kind]?.working ?? 0)
                    dayPrice[day * kinds + kind] = saved[day * kinds + kind] + minutes * hour
                }
            }
            _ = table(graph, root: model.root, kinds: kinds)
            let (slots, arcs) = path(graph, root: model.root, kinds: kinds)
            let duties = model.path.duties(arcs.map(\.kind))
            if model.path.violation(duties) == nil {
                var price = softPathPenalty(model, duties, prices)
                for (day, arc) in arcs.enumerated() {
                    price += saved[day * kinds + Int(arc.kind)] + extraPrice[Int(arc.extra)]
                }
                if price < found.price {
                    let line = problem.line(person, slots: slots, arcs: arcs, duties: duties)
                    found = Priced(bound: bound, line: line, price: price)
                }
                high = hour
            } else {
                low = hour
                if found.line == nil { high = hour * 4 }
            }
            if found.line != nil, high - low <= 1 { break }
        }
        return found
    }

    private func softPathPenalty(_ model: PersonModel, _ duties: [PlacedDuty], _ prices: Prices) -> Int64 {
        prices.countsLineCost ? model.path.penalty(duties) * Prices.scale : 0
    }

    private func kindCount(_ person: Int) -> Int {
        Int(problem.people[person].slots.map(\.kind).max() ?? 0) + 1
    }

    /// For each day and kind of duty the cheapest slot.
    private func fillDayPrices(_ person: Int, _ prices: Prices) {
        let model = problem.people[person]
        let kinds = kindCount(person)
        let slotCount = model.slots.count
        let counter = prices.counters[person]
        let factor = prices.countsLineCost ? Prices.scale : 0
        let shut = closed[person]
        for index in 0..<(kinds * problem.dayCount) { dayPrice[index] = Self.unreachable }
        for day in 0..<problem.dayCount {
            for slot in 0..<slotCount {
                let index = day * slotCount + slot
                guard model.allowed[index], !(shut?[index] ?? false) else { continue }
                var price = model.cost[index] * factor
                price += Int64(model.paid[index]) * counter[0]
                if model.night[index] { price += counter[1] }
                price += Int64(model.refused[index]) * counter[3]
                for entry in model.cover(index) {
                    price -= prices.rows[Int(model.coverRow[entry])] * Int64(model.coverUnits[entry])
                }
                let cell = day * kinds + Int(model.slots[slot].kind)
                if price < dayPrice[cell] {
                    dayPrice[cell] = price
                    daySlot[cell] = UInt8(slot)
                }
            }
        }
        let graph = problem.graphs[model.graph]
        for (index, extra) in graph.extras.enumerated() {
            extraPrice[index] = extra.penalty * factor + (extra.startsWeekend ? counter[2] : 0)
        }
    }

    private func solve(_ graph: LineGraph, _ root: Int32, _ kinds: Int, banning bans: [Ban]) -> Int64 {
        let saved = bans.map { dayPrice[$0.day * kinds + Int($0.kind)] }
        for ban in bans { dayPrice[ban.day * kinds + Int(ban.kind)] = Self.unreachable }
        let price = table(graph, root: root, kinds: kinds)
        // Backwards, so that a ban that stands twice is restored to what it was at first.
        for (ban, price) in zip(bans, saved).reversed() { dayPrice[ban.day * kinds + Int(ban.kind)] = price }
        return price
    }

    /// Fills the table from the last layer to the first; the price of the root.
    private func table(_ graph: LineGraph, root: Int32, kinds: Int) -> Int64 {
        value.withUnsafeMutableBufferPointer { value in
            bestArc.withUnsafeMutableBufferPointer { bestArc in
                dayPrice.withUnsafeBufferPointer { dayPrice in
                    extraPrice.withUnsafeBufferPointer { extraPrice in
                        graph.arcs.withUnsafeBufferPointer { arcs in
                            graph.firstArc.withUnsafeBufferPointer { firstArc in
                                value[graph.firstNode[graph.dayCount]] = 0
                                for day in stride(from: graph.dayCount - 1, through: 0, by: -1) {
                                    let prices = dayPrice.baseAddress.unsafelyUnwrapped + day * kinds
                                    for node in graph.firstNode[day]..<graph.firstNode[day + 1] {
                                        var best = Self.unreachable
                                        var choice: Int32 = -1
                                        for arc in Int(firstArc[node])..<Int(firstArc[node + 1]) {
                                            let step = arcs[arc]
                                            let price =
                                                prices[Int(step.kind)] + extraPrice[Int(step.extra)]
                                                + value[Int(step.target)]
                                            if price < best {
                                                best = price
                                                choice = Int32(arc)
                                            }
                                        }
                                        value[node] = best
                                        bestArc[node] = choice
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return value[Int(root)]
    }

    private func path(_ graph: LineGraph, root: Int32, kinds: Int) -> (slots: [UInt8], arcs: [LineArc]) {
        var slots: [UInt8] = []
        var arcs: [LineArc] = []
        slots.reserveCapacity(graph.dayCount)
        arcs.reserveCapacity(graph.dayCount)
        var node = root
        for day in 0..<graph.dayCount {
            let arc = graph.arcs[Int(bestArc[Int(node)])]
            arcs.append(arc)
            slots.append(daySlot[day * kinds + Int(arc.kind)])
            node = arc.target
        }
        return (slots, arcs)
    }
}
