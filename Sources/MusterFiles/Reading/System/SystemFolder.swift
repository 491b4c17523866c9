import Foundation
import PlainText
import SystemPool

/// A folder of a whole system: `system.yaml`, and a push of each organisation in `pushes`.
///
/// An organisation's bad push does not stop the others': it is left out, and its faults are told.
public struct SystemFolder {
    public let system: HealthSystem
    /// The latest of each organisation.
    public let pushes: [OrganisationPush]
    /// Why files of `pushes` were left out.
    public let rejections: [Fault]

    /// - Throws: ``Faults`` if `system.yaml` cannot be read.
    public static func read(_ folder: URL) throws(Faults) -> SystemFolder {
        let faults = FaultList()
        let source = SourceFile(
            at: folder.appending(path: "system.yaml"), name: "system.yaml", faults: faults)
        let system = source.flatMap { YAMLCursor($0, faults: faults) }.flatMap {
            SystemFile($0, faults)?.system
        }
        try faults.throwIfAny()
        guard let system else {
            throw Faults(Fault(at: Place(file: "system.yaml"), "cannot be read"))
        }
        let read = pushes(in: folder.appending(path: "pushes"), of: system)
        return SystemFolder(system: system, pushes: read.pushes, rejections: read.rejections)
    }

    private static func pushes(in folder: URL, of system: HealthSystem) -> (
        pushes: [OrganisationPush], rejections: [Fault]
    ) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        var latest: [String: OrganisationPush] = [:]
        var rejections: [Fault] = []
        for name in names.sorted() where name.hasSuffix(".json") {
            do {
                let push = try PushFile.read(folder.appending(path: name), name: "pushes/\(name)")
                guard system.member(push.organisation) != nil else {
                    rejections.append(
                        Fault(
                            at: Place(file: "pushes/\(name)"), value: push.organisation.text,
                            "is not an organisation of this system",
                            accepted: system.members.map(\.id.text).joined(separator: ", ")))
                    continue
                }
                let known = latest[push.organisation.text]
                if known.map({ $0.extractedAt < push.extractedAt }) ?? true {
                    latest[push.organisation.text] = push
                }
            } catch {
                rejections += error.faults
            }
        }
        return (system.members.compactMap { latest[$0.id.text] }, rejections)
    }
}

/// One push in a file.
public enum PushFile {
    /// - Throws: every fault of the file at once.
    public static func read(_ file: URL, name: String) throws(Faults) -> OrganisationPush {
        guard let handle = try? FileHandle(forReadingFrom: file),
            let bytes = try? handle.read(upToCount: OrganisationPush.byteLimit + 1)
        else {
            throw Faults(Fault(at: Place(file: name), "cannot be read", accepted: "a readable JSON file"))
        }
        try? handle.close()
        do {
            return try OrganisationPush.read(bytes)
        } catch {
            let faults = error.faults.map { Fault(at: Place(file: name), $0.description) }
            let more = error.more > 0 ? [Fault(at: Place(file: name), "has \(error.more) faults more")] : []
            throw Faults(faults + more) ?? Faults(Fault(at: Place(file: name), "cannot be read"))
        }
    }
}
