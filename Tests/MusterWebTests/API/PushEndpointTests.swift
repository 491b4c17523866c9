import Foundation
import Roster
import SystemPool
import Testing

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
