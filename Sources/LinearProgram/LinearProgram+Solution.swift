import CGLPK

/// What the last solve found. After a change of the program these are the old numbers until the next solve;
/// a column or row added since reads 0.
extension LinearProgram {
    /// The total cost.
    public var objective: Double { glp_get_obj_val(problem) }

    /// The value of a column.
    public func value(ofColumn column: Int) -> Double { glp_get_col_prim(problem, columnNumber(column)) }

    /// The reduced cost of a column: its cost less the sum of coefficient × dual over its rows. At an
    /// optimum it is not negative at the lower bound, not positive at the upper, zero between.
    public func reducedCost(ofColumn column: Int) -> Double {
        glp_get_col_dual(problem, columnNumber(column))
    }

    /// The activity of a row: the sum of coefficient × value over its columns.
    public func activity(ofRow row: Int) -> Double { glp_get_row_prim(problem, rowNumber(row)) }

    /// The dual of a row: how fast the optimal cost rises with the row's binding bound. At an optimum it is
    /// not negative where the lower bound binds, not positive where the upper does, zero where neither.
    public func dual(ofRow row: Int) -> Double { glp_get_row_dual(problem, rowNumber(row)) }

    /// Copies all columns' values, reusing the array's memory.
    public func copyPrimal(into values: inout [Double]) {
        fill(&values, count: columnCount) { glp_get_col_prim(problem, $0) }
    }

    /// Copies all rows' duals, reusing the array's memory.
    public func copyDuals(into duals: inout [Double]) {
        fill(&duals, count: rowCount) { glp_get_row_dual(problem, $0) }
    }

    private func fill(_ numbers: inout [Double], count: Int, _ number: (Int32) -> Double) {
        if numbers.count != count { numbers = Array(repeating: 0, count: count) }
        for index in 0..<count { numbers[index] = number(Int32(index + 1)) }
    }

    // MARK: Basis

    /// Whether a column is in the basis. A column that is not can be deleted without loss of the basis.
    public func isBasic(column: Int) -> Bool {
        glp_get_col_stat(problem, columnNumber(column)) == GLP_BS
    }

    /// Whether a row is in the basis. A row that is can be deleted without loss of the basis.
    public func isBasic(row: Int) -> Bool { glp_get_row_stat(problem, rowNumber(row)) == GLP_BS }

    /// A record of which rows and columns are basic, and of the bound where each of the others rests.
    public struct Basis: Hashable, Sendable {
        /// GLPK's status codes.
        var rows: [UInt8]
        var columns: [UInt8]

        /// The basis of the same program made with its columns in another order.
        ///
        /// - Parameter order: For each column of that program its index in this one.
        public func reordered(columns order: [Int]) -> Basis {
            precondition(order.count == columns.count, "each column has its place")
            return Basis(rows: rows, columns: order.map { columns[$0] })
        }
    }

    /// The current basis. Keep it to return to it later, for example to start a branch from its parent.
    ///
    /// A basis fits the program it was taken from, also after more rows and columns were added (rows join
    /// the basis, columns do not) or bounds changed. After a deletion it no longer belongs to the program:
    /// it is then replaced in the next solve if it is unusable, and a poor start otherwise.
    public var basis: Basis {
        get {
            Basis(
                rows: (0..<rowCount).map { UInt8(glp_get_row_stat(problem, Int32($0 + 1))) },
                columns: (0..<columnCount).map { UInt8(glp_get_col_stat(problem, Int32($0 + 1))) })
        }
        set {
            checkThread()
            precondition(
                newValue.rows.count <= rowCount && newValue.columns.count <= columnCount,
                "a basis has no more rows and columns than its program")
            for row in 0..<rowCount {
                let status = row < newValue.rows.count ? Int32(newValue.rows[row]) : GLP_BS
                glp_set_row_stat(problem, Int32(row + 1), status)
            }
            for column in 0..<columnCount {
                let status = column < newValue.columns.count ? Int32(newValue.columns[column]) : GLP_NL
                glp_set_col_stat(problem, Int32(column + 1), status)
            }
            // Whoever goes back to a parent's basis does so after changing bounds.
            basisState = BasisState(isPrimalFeasible: false, isDualFeasible: true)
        }
    }

    /// Where a row or a column stands in a basis that is made by hand.
    public enum Standing: Hashable, Sendable {
        case basic
        case atLower
        case atUpper

        var code: Int32 {
            switch self {
            case .basic: GLP_BS
            case .atLower: GLP_NL
            case .atUpper: GLP_NU
            }
        }
    }

    /// Starts the next solve from a basis that is known from elsewhere, such as a good point's.
    ///
    /// As many are basic as there are rows; a basis that cannot be used is replaced in the next solve.
    public func setBasis(rows: [Standing], columns: [Standing]) {
        checkThread()
        precondition(
            rows.count == rowCount && columns.count == columnCount, "a standing for each row and column")
        for (row, standing) in rows.enumerated() { glp_set_row_stat(problem, Int32(row + 1), standing.code) }
        for (column, standing) in columns.enumerated() {
            glp_set_col_stat(problem, Int32(column + 1), standing.code)
        }
        basisState = BasisState()
    }
}
