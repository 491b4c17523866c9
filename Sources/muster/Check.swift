import ArgumentParser
import Foundation
import MusterFiles
import MusterStore
import RosterCheck

/// `muster check`: the independent checker reads a rota, whoever made it.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Have a rota read by the independent checker.",
        discussion: """
            Reads any rota for the folder, made by Muster, by hand or by another system, in real instants of time, \
            and says each broken rule and each gap. The checker shares no code with the search.

            FILE is a CSV table with a duty a row and the columns person, date, shift and role; unit, start, end, \
            paid_minutes and source may be there too.

            Examples:
              muster check my-ward --rota my-ward/out/rota.csv
              muster check my-ward --rota by-hand.csv --json
            """)

    @Argument(help: "The roster folder.", completion: .directory)
    var folder: String

    @Option(
        help: ArgumentHelp("The rota to read.", valueName: "FILE"), completion: .file(extensions: ["csv"]))
    var rota: String

    @Option(
        help: ArgumentHelp("A store whose bookings and loans count too.", valueName: "FILE"),
        completion: .file())
    var store: String?

    @Flag(help: "Print one JSON object with every breach, warning, gap and figure.")
    var json = false

    func run() throws {
        let folder = try RosterFolder.read(URL(filePath: folder))
        Console.note(warnings: folder.warnings)
        let store = try store.map { try MusterStore(path: $0, creating: false) }
        let scenario = try folder.scenario.with(bookingsFrom: store).with(
            loansFrom: store, folder.ruleBook)
        let rota = try RotaFile.read(URL(filePath: rota), scenario: scenario)
        let report = RosterCheck.check(scenario, folder.ruleBook, rota)
        if json {
            try Console.result(json: CheckRecord(scenario, report))
        } else {
            try Console.result(
                CheckText(
                    scenario: scenario, rota: rota, report: report, rules: folder.ruleBook, style: .result
                ).text)
        }
        try Outcome(report).end()
    }
}
