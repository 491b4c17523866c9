import Extracts
import Foundation
import MusterFiles
import MusterStore
import Roster
import RosterCheck
import Testing

@Suite("Picture of the demo trust")
struct PictureTests {
    @Test func scratch() throws {
        let rosters = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Rosters/demo-trust")
        let now = try #require(Instant("2025-11-21T06:30+00:00"))
        let read = try TrustImport.read(rosters, now: now)
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let store = try MusterStore(path: file.path, creating: true)
        try store.keep(read.extracts, reading: read.reading, by: "t", at: now)
        let picture = try #require(try store.picture(on: now.day, days: 3, at: now))
        for finding in picture.findings {
            print(finding.severity, finding.check, finding.sentence, finding.rows.count)
        }
        for unit in picture.scenario.units { print(unit.id, picture.confidence(in: unit.id)) }
        print(
            picture.notIncluded, picture.requests.count, picture.rota.duties.count,
            picture.scenario.history.count)
        let report = RosterCheck.check(picture.scenario, picture.rules, picture.rota)
        for gap in report.gaps { print(gap.severity, gap.id, gap.required, gap.planned, gap.missingHours) }
        print(report.breaches.count, Dictionary(grouping: report.breaches, by: \.rule).mapValues(\.count))
        for b in report.breaches.prefix(20) { print(b.sentence) }
    }
}
