import Extracts
import Foundation
import MusterFiles
import MusterStore
import Roster
import RosterCheck
import Testing

@Suite("muster import")
struct ImportTests {
    private static let demo = Rosters.path("demo-trust")

    @Test("The demo trust is imported, and the same again changes nothing")
    func twice() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        let first = try await Program.run("import", Self.demo, "--store", store)
        #expect(first.code == 0)
        #expect(first.output.contains("duties (Roster.csv, Fri 21 Nov 2025 05:40): "))
        #expect(first.output.contains("3 rejected; in force\n  1 × end is empty"))
        #expect(first.messages.contains("Staff in Post.csv:"))
        let seal = try MusterStore(path: store, creating: false).verifyAudit().hash
        let again = try await Program.run("import", Self.demo, "--store", store)
        #expect(again.code == 0)
        #expect(again.output.hasSuffix("Nothing changed: the store has all of this already.\n"))
        #expect(try MusterStore(path: store, creating: false).verifyAudit().hash == seal)
    }

    @Test("As JSON: one object with what was read, accepted and rejected, and why")
    func json() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        let result = try await Program.run("import", Self.demo, "--store", store, "--json")
        #expect(result.messages.isEmpty)
        let object = try result.json()
        #expect(object["changed"] as? Bool == true)
        let kinds = try #require(object["extracts"] as? [[String: Any]])
        #expect(kinds.compactMap { $0["kind"] as? String } == ExtractKind.allCases.map(\.rawValue))
        for kind in kinds {
            #expect(kind["outcome"] as? String == "in-force")
            let (read, accepted) = (kind["read"] as? Int ?? -1, kind["accepted"] as? Int ?? -1)
            #expect(read == accepted + (kind["rejected"] as? Int ?? -1))
        }
        #expect((object["rejections"] as? [[String: Any]])?.count == 5)

        let older = try await Program.run(
            "import", Self.demo, "--store", store, "--extracted-at", "2025-11-20T05:40", "--json")
        let outcomes = try #require(try older.json()["extracts"] as? [[String: Any]])
        #expect(outcomes.allSatisfy { $0["outcome"] as? String == "older" })
        #expect(outcomes.allSatisfy { $0["newer"] as? String == "2025-11-21T05:40+00:00" })
    }

    @Test("A mapping that leaves a field out stops the import, and no store is made")
    func unmapped() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        let result = try await Program.run(
            "import", Rosters.path("bad-trust/unmapped-field"), "--store", store)
        #expect(result.code == 65)
        #expect(result.messages.contains("lacks the required key person"))
        #expect(!scratch.has("trust.sqlite"))
    }

    @Test("An import that fails is kept in a store that is there, and one that succeeds clears it")
    func failed() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        #expect(try await Program.run("import", Self.demo, "--store", store).code == 0)
        /// As of a time after every test.
        func doubts() throws -> [Finding.Check] {
            let picture = try MusterStore(path: store, creating: false).picture(
                on: Day(ordinal: 20_413), days: 3, at: Instant(minutes: 60_000_000))
            return picture?.findings.map(\.check).filter { $0 == .failedImport } ?? []
        }
        #expect(try doubts().isEmpty)
        let failed = try await Program.run("import", Rosters.path("bad-trust/missing-file"), "--store", store)
        #expect(failed.code == 65)
        #expect(try doubts() == [.failedImport])
        #expect(try await Program.run("import", Self.demo, "--store", store).code == 0)
        #expect(try doubts().isEmpty)
    }

    @Test("A value without which its row stands is left out and told of, and counts as no rejection")
    func leftOut() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = Rosters.path("bad-trust/released-by-a-person")
        let text = try await Program.run("import", folder, "--store", scratch.path("a.sqlite"))
        #expect(text.code == 0)
        #expect(
            text.messages.hasPrefix("Left out of rows that were taken over without it:\nbank.csv:2: column 9")
        )
        #expect(!text.messages.contains("Jane Doe"))
        let json = try await Program.run("import", folder, "--store", scratch.path("b.sqlite"), "--json")
        #expect((try json.json()["rejections"] as? [Any])?.isEmpty == true)
        #expect((try json.json()["left_out"] as? [Any])?.count == 1)
    }

    @Test("A time that is none is bad usage")
    func time() async throws {
        let result = try await Program.run("import", Self.demo, "--store", "x", "--extracted-at", "today")
        #expect(result.code == 64)
    }

    /// What is wrong with the demo trust's exports, and what is short in it.
    @Test("The picture of the demo trust has each of its faults once, and the gaps that are promised")
    func picture() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let now = try #require(Instant("2025-11-21T06:30+00:00"))
        let read = try TrustImport.read(URL(filePath: Self.demo), now: now)
        let store = try MusterStore(path: scratch.path("trust.sqlite"), creating: true)
        try store.keep(read.extracts, reading: read.reading, by: "test", at: now)
        let picture = try #require(try store.picture(on: now.day, days: 3, at: now))

        #expect(picture.fatal.isEmpty)
        let found = Dictionary(grouping: picture.findings, by: \.check).mapValues { $0.map(\.units) }
        #expect(found[.duplicate] == [["ASH"]])
        #expect(found[.overlap] == [["AMU", "ASH"]])
        #expect(found[.onLeaveAndOnDuty] == [["OAK"]])
        #expect(found[.missingTimes] == [["HAZEL"]])
        #expect(found[.hours] == [["CEDAR"]])
        #expect(found[.unknownGrade] == [["BEECH"]])
        #expect(found[.unknownSkill] == [["AMU"]])
        #expect(found[.closedUnit] == [["WILLOW"]])
        #expect(found[.notApproved] == [["CEDAR"], ["HAZEL"]])
        #expect(found[.staleExtract] == [["ELM"]])
        #expect(found[.templateAgainstBudget] == [["HAZEL"]])
        #expect(found[.notIncluded] == [["YEW"]])
        #expect(picture.notIncluded == ["YEW"])
        #expect(picture.confidence(in: "ELM") == .none)
        #expect(picture.confidence(in: "ED") == .high)
        #expect(picture.confidence(in: "ASH") == .lowered)

        let gaps = RosterCheck.check(picture.scenario, picture.rules, picture.rota).gaps
        let hard = gaps.filter { $0.severity == .hard }.map(\.id)
        #expect(hard.contains("ED.frailty@2025-11-23T08:00"))
        #expect(hard.contains("ED.senior@2025-11-23T00:00"))
        #expect((10...40).contains(gaps.count))
    }
}
