import Foundation
import Subprocess
import Testing

@testable import MusterFiles

@Suite struct WritingWorkbookTests {
    @Test func theSameTablesGiveTheSameBytes() throws {
        #expect(try write([[.text("a")]]) == write([[.text("a")]]))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/unzip")))
    func textIsNeverAFormula() async throws {
        let sheet = try await part(
            "xl/worksheets/sheet1.xml", of: [[.text("=1+1"), .number(2.5), .text("<b>&")]])
        let strings = try await part(
            "xl/sharedStrings.xml", of: [[.text("=1+1"), .number(2.5), .text("<b>&")]])
        #expect(!sheet.contains("<f>"))
        #expect(sheet.contains("<v>2.5</v>"))
        #expect(strings.contains("<t>=1+1</t>"))
        #expect(strings.contains("&lt;b&gt;&amp;"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/unzip")))
    func theDateOfCreationIsNotTheClocks() async throws {
        let core = try await part("docProps/core.xml", of: [[.text("a")]])
        #expect(core.contains("2020-01-01T00:00:00Z</dcterms:created>"))
        #expect(core.contains("2020-01-01T00:00:00Z</dcterms:modified>"))
    }

    @Test func aTextThatIsTooLongForExcelIsCut() throws {
        let long = String(repeating: "é", count: 40_000)
        #expect(throws: Never.self) { try write([[.text(long)]]) }
    }

    @Test func aFolderThatIsNotThereIsAReason() {
        let book = Workbook(path: "/nowhere/at/all.xlsx", scratch: "/tmp", title: "x")
        book.add("A", OutputTable(header: ["a"]), widths: [], otherWidth: 9, frozen: 0)
        #expect(book.close() != nil)
    }

    private func write(_ rows: [[OutputTable.Cell]]) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("book.xlsx")
        var table = OutputTable(header: rows[0].indices.map { "column\($0)" })
        for row in rows { table.append(row) }
        let book = Workbook(path: file.path, scratch: folder.path, title: "Title")
        book.add("Sheet", table, widths: [20], otherWidth: 9, frozen: 1)
        #expect(book.close() == nil)
        return try Data(contentsOf: file)
    }

    private func part(_ name: String, of rows: [[OutputTable.Cell]]) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        try write(rows).write(to: file)
        return try await Subprocess.run(
            .path("/usr/bin/unzip"), arguments: ["-p", file.path, name], output: .string(limit: 1 << 20)
        ).standardOutput
    }
}
