import Foundation
import MusterStore
import Roster
import SystemPool
import Testing

@testable import MusterLink

/// The lender's last word. `fay` is free on both days; `dee` cannot be spared on Monday.
@Suite("Confirming a loan")
struct LoanConfirmationTests {
    private let trust: InventedTrust

    init() throws { trust = try InventedTrust() }

    private func confirm(
        _ server: ScriptedServer, _ id: AidRequest.ID = "aid-1", person: Person.ID? = nil
    ) throws -> (call: AidRequest, person: Person.ID) {
        try LoanConfirmation(
            store: trust.store, exchange: server.exchange(with: trust.store, at: InventedTrust.now),
            terms: InventedTrust.terms, now: InventedTrust.now
        ).confirm(id, person: person, by: "Desk", role: .bankDesk, reason: InventedTrust.reason)
    }

    /// Whether nobody goes, and the system was told nothing.
    private func expectNothing(_ server: ScriptedServer, _ location: SourceLocation = #_sourceLocation) throws
    {
        #expect(try trust.store.loans().filter(\.isLive).isEmpty, sourceLocation: location)
        #expect(server.paths == ["/api/v1/aid?page=1&size=200"], sourceLocation: location)
    }

    @Test(
        "Whoever was offered is found by their pseudonym, checked, kept, and the system hears role and reason alone"
    )
    func confirms() throws {
        let call = try InventedTrust.call(source: trust.source("fay"))
        let confirmed = try call.step(.confirm, by: InventedTrust.own)
        let server = ScriptedServer([try .lists(call), try ScriptedServer.tells(confirmed)])
        let result = try confirm(server)
        #expect(result.person == "fay")
        #expect(result.call == confirmed)
        #expect(try trust.store.calls() == [confirmed])
        let loan = try #require(try trust.store.loans().first)
        #expect((loan.person, loan.receiver, loan.isLive) == ("fay", "NS2", true))
        #expect(loan.away.leaves == call.need.start - ElapsedMinutes(30))
        #expect(server.paths.last == "/api/v1/aid/aid-1/confirm")
        let body = try #require(server.asked.withLock { $0.last?.body })
        #expect(
            try JSONDecoder().decode([String: String].self, from: body)
                == ["role": "bank-desk", "reason": "agreed by telephone"])
        // The same again asks for the calls and does nothing more.
        let again = ScriptedServer([try .lists(confirmed)])
        #expect(try confirm(again).person == "fay")
        #expect(again.paths.count == 1)
    }

    @Test("What the system refuses is taken back: the person is free again")
    func refused() throws {
        let call = try InventedTrust.call(source: trust.source("fay"))
        let server = ScriptedServer([
            try .lists(call), ScriptedServer.says(409, #"{"detail":"The gap is closed already."}"#),
        ])
        #expect(throws: LinkError.refused(status: 409, said: "The gap is closed already.")) {
            try confirm(server)
        }
        #expect(try trust.store.loans().map(\.isLive) == [false])
        #expect(try trust.store.audit().suffix(2).map(\.what) == [.lend, .cancel])
    }

    @Test("If nobody answers, what was decided stands and the same command ends it")
    func silence() throws {
        let call = try InventedTrust.call(source: trust.source("fay"))
        #expect(throws: LinkError.self) {
            try confirm(ScriptedServer([try .lists(call), ScriptedServer.silence]))
        }
        #expect(try trust.store.loans().map(\.isLive) == [true])
        let confirmed = try call.step(.confirm, by: InventedTrust.own)
        _ = try confirm(ScriptedServer([try .lists(call), try ScriptedServer.tells(confirmed)]))
        #expect(try trust.store.loans().map(\.person) == ["fay"])
        #expect(try trust.store.audit().count { $0.what == .lend } == 1)
    }

    @Test("A call that was confirmed on the system's page only lacks who goes")
    func confirmedElsewhere() throws {
        let call = try InventedTrust.call(source: trust.source("fay"), until: .confirm)
        let server = ScriptedServer([try .lists(call)])
        #expect(try confirm(server).person == "fay")
        #expect(try trust.store.loans().map(\.isLive) == [true])
        #expect(server.paths.count == 1)
    }

    @Test("Nobody goes whose unit would fall below its cover")
    func stripped() throws {
        let call = try InventedTrust.call(source: trust.source("dee"), on: InventedTrust.monday)
        let server = ScriptedServer([try .lists(call)])
        let refusal = #expect(throws: LoanRefusal.self) { try confirm(server) }
        guard case .unlawful("aid-1", let sentences) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(sentences.contains { $0.contains("Oak ward would fall below its own cover") })
        try expectNothing(server)
    }

    @Test("Nobody goes without their rest, on either side, travel included")
    func rest() throws {
        // `dee` works on Monday until 20:00 and would leave half an hour before 07:00: ten and a half hours later.
        let early = ScriptedServer([
            try .lists(InventedTrust.call(source: trust.source("dee"), from: 420, to: 900))
        ])
        #expect(throws: LoanRefusal.self) { try confirm(early) }
        try expectNothing(early)
        let later = try InventedTrust.call(source: trust.source("dee"), from: 450, to: 900)
        _ = try confirm(
            ScriptedServer([
                try .lists(later), try ScriptedServer.tells(later.step(.confirm, by: InventedTrust.own)),
            ]))
    }

    @Test("Nobody goes to two places at once")
    func twice() throws {
        let first = try InventedTrust.call(source: trust.source("fay"), until: .confirm)
        _ = try confirm(ScriptedServer([try .lists(first)]))
        let second = try InventedTrust.call("aid-2", source: trust.source("fay"), from: 720, to: 1080)
        let refusal = #expect(throws: LoanRefusal.self) {
            try confirm(ScriptedServer([try ScriptedServer.lists([first, second])]), "aid-2")
        }
        #expect(refusal?.description.contains("lent elsewhere") == true)
        #expect(try trust.store.loans().map(\.call) == ["aid-1"])
    }

    @Test("A head of a unit needs to be told who goes; a person who was offered is not exchanged")
    func names() throws {
        let surplus = try InventedTrust.call()
        let nameless = ScriptedServer([try .lists(surplus)])
        #expect(throws: LoanRefusal.personNeeded("aid-1")) { try confirm(nameless) }
        try expectNothing(nameless)
        let offered = ScriptedServer([try .lists(InventedTrust.call(source: trust.source("fay")))])
        #expect(throws: LoanRefusal.otherPerson("aid-1", "eli")) { try confirm(offered, person: "eli") }
        try expectNothing(offered)
        let stranger = ScriptedServer([
            try .lists(InventedTrust.call(source: .person(Pseudonym(of: "fay", key: [1, 2, 3]))))
        ])
        #expect(throws: LoanRefusal.personNeeded("aid-1")) { try confirm(stranger) }
        try expectNothing(stranger)
        let confirmed = try surplus.step(.confirm, by: InventedTrust.own)
        let named = ScriptedServer([try .lists(surplus), try ScriptedServer.tells(confirmed)])
        #expect(try confirm(named, person: "fay").person == "fay")
    }

    @Test("Only the lender confirms, only a call that is known, and only once it is accepted")
    func states() throws {
        let unknown = ScriptedServer([try .lists(InventedTrust.call())])
        #expect(throws: LoanRefusal.unknownCall("aid-9", known: ["aid-1"])) { try confirm(unknown, "aid-9") }
        let foreign = ScriptedServer([try .lists(InventedTrust.call(lender: "NS3"))])
        #expect(throws: LoanRefusal.notTheLender("aid-1")) { try confirm(foreign) }
        let offered = ScriptedServer([try .lists(InventedTrust.call(until: .offer))])
        #expect(throws: LoanRefusal.notInState("aid-1", .offered, needed: .accepted)) { try confirm(offered) }
        for server in [unknown, foreign, offered] { try expectNothing(server) }
    }

    @Test("An empty store can check nobody")
    func empty() throws {
        let folder = try Scratch()
        let store = try MusterStore(path: folder.path("empty.sqlite"), creating: true)
        let server = ScriptedServer([try .lists(InventedTrust.call())])
        #expect(throws: LoanRefusal.nothingKnown(path: store.path)) {
            try LoanConfirmation(
                store: store, exchange: server.exchange(with: store, at: InventedTrust.now),
                terms: InventedTrust.terms, now: InventedTrust.now
            ).confirm("aid-1", person: "fay", by: "Desk", role: .bankDesk, reason: InventedTrust.reason)
        }
    }
}

extension ScriptedServer.Said {
    fileprivate static func lists(_ call: AidRequest) throws -> Self { try ScriptedServer.lists([call]) }
}
