import Foundation
import Roster
import SystemPool
import Testing

@testable import MusterWeb

/// A gap for which somebody is promised and nobody named yet. Promised is not covered: pages, lists and counts say the same.
@Suite struct PromisedGapTests {
    private struct Organisations: Decodable {
        struct Item: Decodable {
            let id: String
            let vacancies: Int
            let hardVacancies: Int
            let promisedVacancies: Int
        }
        let items: [Item]
    }

    private struct Vacancies: Decodable {
        struct Item: Decodable {
            let id: String
            let promised: [String]
        }
        let items: [Item]
    }

    private func read<Record: Decodable>(_ live: LiveServer, _ path: String) async throws -> Record {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let answer = try await live.get("/api/v1/\(path)", live.bearer(.organisationViewer, "NS1"))
        return try decoder.decode(Record.self, from: Data(answer.text.utf8))
    }

    /// What NS1 has open, as it is counted and as it is listed.
    private func counts(_ live: LiveServer) async throws -> [Int] {
        let own = try #require(
            (try await read(live, "organisations") as Organisations).items.first { $0.id == "NS1" })
        let list = (try await read(live, "vacancies") as Vacancies).items
        return [
            own.vacancies, own.hardVacancies, own.promisedVacancies, list.count,
            list.count { !$0.promised.isEmpty },
        ]
    }

    private func settle(_ live: LiveServer, _ call: AidRequest.ID) async throws {
        live.clock.advance(minutes: 5)
        let push = SampleSystem.push("NS2", at: live.clock.now, including: [call])
        #expect(try await live.push(push, live.bearer(.organisationManager, "NS2")).status == 201)
    }

    @Test func itStandsThereWithItsCallUntilTheLendersDataSayWhoGoes() async throws {
        try await LiveServer.with { live in
            let call = try await live.booking()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let own = try await desk.read("/organisations/NS1")
            #expect(own.contains("/gaps/NS1/V-NS1") && own.contains("Promised, not covered"))
            #expect(own.contains("<a href=\"/aid#a-\(call)\">\(call)</a> Nobody else is asked for it."))
            let gap = try await live.get("/gaps/NS1/V-NS1", desk.session)
            #expect(gap.status == 200 && gap.text.contains("Promised, not covered:"))
            #expect(gap.text.contains("one from Starling Community Trust, Wed 14 Jan 19:30"))
            #expect(!gap.text.contains("Ask the system for help"))
            #expect(try await desk.send("/aid", ["vacancy": "NS1/V-NS1"]).status == 409)
            #expect(try await desk.read("/aid").contains("Promised: the gap counts as open until"))
            #expect(try await counts(live) == [1, 1, 1, 1, 1])

            try await settle(live, call)
            #expect(!(try await desk.read("/organisations/NS1").contains("/gaps/NS1/V-NS1")))
            #expect(try await live.get("/gaps/NS1/V-NS1", desk.session).status == 404)
            #expect(try await desk.read("/aid").contains("Confirmed: the gap is closed."))
            #expect(try await counts(live) == [0, 0, 0, 0, 0])
        }
    }

    /// Of the rest of its time somebody is still to be found.
    @Test func ofAGapThatIsPromisedInPartTheRestIsToBeFilled() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let gap = try #require(live.server.watch.view.vacancy(VacancyKey("NS1", "V-NS1")))
            let key = OfferKey("NS2", "O-NS2")
            let need = AidRequest.Need(gap, from: gap.start, to: gap.start + ElapsedMinutes(240))
            let loan = try #require(live.server.watch.view.picture.loan(of: key, for: need))
            let reason = try Remark("short tonight")
            let (receiver, lender) = (
                Actor(organisation: "NS1", role: .bankDesk), Actor(organisation: "NS2", role: .bankDesk)
            )
            let now = live.clock.now
            let call = try live.records.requestAid(need, for: "NS1", by: receiver, reason: reason, at: now)
            _ = try live.records.advanceAid(
                call.id, .offer, loan: loan, by: lender, reason: reason, at: now)
            for (step, by) in [(AidStep.accept, receiver), (.confirm, lender)] {
                _ = try live.records.advanceAid(call.id, step, loan: nil, by: by, reason: reason, at: now)
            }
            try await live.server.watch.refresh()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            for page in ["/organisations/NS1", "/gaps/NS1/V-NS1"] {
                let text = try await desk.read(page)
                #expect(text.contains("Still to fill: <a href=\"/gaps/NS1/V-NS1.240\">"), "\(page)")
            }
            #expect(try await desk.read("/gaps/NS1/V-NS1").contains("12 hours"))
            #expect(!(try await desk.read("/gaps/NS1/V-NS1").contains("Ask the system for help")))
            #expect(try await desk.read("/gaps/NS1/V-NS1.240").contains("Ask the system for help"))
            #expect(try await counts(live) == [1, 1, 1, 1, 1])
            let headers = try live.bearer(.organisationViewer, "NS1")
            let part = try await live.get("/api/v1/vacancies/NS1/V-NS1.240", headers).text
            #expect(part.contains("\"promised\":[]"))
            #expect(try await desk.send("/aid", ["vacancy": "NS1/V-NS1.240"]).status == 303)
        }
    }
}
