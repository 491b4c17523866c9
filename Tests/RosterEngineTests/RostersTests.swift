import Foundation
import MusterFiles
import Roster
import RosterCheck
import Testing

@testable import RosterEngine

/// Roster folders that run as they are, searched for a few rounds.
@Suite struct RostersTests {
    private static func folder(_ name: String) throws -> RosterFolder {
        let rosters = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Rosters")
        return try RosterFolder.read(rosters.appending(path: name))
    }

    private func solve(_ folder: RosterFolder, iterations: Int) throws -> (SolveResult, CheckReport) {
        var options = SolveOptions()
        options.iterations = iterations
        let result = try RosterEngine.solve(
            folder.scenario, folder.ruleBook, options: options, stop: Stop(seconds: nil))
        let report = RosterCheck.check(folder.scenario, folder.ruleBook, result.rota)
        #expect(report.isLawful, "\(report.breaches.map(\.sentence))")
        #expect(Double(report.level1) == result.run.levels[0].objective)
        #expect(Double(report.level2) == result.run.levels[1].objective)
        return (result, report)
    }

    @Test func impossibleNight() throws {
        let (result, report) = try solve(Self.folder("impossible-night"), iterations: 3)
        #expect(result.run.status == .hardGaps(provenMinimal: true))
        #expect(result.run.levels[0].objective == 690 && result.run.levels[0].bound == 690)
        #expect(report.hardGaps.map(\.id) == ["senior@2026-11-12T20:30"])
    }

    @Test(arguments: ["clock-change", "virtual-ward"])
    func noHardMinuteIsMissing(_ name: String) throws {
        let (result, _) = try solve(Self.folder(name), iterations: 2)
        #expect(result.run.levels[0].objective == 0 && result.run.levels[0].proven)
    }
}
