import Foundation
import PlainText
import Roster
import SystemPool
import Testing

@testable import MusterFiles

@Suite("Figures from elsewhere")
struct MetricsFileTests {
    private static let header = "organisation,name,day,value,measured_at,framework,by\n"

    private func read(_ text: String) throws -> MetricsFile {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let monday = try #require(Day("2027-01-11"))
        let now = try #require(Instant("2027-01-11T06:30Z"))
        return try MetricsFile.read(file, of: "NS1", days: monday...monday.advanced(by: 2), at: now)
    }

    /// The faults of a file, without its name.
    private func faults(_ rows: String) -> [String] {
        let thrown = #expect(throws: Faults.self) { try read(Self.header + rows) }
        return thrown?.faults.map { "\($0)".split(separator: ".csv:").last.map(String.init) ?? "" } ?? []
    }

    @Test("A figure has its day and its time, and OPEL its owner too")
    func figures() throws {
        let read = try read(
            Self.header + """
                NS1,virtual-ward-beds,,40,2027-01-11T06:00,,
                NS1,virtual-ward-staffed,2027-01-13,1,2027-01-11T06:00,,
                NS1,opel,,3,2027-01-11T05:30,2024-26,site-manager
                """)
        let time = try #require(Instant("2027-01-11T06:00Z"))
        #expect(
            read.metrics == [
                Metric(name: .virtualWardBeds, value: 40, measuredAt: time),
                Metric(name: .virtualWardStaffed, day: Day("2027-01-13"), value: 1, measuredAt: time),
            ])
        let opel = OpelEntry(
            level: 3, framework: "2024-26", at: time - ElapsedMinutes(30), by: .siteManager)
        #expect(read.opel == opel)
    }

    @Test("Columns that only OPEL needs may be left out")
    func columns() throws {
        let read = try read(
            "organisation,name,value,measured_at\nNS1,escalation-beds-open,6,2027-01-11T06:00\n")
        #expect(read.metrics.map(\.value) == [6] && read.opel == nil)
    }

    @Test("Every fault is told at once, each with its line, column, value and what is accepted")
    func all() {
        let found = faults(
            """
            NS2,escalation-beds-open,,6,2027-01-11T06:00,,
            NS1,red-flags,,1,2027-01-11T06:00,,
            NS1,beds,,1,2027-01-11T06:00,,
            NS1,reap-level,,5,2027-01-11T06:00,,
            NS1,ambulance-handover-minutes,,quick,2027-01-11T06:00,,
            NS1,emergency-attendances,2027-01-14,200,2027-01-11T06:00,,
            NS1,potential-harms,,0,2027-01-11T06:31,,
            NS1,actual-harms,,0,1927-01-11T06:00,,
            NS1,virtual-ward-beds,,40,2027-01-11T06:00,2024-26,matron
            NS1,opel,2027-01-11,0,,2024/26,Dr Who
            """)
        let accepted = [
            "2: column 1 (organisation): \"NS2\" is not the organisation whose push this is; accepted: NS1",
            "3: column 2 (name): \"red-flags\" is worked out by Muster, from the store; accepted: actual-harms, ",
            "4: column 2 (name): \"beds\" is not a figure that a push carries; accepted: actual-harms, ",
            "5: column 4 (value): \"5\" is out of range; accepted: a number from 1 to 4",
            "6: column 4 (value): \"quick\" is not a number",
            "7: column 3 (day): \"2027-01-14\" is not a day of the push; accepted: 2027-01-11 to 2027-01-13",
            "8: column 5 (measured_at): \"2027-01-11T06:31\" is after the push is made; accepted: at most 2027-01-11T06:30+00:00",
            "9: column 5 (measured_at): \"1927-01-11T06:00\" does not fit; accepted: a time in the years 2000 to 2199",
            "10: column 6 (framework): \"2024-26\" is told of opel alone; accepted: an empty cell",
            "10: column 7 (by): \"matron\" is told of opel alone",
            "11: column 3 (day): \"2027-01-11\" is not told of opel",
            "11: column 4 (value): \"0\" is out of range; accepted: a whole number from 1 to 4",
            "11: column 5 (measured_at): is empty; accepted: a time",
            "11: column 6 (framework): \"2024/26\" is not accepted here; accepted: 1 to 64 of",
            "11: column 7 (by): \"Dr Who\" is not a role; accepted: administrator, ",
        ]
        #expect(found.count == accepted.count, "\(found)")
        for (fault, start) in zip(found, accepted) { #expect(fault.hasPrefix(start), "\(fault)") }
    }

    @Test("A count comes in whole, and of what is no count nothing smaller than a hundredth is told")
    func fineness() {
        let found = faults(
            """
            NS1,virtual-ward-beds,,40.0,2027-01-11T06:00,,
            NS1,virtual-ward-occupied,,29.5,2027-01-11T06:00,,
            NS1,ambulance-handover-minutes,,0.01,2027-01-11T06:00,,
            NS1,ambulance-handover-minutes,2027-01-11,0,2027-01-11T06:00,,
            NS1,ambulance-handover-minutes,2027-01-12,0.0\(String(repeating: "0", count: 300))1,2027-01-11T06:00,,
            """)
        #expect(found.count == 2, "\(found)")
        #expect(
            found.first
                == "3: column 4 (value): \"29.5\" does not fit; accepted: a whole number from 0 to 1000000")
        #expect(
            found.last?.hasSuffix("does not fit; accepted: 0, or a number from 0.01 to 1000000") == true)
    }

    @Test("A figure of a day stands once, whatever its row says besides")
    func twice() {
        let found = faults(
            """
            NS1,reap-level,,2,2027-01-11T06:00,,
            NS1,reap-level,2027-01-12,2,2027-01-11T06:00,,
            NS1,reap-level,,3,2027-01-11T05:00,,
            NS1,opel,,3,2027-01-11T05:30,2024-26,site-manager
            NS1,opel,,4,2027-01-11T05:30,2024-26,site-manager
            """)
        #expect(
            found == [
                "4: column 2 (name): \"reap-level\" is there already, in line 2; accepted: a figure of a day once",
                "6: column 2 (name): \"opel\" is there already, in line 5; accepted: a figure of a day once",
            ])
    }

    @Test("A file that is not there, and one without the columns, is a fault")
    func notThere() throws {
        #expect(throws: Faults.self) { try read("name,value\nreap-level,2\n") }
        let day = try #require(Day("2027-01-11"))
        #expect(throws: Faults.self) {
            try MetricsFile.read(
                URL(filePath: "/nowhere/metrics.csv"), of: "NS1", days: day...day,
                at: London.instant(day, minute: 0))
        }
    }
}
