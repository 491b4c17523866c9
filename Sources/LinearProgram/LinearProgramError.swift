/// What is wrong with the data given to a ``LinearProgram``.
///
/// Data errors are thrown before anything reaches GLPK, and leave the program as it was. Errors of the
/// calling code (an index out of range, arrays of unequal length, the wrong thread) are preconditions.
public enum LinearProgramError: Error, Hashable, Sendable {
    /// A row or a column, by its index.
    public enum Place: Hashable, Sendable, CustomStringConvertible {
        case row(Int)
        case column(Int)

        public var description: String {
            switch self {
            case .row(let row): "row \(row)"
            case .column(let column): "column \(column)"
            }
        }
    }

    /// A cost is NaN or infinite.
    case invalidCost(column: Int, value: Double)
    /// A coefficient is NaN or infinite.
    case invalidCoefficient(row: Int, column: Int, value: Double)
    /// A bound is NaN, the lower bound is above the upper, or no finite value lies between them.
    case invalidBounds(Place, lower: Double, upper: Double)
    /// The same row was given twice for one column.
    case repeatedRow(Int, column: Int)
    /// An integer column has a bound that is not a whole number.
    case fractionalBound(column: Int, lower: Double, upper: Double)
    /// A name that the CPLEX LP format does not accept.
    case invalidName(Place, String)
    /// Two rows, or two columns, have the same name, so that a reader would merge them.
    case repeatedName(String)
    /// The file could not be written.
    case cannotWrite(path: String, reason: String)
}

extension LinearProgramError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidCost(let column, let value):
            "column \(column): the cost is \(value); give a finite number"
        case .invalidCoefficient(let row, let column, let value):
            "column \(column), row \(row): the coefficient is \(value); give a finite number"
        case .invalidBounds(let place, let lower, let upper):
            "\(place): the bounds are \(lower) and \(upper); give a lower bound no greater than the upper, "
                + "with a finite number between them"
        case .repeatedRow(let row, let column):
            "column \(column): row \(row) is given twice; add its coefficients and give it once"
        case .fractionalBound(let column, let lower, let upper):
            "column \(column) is integer but its bounds are \(lower) and \(upper); give whole numbers"
        case .invalidName(let place, let name):
            "\(place): the name \"\(name)\" does not fit the LP format; give 1 to 255 of the characters "
                + "A-Z a-z 0-9 and !\"#$%&()/,.;?@_`'{}|~, not beginning with a digit, a full stop or e"
        case .repeatedName(let name):
            "the name \"\(name)\" is given twice; names of rows and names of columns must be distinct"
        case .cannotWrite(let path, let reason):
            "\(path): cannot write the linear program: \(reason)"
        }
    }
}
