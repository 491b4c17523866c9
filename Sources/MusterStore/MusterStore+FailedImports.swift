import Extracts
import GRDB
import Roster

/// Imports of which nothing was kept. A report says so until one succeeds: its data are those of an earlier one, and
/// may look fresh.
extension MusterStore {
    static let failedImports = """
        CREATE TABLE failed_import (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            who TEXT NOT NULL CHECK (who <> ''),
            files TEXT NOT NULL CHECK (json_valid(files)),
            -- When the next import succeeded.
            cleared INTEGER
        ) STRICT;
        CREATE INDEX standing_failed_import ON failed_import (id) WHERE cleared IS NULL;
        """

    /// Keeps that an import failed.
    ///
    /// - Parameter files: Those with faults; of what stands in them nothing is kept.
    /// - Throws: ``StoreRefusal/unsaid(field:)``.
    public func keepFailedImport(files: [String], by who: String, at: Instant) throws {
        try Self.require(who, "name of who imports")
        try write { db in
            try db.execute(
                sql: "INSERT INTO failed_import (at, who, files) VALUES (?, ?, ?)",
                arguments: [at.minutes, who, try Stored.json(Set(files).sorted())])
        }
    }

    static func clearFailedImports(_ db: Database, at: Instant) throws {
        try db.execute(
            sql: "UPDATE failed_import SET cleared = ? WHERE cleared IS NULL", arguments: [at.minutes])
    }

    /// The newest import that had failed by a time, if none had succeeded since.
    static func failedImport(_ db: Database, at now: Instant) throws -> FailedImport? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT at, files FROM failed_import WHERE at <= ?1 AND (cleared IS NULL OR cleared > ?1)
                ORDER BY at DESC, id DESC LIMIT 1
                """, arguments: [now.minutes]
        ).map { FailedImport(at: Instant(minutes: $0["at"]), files: try Stored.value($0, "files")) }
    }
}
