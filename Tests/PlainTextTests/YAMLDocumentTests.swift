import Foundation
import Testing

@testable import PlainText

@Suite struct YAMLDocumentTests {
    let faults = FaultList()

    func document(_ text: String) -> YAMLDocument? {
        YAMLDocument(SourceFile(Data(text.utf8), name: "roster.yaml", faults: faults), faults: faults)
    }

    @Test(arguments: [
        ("a: 1\nb: [1, 2\nc: 3\n", 3), ("a: 1\n\tb: 2\n", 2), ("a: 'open\n", 1), ("a: 1\n- b\n", 2),
        ("a: *nothing\n", 1), ("a: 1\n---\nb: 2\n", 2), ("a: b: c\n", 1),
    ])
    func whatIsNotYAMLIsAFaultWithItsLine(text: String, line: Int) {
        #expect(document(text) == nil)
        #expect(faults.count == 1)
        #expect(faults.sorted.first?.problem.hasPrefix("is not YAML: ") == true)
        #expect(faults.sorted.first?.place.line == line)
        #expect(faults.sorted.first?.place.column != nil)
    }

    @Test(arguments: ["", "# only a comment\n", "\n\n"])
    func anEmptyFileIsAFault(text: String) {
        #expect(document(text) == nil)
        #expect(faults.sorted.map(\.description) == ["roster.yaml: is empty; accepted: a YAML mapping"])
    }

    @Test func aFileThatIsNotTextIsNotReadAsYAML() {
        #expect(document("a: \u{0}\n") == nil)
        #expect(faults.sorted.map(\.problem) == ["is not a printable character"])
    }

    @Test func lineEndsAndAByteOrderMarkAreReadAsTheyAre() {
        #expect(document("\u{FEFF}a: 1\r\nb: 2\r\n")?.root.mapping?.count == 2)
        #expect(faults.isEmpty)
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "])
    func nestingWithoutEndIsAFaultAndNoCrash(opening: String) {
        #expect(document(String(repeating: opening, count: 100_000)) == nil)
        #expect(faults.count == 1)
    }

    @Test func manyRepeatedKeysEnd() {
        #expect(document(String(repeating: "a: 1\n", count: 100)) == nil)
        #expect(!faults.isEmpty)
    }
}
