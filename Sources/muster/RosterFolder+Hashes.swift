import MusterFiles

extension RosterFolder {
    /// SHA-256 of each input file, by its name.
    var hashes: [String: String] {
        Dictionary(inputHashes.map { ($0.file, $0.sha256) }) { first, _ in first }
    }
}
