import ArgumentParser
import Testing

@testable import muster_bench

@Suite("The command line of muster-bench")
struct MusterBenchTests {
    @Test("Folders are those of the project unless others are named")
    func folders() throws {
        let plain = try #require(MusterBench.parseAsRoot(["rosters", "--date", "2026-11-02"]) as? Rosters)
        #expect(
            plain.folders == [
                "Rosters/emergency-department", "Rosters/acute-ward", "Rosters/virtual-ward",
            ])
        let named = try #require(
            MusterBench.parseAsRoot(["rosters", "my-ward", "--date", "2026-11-02"]) as? Rosters)
        #expect(named.folders == ["my-ward"])
    }

    @Test(
        "What nothing could be measured with is refused",
        arguments: [
            ["growth"], ["growth", "--date", "today"], ["growth", "--date", "2026-11-02", "--seconds", "0"],
            ["growth", "--date", "2026-11-02", "--threads", "0"],
        ])
    func refused(_ arguments: [String]) {
        #expect(throws: (any Error).self) { try MusterBench.parseAsRoot(arguments) }
    }

    @Test("The processor is found in what Linux says of it")
    func processor() {
        let text = "processor\t: 0\nmodel name\t: Invented CPU: 2 GHz\nprocessor\t: 1\n"
        #expect(Conditions.processorModel(in: text) == "Invented CPU: 2 GHz")
        #expect(Conditions.processorModel(in: "") == "unknown processor")
    }
}
