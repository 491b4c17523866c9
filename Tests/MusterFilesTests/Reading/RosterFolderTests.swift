import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("A roster folder")
struct RosterFolderTests {
    @Test("A good folder is read whole")
    func good() throws {
        let folder = try FolderFixture.good.read()
        let scenario = folder.scenario
        #expect(scenario.name == "Test department (invented)")
        #expect(scenario.period == Period(first: day("2026-11-02"), days: 14))
        #expect(scenario.planQuantile == 0.8)
        #expect(scenario.weights.wish == 25)
        #expect(scenario.weights.disruption == Weights().disruption)
        #expect(scenario.people.map(\.id) == ["P1", "P2", "P3"])
        #expect(scenario.coverRules.map(\.id) == ["senior", "frailty", "rn", "night", "agency-cap"])
        #expect(scenario.shiftTypes.map(\.id) == ["LD", "N", "ST", "OC"])
        #expect(scenario.units.map(\.organisation) == ["NORTH", "NORTH"])
        #expect(scenario.unit("ED")?.closed == [day("2026-11-15")...day("2026-11-15")])
        #expect(folder.ruleBook.rules(for: "AFC").contains { $0.id == "WTR-DAILY" })
        #expect(folder.inputHashes.map(\.file).sorted() == FolderFixture.good.files.keys.sorted())
    }

    @Test("Only roster.yaml and people.csv have to be there")
    func small() throws {
        let folder = try FolderFixture.small().read()
        #expect(folder.inputHashes.map(\.file) == ["roster.yaml", "people.csv"])
    }

    @Test("A shift that breaks a hard rule by itself")
    func unlawfulShift() throws {
        var folder = FolderFixture.good
        folder.replace("kind: study, breaks: [30],", with: "kind: study,", in: "roster.yaml")
        let faults = try folder.faults()
        #expect(faults.count == 1)
        #expect(
            faults.first?.hasPrefix("roster.yaml:30:11: id: \"ST\" breaks WTR-BREAK: ST (09:00 to 17:00)")
                == true)
    }

    @Test("All faults of all files come out together, in order")
    func together() throws {
        var folder = FolderFixture.good
        folder.replace("days: 14", with: "days: many", in: "roster.yaml")
        folder.replace("barred: [newly-qualified]", with: "barred: [newly]", in: "roster.yaml")
        folder.replace("AFC,30", with: "AFC,300", in: "people.csv")
        folder.replace("study,15", with: "studying,15", in: "leave.csv")
        folder["duties.csv"] += "P9,2027-01-01,LD,rn,,,,pinned\n"
        #expect(
            try folder.faults().map { $0.prefix { $0 != " " } } == [
                "duties.csv:5:", "leave.csv:3:", "people.csv:4:", "roster.yaml:3:35:", "roster.yaml:23:80:",
            ])
    }

    @Test("A roster.yaml that cannot be read hides no fault of the other files")
    func brokenRoster() throws {
        var folder = FolderFixture.good
        folder["roster.yaml"] = "muster: [1\n"
        folder.replace("AFC,30", with: "AFC,300", in: "people.csv")
        folder.replace("P2,2026-11-09,2026-11-10", with: "P9,2026-11-09,2026-11-08", in: "leave.csv")
        let faults = try folder.faults()
        #expect(
            faults.map { $0.prefix { $0 != ")" } } == [
                "leave.csv:3: column 1 (person", "leave.csv:3: column 3 (to",
                "people.csv:4: column 7 (hours_per_week", faults.last?.prefix { $0 != ")" },
            ])
        #expect(faults.last?.hasPrefix("roster.yaml:2:1: is not YAML") == true)
    }

    @Test("A person whose line is lost is not reported wherever else they are named")
    func lostLine() throws {
        var folder = FolderFixture.good
        folder.replace("P3,Cal Moss", with: "P3,\"Cal Moss", in: "people.csv")
        let faults = try folder.faults()
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("people.csv:4: ") == true)
    }

    @Test("A byte-order mark and CR LF are read as they are")
    func spreadsheetText() throws {
        var folder = FolderFixture.good
        for (name, bytes) in folder.files {
            let text = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\n", with: "\r\n")
            folder.files[name] = Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8)
        }
        #expect(try folder.faults() == [])
    }

    @Test("A cell of 10 MB gives one short message")
    func hugeCell() throws {
        var folder = FolderFixture.good
        folder.replace(
            "Cal Moss", with: String(repeating: "x", count: 10_000_000), in: "people.csv")
        let faults = try folder.faults()
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("people.csv:4: ") == true)
        #expect(faults.allSatisfy { $0.utf8.count < 300 })
    }

    @Test("Invalid UTF-8 gives one message with its byte")
    func invalidText() throws {
        var folder = FolderFixture.good
        folder.files["leave.csv"] =
            Data("person,from,to,kind\nP1,2026-11-02,2026-11-03,annu".utf8) + [0xFF, 0x0A]
        #expect(
            try folder.faults() == [
                """
                leave.csv:2: byte 30: "0xFF" is not UTF-8; accepted: UTF-8 ("CSV UTF-8" in a spreadsheet)
                """
            ])
    }

    @Test("The same bytes have the same fingerprint, others another")
    func fingerprints() throws {
        var folder = FolderFixture.good
        let before = try folder.read().inputHashes
        #expect(try folder.read().inputHashes == before)
        folder["people.csv"] += "P4,Dee Fox,ED,,B5,AFC,30,,,,,,\n"
        let changed = zip(try folder.read().inputHashes, before).filter { $0 != $1 }
        #expect(changed.map(\.0.file) == ["people.csv"])
    }

    @Test("No damage to a byte or a line of a good folder makes the reading crash", arguments: 0..<20)
    func damage(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        for _ in 0..<5 {
            var folder = FolderFixture.good
            for _ in 0...dice.roll(3) { folder.damage(&dice) }
            _ = try folder.faults()
        }
    }

    static let mistakes = [
        Mistake(
            "hours without demand", in: "demand.csv",
            "daily,00:00,24:00,,rn,",
            becomes: "daily,08:00,24:00,,rn,",
            gives: """
                roster.yaml:47:9: id: "rn" has no demand from 2026-11-02T00:00+00:00 to \
                2026-11-02T08:00+00:00 and 12 other times; accepted: rows in demand.csv for every hour of \
                the rule
                """),
        Mistake(
            "stream without rows", in: "demand.csv",
            "weekend,00:00,24:00,ED,,minors,120,,,\n",
            becomes: "",
            gives: """
                roster.yaml:33:9: id: "senior" has no arrivals of minors from 2026-11-07T00:00+00:00 to \
                2026-11-08T00:00+00:00 and 2 other times; accepted: rows in demand.csv for every hour of \
                the rule
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
