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
    let problem: Problem
    var table: UnsafeMutableBufferPointer<Double>
    /// The hours of each node that the table holds since it was filled last.
    var spans: UnsafeMutableBufferPointer<Span>
    /// See ``counted(_:broken:)``; empty until it is needed.
    var countTable = UnsafeMutableBufferPointer<Double>(start: nil, count: 0)
    var dayPrice: [Double]
    var daySlot: [UInt8]
    var extraPrice: [Double]
    /// Length of each kind on each day, in units of the person's hours.
    var dayLength: [Int32]
    /// What the burdens of each limit on a path were worth last, by person: where the next search begins.
    var rates: [[Double]]

    /// How long to look for the cheapest line of somebody whose rules bind the whole line.
    enum Effort {
        case short
        /// Up to the end, as far as that is within reason.
        case long
    }

    /// A duty kind that may not be worked on a day, while a path rule is being satisfied.
    struct Ban {
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
        spans = .allocate(capacity: problem.graphs.map(\.nodeCount).max() ?? 1)
        spans.initialize(repeating: .none)
        let kinds = problem.people.map(\.kindCount).max() ?? 1
        dayPrice = Array(repeating: 0, count: kinds * problem.dayCount)
        daySlot = Array(repeating: 0, count: kinds * problem.dayCount)
        dayLength = Array(repeating: 0, count: kinds * problem.dayCount)
        extraPrice = Array(repeating: 0, count: problem.graphs.map(\.extras.count).max() ?? 1)
        closed = Array(repeating: nil, count: problem.people.count)
        rates = []
        forget()
    }

    /// Begins anew, so that what is found does not depend on what was priced before.
    func forget() { rates = problem.people.map { Array(repeating: 0, count: $0.path.limits.count) } }

    deinit {
        table.deallocate()
        spans.deallocate()
        countTable.deallocate()
    }

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
    /// however early branching is cut short. Limits on sums are priced instead: see ``limited(_:bans:…)``.
    ///
    /// - Parameter threshold: a line at this price or above is of no use: the search ends, without one, as soon
    ///   as it is known that there is none below.
    func price(
        _ person: Int, _ prices: Prices, threshold: Double = .infinity, effort: Effort = .short,
        branchLimit: Int = 24
    ) -> Priced {
        fillDayPrices(person, prices)
        let model = problem.people[person]
        let relaxed = fill(model)
        guard Self.isReachable(relaxed), relaxed < threshold - Self.tolerance else {
            return .nothing(relaxed)
        }
        var open: [(bans: [Ban], price: Double)] = [([], relaxed)]
        var best = Priced.nothing(Self.unreachable)
        for expanded in 0..<branchLimit {
            guard let pick = open.indices.min(by: { open[$0].price < open[$1].price }),
                open[pick].price < min(Double(best.price), threshold - Self.tolerance)
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
            case .limit:
                let search = LimitSearch(
                    person: person, bans: node.bans, bound: node.price,
                    worthwhile: min(Double(best.price), threshold), effort: effort, prices: prices)
                best.take(counted(search, broken: duties) ?? limited(search))
            case .work:
                best.take(lessWork(person, bans: node.bans, bound: node.price, prices))
            case .duties(let days):
                for day in days {
                    let bans = node.bans + [Ban(day: day, kind: arcs[day].kind)]
                    let price = fill(model, banning: bans)
                    if Self.isReachable(price) { open.append((bans, price)) }
                }
            }
        }
        let bound = min(Double(best.bound), open.lazy.map(\.price).min() ?? Self.unreachable)
        guard best.line == nil, threshold == .infinity else { return best.bounded(by: bound) }
        let found = lessWork(person, bans: [], bound: bound, prices)
        return found.line == nil ? compromise(person, bound: Int64(bound), prices) : found
    }

    /// Prices that differ by less are the same: half a sixtieth of a point.
    static let tolerance = Double(Prices.scale / 2)

    /// Charges working time, dearer until the cheapest line is lawful: fewer hours break fewer rules, and none
    /// at all breaks none, unless a pinned duty has to be made up for. The line need not be the very cheapest.
    private func lessWork(_ person: Int, bans: [Ban], bound: Double, _ prices: Prices) -> Priced {
        let model = problem.people[person]
        let kinds = model.kindCount
        let saved = dayPrice
        defer { dayPrice = saved }
        let burdens = (0..<(problem.dayCount * kinds)).map {
            Double(model.path.duty(day: $0 / kinds, kind: $0 % kinds)?.working ?? 0)
        }
        var low = 0.0
        var high = 1.0
        var best: (line: Line, price: Int64)?
        for _ in 0..<20 {
            let rate = best == nil ? high : (low + high) / 2
            for (cell, burden) in burdens.enumerated() where saved[cell] < Self.unreachable {
                dayPrice[cell] = saved[cell] + (burden * rate).rounded(.down)
            }
            guard Self.isReachable(fill(model, banning: bans)) else { break }
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
        return Priced(bound: Int64(bound), line: best?.line, price: best?.price ?? Int64(Self.unreachable))
    }

    /// Makes up for a limit that even the least work breaks, as a pinned night breaks a limit on the share of
    /// nights: other work is made worth its while, and given up again, the dearest first, until nothing is
    /// broken. The line need not be the cheapest.
    private func compromise(_ person: Int, bound: Int64, _ prices: Prices) -> Priced {
        let model = problem.people[person]
        let saved = dayPrice
        defer { dayPrice = saved }
        let kinds = model.kindCount
        func weigh(_ burden: (Int) -> Int, largest: Int) {
            let rate = 1e12 / Double(max(1, largest))
            for cell in 0..<(problem.dayCount * kinds) where saved[cell] < Self.unreachable {
                dayPrice[cell] = saved[cell] + (Double(burden(cell)) * rate).rounded(.down)
            }
        }
        weigh({ model.path.duty(day: $0 / kinds, kind: $0 % kinds)?.working ?? 0 }, largest: 1440)
        guard Self.isReachable(fill(model)) else { return .nothing(Double(bound)) }
        let least = model.path.duties(path(model, banning: []).arcs.map(\.kind))
        guard let limit = model.path.limits.first(where: { $0.isBroken(by: least) }) else {
            return .nothing(Double(bound))
        }
        weigh({ limit.burdens[$0] }, largest: limit.largest)
        var bans: [Ban] = []
        while bans.count < problem.dayCount * model.kindCount, Self.isReachable(fill(model, banning: bans)) {
            let (slots, arcs) = path(model, banning: bans)
            let duties = model.path.duties(arcs.map(\.kind))
            if limit.isBroken(by: duties) { return .nothing(Double(bound)) }
            var days = arcs.indices.filter { arcs[$0].kind != 0 && model.slots[Int(slots[$0])].fixed == nil }
            switch model.path.violation(duties) {
            case nil:
                let line = problem.line(person, slots: slots, arcs: arcs, duties: duties)
                let price = price(of: line, arcs, duties, dayPrice: saved, prices)
                return Priced(bound: bound, line: line, price: price)
            case .limit, .work: break
            case .duties(let broken): days = days.filter(broken.contains)
            }
            func worth(_ day: Int) -> Double { dayPrice[day * model.kindCount + Int(arcs[day].kind)] }
            guard let dearest = days.max(by: { worth($0) < worth($1) }) else { break }
            bans.append(Ban(day: dearest, kind: arcs[dearest].kind))
        }
        return .nothing(Double(bound))
    }

    /// What a line costs at the given prices of days, whatever made them dearer to find it.
    func price(
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

    func fill(_ model: PersonModel, banning bans: [Ban]) -> Double {
        let kinds = model.kindCount
        let saved = bans.map { dayPrice[$0.day * kinds + Int($0.kind)] }
        for ban in bans { dayPrice[ban.day * kinds + Int(ban.kind)] = Self.unreachable }
        let price = fill(model)
        // Backwards, so that a ban that stands twice is restored to what it was at first.
        for (ban, price) in zip(bans, saved).reversed() { dayPrice[ban.day * kinds + Int(ban.kind)] = price }
        return price
    }

    /// Fills the table from the last layer to the first; the price of the root.
    ///
    /// Of each node only the hours are looked at that can be behind there and can still lead to a lawful total. Few
    /// are where days are closed: a part of the rota is priced in a fraction of the time of the whole.
    func fill(_ model: PersonModel) -> Double {
        let graph = problem.graphs[model.graph]
        let root = Int(model.root)
        let (kinds, width) = (model.kindCount, model.hours.steps + 1)
        guard let cells = table.baseAddress, let spans = spans.baseAddress else { return Self.unreachable }
        dayPrice.withUnsafeBufferPointer { dayPrice in
            dayLength.withUnsafeBufferPointer { dayLength in
                extraPrice.withUnsafeBufferPointer { extraPrice in
                    graph.arcs.withUnsafeBufferPointer { arcs in
                        graph.firstArc.withUnsafeBufferPointer { firstArc in
                            for node in 0..<graph.nodeCount { spans[node] = .none }
                            spans[root] = Span(low: 0, high: 0)
                            for day in 0..<graph.dayCount {
                                for node in graph.firstNode[day]..<graph.firstNode[day + 1] {
                                    let span = spans[node]
                                    guard !span.isEmpty else { continue }
                                    for arc in Int(firstArc[node])..<Int(firstArc[node + 1]) {
                                        let cell = day * kinds + Int(arcs[arc].kind)
                                        guard dayPrice[cell] < Self.unreachable else { continue }
                                        spans[Int(arcs[arc].target)].take(span, later: dayLength[cell])
                                    }
                                }
                            }
                            let end = graph.firstNode[graph.dayCount]
                            spans[end] = spans[end].cut(to: model.hours.lawful)
                            for day in stride(from: graph.dayCount - 1, through: 0, by: -1) {
                                for node in graph.firstNode[day]..<graph.firstNode[day + 1] {
                                    guard !spans[node].isEmpty else { continue }
                                    let range = Int(firstArc[node])..<Int(firstArc[node + 1])
                                    var onward = Span.none
                                    for arc in range {
                                        let cell = day * kinds + Int(arcs[arc].kind)
                                        guard dayPrice[cell] < Self.unreachable else { continue }
                                        onward.take(spans[Int(arcs[arc].target)], later: -dayLength[cell])
                                    }
                                    let span = spans[node].cut(to: onward)
                                    spans[node] = span
                                    guard !span.isEmpty else { continue }
                                    let row = cells + node * width
                                    for step in Int(span.low)...Int(span.high) {
                                        row[step] = Self.unreachable
                                    }
                                    for arc in range {
                                        let step = arcs[arc]
                                        let cell = day * kinds + Int(step.kind)
                                        guard dayPrice[cell] < Self.unreachable else { continue }
                                        let target = Int(step.target)
                                        let length = dayLength[cell]
                                        let part = span.cut(to: spans[target].later(-length))
                                        guard !part.isEmpty else { continue }
                                        relax(
                                            row + Int(part.low),
                                            cells + target * width + Int(part.low + length),
                                            dayPrice[cell] + extraPrice[Int(step.extra)], part.count)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return spans[root].isEmpty ? Self.unreachable : cells[root * width]
    }

    /// Reads the cheapest line off the table that was filled last: on each layer the arc that keeps its price.
    func path(_ model: PersonModel, banning bans: [Ban]) -> (slots: [UInt8], arcs: [LineArc]) {
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
                guard spans[Int(arc.target)].contains(after), dayPrice[cell] < Self.unreachable,
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

/// Steps of hours, first and last included.
struct Span {
    private(set) var low: Int32
    private(set) var high: Int32

    /// Sums of an empty span and of lengths do not overflow.
    static let none = Span(low: Int32.max / 2, high: Int32.min / 2)

    @inline(__always) var isEmpty: Bool { low > high }
    @inline(__always) var count: Int { Int(high - low) + 1 }
    @inline(__always) func contains(_ step: Int) -> Bool { Int(low) <= step && step <= Int(high) }
    @inline(__always) func later(_ length: Int32) -> Span { Span(low: low + length, high: high + length) }
    @inline(__always) func cut(to other: Span) -> Span {
        Span(low: max(low, other.low), high: min(high, other.high))
    }
    @inline(__always) mutating func take(_ other: Span, later length: Int32) {
        low = min(low, other.low + length)
        high = max(high, other.high + length)
    }
}
