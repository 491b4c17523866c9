import CCrypto
import Foundation
import GRDB
import Roster

/// A row of the audit before it is written.
struct AuditDraft {
    let at: Instant
    let who: String
    let what: AuditEntry.Action
    let subject: String
    let why: String
    var detail = ""

    /// Appends the row, in the transaction of what it tells about.
    func append(_ db: Database) throws {
        let last = try Row.fetchOne(db, sql: "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
        let number = (last?["id"] ?? 0) + 1 as Int64
        let hash = AuditChain.hash(
            after: last?["hash"] ?? AuditChain.root, number: number, at: at, who: who, what: what.rawValue,
            subject: subject, why: why, detail: detail)
        try db.execute(
            sql: "INSERT INTO audit (id, at, who, what, subject, why, detail, hash) VALUES (?,?,?,?,?,?,?,?)",
            arguments: [number, at.minutes, who, what.rawValue, subject, why, detail, hash])
    }
}

/// The chain of hashes over the audit: a row that is changed, put in or taken out breaks all that follow.
enum AuditChain {
    /// Stands before the first row.
    static let root = ""

    /// Each field goes in with its length before it, so that no two rows spell the same text.
    static func hash(
        after previous: String, number: Int64, at: Instant, who: String, what: String, subject: String,
        why: String, detail: String
    ) -> String {
        let fields = [previous, String(number), String(at.minutes), who, what, subject, why, detail]
        return sha256(fields.map { "\($0.utf8.count):\($0)" }.joined())
    }

    static func sha256(_ text: String) -> String { sha256(Data(text.utf8)) }

    static func sha256(_ data: Data) -> String {
        let bytes = Array(data)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = SHA256(bytes, bytes.count, &digest)
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

extension MusterStore {
    /// Reads the whole audit and proves that nobody changed it outside Muster.
    ///
    /// Whoever can write the file can also make a whole new chain: note the returned hash elsewhere, and compare.
    ///
    /// - Returns: How many rows there are, and the hash of the last, which stands for all of them.
    /// - Throws: ``StoreError/auditBroken(path:row:why:)`` at the first row that does not follow.
    /// - Complexity: Linear in the audit, in constant memory.
    @discardableResult
    public func verifyAudit() throws -> (rows: Int64, hash: String) {
        try read { db in
            var rows: Int64 = 0
            var hash = AuditChain.root
            let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM audit ORDER BY id")
            while let row = try cursor.next() {
                rows += 1
                guard row["id"] == rows else {
                    throw StoreError.auditBroken(path: path, row: rows, why: "is missing")
                }
                hash = AuditChain.hash(
                    after: hash, number: rows, at: Instant(minutes: row["at"]), who: row["who"],
                    what: row["what"], subject: row["subject"], why: row["why"], detail: row["detail"])
                guard row["hash"] == hash else {
                    throw StoreError.auditBroken(path: path, row: rows, why: "does not match its hash")
                }
            }
            let written =
                try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'audit'") ?? 0
            guard written == rows else {
                throw StoreError.auditBroken(path: path, row: rows + 1, why: "is missing")
            }
            return (rows, hash)
        }
    }
}
