import Foundation
import PlainText
import Testing

@testable import MusterFiles

/// One mistake in the good folder, and the one message that it must give.
struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let file: String
    private let found: String?
    private let text: String
    private let message: String

    /// A text of a file is replaced by another.
    init(_ name: String, in file: String, _ found: String, becomes text: String, gives message: String) {
        testDescription = name
        self.file = file
        self.found = found
        self.text = text
        self.message = message
    }

    /// A line is added to a file.
    init(_ name: String, in file: String, adding line: String, gives message: String) {
        testDescription = name
        self.file = file
        found = nil
        text = line + "\n"
        self.message = message
    }

    /// Checks that the folder gives this message and no other.
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        var folder = FolderFixture.good
        apply(to: &folder)
        let faults = try folder.faults()
        #expect(faults == [message], sourceLocation: sourceLocation)
    }

    func apply(to folder: inout FolderFixture) {
        if let found {
            folder.replace(found, with: text, in: file)
        } else {
            folder[file] += text
        }
    }
}
