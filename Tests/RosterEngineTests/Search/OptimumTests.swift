import Foundation
import Roster
import RosterCheck
import Testing

@testable import RosterEngine

/// The bound is a bound and the optimum is the optimum: against every rota there is.
@Suite struct OptimumTests {
    /// So many instances are solved: some as a matter of course, and thousands where `OPTIMUM_INSTANCES` asks for them, as
    /// `.ci/run` does.
    static let count = ProcessInfo.processInfo.environment["OPTIMUM_INSTANCES"].flatMap(Int.init) ?? 25
    static let batch = 25
    /// The seeds that a batch may try: about every other one makes an instance.
    static let seeds = 250

    @Test(arguments: 0..<(count + batch - 1) / batch)
    func neverAboveTheOptimumAndNeverBelowTheBound(number: Int) {
        let wanted = min(Self.batch, Self.count - number * Self.batch)
        let seeds = number * Self.seeds..<(number + 1) * Self.seeds
        let (solved, optimal) = expectOptima(seeds, most: wanted)
        #expect(solved == wanted, "\(solved) solved")
        // There are proofs among the first, so that the comparison means something.
        #expect(number > 0 || optimal * 10 > solved, "\(optimal) optimal")
    }

    /// In these, limits on totals leave hardly a line, beside a pinned duty or not.
    @Test func neverAboveTheOptimumWhereHardlyALineIsLeft() {
        #expect(expectOptima([56, 269, 873], most: 3).solved == 3)
    }

    /// How many of the seeds are instances, up to the most that are wanted, and how many of those are proven.
    private func expectOptima(_ seeds: some Sequence<Int>, most: Int) -> (solved: Int, optimal: Int) {
        var solved = 0
        var optimal = 0
        for seed in seeds where solved < most {
            guard let ward = TinyWard(seed: seed) else { continue }
            var options = SolveOptions()
            options.iterations = 3
            options.threads = 1
            let result: SolveResult
            do {
                result = try RosterEngine.solve(
                    ward.scenario, ward.rules, options: options, stop: Stop(seconds: nil))
            } catch {
                Issue.record("seed \(seed): \(error), where there are \(ward.lines.map(\.count)) lines")
                continue
            }
            solved += 1
            if judge(ward, result, seed) { optimal += 1 }
        }
        return (solved, optimal)
    }

    /// True if the rota is proven optimal.
    private func judge(_ ward: TinyWard, _ result: SolveResult, _ seed: Int) -> Bool {
        let best = ward.optimum()
        let levels = result.run.levels
        let reached = Objective(
            hard: Int(levels[0].objective), minimum: Int(levels[1].objective),
            cost: Int64((levels[2].objective * 60).rounded()))
        #expect(reached >= best, "seed \(seed): \(reached) is better than the best, \(best)")
        if let bound = levels[0].bound { #expect(bound <= Double(best.hard), "seed \(seed): hard") }
        if let bound = levels[1].bound, levels[0].proven {
            #expect(bound <= Double(best.minimum), "seed \(seed): minimum \(bound), \(best)")
        }
        if let bound = levels[2].bound, levels[1].proven {
            #expect(bound * 60 <= Double(best.cost) + 0.001, "seed \(seed): cost \(bound), \(best)")
        }
        for (level, equal) in zip(
            levels, [reached.hard == best.hard, reached.minimum == best.minimum, reached.cost == best.cost])
        where level.proven {
            #expect(equal, "seed \(seed): level \(level.level) is called proven at \(reached), not \(best)")
        }
        switch result.run.status {
        case .optimal: #expect(reached == best, "seed \(seed): \(reached) is called optimal, not \(best)")
        case .hardGaps(let proven):
            #expect(best.hard > 0 || !proven, "seed \(seed): hard gaps")
            #expect(reached.hard > 0)
        case .within, .feasible: #expect(reached.hard == 0)
        case .none: Issue.record("seed \(seed): no rota")
        }
        let report = RosterCheck.check(ward.scenario, ward.rules, result.rota)
        #expect(report.isLawful, "seed \(seed): \(report.breaches.map(\.sentence))")
        #expect(report.level1 == reached.hard, "seed \(seed): the checker counts \(report.level1) hard")
        #expect(
            report.level2 == reached.minimum, "seed \(seed): the checker counts \(report.level2), \(reached)")
        return levels.allSatisfy(\.proven)
    }
}
