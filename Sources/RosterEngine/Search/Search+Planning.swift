/// Which task comes next, and by when its result must be in.
extension Search {
    /// Tasks that make a round, by which searches are limited and counted.
    var tasksPerRound: Int { max(6, problem.components.count) }

    /// The next task; nil if there is nothing to do, or nothing before a result that is under way is in.
    mutating func plan() -> SearchTask? {
        guard !isDone, planned < (options.iterations ?? Int.max / tasksPerRound) * tasksPerRound else {
            return nil
        }
        let open = states.indices.filter { !states[$0].isOptimal }
        let staged = Set(underWay.lazy.filter(\.task.isStage).map(\.task.component))
        let largestFirst = open.sorted {
            (problem.components[$1].people.count, $0) < (problem.components[$0].people.count, $1)
        }
        if let next = largestFirst.first(where: { !states[$0].isImproving && !staged.contains($0) }) {
            return SearchTask(
                component: next, kind: states[next].next, isStage: true,
                programme: programme(ofComponent: next))
        }
        // While its root is under way, a component's rota is made better without the root's prices.
        let rooted = underWay.filter { $0.task.isRoot }.map(\.task.component)
        let filled = Set(underWay.filter { !$0.task.isStage }.map(\.task.component))
        if let next = largestFirst.first(where: { rooted.contains($0) && !filled.contains($0) }) {
            let isPolished = planned % 2 == 0 && !problem.isLong(next)
            return SearchTask(
                component: next,
                kind: isPolished ? .polish : .improve(states[next].nextNeighbourhood(problem)))
        }
        if let next = largestFirst.first(where: { isWorthDiving($0) }) {
            return SearchTask(component: next, kind: .dive(isFine: false))
        }
        if let next = largestFirst.first(where: { isWorthDivingTwice($0) }) {
            return SearchTask(component: next, kind: .dive(isFine: true))
        }
        return improvement(open.filter { states[$0].isImproving })
    }

    /// A neighbourhood or a branching, shared out by how far each component is from its bound for each of its people,
    /// who are what a task takes time for: the largest distance first, one more task for each further share of it (a
    /// highest averages method).
    private mutating func improvement(_ open: [Int]) -> SearchTask? {
        func claim(_ component: Int) -> Double {
            let given = underWay.count { $0.task.component == component }
            let people = max(1, problem.components[component].people.count)
            return states[component].distance / Double((given + 1) * people)
        }
        let pick = open.max { left, right in
            let (own, other) = (claim(left), claim(right))
            return own < other || (own == other && left > right)
        }
        guard let pick else { return nil }
        let tasks = underWay.map(\.task).filter { $0.component == pick }
        if !tasks.contains(where: \.isDive), isWorthDivingAgain(pick) {
            return SearchTask(component: pick, kind: .dive(isFine: true))
        }
        if isWorthAscending(pick, tasks) { return SearchTask(component: pick, kind: .ascend) }
        if turns[pick, default: 0] % 4 != 0, isNear(pick) || turns[pick, default: 0] % 2 == 1 {
            let split = Set(tasks.compactMap(\.node?.id))
            let node = states[pick].splittable.first { !split.contains($0.id) }
            if let node, node.next?.isOnShortage == true || isWorthBranching(pick) {
                return SearchTask(component: pick, kind: .branch(node))
            }
        }
        return SearchTask(component: pick, kind: .improve(states[pick].nextNeighbourhood(problem)))
    }

    /// How many tasks may be planned before this one's result must be in: those that take as long as many others
    /// have time.
    func patience(_ task: SearchTask) -> Int {
        let size = problem.components[task.component].people.count * problem.dayCount
        switch task.kind {
        case .root: return max(16, problem.isLong(task.component) ? size / 40 : size / 90)
        case .dive(false): return max(16, size / 60)
        case .dive(true): return 48
        case .ascend: return 16
        case .improve(let part) where problem.isLong(task.component):
            // Those that follow look elsewhere, as far as there is room.
            switch part {
            case .oneByOne: return 3
            case .week, .dearestAndWeek: return 4
            case .usual, .fortnight: return Int(4 * states[task.component].yields.reach)
            default: return Int(8 * states[task.component].yields.reach)
            }
        case .polish, .improve, .branch: return 6
        }
    }

    /// One file a component that has anybody; the later level replaces the earlier.
    private func programme(ofComponent component: Int) -> String? {
        guard !problem.components[component].people.isEmpty else { return nil }
        let file = options.programmeDirectory?.appending(path: "master-\(component + 1).lp")
        return file?.path(percentEncoded: false)
    }

    /// The root of a long period dives itself.
    private func isWorthDiving(_ component: Int) -> Bool {
        states[component].isImproving && !dived.contains(component) && !problem.isLong(component)
    }

    /// Beside the first dive another, while the rota is so far from the bound that neighbourhoods will not get there.
    private func isWorthDivingTwice(_ component: Int) -> Bool {
        let dives = underWay.lazy.map(\.task).filter { $0.component == component && $0.isDive }.map(\.kind)
        guard dives.count == 1, case .dive(isFine: false)? = dives.first, isDivedFinely(component) else {
            return false
        }
        let cost = abs(Double(states[component].incumbent.objective.cost))
        return states[component].isImproving && states[component].distance * 4 > max(60, cost)
    }

    /// The bound of a very large component is raised beside the rota, in a fifth of the work.
    private func isWorthAscending(_ component: Int, _ tasks: [SearchTask]) -> Bool {
        !problem.isRootable(component) && states[component].minimumProven
            && !(states[component].ascent?.isSpent ?? false)
            && states[component].work.ascent * 5 < states[component].work.all
            && !tasks.contains { if case .ascend = $0.kind { true } else { false } }
    }

    /// A dive in small steps takes as long as many neighbourhoods, so it waits until these bring nothing, and
    /// pays where the component is not too large.
    private func isWorthDivingAgain(_ component: Int) -> Bool {
        states[component].idle >= 8 && isDivedFinely(component)
    }

    private func isDivedFinely(_ component: Int) -> Bool {
        states[component].minimumProven
            && problem.components[component].people.count * problem.dayCount <= 4000
    }

    /// Branching on days pays where a programme is solved in an instant, where next to nothing is left between the rota
    /// and the bound, or where nothing else has brought anything for long; elsewhere better rotas come first. Branching
    /// on heads missing always pays: it takes few nodes.
    private func isWorthBranching(_ component: Int) -> Bool {
        problem.components[component].people.count <= 14 || isNear(component)
            || (states[component].barren >= 40 && isNear(component, 0.005))
    }

    /// Less is left between the rota and the bound than neighbourhoods are likely to find.
    private func isNear(_ component: Int, _ share: Double = 0.003) -> Bool {
        let cost = Double(states[component].incumbent.objective.cost)
        return states[component].distance < share * max(60, abs(cost))
    }
}
