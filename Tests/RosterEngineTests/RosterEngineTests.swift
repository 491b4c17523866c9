import Roster
import RosterCheck
import RulePack
import Testing

@testable import RosterEngine

/// What the engine promises whatever the roster.
@Suite struct RosterEngineTests {
    private static let monday = RandomWard.day("2026-11-02")

    private func solve(
        _ scenario: Scenario, _ rules: RuleBook = RandomWard.book([]), iterations: Int = 3, threads: Int = 1,
        seed: UInt64 = 1, stop: Stop = Stop(seconds: nil)
    ) throws -> SolveResult {
        var options = SolveOptions()
        options.iterations = iterations
        options.threads = threads
        options.seed = seed
        return try RosterEngine.solve(scenario, rules, options: options, stop: stop)
    }

    @Test(arguments: [3, 9, 14])
    func theSameSeedGivesTheSameRotaHoweverManyThreads(_ number: Int) throws {
        let ward = try #require((number..<number + 20).lazy.compactMap { TinyWard(seed: $0) }.first)
        let one = try solve(ward.scenario, ward.rules, iterations: 6, threads: 1, seed: 5)
        for threads in 2...3 {
            let other = try solve(ward.scenario, ward.rules, iterations: 6, threads: threads, seed: 5)
            #expect(other.rota == one.rota && other.run.levels == one.run.levels)
        }
    }

    @Test func aStopAskedAtOnceStillGivesALawfulRota() throws {
        for seed in 0..<30 {
            guard let ward = TinyWard(seed: seed) else { continue }
            let stop = Stop(seconds: nil)
            stop.ask()
            let result = try solve(ward.scenario, ward.rules, stop: stop)
            #expect(RosterCheck.check(ward.scenario, ward.rules, result.rota).isLawful, "seed \(seed)")
            #expect(result.run.iterations == 0)
        }
    }

    @Test func whatStandsIsKeptAndNobodyWorksOnLeaveOrWithoutTheSkill() throws {
        var kept = 0
        for seed in 0..<40 {
            guard let ward = TinyWard(seed: seed) else { continue }
            let duties = try solve(ward.scenario, ward.rules, iterations: 1).rota.duties
            for pinned in ward.scenario.pinned {
                #expect(duties.contains(pinned), "seed \(seed)")
                kept += 1
            }
            for booking in ward.scenario.bookings {
                #expect(
                    duties.contains {
                        $0.person == booking.person && $0.day == booking.day && $0.source == .booking
                    }, "seed \(seed)")
                kept += 1
            }
            for duty in duties where duty.source == .solved {
                let away = ward.scenario.leave.contains { $0.person == duty.person && $0.contains(duty.day) }
                #expect(!away, "seed \(seed): \(duty)")
                guard duty.role == "lead", let person = ward.scenario.person(duty.person) else { continue }
                let last = (duty.end - ElapsedMinutes(1)).day
                #expect(person.holds("leading", from: duty.day, through: last, at: "S"), "seed \(seed)")
            }
        }
        #expect(kept > 5)
    }

    /// A night on the last day of a skill runs past it.
    @Test func anExpiredSkillIsNeverPlaced() throws {
        let skill = Competency(skill: "leading", from: Self.monday, expiry: Self.monday.advanced(by: 1))
        let cover = CoverRule(
            id: "lead", name: "Lead", unit: "W", counted: Counted(roles: ["lead"]),
            from: RandomWard.clock("20:00"), to: RandomWard.clock("08:00"),
            requirement: .heads(minimum: 1, target: 1, maximum: nil), hard: true)
        let scenario = RandomWard.scenario(
            period: Period(first: Self.monday, days: 3),
            people: [RandomWard.person(grade: "B6", skills: [skill])],
            shifts: [RandomWard.shifts[3]], cover: [cover])
        let result = try solve(scenario)
        #expect(result.rota.duties.filter { $0.role == "lead" }.map(\.day) == [Self.monday])
        #expect(result.run.status == .hardGaps(provenMinimal: true))
        #expect(result.run.levels[0].objective == 2 * 720 && result.run.levels[0].bound == 2 * 720)
    }

    /// Who counts for a skill is there on the third day as well, and counts no more.
    @Test func aDutyCountsForASkillWhileThatIsInDate() throws {
        let skill = Competency(skill: "leading", from: Self.monday, expiry: Self.monday.advanced(by: 1))
        let cover = CoverRule(
            id: "iv", name: "IV", unit: "W", counted: Counted(roles: ["rn"], skills: ["leading"]),
            from: RandomWard.clock("08:00"), to: RandomWard.clock("20:00"),
            requirement: .heads(minimum: 1, target: 1, maximum: nil), hard: true)
        let scenario = RandomWard.scenario(
            period: Period(first: Self.monday, days: 3),
            people: [RandomWard.person(grade: "B6", skills: [skill])],
            shifts: [RandomWard.shifts[2]], cover: [cover])
        let result = try solve(scenario)
        #expect(result.run.levels[0].objective == 720 && result.run.levels[0].bound == 720)
        let days = Set(result.rota.duties.map(\.day))
        #expect(days.contains(Self.monday) && days.contains(Self.monday.advanced(by: 1)))
    }

    /// Half an hour of hard cover against twelve hours of soft cover at a thousand times the price, and wishes.
    @Test func aHardMinuteIsNeverTraded() throws {
        let lead = CoverRule(
            id: "lead", name: "Lead", unit: "W", counted: Counted(roles: ["lead"]),
            from: RandomWard.clock("08:00"), to: RandomWard.clock("08:30"),
            requirement: .heads(minimum: 1, target: 1, maximum: nil), hard: true)
        let nurses = CoverRule(
            id: "nurses", name: "Nurses", unit: "W", counted: Counted(roles: ["rn"]),
            from: RandomWard.clock("07:30"), to: RandomWard.clock("20:00"),
            requirement: .heads(minimum: 1, target: 1, maximum: nil), risk: 1000)
        let skill = Competency(skill: "leading", from: Self.monday)
        let period = Period(first: Self.monday, days: 2)
        let wishes = period.days.map { Preference(person: "p1", day: $0, wanted: .off, strength: 5) }
        let scenario = RandomWard.scenario(
            period: period, people: [RandomWard.person(grade: "B6", skills: [skill])],
            shifts: [RandomWard.shifts[2]], cover: [nurses, lead], preferences: wishes)
        let result = try solve(scenario)
        #expect(result.rota.duties.map(\.role) == ["lead", "lead"])
        #expect(result.run.levels[0].objective == 0 && result.run.levels[0].proven)
        #expect(result.run.levels[1].objective == 2 * 750)
    }

    @Test func somebodyWithoutALawfulLineIsNamed() {
        let pinned = Duty(
            person: "p1", day: Self.monday, unit: "W", shift: RandomWard.shifts[2], role: "rn",
            source: .pinned)
        let scenario = RandomWard.scenario(
            period: Period(first: Self.monday, days: 2), people: [RandomWard.person()],
            shifts: RandomWard.shifts, pinned: [pinned])
        let rule = RandomWard.rule(.dutyLength(maximum: 600, of: .any))
        #expect(throws: EngineError.noLawfulLine(person: "p1")) {
            try solve(scenario, RandomWard.book([rule]))
        }
    }

    @Test func progressOnlyGetsBetter() throws {
        let ward = try #require((0..<20).lazy.compactMap { TinyWard(seed: $0) }.first)
        var seen: [Progress] = []
        var options = SolveOptions()
        options.iterations = 5
        let result = try RosterEngine.solve(
            ward.scenario, ward.rules, options: options, stop: Stop(seconds: nil)
        ) { seen.append($0) }
        #expect(seen.first?.source == "first rota")
        for (left, right) in zip(seen, seen.dropFirst()) {
            let before = Objective(
                hard: left.hardMinutes, minimum: left.minimumMinutes, cost: Int64(left.best * 60))
            let after = Objective(
                hard: right.hardMinutes, minimum: right.minimumMinutes, cost: Int64(right.best * 60))
            #expect(after <= before)
        }
        #expect(seen.last?.best == result.run.levels[2].objective)
    }

    /// A night belongs to the day on which it starts, for the engine as for the checker.
    @Test func theLastDayOfEmploymentHasItsNight() throws {
        let cover = CoverRule(
            id: "night", name: "Night", unit: "W", counted: Counted(roles: ["rn"]),
            from: RandomWard.clock("20:00"), to: RandomWard.clock("08:00"),
            requirement: .heads(minimum: 1, target: 1, maximum: nil), hard: true)
        let scenario = RandomWard.scenario(
            period: Period(first: Self.monday, days: 2),
            people: [RandomWard.person(leaves: Self.monday)], shifts: [RandomWard.shifts[3]], cover: [cover])
        let result = try solve(scenario)
        #expect(result.rota.duties.map(\.day) == [Self.monday])
        #expect(result.run.levels[0].objective == 720 && result.run.levels[0].bound == 720)
        #expect(RosterCheck.check(scenario, RandomWard.book([]), result.rota).isLawful)
    }

    /// A rule that names no role counts people in any, whatever another rule of the unit names.
    @Test func aRuleWithoutRolesCountsEveryRole() throws {
        func rule(_ id: CoverRule.ID, _ counted: Counted) -> CoverRule {
            CoverRule(
                id: id, name: id.text, unit: "W", counted: counted, from: RandomWard.clock("08:00"),
                to: RandomWard.clock("20:00"), requirement: .heads(minimum: 1, target: 1, maximum: nil))
        }
        let scenario = RandomWard.scenario(
            period: Period(first: Self.monday, days: 1), people: [RandomWard.person()],
            shifts: [RandomWard.shifts[2]],
            cover: [rule("lead", Counted(roles: ["lead"])), rule("any", Counted(grades: ["B5", "B6"]))])
        let result = try solve(scenario)
        #expect(result.rota.duties.map(\.role) == ["rn"])
    }

    /// Nothing is done while hard cover may still be won, however well all else is proven.
    @Test func theSearchGoesOnWhileHardCoverIsNotProven() throws {
        let cover = CoverRule(
            id: "rn", name: "Nurse", unit: "W", counted: Counted(roles: ["rn"]),
            from: RandomWard.clock("08:00"), to: RandomWard.clock("20:00"),
            requirement: .heads(minimum: 2, target: 2, maximum: nil), hard: true)
        let scenario = RandomWard.scenario(
            period: Period(first: Self.monday, days: 1), people: [RandomWard.person()],
            shifts: [RandomWard.shifts[2]], cover: [cover])
        let problem = try Compiler(scenario, RandomWard.book([])).problem()
        var random = RandomSource(seed: 1)
        var ruin = RuinRecreate(problem, component: 0, pricer: Pricer(problem))
        let constructed = ruin.construct(Stop(seconds: nil), &random)
        let incumbent = try #require(constructed)
        #expect(incumbent.objective.hard > 0)
        var state = ComponentState(incumbent)
        let closed = SearchTask.Result(bound: incumbent.objective.cost)
        _ = state.absorb(closed, SearchTask(component: 0, kind: .root(level: 3)), from: incumbent, problem)
        #expect(state.costBound == incumbent.objective.cost)
        var search = Search(problem, options: SolveOptions(), stop: Stop(seconds: nil))
        search.states = problem.components.indices.map { _ in state }
        #expect(!search.isDone)
    }
}
