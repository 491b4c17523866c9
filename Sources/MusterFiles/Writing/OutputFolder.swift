import Foundation

/// A folder that receives a set of files all together or not at all.
///
/// Files are first written in full, and flushed to the disk, into a folder aside on the same file system.
/// Only then each is renamed over its predecessor, of which a copy is kept until the last rename is done: if
/// one fails, those before it are taken back. A reader sees either the earlier file or the whole new one.
package struct OutputFolder: ~Copyable {
    private let target: URL
    private let aside: URL
    private var names: [String] = []

    /// Makes the folder if need be, and the one aside.
    package init(_ target: URL) throws(OutputError) {
        self.target = target
        aside = target.appendingPathComponent(".muster-\(UUID().uuidString)", isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: aside, withIntermediateDirectories: true)
        } catch {
            throw .folder(path: target.path, reason: OutputError.reason(error))
        }
    }

    deinit { try? FileManager.default.removeItem(at: aside) }

    /// Writes one file aside. `name` may lie in a subfolder.
    mutating func add(_ name: String, _ text: String) throws(OutputError) {
        try add(name, Data(text.utf8))
    }

    package mutating func add(_ name: String, _ data: Data) throws(OutputError) {
        try add(name) { path, _ in
            do { try data.write(to: URL(fileURLWithPath: path)) } catch { return OutputError.reason(error) }
            return nil
        }
    }

    /// Has `write` make one file at a path, with a folder for what it needs on the way; it returns the reason
    /// if it failed.
    mutating func add(_ name: String, write: (_ path: String, _ scratch: String) -> String?)
        throws(OutputError)
    {
        let file = aside.appendingPathComponent("new/\(name)")
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw .write(path: target.appendingPathComponent(name).path, reason: OutputError.reason(error))
        }
        if let reason = write(file.path, aside.path) ?? Self.flush(file.path) {
            throw .write(path: target.appendingPathComponent(name).path, reason: reason)
        }
        names.append(name)
    }

    /// Puts every file in its place, then removes those in `removing` that are no longer written.
    package func commit(removing stale: [String] = []) throws(OutputError) {
        for name in names { try keep(name) }
        var placed: [String] = []
        for name in names {
            let file = target.appendingPathComponent(name)
            guard rename(aside.appendingPathComponent("new/\(name)").path, file.path) == 0 else {
                let reason = String(cString: strerror(errno))
                for name in placed.reversed() { takeBack(name) }
                throw .replace(path: file.path, reason: reason)
            }
            placed.append(name)
        }
        for name in stale where !names.contains(name) {
            _ = unlink(target.appendingPathComponent(name).path)
        }
        for folder in Set(names.map { target.appendingPathComponent($0).deletingLastPathComponent().path }) {
            _ = Self.flush(folder)
        }
    }

    /// Copies the earlier file aside, so that it can be taken back.
    private func keep(_ name: String) throws(OutputError) {
        let file = target.appendingPathComponent(name)
        let copy = aside.appendingPathComponent("old/\(name)")
        let manager = FileManager.default
        do {
            try manager.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try manager.createDirectory(
                at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
            if manager.fileExists(atPath: file.path) { try manager.copyItem(at: file, to: copy) }
        } catch {
            throw .replace(path: file.path, reason: OutputError.reason(error))
        }
    }

    private func takeBack(_ name: String) {
        let file = target.appendingPathComponent(name).path
        if rename(aside.appendingPathComponent("old/\(name)").path, file) != 0 { _ = unlink(file) }
    }

    /// Waits until a file, or a folder's list of files, is on the disk.
    private static func flush(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        defer { close(descriptor) }
        return fsync(descriptor) == 0 ? nil : String(cString: strerror(errno))
    }
}

extension RotaOutput {
    /// Tries whether files can be written into a folder, before the time for a search is spent. Makes the folder.
    ///
    /// - Throws: ``OutputError/folder(path:reason:)``.
    public static func requireWritable(_ directory: URL) throws(OutputError) {
        _ = try OutputFolder(directory)
    }
}
