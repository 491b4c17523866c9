import Foundation
import MusterFiles
import Roster
import SystemPool

/// What the lending organisation tells the receiving one about who comes, from mailbox to mailbox. The system's server
/// never sees it, and the store does not keep it.
///
/// The subject names nobody.
public struct Handover: Sendable {
    private let call: AidRequest
    private let lender: Organisation.ID
    /// As the desk of the lender states it.
    private let name: String
    private let grade: Grade.ID?

    /// - Parameter name: Who comes; line ends in it are spaces, so that it stays one line.
    public init(of call: AidRequest, from lender: Organisation.ID, name: String, grade: Grade.ID?) {
        self.call = call
        self.lender = lender
        self.name = name.split(whereSeparator: \.isNewline).joined(separator: " ")
        self.grade = grade
    }

    public var subject: String { "Mutual aid \(call.id): who comes to \(call.need.unit)" }

    public var text: String {
        let need = call.need
        let skills = need.skills.isEmpty ? "none asked for" : need.skills.map(\.text).joined(separator: ", ")
        let loan = call.loan
        return """
            \(lender) lends to \(call.asking) under \(call.id):

            Who: \(name)
            Grade: \(grade?.text ?? "as offered")
            Skills confirmed in date: \(skills)
            Where: unit \(need.unit), site \(need.site)
            When: \(span(need.start, need.end))
            Agreement: \(loan?.agreement.text ?? ""); \(loan?.costOwner.words ?? "")
            Indemnity: \(loan?.indemnity.words ?? "")

            Their own organisation has checked their hours and their rest again. Book them under the reference that
            `muster aid receive \(call.id)` shows. Tell nobody who need not know, and delete this message afterwards.
            """
    }

    /// - Throws: ``MessageError``.
    public func message(from: EmailAddress, to mailbox: EmailAddress, at now: Instant) throws(MessageError)
        -> Message
    {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let body: HTML = "<p>\(lines.map { "\($0)<br>" as HTML })</p>"
        return try Message(
            from: from, to: mailbox, subject: subject,
            messageID: "mutual-aid.\(call.id).\(now.minutes)@\(from.domain)", date: now, text: text,
            html: body.source, attachment: nil)
    }
}
