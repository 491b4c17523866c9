import Foundation
import MusterFiles

/// The last master programme: made in a folder for what passes, then put in its place.
///
/// Units that share nobody are solved apart and have a programme each: then `last.lp` becomes `last-1.lp`,
/// `last-2.lp`, and so on.
struct ProgrammeFile {
    let target: URL
    /// Where the engine writes.
    let folder = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")

    init(_ path: String) throws {
        target = URL(filePath: path)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Puts what the engine made in its place, each file whole or not at all.
    func commit() throws(OutputError) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        if names.isEmpty {
            Console.note("No master programme was written: the search ended before there was one.")
        }
        for (index, name) in names.sorted().enumerated() {
            let place = names.count == 1 ? target : numbered(index + 1)
            do {
                try Data(contentsOf: folder.appending(path: name)).write(to: place, options: .atomic)
            } catch {
                throw .write(path: place.path, reason: OutputError.reason(error))
            }
        }
    }

    private func numbered(_ number: Int) -> URL {
        let name = "\(target.deletingPathExtension().lastPathComponent)-\(number)"
        return target.deletingLastPathComponent().appending(path: name)
            .appendingPathExtension(target.pathExtension)
    }
}
