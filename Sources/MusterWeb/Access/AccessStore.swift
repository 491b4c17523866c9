import Foundation
import GRDB
import Roster

/// Who may see what: tokens, sessions and the audit of access, in an SQLite file beside the system's store, so that
/// a copy of the data holds no secret.
///
/// Each operation is one transaction together with its audit row. No operation asks a clock: the time is an argument.
public struct AccessStore: Sendable {
    let pool: DatabasePool

    /// The file beside a system store: `system.sqlite` has `system.access.sqlite`.
    public static func path(beside store: String) -> String {
        let url = URL(fileURLWithPath: store)
        let name = url.deletingPathExtension().lastPathComponent
        return url.deletingLastPathComponent().appending(path: "\(name).access.sqlite").path
    }

    /// Opens the file, or makes it so that only its owner may read it.
    public init(path: String) throws {
        do {
            let files = FileManager.default
            if !files.fileExists(atPath: path),
                !files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            {
                throw AccessError.unusable(path: path, detail: "the file cannot be made")
            }
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            pool = try DatabasePool(path: path, configuration: configuration)
            try Self.schema.migrate(pool)
        } catch let error as DatabaseError {
            throw AccessError.unusable(path: path, detail: error.message ?? error.resultCode.description)
        }
    }

    /// The steps by which the file has grown, in order; one that has been released never changes.
    private static let schema: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("access") { db in
            try db.execute(
                sql: """
                    CREATE TABLE token (
                        id TEXT PRIMARY KEY,
                        salt TEXT NOT NULL,
                        hash TEXT NOT NULL,
                        label TEXT NOT NULL,
                        role TEXT NOT NULL,
                        organisations TEXT NOT NULL CHECK (json_valid(organisations)),
                        created INTEGER NOT NULL,
                        expires INTEGER NOT NULL,
                        revoked INTEGER
                    ) STRICT;

                    CREATE TABLE session (
                        hash TEXT PRIMARY KEY,
                        token TEXT NOT NULL REFERENCES token,
                        expires INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE audit (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        at INTEGER NOT NULL,
                        who TEXT NOT NULL,
                        what TEXT NOT NULL,
                        subject TEXT NOT NULL,
                        why TEXT NOT NULL
                    ) STRICT;

                    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
                    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
                    CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
                    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
                    """)
        }
        return migrator
    }()
}

/// Why an operation on tokens was not done.
public enum AccessError: Error, Equatable, CustomStringConvertible {
    case unusable(path: String, detail: String)
    case scopeMissing(AccessRole)
    case scopeNotTaken(AccessRole)
    case unknownToken(String)

    public var description: String {
        switch self {
        case .unusable(let path, let detail): "\(path): the file of tokens cannot be used (\(detail))."
        case .scopeMissing(let role):
            "A token for an \(role.name) needs at least one organisation: give its ODS code with --organisation."
        case .scopeNotTaken(let role):
            "A token for \(role.name) is not for certain organisations: leave --organisation out."
        case .unknownToken(let id): "There is no token \(id): `muster-server token list` has them."
        }
    }
}
