/// A table that is written both as text and as a sheet of the workbook.
package struct OutputTable {
    package enum Cell: Hashable {
        case text(String)
        case number(Double)

        package static func number(_ value: Int) -> Cell { .number(Double(value)) }
    }

    package let header: [String]
    package private(set) var rows: [[Cell]] = []

    package init(header: [String]) { self.header = header }

    package mutating func append(_ cells: [Cell]) {
        precondition(cells.count == header.count, "a row has as many cells as the header")
        rows.append(cells)
    }

    /// RFC 4180: CRLF after each row, quotes where they are needed, the header first.
    package var csv: String {
        ([header.map(Cell.text)] + rows)
            .map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }
            .joined()
    }

    private static func quoted(_ cell: Cell) -> String {
        switch cell {
        case .number(let number): return decimal(number)
        case .text(let text):
            let harmless = Self.harmless(text)
            guard harmless.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
                return harmless
            }
            return "\"" + harmless.replacing("\"", with: "\"\"") + "\""
        }
    }

    /// Text that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises ("CSV
    /// Injection"): what begins with `=`, `+`, `-`, `@`, a tab or a line end.
    private static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) else {
            return text
        }
        return "'" + text
    }
}
