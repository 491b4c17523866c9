import Foundation
import PlainText
import Roster
import SystemPool
import Testing

@testable import MusterFiles

@Suite("lending.yaml")
struct LendingFileTests {
    private func read(_ text: String) throws -> LendingTerms {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "lending.yaml")
        try Data(text.utf8).write(to: file)
        return try LendingFile.read(file)
    }

    @Test("Partners, their sites, and who has agreed to go are read")
    func read() throws {
        let terms = try read(
            """
            organisation: NS1
            agreement: north-star
            partners:
              - {organisation: NS2, travel: {NS2-H: 35}}
              - {organisation: NS3, travel: {NS3-D: 50, NS3-C: 20}}
            people:
              - {person: n-017, inducted: [NS2-H], until: 2027-03-31}
            """)
        #expect(terms.travel.map(\.minutes) == [35, 50, 20])
        #expect(terms.volunteers.map(\.inducted) == [["NS2-H"]])
    }

    @Test("The example in the documentation is read, with all that a passport can hold")
    func example() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Documentation/lending.yaml").standardizedFileURL
        let terms = try LendingFile.read(file)
        #expect(terms.dataSharing == "DSA-2026-014")
        let whole = try #require(terms.passports["n-017"]).standings
        #expect(Set(whole.keys) == Set(StaffPassport.Item.allCases))
        #expect(whole[.registration] == Day("2027-06-30").map(StaffPassport.Standing.through))
        #expect(whole[.occupationalHealth] == .held)
    }

    @Test("An item that no passport has, and a date that is none, are faults at their places")
    func passportFaults() throws {
        let faults = #expect(throws: Faults.self) {
            try read(
                """
                organisation: NS1
                passports:
                  n-017: {registraton: 2027-06-30}
                  n-018: {dbs: 2027-02-30, smartcard: no}
                """)
        }
        let texts = (faults?.faults ?? []).map { "\($0)" }
        #expect(texts.count == 2)
        #expect(
            texts.first?.contains("lending.yaml:3") == true
                && texts.first?.contains("Did you mean \"registration\"?") == true, "\(texts)")
        #expect(
            texts.last?.contains("lending.yaml:4") == true && texts.last?.contains("yes or no") == true,
            "\(texts)")
    }

    @Test("A site of two partners is a fault at its place: the system could not tell them apart")
    func sharedSite() throws {
        let faults = #expect(throws: Faults.self) {
            try read(
                """
                organisation: NS1
                partners:
                  - {organisation: NS2, travel: {MAIN: 20}}
                  - {organisation: NS3, travel: {MAIN: 90}}
                """)
        }
        #expect(faults?.faults.map { "\($0)" }.count == 1)
        let text = faults?.faults.first.map { "\($0)" } ?? ""
        #expect(
            text.contains("lending.yaml:4") && text.contains("is a site of another partner too"), "\(text)")
    }

    @Test("Ids that go to the system are such as it takes, each a fault at its place")
    func codes() throws {
        let faults = #expect(throws: Faults.self) {
            try read(
                """
                organisation: "01273-696955"
                agreement: north-st\u{e9}r
                partners:
                  - {organisation: caf\u{e9}, travel: {h\u{f4}pital: 20}}
                people:
                  - {person: caf\u{e9}, inducted: [h\u{f4}pital]}
                """)
        }
        #expect(faults?.faults.map(\.place.line) == [1, 2, 4, 4, 6])
        let text = faults.map { "\($0)" } ?? ""
        #expect(text.contains("\"01273-696955\" reads as a telephone number"), "\(text)")
    }
}
