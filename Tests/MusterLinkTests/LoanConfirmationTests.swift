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
    /// The same with `fay` on duty on Monday too: one more than is asked for.
    private let roomy: InventedTrust

    init() throws {
        trust = try InventedTrust()
        roomy = try InventedTrust(also: ["fay"])
    }

    private func confirm(
        _ server: ScriptedServer, _ id: AidRequest.ID = "aid-1", person: Person.ID? = nil,
        wasAsked: Bool = false, in trust: InventedTrust? = nil, terms: LendingTerms = InventedTrust.terms
    ) throws -> (call: AidRequest, person: Person.ID) {
        let trust = trust ?? self.trust
        return try LoanConfirmation(
            store: trust.store, exchange: server.exchange(with: trust.store, at: InventedTrust.now),
            terms: terms, now: InventedTrust.now
        ).confirm(
            id, person: person, wasAsked: wasAsked, by: "Desk", role: .bankDesk,
            reason: InventedTrust.reason)
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
                == ["role": "bank-desk", "reason": "agreed by telephone", "seen": call.standing])
        // The same again asks for the calls and does nothing more.
        let again = ScriptedServer([try .lists(confirmed)])
        #expect(try confirm(again).person == "fay")
        #expect(again.paths.count == 1)
    }

    @Test(
        "What the system refuses is taken back: the person is free again",
        arguments: [400, 401, 403, 409, 422])
    func refused(status: Int) throws {
        let call = try InventedTrust.call(source: trust.source("fay"))
        let server = ScriptedServer([
            try .lists(call), ScriptedServer.says(status, #"{"detail":"The gap is closed already."}"#),
        ])
        #expect(throws: LinkError.refused(status: status, said: "The gap is closed already.")) {
            try confirm(server)
        }
        #expect(try trust.store.loans().map(\.isLive) == [false])
        #expect(try trust.store.audit().suffix(2).map(\.what) == [.lend, .cancel])
    }

    @Test(
        "If nobody answers, or a server in trouble, the step may have been taken: what was decided stands, and the same command ends it",
        arguments: [
            ScriptedServer.silence, ScriptedServer.says(500), ScriptedServer.says(502, "<html>"),
            ScriptedServer.says(504), ScriptedServer.says(302), ScriptedServer.says(200, "<html>"),
        ])
    func silence(answer: ScriptedServer.Said) throws {
        let call = try InventedTrust.call(source: trust.source("fay"))
        let error = #expect(throws: UnsettledLoan.self) {
            try confirm(ScriptedServer([try .lists(call), answer]))
        }
        #expect(error?.description.contains("Whether aid-1 is confirmed is not known") == true)
        #expect(error?.description.contains("fay stays recorded as lent") == true)
        #expect(try trust.store.loans().map(\.isLive) == [true])
        let confirmed = try call.step(.confirm, by: InventedTrust.own)
        _ = try confirm(ScriptedServer([try .lists(call), try ScriptedServer.tells(confirmed)]))
        #expect(try trust.store.loans().map(\.person) == ["fay"])
        #expect(try trust.store.audit().count { $0.what == .lend } == 1)
    }

    @Test("Refused, because an earlier try that nothing was heard of was taken after all, the loan stands")
    func takenMeanwhile() throws {
        let call = try InventedTrust.call(source: trust.source("fay"))
        let confirmed = try call.step(.confirm, by: InventedTrust.own)
        let server = ScriptedServer([
            try .lists(call), ScriptedServer.says(409, #"{"detail":"It is confirmed."}"#),
            try .lists(confirmed),
        ])
        let result = try confirm(server)
        #expect(result.call == confirmed && result.person == "fay")
        #expect(try trust.store.loans().map(\.isLive) == [true])
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
        guard case .unlawful(let refused, let sentences) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(refused.id == "aid-1")
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
    }

    @Test("Of a unit that lends a head, one goes who is on duty there then")
    func headOfUnit() throws {
        // Free on that day, and no head of the unit.
        try expect("fay has no duty in OAK at that time", on: InventedTrust.call())
        try expect(
            "fay has no duty in ELM at that time",
            on: InventedTrust.call(source: .surplus("ELM"), on: InventedTrust.monday), in: roomy)
        // The head that was offered was inducted, and who is named now was not.
        try expect(
            "No induction of fay at NS2-H is known",
            on: InventedTrust.call(on: InventedTrust.monday, needsInduction: true), in: roomy)
        let monday = try InventedTrust.call(on: InventedTrust.monday)
        let confirmed = try monday.step(.confirm, by: InventedTrust.own)
        let named = ScriptedServer([try .lists(monday), try ScriptedServer.tells(confirmed)])
        #expect(try confirm(named, person: "fay", in: roomy).person == "fay")
    }

    @Test("Nobody goes who is not of the grade, the staff group or the skills that are asked for")
    func fit() throws {
        for source in [Offer.Source.surplus("OAK"), try roomy.source("fay")] {
            func expect(_ sentence: String, on call: AidRequest) throws {
                try self.expect(sentence, on: call, in: roomy)
            }
            let monday = InventedTrust.monday
            try expect(
                "fay is of grade B5, and B6 or B7 is asked for",
                on: InventedTrust.call(source: source, grades: ["B6", "B7"], on: monday))
            try expect(
                "fay is not of the staff group medical",
                on: InventedTrust.call(source: source, group: .medical, on: monday))
            // Where several professions are asked for, the grades decide.
            try expect(
                "fay is of grade B5, and B6 is asked for",
                on: InventedTrust.call(source: source, group: .other, grades: ["B6"], on: monday))
            try expect(
                "fay does not hold chemo through \(monday)",
                on: InventedTrust.call(source: source, skills: ["chemo", "iv"], on: monday))
        }
        // At home alone.
        try expect(
            "eli does not hold iv through \(InventedTrust.monday)",
            on: InventedTrust.call(on: InventedTrust.monday), person: "eli", wasAsked: true,
            in: InventedTrust(also: ["eli"]))
        // In date when it begins, and not to its end.
        try expect(
            "gil does not hold iv through \(InventedTrust.tuesday)",
            on: InventedTrust.call(
                source: trust.source("gil"), on: InventedTrust.monday, from: 1_200, to: 1_920), person: nil)
    }

    @Test("Nobody goes by their pseudonym who does not agree to it any more")
    func consent() throws {
        try expect(
            "eli has not agreed to be lent on 2026-11-02",
            on: InventedTrust.call(source: trust.source("eli"), skills: [], on: InventedTrust.monday),
            person: nil)
        try expect(
            "gil has not agreed to be lent on 2026-11-03",
            on: InventedTrust.call(source: trust.source("gil"), skills: []), person: nil)
        // Who was offered was said to agree: their own organisation's list tells, and nobody beside it.
        try expect(
            "eli has not agreed to be lent on 2026-11-02",
            on: InventedTrust.call(source: trust.source("eli"), skills: [], on: InventedTrust.monday),
            person: "eli", wasAsked: true)
    }

    @Test(
        "Whoever is named for a unit is listed as agreeing, or was asked, which the audit keeps as a plain statement"
    )
    func consentOfAHead() throws {
        let roomy = try InventedTrust(also: ["eli"])
        let call = try InventedTrust.call(skills: [], on: InventedTrust.monday)
        try expect(
            "That eli has agreed to be lent on 2026-11-02 is not known. Ask them; then say so with --agreed, or name them "
                + "under people in lending.yaml", on: call, person: "eli", in: roomy)
        let confirmed = try call.step(.confirm, by: InventedTrust.own)
        let server = ScriptedServer([try .lists(call), try ScriptedServer.tells(confirmed)])
        #expect(try confirm(server, person: "eli", wasAsked: true, in: roomy).person == "eli")
        let entry = try #require(try roomy.store.audit().last { $0.what == .lend })
        #expect(
            entry.why
                == "agreed by telephone; whoever goes was asked and has agreed, states the bank desk")
        // The system hears what it heard before.
        let body = try #require(server.asked.withLock { $0.last?.body })
        #expect(
            try JSONDecoder().decode([String: String].self, from: body)["reason"] == "agreed by telephone")
    }

    @Test(
        "Nobody goes on a day on which something that they need for it has lapsed, and it is said what, at home alone"
    )
    func passport() throws {
        func terms(_ standings: [StaffPassport.Item: StaffPassport.Standing]) -> LendingTerms {
            LendingTerms(
                organisation: InventedTrust.own, agreement: "sharing",
                partners: InventedTrust.terms.partners, volunteers: InventedTrust.terms.volunteers,
                passports: ["fay": StaffPassport(standings)])
        }
        let (monday, tuesday) = (InventedTrust.monday, InventedTrust.tuesday)
        let offered = try InventedTrust.call(source: trust.source("fay"))
        for (item, words) in [
            (StaffPassport.Item.registration, "professional registration"), (.rightToWork, "right to work"),
            (.mandatoryTraining, "mandatory training"),
        ] {
            try expect(
                "fay may not go on \(tuesday): \(words) valid through \(monday) only", on: offered,
                person: nil, terms: terms([item: .through(monday), .dbs: .through(tuesday)]))
        }
        try expect(
            "fay may not go on \(tuesday): no occupational health clearance", on: offered, person: nil,
            terms: terms([.occupationalHealth: .notHeld, .smartcard: .held]))
        // Whoever is named for a unit as well.
        try expect(
            "fay may not go on \(monday): right to work valid through \(monday.advanced(by: -1)) only",
            on: InventedTrust.call(on: monday), wasAsked: true, in: roomy,
            terms: terms([.rightToWork: .through(monday.advanced(by: -1))]))
        // To the end: a night ends on the day after.
        try expect(
            "fay may not go on \(tuesday): DBS check valid through \(monday) only",
            on: InventedTrust.call(source: trust.source("fay"), on: monday, from: 1_200, to: 1_920),
            person: nil, terms: terms([.dbs: .through(monday)]))
        let confirmed = try offered.step(.confirm, by: InventedTrust.own)
        let server = ScriptedServer([try .lists(offered), try ScriptedServer.tells(confirmed)])
        #expect(try confirm(server, terms: terms([.registration: .through(tuesday)])).person == "fay")
    }

    /// Whether the call is refused with that sentence alone, and nothing is changed.
    private func expect(
        _ sentence: String, on call: AidRequest, person: Person.ID? = "fay", wasAsked: Bool = false,
        in trust: InventedTrust? = nil, terms: LendingTerms = InventedTrust.terms,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let server = ScriptedServer([try .lists(call)])
        let refusal = #expect(throws: LoanRefusal.self, sourceLocation: location) {
            try confirm(server, person: person, wasAsked: wasAsked, in: trust, terms: terms)
        }
        guard case .unlawful(_, let sentences) = refusal else {
            Issue.record("\(String(describing: refusal))", sourceLocation: location)
            return
        }
        #expect(sentences == [sentence], sourceLocation: location)
        #expect(try (trust ?? self.trust).store.loans().isEmpty, sourceLocation: location)
        #expect(server.paths.count == 1, sourceLocation: location)
    }

    @Test("Of a unit with one to spare one goes: the next is not at home any more, whatever the rota says")
    func oneAfterTheOther() throws {
        let calls = try ["dee", "fay"].enumerated().map { number, person in
            try InventedTrust.call(
                AidRequest.ID("aid-\(number + 1)"), source: roomy.source(Person.ID(person)),
                on: InventedTrust.monday)
        }
        let first = try calls[0].step(.confirm, by: InventedTrust.own)
        _ = try confirm(
            ScriptedServer([try ScriptedServer.lists(calls), try ScriptedServer.tells(first)]), in: roomy)
        let second = ScriptedServer([try ScriptedServer.lists([first, calls[1]])])
        let refusal = #expect(throws: LoanRefusal.self) { try confirm(second, "aid-2", in: roomy) }
        #expect(refusal?.description.contains("Oak ward would fall below its own cover") == true)
        #expect(try roomy.store.loans().map(\.person) == ["dee"])
    }

    @Test("Nobody is lent by a rota that has run out")
    func noRota() throws {
        let day = InventedTrust.monday.advanced(by: 30)
        let server = ScriptedServer([try .lists(InventedTrust.call(source: trust.source("fay"), on: day))])
        let refusal = #expect(throws: LoanRefusal.self) {
            try LoanConfirmation(
                store: trust.store, exchange: server.exchange(with: trust.store, at: InventedTrust.now),
                terms: InventedTrust.terms, now: London.instant(day, minute: 360)
            ).confirm("aid-1", person: nil, by: "Desk", role: .bankDesk, reason: InventedTrust.reason)
        }
        guard case .noValidData(trust.store.path, let sentences) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(sentences.contains { $0.contains("holds a duty") })
        try expectNothing(server)
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
