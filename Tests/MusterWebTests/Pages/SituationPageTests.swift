import Roster
import SystemPool
import Testing

@testable import MusterWeb

/// The situation on one page, and the calls that anybody who takes part may raise.
@Suite struct SituationPageTests {
    private static let draft = ["organisation": "NS1", "reason": "Two hard gaps tonight"]

    @Test func aCallIsRaisedByAnOrganisationAndReachesEverybody() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            #expect(try await desk.read("/situation").contains("No call was raised."))
            #expect(try await desk.send("/situation", Self.draft).status == 303)
            let audit = try #require(try live.records.systemAudit(limit: 1).first)
            #expect(audit.action == .call && audit.by == Actor(organisation: "NS1", role: .bankDesk))
            #expect(audit.reason == "Two hard gaps tonight")
            for role in [AccessRole.organisationViewer, .systemCoordinator] {
                let headers = try role == .systemCoordinator ? live.bearer(role) : live.bearer(role, "NS2")
                for page in ["/situation", "/overview"] {
                    let text = try await live.get(page, headers).text
                    #expect(text.contains("Two hard gaps tonight"), "\(page) of \(role)")
                }
            }
            #expect(try await !live.get("/public").text.contains("Two hard gaps tonight"))
        }
    }

    @Test func aCallIsForgottenAfterADay() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let actor = Actor(organisation: "NS1", role: .matron)
            let reason = try Remark("Two hard gaps tonight")
            try live.records.recordCall(
                by: actor, reason: reason, at: live.clock.now - ElapsedMinutes(hours: 24))
            #expect(try live.records.callsRaised(since: live.clock.now - SystemView.raisedFor).count == 1)
            #expect(
                try live.records.callsRaised(
                    since: live.clock.now - SystemView.raisedFor + ElapsedMinutes(1)
                ).isEmpty)
        }
    }

    @Test func onlyWhoMayActForAnOrganisationRaisesACallForIt() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            for (status, field, value) in [
                (403, "organisation", "NS2"), (403, "organisation", ""), (403, "organisation", "XX9"),
                (400, "reason", ""), (400, "reason", "ring 07700 900123"), (400, "role", "muster"),
            ] {
                let answer = try await desk.send(
                    "/situation", Self.draft.merging([field: value]) { _, new in new })
                #expect(answer.status == status, "\(field) \(value)")
            }
            let viewer = try await Browser(live, .organisationViewer, ["NS1"])
            #expect(try await !viewer.read("/situation").contains("Raise a call"))
            #expect(try await viewer.send("/situation", Self.draft).status == 403)
            #expect(try live.records.callsRaised(since: Instant(minutes: 0)).isEmpty)
            // For the whole system nobody has to say for whom.
            let coordinator = try await Browser(live, .systemCoordinator, [])
            let answer = try await coordinator.send(
                "/situation", ["reason": "Ambulances wait", "role": "system-coordinator"])
            #expect(answer.status == 303)
            #expect(try live.records.callsRaised(since: Instant(minutes: 0)).map(\.by?.organisation) == [nil])
        }
    }

    @Test func whatIsNotWorkedOutIsNotSaidToBeNone() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let view = live.server.watch.view
            func page(_ solution: PoolSolution?) -> String {
                var view = view
                view.solution = solution
                let visitor = Visitor(
                    role: .systemCoordinator, organisations: nil, name: "", label: "", formKey: nil)
                return SituationPage(view: view, visitor: visitor).page.content.source
            }
            #expect(page(nil).contains("Not worked out yet.") && !page(nil).contains("&lt;"))
            let none = PoolSolution(suggestions: [], results: [], organisations: [])
            #expect(page(none).contains("No lawful move would lower risk."))
        }
    }
}
