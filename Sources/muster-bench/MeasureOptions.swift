import ArgumentParser
import Foundation
import Roster

/// What decides a measurement: two with the same commit and the same limits are the same one.
struct SearchLimits: Hashable, Codable {
    let seconds: Double
    let threads: Int
    /// Of the search, and of samples.
    let seed: UInt64
}

/// The options of `rosters` and `growth`.
struct MeasureOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Seconds of search for each case.", valueName: "S"))
    var seconds = 60.0

    @Option(help: ArgumentHelp("Threads of the search.", valueName: "N"))
    var threads = 2

    @Option(help: ArgumentHelp("The seed of the search, and of samples.", valueName: "K"))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp("Where results.jsonl and results.md stand.", valueName: "DIR"),
        completion: .directory)
    var output = "Benchmarks"

    @Option(
        help: ArgumentHelp("The date to put on the results, such as 2026-11-02.", valueName: "D"),
        transform: date)
    var date: Day

    func validate() throws {
        guard seconds > 0, seconds.isFinite else { throw ValidationError("--seconds must be above 0.") }
        guard (1...256).contains(threads) else { throw ValidationError("--threads must be 1 to 256.") }
    }

    var limits: SearchLimits { SearchLimits(seconds: seconds, threads: threads, seed: seed) }

    static func date(_ text: String) throws -> Day {
        guard let day = Day(text) else { throw ValidationError("--date must be a date such as 2026-11-02.") }
        return day
    }
}
