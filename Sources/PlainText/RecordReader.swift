import Foundation
import SwiftCSV

/// The cells of one row of a CSV file, trimmed, and the line on which it begins.
struct Record {
    let line: Int
    let cells: [String]
}

/// Cuts a file into records and has SwiftCSV read each by itself.
///
/// SwiftCSV reads a whole text, stops at its first fault without saying where, and fills short rows. One record at a
/// time gives every record its line and leaves the others readable. A record ends with the first line at which all
/// its quotation marks are paired, which is where SwiftCSV ends it too if the record is CSV at all.
struct RecordReader {
    private let source: SourceFile
    private let faults: FaultList
    private var line = 0

    init(_ source: SourceFile, faults: FaultList) {
        self.source = source
        self.faults = faults
    }

    /// The next record that has a cell with something in it. A record that cannot be read is a fault and left out.
    mutating func next() -> Record? {
        while line < source.lines.count {
            let first = line
            let place = Place(file: source.name, line: first + 1)
            line += 1
            guard let text = joinedLines(from: first) else {
                faults.add(
                    Fault(
                        at: place, value: source.lines[first], "opens a quotation mark that is never closed",
                        accepted: acceptedQuotes))
                continue
            }
            do {
                let record = try EnumeratedCSV(
                    string: text, delimiter: .comma, loadColumns: false, rowLimit: 0)
                let cells = record.header.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
                if let oversized = cells.firstIndex(where: { $0.unicodeScalars.count > Table.cellLimit }) {
                    faults.add(
                        Fault(
                            at: place, value: cells[oversized],
                            "is the start of a cell of over \(Table.cellLimit) characters",
                            accepted: "at most \(Table.cellLimit) characters"))
                } else if cells.contains(where: { !$0.isEmpty }) {
                    return Record(line: first + 1, cells: cells)
                }
            } catch {
                faults.add(
                    Fault(
                        at: place, value: source.lines[first], "has a quotation mark in the wrong place",
                        accepted: acceptedQuotes))
                line = first + 1
            }
        }
        return nil
    }

    /// The lines of the record that begins at a line, moving past them; nil, moving past the first only, if its
    /// quotation marks are never paired.
    private mutating func joinedLines(from first: Int) -> String? {
        var text = source.lines[first] + "\n"
        var isOpen = source.lines[first].hasUnpairedQuote
        var following = first + 1
        while isOpen {
            guard following < source.lines.count, text.utf8.count <= SourceFile.lineLimit else { return nil }
            text += source.lines[following] + "\n"
            if source.lines[following].hasUnpairedQuote { isOpen.toggle() }
            following += 1
        }
        line = following
        return text
    }

    private var acceptedQuotes: String { "quotation marks around a whole cell, doubled inside it" }
}

extension String {
    fileprivate var hasUnpairedQuote: Bool {
        utf8.reduce(into: false) { isOpen, byte in if byte == UInt8(ascii: "\"") { isOpen.toggle() } }
    }
}
