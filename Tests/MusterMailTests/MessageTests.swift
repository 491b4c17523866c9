import Foundation
import Roster
import Testing

@testable import MusterMail

@Suite("Messages")
struct MessageTests {
    static func message(
        subject: String = "Staffing look forward Fri 21 to Sun 23 Nov: 14 shifts short, 2 critical",
        name: String = "gaps.csv", text: String = "Nothing to do.\n"
    ) throws -> Message {
        try Message(
            from: try EmailAddress("staffing@trust.example"), to: try EmailAddress("bank@trust.example"),
            subject: subject, messageID: "look-forward-1@trust.example", date: Instant(minutes: 29_000_000),
            text: text, html: "<p>Nothing to do – “all” covered</p>\n",
            attachment: Message.Attachment(name: name, csv: "id,unit\r\ng1,Ward A – North\r\n"))
    }

    @Test("The text comes first, then the HTML, then the file; lines end with CRLF and none is too long")
    func parts() throws {
        let text = String(decoding: try Self.message().bytes, as: UTF8.self)
        let order = ["text/plain", "text/html", "text/csv"].compactMap {
            text.range(of: "Content-Type: \($0)")
        }
        #expect(order.count == 3)
        #expect(order.map(\.lowerBound) == order.map(\.lowerBound).sorted())
        #expect(text.contains("Message-Id: <look-forward-1@trust.example>\r\n"))
        #expect(text.contains("Auto-Submitted: auto-generated\r\n"))
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n")
        #expect(text.components(separatedBy: "\n").dropLast().allSatisfy { $0.hasSuffix("\r") })
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { $0 < 128 } })
    }

    @Test("Equal messages are equal bytes")
    func deterministic() throws {
        #expect(try Self.message().bytes == Self.message().bytes)
    }

    @Test(
        "A line end or control character in the subject is refused",
        arguments: ["", "a\r\nBcc: x@y", "a\nb", "a\rb", "a\u{0}b", "a\u{2028}b", "a\u{85}b"])
    func subject(text: String) {
        #expect(throws: MessageError.header(name: "subject", text)) { try Self.message(subject: text) }
    }

    @Test(
        "A file name that is no plain name is refused",
        arguments: ["", "a\r\nX: y.csv", "a b.csv", "../a.csv", ".csv", "a\"b.csv", "gäps.csv"])
    func fileName(name: String) {
        #expect(throws: MessageError.fileName(name)) { try Self.message(name: name) }
    }

    @Test("A text with a NUL is refused, not cut short")
    func body() { #expect(throws: MessageError.body) { try Self.message(text: "a\u{0}b") } }
}
