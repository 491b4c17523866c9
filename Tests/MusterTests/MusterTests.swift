import Foundation
import Testing

@Suite("muster")
struct MusterTests {
    @Test("--version prints the version and nothing else")
    func version() async throws {
        let result = try await Program.run("--version")
        #expect(result.code == 0)
        #expect(result.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
        #expect(result.messages.isEmpty)
    }

    @Test("Alone it prints its help")
    func alone() async throws {
        let result = try await Program.run()
        #expect(result.code == 0)
        #expect(result.output.contains("SUBCOMMANDS:"))
    }

    @Test(
        "Bad usage is 64, also as JSON",
        arguments: [["sovle"], ["solve"], ["check", "f", "--json", "--tea"]])
    func usage(arguments: [String]) async throws {
        let text = try await Program.run(arguments.filter { $0 != "--json" })
        #expect(text.code == 64)
        #expect(text.output.isEmpty)
        #expect(text.messages.hasPrefix("Error: "))
        let json = try await Program.run(arguments + ["--json"])
        #expect(json.code == 64)
        #expect(Set(try json.json().keys) == ["error", "faults"])
        #expect(json.messages.isEmpty)
    }

    @Test("Who is lent is named in no command line: it is refused, and said how to name them")
    func nameInTheProcessList() async throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let confirm = [
            "aid", "confirm", "aid-1", "--store", folder.path("none.sqlite"), "--by", "Desk", "--reason",
            "agreed", "--send",
        ]
        let named = try await Program.run(confirm + ["--name", "Invented Name"])
        #expect(named.code == 64)
        #expect(named.messages.contains("--name is not accepted") && named.messages.contains("--name-file"))
        #expect(!named.messages.contains("Invented"))
        let unnamed = try await Program.run(confirm)
        #expect(unnamed.code == 64 && unnamed.messages.contains("--name-file"))
        let nothing = try await Program.run(confirm + ["--name-file", "-"])
        #expect(nothing.code == 64 && nothing.messages.contains("standard input, and there was none"))
        let file = try folder.write("Invented Name\n", to: "who")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        let open = try await Program.run(confirm + ["--name-file", file])
        #expect(open.code == 65 && open.messages.contains("can be read by every user"))
        // Kept from others it is read, and only then is there no store.
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        let kept = try await Program.run(confirm + ["--name-file", file])
        #expect(kept.code == 74 && kept.messages.contains("none.sqlite"))
        #expect(!kept.messages.contains("Invented"))
    }

    /// The texts stand in `Help`. To renew one after a change that is meant: `muster help solve > …/Help/solve.txt`.
    @Test(
        "Help texts are as they were agreed",
        arguments: [
            "muster", "solve", "check", "explain", "forecast", "review", "new", "publish", "book", "history",
            "import", "report", "outbox", "pool", "escalation", "risks", "call", "push", "aid", "benchmark",
        ])
    func help(name: String) async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Help/\(name).txt")
        let agreed = try String(contentsOf: file, encoding: .utf8)
        let result = try await Program.run(name == "muster" ? ["help"] : ["help", name])
        #expect(result.code == 0)
        #expect(result.output == agreed)
    }
}
