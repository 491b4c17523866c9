import Roster
import Testing

@testable import MusterWeb

@Suite struct ChangesTests {
    enum End: CaseIterable { case revoked, expired, signedOut }

    private func beat(_ live: LiveServer) async {
        for _ in 0..<Changes.beat { await live.server.watch.changes.tick() }
    }

    /// An open page of whoever is no longer let in is told nothing more, and so asks and learns it.
    @Test(arguments: End.allCases)
    func aStreamEndsWithTheAccessOfWhoeverListens(_ end: End) async throws {
        try await LiveServer.with { live in
            let changes = live.server.watch.changes
            let token = try live.access.createToken(
                label: "Desk", role: .systemCoordinator, organisations: [],
                expires: live.clock.now + ElapsedMinutes(60),
                by: "test", at: live.clock.now)
            var headers = ["Authorization": "Bearer \(token)"]
            if end == .signedOut { headers = ["Cookie": try await live.signIn(token.description)] }
            async let stream = live.get("/events", headers)
            while await changes.count == 0 { await Task.yield() }
            await beat(live)
            #expect(await changes.count == 1, "whoever is let in listens on")
            switch end {
            case .revoked:
                try live.access.revokeToken(token.id, by: "test", reason: "lost", at: live.clock.now)
            case .expired: live.clock.advance(minutes: 60)
            case .signedOut:
                let page = try await live.get("/sign-in", headers).text
                let key = try #require(page.firstMatch(of: /name="key" value="([0-9a-f]{64})"/)).1
                #expect(try await live.post("/sign-out", form: ["key": String(key)], headers).status == 303)
            }
            await beat(live)
            #expect(await changes.count == 0)
            // So that a stream which goes on fails this test and does not hold it up.
            await changes.finish()
            let answer = try await stream
            #expect(answer.status == 200 && answer.text.hasPrefix("event: revision\n"))
            #expect(try await live.get("/events", headers).status == 401)
        }
    }
}
