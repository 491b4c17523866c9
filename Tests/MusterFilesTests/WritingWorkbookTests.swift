import Foundation
import Testing

@testable import MusterFiles

@Suite struct WritingWorkbookTests {
    @Test func theSameTablesGiveTheSameBytes() throws {
        #expect(try write([[.text("a")]]) == write([[.text("a")]]))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/unzip")))
    func textIsNeverAFormula() throws {
        let sheet = try part("xl/worksheets/sheet1.xml", of: [[.text("=1+1"), .number(2.5), .text("<b>&")]])
        let strings = try part("xl/sharedStrings.xml", of: [[.text("=1+1"), .number(2.5), .text("<b>&")]])
        #expect(!sheet.contains("<f>"))
        #expect(sheet.contains("<v>2.5</v>"))
        #expect(strings.contains("<t>=1+1</t>"))
        #expect(strings.contains("&lt;b&gt;&amp;"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/unzip")))
    func theDateOfCreationIsNotTheClocks() throws {
        let core = try part("docProps/core.xml", of: [[.text("a")]])
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

    private func write(
        _ rows: [[OutputTable.Cell]], then read: (URL) throws -> Data = { try Data(contentsOf: $0) }
    )
        throws -> Data
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("book.xlsx")
        var table = OutputTable(header: rows[0].indices.map { "column\($0)" })
        for row in rows { table.append(row) }
        let book = Workbook(path: file.path, scratch: folder.path, title: "Title")
        book.add("Sheet", table, widths: [20], otherWidth: 9, frozen: 1)
        #expect(book.close() == nil)
        return try read(file)
    }

    private func part(_ name: String, of rows: [[OutputTable.Cell]]) throws -> String {
        let data = try write(rows) { file in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
            process.arguments = ["-p", file.path, name]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return data
        }
        return String(decoding: data, as: UTF8.self)
    }
}
