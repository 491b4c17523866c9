import Foundation
import Roster
import Testing

@testable import MusterWeb

@Suite struct AccessStoreTests {
    private let now = Instant(minutes: 1_000_000)

    private func withStore(_ body: (AccessStore, String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "muster-access-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = AccessStore.path(beside: folder.appending(path: "system.sqlite").path)
        try body(try AccessStore(path: path), path)
    }

    private func token(_ store: AccessStore, minutes: Int = 60) throws -> AccessToken {
        try store.createToken(
            label: "Desk", role: .organisationViewer, organisations: ["NS1"],
            expires: now + ElapsedMinutes(minutes),
            by: "test", at: now)
    }

    @Test func aTokenIsAdmittedUntilItExpires() throws {
        try withStore { store, _ in
            let token = try token(store)
            #expect(try store.admit(token, at: now)?.organisations == ["NS1"])
            #expect(try store.admit(token, at: now + .init(59)) != nil)
            #expect(try store.admit(token, at: now + .init(60)) == nil)
        }
    }

    @Test func aWrongSecretIsNotAdmitted() throws {
        try withStore { store, _ in
            let token = try token(store)
            #expect(try store.admit(AccessToken(id: token.id, secret: .random()), at: now) == nil)
            #expect(try store.admit(.random(), at: now) == nil)
        }
    }

    @Test func revokingEndsATokenAndItsSessions() throws {
        try withStore { store, _ in
            let token = try token(store)
            let session = try store.openSession(try #require(try store.admit(token, at: now)), at: now)
            #expect(try store.holder(of: session, at: now) != nil)
            try store.revokeToken(token.id, by: "test", reason: "lost", at: now)
            #expect(try store.admit(token, at: now) == nil)
            #expect(try store.holder(of: session, at: now) == nil)
            #expect(throws: AccessError.unknownToken("none")) {
                try store.revokeToken("none", by: "test", reason: "lost", at: now)
            }
        }
    }

    @Test func aSessionEndsAtTheLatestWithItsToken() throws {
        try withStore { store, _ in
            let brief = try store.openSession(
                try #require(try store.admit(try token(store), at: now)), at: now)
            #expect(try store.holder(of: brief, at: now + .init(59)) != nil)
            #expect(try store.holder(of: brief, at: now + .init(60)) == nil)
            let long = try #require(try store.admit(try token(store, minutes: 10_000), at: now))
            let session = try store.openSession(long, at: now)
            #expect(try store.holder(of: session, at: now + AccessStore.sessionLength) == nil)
        }
    }

    @Test func noSecretIsInTheFileAndOnlyItsOwnerReadsIt() throws {
        try withStore { store, path in
            let token = try token(store)
            let session = try store.openSession(try #require(try store.admit(token, at: now)), at: now)
            _ = try store.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(bytes.range(of: Data(token.id.utf8)) != nil)
            #expect(bytes.range(of: Data(token.secret.text.utf8)) == nil)
            #expect(bytes.range(of: Data(session.text.utf8)) == nil)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func scopeBelongsToOrganisationRolesAlone() throws {
        try withStore { store, _ in
            #expect(throws: AccessError.scopeMissing(.organisationManager)) {
                try store.createToken(
                    label: "x", role: .organisationManager, organisations: [], expires: now, by: "test",
                    at: now)
            }
            #expect(throws: AccessError.scopeNotTaken(.systemCoordinator)) {
                try store.createToken(
                    label: "x", role: .systemCoordinator, organisations: ["NS1"], expires: now, by: "test",
                    at: now)
            }
        }
    }

    @Test func whatWasDoneIsAuditedAndTheAuditOnlyGrows() throws {
        try withStore { store, _ in
            let token = try token(store)
            try store.revokeToken(token.id, by: "chief", reason: "lost", at: now)
            #expect(try store.audit(last: 9).map(\.what) == ["revoked", "created"])
            #expect(try store.audit(last: 1).first?.who == "chief")
            #expect(throws: (any Error).self) {
                try store.pool.write { try $0.execute(sql: "DELETE FROM audit") }
            }
            #expect(throws: (any Error).self) {
                try store.pool.write { try $0.execute(sql: "UPDATE audit SET who = 'nobody'") }
            }
        }
    }

    @Test(arguments: [
        "", "muster", "muster__", "muster_0_0", "Bearer x",
        "muster_abcdefabcdef_" + String(repeating: "G", count: 64),
        "muster_abcdefabcdef_" + String(repeating: "a", count: 65),
        "muster_ABCDEFABCDEF_" + String(repeating: "a", count: 64),
    ])
    func aTextOfAnotherFormIsNoToken(text: String) { #expect(AccessToken(text) == nil) }

    @Test func aTokenIsReadBackFromItsText() throws {
        let token = AccessToken.random()
        #expect(try #require(AccessToken(token.description)).secret == token.secret)
    }
}
