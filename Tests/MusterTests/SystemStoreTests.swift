import Foundation
import MusterFiles
import MusterStore
import Roster
import SystemPool
import Testing

/// The commands on a system, given its store, say what they say of the folder from which the store was made, and what
/// has happened since.
@Suite("muster pool, escalation, risks and call on a store")
struct SystemStoreTests {
    private static let folder = Rosters.path("north-star-ics")
    private static let at = "2027-01-12T07:30Z"

    private struct System {
        let path: String
        let store: SystemStore
        let now: Instant
    }

    /// A store made from the invented system, as `muster-server setup` makes it.
    private func system(_ scratch: Scratch) throws -> System {
        let path = scratch.path("system.sqlite")
        let store = try SystemStore(path: path, creating: true)
        let read = try SystemFolder.read(URL(filePath: Self.folder))
        let now = try #require(Instant(Self.at))
        try store.configure(
            read.system, by: Actor(organisation: nil, role: .administrator), reason: try Remark("taken over"),
            at: now)
        for push in read.pushes {
            _ = try store.receive(push, by: Actor(organisation: push.organisation, role: .muster), at: now)
        }
        return System(path: path, store: store, now: now)
    }

    private func entries(_ command: String, _ place: String, _ list: String) async throws -> NSArray {
        let result = try await Program.run(command, place, "--at", Self.at, "--json")
        return try #require(try result.json()[list] as? NSArray, "\(result.messages)")
    }

    @Test(
        "A store says what its folder says, and looking changes nothing",
        arguments: [
            ("pool", "suggestions"), ("pool", "organisations"), ("risks", "risks"),
            ("escalation", "organisations"),
        ])
    func same(command: String, list: String) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let system = try system(scratch)
        let revision = try system.store.revision()
        let audit = try system.store.systemAudit(limit: 999)
        let here = try await entries(command, system.path, list)
        #expect(here.count > 0)
        #expect(here == (try await entries(command, Self.folder, list)))
        #expect(try system.store.revision() == revision)
        #expect(try system.store.systemAudit(limit: 999) == audit)
    }

    @Test(
        "A booking closes its gap once the lender's data say who goes; until then it is promised, and nobody else is suggested"
    )
    func booking() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let system = try system(scratch)
        let picture = try system.store.picture(at: system.now)
        let first = try #require(try SystemPool.suggest(picture).suggestions.first)
        let aid = try #require(first.aid(in: picture).first)
        let reason = try Remark("short tonight")
        let asking = Actor(organisation: aid.asking, role: .bankDesk)
        let lender = Actor(organisation: aid.loan.lender, role: .bankDesk)
        let call = try system.store.requestAid(
            aid.need, for: aid.asking, by: asking, reason: reason, at: system.now)
        for (step, by) in [(AidStep.offer, lender), (.accept, asking), (.confirm, lender)] {
            _ = try system.store.advanceAid(
                call.id, step, loan: step == .offer ? aid.loan : nil, by: by, reason: reason, at: system.now)
        }
        let before = try await entries("pool", Self.folder, "organisations")
        let after = try await entries("pool", system.path, "organisations")
        func figure(_ members: NSArray, _ name: String) -> Double? {
            members.compactMap { $0 as? [String: Any] }.first { $0["id"] as? String == aid.asking.text }?[
                name] as? Double
        }
        #expect(figure(after, "open_vacancies") == figure(before, "open_vacancies"))
        let hours = Double((aid.need.end - aid.need.start).count) / 60
        #expect(figure(before, "hours_promised") == 0 && figure(after, "hours_promised") == hours)
        let text = try await Program.run("pool", system.path, "--at", Self.at).output
        #expect(text.contains("are promised and nobody is named yet"))
        let moves = try await entries("pool", system.path, "suggestions")
        #expect(!"\(moves)".contains("\"\(VacancyKey(aid.asking, try #require(aid.need.vacancy)))\""))

        let lending = try #require(picture.organisation(aid.loan.lender)?.push)
        let settled = OrganisationPush(
            organisation: lending.organisation, extractedAt: system.now, first: lending.first,
            days: lending.days, sites: lending.sites, units: lending.units, vacancies: lending.vacancies,
            cover: lending.cover, offers: lending.offers, metrics: lending.metrics, includes: [call.id])
        _ = try system.store.receive(settled, by: lender, at: system.now)
        let named = try await entries("pool", system.path, "organisations")
        #expect(figure(named, "open_vacancies") == figure(before, "open_vacancies").map { $0 - 1 })
        #expect(figure(named, "hours_promised") == 0)
    }

    @Test("A call is kept in the store's audit, with role and reason; one that is refused is not")
    func call() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let system = try system(scratch)
        let revision = try system.store.revision()
        let raised = try await Program.run(
            "call", system.path, "--at", Self.at, "--organisation", "NS2", "--role", "director-on-call",
            "--reason", "Two hard gaps tonight", "--json")
        #expect(raised.code == 0, "\(raised.messages)")
        let entry = try #require(try system.store.systemAudit(limit: 1).first)
        #expect(entry.action == .call && entry.reason == "Two hard gaps tonight")
        #expect(entry.by == Actor(organisation: "NS2", role: .directorOnCall))
        let rows = try system.store.systemAudit(limit: 999).count
        #expect(try await Program.run("call", system.path, "--organisation", "XX9").code == 64)
        #expect(try system.store.systemAudit(limit: 999).count == rows)
        #expect(try system.store.revision() == revision + 1)
        try system.store.verifySystemAudit()
    }

    @Test("A store of a system without organisations, and one of an organisation, are no system")
    func strange() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        _ = try SystemStore(path: scratch.path("bare.sqlite"), creating: true)
        _ = try MusterStore(path: scratch.path("trust.sqlite"), creating: true)
        for command in ["pool", "escalation", "risks", "call"] {
            for name in ["bare.sqlite", "trust.sqlite"] {
                let result = try await Program.run(command, scratch.path(name), "--json")
                #expect(result.code == 65, "\(command) \(name)")
            }
        }
    }

    @Test("A system's store is no organisation's: nothing is pushed, listed, booked or confirmed from it")
    func ownStore() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let system = try system(scratch)
        let push = Self.folder + "/pushes/NS2.json"
        _ = try scratch.write("organisation: NS2\ndata-sharing: DSA-1\n", to: "lending.yaml")
        for arguments in [
            ["aid", "list"], ["history"], ["push", push, "--to", "http://127.0.0.1:9"],
        ] {
            let result = try await Program.run(
                arguments + ["--store", system.path, "--json"], environment: ["MUSTER_PUSH_TOKEN": "none"])
            #expect(result.code == 65, "\(arguments): \(result.output)")
            #expect(try result.json()["error"] is String)
        }
        try system.store.verifySystemAudit()
    }
}

@Suite("muster aid")
struct AidTests {
    @Test("Calls and loans of a store are listed, and an empty store has none")
    func list() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        _ = try MusterStore(path: scratch.path("trust.sqlite"), creating: true)
        let record = try await Program.run("aid", "list", "--store", scratch.path("trust.sqlite"), "--json")
            .json()
        #expect((record["calls"] as? [Any])?.isEmpty == true && (record["loans"] as? [Any])?.isEmpty == true)
        #expect(try await Program.run("aid", "list", "--store", scratch.path("none.sqlite")).code == 74)
    }

    @Test(
        "Whoever is told has a name; a reason names nobody; a system that does not answer is 74, and nobody goes"
    )
    func confirm() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let path = scratch.path("trust.sqlite")
        let store = try MusterStore(path: path, creating: true)
        let lending = try scratch.write("organisation: NS1\n", to: "lending.yaml")
        let confirm = ["aid", "confirm", "aid-1", "--store", path, "--by", "Desk", "--lending", lending]
        let environment = ["MUSTER_PUSH_TOKEN": "none"]
        func run(_ more: [String]) async throws -> Int32 {
            try await Program.run(confirm + more, environment: environment).code
        }
        #expect(try await run(["--reason", "agreed", "--send"]) == 64)
        let there = ["--to", "http://127.0.0.1:9"]
        #expect(try await run(there + ["--reason", "agreed with Dr Jones"]) == 64)
        #expect(try await run(there + ["--reason", "agreed"]) == 74)
        #expect(try store.loans().isEmpty)
    }

    @Test("Where nobody could be told who comes, nothing is confirmed: the system is not even asked")
    func nobodyToTell() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let path = scratch.path("trust.sqlite")
        let store = try MusterStore(path: path, creating: true)
        let now = Instant("2026-11-09T06:00Z") ?? Instant(minutes: 0)
        let need = AidRequest.Need(
            vacancy: nil, site: "NS2-H", unit: "QUAY", staffGroup: .registered, grades: ["B5"], skills: [],
            start: now, end: now + ElapsedMinutes(hours: 8), isHard: false)
        let asking = Actor(organisation: "NS2", role: .bankDesk)
        let call = AidRequest(
            id: "aid-1", asking: "NS2", need: need, at: now, by: asking, reason: try Remark("short there"))
        try store.keepCalls([call], at: now)
        let name = try scratch.write("Invented Name\n", to: "name")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: name)
        func confirm(_ mailbox: String) async throws -> (code: Int32, messages: String) {
            let partners = "partners:\n  - organisation: NS2\n\(mailbox)"
            let lending = try scratch.write("organisation: NS1\n\(partners)", to: "lending.yaml")
            let result = try await Program.run(
                ["aid", "confirm", "aid-1", "--store", path, "--by", "Desk", "--reason", "agreed"]
                    + ["--lending", lending, "--to", "http://127.0.0.1:9", "--send", "--name-file", name],
                environment: ["MUSTER_PUSH_TOKEN": "none"])
            return (result.code, result.messages)
        }
        let noMailbox = try await confirm("")
        #expect(noMailbox.code == 64 && noMailbox.messages.contains("Nothing was done"), "\(noMailbox)")
        let noServer = try await confirm("    mailbox: bank@harbour.invalid\n")
        #expect(noServer.code != 74 && noServer.messages.contains("mail.yaml"), "\(noServer)")
        #expect(try store.loans().isEmpty)
    }
}
