import Extracts
import Foundation
import MusterFiles
import Roster
import RosterCheck
import Testing

@testable import RosterSamples

@Suite("Sample trusts")
struct SampleTrustTests {
    private static let demo = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Rosters/demo-trust")

    /// After a change that is meant: `swift run muster-bench sample-trust Rosters/demo-trust`, into a folder that
    /// does not exist yet.
    @Test("Rosters/demo-trust is what the generator makes, byte for byte")
    func committed() throws {
        for (name, text) in SampleTrust.demo() {
            #expect(
                try String(contentsOf: Self.demo.appending(path: name), encoding: .utf8) == text, "\(name)")
        }
    }

    @Test("The same arguments give the same files, another seed others")
    func seeds() {
        #expect(SampleTrust.generate(units: 5, seed: 3) == SampleTrust.generate(units: 5, seed: 3))
        #expect(SampleTrust.generate(units: 5, seed: 3) != SampleTrust.generate(units: 5, seed: 4))
    }

    @Test("About forty people a unit")
    func size() {
        let rows =
            SampleTrust.generate(units: 50, seed: 1)["Staff in Post.csv"]?.split(separator: "\n").count ?? 0
        #expect((1750...2500).contains(rows - 1))
    }

    @Test("Everybody is invented, and says so")
    func invented() {
        #expect(SampleTrust.demo()["trust.yaml"]?.contains("invented") == true)
        #expect(SampleTrust.demo().values.allSatisfy { !$0.contains("nhs.net") && !$0.contains("nhs.uk") })
    }
}

/// What `muster import` makes of a sample trust, against another reading of the same files.
@Suite("Sample trusts, imported")
struct SampleTrustImportTests {
    @Test(
        "Every row is taken over, and every duty starts and ends when the export says", arguments: [1, 2, 3])
    func sameDuties(seed: UInt64) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        // The clocks go back inside these weeks.
        let friday = try #require(Day("2025-10-31"))
        let files = SampleTrust.generate(units: 5, seed: seed, day: friday)
        try NewFolder.write(files, to: folder)
        let read = try TrustImport.read(folder, now: London.instant(friday, minute: 390))
        #expect(read.rejections.isEmpty)
        for source in read.extracts.sources {
            #expect(source.read == files[source.file].map { $0.split(separator: "\n").count - 1 })
        }
        let wall = DateFormatter()
        wall.locale = Locale(identifier: "en_GB")
        wall.timeZone = TimeZone(identifier: "Europe/London")
        wall.dateFormat = "dd/MM/yyyy HH:mm"
        func text(_ instant: Instant) -> String {
            wall.string(from: Date(timeIntervalSince1970: Double(instant.minutes) * 60))
        }
        let rows = try #require(files["Roster.csv"]).split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let duties = try #require(read.extracts.duties?.rows.map(\.duty))
        #expect(duties.count == rows.count)
        for (duty, row) in zip(duties, rows) {
            #expect(duty.person.text == row[0])
            #expect(text(duty.start) == "\(row[1]) \(row[4])")
            #expect(text(duty.end).hasSuffix(" \(row[5])"))
            #expect(duty.start < duty.end && duty.elapsed < ElapsedMinutes(hours: 24))
        }
        #expect(duties.contains { $0.elapsed.count == 810 }, "the night that is an hour longer")
    }

    @Test("Nothing in a sample trust is doubtful, and something is short")
    func sound() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try NewFolder.write(SampleTrust.generate(units: 20, seed: 1), to: folder)
        let now = London.instant(SampleTrust.defaultDay, minute: 390)
        let read = try TrustImport.read(folder, now: now)
        let window = Period(first: SampleTrust.defaultDay, days: 3)
        let picture = try #require(Picture(read.extracts, window: window, now: now))
        #expect(picture.findings.isEmpty)
        let report = RosterCheck.check(picture.scenario, picture.rules, picture.rota)
        #expect(!report.gaps.isEmpty)
    }
}
