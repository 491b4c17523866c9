import CXLSXWriter

/// An Excel workbook being written: text stays text, so that nothing in it is ever run as a formula, and the date
/// of creation is fixed, so that the same tables give the same bytes.
///
/// A class because it owns libxlsxwriter's handle, which ``close()`` or the end of its life frees.
final class Workbook {
    private var book: UnsafeMutablePointer<lxw_workbook>?
    private let bold: UnsafeMutablePointer<lxw_format>?
    private var failure: lxw_error = LXW_NO_ERROR

    /// The most characters that Excel has in a cell.
    private static let cellLimit = 32_767
    /// 1 January 2020: libxlsxwriter would take the clock's time.
    private static let created = 1_577_836_800

    /// - Parameter scratch: a folder for the parts of the file, which is a zip archive.
    init(path: String, scratch: String, title: String) {
        book = scratch.withCString { folder in
            var options = lxw_workbook_options()
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(path, &options)
        }
        bold = workbook_add_format(book)
        format_set_bold(bold)
        format_set_bg_color(bold, 0xD8DDE0)
        title.withCString { text in
            var properties = lxw_doc_properties()
            properties.title = UnsafeMutablePointer(mutating: text)
            properties.created = Self.created
            note(workbook_set_properties(book, &properties))
        }
    }

    deinit { if let book { lxw_workbook_free(book) } }

    /// - Parameters:
    ///   - widths: of the first columns, in characters; the rest are as wide as `otherWidth`.
    ///   - frozen: columns that stay when the sheet is scrolled, besides the header.
    func add(_ name: String, _ table: OutputTable, widths: [Double], otherWidth: Double, frozen: Int) {
        let sheet = workbook_add_worksheet(book, name)
        let last = UInt16(max(0, table.header.count - 1))
        note(worksheet_set_column(sheet, 0, last, otherWidth, nil))
        for (column, width) in widths.enumerated() {
            note(worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil))
        }
        for (column, title) in table.header.enumerated() {
            note(worksheet_write_string(sheet, 0, UInt16(column), title, bold))
        }
        for (row, cells) in table.rows.enumerated() {
            for (column, cell) in cells.enumerated() {
                switch cell {
                case .number(let number):
                    note(worksheet_write_number(sheet, UInt32(row + 1), UInt16(column), number, nil))
                case .text(let text) where text.isEmpty: continue
                case .text(let text):
                    let text = String(text.prefix(Self.cellLimit))
                    note(worksheet_write_string(sheet, UInt32(row + 1), UInt16(column), text, nil))
                }
            }
        }
        worksheet_freeze_panes(sheet, 1, UInt16(frozen))
        worksheet_autofilter(sheet, 0, 0, UInt32(table.rows.count), last)
        worksheet_set_landscape(sheet)
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_repeat_rows(sheet, 0, 0)
    }

    /// Writes the file; the reason if that failed.
    func close() -> String? {
        guard let open = book else { return nil }
        book = nil
        note(workbook_close(open))
        return failure == LXW_NO_ERROR ? nil : String(cString: lxw_strerror(failure))
    }

    private func note(_ error: lxw_error) {
        if failure == LXW_NO_ERROR { failure = error }
    }
}

extension RotaOutput {
    /// Writes `rota.xlsx`; the reason if that failed.
    func writeWorkbook(to path: String, scratch: String) -> String? {
        let book = Workbook(path: path, scratch: scratch, title: scenario.name)
        book.add("Rota", gridTable, widths: [9, 26, 9, 9], otherWidth: 6.5, frozen: 2)
        book.add("Duties", dutyTable, widths: [12, 12], otherWidth: 14, frozen: 1)
        book.add("Gaps", gapTable, widths: [28], otherWidth: 14, frozen: 1)
        book.add("Quality", qualityTable, widths: [34, 22, 90], otherWidth: 20, frozen: 1)
        return book.close()
    }
}
