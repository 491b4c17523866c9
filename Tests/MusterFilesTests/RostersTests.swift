import Foundation
import PlainText
import Roster
import RosterCheck
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
        return found.filter { !$0.contains(".") }.sorted()
    }

    static let goodFolders = folders(in: rosters).filter {
        FileManager.default.fileExists(atPath: rosters.appending(path: "\($0)/roster.yaml").path)
    }
    static let badFolders = folders(in: rosters.appending(path: "bad-data"))

    @Test("The folders are there")
    func present() {
        #expect(
            Self.goodFolders == [
                "acute-ward", "clock-change", "emergency-department", "impossible-night", "urgent-care",
                "urgent-response", "virtual-ward",
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
                required: ["exit", "hard-minutes", "hard-gaps", "soft-gaps", "people"], optional: ["notes"]))
        #expect(scenario.people.count == expected["people"]?.integer(in: 1...1000))
        #expect(scenario.name.contains("invented"))
        #expect(scenario.organisations.allSatisfy { $0.name.contains("invented") })
        #expect(!scenario.resolvedDemand().isEmpty)
    }

    @Test("What stands beforehand, pinned or in the past, breaks no rule", arguments: goodFolders)
    func lawful(name: String) throws {
        let folder = try RosterFolder.read(Self.rosters.appending(path: name))
        let pinned = Rota(period: folder.scenario.period, duties: folder.scenario.pinned)
        let report = RosterCheck.check(folder.scenario, folder.ruleBook, pinned)
        #expect(report.breaches.isEmpty)
        #expect(report.warnings.filter { $0.hard || $0.inherited }.isEmpty)
    }

    @Test("On the impossible night each person has one thing that stops them")
    func impossibleNight() throws {
        let folder = try RosterFolder.read(Self.rosters.appending(path: "impossible-night"))
        let scenario = folder.scenario
        let check = RosterCheck(
            scenario, folder.ruleBook, Rota(period: scenario.period, duties: scenario.pinned))
        let night = try #require(scenario.shiftType("N"))
        let day = try #require(Day("2026-11-12"))
        let obstacles = scenario.people.map { person in
            check.obstacle(
                to: Duty(
                    person: person.id, day: day, unit: "ED", shift: night, role: "senior", source: .solved))
        }
        #expect(obstacles.map { $0?.kind } == [.leave, .skill, .leave, .pinned, .pinned, .rule])
        #expect(obstacles.last??.rule == "RD-LONG")
    }

    @Test("A good folder reads the same with CRLF and byte-order marks")
    func lineEnds() throws {
        let source = Self.rosters.appending(path: "emergency-department")
        let copy = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        // `out` is there once somebody has solved the roster where it stands.
        for name in try FileManager.default.contentsOfDirectory(atPath: source.path) where name != "out" {
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
