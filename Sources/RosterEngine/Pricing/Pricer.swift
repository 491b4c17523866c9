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
    /// The prices of the nodes and hours that count, a row for each node, see ``price(at:_:)``.
    var table: UnsafeMutableBufferPointer<Double>
    /// The hours of each node that the table holds since it was filled last.
    var spans: UnsafeMutableBufferPointer<Span>
    /// Where the row of each node would begin in the table if it began with no hours.
    var rows: UnsafeMutableBufferPointer<Int>
    /// The fewest weekends of duty on the way to each node of ``reached``, within the stretch.
    var weekends: UnsafeMutableBufferPointer<Int32>
    /// The nodes that the table was filled for, layer by layer, and where each layer begins.
    var reached: [Int32] = []
    var layers: [Int] = []
    /// What the table was filled for last.
    var stretch: Stretch
    /// For each total of hours its price at the end.
    var endPrice: [Double]
    /// See ``counted(_:broken:)``; empty until it is needed.
    var countTable = UnsafeMutableBufferPointer<Double>(start: nil, count: 0)
    /// The same as ``spans`` and ``rows``, for each node and combination of counts.
    var countSpans = UnsafeMutableBufferPointer<Span>(start: nil, count: 0)
    var countRows = UnsafeMutableBufferPointer<Int>(start: nil, count: 0)
    /// See ``loose(_:_:_:in:)``.
    var onward: [Double] = []
    var dayPrice: [Double]
    var daySlot: [UInt8]
    var extraPrice: [Double]
    var startsWeekend: [Bool]
    /// Length of each kind on each day, in units of the person's hours.
    var dayLength: [Int32]
    /// What the burdens of each limit on a path were worth last, by person: where the next search begins.
    var rates: [[Double]]

    /// Roughly the nanoseconds that filling tables has taken, counted and not measured.
    var work = 0.0

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
        table = .allocate(capacity: 0)
        let nodes = problem.graphs.map(\.nodeCount).max() ?? 1
        spans = .allocate(capacity: nodes)
        spans.initialize(repeating: .none)
        rows = .allocate(capacity: nodes)
        weekends = .allocate(capacity: nodes)
        stretch = Stretch(days: 0..<0, node: 0, hours: 0)
        endPrice = []
        let kinds = problem.people.map(\.kindCount).max() ?? 1
        dayPrice = Array(repeating: 0, count: kinds * problem.dayCount)
        daySlot = Array(repeating: 0, count: kinds * problem.dayCount)
        dayLength = []
        extraPrice = Array(repeating: 0, count: problem.graphs.map(\.extras.count).max() ?? 1)
        startsWeekend = Array(repeating: false, count: extraPrice.count)
        closed = Array(repeating: nil, count: problem.people.count)
        rates = []
        forget()
    }

    /// Begins anew, so that what is found does not depend on what was priced before.
    func forget() { rates = problem.people.map { Array(repeating: 0, count: $0.path.limits.count) } }

    deinit {
        table.deallocate()
        spans.deallocate()
        rows.deallocate()
        weekends.deallocate()
        countTable.deallocate()
        countSpans.deallocate()
        countRows.deallocate()
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
            work += 16_000
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
    func fillDayPrices(_ person: Int, _ prices: Prices, days: Range<Int>? = nil) {
        let model = problem.people[person]
        let kinds = model.kindCount
        let slotCount = model.slots.count
        let counter = prices.counters[person]
        let factor = prices.countsLineCost ? Prices.scale : 0
        let shut = closed[person]
        let isFree = opensReserved || model.reserved.isEmpty
        let days = days ?? 0..<problem.dayCount
        work += 45 * Double(days.count * slotCount)
        dayLength = model.hours.length
        dayPrice.withUnsafeMutableBufferPointer { dayPrice in
            daySlot.withUnsafeMutableBufferPointer { daySlot in
                for day in days {
                    for cell in (day * kinds)..<((day + 1) * kinds) { dayPrice[cell] = Self.unreachable }
                    for slot in 0..<slotCount {
                        let index = day * slotCount + slot
                        guard model.allowed[index], !(shut?[index] ?? false),
                            isFree || !model.reserved.contains(index)
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
            }
        }
        for (index, extra) in problem.graphs[model.graph].extras.enumerated() {
            extraPrice[index] = Double(extra.penalty * factor + (extra.startsWeekend ? counter[2] : 0))
            startsWeekend[index] = extra.startsWeekend
        }
        endPrice.removeAll(keepingCapacity: true)
        for cost in model.hours.cost {
            endPrice.append(cost < 0 ? Self.unreachable : Double(cost * factor))
        }
    }
}
