import CGMime
import Foundation

/// The message as bytes.
///
/// GMime writes it and not libcurl, whose MIME interface can only stream into a transfer: the outbox keeps the
/// bytes before there is a connection, and each attempt must send the same ones. GMime encodes and folds headers
/// (RFC 2047, RFC 5322), and keeps lines within the limits of RFC 5321.
extension Message {
    private static let library: Void = g_mime_init()

    /// RFC 5322 with CRLF at line ends. Equal messages are equal bytes.
    public var bytes: Data {
        _ = Self.library
        let message = mime_message(messageID, Int64(date.minutes) * 60)
        mime_from(message, nil, from.text)
        mime_to(message, to.text)
        mime_subject(message, subject)
        // Nobody's out-of-office reply should come back (RFC 3834).
        mime_header(message, "Auto-Submitted", "auto-generated")

        let mixed = mime_multipart("mixed", boundary("file"))
        let alternatives = mime_multipart("alternative", boundary("text"))
        mime_add_text(alternatives, "plain", text)
        mime_add_text(alternatives, "html", html)
        mime_add_multipart(mixed, alternatives)
        if let attachment {
            let bytes = Array(attachment.csv.utf8)
            bytes.withUnsafeBytes { raw in
                mime_add_file(
                    mixed, "text", "csv", attachment.name,
                    raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count)
            }
        }
        mime_set_body(message, mixed)
        guard let finished = mime_finish(message) else { return Data() }
        defer { mime_free(finished) }
        return Data(bytes: finished, count: strlen(finished))
    }

    /// At most 70 characters (RFC 2046). No line of a part can begin like it: quoted-printable leaves no `=_` in a
    /// text, and base64 has no underscore.
    private func boundary(_ part: String) -> String {
        "=_\(part)_\(messageID.prefix { $0 != "@" }.suffix(32))"
    }
}
