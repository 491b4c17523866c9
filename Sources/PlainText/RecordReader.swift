import Foundation
import SwiftCSV

/// The cells of one row of a CSV file, trimmed, and the lines, from 1, on which it stands.
struct Record {
    let lines: ClosedRange<Int>
    let cells: [String]

    /// Where the row ends, for messages, if that is another line: a stray quotation mark shows in this.
    var reach: String { lines.count == 1 ? "" : " and ends on line \(lines.upperBound)" }
}

/// Cuts a file into records and has SwiftCSV read each by itself.
///
/// SwiftCSV reads a whole text, stops at its first fault without saying where, and fills short rows. One record at a
/// time gives every record its line and leaves the others readable. A record ends with the first line at which all
/// its quotation marks are paired, which is where SwiftCSV ends it too if the record is CSV at all.
struct RecordReader {
    private let source: SourceFile
    private let faults: FaultList
    private var position = 0

    init(_ source: SourceFile, faults: FaultList) {
        self.source = source
        self.faults = faults
    }

    /// The next record that has a cell with something in it. A record that cannot be read is a fault and left out.
    ///
    /// - Complexity: O(n) in the size of the file over all calls.
    mutating func next() -> Record? {
        while position < source.lines.count {
            let first = position
            do throws(Fault) {
                let last = try lastLine(ofRecordFrom: first)
                position = last + 1
                let record = try record(from: first, through: last)
                if record.cells.contains(where: { !$0.isEmpty }) { return record }
            } catch {
                faults.add(error)
                position = max(position, first + 1)
            }
        }
        return nil
    }

    /// The line with which the record that begins at a line ends.
    private func lastLine(ofRecordFrom first: Int) throws(Fault) -> Int {
        guard source.lines[first].hasUnpairedQuote else { return first }
        guard let last = source.lines[(first + 1)...].firstIndex(where: \.hasUnpairedQuote) else {
            throw fault(at: first, "has a quotation mark that is never closed", accepted: acceptedQuotes)
        }
        return last
    }

    private mutating func record(from first: Int, through last: Int) throws(Fault) -> Record {
        let lines = source.lines[first...last]
        guard lines.reduce(0, { $0 + $1.utf8.count }) <= SourceFile.lineLimit else {
            throw fault(
                at: first, "begins a row that is too long and ends on line \(last + 1)",
                accepted: "at most \(SourceFile.lineLimit) bytes")
        }
        if lines.count == 1, let line = lines.first, !line.utf8.contains(UInt8(ascii: "\"")) {
            return Record(lines: (first + 1)...(first + 1), cells: line.cellsWithoutQuotes)
        }
        do {
            let text = lines.joined(separator: "\n") + "\n"
            let cells = try CSV<OneRecord>(string: text, delimiter: .comma).header
            return Record(lines: (first + 1)...(last + 1), cells: cells.map(\.trimmed))
        } catch {
            // The marks were not the ends of a cell, so the lines after the first are rows of their own.
            position = first + 1
            throw fault(at: first, "has a quotation mark in the wrong place", accepted: acceptedQuotes)
        }
    }

    private func fault(at index: Int, _ problem: String, accepted: String) -> Fault {
        Fault(
            at: Place(file: source.name, line: index + 1), value: source.lines[index], problem,
            accepted: accepted)
    }

    private var acceptedQuotes: String { "quotation marks around a whole cell, doubled inside it" }
}

/// What SwiftCSV keeps of a text beside its first row: nothing.
private struct OneRecord: CSVView {
    let rows: [Never] = []
    let columns: Never? = nil

    init(header: [String], text: String, delimiter: CSVDelimiter, loadColumns: Bool, rowLimit: Int?) {}

    func serialize(header: [String], delimiter: CSVDelimiter) -> String { "" }
}

extension String {
    /// The cells of a line that has no quotation mark: there a comma is always the end of a cell. SwiftCSV finds the
    /// same, many times slower, and exports have hundreds of thousands of such lines.
    fileprivate var cellsWithoutQuotes: [String] {
        utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            Substring($0).trimmed
        }
    }

    fileprivate var hasUnpairedQuote: Bool {
        utf8.reduce(into: false) { isOpen, byte in if byte == UInt8(ascii: "\"") { isOpen.toggle() } }
    }
}
