import Foundation
import GRDB
import Roster

extension AccessStore {
    /// Makes a token. Its text is nowhere kept: this is the only time that it can be shown.
    public func createToken(
        label: String, role: AccessRole, organisations: [String], expires: Instant, by who: String,
        at now: Instant
    ) throws -> AccessToken {
        guard role.isScoped || organisations.isEmpty else { throw AccessError.scopeNotTaken(role) }
        guard !role.isScoped || !organisations.isEmpty else { throw AccessError.scopeMissing(role) }
        let token = AccessToken.random()
        let salt = hexadecimal(randomBytes(16))
        try pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO token (id, salt, hash, label, role, organisations, created, expires)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    token.id, salt, token.secret.hash(salt: salt), label, role.rawValue,
                    try Self.json(organisations), now.minutes, expires.minutes,
                ])
            let scope = organisations.isEmpty ? "" : " for \(organisations.joined(separator: ", "))"
            try AccessEvent(
                who: who, what: .created, subject: "token \(token.id)",
                why: "\(role.name)\(scope), until \(expires)"
            ).append(db, at: now)
        }
        return token
    }

    /// Ends a token and its sessions at once.
    public func revokeToken(_ id: String, by who: String, reason: String, at now: Instant) throws {
        try pool.write { db in
            try db.execute(
                sql: "UPDATE token SET revoked = coalesce(revoked, ?) WHERE id = ?",
                arguments: [now.minutes, id])
            guard db.changesCount == 1 else { throw AccessError.unknownToken(id) }
            try db.execute(sql: "DELETE FROM session WHERE token = ?", arguments: [id])
            try AccessEvent(who: who, what: .revoked, subject: "token \(id)", why: reason).append(db, at: now)
        }
    }

    /// Every token that was ever made, the newest first.
    public func tokens() throws -> [TokenRecord] {
        try pool.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM token ORDER BY created DESC, id").map(TokenRecord.init)
        }
    }

    /// The token, if its secret is right and it is valid now.
    func admit(_ token: AccessToken, at now: Instant) throws -> TokenRecord? {
        try pool.read { db in
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT * FROM token WHERE id = ?", arguments: [token.id]),
                token.secret.matches(hash: row["hash"], salt: row["salt"])
            else { return nil }
            let record = try TokenRecord(row)
            return record.isValid(at: now) ? record : nil
        }
    }

    /// Whether the token of that id lets somebody in.
    func isValid(_ id: String, at now: Instant) throws -> Bool {
        try pool.read { db in
            let row = try Row.fetchOne(db, sql: "SELECT * FROM token WHERE id = ?", arguments: [id])
            return try row.map { try TokenRecord($0).isValid(at: now) } ?? false
        }
    }

    // MARK: - Sessions

    /// Lets a browser in for a working day, at most as long as the token.
    func openSession(_ token: TokenRecord, at now: Instant) throws -> Secret {
        let secret = Secret.random()
        let expires = min(now + Self.sessionLength, token.expires)
        try pool.write { db in
            try db.execute(sql: "DELETE FROM session WHERE expires <= ?", arguments: [now.minutes])
            try db.execute(
                sql: "INSERT INTO session (hash, token, expires) VALUES (?, ?, ?)",
                arguments: [Self.sessionHash(secret), token.id, expires.minutes])
            try AccessEvent(who: Visitor(token).name, what: .signedIn, subject: "session", why: token.label)
                .append(db, at: now)
        }
        return secret
    }

    /// Who holds a session, if it and its token are still valid.
    func holder(of secret: Secret, at now: Instant) throws -> TokenRecord? {
        try pool.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT token.* FROM session JOIN token ON token.id = session.token
                    WHERE session.hash = ? AND session.expires > ?
                    """,
                arguments: [Self.sessionHash(secret), now.minutes])
            guard let record = try row.map(TokenRecord.init), record.isValid(at: now) else { return nil }
            return record
        }
    }

    func closeSession(_ secret: Secret, at now: Instant) throws {
        try pool.write { db in
            let token = try String.fetchOne(
                db, sql: "DELETE FROM session WHERE hash = ? RETURNING token",
                arguments: [Self.sessionHash(secret)])
            guard let token else { return }
            try AccessEvent(who: "token \(token)", what: .signedOut, subject: "session", why: "")
                .append(db, at: now)
        }
    }

    static let sessionLength = ElapsedMinutes(12 * 60)

    /// The secret is looked up by it, so it has no salt.
    private static func sessionHash(_ secret: Secret) -> String { secret.hash(salt: "session") }

    private static func json(_ organisations: [String]) throws -> String {
        String(decoding: try JSONEncoder().encode(organisations), as: UTF8.self)
    }
}

extension TokenRecord {
    init(_ row: Row) throws {
        let role: String = row["role"]
        let organisations: String = row["organisations"]
        self.init(
            id: row["id"], label: row["label"], role: AccessRole(rawValue: role) ?? .everybody,
            organisations: try JSONDecoder().decode([String].self, from: Data(organisations.utf8)),
            created: Instant(minutes: row["created"]), expires: Instant(minutes: row["expires"]),
            revoked: (row["revoked"] as Int?).map(Instant.init(minutes:)))
    }
}
