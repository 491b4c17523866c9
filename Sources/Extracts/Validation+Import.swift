import Roster

/// An import of which nothing was kept, because something could not be read.
public struct FailedImport: Hashable, Sendable {
    public let at: Instant
    /// Those with faults, by name.
    public let files: [String]

    public init(at: Instant, files: [String]) {
        self.at = at
        self.files = files
    }
}

extension Validation {
    /// The newest data could not be read: whatever changed in them is not known, however fresh those before look.
    func importFailed() -> [Finding] {
        guard let failed = extracts.failedImport else { return [] }
        let shown = failed.files.prefix(3)
        let more = failed.files.count > shown.count ? " and others" : ""
        let which = shown.isEmpty ? "" : " because of \(shown.joined(separator: ", "))\(more)"
        return [
            Finding(
                check: .failedImport, severity: .warning, units: all.subtracting(published.units),
                sentence:
                    "The newest import, on \(failed.at.day.spoken) at \(failed.at.clock), failed\(which): "
                    + "what has changed since the one before is not known.")
        ]
    }
}
