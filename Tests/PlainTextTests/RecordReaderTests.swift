import Foundation
import Testing

@testable import PlainText

@Suite struct RecordReaderTests {
    let faults = FaultList()

    func records(_ text: String) -> [Record] {
        let source = SourceFile(Data(text.utf8), name: "a.csv", faults: faults)
        var reader = RecordReader(source, faults: faults)
        var records: [Record] = []
        while let record = reader.next() { records.append(record) }
        return records
    }

    @Test func aQuotationMarkInTheMiddleIsAFaultAndTheOtherRowsAreRead() {
        #expect(
            records("a,b\n5\" tall,c\nd,e\nx\"y,\"z\"\nf,g\n").map(\.cells) == [
                ["a", "b"], ["d", "e"], ["f", "g"],
            ])
        #expect(
            faults.sorted.map(\.description) == [
                #"a.csv:2: "5" tall,c" has a quotation mark in the wrong place; "#
                    + "accepted: quotation marks around a whole cell, doubled inside it",
                #"a.csv:4: "x"y,"z"" has a quotation mark that is never closed; "#
                    + "accepted: quotation marks around a whole cell, doubled inside it",
            ])
    }

    @Test func aQuotationMarkThatIsNeverClosedIsAFaultAndTheFollowingRowsAreRead() {
        #expect(records("a,b\n\"c,d\ne,\"f, g\"\n").map(\.cells) == [["a", "b"], ["e", "f, g"]])
        #expect(faults.sorted.map(\.problem) == ["has a quotation mark that is never closed"])
        #expect(faults.sorted.first?.place.line == 2)
    }

    @Test func aRowOverSeveralLinesKnowsThem() {
        let records = records("a,\"b\n\nc\"\nd,e\n")
        #expect(records.map(\.lines) == [1...3, 4...4])
        #expect(records.first?.cells == ["a", "b\n\nc"])
    }

    @Test func aCellOfTenMegabytesOverManyLinesIsOneFaultWithItsLine() {
        let long = String(repeating: "xxxxxxxxxxxxxxxxxxx\n", count: 500_000)
        #expect(records("a,b\nc,\"\(long)\"\nd,e\n").map(\.cells) == [["a", "b"], ["d", "e"]])
        #expect(
            faults.sorted.map(\.problem) == ["begins a row that is too long and ends on line 500002"])
        #expect(faults.sorted.first?.place.line == 2)
    }
}
