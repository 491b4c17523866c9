import Foundation
import PlainText
import Testing

@testable import MusterLink

@Suite("Where the system is")
struct LinkFileTests {
    @Test(
        "A token goes over TLS, or in the clear to this machine only",
        arguments: [
            ("https://system.ics.example", true), ("https://system.ics.example:8443/", true),
            ("http://localhost:8080", true), ("http://127.0.0.1:8080", true), ("http://[::1]:8080", true),
            ("http://system.ics.example", false), ("http://localhost.ics.example", false),
            ("http://127.0.0.1.ics.example", false), ("https://user:secret@system.ics.example", false),
            ("https://system.ics.example/api", false), ("https://system.ics.example?x=1", false),
            ("ftp://system.ics.example", false), ("file:///etc/hosts", false), ("system.ics.example", false),
            ("", false),
        ])
    func address(text: String, isTaken: Bool) {
        #expect((LinkFile.address(text) != nil) == isTaken)
    }

    @Test("Settings are read from push.yaml, and every fault is told at once")
    func faults() throws {
        let folder = try Scratch()
        let good = try folder.write("push.yaml", "server: https://system.ics.example\ntoken-file: token\n")
        try folder.write("token", "mt1.abc.def\n", mode: 0o600)
        _ = try LinkFile(good).link(environment: [:])
        let bad = try folder.write(
            "bad.yaml", "server: http://elsewhere.example\ntimeout-seconds: 0\nuser: me\n")
        let faults = #expect(throws: Faults.self) { try LinkFile(bad) }
        #expect(faults?.faults.count == 3)
    }

    @Test("A token that others can read, that is none, or that could end its header is refused")
    func token() throws {
        let folder = try Scratch()
        let file = try folder.write("push.yaml", "server: https://system.ics.example\ntoken-file: token\n")
        for (text, mode) in [("mt1.abc.def\n", 0o644), ("\n", 0o600), ("a b\n", 0o600)] {
            try folder.write("token", text, mode: mode)
            #expect(throws: Faults.self) { try LinkFile(file).link(environment: [:]) }
        }
        let bare = try folder.write("bare.yaml", "server: https://system.ics.example\n")
        #expect(throws: Faults.self) { try LinkFile(bare).link(environment: [:]) }
        #expect(throws: Faults.self) {
            try LinkFile(bare).link(environment: [LinkFile.tokenVariable: "a\nX-Header: b"])
        }
        _ = try LinkFile(bare).link(environment: [LinkFile.tokenVariable: "mt1.abc.def"])
    }

    @Test("Nobody at the address is an error that says what becomes of what was to be sent")
    func nobody() throws {
        // Port 9 of this machine: nothing listens there in a test's sandbox.
        let link = try LinkFile(address: "http://127.0.0.1:9").link(
            environment: [LinkFile.tokenVariable: "secret-token"])
        let error = #expect(throws: LinkError.self) { try link.ask("/api/v1/aid") }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains("cannot be reached") && text.contains("kept"))
        #expect(!text.contains("secret-token"))
    }
}

/// A folder for one test.
final class Scratch {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "muster-link-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    @discardableResult
    func write(_ name: String, _ text: String, mode: Int = 0o644) throws -> URL {
        let file = url.appending(path: name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        return file
    }

    func path(_ name: String) -> String { url.appending(path: name).path }
}
