import Foundation
import Roster

/// A message with a text, the same as HTML, and a file.
///
/// It can only be made of parts that cannot spoil a header or a mail session.
public struct Message: Hashable, Sendable {
    public struct Attachment: Hashable, Sendable {
        public let name: String
        /// Text in UTF-8.
        public let csv: String

        public init(name: String, csv: String) {
            self.name = name
            self.csv = csv
        }
    }

    public let from: EmailAddress
    public let to: EmailAddress
    public let subject: String
    /// Without angle brackets.
    public let messageID: String
    public let date: Instant
    /// What is read where HTML is not: composed for that, and the first part of the message.
    public let text: String
    public let html: String
    public let attachment: Attachment?

    /// - Throws: ``MessageError``.
    public init(
        from: EmailAddress, to: EmailAddress, subject: String, messageID: String, date: Instant, text: String,
        html: String, attachment: Attachment?
    ) throws(MessageError) {
        try Self.requireLine(subject, "subject")
        try Self.requireLine(messageID, "Message-ID")
        if let name = attachment?.name { try Self.requireFileName(name) }
        guard ![text, html].contains(where: { $0.utf8.contains(0) }) else { throw .body }
        self.from = from
        self.to = to
        self.subject = subject
        self.messageID = messageID
        self.date = date
        self.text = text
        self.html = html
        self.attachment = attachment
    }

    private static func requireLine(_ text: String, _ name: String) throws(MessageError) {
        let isLine = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        guard isLine, !text.isEmpty else { throw .header(name: name, text) }
    }

    private static func requireFileName(_ name: String) throws(MessageError) {
        let accepted = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-".utf8)
        guard !name.isEmpty, name.utf8.count <= 80, name.utf8.first != 46,
            name.utf8.allSatisfy(accepted.contains)
        else { throw .fileName(name) }
    }
}
