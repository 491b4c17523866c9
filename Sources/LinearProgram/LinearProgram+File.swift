import CGLPK

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension LinearProgram {
    /// Names a row, for the file that ``writeLP(to:integerColumns:)`` writes.
    ///
    /// - Throws: ``LinearProgramError/invalidName(_:_:)``.
    public func setRowName(_ row: Int, _ name: String) throws(LinearProgramError) {
        checkThread()
        guard fitsLPFormat(name) else { throw .invalidName(.row(row), name) }
        glp_set_row_name(problem, rowNumber(row), name)
    }

    /// Names a column, for the file that ``writeLP(to:integerColumns:)`` writes.
    ///
    /// - Throws: ``LinearProgramError/invalidName(_:_:)``.
    public func setColumnName(_ column: Int, _ name: String) throws(LinearProgramError) {
        checkThread()
        guard fitsLPFormat(name) else { throw .invalidName(.column(column), name) }
        glp_set_col_name(problem, columnNumber(column), name)
    }

    /// Writes the program in CPLEX LP format, which most solvers read. A row or column without a name gets
    /// one such as `r_3`, `x_3` or, integer, `y_3` (numbered from 1): give no such names yourself. Rows
    /// without bounds are left out, as the format has no place for them.
    ///
    /// - Parameters:
    ///   - path: The file to write; one that exists is replaced.
    ///   - integerColumns: The columns to declare integer.
    /// - Throws: ``LinearProgramError/repeatedName(_:)`` or ``LinearProgramError/cannotWrite(path:reason:)``.
    public func writeLP(
        to path: String, integerColumns: some Sequence<Int> = EmptyCollection()
    ) throws(LinearProgramError) {
        checkThread()
        try checkDistinct((0..<rowCount).map { glp_get_row_name(problem, Int32($0 + 1)) })
        try checkDistinct((0..<columnCount).map { glp_get_col_name(problem, Int32($0 + 1)) })
        let columns = Array(integerColumns)
        for column in columns { glp_set_col_kind(problem, columnNumber(column), GLP_IV) }
        defer { for column in columns { glp_set_col_kind(problem, columnNumber(column), GLP_CV) } }
        errno = 0
        guard glp_write_lp(problem, nil, path) == 0 else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private func checkDistinct(_ names: [UnsafePointer<CChar>?]) throws(LinearProgramError) {
        var seen: Set<String> = []
        for case let name? in names where !seen.insert(String(cString: name)).inserted {
            throw .repeatedName(String(cString: name))
        }
    }

    /// GLPK would write another name in place of one that does not fit; e and digits would read as a number.
    private func fitsLPFormat(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= 255 else { return false }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let letters = [UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z")]
        let signs = "!\"#$%&()/,.;?@_`'{}|~".utf8
        return !digits.contains(first) && !".eE".utf8.contains(first)
            && name.utf8.allSatisfy { byte in
                digits.contains(byte) || signs.contains(byte) || letters.contains { $0.contains(byte) }
            }
    }
}
