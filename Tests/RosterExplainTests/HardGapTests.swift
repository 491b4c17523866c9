import Roster
import RosterEngine
import RulePack
import Testing

@testable import RosterExplain

/// What would close a hard gap: each kind of change that may be offered, and those that never are.
@Suite struct HardGapTests {
    private let hard = [Ward.cover(minimum: 1, hard: true)]

    private func relaxations(
        _ scenario: Scenario, _ rules: [Rule] = [], _ duties: [Duty] = [], status: RunStatus = .feasible
    ) -> [Relaxation] {
        let explain = Ward.explain(scenario, rules, duties, status: status)
        return explain.report.hardGaps.first.flatMap { explain.explain(gap: $0.id) }?.relaxations ?? []
    }

    private func leave(_ kind: LeaveKind, _ person: Person.ID = "a", days: Int = 1) -> Leave {
        Leave(person: person, first: Ward.monday, last: Ward.monday.advanced(by: days - 1), kind: kind)
    }

    @Test func onePersonMore() {
        let found = relaxations(Ward.scenario(people: [], cover: hard))
        #expect(found.map(\.kind) == [.extraPerson])
        #expect(
            found.first?.sentence == "One more Nurse for the Day on Mon 2 Nov (08:00 to 16:00) would close it"
        )
        #expect(found.first?.remaining == 0)
    }

    @Test func onePersonMoreOfAGrade() {
        let graded = [Ward.cover(grades: ["B6"], minimum: 1, hard: true)]
        #expect(relaxations(Ward.scenario(people: [], cover: graded)).map(\.kind) == [.extraPerson])
    }

    @Test(arguments: [LeaveKind.annual, .study]) func leaveThatMayBeAskedAbout(_ kind: LeaveKind) {
        let found = relaxations(
            Ward.scenario(people: [Ward.person("a")], cover: hard, leave: [leave(kind)]))
        #expect(found.map(\.kind) == [.extraPerson, .leave])
    }

    @Test(arguments: [LeaveKind.sickness, .parental, .special, .unpaid, .other])
    func anyOtherAbsenceIsNeverOffered(_ kind: LeaveKind) {
        let found = relaxations(
            Ward.scenario(people: [Ward.person("a")], cover: hard, leave: [leave(kind)]))
        #expect(found.map(\.kind) == [.extraPerson])
    }

    @Test func aPolicyOrAWishThatIsKeptAsHard() {
        let scenario = Ward.scenario(people: [Ward.person("a")], cover: hard)
        #expect(
            relaxations(scenario, [Ward.rule(Ward.shortDuties)]).map(\.kind) == [.extraPerson, .policyRule])
        #expect(
            relaxations(scenario, [Ward.rule(Ward.shortDuties, .wish)]).map(\.kind) == [.extraPerson, .wish])
    }

    @Test(arguments: [RuleClass.statutory, .contractual, .serviceHard])
    func theLawAndTheContractAreNeverOffered(_ classification: RuleClass) {
        let found = relaxations(
            Ward.scenario(people: [Ward.person("a")], cover: hard),
            [Ward.rule(Ward.shortDuties, classification)])
        #expect(found.map(\.kind) == [.extraPerson])
    }

    @Test func aPinnedDutyThatSomebodyElseCanTake() {
        // Only "a" may lead, and is pinned to nurse, which "b" could do.
        let pin = Ward.duty("a", source: .pinned)
        let scenario = Ward.scenario(
            people: [Ward.person("a", skills: [Ward.leading]), Ward.person("b")],
            cover: [
                Ward.cover(minimum: 1, hard: true),
                Ward.cover("lead", roles: ["lead"], minimum: 1, hard: true),
            ],
            pinned: [pin])
        let found = relaxations(scenario, [], [pin])
        #expect(found.map(\.kind) == [.extraPerson, .pinnedDuty])
        #expect(found.last?.sentence == "Moving Nurse a's pinned Day on Mon 2 Nov would close it")
    }

    @Test func whatDoesNotCloseItIsNotOffered() {
        // Without "b" nobody could nurse, so moving the pinned duty would only move the gap.
        let pin = Ward.duty("a", source: .pinned)
        let scenario = Ward.scenario(
            people: [Ward.person("a", skills: [Ward.leading])],
            cover: [
                Ward.cover(minimum: 1, hard: true),
                Ward.cover("lead", roles: ["lead"], minimum: 1, hard: true),
            ],
            pinned: [pin])
        #expect(relaxations(scenario, [], [pin]).map(\.kind) == [.extraPerson])
        // Leave behind which a rule stands too.
        let onLeave = Ward.scenario(people: [Ward.person("a")], cover: hard, leave: [leave(.annual)])
        #expect(
            relaxations(onLeave, [Ward.rule(Ward.shortDuties, .statutory)]).map(\.kind) == [.extraPerson])
    }

    @Test func aRotaThatIsUnlawfulProvesNothing() {
        // Monday is covered by "a", who does not work on Mondays: with one more person on Tuesday, Monday would still be
        // open.
        let scenario = Ward.scenario(
            days: 2, people: [Ward.person("a", workingDays: [.wednesday])], cover: hard)
        #expect(relaxations(scenario, [], [Ward.duty("a")]).isEmpty)
    }

    /// That nothing is known to close a gap does not say that nothing does.
    @Test func howManyChangesWereTriedIsSaid() throws {
        let gap = Gap(
            rule: "nurses", unit: "W", start: Instant(minutes: 0), end: Instant(minutes: 60), required: 1,
            planned: 0, severity: .hard)
        func words(_ tried: Int?) -> String {
            GapExplanation(gap: gap, obstacles: [], relaxations: [], changesTried: tried, hourValue: nil)
                .nothingKnownToClose
        }
        #expect(
            words(nil).hasPrefix("What would close it was not looked for. muster explain --gap \(gap.id)"))
        #expect(words(0) == words(nil))
        #expect(words(1).hasPrefix("The one change that was tried"))
        #expect(words(7).hasPrefix("None of the 7 changes that were tried"))
        let scenario = Ward.scenario(people: [], cover: hard)
        let explain = Ward.explain(scenario, [], [], status: .feasible)
        let found = try #require(explain.report.hardGaps.first.flatMap { explain.explain(gap: $0.id) })
        #expect(found.changesTried == 1 && found.relaxations.count == 1)
    }

    @Test func twoChangesWhereOneIsNotEnough() {
        let scenario = Ward.scenario(
            people: [Ward.person("a"), Ward.person("b")],
            cover: [Ward.cover(minimum: 2, target: 2, hard: true)],
            leave: [leave(.annual, "a"), leave(.annual, "b")])
        let found = relaxations(scenario)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.remaining == 0 && $0.sentence.contains(" together with ") })
        #expect(
            found.map(\.sentence).contains(
                "Nurse a's annual leave on Mon 2 Nov, if asked and agreed, together with "
                    + "Nurse b's annual leave on Mon 2 Nov, if asked and agreed, would close it"))
    }

    @Test func hardCoverElsewhereStaysInWhatRemains() {
        let scenario = Ward.scenario(
            people: [], cover: hard + [Ward.cover("lead", roles: ["lead"], minimum: 1, hard: true)])
        #expect(relaxations(scenario).map(\.remaining) == [480])
    }

    @Test func hoursMissingInAWeekAreClosedByAShift() {
        // Eight hours are wanted between Monday and Sunday, and "a", who could give them, is away on Monday only.
        let weekly = CoverRule(
            id: "week", name: "Eight hours a week", unit: "W", counted: Counted(roles: ["nurse"]),
            requirement: .heads(minimum: 0, target: 0, maximum: nil), weeklyMinimum: ElapsedMinutes(hours: 8),
            hard: true)
        let scenario = Ward.scenario(
            days: 7, people: [Ward.person("a", workingDays: [.monday])], cover: [weekly],
            leave: [leave(.study)])
        let found = relaxations(scenario)
        #expect(found.map(\.kind) == [.extraPerson, .leave])
        #expect(found.allSatisfy { $0.remaining == 0 })
    }

    @Test func aGapThatALongerSearchClosesSaysSo() {
        let scenario = Ward.scenario(people: [Ward.person("a")], cover: hard)
        #expect(relaxations(scenario).map(\.kind) == [.longerSearch])
    }

    @Test func leaveInTheMiddleIsCutInTwo() {
        let whole = leave(.annual, days: 5)
        let scenario = Ward.scenario(days: 5, people: [Ward.person("a")], leave: [whole])
        let (changed, _) = Remedy.leave(whole, Ward.monday.advanced(by: 2))
            .applied(to: scenario, RuleBook(rulesByContract: [:]), number: 1)
        #expect(changed.leave.map(\.first) == [Ward.monday, Ward.monday.advanced(by: 3)])
        #expect(changed.leave.map(\.last) == [Ward.monday.advanced(by: 1), Ward.monday.advanced(by: 4)])
    }
}
