import CCrypto
import Extracts
import Foundation
import LookForward
import MusterStore
import Roster

/// The message that one recipient gets of an issue.
public struct ReportMail: Sendable {
    public let recipient: Recipient
    public let message: Message

    /// Cuts the report down to what the recipient may see and composes it.
    ///
    /// - Throws: ``MessageError``, for an address that cannot be used.
    public init(_ report: ShortageReport, edition: String, to recipient: Recipient, from: EmailAddress)
        throws(MessageError)
    {
        try self.init(report.cut(for: recipient), of: report, edition: edition, to: recipient, from: from)
    }

    /// The version that anybody may see, as it would look in a mailbox; it is for files, and for nobody's mailbox.
    ///
    /// Neither its addresses nor its Message-ID come from the organisation: a hash of a code of three letters would
    /// give the code away.
    public init(anonymised report: ShortageReport, edition: String) throws(MessageError) {
        let nobody = Recipient(id: "anonymised", name: "", mailbox: EmailAddress.nobody, isInside: false)
        let anonymous = report.anonymised()
        try self.init(
            anonymous, of: anonymous, edition: edition, to: nobody,
            from: try EmailAddress(EmailAddress.nobody))
    }

    private init(
        _ cut: ShortageReport, of report: ShortageReport, edition: String, to recipient: Recipient,
        from: EmailAddress
    ) throws(MessageError) {
        self.recipient = recipient
        message = try Message(
            from: from, to: try EmailAddress(recipient.mailbox), subject: cut.subject,
            messageID: Self.messageID(
                report.issueKey(edition: edition), recipient: recipient.id, domain: from.domain),
            date: report.generated, text: ReportText.compose(cut, for: recipient.name),
            html: ReportPage.compose(cut, for: recipient.name), attachment: GapTable.attachment(cut))
    }

    public var draft: OutboxDraft {
        OutboxDraft(
            recipient: recipient.id.text, from: message.from.text, to: message.to.text,
            messageID: message.messageID, subject: message.subject, bytes: message.bytes)
    }

    /// `look-forward.20251121.6f1c….@trust.example`: the same for the same organisation, day, edition and recipient,
    /// so that a mail system can tell a second copy; and telling nothing of them but the day.
    static func messageID(_ issue: ReportIssue.Key, recipient: Recipient.ID, domain: String) -> String {
        let fields = [
            issue.organisation.text, issue.date.description, issue.edition, issue.isValid ? "report" : "none",
            recipient.text,
        ]
        // Each field goes in with its length before it, so that no two issues spell the same text.
        let bytes = Array(fields.map { "\($0.utf8.count):\($0)" }.joined().utf8)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = SHA256(bytes, bytes.count, &digest)
        let hash = digest.prefix(16).map { String(format: "%02x", $0) }.joined()
        return "look-forward.\(issue.date.description.replacing("-", with: "")).\(hash)@\(domain)"
    }
}

extension ShortageReport {
    public func issueKey(edition: String) -> ReportIssue.Key {
        ReportIssue.Key(organisation: organisation.id, date: issued, edition: edition, isValid: isValid)
    }
}
