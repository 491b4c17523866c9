import Foundation
import GRDB
import Roster
import SystemPool
import Testing

@testable import MusterStore
@testable import MusterWeb

/// A bad push is refused with a reason and an audit row, and changes nothing else.
@Suite struct PushEndpointTests {
    @Test func aPushIsTakenOnceAndTheSameAgainChangesNothing() async throws {
        try await LiveServer.with { live in
            let manager = try live.bearer(.organisationManager, "NS1")
            let first = try await live.push(SampleSystem.push("NS1"), manager)
            #expect(first.status == 201)
            let revision = try live.records.revision()
            let again = try await live.push(SampleSystem.push("NS1"), manager)
            #expect(again.status == 200)
            #expect(again.text.contains("\"repeated\""))
            #expect(try live.records.revision() == revision)
            let row = try #require(try live.records.systemAudit(limit: 1).first)
            #expect(row.action == .replay && row.by?.organisation == "NS1")
        }
    }

    @Test func anOlderOrContradictingExtractIsRefused() async throws {
        try await LiveServer.with { live in
            let manager = try live.bearer(.organisationManager, "NS1")
            _ = try await live.push(SampleSystem.push("NS1"), manager)
            try await live.expectRefusal(409) {
                try await live.push(
                    SampleSystem.push("NS1", at: SampleSystem.now - ElapsedMinutes(5)), manager)
            }
            try await live.expectRefusal(409) {
                try await live.push(SampleSystem.push("NS1", marker: "Ward 5"), manager)
            }
            try await live.expectRefusal(400) {
                try await live.push(
                    SampleSystem.push("NS1", at: SampleSystem.now + ElapsedMinutes(600)), manager)
            }
        }
    }

    /// As the steps of aid: a session is no proof of who wrote what a browser sends.
    @Test func aBrowsersSessionPushesNothing() async throws {
        try await LiveServer.with { live in
            let session = try await live.signIn(try live.token(.organisationManager, "NS1"))
            let answer = try await live.expectRefusal(403) {
                try await live.push(SampleSystem.push("NS1"), ["Cookie": session])
            }
            #expect(answer.text.contains("Authorization: Bearer"))
        }
    }

    @Test func onlyAManagerOfTheOrganisationMayPush() async throws {
        try await LiveServer.with { live in
            let push = SampleSystem.push("NS1")
            try await live.expectRefusal(401) { try await live.push(push, [:]) }
            try await live.expectRefusal(403) {
                try await live.push(push, try live.bearer(.organisationViewer, "NS1"))
            }
            try await live.expectRefusal(403) {
                try await live.push(push, try live.bearer(.organisationManager, "NS2"))
            }
            try await live.expectRefusal(403) { try await live.push(push, try live.bearer(.administrator)) }
            try await live.expectRefusal(403) {
                try await live.push(SampleSystem.push("XX9"), try live.bearer(.organisationManager, "NS1"))
            }
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "{\"schema\":1}", "{\"organisation\":\"NS1\",\"name\":\"Ann Example\"}",
    ])
    func whatIsNoPushIsRefused(body: String) async throws {
        try await LiveServer.with { live in
            let headers = try live.bearer(.organisationManager, "NS1").merging(
                ["Content-Type": "application/json"]) { own, _ in own }
            try await live.expectRefusal(422) {
                try await live.send("POST", "/api/v1/pushes", headers, body: Data(body.utf8))
            }
        }
    }

    @Test func aTimeThatCouldNotBeReadBackIsRefused() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let push = SampleSystem.push("NS2", at: SampleSystem.now + ElapsedMinutes(5))
            let offer = try #require(push.offers.first)
            let text = String(decoding: try push.json(), as: UTF8.self).replacing(
                "\(offer.earliestStart)\",\"grade", with: "9999-12-30T00:00+00:00\",\"grade"
            ).replacing("\(offer.latestEnd)", with: "9999-12-31T23:59-14:00")
            #expect(text.contains("\"earliest_start\":\"9999-12-30T00:00+00:00\""))
            let headers = try live.bearer(.organisationManager, "NS2").merging(
                ["Content-Type": "application/json"]) { own, _ in own }
            live.clock.advance(minutes: 5)
            let answer = try await live.expectRefusal(422) {
                try await live.send("POST", "/api/v1/pushes", headers, body: Data(text.utf8))
            }
            #expect(answer.text.contains("/offers/0/latest_end"))
        }
    }

    /// A store may hold one from before such times were refused.
    @Test func aPushThatCannotBeReadBackIsOfItsOrganisationAlone() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let push = SampleSystem.push("NS2", at: SampleSystem.now + ElapsedMinutes(5))
            let vacancy = try #require(push.vacancies.first)
            let damaged = OrganisationPush(
                organisation: "NS2", extractedAt: push.extractedAt, first: push.first, sites: push.sites,
                units: push.units,
                vacancies: [
                    Vacancy(
                        id: vacancy.id, site: vacancy.site, unit: vacancy.unit,
                        staffGroup: vacancy.staffGroup, grades: vacancy.grades, start: vacancy.start,
                        end: Instant(minutes: 5_000_000_000), missing: 1)
                ])
            live.clock.advance(minutes: 5)
            _ = try live.records.receive(damaged, by: .muster, at: live.clock.now)
            // All others go on as before.
            let manager = try live.bearer(.organisationManager, "NS1")
            let next = SampleSystem.push("NS1", at: live.clock.now, marker: "Ward 7")
            #expect(try await live.push(next, manager).status == 201)
            #expect(try await live.get("/organisations/NS1", manager).text.contains("Ward 7"))
            let coordinator = try live.bearer(.systemCoordinator)
            for path in ["/overview", "/organisations/NS2"] {
                let page = try await live.get(path, coordinator).text
                #expect(page.contains("cannot be read") && !page.contains("unit of NS2"), "\(path)")
            }
            // It starts again with the same store, and the next push mends it.
            _ = try SystemServer(
                records: live.records, access: live.access, now: { live.clock.now },
                solve: { SampleSystem.solution($0) })
            live.clock.advance(minutes: 5)
            let mended = SampleSystem.push("NS2", at: live.clock.now)
            #expect(try await live.push(mended, try live.bearer(.organisationManager, "NS2")).status == 201)
            #expect(try await live.get("/organisations/NS2", coordinator).text.contains("unit of NS2"))
        }
    }

    @Test func aPushThatIsKeptIsNeverCalledUndone() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            // From now on a level cannot be read, so neither can the view.
            try live.records.write { db in
                try db.execute(sql: "UPDATE standing SET document = '{}'")
            }
            live.clock.advance(minutes: 5)
            let push = SampleSystem.push("NS1", at: live.clock.now, marker: "Ward 7")
            let manager = try live.bearer(.organisationManager, "NS1")
            let answer = try await live.push(push, manager)
            #expect(answer.status == 201, "\(answer.text)")
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let opel = try await desk.send("/escalation/NS1/opel", ["level": "3", "framework": "2024-26"])
            #expect(opel.status == 303, "\(opel.text)")
            #expect(try live.denials() == 0)
            // The view follows as soon as it can.
            try live.records.write { try $0.execute(sql: "DELETE FROM standing WHERE document = '{}'") }
            try await live.server.watch.refresh()
            #expect(try await live.get("/organisations/NS1", manager).text.contains("Ward 7"))
        }
    }

    @Test func anotherTypeAndTooManyBytesAreRefused() async throws {
        try await LiveServer.with { live in
            let manager = try live.bearer(.organisationManager, "NS1")
            let text = manager.merging(["Content-Type": "text/plain"]) { own, _ in own }
            try await live.expectRefusal(415) {
                try await live.send("POST", "/api/v1/pushes", text, body: Data("{}".utf8))
            }
            let json = manager.merging(["Content-Type": "application/json"]) { own, _ in own }
            let large = Data(repeating: UInt8(ascii: " "), count: OrganisationPush.byteLimit + 1)
            try await live.expectRefusal(413) {
                try await live.send("POST", "/api/v1/pushes", json, body: large)
            }
        }
    }
}
