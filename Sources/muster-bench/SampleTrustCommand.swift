import ArgumentParser
import Foundation
import MusterFiles
import RosterSamples

/// Writes the exports of an invented trust, for `muster import`.
struct SampleTrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample-trust",
        abstract: "Write the exports of an invented trust of any size.",
        discussion: "Without --units, the files of Rosters/demo-trust.")

    @Argument(help: "Where to; a folder that does not exist yet.", completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("How many units, 5 to 500; about 40 people each.", valueName: "N"))
    var units: Int?

    @Option(help: ArgumentHelp("Decides everything that is random.", valueName: "K"))
    var seed: UInt64 = 1

    func validate() throws {
        if let units, !(5...500).contains(units) { throw ValidationError("--units must be 5 to 500.") }
    }

    func run() throws {
        let files = units.map { SampleTrust.generate(units: $0, seed: seed) } ?? SampleTrust.demo(seed: seed)
        try NewFolder.write(files, to: URL(filePath: folder))
    }
}
