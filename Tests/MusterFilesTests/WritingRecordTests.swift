import Foundation
import Testing

@testable import MusterFiles

@Suite struct WritingRecordTests {
    @Test func holdsWhatIsPromised() throws {
        let output = WritingFixture.output
        let json = try #require(try JSONSerialization.jsonObject(with: output.runJSON) as? [String: Any])
        #expect(
            Set(json.keys) == [
                "roster", "from", "to", "status", "objective", "bound", "gap", "levels", "objective_by_part",
                "hard_gaps", "soft_gaps", "hard_gap_minutes", "checker", "seconds", "seconds_to_first",
                "seconds_to_best", "iterations", "seed", "threads", "duties", "people", "rule_packs",
                "input_hashes", "version",
            ])
        #expect(json["status"] as? String == "hard gaps remain (proven minimal)")
        #expect(json["objective"] as? Double == 41_250)
        #expect(json["bound"] is NSNull)
        #expect(json["gap"] is NSNull)
        #expect(json["seconds_to_best"] as? Double == 41.7)
        #expect(json["objective_by_part"] as? [String: Double] == output.run.parts)
        #expect(json["hard_gaps"] as? Int == output.report.hardGaps.count)
        #expect(json["hard_gap_minutes"] as? Int == output.report.level1)
        #expect(json["input_hashes"] as? [String: String] == output.inputHashes)
        let levels = try #require(json["levels"] as? [[String: Any]])
        #expect(levels.map { $0["objective"] as? Double } == [720, 3600, 41_250])
        #expect(levels[0]["proven"] as? Bool == true)
        #expect((json["checker"] as? [String: Any])?["verdict"] as? String == "lawful")
        #expect(
            (json["rule_packs"] as? [[String: String]])?.first == [
                "id": "working-time", "version": "2024-01-01",
            ])
    }

    @Test func numbersThatJSONLacksAreNull() throws {
        let output = WritingFixture.output(
            WritingFixture.autumnNight, run: WritingFixture.run(bound: -.infinity))
        let json = try #require(try JSONSerialization.jsonObject(with: output.runJSON) as? [String: Any])
        #expect(json["bound"] is NSNull)
    }

    @Test func keysStandInTheSameOrder() {
        let text = String(decoding: WritingFixture.output.runJSON, as: UTF8.self)
        let keys = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }
            .map { $0.split(separator: "\"")[1] }
        #expect(keys == keys.sorted())
        #expect(text.hasSuffix("}\n"))
    }
}
