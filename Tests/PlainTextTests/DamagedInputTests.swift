import Foundation
import Testing

@testable import PlainText

/// Whatever the bytes are, reading ends with values or with faults.
@Suite struct DamagedInputTests {
    static let csv = Array(
        "\u{FEFF}id,grade,hours,from,note\r\np1,B5,37.5,2026-10-25,\"a \"\"b\"\", c\"\r\nZoë,B6,30,2026-10-26,\"x\ny\"\r\n"
            .utf8)
    static let yaml = Array(
        """
        name: "Ward 3"   # invented
        shift_types:
          - id: early
            start: 07:30
          - {id: late, start: '13:00'}
        notes: &n |
          first
        more: *n

        """.utf8)

    @Test(arguments: 0..<40 as Range<UInt64>)
    func randomMutations(seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<25 {
            read(Self.csv.mutated(using: &random))
            read(Self.yaml.mutated(using: &random))
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func randomBytes(seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<25 {
            let alphabet: [UInt8] =
                Bool.random(using: &random) ? Array("ab,\"\n\r;:-[]{}&*!|>'#%@ \t?".utf8) : Array(0...255)
            let count = Int.random(in: 0...200, using: &random)
            read((0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 })
        }
    }

    @Test func theValidFilesGiveNoFault() {
        let faults = FaultList()
        readTable(Self.csv, faults: faults)
        readYAML(Self.yaml, faults: faults)
        #expect(faults.isEmpty, "\(faults.sorted)")
    }

    private func read(_ bytes: [UInt8]) {
        for reading in [readTable, readYAML] {
            let faults = FaultList()
            let isRead = reading(bytes, faults)
            #expect(isRead || !faults.isEmpty)
            #expect(
                faults.sorted.allSatisfy {
                    $0.description.utf8.count < 1000 && !$0.description.contains("\n")
                })
        }
    }

    @discardableResult
    private func readTable(_ bytes: [UInt8], faults: FaultList) -> Bool {
        let source = SourceFile(Data(bytes), name: "a.csv", faults: faults)
        let columns = ["id", "grade", "hours", "from", "note"]
        let table = Table(source, required: columns, faults: faults)
        return table.rows.allSatisfy { row in
            let values: [Any?] = [
                row.identifier("id"), row.choice("grade", ["B5": 5, "B6": 6]),
                row.decimal("hours", in: 0...60),
                row.date("from"), row.text("note"),
            ]
            return values.allSatisfy { $0 != nil }
        }
    }

    @discardableResult
    private func readYAML(_ bytes: [UInt8], faults: FaultList) -> Bool {
        let source = SourceFile(Data(bytes), name: "a.yaml", faults: faults)
        guard let root = YAMLCursor(source, faults: faults),
            let roster = root.mapping(required: ["name", "shift_types", "notes", "more"]),
            let shifts = roster["shift_types"]?.list()
        else { return false }
        let texts = [roster["name"]?.text(), roster["notes"]?.text(), roster["more"]?.text()]
        let ids = shifts.map { $0.mapping(required: ["id", "start"])?["id"]?.identifier() }
        return (texts + ids).allSatisfy { $0 != nil }
    }
}

extension [UInt8] {
    /// One to four bytes changed, dropped or doubled, or a stretch repeated.
    fileprivate func mutated(using random: inout SplitMix) -> [UInt8] {
        var bytes = self
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(Array("\",\n:-[{&*'".utf8).randomElement(using: &random) ?? 0, at: index)
            default: bytes.insert(contentsOf: bytes[index..<Swift.min(index + 30, bytes.count)], at: index)
            }
        }
        return bytes
    }
}

/// A small seeded generator, so that a failure can be seen again.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
