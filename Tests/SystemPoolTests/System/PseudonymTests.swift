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
            (String(repeating: "x", count: 301), .tooLong), ("born 01/02/1990", .birth),
            ("dob 1990-02-01", .birth), ("she is of 1.2.1990", .birth), ("lives in LS1 4AP", .home),
            ("off sick with covid", .absence), ("two are off sick", .absence),
            ("on maternity leave", .absence),
            ("rang in sick", .absence), ("away with flu", .absence), ("Sickness again", .absence),
            ("the registrar is ill", .absence), ("ill", .absence),
        ])
    func remarkRefused(text: String, why: Remark.Refusal) {
        #expect(throws: why) { try Remark(text) }
    }

    @Test(
        "What was kept before the rules became stricter is read, and a ward may be called after what it treats"
    )
    func older() throws {
        let kept = try JSONDecoder().decode(Remark.self, from: Data(#""two are off sick""#.utf8))
        #expect(kept.text == "two are off sick")
        #expect(try Remark.line("Bereavement suite, pregnant women") == "Bereavement suite, pregnant women")
    }

    @Test(
        "A plain reason is taken, trimmed",
        arguments: [
            "the night of 2026-01-12 is short of 2 nurses", "Nurse in charge agrees, 19:30 to 08:00",
            "OPEL 4", "the covid ward is full, maternity unit short", "sick children's ward, 12/1 to 13/1",
            "escalation beds open on Ward 4B", "since 2027-01-12",
        ])
    func remarkTaken(text: String) throws {
        let remark = try Remark("  \(text) ")
        #expect(remark.text == text)
    }
}
