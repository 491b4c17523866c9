import ArgumentParser
import Foundation
import MusterFiles
import RosterCheck
import RosterEngine

@main
struct Muster: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Staff rotas that can be trusted.")
    @Argument var folder: String
    @Option var seconds = 10.0

    func run() throws {
        let folder = try RosterFolder.read(URL(filePath: folder))
        let stop = Stop(seconds: seconds)
        let result = try RosterEngine.solve(folder.scenario, folder.ruleBook, stop: stop) { print($0) }
        print(result.run)
        let report = RosterCheck.check(folder.scenario, folder.ruleBook, result.rota)
        print("breaches", report.breaches.count, "warnings", report.warnings.count, "gaps", report.gaps.count)
        for breach in report.breaches.prefix(10) { print(breach) }
        for gap in report.gaps.filter({ $0.severity != .belowTarget }).prefix(10) { print(gap) }
        print(report.level1, report.level2)
    }
}
