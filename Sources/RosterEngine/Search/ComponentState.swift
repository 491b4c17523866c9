/// How the search of one component stands.
struct ComponentState: Sendable {
    private(set) var incumbent: Incumbent
    /// Lines worth starting from.
    private(set) var pool: [Line] = []
    /// The prices at which level 3 of the component converged; nil before.
    private(set) var prices: Prices?
    /// Where the programme of the root stood on level 3; nil before.
    private(set) var warm: WarmStart?
    /// The prices at which level 1 converged; nil before, and where nothing hard is missing.
    private(set) var hardPrices: Prices?
    /// Open nodes of the branching on level 3, least bound first; empty before it has begun.
    private(set) var nodes: [BranchNode] = []
    /// What to do next.
    private(set) var next = SearchTask.Kind.polish
    /// How far the bound has been raised without a linear programme; nil before.
    private(set) var ascent: Ascent?
    /// What the ascent took, and what everything took: see ``SearchTask/Result/work``.
    private(set) var work = (ascent: 0.0, all: 0.0)
    private(set) var yields = NeighbourhoodYields()
    /// Days of a long period that a kind of neighbourhood has looked at in vain, and that have not changed since.
    private(set) var vain: [Neighbourhood: Set<Int>] = [:]
    /// Neighbourhoods and branchings since the last dive that brought nothing better.
    private(set) var idle = 0
    /// Tasks of any kind in a row that brought nothing better.
    private(set) var barren = 0
    /// Lower bounds on person-minutes of hard cover and of minimums.
    private(set) var hardBound = 0
    private(set) var minimumBound = 0
    /// Lower bound on level 3 at the incumbent's levels 1 and 2.
    private(set) var costBound: Int64?

    init(_ incumbent: Incumbent) {
        self.incumbent = incumbent
    }

    var hardProven: Bool { incumbent.objective.hard <= hardBound }
    var minimumProven: Bool { hardProven && incumbent.objective.minimum <= minimumBound }
    var isOptimal: Bool {
        minimumProven && (costBound.map { incumbent.objective.cost <= $0 } ?? false)
    }

    /// The roots are done; what is left is to improve and to branch.
    var isImproving: Bool { if case .improve = next { true } else { false } }

    /// How far level 3 is from its bound, for sharing out work; more than anything if a level before is open.
    var distance: Double {
        guard minimumProven, let costBound else { return 1e12 }
        return Double(incumbent.objective.cost - costBound)
    }

    /// Takes what a task found; true if the rota became better.
    ///
    /// - Parameter start: the rota that the task began with, for the rota may have changed since.
    mutating func absorb(
        _ result: SearchTask.Result, _ task: SearchTask, from start: Incumbent, _ problem: Problem
    ) -> Bool {
        let before = incumbent.objective
        let old = incumbent.lines
        if !result.lines.isEmpty {
            var (changed, left) = incumbent.adopting(result.lines, since: start, problem)
            if !left.isEmpty {
                var ruin = RuinRecreate(problem, component: task.component, pricer: Pricer(problem))
                changed = ruin.refit(changed, as: left)
            }
            let candidates = [changed, incumbent.replacing(result.lines, problem)]
            let best = candidates.min { $0.objective < $1.objective }
            if let best, best.objective <= before { incumbent = best }
        }
        if let found = result.prices {
            if case .root(1) = task.kind { hardPrices = found } else { prices = found }
        }
        if let found = result.warm { warm = found }
        if !result.pool.isEmpty { pool = Self.merged(result.pool + pool, limit: 60) }
        absorbBounds(result, task, from: start.objective)
        if let found = result.ascent {
            ascent = found
            work.ascent += result.work
        }
        work.all += result.work
        barren = incumbent.objective < before ? 0 : barren + 1
        switch task.kind {
        case .improve(let part):
            note(part, result, from: start)
            if result.isInVain {
                let looked = Set(task.places.joined()).subtracting(daysChanged(from: start.lines))
                vain[part, default: []].formUnion(looked)
            }
            idle = incumbent.objective < before ? 0 : idle + 1
        case .branch: idle = incumbent.objective < before ? 0 : idle + 1
        case .dive: idle = 0
        case .polish, .root, .ascend: break
        }
        // Where something has changed there is something to look for again.
        if !vain.isEmpty {
            let changed = daysChanged(from: old)
            for part in vain.keys { vain[part]?.subtract(changed) }
        }
        if (incumbent.objective.hard, incumbent.objective.minimum) != (before.hard, before.minimum) {
            // A bound on a level holds only for what the levels before were held at.
            costBound = nil
            nodes = []
            ascent = nil
            if incumbent.objective.hard != before.hard { minimumBound = 0 }
        }
        close()
        if task.isStage {
            next = following(task.kind, problem)
        } else if isImproving, minimumProven, costBound == nil, problem.isRootable(incumbent.component) {
            next = .root(level: 3)
        }
        return incumbent.objective < before
    }

    private mutating func note(
        _ part: Neighbourhood, _ result: SearchTask.Result, from start: Incumbent
    ) {
        guard !result.lines.isEmpty else { return yields.note(part, gain: 0, work: result.work) }
        let found = result.objective ?? start.objective
        let isHigher = (found.hard, found.minimum) < (start.objective.hard, start.objective.minimum)
        let gain = isHigher ? 1e9 : Double(start.objective.cost - found.cost)
        yields.note(part, gain: max(0, gain), work: result.work)
    }

    private func daysChanged(from old: [Line]) -> Set<Int> {
        var changed: Set<Int> = []
        for (before, now) in zip(old, incumbent.lines) where before.slots != now.slots {
            changed.formUnion(now.slots.indices.filter { now.slots[$0] != before.slots[$0] })
        }
        return changed
    }

    /// The neighbourhood to look at next: of a long period the one that brought most for its work.
    mutating func nextNeighbourhood(_ problem: Problem) -> Neighbourhood {
        problem.isLong(incumbent.component) ? yields.next() : .usual
    }

    /// Of how many people of a long period to look at a part.
    func count(_ part: Neighbourhood, _ problem: Problem, _ random: inout RandomSource) -> Int {
        let people = problem.components[incumbent.component].people
        let width = people.map { problem.people[$0].slots.count }.max() ?? 1
        let cells = part.lengths.reduce(0, +) * width
        let most = Int(Double(Neighbourhood.mostCells) * yields.reach) / max(1, cells)
        let count = min(most, part.count(of: people.count, &random))
        return max(1, Int(yields.share(part) * Double(count)))
    }

    /// Bounds hold for what the levels before were held at when the task began.
    private mutating func absorbBounds(
        _ result: SearchTask.Result, _ task: SearchTask, from start: Objective
    ) {
        let holdsHard = start.hard == incumbent.objective.hard
        let holds = holdsHard && start.minimum == incumbent.objective.minimum
        switch task.kind {
        case .root(1): hardBound = max(hardBound, Int(result.bound ?? 0))
        case .root(2):
            if holdsHard { minimumBound = max(minimumBound, Int(result.bound ?? 0)) }
        case .root:
            if holds, let bound = result.bound {
                costBound = max(costBound ?? Int64.min, bound)
                nodes = result.nodes
            }
        case .branch(let node): if holds { replace(node, by: result.nodes) }
        case .ascend:
            if holds, let bound = result.bound { costBound = max(costBound ?? Int64.min, bound) }
        case .polish, .improve, .dive: break
        }
    }

    /// Nodes of the branching that can be split now.
    var splittable: [BranchNode] { nodes.filter { $0.next != nil } }

    private mutating func replace(_ node: BranchNode, by children: [BranchNode]) {
        guard let index = nodes.firstIndex(where: { $0.id == node.id }) else { return }
        nodes.remove(at: index)
        nodes += children
        nodes.sort { ($0.bound, $0.id) < ($1.bound, $1.id) }
        costBound = max(costBound ?? Int64.min, nodes.first?.bound ?? incumbent.objective.cost)
    }

    /// Drops nodes that cannot hold anything better.
    private mutating func close() {
        guard costBound != nil, !nodes.isEmpty else { return }
        nodes.removeAll { $0.bound >= incumbent.objective.cost }
        if let least = nodes.first?.bound {
            costBound = max(costBound ?? Int64.min, least)
        } else {
            costBound = incumbent.objective.cost
        }
    }

    private func following(_ kind: SearchTask.Kind, _ problem: Problem) -> SearchTask.Kind {
        if minimumProven, !problem.isRootable(incumbent.component) { return .improve(.usual) }
        switch kind {
        case .polish:
            if !hardProven { return .root(level: 1) }
            return minimumProven ? .root(level: 3) : .root(level: 2)
        case .root(1): return minimumProven ? .root(level: 3) : .root(level: 2)
        case .root(2): return .root(level: 3)
        case .root, .improve, .dive, .branch, .ascend: return .improve(.usual)
        }
    }

    /// The first lines of each person, without repeats.
    private static func merged(_ lines: [Line], limit: Int) -> [Line] {
        var seen: Set<[UInt8]> = []
        var counts: [Int: Int] = [:]
        return lines.filter { line in
            guard counts[line.person, default: 0] < limit,
                seen.insert([UInt8(truncatingIfNeeded: line.person), UInt8(line.person >> 8)] + line.slots)
                    .inserted
            else { return false }
            counts[line.person, default: 0] += 1
            return true
        }
    }
}
