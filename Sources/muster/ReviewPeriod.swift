import ArgumentParser
import DemandForecast
import Foundation
import MusterFiles
import Roster
import RosterCheck

/// `muster review`: a period that has passed, looked back upon.
struct ReviewPeriod: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Hold the forecast and the staffing of a period against what came.",
        discussion: """
            Once activity.csv holds counts of the roster's own period: what was forecast (from what was known \
            before) against what came, hours with too few people and with people to spare, and the hours of the \
            week at which the staffing level should be looked at again. A level is judged by people, with \
            professional judgement: this only says where to look.

            Without --rota the rota in FOLDER/out is read, if there is one.

            Example:
              muster review my-ward --rota my-ward/out/rota.csv
            """)

    @Argument(help: "The roster folder.", completion: .directory)
    var folder: String

    @Option(
        help: ArgumentHelp("The rota that was worked. (default: FOLDER/out/rota.csv)", valueName: "FILE"),
        completion: .file(extensions: ["csv"]))
    var rota: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let url = URL(filePath: folder)
        let counted = try ForecastFolder.read(url)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let forecast = DemandForecast.make(counted.activity, counted.outlook, threads: threads)
        let review = try StaffingReview(counted, forecast: forecast, rota: worked(url))
        guard !review.forecasts.isEmpty else {
            throw ValidationError(
                "activity.csv has no counts from \(counted.period.first) to \(counted.period.last) yet: "
                    + "there is nothing to review.")
        }
        if json {
            try Console.result(json: ReviewEntry(review))
        } else {
            try Console.result(ReviewPeriodText(name: counted.name, review: review, style: .result).text)
        }
    }

    private func worked(_ url: URL) throws -> (Scenario, Rota, CheckReport)? {
        let file = rota.map { URL(filePath: $0) } ?? url.appending(path: "out/rota.csv")
        guard rota != nil || FileManager.default.fileExists(atPath: file.path) else { return nil }
        let folder = try RosterFolder.read(url)
        let rota = try RotaFile.read(file, scenario: folder.scenario)
        return (folder.scenario, rota, RosterCheck.check(folder.scenario, folder.ruleBook, rota))
    }
}
