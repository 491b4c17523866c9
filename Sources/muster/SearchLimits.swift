import ArgumentParser
import Foundation
import RosterEngine

/// The options that say how long and how hard to search.
struct SearchLimits: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The most seconds to search. (default: 60; no limit if --iterations is given)", valueName: "S"))
    var seconds: Double?

    @Option(help: ArgumentHelp("The most rounds of the search. (default: no limit)", valueName: "N"))
    var iterations: Int?

    @Option(help: ArgumentHelp("Threads that search at once. (default: one a processor)", valueName: "N"))
    var threads: Int?

    @Option(help: ArgumentHelp("Where the random choices start.", valueName: "K"))
    var seed: UInt64 = 1

    func validate() throws {
        if let seconds, !(seconds > 0 && seconds.isFinite) {
            throw ValidationError("--seconds must be above 0.")
        }
        if let iterations, iterations < 1 { throw ValidationError("--iterations must be 1 or more.") }
        if let threads, !(1...256).contains(threads) { throw ValidationError("--threads must be 1 to 256.") }
    }

    func options() -> SolveOptions {
        var options = SolveOptions()
        options.iterations = iterations
        options.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        options.seed = seed
        return options
    }

    func stop() -> Stop { Stop(seconds: seconds ?? (iterations == nil ? 60 : nil)) }
}
