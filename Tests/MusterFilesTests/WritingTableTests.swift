import Foundation
import Roster
import SwiftCSV
import Testing

@testable import MusterFiles

@Suite struct WritingTableTests {
    @Test(arguments: ["=1+1", "+44 20", "-3 people", "@SUM(A1)", "\tx", "\rx", "\nx"])
    func formulasBecomeText(_ text: String) throws {
        let rows = try read([[.text(text)]])
        #expect(rows == [["'" + text]])
    }

    @Test func negativeNumbersStayNumbers() throws {
        #expect(try read([[.number(-2.5)], [.number(3)]]) == [["-2.5"], ["3"]])
    }

    @Test func quotingReadsBack() throws {
        let hostile = ["a,b", "say \"late\"", "two\nlines", "two\r\nlines", "space ", "Zoë ✓", ""]
        let rows = try read([hostile.map { .text($0) }])
        #expect(rows == [hostile])
    }

    @Test func rowsEndInCRLF() {
        var table = OutputTable(header: ["a", "b"])
        table.append([.text("x\"y"), .number(1)])
        #expect(table.csv == "a,b\r\n\"x\"\"y\",1\r\n")
    }

    @Test func rotaHasTheColumnsThatArePromised() throws {
        let output = WritingFixture.output
        let csv = try CSV<Named>(string: output.dutyTable.csv)
        #expect(
            csv.header == [
                "person", "date", "unit", "shift", "role", "start", "end", "paid_minutes", "source",
            ])
        #expect(csv.rows.count == output.rota.duties.count)
    }

    /// The night of 24 to 25 October 2026 is an hour longer: 18:30Z to 08:00Z.
    @Test func autumnNightHasBothOffsets() throws {
        let csv = WritingFixture.output(WritingFixture.autumnNight).dutyTable.csv
        #expect(
            csv.contains("P1,2026-10-24,ED,N,senior,2026-10-24T19:30+01:00,2026-10-25T08:00+00:00,750,solved")
        )
    }

    @Test func gapsSayWhatStopsPeople() throws {
        let output = WritingFixture.output
        let csv = try CSV<Named>(string: output.gapTable.csv)
        let first = try #require(csv.rows.first)
        #expect(csv.rows.count == output.report.gaps.count)
        #expect(first["severity"] == "hard")
        #expect(first["reasons"] == "3 away, 3 on another duty, 3 stopped by WTR-DAILY")
        #expect(first["closed_by"]?.hasPrefix("One more senior decision maker") == true)
        #expect(csv.rows.map { $0["id"] } == output.gaps.map(\.id.text))
    }

    @Test func gridHoldsEachDutyAndLeaveWithoutItsReason() throws {
        let output = WritingFixture.output
        let grid = output.gridTable
        #expect(grid.rows.count == output.scenario.people.count)
        let codes = Set(grid.rows.flatMap { $0 })
        #expect(codes.isSuperset(of: [.text("LD"), .text("N"), .text("AL"), .text("Away")]))
        #expect(!codes.contains(.text("sickness")))
    }

    private func read(_ rows: [[OutputTable.Cell]]) throws -> [[String]] {
        var table = OutputTable(header: rows[0].indices.map { "column\($0)" })
        for row in rows { table.append(row) }
        return try CSV<Enumerated>(string: table.csv).rows
    }
}
