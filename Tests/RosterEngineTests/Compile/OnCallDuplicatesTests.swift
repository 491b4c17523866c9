import Roster
import RosterCheck
import RulePack
import Testing

@testable import RosterEngine

/// Nobody is on call for cover that a colleague works as a shift.
@Suite struct OnCallDuplicatesTests {
    private static let monday = RandomWard.day("2026-11-02")
    private static let longDay = RandomWard.shift("LD", "07:30", "20:00")
    private static let onCall = ShiftType(
        id: "OC", name: "On call", start: RandomWard.clock("18:00"), end: RandomWard.clock("08:00"),
        kind: .onCall, paid: PaidMinutes(hours: 6), working: WorkingMinutes(hours: 4), onSite: false,
        countsForCover: false)
    private static let duplicate = RandomWard.rule(
        .onCallDuplicate, id: "DUP", reach: .crossPerson)

    /// Two nurses; one wishes to be on call on each day; so many nurses are needed by day.
    private func scenario(
        pinned: [Duty] = [], weekdays: Set<Weekday> = [], needed: Int = 1
    ) -> Scenario {
        let period = Period(first: Self.monday, days: 4)
        let wishes = (0..<4).map {
            Preference(
                person: "p1", day: Self.monday.advanced(by: $0), wanted: .shift("OC"), strength: 5)
        }
        let day = ShiftType(
            id: "LD", name: "Long day", start: Self.longDay.start, end: Self.longDay.end, weekdays: weekdays)
        return RandomWard.scenario(
            period: period, people: [RandomWard.person("p1"), RandomWard.person("p2")],
            shifts: [day, Self.onCall],
            cover: [
                CoverRule(
                    id: "day", name: "Day", unit: "W", counted: Counted(roles: ["rn"]),
                    from: RandomWard.clock("07:30"), to: RandomWard.clock("20:00"),
                    requirement: .heads(minimum: 0, target: needed, maximum: nil))
            ], pinned: pinned, preferences: wishes)
    }

    private func solve(_ scenario: Scenario, _ rules: [Rule]) throws -> (SolveResult, CheckReport) {
        var options = SolveOptions()
        options.iterations = 6
        let book = RandomWard.book(rules)
        let result = try RosterEngine.solve(scenario, book, options: options, stop: Stop(seconds: nil))
        let strict = RandomWard.book([Self.duplicate])
        return (result, RosterCheck.check(scenario, strict, result.rota))
    }

    private func onCalls(_ result: SolveResult) -> [Duty] { result.rota.duties.filter { $0.shift == "OC" } }

    @Test func whoCouldBeDoubledByAColleagueIsNotPutOnCall() throws {
        let (free, unlawful) = try solve(scenario(), [])
        #expect(!onCalls(free).isEmpty && !unlawful.isLawful)
        let (bound, lawful) = try solve(scenario(), [Self.duplicate])
        #expect(onCalls(bound).isEmpty && lawful.isLawful)
        #expect(bound.rota.duties.count { $0.shift == "LD" } == 4)
    }

    @Test func onADayWithoutShiftsAWishToBeOnCallIsKept() throws {
        let weekdays: Set<Weekday> = [.monday, .tuesday]
        let (result, report) = try solve(scenario(weekdays: weekdays), [Self.duplicate])
        #expect(report.isLawful)
        #expect(onCalls(result).map(\.day) == [2, 3].map { Self.monday.advanced(by: $0) })
    }

    @Test func aPinnedOnCallKeepsColleaguesOffTheShift() throws {
        let pinned = Duty(
            person: "p1", day: Self.monday, unit: "W", shift: Self.onCall, role: "rn", source: .pinned)
        let (result, report) = try solve(scenario(pinned: [pinned]), [Self.duplicate])
        #expect(report.isLawful)
        #expect(!result.rota.duties.contains { $0.shift == "LD" && $0.day == Self.monday })
        #expect(report.gaps.contains { $0.start.day == Self.monday })
    }

    @Test func theBoundIsReckonedWithoutTheRuleAndSoHolds() throws {
        let (free, _) = try solve(scenario(), [])
        let (bound, _) = try solve(scenario(), [Self.duplicate])
        let level = bound.run.levels[2]
        let reached = try #require(level.bound)
        #expect(reached <= free.run.levels[2].objective && free.run.levels[2].objective < level.objective)
    }

    @Test func theBoundWithoutAProgrammeIsReckonedSoToo() throws {
        let (free, _) = try solve(scenario(needed: 0), [])
        let book = RandomWard.book([Self.duplicate])
        let problem = try Compiler(scenario(needed: 0), book).problem(isLoose: true)
        let pricer = Pricer(problem)
        let stop = Stop(seconds: nil)
        var random = RandomSource(seed: 3)
        var ruin = RuinRecreate(problem, component: 0, pricer: pricer)
        let constructed = ruin.construct(stop, &random)
        var state = ComponentState(try #require(constructed))
        let task = SearchTask(component: 0, kind: .ascend)
        for _ in 0..<8 {
            let result = task.perform(problem, state, pricer, stop, &random)
            let bound = try #require(result.bound)
            #expect(Double(bound) / 60 <= free.run.levels[2].objective)
            _ = state.absorb(result, task, from: state.incumbent, problem)
        }
    }
}
