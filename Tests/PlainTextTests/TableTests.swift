import Foundation
import Testing

@testable import PlainText

@Suite struct TableTests {
    let faults = FaultList()

    func table(
        _ text: String, required: [String] = ["id", "grade"], optional: [String] = ["note"]
    ) -> Table {
        let source = SourceFile(Data(text.utf8), name: "people.csv", faults: faults)
        return Table(source, required: required, optional: optional, faults: faults)
    }

    var messages: [String] { faults.sorted.map(\.description) }

    @Test func rowsAreReadByColumnNameInAnyOrderOfColumns() {
        let table = table("grade , id\n B5,p1 \n\"B6\" ,\"p2\"\n")
        #expect(table.rows.map { $0.text("id") } == ["p1", "p2"])
        #expect(table.rows.map { $0.text("grade") } == ["B5", "B6"])
        #expect(table.rows.map { $0.optional("note")?.text } == [nil, nil])
        #expect(faults.isEmpty)
    }

    @Test func lineNumbersAreTrueAfterQuotedLineEndsAndBlankLines() {
        let table = table("id,grade,note\r\n\r\np1,B5,\"first\r\nsecond\r\n\"\r\n,,\r\np2,B6,x\r\n")
        #expect(table.rows.map(\.line) == [3, 7])
        #expect(table.rows.first?.text("note") == "first\nsecond")
        #expect(faults.isEmpty)
    }

    @Test func quotationMarksInsideACellAreDoubled() {
        let table = table("id,grade,note\np1,B5,\"called \"\"Bo\"\", Ann\"\n")
        #expect(table.rows.first?.text("note") == #"called "Bo", Ann"#)
        #expect(faults.isEmpty)
    }

    @Test func aLineWithoutQuotationMarksReadsAsItDoesWithThem() {
        for line in ["a,b,c", " a , b,", ",,x", "ä, é ,ß\tz", "a;b,c d,  ", "1,2,3"] {
            let quoted = line.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }
            let plain = table("id,grade,note\n\(line)\n")
            let other = table("id,grade,note\n\(quoted.joined(separator: ","))\n")
            #expect(plain.rows.first?.cells == other.rows.first?.cells)
        }
    }

    @Test func columnsThatNobodyReadsAreLetThroughOnlyWhereThatIsSaid() {
        let text = "id,Cost Centre,grade,Cost Centre\np1,7,B5,8\n"
        let source = SourceFile(Data(text.utf8), name: "export.csv", faults: faults)
        let ignoring = Table(source, required: ["id", "grade"], ignoringOthers: true, faults: faults)
        #expect(ignoring.rows.map { $0.text("grade") } == ["B5"])
        #expect(faults.isEmpty)
        _ = Table(source, required: ["id", "grade"], faults: faults)
        #expect(faults.count == 2)
    }

    @Test func faultsOfRowsCanStandApartFromThoseOfTheHeader() {
        let rows = FaultList()
        let source = SourceFile(Data("id\np1\np2,3\n".utf8), name: "export.csv", faults: faults)
        let table = Table(source, required: ["id", "grade"], faults: faults, rowFaults: rows)
        #expect(table.rows.count == 1)
        #expect(messages == ["export.csv:1: lacks the required column grade; accepted: id, grade"])
        #expect(rows.sorted.map(\.place.line) == [3])
    }

    @Test func aRowWithoutALineEndIsARow() {
        #expect(table("id,grade,note\np1,B5,").rows.count == 1)
        #expect(table("id,grade,note\np1,B5,\"\"").rows.count == 1)
        #expect(faults.isEmpty)
    }

    @Test func aColumnThatIsNotKnownIsAFaultWithASuggestion() {
        let table = table("id,grad,nights\np1,B5,2\n", required: ["id"], optional: ["grade"])
        #expect(table.rows.map { $0.optional("grade")?.text } == [nil])
        #expect(
            messages == [
                #"people.csv:1: column 2 (grad): is no column of this file; accepted: id, grade. Did you mean "grade"?"#,
                "people.csv:1: column 3 (nights): is no column of this file; accepted: id, grade",
            ])
    }

    @Test func missingColumnsAreOneFaultAndTheOthersAreStillRead() {
        let table = table("note,id\nx,=p1\n", required: ["id", "grade", "unit"])
        #expect(table.rows.map { $0.text("grade") } == [nil])
        #expect(table.rows.map { $0.identifier("id") } == [nil])
        #expect(faults.sorted.first?.problem == "lacks the required columns grade, unit")
        #expect(faults.sorted.first?.accepted == "id, grade, unit, note")
        #expect(
            faults.sorted.last?.place == Place(file: "people.csv", line: 2, column: .field(2, name: "id")))
        #expect(faults.count == 2)
    }

    @Test func aColumnTwiceIsAFault() {
        _ = table("id,grade,id\n")
        #expect(
            messages == [
                "people.csv:1: column 3 (id): is a column twice, first as column 1; accepted: each column once"
            ])
    }

    @Test func aColumnWithoutANameIsAFault() {
        _ = table("id,grade,\n")
        #expect(faults.sorted.map(\.problem) == ["has no name"])
    }

    @Test func semicolonsAreNamed() {
        _ = table("id;grade\np1;B5\n")
        #expect(
            faults.sorted.contains {
                $0.problem.hasPrefix("lacks")
                    && $0.accepted == "commas between the cells, no semicolons or tabs"
            })
    }

    @Test func anEmptyFileLacksItsHeader() {
        #expect(table("\n \n").rows.isEmpty)
        #expect(messages == ["people.csv:1: has no header; accepted: id,grade,note"])
    }

    @Test func aRowWithTooFewOrTooManyCellsIsLeftOut() {
        let table = table("id,grade\np1\np2,B5,x\np3,B6\n")
        #expect(table.rows.map(\.line) == [4])
        #expect(
            messages == [
                "people.csv:2: has 1 cell; accepted: 2 cells, as in the header",
                "people.csv:3: has 3 cells; accepted: 2 cells, as in the header",
            ])
    }

    @Test func anEmptyCellOfARequiredColumnIsAFault() {
        #expect(table("id,grade\np1,\n").rows.map { $0.choice("grade", ["B5": 5]) } == [nil])
        #expect(messages == ["people.csv:2: column 2 (grade): is empty; accepted: B5"])
    }

    @Test func allFaultsComeOutInOneRun() {
        let table = table("id,grade,note\n=p1,B55,x\np 2,B5,30\n", required: ["id", "grade"])
        for row in table.rows {
            _ = row.identifier("id")
            _ = row.choice("grade", ["B5": 5], of: "a grade")
            _ = row.optional("note")?.integer(in: 0...24)
        }
        #expect(faults.sorted.map(\.place.line) == [2, 2, 2, 3, 3])
    }

    @Test func typedReadings() {
        let columns = ["id", "hours", "minutes", "from", "opted", "skills", "start", "rest"]
        let row = table(
            "id,hours,minutes,from,opted,skills,start,rest\np1,37.5,450,2026-10-25,no,a; b,07:30,\n",
            required: columns, optional: []
        ).rows.first
        #expect(row?.decimal("hours", in: 0...60) == 37.5)
        #expect(row?.integer("minutes", in: 0...1440) == 450)
        #expect(row?.date("from") == YearMonthDay("2026-10-25"))
        #expect(row?.boolean("opted") == false)
        #expect(row?.list("skills").map(\.text) == ["a", "b"])
        #expect(row?.list("rest").isEmpty == true)
        #expect(row?.value("start", accepted: "a time") { $0.first } == "0")
        #expect(faults.isEmpty)
    }

    @Test func aFaultThatOnlyAnotherFileShowsHasItsPlaceAndValue() {
        table("id,grade\np1,B5\n").rows.first?.fault("id", "is in two units", accepted: "one unit")
        #expect(messages == [#"people.csv:2: column 1 (id): "p1" is in two units; accepted: one unit"#])
    }

    @Test func aCellThatIsTooLongIsAFaultWithItsColumn() {
        let long = String(repeating: "x", count: Table.cellLimit + 1)
        #expect(table("id,grade\np1,\(long)\np2,\(long.dropLast())\n").rows.map(\.line) == [3])
        #expect(faults.sorted.map(\.problem) == ["is too long"])
        #expect(faults.sorted.first?.place.column == .field(2, name: "grade"))
        #expect((messages.first?.count ?? 0) < 200)
    }
}
