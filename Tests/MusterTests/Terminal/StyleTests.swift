import Foundation
import Testing

@Suite("Style")
struct StyleTests {
    @Test(
        "A terminal gets colours, unless NO_COLOR is set or the terminal is dumb",
        arguments: [
            ([:], true), (["NO_COLOR": ""], true), (["NO_COLOR": "1"], false), (["TERM": "dumb"], false),
        ] as [([String: String], Bool)])
    func terminal(environment: [String: String], coloured: Bool) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(nurses: 1, hard: true).write(to: scratch)
        let output = try await onTerminal(
            ["solve", folder, "--iterations", "1", "--quiet"],
            environment: ["TERM": "xterm"].merging(environment) { $1 })
        #expect(output.contains("Hard cover"))
        #expect(output.contains("\u{1B}[") == coloured)
    }

    @Test("A pipe gets none")
    func pipe() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(nurses: 1, hard: true).write(to: scratch)
        let result = try await Program.run(
            ["solve", folder, "--iterations", "1"], environment: ["TERM": "xterm"])
        #expect(!(result.output + result.messages).contains("\u{1B}"))
    }

    /// What the program prints on a terminal of its own, which `script` (bsdutils) makes.
    private func onTerminal(_ arguments: [String], environment: [String: String]) async throws -> String {
        let command = ([Program.url.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
        let terminal = URL(filePath: "/usr/bin/script")
        return try await Program.run(
            ["-qec", command, "/dev/null"], environment: environment, program: terminal
        ).output
    }
}
