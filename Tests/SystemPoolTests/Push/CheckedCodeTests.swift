import Testing

@testable import SystemPool

@Suite("Codes that cross between organisations")
struct CheckedCodeTests {
    @Test(
        "Codes are taken as they are in use",
        arguments: [
            "NS2", "rn-0412", "day-rn@2027-01-12T07:30", "day-rn@2027-01-12T01:30b.330", "a@b", "W.12:3",
            "0412",
            "02071234567890", "1234567890", "0000012345", "0712345678a", "ward@icu.2",
        ])
    func taken(code: String) {
        #expect(CheckedCode.isCode(code))
    }

    @Test(
        "A person's address or number is no code, nor is what would break a path",
        arguments: [
            "invented.person@example.org", "a@trust.nhs.uk", "07700900123", "020-7946-0123", "0161.496.0123",
            "", "a b",
            "../x", "é1", String(repeating: "a", count: 65),
        ])
    func refused(code: String) {
        #expect(!CheckedCode.isCode(code))
    }
}
