import Foundation
import Testing

@Suite("muster explain")
struct ExplainTests {
    private static let night = "senior@2026-11-12T20:30"

    /// The impossible night, with the days before and after covered as they are pinned.
    private func rota(_ scratch: Scratch) async throws -> String {
        let result = try await Program.run(
            "solve", Rosters.path("impossible-night"), "--iterations", "1", "--output", scratch.path("out"),
            "--quiet")
        #expect(result.code == 3)
        return scratch.path("out/rota.csv")
    }

    @Test("A hard gap: what stops each person, and what would close it")
    func gap() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let arguments = [
            "explain", Rosters.path("impossible-night"), "--rota", try await rota(scratch), "--gap",
            Self.night,
        ]
        let text = try await Program.run(arguments)
        #expect(text.code == 0)
        for person in 1...6 { #expect(text.output.contains("  s-00\(person): ")) }
        #expect(text.output.contains("(RD-"))
        #expect(text.output.contains("annual leave on Thu 12 Nov, if asked and agreed, would close it"))
        let object = try await Program.run(arguments + ["--json"]).json()
        #expect((object["gap"] as? [String: Any])?["id"] as? String == Self.night)
        let obstacles = try #require(object["obstacles"] as? [[String: Any]])
        #expect(Set(obstacles.compactMap { $0["person"] as? String }).count == 6)
        #expect((object["relaxations"] as? [Any])?.isEmpty == false)
    }

    @Test("A person and a day: whether they work, and why not")
    func day() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let arguments = [
            "explain", Rosters.path("impossible-night"), "--rota", try await rota(scratch), "--person",
            "s-001",
            "--date", "2026-11-12",
        ]
        let text = try await Program.run(arguments)
        #expect(text.code == 0)
        #expect(text.output.contains("leave"))
        let object = try await Program.run(arguments + ["--json"]).json()
        #expect(object["person"] as? String == "s-001")
        #expect((object["sentences"] as? [String])?.isEmpty == false)
    }

    @Test("What the rota does not hold is bad usage, with what was meant")
    func unknown() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let rota = try await rota(scratch)
        func explain(_ question: String...) async throws -> Program.Result {
            try await Program.run(["explain", Rosters.path("impossible-night"), "--rota", rota] + question)
        }
        let gap = try await explain("--gap", "senior@2026-11-12T20:31")
        #expect(gap.code == 64)
        #expect(gap.messages.contains("Did you mean \"\(Self.night)\"?"))
        #expect(try await explain("--person", "s-999", "--date", "2026-11-12").code == 64)
        #expect(try await explain("--person", "s-001", "--date", "2026-12-12").code == 64)
        #expect(try await explain("--person", "s-001").code == 64)
        #expect(
            try await explain("--gap", Self.night, "--person", "s-001", "--date", "2026-11-12").code == 64)
        #expect(try await explain().code == 64)
    }
}
