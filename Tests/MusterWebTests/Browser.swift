import Roster
import SystemPool
import Testing

@testable import MusterWeb

/// A browser that has signed in.
struct Browser {
    let live: LiveServer
    let session: [String: String]

    init(_ live: LiveServer, _ role: AccessRole, _ organisations: [String] = []) async throws {
        self.live = live
        let token = try live.access.createToken(
            label: "Desk", role: role, organisations: organisations, expires: live.clock.now + .init(600),
            by: "test", at: live.clock.now)
        session = ["Cookie": try await live.signIn(token.description)]
    }

    func read(_ path: String) async throws -> String { try await live.get(path, session).text }

    func send(
        _ path: String, _ fields: [String: String], role: JobRole = .bankDesk,
        reason: String = "Needed tonight"
    ) async throws -> Answer {
        let key = try #require(try await read("/aid").firstMatch(of: /name="key" value="([0-9a-f]{64})"/))
            .1
        let signed = ["key": String(key), "role": role.rawValue, "reason": reason]
        return try await live.post(path, form: fields.merging(signed) { own, _ in own }, session)
    }
}

extension LiveServer {
    /// Both sides of a call of NS1 for its gap, which nobody has answered yet.
    func asked() async throws -> (receiver: Browser, lender: Browser, call: String) {
        try await fill()
        let receiver = try await Browser(self, .organisationManager, ["NS1"])
        let lender = try await Browser(self, .organisationManager, ["NS2"])
        let asked = try await receiver.send("/aid", ["vacancy": "NS1/V-NS1"])
        let call = try #require(asked.header("Location"), "\(asked.text)").replacing("/aid#a-", with: "")
        return (receiver, lender, call)
    }
}
