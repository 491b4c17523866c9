import Foundation
import Roster
import SystemPool
import Testing

@testable import MusterStore
@testable import MusterWeb

/// `POST /api/v1/aid` and its steps: what the forms do, for programs that send a token.
@Suite struct AidAPITests {
    private static let signed = ["role": "bank-desk", "reason": "Needed tonight"]

    private struct Call: Decodable {
        let id: String
        let asking: String
        let state: AidRequest.State
    }

    private func post(
        _ live: LiveServer, _ path: String, _ fields: [String: String], _ headers: [String: String],
        type: String = "application/json"
    ) async throws -> Answer {
        let body = try JSONEncoder().encode(Self.signed.merging(fields) { _, own in own })
        return try await live.send(
            "POST", "/api/v1/aid\(path)", headers.merging(["Content-Type": type]) { own, _ in own },
            body: body)
    }

    private func call(_ answer: Answer) throws -> Call {
        try JSONDecoder().decode(Call.self, from: Data(answer.text.utf8))
    }

    @Test func bothSidesTakeTheirStepsByToken() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let receiver = try live.bearer(.organisationManager, "NS1")
            let lender = try live.bearer(.organisationManager, "NS2")
            let asked = try await post(live, "", ["vacancy": "NS1/V-NS1"], receiver)
            #expect(asked.status == 201, "\(asked.text)")
            let id = try call(asked).id
            for (step, fields, side, state) in [
                ("offer", ["offer": "NS2/O-NS2"], lender, AidRequest.State.offered),
                ("accept", [:], receiver, .accepted), ("confirm", [:], lender, .confirmed),
            ] {
                let answer = try await post(live, "/\(id)/\(step)", fields, side)
                #expect(answer.status == 200, "\(step): \(answer.text)")
                #expect(try call(answer).state == state)
            }
            #expect(
                try live.records.picture(at: live.clock.now).organisation("NS1")?.vacancies.isEmpty == true)
            try await live.expectRefusal(409) { try await post(live, "/\(id)/confirm", [:], lender) }
            let events = try #require(try live.records.aid().first).events
            #expect(events.map(\.by.organisation) == ["NS1", "NS2", "NS1", "NS2"])
            #expect(try live.denials() == 1)
        }
    }

    @Test func aGapThatOpensAgainIsWhatItWasOnBothSides() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let receiver = try live.bearer(.organisationManager, "NS1")
            let lender = try live.bearer(.organisationManager, "NS2")
            let before = try #require(live.server.watch.view.vacancy(VacancyKey("NS1", "V-NS1")))
            #expect(before.isHard && before.purpose == .frailtyInReach)
            let id = try call(try await post(live, "", ["vacancy": "NS1/V-NS1"], receiver)).id
            for (step, fields, side) in [
                ("offer", ["offer": "NS2/O-NS2"], lender), ("accept", [:], receiver),
                ("confirm", [:], lender),
            ] {
                #expect(try await post(live, "/\(id)/\(step)", fields, side).status == 200)
            }
            // The receiver's next data count on the booking, so they have no gap.
            live.clock.advance(minutes: 5)
            let push = SampleSystem.push("NS1", at: live.clock.now, including: [AidRequest.ID(id)])
            let closed = OrganisationPush(
                organisation: "NS1", extractedAt: live.clock.now, first: push.first, sites: push.sites,
                units: push.units, vacancies: [], includes: push.includes)
            #expect(try await live.push(closed, receiver).status == 201)
            #expect(live.server.watch.view.vacancy(VacancyKey("NS1", "V-NS1")) == nil)
            #expect(try await post(live, "/\(id)/withdraw", [:], lender).status == 200)
            #expect(live.server.watch.view.vacancy(VacancyKey("NS1", "V-NS1")) == before)
            for side in [receiver, lender] {
                let page = try await live.get("/aid", side).text
                #expect(page.contains("Hard gap: frailty in-reach"))
            }
            #expect(try await live.get("/gaps/NS1/V-NS1", receiver).text.contains("frailty in-reach"))
        }
    }

    @Test func aStepOfAnotherOrganisationOrRoleIsRefused() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let receiver = try live.bearer(.organisationManager, "NS1")
            let lender = try live.bearer(.organisationManager, "NS2")
            let vacancy = ["vacancy": "NS1/V-NS1"]
            try await live.expectRefusal(401) { try await post(live, "", vacancy, [:]) }
            for (status, headers) in [
                (403, try live.bearer(.organisationViewer, "NS1")), (401, try live.bearer(.everybody)),
            ] {
                try await live.expectRefusal(status) {
                    try await post(live, "", vacancy, headers)
                }
            }
            try await live.expectRefusal(403) { try await post(live, "", vacancy, lender) }
            let id = try call(try await post(live, "", vacancy, receiver)).id
            // Nobody offers for somebody else, and no step comes before its time.
            try await live.expectRefusal(403) {
                try await post(live, "/\(id)/offer", ["offer": "NS2/O-NS2"], receiver)
            }
            try await live.expectRefusal(409) { try await post(live, "/\(id)/accept", [:], receiver) }
            _ = try await post(live, "/\(id)/offer", ["offer": "NS2/O-NS2"], lender)
            try await live.expectRefusal(403) { try await post(live, "/\(id)/accept", [:], lender) }
            let other = try live.bearer(.organisationManager, "NS3")
            try await live.expectRefusal(404) { try await post(live, "/\(id)/accept", [:], other) }
            #expect(try live.records.aid().map(\.state) == [.offered])
        }
    }

    @Test func whatCannotBeMeantIsRefusedWithAReason() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let receiver = try live.bearer(.organisationManager, "NS1")
            let lender = try live.bearer(.organisationManager, "NS2")
            let vacancy = ["vacancy": "NS1/V-NS1"]
            let id = try call(try await post(live, "", vacancy, receiver)).id
            let cases: [(Int, String, [String: String], [String: String])] = [
                (400, "", [:], receiver), (404, "", ["vacancy": "NS1/none"], receiver),
                (400, "", ["vacancy": "NS1/V-NS1/more"], receiver),
                (409, "", vacancy.merging(["suggestion": "none"]) { own, _ in own }, receiver),
                (400, "", vacancy.merging(["reason": ""]) { own, _ in own }, receiver),
                (400, "", vacancy.merging(["reason": "ask Dr Jones"]) { own, _ in own }, receiver),
                (400, "", vacancy.merging(["role": "system-coordinator"]) { own, _ in own }, receiver),
                (400, "", vacancy.merging(["role": "muster"]) { own, _ in own }, receiver),
                (
                    400, "",
                    vacancy.merging(["reason": String(repeating: "x", count: 301)]) { own, _ in own },
                    receiver
                ),
                (400, "/\(id)/offer", [:], lender), (400, "/\(id)/offer", ["offer": "NS2"], lender),
                (400, "/\(id)/offer", ["offer": "NS2/none"], lender),
                (403, "/\(id)/offer", ["offer": "NS1/O-NS1"], lender),
                (404, "/\(id)/request", [:], receiver), (404, "/\(id)/burn", [:], receiver),
                (404, "/aid-99/withdraw", [:], receiver), (404, "/'%20OR%201=1/withdraw", [:], receiver),
            ]
            for (status, path, fields, headers) in cases {
                try await live.expectRefusal(status, "\(path) \(fields)") {
                    try await post(live, path, fields, headers)
                }
            }
        }
    }

    @Test func whatIsNoFlatObjectOfTextIsRefused() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let receiver = try live.bearer(.organisationManager, "NS1")
            func send(_ body: String, type: String = "application/json", _ headers: [String: String])
                async throws
                -> Answer
            {
                try await live.send(
                    "POST", "/api/v1/aid", headers.merging(["Content-Type": type]) { own, _ in own },
                    body: Data(body.utf8))
            }
            let good = #"{"vacancy":"NS1/V-NS1","role":"bank-desk","reason":"Needed"}"#
            for body in ["", "{", "[]", "null", #"{"vacancy":1}"#, #"{"vacancy":{"a":"b"}}"#, "\u{0}"] {
                try await live.expectRefusal(400, "\(body)") { try await send(body, receiver) }
            }
            try await live.expectRefusal(415) { try await send(good, type: "text/plain", receiver) }
            try await live.expectRefusal(413) {
                try await send(good + String(repeating: " ", count: SubmittedForm.limit), receiver)
            }
            // A browser sends its session's cookie wherever a page of another site bids it.
            let cookie = ["Cookie": try await live.signIn(try live.token(.organisationManager, "NS1"))]
            try await live.expectRefusal(403) { try await send(good, cookie) }
        }
    }

    private static let need = [
        "unit": "NS1/U-NS1", "staff_group": "registered", "grades": "B5, B6", "heads": "2",
        "start": "2026-07-14T19:00+00:00", "end": "2026-07-15T07:00+00:00",
    ]

    @Test func helpIsAskedForWhereNoGapWasSent() async throws {
        struct Asked: Decodable { let items: [Call] }
        try await LiveServer.with { live in
            try await live.fill()
            let receiver = try live.bearer(.organisationManager, "NS1")
            let answer = try await post(live, "/ask", Self.need, receiver)
            #expect(answer.status == 201, "\(answer.text)")
            let asked = try JSONDecoder().decode(Asked.self, from: Data(answer.text.utf8)).items
            let calls = try live.records.aid()
            #expect(asked.map(\.id) == calls.map(\.id.text) && calls.count == 2)
            for call in calls {
                #expect(call.asking == "NS1" && call.need.vacancy == nil && call.need.site == "S-NS1")
                #expect(call.need.grades == ["B5", "B6"] && call.state == .requested)
                // With its offset, whatever the wall clock in London says.
                #expect(call.need.start == Instant("2026-07-14T19:00Z") && call.minutes == 720)
                #expect(call.events.map(\.by) == [Actor(organisation: "NS1", role: .bankDesk)])
            }
            #expect(try live.records.systemAudit(limit: 2).map(\.action) == [.request, .request])
        }
    }

    @Test func whatIsNoNeedIsRefusedByTheNamesOfItsFields() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let receiver = try live.bearer(.organisationManager, "NS1")
            let cases: [(String, [String: String])] = [
                ("unit: choose one of your own.", ["unit": "NS2/U-NS2"]),
                ("staff_group: choose one.", ["staff_group": "nurses"]),
                ("grades: each is", ["grades": ""]), ("skills: each is", ["skills": "iv's"]),
                ("start: a time such as 2027-01-12T22:00+00:00.", ["start": "2026-07-14T20:00"]),
                ("end: a time after start.", ["end": "2026-07-14T20:00+01:00"]),
                ("end: at most 24 hours after start.", ["end": "2026-07-15T20:01+01:00"]),
                (
                    "end: a time that is not over.",
                    ["end": "2026-01-14T07:30Z", "start": "2026-01-14T01:00Z"]
                ),
                ("heads: 1 to 20.", ["heads": "21"]), ("heads: 1 to 20.", ["heads": "0"]),
                ("The reason seems to name", ["reason": "Mrs Smith is away"]),
            ]
            for (fault, fields) in cases {
                let answer = try await live.expectRefusal(400, "\(fields)") {
                    try await post(live, "/ask", Self.need.merging(fields) { $1 }, receiver)
                }
                #expect(answer.text.contains("\"faults\":[\"\(fault)"), "\(answer.text)")
            }
            try await live.expectRefusal(400, "the role of another") {
                try await post(live, "/ask", Self.need.merging(["role": "muster"]) { $1 }, receiver)
            }
            for (status, headers) in [
                (401, [:]), (403, try live.bearer(.organisationViewer, "NS1")),
                (400, try live.bearer(.organisationManager, "NS2")),
            ] {
                try await live.expectRefusal(status) { try await post(live, "/ask", Self.need, headers) }
            }
        }
    }

    /// What cannot be read of one call keeps nobody from seeing the rest, and is told to whoever takes part.
    @Test func aCallThatCannotBeReadIsToldAndCoversNothing() async throws {
        try await LiveServer.with { live in
            let call = try await live.booking()
            let manager = try live.bearer(.organisationManager, "NS1")
            #expect(try await live.get("/api/v1/aid", manager).text.contains("\"unreadable\":[]"))
            #expect(live.server.watch.view.vacancy(VacancyKey("NS1", "V-NS1")) == nil)
            try live.records.write {
                try $0.execute(sql: "UPDATE aid SET document = json_remove(document, '$.events')")
            }
            live.clock.advance(minutes: 5)
            let push = SampleSystem.push("NS1", at: live.clock.now, marker: "Ward 7")
            #expect(try await live.push(push, manager).status == 201)
            #expect(try await live.get("/organisations/NS1", manager).text.contains("Ward 7"))
            #expect(live.server.watch.view.vacancy(VacancyKey("NS1", "V-NS1")) != nil)
            for headers in [
                manager, try live.bearer(.organisationViewer, "NS3"), try live.bearer(.systemCoordinator),
            ] {
                for page in ["/aid", "/overview", "/situation"] {
                    let text = try await live.get(page, headers).text
                    #expect(text.contains("1 call cannot be read: \(call)."), "\(page)")
                }
                let list = try await live.get("/api/v1/aid", headers).text
                #expect(list.contains("\"unreadable\":[\"\(call)\"]") && list.contains("\"items\":[]"))
            }
        }
    }
}
