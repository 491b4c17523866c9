import Foundation
import PlainText
import Roster

/// The folder while it is being read: which files there are, and what the bytes of each were.
struct OpenFolder {
    let url: URL
    let faults: FaultList
    private(set) var hashes: [InputHash] = []

    /// Files that a kind of folder has.
    struct Names {
        let what: String
        let required: [String]
        let optional: [String]

        static let roster = Names(
            what: "a roster folder", required: ["roster.yaml", "people.csv"],
            optional: [
                "skills.csv", "leave.csv", "duties.csv", "bookings.csv", "balances.csv", "preferences.csv",
                "history.csv", "demand.csv", "activity.csv", "events.csv", "forecast.yaml",
            ])
        /// The exports have names of their own, which `mapping.yaml` tells.
        static let exports = Names(
            what: "a folder of exports", required: ["mapping.yaml", "trust.yaml"], optional: ["report.yaml"])
    }

    /// Nil, with a fault, if there is no such folder.
    init?(_ url: URL, names: Names = .roster, faults: FaultList) {
        self.url = url
        self.faults = faults
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        guard exists, isFolder.boolValue else {
            faults.add(
                Fault(
                    at: Place(file: url.lastPathComponent), exists ? "is not a folder" : "is missing",
                    accepted: "a folder with \(names.required.joined(separator: " and "))"))
            return nil
        }
        reportMisspelt(names)
    }

    /// Loads a file and takes its fingerprint. An optional file that is not there is nil and no fault.
    ///
    /// - Parameter faultsOfLines: where faults of single lines go, if the rest of the file stands without them.
    mutating func file(
        _ name: String, isOptional: Bool = false, sizeLimit: Int = SourceFile.sizeLimit,
        encoding: SourceFile.Encoding = .utf8, faultsOfLines: FaultList? = nil
    ) -> SourceFile? {
        let place = url.appending(path: name)
        if isOptional, !FileManager.default.fileExists(atPath: place.path) { return nil }
        let found = FaultList()
        let file = SourceFile(
            at: place, name: name, sizeLimit: sizeLimit, encoding: encoding, faults: found)
        for fault in found.sorted { (fault.place.line == nil ? faults : faultsOfLines ?? faults).add(fault) }
        guard let file else { return nil }
        hashes.append(InputHash(file: name, bytes: file.bytes))
        return file
    }

    /// When a file was last written; nil if that cannot be told.
    func modified(_ name: String) -> Instant? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.appending(path: name).path)
        return (attributes?[.modificationDate] as? Date).map {
            Instant(minutes: Int(($0.timeIntervalSince1970 / 60).rounded(.down)))
        }
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
    private func reportMisspelt(_ names: Names) {
        let known = names.required + names.optional
        let found = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        for name in found.sorted() where !known.contains(name) {
            guard let meant = nearestName(to: name, among: known), !found.contains(meant) else { continue }
            faults.add(
                Fault(
                    at: Place(file: name), "is no file of \(names.what)",
                    accepted: known.joined(separator: ", "), suggestion: meant))
        }
    }
}
