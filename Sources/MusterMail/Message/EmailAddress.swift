import PlainText

/// An address such as `bank.desk@trust.example`, in the plain form of RFC 5321: ASCII, no quotes, no comments.
///
/// What goes into a mail session as a line of its own must not be able to end that line, so nothing but letters,
/// digits and a few marks is let through.
public struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Where nobody is, and nobody can ever be (RFC 2606): for messages that are not to be sent.
    public static let nobody = "look-forward@muster.invalid"

    /// - Throws: ``MessageError/address(_:)``.
    public init(_ text: String) throws(MessageError) {
        guard text.isEmailAddress else { throw .address(text) }
        self.text = text
    }

    public var description: String { text }
    public var domain: String { String(text.drop { $0 != "@" }.dropFirst()) }
}
