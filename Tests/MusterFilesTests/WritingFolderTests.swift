import Foundation
import Testing

@testable import MusterFiles

@Suite struct WritingFolderTests {
    @Test func writesEveryFileAndLeavesNothingElse() throws {
        try inFolder { folder in
            let output = WritingFixture.output
            try output.write(to: folder.appendingPathComponent("new/out"))
            let names = try Self.files(in: folder.appendingPathComponent("new/out"))
            let people = Set(output.rota.duties.map { "calendars/\($0.person).ics" })
            #expect(
                Set(names.keys)
                    == people.union(["rota.csv", "gaps.csv", "run.json", "rota.html", "rota.xlsx"]))
        }
    }

    @Test func theSameValuesGiveTheSameBytes() throws {
        try inFolder { folder in
            let first = folder.appendingPathComponent("first")
            let second = folder.appendingPathComponent("second")
            try WritingFixture.output.write(to: first)
            try WritingFixture.output.write(to: second)
            try WritingFixture.output.write(to: second)
            #expect(try Self.files(in: first) == Self.files(in: second))
        }
    }

    @Test func calendarsOfPeopleWhoLeftTheRotaGo() throws {
        try inFolder { folder in
            try WritingFixture.output.write(to: folder)
            let own = folder.appendingPathComponent("calendars/holiday.ics")
            try Data("BEGIN:VCALENDAR\r\nPRODID:-//Somebody//Else//EN\r\nEND:VCALENDAR\r\n".utf8).write(
                to: own)
            try WritingFixture.output(WritingFixture.autumnNight).write(to: folder)
            let calendars = try Self.files(in: folder).keys.filter { $0.hasPrefix("calendars/") }
            #expect(calendars.sorted() == ["calendars/P1.ics", "calendars/holiday.ics"])
        }
    }

    /// The last file cannot be replaced: those that were already are taken back.
    @Test func aFileThatCannotBeReplacedTakesTheOthersBack() throws {
        try inFolder { folder in
            try WritingFixture.output(WritingFixture.autumnNight).write(to: folder)
            let workbook = folder.appendingPathComponent("rota.xlsx")
            try FileManager.default.removeItem(at: workbook)
            try FileManager.default.removeItem(at: folder.appendingPathComponent("gaps.csv"))
            try FileManager.default.createDirectory(
                at: workbook.appendingPathComponent("held"), withIntermediateDirectories: true)
            let before = try Self.files(in: folder)
            let error = #expect(throws: OutputError.self) { try WritingFixture.output.write(to: folder) }
            guard case .replace(let path, let reason) = error else {
                Issue.record("another error: \(String(describing: error))")
                return
            }
            #expect(path == workbook.path)
            #expect(reason == "Is a directory")
            #expect(try Self.files(in: folder) == before)
        }
    }

    @Test func aFolderThatIsAFileIsRefused() throws {
        try inFolder { folder in
            let file = folder.appendingPathComponent("out")
            try Data("mine".utf8).write(to: file)
            let error = #expect(throws: OutputError.self) { try WritingFixture.output.write(to: file) }
            guard case .folder = error else {
                Issue.record("another error: \(String(describing: error))")
                return
            }
            #expect(try Data(contentsOf: file) == Data("mine".utf8))
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a small disk"))
    func aFullDiskLeavesTheEarlierFiles() throws {
        let disk = try SmallDisk(kilobytes: 256)
        try WritingFixture.output(WritingFixture.autumnNight).write(to: disk.folder)
        let before = try Self.files(in: disk.folder)
        let error = #expect(throws: OutputError.self) { try WritingFixture.output.write(to: disk.folder) }
        guard case .write(_, let reason) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(reason.contains("space"))
        #expect(try Self.files(in: disk.folder) == before)
        #expect(!before.isEmpty)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a small disk"))
    func aReadOnlyFolderLeavesTheEarlierFiles() throws {
        let disk = try SmallDisk(kilobytes: 2048)
        try WritingFixture.output(WritingFixture.autumnNight).write(to: disk.folder)
        let before = try Self.files(in: disk.folder)
        disk.makeReadOnly()
        let error = #expect(throws: OutputError.self) { try WritingFixture.output.write(to: disk.folder) }
        guard case .folder(let path, let reason) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(path == disk.folder.path)
        #expect(reason.contains("read only"))
        #expect(try Self.files(in: disk.folder) == before)
    }

    @Test func errorsSayWhatToDoNext() {
        for error in [
            OutputError.folder(path: "/x", reason: "why"), .write(path: "/x", reason: "why"),
            .replace(path: "/x", reason: "why"),
        ] {
            #expect(error.description.hasPrefix("/x: "))
            #expect(error.description.contains("why"))
            #expect(error.description.contains("another folder"))
        }
    }

    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    /// Every file below a folder with its bytes, hidden ones included.
    private static func files(in folder: URL) throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return try Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                let file = folder.appendingPathComponent(name)
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
                return isFolder.boolValue ? nil : (name, try Data(contentsOf: file))
            })
    }
}

/// A disk of a few kilobytes in memory, which only root can mount.
private final class SmallDisk {
    let folder: URL

    static var isPossible: Bool { (try? SmallDisk(kilobytes: 64)) != nil }

    init(kilobytes: Int) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
            try? FileManager.default.removeItem(at: folder)
            throw POSIXError(.EPERM)
        }
    }

    func makeReadOnly() {
        _ = mount("tmpfs", folder.path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil)
    }

    deinit {
        umount(folder.path)
        try? FileManager.default.removeItem(at: folder)
    }
}
