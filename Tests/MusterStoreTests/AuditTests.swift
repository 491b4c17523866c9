import GRDB
import Roster
import Testing

@testable import MusterStore

@Suite("The audit")
struct AuditTests {
    private let folder: TemporaryFolder
    private let store: MusterStore

    init() throws {
        folder = try TemporaryFolder()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
        try store.publishInvented(try store.saveInvented().id)
    }

    @Test("Who did what, when and why, in order")
    func entries() throws {
        let entries = try store.audit()
        #expect(entries.map(\.number) == [1, 2, 3])
        #expect(entries.map(\.who) == ["R. Example", "Dr Example", "M. Example"])
        #expect(entries.map(\.what) == [.save, .accept, .publish])
        #expect(entries.map(\.subject) == ["rota 1", "gap \(InventedWard.hardGap) of rota 1", "rota 1"])
        #expect(entries[2].why == "agreed at the roster meeting")
        #expect(entries.allSatisfy { $0.at == InventedWard.noon })
    }

    @Test("An audit that nobody touched is proven, and its last hash stands for it")
    func verifies() throws {
        let (rows, hash) = try store.verifyAudit()
        #expect(rows == 3)
        #expect(hash == (try store.audit().last?.hash))
        try store.saveInvented()
        #expect(try store.verifyAudit().hash != hash)
    }

    @Test("An empty audit is proven too")
    func empty() throws {
        let fresh = try MusterStore(path: folder.path("fresh.sqlite"), creating: true)
        #expect(try fresh.verifyAudit().rows == 0)
    }

    @Test(
        "Rows are neither changed nor deleted nor replaced",
        arguments: [
            "UPDATE audit SET why = 'other' WHERE id = 1", "DELETE FROM audit WHERE id = 3",
            "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 1",
        ])
    func appendOnly(sql: String) throws {
        let before = try store.audit()
        let error = #expect(throws: DatabaseError.self) { try store.pool.write { try $0.execute(sql: sql) } }
        #expect(error?.message == "the audit is append-only")
        #expect(try store.audit() == before)
    }

    @Test(
        "Whoever removes the triggers leaves a trace",
        arguments: [
            ("UPDATE audit SET why = 'other' WHERE id = 2", 2, "does not match its hash"),
            ("UPDATE audit SET who = 'X' WHERE id = 1", 1, "does not match its hash"),
            ("UPDATE audit SET at = at + 1 WHERE id = 3", 3, "does not match its hash"),
            ("UPDATE audit SET hash = upper(hash) WHERE id = 3", 3, "does not match its hash"),
            ("DELETE FROM audit WHERE id = 2", 2, "is missing"),
            ("DELETE FROM audit WHERE id = 3", 3, "is missing"),
            ("DELETE FROM audit", 1, "is missing"),
            (
                """
                INSERT INTO audit (at, who, what, subject, why, detail, hash)
                SELECT at, who, what, subject, why, detail, hash FROM audit WHERE id = 3
                """, 4, "does not match its hash"
            ),
        ])
    func tampered(sql: String, row: Int, why: String) throws {
        try store.pool.write { db in
            for trigger in ["changed", "deleted", "replaced"] {
                try db.execute(sql: "DROP TRIGGER audit_is_not_\(trigger)")
            }
            try db.execute(sql: sql)
        }
        #expect(throws: StoreError.auditBroken(path: store.path, row: Int64(row), why: why)) {
            try store.verifyAudit()
        }
    }

    @Test("The chain is SHA-256 over the fields, each with its length, after the hash before")
    func knownHash() {
        // printf '0:1:11:52:ab4:save1:s1:w0:' | sha256sum
        let hash = AuditChain.hash(
            after: "", number: 1, at: Instant(minutes: 5), who: "ab", what: "save", subject: "s", why: "w",
            detail: "")
        #expect(hash == "be6a8a0513b79ec6c879c78f754c438dafb3c5b4222e5185845866a115b7723b")
    }

    @Test("Text moved from one field to the next is another row")
    func fieldBoundaries() {
        func hash(_ subject: String, _ why: String) -> String {
            AuditChain.hash(
                after: "", number: 1, at: Instant(minutes: 5), who: "ab", what: "save", subject: subject,
                why: why, detail: "")
        }
        #expect(hash("ab", "c") != hash("a", "bc"))
        #expect(hash("1:a", "") != hash("", "1:a"))
    }
}
