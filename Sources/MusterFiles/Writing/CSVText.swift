/// A table as RFC 4180 text: CRLF after each row, quotes where they are needed, a header first.
///
/// Text that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises.
struct CSVText {
    enum Cell {
        case text(String)
        case number(String)

        static func number(_ value: Int) -> Cell { .number(String(value)) }
    }

    private(set) var text = ""
    private let width: Int

    init(header: [String]) {
        width = header.count
        append(header.map(Cell.text))
    }

    mutating func append(_ cells: [Cell]) {
        precondition(cells.count == width, "a row has as many cells as the header")
        text += cells.map(Self.quoted).joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ cell: Cell) -> String {
        switch cell {
        case .number(let digits): return digits
        case .text(let text):
            let harmless = Self.harmless(text)
            guard harmless.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
                return harmless
            }
            return "\"" + harmless.replacing("\"", with: "\"\"") + "\""
        }
    }

    /// `=`, `+`, `-`, `@`, tab, carriage return and line feed at the start of a cell make it a formula
    /// somewhere.
    static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) else {
            return text
        }
        return "'" + text
    }
}
