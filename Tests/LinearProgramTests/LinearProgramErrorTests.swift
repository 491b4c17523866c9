import LinearProgram
import Testing

@Suite struct LinearProgramErrorTests {
    @Test(arguments: [
        (LinearProgramError.invalidCost(column: 7, value: .nan), ["column 7", "cost is nan", "finite"]),
        (.invalidCoefficient(row: 3, column: 7, value: .infinity), ["column 7, row 3", "inf", "finite"]),
        (.invalidBounds(.row(2), lower: 4, upper: 3), ["row 2", "4.0 and 3.0", "no greater"]),
        (.invalidBounds(.column(2), lower: 4, upper: 3), ["column 2"]),
        (.repeatedRow(3, column: 7), ["column 7", "row 3", "once"]),
        (.fractionalBound(column: 1, lower: 0, upper: 1.5), ["column 1", "0.0 and 1.5", "whole"]),
        (.invalidName(.row(1), "a b"), ["row 1", "\"a b\"", "A-Z"]),
        (.repeatedName("x"), ["\"x\"", "distinct"]),
        (.cannotWrite(path: "out.lp", reason: "Permission denied"), ["out.lp", "Permission denied"]),
    ])
    func saysWhereWhatAndWhatIsAccepted(error: LinearProgramError, parts: [String]) {
        for part in parts { #expect(error.description.contains(part), "\(error)") }
    }
}
