import Foundation
import RosterEngine

import struct RosterEngine.Progress

/// The lines that a search prints as it goes, in aligned columns; their header comes back every 20 lines.
struct ProgressTable {
    let style: Style
    private var printed = 0

    static let linesPerHeader = 20
    private static let widths = [9, 9, 11, 12, 12, 9]
    static let titles = ["seconds", "hard h", "minimum h", "cost", "bound", "gap %"]

    init(style: Style) { self.style = style }

    /// The next line, after the header when it is due.
    ///
    /// `hard h` and `minimum h` are the person-hours missing of hard cover and of soft minimums; `cost` is
    /// everything else, in points, which lies above `bound` by at most `gap %`.
    mutating func next(_ progress: Progress) -> String {
        let line = Self.row(
            [
                fixed(progress.seconds, 1), fixed(Double(progress.hardMinutes) / 60, 1),
                fixed(Double(progress.minimumMinutes) / 60, 1), fixed(progress.best, 1),
                progress.bound.map { fixed($0, 1) } ?? "-",
                progress.gap.map { fixed(($0 * 10_000).rounded(.up) / 100, 2) } ?? "-",
            ], progress.source)
        defer { printed += 1 }
        guard printed.isMultiple(of: Self.linesPerHeader) else { return line }
        return style.bold(Self.row(Self.titles, "brought by")) + "\n" + line
    }

    private static func row(_ cells: [String], _ source: String) -> String {
        zip(cells, widths).map { cell, width in
            String(repeating: " ", count: max(0, width - cell.count)) + cell
        }.joined() + "  \(source)"
    }
}

private func fixed(_ number: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", number)
}
