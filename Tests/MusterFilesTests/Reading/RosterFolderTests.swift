import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("Reading a roster folder")
struct RosterFolderTests {
    @Test("A good folder has no faults")
    func good() throws {
        #expect(try FolderFixture.good.faults() == [])
    }
}
