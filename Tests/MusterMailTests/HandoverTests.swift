import Foundation
import MusterMail
import Roster
import SystemPool
import Testing

@Suite("Telling who comes")
struct HandoverTests {
    private static let now = London.instant(Day(ordinal: 20_759), minute: 360)

    private static func call() throws -> AidRequest {
        let reason = try Remark("short tonight")
        let asking = Actor(organisation: "NS2", role: .bankDesk)
        let call = AidRequest(
            id: "aid-3", asking: "NS2",
            need: AidRequest.Need(
                vacancy: "gap", site: "NS2-H", unit: "QUAY", staffGroup: .registered, grades: ["B5"],
                skills: ["iv"], start: now + ElapsedMinutes(hours: 2), end: now + ElapsedMinutes(hours: 14),
                isHard: true),
            at: now, by: asking, reason: reason)
        return try call.advanced(
            .offer,
            loan: AidRequest.Loan(
                lender: "NS1", offer: "one", source: .surplus("OAK"), agreement: "north-star-2026",
                costOwner: .receiver, indemnity: .receiverScheme, travelMinutes: 30),
            by: Actor(organisation: "NS1", role: .bankDesk), reason: reason, at: now)
    }

    private static func message(name: String, to mailbox: String = "bank@harbour.invalid") throws -> Message {
        try Handover(of: call(), from: "NS1", name: name, grade: "B5").message(
            from: EmailAddress("staffing@northgate.invalid"), to: EmailAddress(mailbox), at: now)
    }

    @Test("The message says who, where, when, with which skills and under which terms")
    func text() throws {
        let message = try Self.message(name: "Invented Name, bleep 12")
        for part in [
            "Who: Invented Name, bleep 12", "Grade: B5", "iv", "unit QUAY, site NS2-H", "north-star-2026",
            "muster aid receive aid-3", "NS1 lends to NS2",
        ] {
            #expect(message.text.contains(part), "\(part)")
        }
        #expect(message.to.text == "bank@harbour.invalid")
        #expect(message.attachment == nil)
    }

    @Test("The subject and the other headers, which are read on the way, name nobody")
    func headers() throws {
        let message = try Self.message(name: "Invented Name")
        #expect(message.subject == "Mutual aid aid-3: who comes to QUAY")
        let bytes = String(decoding: message.bytes, as: UTF8.self)
        let head = bytes.prefix(upTo: bytes.range(of: "\r\n\r\n")?.lowerBound ?? bytes.endIndex)
        #expect(!head.contains("Invented") && head.contains("Mutual aid aid-3"))
    }

    @Test("A name is text: neither markup nor a line of its own, nor a header")
    func injection() throws {
        let message = try Self.message(name: "<b>Name</b>\r\nBcc: all@elsewhere.invalid\nWhere: unit OTHER")
        #expect(!message.html.contains("<b>"))
        let bytes = String(decoding: message.bytes, as: UTF8.self)
        let head = bytes.prefix(upTo: bytes.range(of: "\r\n\r\n")?.lowerBound ?? bytes.endIndex)
        #expect(!head.contains("Bcc"))
        #expect(message.text.split(separator: "\n").count { $0.hasPrefix("Where:") } == 1)
    }

    @Test(
        "A mailbox that is no address is refused",
        arguments: ["", "bank", "bank@harbour.invalid\r\nBcc: x@y.z"])
    func mailbox(text: String) throws {
        #expect(throws: MessageError.address(text)) { try Self.message(name: "Name", to: text) }
    }
}
