import ArgumentParser
import DemandForecast
import Foundation
import MusterFiles
import Roster

/// `muster forecast`: from what happened to what will be needed.
struct Forecast: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Forecast demand from what happened, as people needed by the hour.",
        discussion: """
            Reads activity.csv (counts by hour, day or month), events.csv and forecast.yaml, which says how many \
            people arrivals take, and writes demand.csv, which `muster solve` reads, and out/forecast.csv and \
            out/forecast.html. A demand.csv that was made or changed by hand is never overwritten: the demand then \
            goes to out/demand.csv.

            --backtest also makes the forecast from earlier days and holds it against what came, beside the \
            forecast that next week is like last week.

            Examples:
              muster forecast Rosters/urgent-care
              muster forecast my-ward --backtest
            """)

    @Argument(help: "The roster folder.", completion: .directory)
    var folder: String

    @Flag(help: "Judge forecasts from earlier days against what came.")
    var backtest = false

    @Option(help: ArgumentHelp("Threads that work at once. (default: one a processor)", valueName: "N"))
    var threads: Int?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if let threads, !(1...256).contains(threads) { throw ValidationError("--threads must be 1 to 256.") }
    }

    func run() throws {
        let folder = try ForecastFolder.read(URL(filePath: folder))
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        let forecast = DemandForecast.make(folder.activity, folder.outlook, threads: threads)
        let judged = backtest ? Backtest.make(folder.activity, folder.outlook, threads: threads) : nil
        let output = try ForecastOutput(
            folder: folder, forecast: forecast, required: folder.required(forecast), version: Muster.version,
            backtest: judged)
        let destination = try output.write()
        if json {
            try Console.result(json: ForecastEntry(output, destination))
        } else {
            try Console.result(
                ForecastText(output: output, destination: destination, style: .result).text)
        }
    }
}
