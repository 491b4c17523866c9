import Foundation
import Testing

@testable import PlainText

@Suite("Settings and the files that they name")
final class SettingsFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "muster-settings-\(UUID())", directoryHint: .isDirectory)

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> URL {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        return file
    }

    private func read(_ file: URL) throws(Faults) -> Int {
        try SettingsFile.read(file, required: ["number"], optional: ["more"]) {
            $0["number"]?.integer(in: 1...9)
        }
    }

    @Test("Settings are read whole, or every fault is told with its place")
    func settings() throws {
        #expect(try read(write("a.yaml", "number: 4\n")) == 4)
        let bad = try write("b.yaml", "number: 40\nless: 1\n")
        let faults = #expect(throws: Faults.self) { try read(bad) }
        #expect(faults?.faults.map(\.place.line) == [1, 2])
        for text in ["", "- 4\n", "more: 4\n"] {
            let file = try write("c.yaml", text)
            #expect(throws: Faults.self) { try read(file) }
        }
        #expect(throws: Faults.self) { try read(folder.appending(path: "nowhere.yaml")) }
    }

    @Test("A secret is the first line of a file that no other user may read, and no fault holds it")
    func secret() throws {
        let file = NamedFile("secret", at: Place(file: "a.yaml", line: 2), in: folder)
        func secret() throws(Faults) -> String { try file.secret("password") { $0.count > 3 } }
        #expect(throws: Faults.self) { try secret() }
        _ = try write("secret", "hush hush\nsecond line\n", mode: 0o640)
        #expect(try secret() == "hush hush")
        for (text, mode) in [("hush hush\n", 0o644), ("hus\nsecond line\n", 0o600), ("", 0o600)] {
            _ = try write("secret", text, mode: mode)
            let faults = #expect(throws: Faults.self) { try secret() }
            #expect(faults?.faults.first?.place.line == 2)
            #expect(faults?.description.contains("hus") == false)
        }
    }
}
