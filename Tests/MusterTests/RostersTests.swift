import Foundation
import PlainText
import Testing

/// The small folders in `Rosters/`, solved as a newcomer would: each gives what its `expected.yaml` promises,
/// whatever the seed and the time.
@Suite("Rosters, solved")
struct RostersTests {
    @Test(
        "A roster gives what it promises", arguments: ["impossible-night", "clock-change", "virtual-ward"])
    func solved(name: String) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let expected = try Expected(Rosters.url.appending(path: name))
        let result = try await Program.run(
            "solve", Rosters.path(name), "--iterations", "1", "--seconds", "20", "--output",
            scratch.path("out"), "--json", "--quiet")
        #expect(expected.codes.contains(Int(result.code)), "\(result.messages)")
        let run = try result.json()
        #expect(run["hard_gap_minutes"] as? Int == expected.hardMinutes)
        #expect((run["checker"] as? [String: Any])?["verdict"] as? String == "lawful")

        let check = try await Program.run(
            "check", Rosters.path(name), "--rota", scratch.path("out/rota.csv"), "--json")
        #expect(check.code == result.code)
        let gaps = try #require(try check.json()["gaps"] as? [[String: Any]])
        let hard = gaps.filter { $0["severity"] as? String == "hard" }
        #expect(hard.compactMap { $0["id"] as? String } == expected.hardGaps)
    }

    private struct Expected {
        let codes: [Int]
        let hardMinutes: Int
        let hardGaps: [String]

        init(_ folder: URL) throws {
            let faults = FaultList()
            let file = SourceFile(
                at: folder.appending(path: "expected.yaml"), name: "expected.yaml", faults: faults)
            let keys = ["exit", "hard-minutes", "hard-gaps", "people"]
            let root = file.flatMap { YAMLCursor($0, faults: faults) }
            let mapping = try #require(root?.mapping(required: keys, optional: ["notes"]))
            codes = try #require(mapping["exit"]?.list()).compactMap { $0.integer(in: 0...255) }
            hardMinutes = try #require(mapping["hard-minutes"]?.integer(in: 0...1_000_000))
            hardGaps = try #require(mapping["hard-gaps"]?.list()).compactMap { $0.text() }
        }
    }
}
