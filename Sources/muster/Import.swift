import ArgumentParser
import Extracts
import Foundation
import MusterFiles
import MusterStore
import PlainText
import Roster

/// `muster import`: takes over the exports of other systems.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take published rotas, leave and bookings over from other systems' exports.",
        discussion: """
            Reads the CSV files that mapping.yaml names, with its columns, codes and date formats; trust.yaml says \
            what grades, roles, shifts and rules there are, and report.yaml who is told what. A row that cannot be \
            read is rejected, with its line, and stops no other; a file that cannot be read stops the import, and \
            nothing is kept but that it failed, which reports say until an import succeeds. The same files again \
            change nothing, and an older extract never takes the place of a newer one.

            Examples:
              muster import Rosters/demo-trust --store trust.sqlite
              muster import exports --store trust.sqlite --extracted-at 2025-11-21T05:40
            """)

    @Argument(help: "The folder with mapping.yaml and the exports.", completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("The store, made if need be.", valueName: "FILE"), completion: .file())
    var store: String

    @Option(
        help: ArgumentHelp(
            "When the exports were made, in London: 2025-11-21T05:40. (default: what mapping.yaml says)",
            valueName: "TIME"))
    var extractedAt: LocalTime?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let read: TrustImport
        do {
            read = try TrustImport.read(URL(filePath: folder), extractedAt: extractedAt?.instant, now: .now)
        } catch {
            noteFailure(error)
            throw error
        }
        let store = try MusterStore(path: store, creating: true)
        let kept = try store.keep(read.extracts, reading: read.reading, by: NSUserName(), at: .now)
        if json {
            try Console.result(json: ImportRecord(kept, rejections: read.rejections, leftOut: read.leftOut))
        } else {
            read.rejections.forEach { Console.note("\($0)") }
            if !read.leftOut.isEmpty { Console.note("Left out of rows that were taken over without it:") }
            read.leftOut.forEach { Console.note("\($0)") }
            try Console.result(ImportText(kept).text)
        }
    }

    /// What the store holds may look fresh enough for a report; that the newest data could not be read must be told.
    private func noteFailure(_ faults: Faults) {
        guard FileManager.default.fileExists(atPath: store) else { return }
        do {
            try MusterStore(path: store, creating: false).keepFailedImport(
                files: faults.faults.map(\.place.file), by: NSUserName(), at: .now)
        } catch {
            Console.note("That this import failed could not be kept, so reports will not say it: \(error)")
        }
    }
}

/// A time as people write it: on the wall clock in London, or with an offset.
struct LocalTime: ExpressibleByArgument {
    let instant: Instant

    init?(argument: String) {
        if let instant = Instant(argument) {
            self.instant = instant
        } else if argument.utf8.count == 16, let day = Day(argument.prefix(10)),
            argument.dropFirst(10).first == "T", let clock = ClockTime(argument.suffix(5)),
            clock.minute < 1440
        {
            instant = London.instant(day, clock)
        } else {
            return nil
        }
    }
}
