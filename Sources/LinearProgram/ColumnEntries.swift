/// One column's entries, checked and laid out as GLPK reads them; its memory serves column after column.
///
/// GLPK counts from 1 and never reads element 0. A column has at most one entry a row, so that arrays of one
/// element more than there are rows serve every column.
struct ColumnEntries {
    private(set) var rows: [Int32] = []
    private(set) var values: [Double] = []
    /// For each row, the serial number of the last column with an entry there.
    private var lastColumn: [Int] = []
    private var serial = 0

    /// Takes the entries of a new column.
    mutating func take(
        _ newRows: UnsafeBufferPointer<Int32>, _ newValues: UnsafeBufferPointer<Double>, column: Int,
        rowCount: Int
    ) throws(LinearProgramError) {
        precondition(newRows.count == newValues.count, "a column has as many values as rows")
        if rows.count <= rowCount { grow(to: max(rowCount + 1, 2 * rows.count)) }
        serial += 1
        for entry in 0..<newRows.count {
            let row = Int(newRows[entry])
            let value = newValues[entry]
            precondition(row >= 0 && row < rowCount, "row \(row) is not among the \(rowCount) rows")
            guard value.isFinite else { throw .invalidCoefficient(row: row, column: column, value: value) }
            guard lastColumn[row] != serial else { throw .repeatedRow(row, column: column) }
            lastColumn[row] = serial
            rows[entry + 1] = Int32(row + 1)
            values[entry + 1] = value
        }
    }

    private mutating func grow(to capacity: Int) {
        rows = Array(repeating: 0, count: capacity)
        values = Array(repeating: 0, count: capacity)
        lastColumn = Array(repeating: 0, count: capacity)
        serial = 0
    }
}
