import Foundation

/// A roster folder to start from: it appears whole or not at all, and never over something that is there.
public enum NewFolder {
    /// Writes files aside, in a folder beside `directory`, and renames that.
    ///
    /// - Parameter files: the contents of each by its name.
    /// - Throws: ``OutputError/exists(path:)`` if there is anything at `directory` but an empty folder, and
    ///   ``OutputError/folder(path:reason:)`` or ``OutputError/write(path:reason:)`` if it cannot be written.
    public static func write(_ files: [String: String], to directory: URL) throws(OutputError) {
        let manager = FileManager.default
        let path = directory.path
        if manager.fileExists(atPath: path) {
            guard let found = try? manager.contentsOfDirectory(atPath: path), found.isEmpty else {
                throw .exists(path: path)
            }
        }
        let parent = directory.deletingLastPathComponent()
        let aside = parent.appendingPathComponent(".muster-\(UUID().uuidString)", isDirectory: true)
        defer { try? manager.removeItem(at: aside) }
        do {
            try manager.createDirectory(at: aside, withIntermediateDirectories: true)
        } catch {
            throw .folder(path: path, reason: OutputError.reason(error))
        }
        for (name, text) in files.sorted(by: { $0.key < $1.key }) {
            do {
                try Data(text.utf8).write(to: aside.appendingPathComponent(name))
            } catch {
                throw .write(
                    path: directory.appendingPathComponent(name).path, reason: OutputError.reason(error))
            }
        }
        guard rename(aside.path, path) == 0 else {
            throw .folder(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
