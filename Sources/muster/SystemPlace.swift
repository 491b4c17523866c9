import ArgumentParser
import Foundation
import MusterFiles
import MusterStore
import PlainText
import Roster
import SystemPool

/// Which system a command looks at, as of when, and how it prints what it has found.
struct SystemPlace: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A system's folder, with system.yaml and pushes/*.json, or the store behind muster-server.",
            valueName: "FOLDER-OR-STORE"), completion: .file())
    var system: String

    @Option(
        help: ArgumentHelp(
            "Look at it as of this time, as 2027-01-12T07:30Z. (default: now; of a folder, its newest push)",
            valueName: "TIME"))
    var at: Instant?

    @Flag(help: "Print one JSON object.")
    var json = false

    /// Prints the record if JSON is asked for, and the text if not.
    func show(_ record: @autoclosure () -> some Encodable, _ text: @autoclosure () -> String) throws {
        if json {
            try Console.result(json: record())
        } else {
            try Console.result(text())
        }
    }

    func open() throws -> OpenedSystem {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: system, isDirectory: &isFolder)
        guard isFolder.boolValue else {
            let store = try SystemStore(path: system, creating: false)
            return OpenedSystem(snapshot: try store.snapshot(at: at ?? .now), store: store, rejections: [])
        }
        let folder = try SystemFolder.read(URL(filePath: system))
        let newest = folder.pushes.map(\.extractedAt).max()
        for fault in folder.rejections { Console.note("\(fault)") }
        return OpenedSystem(
            snapshot: SystemSnapshot(folder.system, pushes: folder.pushes, at: at ?? newest ?? .now),
            store: nil, rejections: folder.rejections)
    }
}

/// A system that was read from its folder or its store.
struct OpenedSystem {
    let snapshot: SystemSnapshot
    /// Nil for a folder.
    let store: SystemStore?
    /// Why pushes of a folder were left out.
    let rejections: [Fault]

    var picture: SystemPicture { snapshot.picture }
}
