/// Why a message cannot be made. Nothing was kept or sent.
public enum MessageError: Error, Hashable, Sendable, CustomStringConvertible {
    case address(String)
    /// A header's text with a line end or another control character in it, which could smuggle in a header.
    case header(name: String, String)
    /// An attachment's name that is no plain file name.
    case fileName(String)
    /// A body with a NUL in it, which no mail system carries.
    case body

    public var description: String {
        switch self {
        case .address(let text):
            "\(Self.quoted(text)) is no email address that can be used; accepted: one like bank.desk@trust.example, "
                + "in letters, digits and . _ - +. Put it right in the report's recipients or in the mail settings."
        case .header(let name, let text):
            "The message's \(name) would be \(Self.quoted(text)), with a line end or a control character inside; "
                + "accepted: one line of text. Look in the names of units and recipients."
        case .fileName(let text):
            "\(Self.quoted(text)) is no name for an attachment; accepted: letters, digits, . _ and -."
        case .body: "The message's text has a NUL character in it. Look in the names of units and recipients."
        }
    }

    /// Escaped, so that what is refused cannot spoil the message about it either.
    private static func quoted(_ text: String) -> String { String(text.prefix(80)).debugDescription }
}
