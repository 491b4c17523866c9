import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("demand.csv over the period")
struct DemandFileTests {
    private func rows(_ text: String, from: String = "2026-11-02", days: Int = 7) throws -> [DemandRow] {
        var folder = FolderFixture.small(from: from, days: days)
        folder.replace("heads: { minimum: 1 }", with: "demand: true", in: "roster.yaml")
        folder["demand.csv"] = "day,from,to,rule,value,q50,q90\n" + text
        return try folder.read().scenario.demand
    }

    @Test("The more exact day wins where two rows overlap, and only there")
    func layers() throws {
        let rows = try rows(
            """
            daily,00:00,24:00,rn,4,,
            weekend,00:00,24:00,rn,3,,
            sat,08:00,20:00,rn,5,4,6
            2026-11-07,12:00,14:00,rn,9,,

            """)
        let saturday = day("2026-11-07")
        let midnight = London.instant(saturday, minute: 0)
        let found = rows.filter { midnight <= $0.start && $0.start.day == saturday }
        #expect(found.map(\.start.clock.description) == ["00:00", "08:00", "12:00", "14:00", "20:00"])
        #expect(found.map(\.value) == [3, 5, 9, 5, 3])
        #expect(found.map { $0.quantiles?.quantile(0.9) } == [nil, 6, nil, 6, nil])
        let friday = rows.filter { $0.start.day == day("2026-11-06") }
        #expect(friday.map(\.value) == [4])
    }

    @Test("A row over midnight reaches into the first morning and out of the last night")
    func nights() throws {
        let rows = try rows("daily,20:00,08:00,rn,2,,\ndaily,08:00,20:00,rn,4,,\n")
        #expect(rows.first?.start.description == "2026-11-01T08:00+00:00")
        #expect(rows.last?.end.description == "2026-11-10T08:00+00:00")
    }

    @Test("An hour that recurs is empty where the clocks skip it and twice as long where they repeat it")
    func clockChange() throws {
        let hours = "daily,00:00,01:00,rn,1,,\ndaily,01:00,02:00,rn,2,,\ndaily,02:00,24:00,rn,3,,\n"
        let spring = try rows(hours, from: "2026-03-29", days: 1).filter { $0.start.day == day("2026-03-29") }
        #expect(spring.map(\.value) == [1, 3])
        let autumn = try rows(hours, from: "2026-10-25", days: 1).filter { $0.start.day == day("2026-10-25") }
        #expect(autumn.map { ($0.end - $0.start).count } == [60, 120, 22 * 60])
    }

    @Test("Arrivals are cut in proportion")
    func arrivals() throws {
        var folder = FolderFixture.good
        folder.replace(
            "daily,00:00,24:00,ED,,resus,24", with: "daily,00:00,24:00,ED,,resus,48", in: "demand.csv")
        folder["demand.csv"] += "2026-11-03,06:00,12:00,ED,,resus,1,,,\n"
        let tuesday = try folder.read().scenario.demand.filter {
            $0.subject == .stream("ED", "resus") && $0.start.day == day("2026-11-03")
        }
        #expect(tuesday.map(\.value) == [12, 1, 24])
    }

    @Test("A time that the clocks skip cannot stand in a row on that date")
    func skipped() throws {
        #expect(throws: Faults.self) {
            try rows("daily,00:00,24:00,rn,4,,\n2026-03-29,01:30,03:00,rn,2,,\n", from: "2026-03-29")
        }
    }

    @Test("The morning after the period has demand where a window runs into it")
    func morningAfter() throws {
        var folder = FolderFixture.small(from: "2026-11-02", days: 1)
        folder.replace(
            "heads: { minimum: 1 }", with: "demand: true, from: 20:00, to: 08:00", in: "roster.yaml")
        folder["demand.csv"] = """
            day,from,to,rule,value
            2026-11-02,20:00,24:00,rn,2
            2026-11-03,00:00,08:00,rn,1

            """
        #expect(try folder.read().scenario.resolvedDemand().map(\.target) == [2, 1])
    }

    static let mistakes = [
        Mistake(
            "two rows at once", in: "demand.csv",
            adding: "2026-11-06,21:00,23:00,,rn,,7,,,",
            gives: """
                demand.csv:8: column 2 (from): "21:00" overlaps line 7 on 2026-11-06; accepted: rows that \
                do not overlap, or a more exact day
                """)
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
