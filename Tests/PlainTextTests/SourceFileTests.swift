import Foundation
import Testing

@testable import PlainText

@Suite struct SourceFileTests {
    let faults = FaultList()

    func file(_ bytes: [UInt8]) -> SourceFile {
        SourceFile(Data(bytes), name: "a.csv", faults: faults)
    }

    @Test(arguments: ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\nb", "\u{FEFF}a\r\nb"])
    func everyLineEndAndAByteOrderMarkAreReadAsTheyAre(text: String) {
        #expect(file(Array(text.utf8)).lines == ["a", "b"])
        #expect(faults.isEmpty)
    }

    @Test func emptyLinesAreKeptSoThatLineNumbersAreTrue() {
        #expect(file(Array("a\n\n\r\n\rb".utf8)).lines == ["a", "", "", "", "b"])
        #expect(file([]).lines.isEmpty)
        #expect(faults.isEmpty)
    }

    @Test func invalidUTF8NamesLineAndByteAndLeavesTheOtherLinesReadable() {
        let source = file(Array("id\nZo".utf8) + [0xEB, 0x0A] + Array("b\n".utf8))
        #expect(source.lines == ["id", "", "b"])
        #expect(!source.isWhole)
        #expect(
            faults.sorted.map(\.description) == [
                #"a.csv:2: byte 3: "0xEB" is not UTF-8; accepted: UTF-8 ("CSV UTF-8" in a spreadsheet)"#
            ])
    }

    @Test(
        arguments: [[0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80]] as [[UInt8]])
    func everyKindOfInvalidUTF8IsFound(bytes: [UInt8]) {
        #expect(file([0x61] + bytes).lines == [""])
        #expect(faults.sorted.first?.place.column == .byte(2))
    }

    @Test(arguments: [
        "\0", "\u{1B}", "\u{0B}", "\u{7F}", "\u{85}", "\u{2028}", "\u{E000}", "\u{FFFF}", "\u{FEFF}",
    ])
    func anUnprintableCharacterIsAFault(character: String) {
        #expect(file(Array("x\na\(character)b\tc\n".utf8)).lines == ["x", ""])
        #expect(faults.sorted.map(\.problem) == ["is not a printable character"])
        #expect(faults.sorted.first?.place.line == 2)
    }

    @Test func bytesAreCountedWithoutTheByteOrderMark() {
        #expect(file([0xEF, 0xBB, 0xBF, 0x61, 0xFF]).lines == [""])
        #expect(faults.sorted.map(\.place.column) == [.byte(2)])
    }

    @Test func utf16IsNamed() {
        let source = file([0xFF, 0xFE, 0x61, 0x00])
        #expect(source.lines.isEmpty)
        #expect(faults.sorted.map(\.problem) == ["is written in UTF-16"])
    }

    @Test func aLineOfTenMegabytesIsRefusedAndTheRestRead() {
        let source = file(Array("a\n".utf8) + Array(repeating: 0x78, count: 10_000_000) + Array("\nb".utf8))
        #expect(source.lines == ["a", "", "b"])
        #expect(
            faults.sorted.map(\.description) == [
                "a.csv:2: is a line of 10000000 bytes; accepted: at most 1048576 bytes"
            ])
    }

    @Test func aFileThatIsNotTextGivesNotAThousandFaults() {
        let source = file(Array(repeating: [0xFF, 0x0A], count: 1000).flatMap { $0 })
        #expect(source.lines.count == SourceFile.damagedLineLimit)
        #expect(faults.count == SourceFile.damagedLineLimit + 1)
        #expect(faults.sorted.last?.place.line == SourceFile.damagedLineLimit + 1)
    }
}

@Suite struct SourceFileLoadingTests {
    let faults = FaultList()
    let folder = FileManager.default.temporaryDirectory.appending(path: "plain-text-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func load(_ name: String, sizeLimit: Int = SourceFile.sizeLimit) -> SourceFile? {
        defer { try? FileManager.default.removeItem(at: folder) }
        return SourceFile(at: folder.appending(path: name), name: name, sizeLimit: sizeLimit, faults: faults)
    }

    @Test func aFileIsLoadedWithItsBytes() throws {
        try Data("id\r\n".utf8).write(to: folder.appending(path: "people.csv"))
        let file = load("people.csv")
        #expect(file?.lines == ["id"])
        #expect(file?.bytes == Data("id\r\n".utf8))
        #expect(faults.isEmpty)
    }

    @Test func aMissingFileIsAFault() {
        #expect(load("people.csv") == nil)
        #expect(
            faults.sorted.map(\.description) == ["people.csv: is missing; accepted: a readable text file"])
    }

    @Test func aFolderIsAFault() throws {
        try FileManager.default.createDirectory(
            at: folder.appending(path: "people.csv"), withIntermediateDirectories: false)
        #expect(load("people.csv") == nil)
        #expect(faults.sorted.map(\.problem) == ["is a folder"])
    }

    @Test func aFileThatIsTooLargeIsAFault() throws {
        try Data(repeating: 0x61, count: 101).write(to: folder.appending(path: "people.csv"))
        #expect(load("people.csv", sizeLimit: 100) == nil)
        #expect(
            faults.sorted.map(\.description) == ["people.csv: is too large; accepted: at most 100 bytes"])
    }

    @Test func aFileAtTheLimitIsRead() throws {
        try Data(repeating: 0x61, count: 100).write(to: folder.appending(path: "people.csv"))
        #expect(load("people.csv", sizeLimit: 100)?.lines.count == 1)
        #expect(faults.isEmpty)
    }
}
