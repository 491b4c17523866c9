import Foundation

/// Settings in a YAML file of one mapping, such as `mail.yaml`, and files that they name.
public enum SettingsFile {
    /// Reads settings, without the files that they name.
    ///
    /// - Parameter make: Nil only with a fault, which the mapping keeps.
    /// - Throws: `Faults`, all at once.
    public static func read<Settings>(
        _ url: URL, required: [String], optional: [String], _ make: (YAMLMapping) -> Settings?
    ) throws(Faults) -> Settings {
        let faults = FaultList()
        let name = url.lastPathComponent
        let settings = SourceFile(at: url, name: name, faults: faults)
            .flatMap { YAMLCursor($0, faults: faults) }
            .flatMap { $0.mapping(required: required, optional: optional) }
            .flatMap(make)
        try faults.throwIfAny()
        guard let settings else { throw Faults(Fault(at: Place(file: name), "cannot be read")) }
        return settings
    }
}

/// A file that settings name, relative to their own folder. It is looked at only when it is used.
public struct NamedFile: Sendable {
    private let name: String
    private let place: Place
    private let folder: URL

    /// - Parameter place: Where the name stands, for faults.
    public init(_ name: String, at place: Place, in folder: URL) {
        self.name = name
        self.place = place
        self.folder = folder
    }

    /// Nil, with a fault, if no text stands there.
    public init?(_ cursor: YAMLCursor, in folder: URL) {
        guard let name = cursor.text() else { return nil }
        self.init(name, at: cursor.place, in: folder)
    }

    /// The file's path.
    ///
    /// - Throws: `Faults` if this user may not read it.
    public func path() throws(Faults) -> String {
        let path = URL(filePath: name, relativeTo: folder).path
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw fault("cannot be read", accepted: "a file that this user may read")
        }
        return path
    }

    /// The first line of a file that is kept from other users of the machine.
    ///
    /// - Parameters:
    ///   - what: What the file is for: `password`.
    ///   - isSecret: Whether a line can be one.
    /// - Throws: `Faults`, which never hold the line.
    public func secret(_ what: String, where isSecret: (String) -> Bool) throws(Faults) -> String {
        let path = try path()
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]) as? Int ?? 0
        guard mode & 0o007 == 0 else {
            throw fault(
                "can be read by every user of this machine", accepted: "a file with mode 600 or 640")
        }
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let line = String(text.prefix { !$0.isNewline })
        guard isSecret(line) else {
            throw fault("holds no \(what)", accepted: "a file whose first line is the \(what)")
        }
        return line
    }

    private func fault(_ problem: String, accepted: String) -> Faults {
        Faults(Fault(at: place, value: name, problem, accepted: accepted))
    }
}
