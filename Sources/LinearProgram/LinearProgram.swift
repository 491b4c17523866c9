import CGLPK

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A linear program, minimised by GLPK's simplex method, that can grow, shrink and be solved again from
/// the basis it had.
///
/// Minimise the sum of cost × value over the columns, where every column's value lies within its bounds and
/// so does every row's activity, the sum of coefficient × value. Rows and columns are numbered from 0 in the
/// order they were added.
///
/// **One thread.** GLPK keeps its memory per thread. Make, use and drop a program on one thread: never hold
/// it across `await`, nor in an actor without its own thread. Debug builds check this. Programs on different
/// threads are independent; before such a thread ends, call ``freeThreadEnvironment()``.
///
/// **Errors.** Faults in data (NaN, crossed bounds, a row twice in a column) throw ``LinearProgramError``
/// and change nothing. Faults of the calling code (an index out of range) stop the program, because past
/// this point GLPK itself would abort.
public final class LinearProgram {
    let problem: OpaquePointer
    private let thread = pthread_self()

    /// How the simplex method chooses and measures.
    public var options = SimplexOptions()
    /// After how many iterations a run is given up for another method.
    var circling = Circling()
    /// What is known of the current basis.
    var basisState = BasisState()

    private var entries = ColumnEntries()

    /// The feasibility that the basis of the last solve can still claim after the changes made since.
    struct BasisState {
        var isPrimalFeasible = false
        var isDualFeasible = false
    }

    /// An empty program: minimise zero.
    public init() {
        glp_term_out(GLP_OFF)
        glp_error_hook(announceAbort, nil)
        guard let problem = glp_create_prob() else {
            preconditionFailure("GLPK made no problem object")
        }
        self.problem = problem
        glp_set_obj_dir(problem, GLP_MIN)
    }

    deinit {
        checkThread()
        glp_delete_prob(problem)
    }

    /// Frees the memory GLPK keeps for the calling thread. Call it as the last thing a thread does with
    /// linear programs; a program made afterwards simply sets GLPK up again.
    ///
    /// Every program made on this thread must be gone.
    public static func freeThreadEnvironment() {
        var blocks: Int32 = 0
        glp_mem_usage(&blocks, nil, nil, nil)
        precondition(blocks == 0, "a LinearProgram of this thread is still alive: drop it first")
        glp_free_env()
    }

    /// The same if no program of this thread is alive, and nothing otherwise: for work that is dealt out to threads of
    /// which one may be the caller's.
    public static func freeIdleThreadEnvironment() {
        var blocks: Int32 = 0
        glp_mem_usage(&blocks, nil, nil, nil)
        if blocks == 0 { glp_free_env() }
    }

    /// The number of rows.
    public var rowCount: Int { Int(glp_get_num_rows(problem)) }

    /// The number of columns.
    public var columnCount: Int { Int(glp_get_num_cols(problem)) }

    /// The number of entries of columns in rows that are not zero.
    public var entryCount: Int { Int(glp_get_num_nz(problem)) }

    // MARK: Rows

    /// Adds a row without entries and returns its index.
    ///
    /// - Parameters:
    ///   - lower: The least activity; `-.infinity` for none.
    ///   - upper: The greatest activity; `.infinity` for none. Equal to `lower` for an equation.
    /// - Throws: ``LinearProgramError/invalidBounds(_:lower:upper:)``.
    @discardableResult
    public func addRow(lower: Double, upper: Double) throws(LinearProgramError) -> Int {
        try addRows(count: 1, lower: lower, upper: upper).lowerBound
    }

    /// Adds `count` rows with the same bounds at once and returns their indices.
    ///
    /// - Throws: ``LinearProgramError/invalidBounds(_:lower:upper:)``.
    @discardableResult
    public func addRows(count: Int, lower: Double, upper: Double) throws(LinearProgramError) -> Range<Int> {
        checkThread()
        precondition(count >= 0, "a number of rows is not negative")
        let first = rowCount
        guard count > 0 else { return first..<first }
        let type = try boundType(.row(first), lower, upper)
        glp_add_rows(problem, Int32(count))
        for row in first..<first + count {
            glp_set_row_bnds(problem, Int32(row + 1), type, lower, upper)
        }
        basisState.isPrimalFeasible = false
        return first..<first + count
    }

    /// Adds a row with entries in columns that are there already, such as a cut. The basis stays.
    ///
    /// - Parameter columns: Ascending, each at most once.
    /// - Throws: ``LinearProgramError/invalidBounds(_:lower:upper:)`` or
    ///   ``LinearProgramError/invalidCoefficient(row:column:value:)``; nothing is added then.
    @discardableResult
    public func addRow(
        lower: Double, upper: Double, columns: [Int], values: [Double]
    ) throws(LinearProgramError) -> Int {
        precondition(columns.count == values.count, "a row has as many values as columns")
        var last = -1
        for (column, value) in zip(columns, values) {
            precondition(column > last && column < columnCount, "columns ascend and are there")
            guard value.isFinite else {
                throw .invalidCoefficient(row: rowCount, column: column, value: value)
            }
            last = column
        }
        let row = try addRow(lower: lower, upper: upper)
        glp_set_mat_row(
            problem, Int32(row + 1), Int32(columns.count), [0] + columns.map { Int32($0 + 1) }, [0] + values)
        return row
    }

    /// Changes the bounds of a row. The basis stays.
    ///
    /// - Throws: ``LinearProgramError/invalidBounds(_:lower:upper:)``.
    public func setRowBounds(_ row: Int, lower: Double, upper: Double) throws(LinearProgramError) {
        checkThread()
        let type = try boundType(.row(row), lower, upper)
        glp_set_row_bnds(problem, rowNumber(row), type, lower, upper)
        basisState.isPrimalFeasible = false
    }

    /// Deletes rows; those after them move up. The basis survives when each deleted row is basic (not
    /// binding); otherwise the next solve builds a new one.
    ///
    /// - Parameter rows: Indices in ascending order.
    public func deleteRows(_ rows: [Int]) {
        checkThread()
        guard !rows.isEmpty else { return }
        if !rows.allSatisfy({ isBasic(row: $0) }) { basisState = BasisState() }
        glp_del_rows(problem, Int32(rows.count), ascendingNumbers(rows, rowNumber))
    }

    // MARK: Columns

    /// Adds a column and returns its index. The basis stays: the new column is not basic.
    ///
    /// Made for very many calls: nothing is allocated but what GLPK keeps.
    ///
    /// - Parameters:
    ///   - cost: The cost of one unit.
    ///   - lower: The least value; `-.infinity` for none.
    ///   - upper: The greatest value; `.infinity` for none.
    ///   - rows: The rows with an entry, in any order, each once.
    ///   - values: The coefficients, one for each of `rows`.
    /// - Throws: ``LinearProgramError`` for a cost or coefficient which is not finite, invalid bounds or a
    ///   repeated row.
    /// - Complexity: O(entries).
    @discardableResult
    public func addColumn(
        cost: Double, lower: Double, upper: Double,
        rows: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Double>
    ) throws(LinearProgramError) -> Int {
        checkThread()
        let column = columnCount
        guard cost.isFinite else { throw .invalidCost(column: column, value: cost) }
        let type = try boundType(.column(column), lower, upper)
        try entries.take(rows, values, column: column, rowCount: rowCount)

        let number = glp_add_cols(problem, 1)
        glp_set_col_bnds(problem, number, type, lower, upper)
        glp_set_obj_coef(problem, number, cost)
        glp_set_mat_col(problem, number, Int32(rows.count), entries.rows, entries.values)
        basisState.isDualFeasible = false
        if lower > 0 || upper < 0 { basisState.isPrimalFeasible = false }
        return column
    }

    /// Adds a column and returns its index: the same from arrays.
    @discardableResult
    public func addColumn(
        cost: Double, lower: Double = 0, upper: Double = .infinity, rows: [Int32], values: [Double]
    ) throws(LinearProgramError) -> Int {
        // The closures' errors are typed by hand: `withUnsafeBufferPointer` passes the type through.
        try rows.withUnsafeBufferPointer { rows throws(LinearProgramError) in
            try values.withUnsafeBufferPointer { values throws(LinearProgramError) in
                try addColumn(cost: cost, lower: lower, upper: upper, rows: rows, values: values)
            }
        }
    }

    /// Changes the bounds of a column. The basis stays.
    ///
    /// - Throws: ``LinearProgramError/invalidBounds(_:lower:upper:)``.
    public func setColumnBounds(_ column: Int, lower: Double, upper: Double) throws(LinearProgramError) {
        checkThread()
        let type = try boundType(.column(column), lower, upper)
        glp_set_col_bnds(problem, columnNumber(column), type, lower, upper)
        basisState.isPrimalFeasible = false
    }

    /// Changes the cost of a column. The basis stays.
    ///
    /// - Throws: ``LinearProgramError/invalidCost(column:value:)``.
    public func setCost(ofColumn column: Int, _ cost: Double) throws(LinearProgramError) {
        checkThread()
        guard cost.isFinite else { throw .invalidCost(column: column, value: cost) }
        glp_set_obj_coef(problem, columnNumber(column), cost)
        basisState.isDualFeasible = false
    }

    /// Deletes columns; those after them move up. The basis survives when no deleted column is basic;
    /// otherwise the next solve builds a new one, so that it begins almost cold.
    ///
    /// - Parameter columns: Indices in ascending order.
    public func deleteColumns(_ columns: [Int]) {
        checkThread()
        guard !columns.isEmpty else { return }
        if columns.contains(where: { isBasic(column: $0) }) {
            basisState = BasisState()
        } else if columns.contains(where: { glp_get_col_prim(problem, columnNumber($0)) != 0 }) {
            basisState.isPrimalFeasible = false
        }
        glp_del_cols(problem, Int32(columns.count), ascendingNumbers(columns, columnNumber))
    }

    // MARK: What GLPK must never see

    /// GLPK's number of a row.
    func rowNumber(_ row: Int) -> Int32 {
        precondition(row >= 0 && row < rowCount, "row \(row) is not among the \(rowCount) rows")
        return Int32(row + 1)
    }

    /// GLPK's number of a column.
    func columnNumber(_ column: Int) -> Int32 {
        precondition(
            column >= 0 && column < columnCount, "column \(column) is not among the \(columnCount) columns")
        return Int32(column + 1)
    }

    /// Stops debug builds that use a program on a thread other than its own.
    func checkThread() {
        assert(
            pthread_equal(thread, pthread_self()) != 0,
            "a LinearProgram was used on a thread other than the one that made it")
    }

    /// GLPK's name for the shape of the bounds.
    private func boundType(
        _ place: LinearProgramError.Place, _ lower: Double, _ upper: Double
    ) throws(LinearProgramError) -> Int32 {
        guard lower <= upper, lower < .infinity, upper > -.infinity else {
            throw .invalidBounds(place, lower: lower, upper: upper)
        }
        return switch (lower > -.infinity, upper < .infinity) {
        case (true, true): lower == upper ? GLP_FX : GLP_DB
        case (true, false): GLP_LO
        case (false, true): GLP_UP
        case (false, false): GLP_FR
        }
    }

    /// GLPK's list of numbers to delete, from element 1.
    private func ascendingNumbers(_ indices: [Int], _ number: (Int) -> Int32) -> [Int32] {
        precondition(
            zip(indices, indices.dropFirst()).allSatisfy { $0 < $1 }, "indices to delete ascend, each once")
        return [0] + indices.map(number)
    }
}

/// GLPK calls this when it finds itself misused, and aborts right after.
private func announceAbort(_: UnsafeMutableRawPointer?) {
    let message: StaticString = """
        muster: GLPK stopped on an internal error (its own message is above). This is a fault in Muster: \
        most likely a linear program used on two threads.\n
        """
    _ = message.withUTF8Buffer { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
