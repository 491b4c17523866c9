import Foundation
import Testing

@testable import SystemPool

@Suite("What can name nobody")
struct PseudonymTests {
    @Test(
        "A pseudonym is hexadecimal and has numerals",
        arguments: ["p-3f9a12bc", "p-0123456789abcdef", "p-11aaaaaa"])
    func accepted(text: String) {
        #expect(Pseudonym(text)?.text == text)
    }

    @Test(
        "A name, however written, is no pseudonym",
        arguments: [
            "Ada Fable", "ada.fable", "p-Ada", "p-adafable", "p-deadbeef", "p-facade", "p-decade1a",
            "p-3F9A12BC", "",
            "p-", "p-1234567", "p-" + String(repeating: "1", count: 33), "p-3f9a12bc ", "p-3f9a12bc\n",
            "x-3f9a12bc",
        ])
    func refused(text: String) {
        #expect(Pseudonym(text) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Pseudonym.self, from: JSONEncoder().encode(text))
        }
    }

    @Test(
        "A remark that seems to describe somebody is refused",
        arguments: [
            ("", Remark.Refusal.empty), (" \u{A0} ", .empty), ("a\nb", .severalLines),
            ("a\u{202E}b", .severalLines),
            ("ask ada.fable@example.nhs.uk", .address), ("ring 0161 496 0123", .number),
            ("staff 12345678", .number),
            ("Sister Fable is ill", .title), ("dr. Fable comes", .title),
            (String(repeating: "x", count: 301), .tooLong),
        ])
    func remarkRefused(text: String, why: Remark.Refusal) {
        #expect(throws: why) { try Remark(text) }
    }

    @Test(
        "A plain reason is taken, trimmed",
        arguments: [
            "the night of 2026-01-12 is short of 2 nurses", "Nurse in charge agrees, 19:30 to 08:00",
            "OPEL 4",
        ])
    func remarkTaken(text: String) throws {
        let remark = try Remark("  \(text) ")
        #expect(remark.text == text)
    }
}
