import Foundation
import PlainText

/// Where commands write: results to standard output, everything else to standard error.
enum Console {
    /// - Throws: what the system says if standard output cannot take it, such as a full disk.
    static func result(_ text: String) throws {
        try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    }

    /// One JSON object: keys in alphabetical order and in snake case.
    static func result(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        try FileHandle.standardOutput.write(contentsOf: encoder.encode(value) + Data("\n".utf8))
    }

    /// A message; one that cannot be written is lost, which must not stop the work.
    static func note(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    static func note(warnings: [Fault]) {
        for warning in warnings { note("Warning: \(warning).") }
    }
}
