import Foundation
import PlainText
import Testing

@testable import MusterFiles

/// The folders in `Rosters/`: each good one is read without a fault, each bad one gives exactly its lines.
@Suite("Rosters")
struct RostersTests {
    private static let rosters = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Rosters")

    private static func folders(in folder: URL) -> [String] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return found.filter { !$0.hasPrefix(".") && $0 != "bad-data" }.sorted()
    }

    static let goodFolders = folders(in: rosters)
    static let badFolders = folders(in: rosters.appending(path: "bad-data"))

    @Test("The folders are there")
    func present() {
        #expect(
            Self.goodFolders == [
                "acute-ward", "clock-change", "emergency-department", "impossible-night", "virtual-ward",
            ])
        #expect(Self.badFolders.count >= 31)
    }

    @Test(
        "A good folder is read, has the people it promises and is marked as invented", arguments: goodFolders)
    func good(name: String) throws {
        let url = Self.rosters.appending(path: name)
        let scenario = try RosterFolder.read(url).scenario
        let faults = FaultList()
        let source = try #require(
            SourceFile(at: url.appending(path: "expected.yaml"), name: "expected.yaml", faults: faults))
        let expected = try #require(
            YAMLCursor(source, faults: faults)?.mapping(
                required: ["exit", "hard-minutes", "hard-gaps", "people"], optional: ["notes"]))
        #expect(scenario.people.count == expected["people"]?.integer(in: 1...1000))
        #expect(scenario.name.contains("invented"))
        #expect(scenario.organisations.allSatisfy { $0.name.contains("invented") })
        #expect(!scenario.resolvedDemand().isEmpty)
    }

    @Test("A good folder reads the same with CRLF and byte-order marks")
    func lineEnds() throws {
        let source = Self.rosters.appending(path: "emergency-department")
        let copy = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
            let text = try String(contentsOf: source.appending(path: name), encoding: .utf8)
            let bytes = Data([0xEF, 0xBB, 0xBF]) + Data(text.replacing("\n", with: "\r\n").utf8)
            try bytes.write(to: copy.appending(path: name))
        }
        let plain = try RosterFolder.read(source).scenario
        let scenario = try RosterFolder.read(copy).scenario
        #expect(scenario.people == plain.people)
        #expect(scenario.coverRules == plain.coverRules)
        #expect(scenario.demand == plain.demand)
        #expect(scenario.history == plain.history)
    }

    @Test("A folder with a mistake gives exactly its lines", arguments: badFolders)
    func bad(name: String) throws {
        let url = Self.rosters.appending(path: "bad-data/\(name)")
        let expected = try String(contentsOf: url.appending(path: "expected.txt"), encoding: .utf8)
        let faults = #expect(throws: Faults.self) { try RosterFolder.read(url) }
        #expect(faults?.description == expected.trimmingCharacters(in: .newlines))
    }
}
