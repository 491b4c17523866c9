import Foundation
import MusterFiles
import Roster
import RosterCheck
import RosterEngine
import RulePack
import Testing

@testable import RosterExplain

/// The night that nobody can lawfully work: what `Rosters/impossible-night` says must be said.
@Suite struct RosterExplainTests {
    private let folder: RosterFolder
    private let rota: Rota
    private let explained: (gaps: [GapExplanation], wishes: [WishOutcome])

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        folder = try RosterFolder.read(root.appending(path: "Rosters/impossible-night"))
        var options = SolveOptions()
        options.iterations = 30
        let solved = try RosterEngine.solve(
            folder.scenario, folder.ruleBook, options: options, stop: Stop(seconds: nil))
        rota = solved.rota
        explained = RosterExplain.explain(
            folder.scenario, folder.ruleBook, rota,
            report: RosterCheck.check(folder.scenario, folder.ruleBook, rota), run: solved.run,
            stop: Stop(seconds: nil))
    }

    private var night: GapExplanation? { explained.gaps.first { $0.gap.id == "senior@2026-11-12T20:30" } }

    @Test func eachPersonHasOneReason() throws {
        let obstacles = try #require(night).obstacles
        #expect(obstacles.map(\.person.text) == ["s-001", "s-002", "s-003", "s-004", "s-005", "s-006"])
        #expect(obstacles.map(\.kind) == [.leave, .skill, .leave, .pinned, .pinned, .rule])
        #expect(obstacles[0].sentence == "Gita Pretendi is on annual leave on Thu 12 Nov")
        #expect(
            obstacles[1].sentence
                == "Yusuf Testwell's skill senior-decision-maker ends on Thu 12 Nov, and the duty on Fri 13 Nov 08:30"
        )
        #expect(obstacles[2].sentence == "Mateo Inventi is on leave from Wed 11 Nov to Sun 15 Nov")
        #expect(obstacles[5].rule.map { ["RD-N", "RD-LONG"].contains($0) } == true)
        #expect(obstacles.allSatisfy { $0.sentence.count <= 140 })
    }

    @Test func whatWouldCloseItIsProven() throws {
        let relaxations = try #require(night).relaxations
        #expect(relaxations.map(\.kind).contains(.extraPerson))
        #expect(relaxations.map(\.kind).contains(.leave))
        #expect(relaxations.allSatisfy { $0.remaining == 0 })
        #expect(
            relaxations.map(\.sentence).contains(
                "Gita Pretendi's annual leave on Thu 12 Nov, if asked and agreed, would close it"))
    }

    @Test func neitherTheLawNorSicknessIsOffered() throws {
        let offered = try #require(night).relaxations
        #expect(offered.allSatisfy { [.extraPerson, .leave, .pinnedDuty].contains($0.kind) })
        #expect(!offered.contains { $0.sentence.contains("Mateo Inventi") })
        #expect(!offered.contains { $0.sentence.contains("RD-N") })
    }

    @Test func anHourThereIsWorthAnHourOfHardCover() throws {
        #expect(try #require(night).hourValue == 60)
        #expect(try #require(night).hourDual == 60)
    }

    @Test func theOrderIsTheReportsAndTheAnswerTheSame() throws {
        let report = RosterCheck.check(folder.scenario, folder.ruleBook, rota)
        #expect(explained.gaps.map(\.gap) == report.gaps)
        let again = RosterExplain.explain(
            folder.scenario, folder.ruleBook, rota, report: report, run: Ward.run(),
            stop: Stop(seconds: nil))
        #expect(again.gaps == explained.gaps)
    }

    @Test func nothingIsSolvedOnceItMustStop() throws {
        let stop = Stop(seconds: nil)
        stop.ask()
        let report = RosterCheck.check(folder.scenario, folder.ruleBook, rota)
        let hurried = RosterExplain.explain(
            folder.scenario, folder.ruleBook, rota, report: report, run: Ward.run(), stop: stop)
        #expect(
            hurried.gaps.allSatisfy {
                $0.relaxations.isEmpty && $0.changesTried == nil && $0.hourValue == nil
            })
        #expect(hurried.gaps.map(\.obstacles) == explained.gaps.map(\.obstacles))
    }

    @Test func onlyTheWorstGapsAreSolved() throws {
        let people = [Ward.person("a")]
        let both = Ward.scenario(
            people: people,
            cover: [Ward.cover("soft", target: 3), Ward.cover("hard", minimum: 2, hard: true)])
        var effort = ExplainEffort()
        effort.gaps = 1
        let gaps = Ward.explain(both, [], [Ward.duty("a")], effort: effort).gaps()
        #expect(gaps.map(\.gap.severity) == [.hard, .belowTarget])
        #expect(gaps.map { $0.hourValue == nil } == [false, true])
    }

    @Test func anUnknownGapOrPersonHasNoAnswer() {
        let explain = Ward.explain(Ward.scenario(people: [Ward.person("a")]))
        #expect(explain.explain(gap: "none@2026-11-02T08:00") == nil)
        #expect(explain.explain(person: "nobody", day: Ward.monday) == nil)
        #expect(explain.explain(gap: explain.report.gaps[0].id)?.obstacles.count == 1)
    }
}
