import Foundation
import PlainText

/// The folder while it is being read: which files there are, and what the bytes of each were.
struct OpenFolder {
    let url: URL
    let faults: FaultList
    private(set) var hashes: [InputHash] = []

    static let required = ["roster.yaml", "people.csv"]
    static let optional = [
        "skills.csv", "leave.csv", "duties.csv", "bookings.csv", "balances.csv", "preferences.csv",
        "history.csv", "demand.csv", "activity.csv", "events.csv", "forecast.yaml",
    ]

    /// Nil, with a fault, if there is no such folder.
    init?(_ url: URL, faults: FaultList) {
        self.url = url
        self.faults = faults
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        guard exists, isFolder.boolValue else {
            faults.add(
                Fault(
                    at: Place(file: url.lastPathComponent), exists ? "is not a folder" : "is missing",
                    accepted: "a folder with \(Self.required.joined(separator: " and "))"))
            return nil
        }
        reportMisspeltFiles()
    }

    /// Loads a file and takes its fingerprint. An optional file that is not there is nil and no fault.
    mutating func file(
        _ name: String, isOptional: Bool = false, sizeLimit: Int = SourceFile.sizeLimit
    ) -> SourceFile? {
        let place = url.appending(path: name)
        if isOptional, !FileManager.default.fileExists(atPath: place.path) { return nil }
        guard let file = SourceFile(at: place, name: name, sizeLimit: sizeLimit, faults: faults)
        else { return nil }
        hashes.append(InputHash(file: name, bytes: file.bytes))
        return file
    }

    /// Loads a table; nil if there is none.
    mutating func table(
        _ name: String, required: [String], optional: [String] = [], isOptional: Bool = true,
        sizeLimit: Int = SourceFile.sizeLimit
    ) -> Table? {
        file(name, isOptional: isOptional, sizeLimit: sizeLimit).map {
            Table($0, required: required, optional: optional, faults: faults)
        }
    }

    /// A `leaves.csv` that nobody reads would be leave that nobody gets.
    private func reportMisspeltFiles() {
        let known = Self.required + Self.optional
        let found = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        for name in found.sorted() where !known.contains(name) {
            guard let meant = nearestName(to: name, among: known), !found.contains(meant) else { continue }
            faults.add(
                Fault(
                    at: Place(file: name), "is no file of a roster folder",
                    accepted: known.joined(separator: ", "), suggestion: meant))
        }
    }
}
