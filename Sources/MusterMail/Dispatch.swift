import Extracts
import Foundation
import LookForward
import MusterFiles
import MusterStore
import Roster

/// A recipient for whom no message can be made; the others get theirs.
public struct UnusableRecipient: Hashable, Sendable, CustomStringConvertible {
    public let recipient: Recipient.ID
    public let reason: MessageError

    public var description: String { "\(recipient) gets nothing: \(reason)" }
}

/// Brings an issue of the report out: as files to look at, or through the outbox.
public struct Dispatch: Sendable {
    private let report: ShortageReport
    private let edition: String
    private let mails: [ReportMail]
    /// Those who are to be told and cannot be: somebody has to hear of them.
    public let unusable: [UnusableRecipient]

    /// For how long after it was made a message is news at most. When the next issue comes it ends at once.
    public static let news = ElapsedMinutes(hours: 24)

    /// Composes one message a recipient. One that cannot be made, for an address that cannot be used, keeps none of the
    /// others back and stands in ``unusable``.
    public init(_ report: ShortageReport, edition: String, to recipients: [Recipient], from: EmailAddress) {
        self.report = report
        self.edition = edition
        var mails: [ReportMail] = []
        var unusable: [UnusableRecipient] = []
        for recipient in recipients {
            do throws(MessageError) {
                mails.append(try ReportMail(report, edition: edition, to: recipient, from: from))
            } catch {
                unusable.append(UnusableRecipient(recipient: recipient.id, reason: error))
            }
        }
        self.mails = mails
        self.unusable = unusable
    }

    /// One message, of the version that anybody may see; it is for files alone.
    public init(anonymised report: ShortageReport, edition: String) throws(MessageError) {
        self.report = report
        self.edition = edition
        mails = [try ReportMail(anonymised: report, edition: edition)]
        unusable = []
    }

    /// Writes each message to a file, all together or none, and opens no connection.
    ///
    /// - Returns: The names of the files.
    public func write(to folder: URL) throws(OutputError) -> [String] {
        var output = try OutputFolder(folder)
        var names: [String] = []
        for mail in mails {
            let name = "look-forward-\(report.issued)-\(edition)-\(mail.recipient.id).eml"
            try output.add(name, mail.message.bytes)
            names.append(name)
        }
        try output.commit()
        return names
    }

    /// Keeps the issue and its messages in the store, to be sent. Recipients who have theirs get none again.
    public func enqueue(in store: MusterStore, at now: Instant) throws -> ReportIssue.Key {
        let issue = try report.issue(edition: edition)
        try store.enqueue(issue, mails.map(\.draft), expires: now + Self.news, at: now)
        return issue.key
    }
}

extension ShortageReport {
    /// As the outbox and the issues that follow know it.
    public func issue(edition: String) throws -> ReportIssue {
        ReportIssue(key: issueKey(edition: edition), generated: generated, report: try stored())
    }

    /// As the store keeps it; equal reports are equal bytes.
    func stored() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// Reads what ``Dispatch/enqueue(in:at:)`` kept.
    public init(_ issue: ReportIssue) throws {
        self = try JSONDecoder().decode(Self.self, from: issue.report)
    }
}
