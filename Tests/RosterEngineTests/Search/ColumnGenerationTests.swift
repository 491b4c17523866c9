import Testing

@testable import RosterEngine

@Suite struct ColumnGenerationTests {
    /// Bound ≤ programme ≤ optimum, and a dive's lines are lawful.
    @Test(arguments: [1, 3])
    func boundProgrammeAndOptimumStandInOrder(_ level: Int) throws {
        var random = RandomSource(seed: UInt64(level))
        var converged = 0
        for seed in 0..<10 {
            guard let ward = TinyWard(seed: seed, stream: 90) else { continue }
            for component in ward.problem.components.indices
            where !ward.problem.components[component].people.isEmpty {
                let best = ward.optimum(of: component)
                let pricer = Pricer(ward.problem)
                let stop = Stop(seconds: nil)
                var ruin = RuinRecreate(ward.problem, component: component, pricer: pricer)
                let constructed = ruin.construct(Stop(seconds: nil), &random)
                let first = try #require(constructed)
                let incumbent = ruin.improve(first, rounds: 20, stop: stop, &random)
                // Level 3 is asked only where the levels before are at their best.
                let isHeld =
                    (incumbent.objective.hard, incumbent.objective.minimum) == (best.hard, best.minimum)
                guard level == 1 || isHeld else { continue }
                let sub = SubProblem(
                    ward.problem, incumbent, level: level, held: (best.hard, best.minimum))
                let generation = try ColumnGeneration(
                    sub, pricer: pricer, stop: stop, incumbent: incumbent, start: [])
                let wanted = level == 1 ? Int64(best.hard) : best.cost
                let outcome = try generation.generate(rounds: 200, gap: 0, smoothing: 8)
                let bound = try #require(generation.bound, "seed \(seed)")
                #expect((generation.provenBound ?? 0) <= wanted, "seed \(seed), \(component)")
                guard outcome == .converged else { continue }
                converged += 1
                let objective = generation.master.objective
                #expect(Double(bound) / Double(Prices.scale) <= objective + 1, "seed \(seed), \(component)")
                #expect(objective <= Double(wanted) + 0.01 || hasPathRule(ward, component))
                for line in try generation.dive(rounds: 5, share: 0.1, &random) ?? [] {
                    #expect(ward.problem.line(line.person, slots: line.slots) != nil, "seed \(seed)")
                }
            }
        }
        #expect(converged > 5)
    }

    /// Under a limit on heads missing the bound holds for the rotas that keep it, and is often above the root's.
    @Test func boundOfANodeHolds() throws {
        var random = RandomSource(seed: 8)
        var raised = 0
        try forEachWard(&random) { seed, ward, plain, standing, random in
            let pricer = Pricer(ward.problem)
            let stop = Stop(seconds: nil)
            guard let limit = ward.randomLimit(plain, &random) else { return }
            let root = try ColumnGeneration(
                plain, node: [], pricer: pricer, stop: stop, incumbent: standing, start: [], centre: nil,
                warm: nil)
            _ = try root.generate(rounds: 200, gap: 0, smoothing: 8)
            let warm = root.master.warmStart
            let decision = BranchNode.Decision.shortage(limit)
            for decision in [decision, decision.opposite] {
                let limits = BranchNode.limits([decision])
                let sub = SubProblem(ward.problem, standing, level: 3, held: plain.held, limits: limits)
                for warm in [warm, nil] {
                    let node = try ColumnGeneration(
                        sub, node: [decision], pricer: pricer, stop: stop, incumbent: standing, start: [],
                        centre: nil, warm: warm)
                    _ = try node.generate(rounds: 200, gap: 0, smoothing: 8)
                    // Lines by chance can miss more than is held, and then the programme has nothing to begin with.
                    guard let bound = node.provenBound else { continue }
                    if let wanted = ward.leastCost(sub, keeping: limits) {
                        #expect(bound <= wanted, "seed \(seed), \(limit)")
                        if let root = root.provenBound, bound > root { raised += 1 }
                    }
                }
            }
        }
        #expect(raised > 0, "\(raised) raised")
    }

    /// A programme that starts where another stood has nothing left to do.
    @Test func warmStartTakesNoIteration() throws {
        var random = RandomSource(seed: 3)
        var started = 0
        try forEachWard(&random) { seed, ward, sub, standing, _ in
            guard let generation = try converged(ward, sub, standing) else { return }
            started += 1
            let other = try Master(sub)
            try other.resume(generation.master.warmStart)
            guard case .optimal = other.solve(.automatic, seconds: .infinity) else {
                Issue.record("seed \(seed): not solved")
                return
            }
            #expect(other.programme.iterations == 0 && other.work == 0, "seed \(seed)")
            #expect(abs(other.objective - generation.master.objective) < 0.001, "seed \(seed)")
        }
        #expect(started > 5)
    }

    /// To try what to decide next changes nothing, and what is chosen is something of which there is a part.
    @Test func triesLeaveTheProgrammeAsItWas() throws {
        let (generation, standing) = try sixPeople()
        #expect(try generation.generate(rounds: 200, gap: 0.0001, smoothing: 8) == .converged)
        let master = generation.master
        let (objective, isShut) = (master.objective, master.isShut)
        let values = master.lines.indices.map { master.value(of: $0) }
        let found = try generation.strongestCell(cutoff: standing.objective.cost)
        let cell = try #require(found)
        #expect(abs(master.objective - objective) < 0.001)
        #expect(master.isShut == isShut)
        #expect(values.indices.allSatisfy { abs(values[$0] - master.value(of: $0)) < 1e-6 })
        let share = zip(master.lines, values).reduce(0) { sum, next in
            next.0.person == cell.person && next.0.slots[cell.day] == cell.slot ? sum + next.1 : sum
        }
        #expect(share > 1e-6 && share < 1 - 1e-6)
    }

    /// What may take no longer is given up, without lines, and goes on where it may take more.
    @Test func moreWorkThanThereMayBeIsNotDone() throws {
        let (generation, _) = try sixPeople(mostWork: 1e6)
        #expect(try generation.generate(rounds: 200, gap: 0.0001, smoothing: 8) == .stopped)
        var random = RandomSource(seed: 1)
        #expect(try generation.dive(rounds: 5, share: 0.1, &random) == nil)
        generation.allow(1e12)
        #expect(try generation.generate(rounds: 200, gap: 0.0001, smoothing: 8) == .converged)
        #expect(try generation.dive(rounds: 5, share: 0.1, &random) != nil)
    }

    /// Six people for eight weeks, of whom the programme is of more than one mind.
    private func sixPeople(mostWork: Double = .infinity) throws -> (ColumnGeneration, Incumbent) {
        let instance = try LongPeriodTests().instance(people: 6, days: 56)
        let problem = try Compiler(instance.scenario, instance.rules).problem()
        var random = RandomSource(seed: 5)
        let pricer = Pricer(problem)
        var ruin = RuinRecreate(problem, component: 0, pricer: pricer)
        let constructed = ruin.construct(Stop(seconds: nil), &random)
        let standing = try #require(constructed)
        let sub = SubProblem(problem, standing, level: 3, held: (0, 0))
        let generation = try ColumnGeneration(
            sub, pricer: pricer, stop: Stop(seconds: nil), incumbent: standing, start: [],
            mostWork: mostWork)
        return (generation, standing)
    }

    /// The largest component of some wards, held at the best of its levels before the last, with a rota by chance.
    private func forEachWard(
        _ random: inout RandomSource,
        _ body: (Int, TinyWard, SubProblem, Incumbent, inout RandomSource) throws -> Void
    ) rethrows {
        for seed in 0..<60 {
            guard let ward = TinyWard(seed: seed, stream: 90), let component = ward.largestComponent else {
                continue
            }
            let best = ward.optimum(of: component)
            let standing = ward.randomIncumbent(of: component, &random)
            let sub = SubProblem(ward.problem, standing, level: 3, held: (best.hard, best.minimum))
            try body(seed, ward, sub, standing, &random)
        }
    }

    private func converged(
        _ ward: TinyWard, _ sub: SubProblem, _ standing: Incumbent
    ) throws -> ColumnGeneration? {
        let generation = try ColumnGeneration(
            sub, pricer: Pricer(ward.problem), stop: Stop(seconds: nil), incumbent: standing, start: [])
        let outcome = try generation.generate(rounds: 200, gap: 0, smoothing: 8)
        return outcome == .converged ? generation : nil
    }

    /// With path rules pricing may leave lines out, and the programme may then end above the optimum.
    private func hasPathRule(_ ward: TinyWard, _ component: Int) -> Bool {
        ward.problem.components[component].people.contains { !ward.problem.people[$0].path.rules.isEmpty }
    }
}
