import ArgumentParser
import Foundation
import MusterFiles
import MusterStore
import PlainText
import Roster
import SystemPool

/// `muster-server setup FOLDER`: who belongs to the system, and what is known so far.
struct Setup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Take over a system's folder: its organisations, agreements and levels, and the pushes in it.",
        discussion: """
            The store is made if it is not there. The same folder again changes nothing; a push with a fault is left \
            out and told, and the others are taken.

            Exit codes: 0 done; 65 bad data: system.yaml, or a push that was left out.
            """)

    @Argument(
        help: ArgumentHelp("Holds system.yaml and pushes/*.json.", valueName: "FOLDER"),
        completion: .directory)
    var folder: String

    @OptionGroup var place: StorePlace

    func run() throws {
        let system = try SystemFolder.read(URL(filePath: folder))
        let records = try SystemStore(path: place.store, creating: true)
        let administrator = Actor(organisation: nil, role: .administrator)
        try records.configure(
            system.system, by: administrator, reason: try Remark("taken over from its folder"), at: .now)
        for push in system.pushes {
            // What a folder holds was true when it was made, which may lie ahead in a drill.
            let receipt = try records.receive(
                push, by: Actor(organisation: push.organisation, role: .muster),
                at: max(.now, push.extractedAt))
            print("\(push.organisation)\t\(push.extractedAt)\t\(receipt.result.rawValue)")
            for warning in receipt.warnings { print("\(push.organisation)\t\(warning)") }
        }
        if !system.rejections.isEmpty {
            throw Faults(system.rejections) ?? Faults(Fault(at: Place(file: folder), "cannot be read"))
        }
    }
}
