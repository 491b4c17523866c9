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
