import CCrypto
import Foundation

/// A file that a rota was made from, as a fingerprint: the same digest means the same bytes.
public struct InputHash: Hashable, Sendable, Codable {
    /// The name inside the roster folder.
    public let file: String
    /// SHA-256 in lower-case hexadecimal.
    public let sha256: String

    public init(file: String, sha256: String) {
        self.file = file
        self.sha256 = sha256
    }

    init(file: String, bytes: Data) {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        let content = [UInt8](bytes)
        _ = SHA256(content, content.count, &digest)
        self.init(file: file, sha256: digest.map { String(format: "%02x", $0) }.joined())
    }
}
