import DemandForecast
import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("activity.csv")
struct ActivityFileTests {
    private func series(_ lines: String) throws -> [ActivitySeries] {
        var folder = FolderFixture.counted
        folder["activity.csv"] = "unit,stream,from,count\n" + lines
        folder.files["forecast.yaml"] = nil
        folder.replace("demand: true", with: "heads: { minimum: 1 }", in: "roster.yaml")
        return try folder.readForecast().activity
    }

    private func faults(_ lines: String) throws -> [String] {
        do {
            _ = try series(lines)
            return []
        } catch let faults as Faults {
            return faults.faults.map(\.description)
        }
    }

    @Test("Hours, days and months, in any order; what is not there is not known")
    func steps() throws {
        let found = try series(
            """
            ED,majors,2026-10-02T23:00,5
            ED,majors,2026-10-01T01:00,3
            ED,minors,2026-10-03,7
            ED,minors,2026-10-01,6
            NEW,all,2026-09,300
            NEW,all,2026-07,310

            """)
        #expect(found.map(\.step) == [.hour, .day, .month])
        #expect(found[0].counts.count == 48)
        #expect(found[0].counts[1] == 3 && found[0].counts[47] == 5)
        #expect(found[0].counts.count { $0.isNaN } == 46)
        #expect(found[1].counts[0] == 6 && found[1].counts[1].isNaN && found[1].counts[2] == 7)
        #expect(found[2].counts[0] == 310 && found[2].counts[1].isNaN)
        #expect(found[2].last == Day("2026-09-30"))
    }

    @Test("The hour that comes twice holds the counts of both, each with its offset")
    func repeatedHour() throws {
        let found = try series(
            "ED,majors,2025-10-26T01:00+01:00,3\nED,majors,2025-10-26T01:00+00:00,4\nED,majors,2025-10-26T02:00,5\n"
        )
        #expect(found[0].counts[1] == 7 && found[0].counts[2] == 5)
    }

    @Test(
        "Bad rows are faults that say where and what is accepted",
        arguments: [
            (
                "ED,majors,2026-10-01T01:00,3\nED,majors,2026-10-01T01:00,3\n",
                "activity.csv:3: column 3 (from): \"2026-10-01T01:00\" was counted already in line 2; accepted: each time once in a series"
            ),
            (
                "ED,majors,2026-03-29T01:00,3\n",
                "activity.csv:2: column 3 (from): \"2026-03-29T01:00\" is skipped on 2026-03-29, when the clocks go forward; accepted: a time before 01:00 or from 02:00"
            ),
            (
                "ED,majors,2025-10-26T01:00,3\n",
                "activity.csv:2: column 3 (from): \"2025-10-26T01:00\" comes twice on 2025-10-26, when the clocks go back; accepted: 2025-10-26T01:00+01:00 for the first or 2025-10-26T01:00+00:00 for the second"
            ),
            (
                "ED,majors,2026-10-01T01:00,-3\n",
                "activity.csv:2: column 4 (count): \"-3\" is out of range; accepted: a number from 0 to 1000000"
            ),
            (
                "ED,majors,2026-10-01T01:00,9999999999\n",
                "activity.csv:2: column 4 (count): \"9999999999\" is out of range; accepted: a number from 0 to 1000000"
            ),
            (
                "ED,majors,2026-10-01T01:30,3\n",
                "activity.csv:2: column 3 (from): \"2026-10-01T01:30\" is not a full hour; accepted: an hour such as 2026-10-26T14:00, a day such as 2026-10-26 or a month such as 2026-10"
            ),
            (
                "ED,majors,last Tuesday,3\n",
                "activity.csv:2: column 3 (from): \"last Tuesday\" is no time; accepted: an hour such as 2026-10-26T14:00, a day such as 2026-10-26 or a month such as 2026-10"
            ),
            (
                "ED,majors,1826-10-01,3\n",
                "activity.csv:2: column 3 (from): \"1826-10-01\" is out of range; accepted: a time from 2000-01-01 to 2099-12-31"
            ),
            (
                "ED,majors,2026-10-01,3\nED,majors,2026-10-02T04:00,3\n",
                "activity.csv:3: column 3 (from): \"2026-10-02T04:00\" is a hour, but this series counts by the day; accepted: one kind of time throughout a series"
            ),
            (
                "WARD,majors,2026-10-01,3\n",
                "activity.csv:2: column 1 (unit): \"WARD\" is not a unit of this roster; accepted: ED, NEW"
            ),
        ])
    func bad(lines: String, message: String) throws {
        #expect(try faults(lines) == [message])
    }

    @Test("Duplicates in the hour that comes twice are found too")
    func repeatedTwice() throws {
        let lines = "ED,majors,2025-10-26T01:00+00:00,3\nED,majors,2025-10-26T01:00+00:00,4\n"
        #expect(try faults(lines).count == 1)
    }

    @Test("A file that is too large is refused by name and limit")
    func tooLarge() throws {
        let folder = FolderFixture.counted
        let faults = FaultList()
        try folder.withFolder { url in
            var open = try #require(OpenFolder(url, faults: faults))
            #expect(open.file("activity.csv", sizeLimit: 1000) == nil)
        }
        #expect(
            faults.sorted.map(\.description) == ["activity.csv: is too large; accepted: at most 1000 bytes"])
    }
}
