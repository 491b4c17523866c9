import Foundation
import GRDB
import Roster
import SystemPool

extension MusterStore {
    /// Keeps a push so that it can be sent now or later. The same again changes nothing, but for one that was refused: it
    /// waits once more, for what it was refused for may have been put right.
    ///
    /// - Parameter dataSharing: The data sharing agreement under which it goes.
    /// - Returns: Whether it waits because of this.
    /// - Throws: ``StoreRefusal/otherPush(_:extractedAt:)`` if another of the same extract time was kept before.
    @discardableResult
    public func enqueue(
        _ push: OrganisationPush, under dataSharing: String? = nil, at: Instant
    ) throws -> Bool {
        let bytes = try push.json()
        let hash = AuditChain.sha256(bytes)
        return try write { db in
            let known = try String.fetchOne(
                db, sql: "SELECT hash FROM push_queue WHERE organisation = ? AND extracted = ?",
                arguments: [push.organisation.text, push.extractedAt.minutes])
            if let known {
                guard known == hash else {
                    throw StoreRefusal.otherPush(push.organisation, extractedAt: push.extractedAt)
                }
                try db.execute(
                    sql: """
                        UPDATE push_queue SET state = 'waiting', bytes = ?, data_sharing = ?
                        WHERE organisation = ? AND extracted = ? AND state = 'refused'
                        """,
                    arguments: [bytes, dataSharing, push.organisation.text, push.extractedAt.minutes])
                return db.changesCount > 0
            }
            try db.execute(
                sql: """
                    INSERT INTO push_queue (organisation, extracted, hash, bytes, state, kept, data_sharing)
                    VALUES (?, ?, ?, ?, 'waiting', ?, ?)
                    """,
                arguments: [
                    push.organisation.text, push.extractedAt.minutes, hash, bytes, at.minutes, dataSharing,
                ])
            return true
        }
    }

    /// Every push, the newest first.
    public func queuedPushes() throws -> [QueuedPush] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM push_queue ORDER BY extracted DESC, organisation").map(
                QueuedPush.init)
        }
    }

    /// Those that wait, the oldest first, each with its bytes.
    public func waitingPushes() throws -> [(push: QueuedPush, bytes: Data)] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM push_queue WHERE state = 'waiting' ORDER BY extracted, organisation"
            ).map { row in (push: try QueuedPush(row), bytes: row["bytes"] as Data) }
        }
    }

    /// Keeps what an attempt came to. Bytes of what will not be sent again are dropped.
    public func record(_ state: QueuedPush.State, answer: String, of push: QueuedPush, at: Instant) throws {
        try write { db in
            try db.execute(
                sql: """
                    UPDATE push_queue SET state = ?, answer = ?, tried = ?, attempts = attempts + 1,
                        bytes = CASE WHEN ? = 'waiting' THEN bytes END
                    WHERE organisation = ? AND extracted = ? AND state = 'waiting'
                    """,
                arguments: [
                    state.rawValue, answer, at.minutes, state.rawValue, push.organisation.text,
                    push.extractedAt.minutes,
                ])
        }
    }

    /// The key from which this organisation's pseudonyms are made; it is made once and never leaves the store.
    public func pseudonymKey() throws -> Data {
        if let key = try read({ try Self.pseudonymKey($0) }) { return key }
        var generator = SystemRandomNumberGenerator()
        let fresh = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        return try write { db in
            try db.execute(
                sql: "INSERT INTO pseudonym_key (id, key) VALUES (1, ?) ON CONFLICT DO NOTHING",
                arguments: [fresh])
            return try Self.pseudonymKey(db) ?? fresh
        }
    }

    private static func pseudonymKey(_ db: Database) throws -> Data? {
        try Data.fetchOne(db, sql: "SELECT key FROM pseudonym_key WHERE id = 1")
    }
}

extension QueuedPush {
    init(_ row: Row) throws {
        self.init(
            organisation: Organisation.ID(row["organisation"]),
            extractedAt: Instant(minutes: row["extracted"]),
            hash: row["hash"], state: try Stored.word(row, "state"), keptAt: Instant(minutes: row["kept"]),
            dataSharing: row["data_sharing"],
            attempts: row["attempts"], triedAt: Stored.instant(row, "tried"), answer: row["answer"])
    }
}
