import Testing

@testable import RosterEngine

@Suite struct ObjectiveTests {
    @Test func changingLinesEqualsCountingAfresh() throws {
        var random = RandomSource(seed: 5)
        var wards = 0
        for seed in 0..<40 {
            guard let ward = TinyWard(seed: seed) else { continue }
            wards += 1
            var incumbent = ward.randomIncumbent(&random)
            for _ in 0..<5 {
                let other = ward.randomIncumbent(&random)
                let fresh = other.lines.filter { _ in Bool.random(using: &random) }
                incumbent = incumbent.replacing(fresh, ward.problem)
                let again = Incumbent(ward.problem, component: 0, lines: incumbent.lines)
                #expect(incumbent.objective == again.objective && incumbent.values == again.values)
                let parts = CostParts(ward.problem, [incumbent]).points.values.reduce(0, +)
                #expect(abs(parts - incumbent.objective.points) < 1e-6)
            }
        }
        #expect(wards > 10)
    }

    @Test func levelsAreComparedInOrder() {
        let one = Objective(hard: 1, minimum: 0, cost: 0)
        let two = Objective(hard: 0, minimum: 1_000_000, cost: 1_000_000)
        let three = Objective(hard: 0, minimum: 999_999, cost: 9_000_000)
        #expect(two < one && three < two)
        #expect(one + two == Objective(hard: 1, minimum: 1_000_000, cost: 1_000_000))
    }
}
