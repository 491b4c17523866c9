import ArgumentParser
import Foundation
import MusterFiles
import Roster
import SystemPool

/// `muster call`: anybody who takes part raises a call, with one page that says how things stand.
struct Call: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Raise a call: one page on how the system stands, without anything about a person.",
        discussion: """
            Any organisation may raise a call at any time. The page says who is short, which levels are reached, what \
            moves would help most, which calls for aid and risks are open, and what is not known. It is printed, and \
            written as a page to print (situation.html) and as text (situation.txt) with --output. Of a store, and with \
            --reason, the call is raised: the audit keeps who raised it, when and why, and for a day the server's pages \
            show it to everybody who takes part.

            Exit codes: 0 done; 64 the organisation does not belong to the system; 74 the files could not be written.

            Examples:
              muster call Rosters/north-star-ics --organisation NS2 --role director-on-call \\
                --reason "Two hard gaps tonight" --output call
              muster call system.sqlite --json
            """)

    @OptionGroup var place: SystemPlace

    @Option(help: ArgumentHelp("Who raises the call, by ODS code. (default: the system)", valueName: "ODS"))
    var organisation: Organisation.ID?

    @Option(help: ArgumentHelp("The role in which they raise it.", valueName: "ROLE"))
    var role = JobRole.systemCoordinator

    @Option(
        help: ArgumentHelp("Why, in one line that names nobody.", valueName: "TEXT"),
        transform: { try Remark(checking: $0, as: "--reason") })
    var reason: Remark?

    @Option(
        help: ArgumentHelp("Where situation.html and situation.txt go.", valueName: "DIR"),
        completion: .directory)
    var output: String?

    func run() throws {
        let opened = try place.open()
        let actor = Actor(
            organisation: try organisation?.required(
                among: opened.picture.organisations.map(\.id), as: "--organisation", of: "in this system"),
            role: role)
        let pack = SituationPack(
            snapshot: opened.snapshot, solution: try SystemPool.suggest(opened.picture, options: .quick),
            by: actor, reason: reason)
        let files = try output.map { try pack.write(to: URL(filePath: $0)) } ?? []
        if let reason { try opened.store?.recordCall(by: actor, reason: reason, at: .now) }
        try place.show(CallRecord(pack, files: files), pack.text)
        if !place.json { files.forEach(Console.note) }
    }
}

extension JobRole: ExpressibleByArgument {}
