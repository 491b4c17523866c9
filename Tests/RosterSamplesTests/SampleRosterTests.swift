import Foundation
import MusterFiles
import Roster
import RosterCheck
import Testing

@testable import RosterSamples

@Suite("Sample rosters")
struct SampleRosterTests {
    @Test("The folder is read without a fault", arguments: [(8, 7), (20, 14), (24, 28), (60, 42), (133, 9)])
    func reads(people: Int, days: Int) throws {
        let scenario = try folder(SampleRoster.generate(people: people, days: days, seed: 3)).scenario
        #expect(scenario.people.count == people)
        #expect(scenario.period.dayCount == days)
        #expect(scenario.name.contains("invented"))
        #expect(!scenario.history.isEmpty && !scenario.leave.isEmpty && !scenario.preferences.isEmpty)
    }

    @Test("The same arguments give the same bytes, on every machine")
    func deterministic() {
        let files = SampleRoster.generate(people: 40, days: 28, seed: 1)
        #expect(files == SampleRoster.generate(people: 40, days: 28, seed: 1))
        #expect(files != SampleRoster.generate(people: 40, days: 28, seed: 2))
        // Benchmarks are compared over time by their seed: if this changes, so did their instances.
        #expect(fingerprint(files) == 8_875_485_743_504_317_755)
    }

    @Test("What is asked for is 90 to 98 % of the hours that there are after leave")
    func hours() throws {
        var random = SplitMix64(seed: 5)
        let unit = SampleUnit(id: "U01", name: "Ward", kind: .ward, people: 30)
        let staff = SampleStaff(
            .nurses, of: unit, people: 21, firstName: 0,
            period: Period(first: SampleRoster.defaultFirst, days: 28), random: &random)
        let asked = zip(staff.team.slots, staff.team.demand(hours: staff.netWeeklyHours * 0.98))
            .reduce(0.0) { $0 + $1.0.paidHours * Double($1.1.reduce(0, +)) }
        #expect((0.9...0.98).contains(asked / staff.netWeeklyHours))
        let gross = staff.people.reduce(0) { $0 + $1.hours }
        #expect((0.10...0.25).contains(1 - staff.netWeeklyHours / gross))
    }

    @Test("What stands beforehand, pinned or in the past, breaks no rule", arguments: [4, 5])
    func lawful(seed: UInt64) throws {
        let folder = try folder(SampleRoster.generate(people: 90, days: 35, seed: seed))
        let pinned = Rota(period: folder.scenario.period, duties: folder.scenario.pinned)
        let report = RosterCheck.check(folder.scenario, folder.ruleBook, pinned)
        #expect(report.breaches.isEmpty)
        #expect(report.warnings.filter { $0.hard || $0.inherited }.isEmpty)
        #expect(!pinned.duties.isEmpty)
    }

    @Test("Senior decision makers and frailty in-reach are hard wherever there is an emergency department")
    func hardCover() throws {
        let scenario = try folder(SampleRoster.generate(people: 120, days: 7, seed: 1)).scenario
        #expect(scenario.units.count == 4)
        let purposes = scenario.coverRules.filter(\.hard).map(\.purpose)
        #expect(
            purposes == [.seniorDecisionMaker, .frailtyInReach, .seniorDecisionMaker, .frailtyInReach])
    }

    @Test("5000 people have ids of their own, and names that differ as far as there are names")
    func names() {
        #expect(Set((0..<950).map(InventedName.name)).count == 950)
        let people = SampleRoster.generate(people: 5000, days: 7, seed: 1)["people.csv"] ?? ""
        let ids = people.split(separator: "\n").dropFirst().compactMap { $0.split(separator: ",").first }
        #expect(Set(ids).count == 5000)
    }

    /// FNV-1a over the files in the order of their names.
    private func fingerprint(_ files: [String: String]) -> UInt64 {
        files.sorted { $0.key < $1.key }.flatMap { Array($0.key.utf8) + Array($0.value.utf8) }
            .reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

/// Writes files to a folder aside and reads them.
func folder(_ files: [String: String]) throws -> RosterFolder {
    let folder = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    return try RosterFolder.read(folder)
}
