import CCrypto

/// A random secret of 256 bits, and what is kept of it.
///
/// A secret this long cannot be guessed, so one round of a fast hash protects it; each kept hash has a salt of its
/// own, so that two stores never show the same one.
struct Secret: Sendable, Equatable {
    /// 64 lower-case hexadecimal digits.
    let text: String

    static func random() -> Secret { Secret(text: hexadecimal(randomBytes(32))) }

    func hash(salt: String) -> String { sha256("\(salt):\(text)") }

    /// Compares in a time that does not depend on how much of it is right.
    func matches(hash: String, salt: String) -> Bool { equalInConstantTime(self.hash(salt: salt), hash) }
}

/// Equal or not, in a time that depends on the lengths only.
func equalInConstantTime(_ left: String, _ right: String) -> Bool {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    return left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}

/// From the system's generator, which is a cryptographic one.
func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}

/// In lower-case hexadecimal.
func sha256(_ text: String) -> String { sha256(Array(text.utf8)) }

func sha256(_ bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    _ = SHA256(bytes, bytes.count, &digest)
    return hexadecimal(digest)
}

func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
