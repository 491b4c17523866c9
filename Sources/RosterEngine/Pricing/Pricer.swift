import CRelaxation
import Roster

/// Finds a person's cheapest line at given prices: one backward table over the graph of lines and the hours
/// worked so far.
///
/// `table[node, hours]` is the price of the cheapest way on from a node when so many hours are behind. So the
/// limits on total hours hold exactly and the contract's balance is priced as it is, on the last layer.
/// Prices are integers kept in doubles, which are exact far beyond any sum here and which every processor can
/// take the minimum of several at once. The table allocates once, and hashes nothing.
///
/// - Complexity: arcs of the graph × hours, for one line.
final class Pricer {
    private let problem: Problem
    private var table: UnsafeMutableBufferPointer<Double>
    private var dayPrice: [Double]
    private var daySlot: [UInt8]
    private var extraPrice: [Double]
    /// Length of each kind on each day, in units of the person's hours.
    private var dayLength: [Int32]

    /// What a line has to be cheaper than to be worth a long search; nil for a short one.
    private var threshold: Double?

    /// A duty kind that may not be worked on a day, while a path rule is being satisfied.
    private struct Ban {
        let day: Int
        let kind: UInt16
    }

    /// Cells that are closed during a dive, by person: nil where everything is open.
    var closed: [[Bool]?]
    /// For a bound: cells that no rota may choose are open too.
    var opensReserved = false

    init(_ problem: Problem) {
        self.problem = problem
        let size = problem.people.map { problem.graphs[$0.graph].nodeCount * ($0.hours.steps + 1) }.max() ?? 1
        table = .allocate(capacity: size)
        table.initialize(repeating: 0)
        let kinds = problem.people.map(\.kindCount).max() ?? 1
        dayPrice = Array(repeating: 0, count: kinds * problem.dayCount)
        daySlot = Array(repeating: 0, count: kinds * problem.dayCount)
        dayLength = Array(repeating: 0, count: kinds * problem.dayCount)
        extraPrice = Array(repeating: 0, count: problem.graphs.map(\.extras.count).max() ?? 1)
        closed = Array(repeating: nil, count: problem.people.count)
    }

    deinit { table.deallocate() }

    static let unreachable = 1e15

    /// An unreachable node can look a little cheaper by the arcs before it, but never by this much.
    static func isReachable(_ price: Double) -> Bool { price < unreachable / 2 }

    /// The outcome of pricing one person.
    struct Priced {
        /// A lower bound on the price of every lawful line; exact unless meeting path rules was cut short.
        private(set) var bound: Int64
        /// The cheapest lawful line that was found, with its price; nil if there is none or none was found.
        private(set) var line: Line?
        private(set) var price: Int64

        /// The better of two, for the lines of both.
        mutating func take(_ other: Priced) {
            bound = min(bound, other.bound)
            guard other.price < price else { return }
            line = other.line
            price = other.price
        }

        static func nothing(_ bound: Double) -> Priced {
            Priced(bound: Int64(bound), line: nil, price: Int64(Pricer.unreachable))
        }

        func bounded(by bound: Double) -> Priced { Priced(bound: Int64(bound), line: line, price: price) }
    }

    /// The cheapest lawful line of a person.
    ///
    /// Path rules are met by branching, the cheapest node first: of the duties that break one together, one
    /// must go. So every lawful line is in the nodes that are open, and the least of their prices is a bound,
    /// however early branching is cut short.
    ///
    /// - Parameter threshold: if given, takes its time to find a line that is cheaper than this, or to prove
    ///   that there is none.
    func price(_ person: Int, _ prices: Prices, threshold: Double? = nil, branchLimit: Int = 24) -> Priced {
        self.threshold = threshold
        fillDayPrices(person, prices)
        let model = problem.people[person]
        let relaxed = fill(model)
        guard Self.isReachable(relaxed) else { return .nothing(relaxed) }
        var open: [(bans: [Ban], price: Double)] = [([], relaxed)]
        var best = Priced.nothing(Self.unreachable)
        for expanded in 0..<branchLimit {
            guard let pick = open.indices.min(by: { open[$0].price < open[$1].price }),
                open[pick].price < Double(best.price)
            else { break }
            let node = open.remove(at: pick)
            if expanded > 0 { _ = fill(model, banning: node.bans) }
            let (slots, arcs) = path(model, banning: node.bans)
            let duties = model.path.duties(arcs.map(\.kind))
            switch model.path.violation(duties) {
            case nil:
                let line = problem.line(person, slots: slots, arcs: arcs, duties: duties)
                let soft = prices.countsLineCost ? model.path.penalty(duties) * Prices.scale : 0
                best.take(Priced(bound: Int64(node.price), line: line, price: Int64(node.price) + soft))
            case .total(let rule):
                best.take(dearer(rule, person, bans: node.bans, bound: node.price, prices))
            case .duties(let days):
                for day in days {
                    let bans = node.bans + [Ban(day: day, kind: arcs[day].kind)]
                    let price = fill(model, banning: bans)
                    if Self.isReachable(price) { open.append((bans, price)) }
                }
            }
        }
        let bound = min(Double(best.bound), open.lazy.map(\.price).min() ?? Self.unreachable)
        return best.line == nil ? lessWork(person, bound: bound, prices) : best.bounded(by: bound)
    }

    /// Fewer hours break fewer rules, and none at all breaks none, unless a pinned duty has to be made up for.
    private func lessWork(_ person: Int, bound: Double, _ prices: Prices) -> Priced {
        let priced = dearer(nil, person, bans: [], bound: bound, prices)
        return priced.line == nil ? compromise(person, bound: priced.bound, prices) : priced
    }

    /// Meets a rule on a total by pricing what it limits, dearer until the cheapest line has little enough.
    ///
    /// A Lagrangian search. The line need not be the very cheapest; the bound is the best of those that the
    /// rates give, each of which holds.
    ///
    /// - Parameter rule: index of the path rule; nil for hours of work, whatever rule is in the way.
    private func dearer(
        _ rule: Int?, _ person: Int, bans: [Ban], bound: Double, _ prices: Prices
    ) -> Priced {
        let model = problem.people[person]
        let kinds = model.kindCount
        let saved = dayPrice
        defer { dayPrice = saved }
        let limit = model.path.burdenLimit(rule)
        var bound = bound
        var boundRate = 0.0
        var low = 0.0
        var high = 1.0
        var best: (line: Line, price: Int64)?
        let burdens = (0..<problem.dayCount).flatMap { day in
            (0..<kinds).map { $0 == 0 ? 0 : Double(model.path.burden(rule, day: day, kind: $0)) }
        }
        func charge(_ rate: Double) {
            for (cell, burden) in burdens.enumerated() where saved[cell] < Self.unreachable {
                dayPrice[cell] = saved[cell] + (burden * rate).rounded(.down)
            }
        }
        for _ in 0..<20 {
            let rate = best == nil ? high : (low + high) / 2
            charge(rate)
            let value = fill(model, banning: bans)
            guard Self.isReachable(value) else { break }
            if let limit, (value - limit * rate).rounded(.down) > bound {
                bound = (value - limit * rate).rounded(.down)
                boundRate = rate
            }
            let (slots, arcs) = path(model, banning: bans)
            let duties = model.path.duties(arcs.map(\.kind))
            if model.path.violation(duties) == nil {
                let line = problem.line(person, slots: slots, arcs: arcs, duties: duties)
                let price = price(of: line, arcs, duties, dayPrice: saved, prices)
                if best.map({ price < $0.price }) ?? true { best = (line, price) }
                high = rate
            } else {
                low = rate
                if best == nil { high = rate * 6 }
            }
            if best != nil, high - low < 0.02 * high { break }
        }
        let priced = Priced(
            bound: Int64(bound), line: best?.line, price: best?.price ?? Int64(Self.unreachable))
        guard let limit, best.map({ Double($0.price) > bound + Self.tolerance }) ?? true else {
            return priced
        }
        charge(boundRate)
        guard Self.isReachable(fill(model, banning: bans)) else { return priced }
        return cheaper(
            than: priced, person, bans: bans, burdens: burdens, limit: limit, rate: boundRate,
            dayPrice: saved,
            prices)
    }

    /// Prices that differ by less are the same: half a sixtieth of a point.
    private static let tolerance = Double(Prices.scale / 2)
    /// Arcs that a short and a long search look at before they give up.
    private static let patience = (short: 4_000, long: 1_000_000)

    /// Looks for a lawful line that is cheaper than one that is known, depth first, with the table that was
    /// filled last as bound on what is to come. If it gets to the end, the price is exact.
    ///
    /// - Parameters:
    ///   - burdens: what each kind of duty on each day adds to what a rule limits, and the limit.
    ///   - rate: by which burdens are charged in the table.
    ///   - own: the prices of days without what was charged on top.
    private func cheaper(
        than known: Priced, _ person: Int, bans: [Ban], burdens: [Double], limit: Double, rate: Double,
        dayPrice own: [Double], _ prices: Prices
    ) -> Priced {
        let model = problem.people[person]
        let graph = problem.graphs[model.graph]
        let kinds = model.kindCount
        let width = model.hours.steps + 1
        let days = graph.dayCount
        let lightest = lightestWays(model, burdens: burdens)
        let patience = threshold == nil ? Self.patience.short : Self.patience.long
        let worthwhile = threshold ?? .infinity
        var best = known
        var node = Array(repeating: Int(model.root), count: days + 1)
        var hours = Array(repeating: 0, count: days + 1)
        var behind = Array(repeating: (price: 0.0, burden: 0.0), count: days + 1)
        var next = Array(repeating: Int(graph.firstArc[Int(model.root)]), count: days + 1)
        var arcs: [LineArc] = []
        arcs.reserveCapacity(days)
        var seen = 0
        while true {
            let day = arcs.count
            if day == days || next[day] == Int(graph.firstArc[node[day] + 1]) {
                if day == 0 { break }
                // What was charged is no part of the line's own price.
                // What was charged is no part of the line's own price.
                let whole =
                    day == days ? behind[day].price + table[node[day] * width + hours[day]] : .infinity
                if whole - rate * behind[day].burden < min(Double(best.price), worthwhile),
                    let found = lawful(person, arcs)
                {
                    let price = price(of: found.line, arcs, found.duties, dayPrice: own, prices)
                    if price < best.price {
                        best = Priced(bound: known.bound, line: found.line, price: price)
                    }
                }
                arcs.removeLast()
                continue
            }
            let arc = graph.arcs[next[day]]
            next[day] += 1
            seen += 1
            if seen > patience { return best }
            let cell = day * kinds + Int(arc.kind)
            let after = hours[day] + Int(dayLength[cell])
            let burden = behind[day].burden + burdens[cell]
            guard after < width, dayPrice[cell] < Self.unreachable,
                burden + lightest[Int(arc.target)] <= limit,
                !bans.contains(where: { $0.day == day && $0.kind == arc.kind })
            else { continue }
            let price = behind[day].price + dayPrice[cell] + extraPrice[Int(arc.extra)]
            let least = price + table[Int(arc.target) * width + after] - limit * rate
            guard least < min(Double(best.price), worthwhile) - Self.tolerance else { continue }
            arcs.append(arc)
            node[day + 1] = Int(arc.target)
            hours[day + 1] = after
            behind[day + 1] = (price, burden)
            next[day + 1] = Int(graph.firstArc[Int(arc.target)])
        }
        let least = min(Double(best.price), worthwhile) - Self.tolerance
        return best.bounded(by: max(Double(known.bound), least))
    }

    /// For each node the least burden that any way on from it brings.
    private func lightestWays(_ model: PersonModel, burdens: [Double]) -> [Double] {
        let graph = problem.graphs[model.graph]
        var lightest = Array(repeating: Double.infinity, count: graph.nodeCount)
        for node in graph.firstNode[graph.dayCount]..<graph.nodeCount { lightest[node] = 0 }
        for day in stride(from: graph.dayCount - 1, through: 0, by: -1) {
            for node in graph.firstNode[day]..<graph.firstNode[day + 1] {
                for index in Int(graph.firstArc[node])..<Int(graph.firstArc[node + 1]) {
                    let arc = graph.arcs[index]
                    let cell = day * model.kindCount + Int(arc.kind)
                    guard dayPrice[cell] < Self.unreachable else { continue }
                    lightest[node] = min(lightest[node], burdens[cell] + lightest[Int(arc.target)])
                }
            }
        }
        return lightest
    }

    /// The line of a path through the graph if no rule on paths forbids it.
    private func lawful(_ person: Int, _ arcs: [LineArc]) -> (line: Line, duties: [PlacedDuty])? {
        let model = problem.people[person]
        let duties = model.path.duties(arcs.map(\.kind))
        guard model.path.violation(duties) == nil else { return nil }
        let slots = arcs.enumerated().map { daySlot[$0 * model.kindCount + Int($1.kind)] }
        return (problem.line(person, slots: slots, arcs: arcs, duties: duties), duties)
    }

    /// Makes up for a rule that even the least work breaks, as a pinned night breaks a limit on the share of
    /// nights: other work is made worth its while, and given up again, the dearest first, until nothing is
    /// broken. The line need not be the cheapest.
    private func compromise(_ person: Int, bound: Int64, _ prices: Prices) -> Priced {
        let model = problem.people[person]
        let saved = dayPrice
        defer { dayPrice = saved }
        weigh(nil, person, from: saved)
        guard Self.isReachable(fill(model)) else { return .nothing(Double(bound)) }
        let least = model.path.duties(path(model, banning: []).arcs.map(\.kind))
        guard case .total(let rule) = model.path.violation(least) else { return .nothing(Double(bound)) }
        weigh(rule, person, from: saved)
        var bans: [Ban] = []
        while bans.count < problem.dayCount * model.kindCount, Self.isReachable(fill(model, banning: bans)) {
            let (slots, arcs) = path(model, banning: bans)
            let duties = model.path.duties(arcs.map(\.kind))
            var days = arcs.indices.filter { arcs[$0].kind != 0 && model.slots[Int(slots[$0])].fixed == nil }
            switch model.path.violation(duties) {
            case nil:
                let line = problem.line(person, slots: slots, arcs: arcs, duties: duties)
                let price = price(of: line, arcs, duties, dayPrice: saved, prices)
                return Priced(bound: bound, line: line, price: price)
            case .total(rule): return .nothing(Double(bound))
            case .total: break
            case .duties(let broken): days = days.filter(broken.contains)
            }
            func worth(_ day: Int) -> Double { dayPrice[day * model.kindCount + Int(arcs[day].kind)] }
            guard let dearest = days.max(by: { worth($0) < worth($1) }) else { break }
            bans.append(Ban(day: dearest, kind: arcs[dearest].kind))
        }
        return .nothing(Double(bound))
    }

    /// Adds to the prices of days what a rule limits, at a rate that outweighs all else.
    private func weigh(_ rule: Int?, _ person: Int, from saved: [Double]) {
        let model = problem.people[person]
        let kinds = model.kindCount
        let cells = (0..<problem.dayCount).flatMap { day in (1..<max(1, kinds)).map { (day, $0) } }
        let burdens = cells.map { Double(model.path.burden(rule, day: $0, kind: $1)) }
        let rate = 1e12 / max(1, burdens.map(abs).max() ?? 1)
        for ((day, kind), burden) in zip(cells, burdens) where saved[day * kinds + kind] < Self.unreachable {
            dayPrice[day * kinds + kind] = saved[day * kinds + kind] + (burden * rate).rounded(.down)
        }
    }

    /// What a line costs at the given prices of days, whatever made them dearer to find it.
    private func price(
        of line: Line, _ arcs: [LineArc], _ duties: [PlacedDuty], dayPrice: [Double], _ prices: Prices
    ) -> Int64 {
        let model = problem.people[line.person]
        var price: Int64 = 0
        for (day, arc) in arcs.enumerated() {
            price += Int64(dayPrice[day * model.kindCount + Int(arc.kind)] + extraPrice[Int(arc.extra)])
        }
        guard prices.countsLineCost else { return price }
        let hours = model.hours.cost[line.total(.paid) / model.hours.step]
        return price + (model.path.penalty(duties) + hours) * Prices.scale
    }

    /// For each day and kind of duty the cheapest slot; for each total of hours its price at the end.
    private func fillDayPrices(_ person: Int, _ prices: Prices) {
        let model = problem.people[person]
        let kinds = model.kindCount
        let slotCount = model.slots.count
        let counter = prices.counters[person]
        let factor = prices.countsLineCost ? Prices.scale : 0
        let shut = closed[person]
        for index in 0..<(kinds * problem.dayCount) { dayPrice[index] = Self.unreachable }
        for day in 0..<problem.dayCount {
            for kind in 0..<kinds { dayLength[day * kinds + kind] = model.hours.length[day * kinds + kind] }
            for slot in 0..<slotCount {
                let index = day * slotCount + slot
                guard model.allowed[index], !(shut?[index] ?? false),
                    opensReserved || !model.reserved.contains(index)
                else { continue }
                var price = model.cost[index] * factor
                if model.night[index] { price += counter[1] }
                price += Int64(model.refused[index]) * counter[3]
                for entry in model.cover(index) {
                    price -= prices.rows[Int(model.coverRow[entry])] * Int64(model.coverUnits[entry])
                }
                let cell = day * kinds + Int(model.slots[slot].kind)
                if Double(price) < dayPrice[cell] {
                    dayPrice[cell] = Double(price)
                    daySlot[cell] = UInt8(slot)
                }
            }
        }
        let graph = problem.graphs[model.graph]
        for (index, extra) in graph.extras.enumerated() {
            extraPrice[index] = Double(extra.penalty * factor + (extra.startsWeekend ? counter[2] : 0))
        }
        let end = graph.firstNode[graph.dayCount] * (model.hours.steps + 1)
        for step in 0...model.hours.steps {
            let cost = model.hours.cost[step]
            table[end + step] = cost < 0 ? Self.unreachable : Double(cost * factor)
        }
    }

    private func fill(_ model: PersonModel, banning bans: [Ban]) -> Double {
        let kinds = model.kindCount
        let saved = bans.map { dayPrice[$0.day * kinds + Int($0.kind)] }
        for ban in bans { dayPrice[ban.day * kinds + Int(ban.kind)] = Self.unreachable }
        let price = fill(model)
        // Backwards, so that a ban that stands twice is restored to what it was at first.
        for (ban, price) in zip(bans, saved).reversed() { dayPrice[ban.day * kinds + Int(ban.kind)] = price }
        return price
    }

    /// Fills the table from the last layer to the first; the price of the root.
    private func fill(_ model: PersonModel) -> Double {
        let graph = problem.graphs[model.graph]
        let kinds = model.kindCount
        let steps = model.hours.steps
        let width = steps + 1
        let longest = Int(model.hours.longest)
        guard let cells = table.baseAddress else { return Self.unreachable }
        dayPrice.withUnsafeBufferPointer { dayPrice in
            dayLength.withUnsafeBufferPointer { dayLength in
                extraPrice.withUnsafeBufferPointer { extraPrice in
                    graph.arcs.withUnsafeBufferPointer { arcs in
                        graph.firstArc.withUnsafeBufferPointer { firstArc in
                            for day in stride(from: graph.dayCount - 1, through: 0, by: -1) {
                                // No more than this can be behind at the start of the day.
                                let reach = min(steps, day * longest)
                                for node in graph.firstNode[day]..<graph.firstNode[day + 1] {
                                    let row = cells + node * width
                                    for step in 0...reach { row[step] = Self.unreachable }
                                    for arc in Int(firstArc[node])..<Int(firstArc[node + 1]) {
                                        let step = arcs[arc]
                                        let cell = day * kinds + Int(step.kind)
                                        guard dayPrice[cell] < Self.unreachable else { continue }
                                        let price = dayPrice[cell] + extraPrice[Int(step.extra)]
                                        let length = Int(dayLength[cell])
                                        let next = cells + Int(step.target) * width + length
                                        let last = min(reach, steps - length)
                                        guard last >= 0 else { continue }
                                        relax(row, next, price, last + 1)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return cells[Int(model.root) * width]
    }

    /// Reads the cheapest line off the table that was filled last: on each layer the arc that keeps its price.
    private func path(_ model: PersonModel, banning bans: [Ban]) -> (slots: [UInt8], arcs: [LineArc]) {
        let graph = problem.graphs[model.graph]
        let kinds = model.kindCount
        let width = model.hours.steps + 1
        var slots: [UInt8] = []
        var arcs: [LineArc] = []
        slots.reserveCapacity(graph.dayCount)
        arcs.reserveCapacity(graph.dayCount)
        var node = Int(model.root)
        var hours = 0
        for day in 0..<graph.dayCount {
            let wanted = table[node * width + hours]
            for index in Int(graph.firstArc[node])..<Int(graph.firstArc[node + 1]) {
                let arc = graph.arcs[index]
                let cell = day * kinds + Int(arc.kind)
                let after = hours + Int(dayLength[cell])
                guard after < width, dayPrice[cell] < Self.unreachable,
                    !bans.contains(where: { $0.day == day && $0.kind == arc.kind }),
                    dayPrice[cell] + extraPrice[Int(arc.extra)] + table[Int(arc.target) * width + after]
                        == wanted
                else { continue }
                arcs.append(arc)
                slots.append(daySlot[cell])
                node = Int(arc.target)
                hours = after
                break
            }
        }
        return (slots, arcs)
    }
}
