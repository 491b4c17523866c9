import Foundation
import Roster
import SystemPool
import Testing

@testable import MusterWeb

/// `POST /api/v1/escalation/{organisation}/stand-down`: what the form does, for programs that send a token.
@Suite struct EscalationAPITests {
    private func standDown(
        _ live: LiveServer, _ headers: [String: String], of organisation: String = "NS1",
        _ fields: [String: String] = [:]
    ) async throws -> Answer {
        let signed = ["role": "matron", "reason": "Two came early"]
        return try await live.send(
            "POST", "/api/v1/escalation/\(organisation)/stand-down",
            headers.merging(["Content-Type": "application/json"]) { own, _ in own },
            body: try JSONEncoder().encode(signed.merging(fields) { _, own in own }))
    }

    @Test func aLevelIsStoodDownByTokenOnceItsFiguresAreUnderIt() async throws {
        try await LiveServer.with { live in
            let manager = try live.bearer(.organisationManager, "NS1")
            try await live.expectRefusal(409, "no level stands") { try await standDown(live, manager) }
            _ = try await live.push(SampleSystem.push(missing: 3, at: live.clock.now), manager)
            try await live.expectRefusal(409, "its figures reach it") { try await standDown(live, manager) }
            live.clock.advance(minutes: 30)
            _ = try await live.push(SampleSystem.push(missing: 0, at: live.clock.now), manager)

            for (status, headers, organisation, fields) in [
                (401, [:], "NS1", [:]), (403, try live.bearer(.organisationViewer, "NS1"), "NS1", [:]),
                (404, try live.bearer(.organisationManager, "NS2"), "NS1", [:]), (404, manager, "NS9", [:]),
                (400, manager, "NS1", ["role": "system-coordinator"]), (400, manager, "NS1", ["reason": ""]),
                (400, manager, "NS1", ["reason": "Mrs Smith came"]),
            ] as [(Int, [String: String], String, [String: String])] {
                try await live.expectRefusal(status, "\(organisation) \(fields)") {
                    try await standDown(live, headers, of: organisation, fields)
                }
            }
            #expect(try live.records.escalation(at: live.clock.now).first?.level == 2)

            let answer = try await standDown(live, manager)
            #expect(answer.status == 200, "\(answer.text)")
            // What stands then, as the list has it.
            #expect(!answer.text.contains("\"point\":{") && answer.text.contains("\"why\":\"stood-down\""))
            #expect(answer.text.contains("\"reason\":\"Two came early\""))
            #expect(try await live.get("/api/v1/escalation", manager).text.contains(answer.text))
            let last = try #require(try live.records.systemAudit(limit: 1).first)
            #expect(last.action == .standDown && last.reason == "Two came early")
            #expect(last.by == Actor(organisation: "NS1", role: .matron))
        }
    }
}
