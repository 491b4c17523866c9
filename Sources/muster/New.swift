import ArgumentParser
import Foundation
import MusterFiles
import RosterSamples

extension RosterTemplate: ExpressibleByArgument {}

/// `muster new`: a roster folder to start from, or a sample of any size.
struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a roster folder to start from.",
        discussion: """
            Writes a small roster that can be solved as it is, with invented people and comments that say what \
            each part means. Replace the people, then the rest. With --people it makes a sample of any size, for \
            benchmarks, instead; the same numbers give the same files.

            Templates:
            \(RosterTemplate.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

            Examples:
              muster new my-ward --template ward
              muster new sample-60 --people 60 --days 42 --seed 3
            """)

    @Argument(help: "The folder to make; it must not be there yet, or be empty.", completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("What to start from.", valueName: "NAME"))
    var template: RosterTemplate?

    @Option(help: ArgumentHelp("People in a sample, 8 to 5000.", valueName: "N"))
    var people: Int?

    @Option(help: ArgumentHelp("Days in a sample, 7 to 364. (default: 28)", valueName: "D"))
    var days: Int?

    @Option(
        help: ArgumentHelp(
            "Decides leave, wishes and balances in a sample. (default: 1)", valueName: "K"))
    var seed: UInt64?

    @Flag(help: "Print one JSON object with the folder and its files.")
    var json = false

    func validate() throws {
        guard (template == nil) != (people == nil) else {
            throw ValidationError("Say either --template NAME or --people N.")
        }
        if template != nil, days != nil || seed != nil {
            throw ValidationError("--days and --seed belong to --people, not to --template.")
        }
        if let people, !(8...5000).contains(people) {
            throw ValidationError("--people must be 8 to 5000.")
        }
        if let days, !(7...364).contains(days) { throw ValidationError("--days must be 7 to 364.") }
    }

    func run() throws {
        let directory = URL(filePath: folder)
        let files =
            template?.files()
            ?? SampleRoster.generate(people: people ?? 8, days: days ?? 28, seed: seed ?? 1)
        try NewFolder.write(files, to: directory)
        if json {
            try Console.result(json: Record(folder: directory.path, files: files.keys.sorted()))
        } else {
            try Console.result(
                """
                \(directory.path) holds \(files.keys.sorted().joined(separator: ", ")).
                Next: muster solve \(folder)
                """)
        }
    }

    private struct Record: Encodable {
        let folder: String
        let files: [String]
    }
}
