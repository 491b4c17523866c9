import GRDB
import Roster
import SystemPool

extension SystemStore {
    /// Appends an audit row in the transaction of what it tells about; what changes the records is a
    /// new revision.
    static func note(
        _ db: Database, _ at: Instant, _ by: Actor?, _ action: SystemAuditEntry.Action, _ subject: String,
        _ reason: String
    ) throws {
        try note(db, at, by, token: by?.token, action, subject, reason)
    }

    private static func note(
        _ db: Database, _ at: Instant, _ by: Actor?, token: String?, _ action: SystemAuditEntry.Action,
        _ subject: String, _ reason: String
    ) throws {
        let last = try Row.fetchOne(db, sql: "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
        let number = (last?["id"] ?? 0) + 1 as Int64
        let hash = hash(
            after: last?["hash"] ?? AuditChain.root, number, at, by?.organisation?.text, by?.role.rawValue,
            token, action.rawValue, subject, reason)
        try db.execute(
            sql: """
                INSERT INTO audit (id, at, organisation, role, token, action, subject, reason, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                number, at.minutes, by?.organisation?.text, by?.role.rawValue, token, action.rawValue,
                subject, reason, hash,
            ])
        if action.changesRecords { try db.execute(sql: "UPDATE revision SET number = number + 1") }
    }

    private static func hash(
        after previous: String, _ number: Int64, _ at: Instant, _ organisation: String?, _ role: String?,
        _ token: String?, _ action: String, _ subject: String, _ reason: String
    ) -> String {
        // Of a row without a token it is what it was before tokens were kept.
        let who = "\(organisation ?? "")/\(role ?? "")\(token.map { "/\($0)" } ?? "")"
        return AuditChain.hash(
            after: previous, number: number, at: at, who: who, what: action, subject: subject, why: reason,
            detail: "")
    }

    public func recordDenial(token: String?, of subject: String, why: String, at: Instant) throws {
        // What an intruder sent is kept short and on one line.
        func short(_ text: String) -> String {
            String(
                text.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(200).map(
                    Character.init))
        }
        try write { try Self.note($0, at, nil, token: token, .denied, short(subject), short(why)) }
    }

    public func recordCall(by: Actor, reason: Remark?, at: Instant) throws {
        try write {
            try Self.note(
                $0, at, by, .call, "situation pack", reason?.text ?? "no reason given")
        }
    }

    public func callsRaised(since: Instant) throws -> [SystemAuditEntry] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM audit WHERE action = 'call' AND at >= ? ORDER BY id DESC",
                arguments: [since.minutes]
            ).map(Self.entry)
        }
    }

    public func systemAudit(limit: Int) throws -> [SystemAuditEntry] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM audit ORDER BY id DESC LIMIT ?", arguments: [max(0, limit)]
            ).map(Self.entry)
        }
    }

    private static func entry(_ row: Row) throws -> SystemAuditEntry {
        let role = (row["role"] as String?).flatMap(JobRole.init)
        let organisation = (row["organisation"] as String?).map { Organisation.ID($0) }
        return SystemAuditEntry(
            number: row["id"], at: Instant(minutes: row["at"]),
            by: role.map { Actor(organisation: organisation, role: $0) }, token: row["token"],
            action: try Stored.word(row, "action"), subject: row["subject"], reason: row["reason"],
            hash: row["hash"])
    }

    /// Reads the whole audit and proves that nobody changed it outside Muster; returns the number of rows.
    ///
    /// - Throws: ``StoreError/auditBroken(path:row:why:)``.
    @discardableResult
    public func verifySystemAudit() throws -> Int64 {
        try read { db in
            var rows: Int64 = 0
            var hash = AuditChain.root
            let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM audit ORDER BY id")
            while let row = try cursor.next() {
                rows += 1
                guard row["id"] == rows else {
                    throw StoreError.auditBroken(path: path, row: rows, why: "is missing")
                }
                hash = Self.hash(
                    after: hash, rows, Instant(minutes: row["at"]), row["organisation"], row["role"],
                    row["token"], row["action"], row["subject"], row["reason"])
                guard row["hash"] == hash else {
                    throw StoreError.auditBroken(path: path, row: rows, why: "does not match its hash")
                }
            }
            return rows
        }
    }
}
