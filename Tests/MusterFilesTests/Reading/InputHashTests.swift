import Foundation
import Testing

@testable import MusterFiles

@Suite("Fingerprints of input files")
struct InputHashTests {
    // FIPS 180-4, example of one block; the digest of no bytes.
    @Test(
        "SHA-256 by its published examples",
        arguments: [
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ])
    func examples(text: String, digest: String) {
        #expect(InputHash(file: "a", bytes: Data(text.utf8)).sha256 == digest)
    }
}
