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
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, Self.isLocal(parts[0]), Self.isDomain(parts[1])
        else { throw .address(text) }
        self.text = text
    }

    public var description: String { text }
    public var domain: String { String(text.drop { $0 != "@" }.dropFirst()) }

    /// RFC 5322, 3.2.3: a dot-atom.
    private static func isLocal(_ text: Substring) -> Bool {
        text.utf8.count <= 64
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
                !atom.isEmpty
                    && atom.utf8.allSatisfy {
                        $0.isAlphanumeric || Array("!#$%&'*+-/=?^_`{|}~".utf8).contains($0)
                    }
            }
    }

    /// RFC 1123: labels of letters, digits and inner hyphens. One label, such as `localhost`, is enough.
    private static func isDomain(_ text: Substring) -> Bool {
        text.utf8.count <= 253
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.utf8.first != 45 && label.utf8.last != 45
                    && label.utf8.allSatisfy { $0.isAlphanumeric || $0 == 45 }
            }
    }
}

extension UInt8 {
    fileprivate var isAlphanumeric: Bool {
        (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self)
    }
}
