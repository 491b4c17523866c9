import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("Rule packs and changes")
struct RuleSectionTests {
    @Test("A pack of the folder binds the contracts that name it, and is fingerprinted")
    func local() throws {
        var folder = FolderFixture.good
        folder["ward.yaml"] = """
            pack: ward
            title: "Test ward"
            version: "1"
            rules:
              - id: TEST-RUN
                title: "At most {maximum} duties in a row."
                source: "Agreed for the test"
                trust: verified
                effective: 2026-01-01
                class: policy
                reach: line
                kind: run-maximum
                set: { of: any, maximum: 4 }

            """
        folder.replace("weights: {", with: "rules: [{ file: ward.yaml }]\nweights: {", in: "roster.yaml")
        folder.replace(
            "rules: [working-time], hours-owed", with: "rules: [working-time, ward], hours-owed",
            in: "roster.yaml")
        let read = try folder.read()
        #expect(read.ruleBook.rules(for: "BANK").map(\.id).last == "TEST-RUN")
        #expect(!read.ruleBook.rules(for: "AFC").contains { $0.id == "TEST-RUN" })
        #expect(read.inputHashes.map(\.file).contains("ward.yaml"))
    }

    @Test("A pack that cannot be read is one fault, not one for each contract too")
    func broken() throws {
        var folder = FolderFixture.good
        folder["ward.yaml"] = "pack: ward\ntitle: \"Test ward\"\nversion: \"1\"\n"
        folder.replace("weights: {", with: "rules: [{ file: ward.yaml }]\nweights: {", in: "roster.yaml")
        folder.replace(
            "rules: [working-time], hours-owed", with: "rules: [working-time, ward], hours-owed",
            in: "roster.yaml")
        let faults = try folder.faults()
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("ward.yaml:1:1: lacks the required key rules") == true)
    }

    @Test("A pack of the folder's own is no law, whatever it calls its rules")
    func ownLaw() throws {
        var folder = FolderFixture.good
        folder["ward.yaml"] = """
            pack: ward
            title: "Test ward"
            version: "1"
            rules:
              - id: TEST-LAW
                title: "Shifts are agreed."
                source: "Agreed for the test"
                trust: verified
                effective: 2026-01-01
                class: statutory
                reach: process
                kind: described

            """
        folder.replace("weights: {", with: "rules: [{ file: ward.yaml }]\nweights: {", in: "roster.yaml")
        folder.replace(
            "rules: [working-time], hours-owed", with: "rules: [ward], hours-owed", in: "roster.yaml")
        #expect(try folder.faults().map { $0.contains("names no pack with the Working Time") } == [true])
    }

    @Test("The pack for those with compensatory rest is the law too")
    func compensatory() throws {
        var folder = FolderFixture.good
        folder.replace(
            "rules: [working-time], hours-owed", with: "rules: [working-time-compensatory], hours-owed",
            in: "roster.yaml")
        #expect(try folder.faults() == [])
    }

    static let mistakes = [
        Mistake(
            "a contract outside the law", in: "roster.yaml",
            "rules: [working-time], hours-owed",
            becomes: "rules: [agenda-for-change], hours-owed",
            gives: """
                roster.yaml:26:11: id: "BANK" names no pack with the Working Time Regulations; accepted: \
                working-time or working-time-compensatory among its rules
                """),
        Mistake(
            "a contract without packs", in: "roster.yaml",
            "rules: [working-time], hours-owed",
            becomes: "rules: [], hours-owed",
            gives: """
                roster.yaml:26:11: id: "BANK" names no pack with the Working Time Regulations; accepted: \
                working-time or working-time-compensatory among its rules
                """),
        Mistake(
            "pack nobody knows", in: "roster.yaml",
            "rules: [working-time], tolerance",
            becomes: "rules: [working-times], tolerance",
            gives: """
                roster.yaml:25:51: rules: "working-times" is not a rule pack; accepted: agenda-for-change, \
                consultants, resident-doctors, sas-doctors, ward-policy, working-time, \
                working-time-compensatory. Did you mean "working-time"?
                """),
        Mistake(
            "change of a rule nobody knows", in: "roster.yaml",
            "weights: {",
            becomes: """
                rules: [{ change: WTR-DAYLY, enforcement: hard }]
                weights: {
                """,
            gives: """
                roster.yaml:64:19: change: "WTR-DAYLY" is not a rule of any pack; accepted: a rule of \
                working-time. Did you mean "WTR-DAILY"?
                """),
        Mistake(
            "a statutory rule switched off", in: "roster.yaml",
            "weights: {",
            becomes: """
                rules: [{ change: WTR-DAILY, enforcement: off }]
                weights: {
                """,
            gives: """
                roster.yaml:64:43: enforcement: "off" would loosen WTR-DAILY, which is statutory; \
                accepted: hard
                """),
        Mistake(
            "a pack that is missing", in: "roster.yaml",
            "weights: {",
            becomes: """
                rules: [{ file: ward.yaml }]
                weights: {
                """,
            gives: """
                ward.yaml: is missing; accepted: a readable text file
                """),
        Mistake(
            "a pack outside the folder", in: "roster.yaml",
            "weights: {",
            becomes: """
                rules: [{ file: ../ward.yaml }]
                weights: {
                """,
            gives: """
                roster.yaml:64:17: file: "../ward.yaml" is not the name of a rule pack in this folder; \
                accepted: a name such as ward-rules.yaml
                """),
        Mistake(
            "neither file nor change", in: "roster.yaml",
            "weights: {",
            becomes: """
                rules: [{ pack: ward.yaml }]
                weights: {
                """,
            gives: """
                roster.yaml:64:9: rules: is neither a pack nor a change; accepted: a mapping with file or \
                change
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }

    @Test("A rule about a shift that the roster does not have would bind nobody, and is a fault")
    func unknownShift() throws {
        var folder = FolderFixture.good
        folder["ward.yaml"] = """
            pack: ward
            title: "Test ward"
            version: "1"
            tests:
              late: { shifts: [LD, NN] }
            rules:
              - id: TEST-NIGHTS
                title: "Few nights."
                source: "Agreed for the test"
                effective: 2026-01-01
                class: policy
                reach: line
                kind: shift-totals
                set: { totals: { N: 3, NX: 2 } }

            """
        folder.replace("weights: {", with: "rules: [{ file: ward.yaml }]\nweights: {", in: "roster.yaml")
        let faults = try folder.faults().map { $0.split(separator: ";")[0] }
        #expect(
            faults == [
                "ward.yaml:5:24: shifts: \"NN\" is not a shift of this roster",
                "ward.yaml:14:28: \"NX\" is not a shift of this roster",
            ])
        folder["ward.yaml"] = folder["ward.yaml"].replacing("NN", with: "N").replacing("NX: 2", with: "LD: 9")
        #expect(try folder.faults().isEmpty)
    }
}
