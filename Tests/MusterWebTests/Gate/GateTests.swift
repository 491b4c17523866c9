import Foundation
import SystemPool
import Testing

@testable import MusterWeb

@Suite struct GateTests {
    @Test func aSessionIsOpenedByATokenAndClosedBySigningOut() async throws {
        try await LiveServer.with { live in
            let token = try live.token(.systemCoordinator)
            let answer = try await live.post("/sign-in", form: ["token": token])
            #expect(answer.status == 303)
            let cookie = try #require(answer.header("Set-Cookie"))
            for part in ["__Host-muster=", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
                #expect(cookie.contains(part))
            }
            #expect(!cookie.contains(token.suffix(64)))
            let session = ["Cookie": String(cookie.prefix { $0 != ";" })]
            #expect(try await live.get("/", session).header("Location") == "/overview")

            let page = try await live.get("/sign-in", session).text
            let key = try #require(page.firstMatch(of: /name="key" value="([0-9a-f]{64})"/)).1
            #expect(try await live.post("/sign-out", form: [:], session).status == 403)
            #expect(try await live.post("/sign-out", form: ["key": "0"], session).status == 403)
            #expect(try await live.get("/", session).header("Location") == "/overview")
            #expect(try await live.post("/sign-out", form: ["key": String(key)], session).status == 303)
            #expect(try await live.get("/", session).header("Location") == "/public")
        }
    }

    @Test func aProblemIsShownInTheFrameOfWhoeverIsSignedIn() async throws {
        try await LiveServer.with { live in
            let session = ["Cookie": try await live.signIn(try live.token(.systemCoordinator))]
            let lost = try await live.get("/organisations/none", session)
            #expect(lost.status == 404 && lost.text.contains("Sign out") && lost.text.contains("/overview"))
            let anybody = try await live.get("/organisations/none")
            #expect(anybody.status == 401 && !anybody.text.contains("Sign out"))
        }
    }

    @Test func anyMethodThatIsToChangeSomethingIsAudited() async throws {
        try await LiveServer.with { live in
            let headers = try live.bearer(.systemCoordinator)
            for method in ["PUT", "DELETE", "PATCH"] {
                try await live.expectRefusal(405, "\(method)") {
                    try await live.send(method, "/api/v1/aid", headers, body: nil)
                }
            }
        }
    }

    /// The address is there: to say that it is not would send whoever asks looking elsewhere.
    @Test func aMethodThatAnAddressDoesNotTakeIsToldTheOthers() async throws {
        try await LiveServer.with { live in
            let headers = try live.bearer(.systemCoordinator)
            for (method, path, allowed) in [
                ("POST", "/api/v1/vacancies", "GET, HEAD"), ("GET", "/api/v1/pushes", "POST"),
                ("DELETE", "/api/v1/vacancies/NS1/V-NS1", "GET, HEAD"),
                ("PUT", "/api/v1//aid", "GET, HEAD, POST"), ("POST", "/overview", "GET, HEAD"),
                ("GET", "/aid/aid-1/accept", "POST"), ("OPTIONS", "/api/v1/aid", "GET, HEAD, POST"),
            ] {
                let answer = try await live.send(method, path, headers, body: nil)
                #expect(answer.status == 405 && answer.header("Allow") == allowed, "\(method) \(path)")
                let type = path.hasPrefix("/api/") ? "application/problem+json" : "text/html"
                #expect(answer.header("Content-Type")?.hasPrefix(type) == true, "\(method) \(path)")
            }
            let form = try await live.get("/sign-out", headers)
            #expect(form.status == 405 && form.text.contains("This address takes what a form sends"))
            for path in ["/api/v1/none", "/none", "/api/v1/vacancies/NS1", "/aid/aid-1"] {
                for method in ["GET", "DELETE"] {
                    #expect(try await live.send(method, path, headers, body: nil).status == 404, "\(path)")
                }
            }
            #expect(try await live.send("HEAD", "/overview", headers, body: nil).status == 200)
        }
    }

    /// What was done and what was refused can be traced to the token, by a program and by a browser's session.
    @Test func everyRowOfTheAuditHasTheTokenThatAskedForIt() async throws {
        try await LiveServer.with { live in
            func known() throws -> [String: String] {
                let tokens = try live.access.tokens()
                return Dictionary(uniqueKeysWithValues: tokens.map { ($0.id, $0.label) })
            }
            let manager = try live.bearer(.organisationManager, "NS1")
            #expect(try await live.push(SampleSystem.push("NS1"), manager).status == 201)
            #expect(try await live.push(SampleSystem.push("NS1"), manager).status == 200)
            let program = ["Content-Type": "application/json"].merging(manager) { own, _ in own }
            let form = ["vacancy": "NS1/V-NS1", "role": "bank-desk", "reason": "Needed tonight"]
            let asked = try await live.send(
                "POST", "/api/v1/aid", program, body: try JSONEncoder().encode(form))
            #expect(asked.status == 201 && !asked.text.contains("token"), "\(asked.text)")
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            for (path, fields) in [
                ("/aid/aid-1/withdraw", [:]),
                ("/escalation/NS1/opel", ["level": "3", "framework": "2024-26"]),
                ("/situation", ["organisation": "NS1"]),
            ] {
                let answer = try await desk.send(path, fields)
                #expect(answer.status == 303, "\(path) \(answer.text)")
            }
            #expect(try await live.get("/administration", desk.session).status == 403)
            #expect(try await live.get("/administration").status == 401)
            let rows = try live.records.systemAudit(limit: 99)
            let names = try known()
            func label(_ action: SystemAuditEntry.Action) -> [String?] {
                rows.filter { $0.action == action }.map { $0.token.map { names[$0] ?? "unknown" } }
            }
            for action in [SystemAuditEntry.Action.push, .replay, .request] {
                #expect(label(action) == ["Test desk"], "\(action)")
            }
            for action in [SystemAuditEntry.Action.withdraw, .opel, .call] {
                #expect(label(action) == ["Desk"], "\(action)")
            }
            #expect(label(.denied) == [nil, "Desk"])
            let page = try await live.get("/administration", live.bearer(.administrator)).text
            let token = try #require(rows.first { $0.action == .opel }?.token)
            #expect(page.contains("bank desk, NS1, token \(token)"))
            #expect(page.contains("<td data-label=\"Who\">token \(token)</td>"))
        }
    }

    @Test func aFormFromAnotherSiteIsRefused() async throws {
        try await LiveServer.with { live in
            let form = ["token": try live.token(.systemCoordinator)]
            #expect(
                try await live.post("/sign-in", form: form, ["Sec-Fetch-Site": "cross-site"]).status == 403)
            #expect(
                try await live.post("/sign-in", form: form, ["Origin": "https://evil.example"]).status == 403)
            #expect(try await live.post("/sign-in", form: form, ["Content-Type": "text/plain"]).status == 415)
            let own = ["Origin": "http://127.0.0.1:\(live.port)", "Sec-Fetch-Site": "same-origin"]
            #expect(try await live.post("/sign-in", form: form, own).status == 303)
        }
    }

    @Test func tenFailuresCloseTheDoorToGuessesFromAnAddressAndToNobodyElseThere() async throws {
        try await LiveServer.with { live in
            let good = try live.token(.systemCoordinator)
            for _ in 1...Attempts.limit {
                #expect(try await live.post("/sign-in", form: ["token": "muster_guess"]).status == 401)
            }
            let closed = try await live.post("/sign-in", form: ["token": "muster_guess"])
            #expect(closed.status == 429)
            let seconds = try #require(closed.header("Retry-After"))
            #expect(Int(seconds) ?? 0 > 200)
            #expect(try await live.get("/", ["Authorization": "Bearer muster_guess"]).status == 429)
            let elsewhere = ["X-Forwarded-For": "198.51.100.7, 203.0.113.9"]
            #expect(try await live.post("/sign-in", form: ["token": "muster_guess"], elsewhere).status == 401)
            // Whoever holds a token does not wait for those who guess from the same address.
            #expect(try await live.post("/sign-in", form: ["token": good]).status == 303)
            #expect(
                try await live.get("/", ["Authorization": "Bearer \(good)"]).header("Location") == "/overview"
            )
        }
    }

    @Test func aFloodOfDenialsIsCountedAndHidesNobodyWhoIsKnown() async throws {
        try await LiveServer.with { live in
            let before = try live.denials()
            for _ in 1...Denials.limit + 20 { #expect(try await live.get("/overview").status == 401) }
            #expect(try live.denials() - before == Denials.limit)
            let viewer = try live.bearer(.organisationViewer, "NS1")
            #expect(try await live.get("/administration", viewer).status == 403)
            #expect(try live.denials() - before == Denials.limit + 1)
            // Guesses of tokens have their own rows.
            #expect(try await live.get("/", ["Authorization": "Bearer muster_guess"]).status == 401)
            #expect(try live.denials() - before == Denials.limit + 2)
            live.clock.advance(minutes: 1)
            #expect(try await live.get("/overview").status == 401)
            #expect(try live.denials() - before >= Denials.limit + 3)
        }
    }

    @Test func aTokenWorksUntilItIsRevokedOrExpires() async throws {
        try await LiveServer.with { live in
            let token = try live.token(.systemCoordinator)
            let bearer = ["Authorization": "Bearer \(token)"]
            #expect(try await live.get("/", bearer).header("Location") == "/overview")
            live.clock.advance(minutes: 60)
            let expired = try await live.get("/", bearer)
            #expect(expired.status == 401)
            #expect(expired.header("WWW-Authenticate")?.contains("invalid_token") == true)
        }
    }

    @Test func everyAnswerCarriesTheHeadersThatProtectIt() async throws {
        try await LiveServer.with { live in
            for path in ["/", "/sign-in", "/none", StaticFile.style.path, "/api/v1/none"] {
                let answer = try await live.get(path)
                let policy = try #require(answer.header("Content-Security-Policy"))
                #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
                #expect(answer.header("X-Content-Type-Options") == "nosniff")
                #expect(!answer.text.contains("<script>") && !answer.text.contains("style=\""))
            }
        }
    }

    /// A program may keep what it has and ask whether it is still so; a browser that many use keeps nothing of who signed in.
    @Test func whatASessionSeesIsKeptNowhere() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let session = ["Cookie": try await live.signIn(try live.token(.systemCoordinator))]
            let bearer = try live.bearer(.systemCoordinator)
            for path in [
                "/overview", "/public", "/organisations/NS1", "/organisations/none", "/none",
                "/administration",
                "/api/v1/vacancies",
            ] {
                #expect(try await live.get(path, session).header("Cache-Control") == "no-store", "\(path)")
                let program = try await live.get(path, bearer).header("Cache-Control")
                #expect(program == "private, no-cache", "\(path)")
            }
            #expect(try await live.get("/public").header("Cache-Control") == "private, no-cache")
        }
    }

    @Test(arguments: [
        "/%2e%2e/%2e%2e/etc/passwd", "/static/%00", "/.git/config",
        "/organisations/%5c..%5cx", "/organisations/x%0d%0aSet-Cookie:%20a=b",
    ])
    func aPathTrickFindsNothingAndIsAudited(path: String) async throws {
        try await LiveServer.with { live in
            let headers = try live.bearer(.systemCoordinator)
            try await live.expectRefusal(404, "\(path)", type: "text/html") {
                try await live.get(path, headers)
            }
        }
    }

    @Test func anAddressThatIsSimplyNotThereIsNoDenial() async throws {
        try await LiveServer.with { live in
            let answer = try await live.get("/none")
            #expect(answer.status == 404)
            let denials = try live.denials()
            #expect(denials == 0)
        }
    }

    @Test func programsGetProblemsAsJSON() async throws {
        try await LiveServer.with { live in
            let answer = try await live.get("/api/v1/none")
            #expect(answer.status == 404)
            #expect(answer.header("Content-Type") == "application/problem+json")
            #expect(answer.text.contains("\"status\":404"))
        }
    }

    @Test func aFormThatIsTooLargeIsRefused() async throws {
        try await LiveServer.with { live in
            let form = ["token": String(repeating: "x", count: SubmittedForm.limit)]
            let answer = try await live.post("/sign-in", form: form)
            #expect(answer.status == 413)
        }
    }

    @Test func aLongPathTakesNobodyOutOfTheAudit() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let path = String(repeating: "/", count: 250) + "organisations/NS2"
            let headers = try live.bearer(.organisationViewer, "NS1")
            #expect(try await live.get("/\(path)", headers).status == 404)
            let row = try live.records.systemAudit(limit: 9).first { $0.action == .denied }
            #expect(row?.subject.contains("127.0.0.1") == true, "\(row?.subject ?? "no row")")
        }
    }
}
