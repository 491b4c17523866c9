/// A CSV file whose header was checked and whose rows know their lines.
///
///     let people = Table(file, required: ["id", "name", "grade"], optional: ["opt_out"], faults: faults)
///     for row in people.rows {
///         let id = row.identifier("id")
///         let grade = row.choice("grade", grades, of: "a grade of this roster")
///         let optOut = row.optional("opt_out")?.boolean() ?? false
///         guard let id, let grade else { continue }   // the faults are in the list already
///         …
///     }
///
/// Reading continues after a fault: a row that is not CSV or has the wrong number of cells is left out, a column that
/// is missing gives nil in every row without a further fault. Blank lines are skipped; a cell may hold line ends
/// inside quotes.
public struct Table {
    public let file: String
    public let rows: [Row]
    /// Whether every row could be read; if not, what the lost ones said is not known.
    public let isWhole: Bool

    /// The most characters in a cell.
    public static let cellLimit = 10_000

    /// Reads the header and all rows.
    ///
    /// - Parameters:
    ///   - ignoringOthers: other systems' exports have columns that nobody here reads; in our own files such a column
    ///     is a fault.
    ///   - rowFaults: where faults of single rows go, if they are not to stand with those of the header.
    /// - Complexity: O(n) in the size of the file.
    public init(
        _ source: SourceFile, required: [String], optional: [String] = [], ignoringOthers: Bool = false,
        faults: FaultList, rowFaults: FaultList? = nil
    ) {
        file = source.name
        let header = faults
        let faults = rowFaults ?? faults
        var records = RecordReader(source, faults: faults)
        guard let head = records.next() else {
            let place = Place(file: source.name, line: 1)
            header.add(
                Fault(at: place, "has no header", accepted: (required + optional).joined(separator: ",")))
            rows = []
            isWhole = false
            return
        }
        let columns = Header(
            head, of: source.name, required: required, optional: optional, ignoringOthers: ignoringOthers,
            faults: header)
        let faultsBefore = faults.count
        var rows: [Row] = []
        while let record = records.next() {
            if let fault = columns.fault(in: record) {
                faults.add(fault)
            } else {
                rows.append(
                    Row(line: record.lines.lowerBound, header: columns, cells: record.cells, faults: faults))
            }
        }
        self.rows = rows
        isWhole = source.isWhole && faults.count == faultsBefore
    }
}

/// One row of a table. Asking for a column that the table was not opened with is a programming error.
public struct Row {
    /// The line on which the row begins, from 1.
    public let line: Int
    let header: Header
    let cells: [String]
    let faults: FaultList

    /// Where a cell of this row stands; the row itself if the file lacks the column.
    public func place(_ column: String) -> Place {
        let position = header.position(of: column)
        return Place(file: header.file, line: line, column: position.map { .field($0 + 1, name: column) })
    }

    /// Adds a fault about a cell, such as one that only another file shows.
    public func fault(_ column: String, _ problem: String, accepted: String? = nil, suggestion: String? = nil)
    {
        let value = header.position(of: column).map { cells[$0] }
        faults.add(
            Fault(at: place(column), value: value, problem, accepted: accepted, suggestion: suggestion))
    }

    /// The cell, or nil without a fault if it is empty or the file lacks the column.
    public func optional(_ column: String) -> Scalar? {
        guard let position = header.position(of: column), !cells[position].isEmpty else { return nil }
        return Scalar(cells[position], at: place(column), faults: faults)
    }

    /// The cell; an empty one is a fault.
    public func required(_ column: String, accepted: String = "a value") -> Scalar? {
        if let cell = optional(column) { return cell }
        if header.position(of: column) != nil {
            faults.add(Fault(at: place(column), "is empty", accepted: accepted))
        }
        return nil
    }
}

/// The readings of `Scalar` by the name of a required column.
extension Row {
    public func text(_ column: String) -> String? { required(column)?.text }

    public func identifier(_ column: String) -> String? { required(column, accepted: "an id")?.identifier() }

    public func integer(_ column: String, in range: ClosedRange<Int>) -> Int? {
        required(column, accepted: "a whole number")?.integer(in: range)
    }

    public func decimal(_ column: String, in range: ClosedRange<Double>) -> Double? {
        required(column, accepted: "a number")?.decimal(in: range)
    }

    public func boolean(_ column: String) -> Bool? {
        required(column, accepted: "true, yes, false, no")?.boolean()
    }

    public func date(_ column: String) -> YearMonthDay? {
        required(column, accepted: "a date such as 2026-10-25")?.date()
    }

    public func choice<Value>(
        _ column: String, _ choices: [String: Value], of what: String = "one of the accepted values"
    ) -> Value? {
        required(column, accepted: choices.keys.sorted().listed())?.choice(choices, of: what)
    }

    public func value<Value>(_ column: String, accepted: String, _ parse: (String) -> Value?) -> Value? {
        required(column, accepted: accepted)?.value(accepted: accepted, parse)
    }

    /// The parts of a cell; an empty cell has none and is no fault.
    public func list(_ column: String, separator: Character = ";") -> [Scalar] {
        optional(column)?.list(separator: separator) ?? []
    }
}

/// The columns of a table: which of them are accepted and where they stand.
final class Header: Sendable {
    let file: String
    /// The header's cells.
    private let names: [String]
    private let accepted: Set<String>
    private let positions: [String: Int]

    init(
        _ record: Record, of file: String, required: [String], optional: [String], ignoringOthers: Bool,
        faults: FaultList
    ) {
        let known = required + optional
        var positions: [String: Int] = [:]
        for (index, name) in record.cells.enumerated() {
            let place = Place(
                file: file, line: record.lines.lowerBound, column: .field(index + 1, name: name.shortened()))
            if !known.contains(name) {
                if ignoringOthers { continue }
                let problem = name.isEmpty ? "has no name" : "is no column of this file"
                faults.add(
                    Fault(
                        at: place, problem, accepted: known.listed(),
                        suggestion: nearestName(to: name, among: known)))
            } else if let first = positions[name] {
                faults.add(
                    Fault(
                        at: place, "is a column twice, first as column \(first + 1)",
                        accepted: "each column once"))
            } else {
                positions[name] = index
            }
        }
        let missing = required.filter { positions[$0] == nil }
        if !missing.isEmpty {
            let columns = missing.count == 1 ? "the required column" : "the required columns"
            let separators =
                record.cells.count == 1 && record.cells[0].contains(where: { ";\t".contains($0) })
            faults.add(
                Fault(
                    at: Place(file: file, line: record.lines.lowerBound),
                    "lacks \(columns) \(missing.joined(separator: ", "))",
                    accepted: separators ? "commas between the cells, no semicolons or tabs" : known.listed())
            )
        }
        self.file = file
        self.positions = positions
        names = record.cells
        accepted = Set(known)
    }

    /// What keeps a record from being a row under this header.
    func fault(in record: Record) -> Fault? {
        let line = record.lines.lowerBound
        guard record.cells.count == names.count else {
            let found = record.cells.count == 1 ? "1 cell" : "\(record.cells.count) cells"
            return Fault(
                at: Place(file: file, line: line), "has \(found)\(record.reach)",
                accepted: "\(names.count) cells, as in the header")
        }
        let tooLong = record.cells.firstIndex { $0.unicodeScalars.count > Table.cellLimit }
        return tooLong.map { index in
            Fault(
                at: Place(file: file, line: line, column: .field(index + 1, name: names[index])),
                value: record.cells[index], "is too long\(record.reach)",
                accepted: "at most \(Table.cellLimit) characters")
        }
    }

    func position(of column: String) -> Int? {
        precondition(accepted.contains(column), "the table \(file) was not opened with a column \(column)")
        return positions[column]
    }
}
