import Foundation
import Testing

@testable import PlainText

@Suite struct FaultTests {
    @Test func aFaultInACSVFileReadsAsOneLine() {
        let place = Place(file: "people.csv", line: 12, column: .field(6, name: "grade"))
        let fault = Fault(
            at: place, value: "B55", "is not a grade of this roster", accepted: "B2, B3, B5", suggestion: "B5"
        )
        #expect(
            fault.description
                == #"people.csv:12: column 6 (grade): "B55" is not a grade of this roster; accepted: B2, B3, B5. Did you mean "B5"?"#
        )
    }

    @Test(arguments: [
        (Place(file: "a.yaml"), "a.yaml: is wrong"),
        (Place(file: "a.yaml", line: 3), "a.yaml:3: is wrong"),
        (Place(file: "a.yaml", line: 3, column: .character(8, key: nil)), "a.yaml:3:8: is wrong"),
        (Place(file: "a.yaml", line: 3, column: .character(8, key: "start")), "a.yaml:3:8: start: is wrong"),
        (Place(file: "a.csv", line: 3, column: .byte(7)), "a.csv:3: byte 7: is wrong"),
    ])
    func aPlaceReadsAsInAnEditor(place: Place, description: String) {
        #expect(Fault(at: place, "is wrong").description == description)
    }

    @Test func aValueIsShortenedAndCannotSpoilATerminal() {
        let value = "red \u{1B}[31m\nnext\u{202E}\t" + String(repeating: "x", count: 1000)
        let fault = Fault(at: Place(file: "a.csv"), value: value, "is wrong")
        let shown = fault.value ?? ""
        #expect(shown.hasPrefix(#"red \u{1B}[31m\nnext\u{202E}\txxx"#))
        #expect(shown.hasSuffix("x…"))
        #expect(shown.count < 90)
    }

    @Test func aFaultAsJSONHasItsPlaceInFieldsOfItsOwn() throws {
        let place = Place(file: "people.csv", line: 12, column: .field(6, name: "grade"))
        let record = FaultRecord(
            Fault(at: place, value: "B55", "is no grade", accepted: "B5", suggestion: "B5"))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        #expect(
            String(decoding: try encoder.encode(record), as: UTF8.self) == """
                {"accepted":"B5","column":6,"field":"grade","file":"people.csv","line":12,\
                "message":"people.csv:12: column 6 (grade): \\"B55\\" is no grade; accepted: B5. \
                Did you mean \\"B5\\"?","problem":"is no grade","suggestion":"B5","value":"B55"}
                """)
    }
}
