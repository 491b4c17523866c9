import Foundation
import GRDB
import Roster

/// What lasts for one organisation, in one SQLite file: runs, rotas with their versions, gaps, bookings, and
/// who did what, when and why.
///
/// Each operation is one transaction together with its audit rows: it happens whole or not at all, and when it
/// has returned it survives a crash of the program and of the machine. Several processes may use one file;
/// writers wait for each other. No operation asks a clock: the time is an argument.
///
/// Every operation throws ``StoreError`` if the file lets it down; those that can be refused say which
/// ``StoreRefusal`` they throw.
public struct MusterStore: Sendable {
    /// Where the file is.
    public let path: String
    let pool: DatabasePool

    /// Seconds that a writer waits for another process.
    static let patience = 10
    /// Stands in the file's header and tells a store from other SQLite files: "MSTR".
    static let applicationID = 0x4D53_5452

    /// Opens the store and brings it to this version's schema.
    ///
    /// A file that is not a store, or one that a newer version has changed, is not touched.
    ///
    /// - Parameter creating: Make the store if there is no file; otherwise that is an error.
    public init(path: String, creating: Bool) throws {
        try self.init(path: path, creating: creating, patience: Self.patience)
    }

    init(path: String, creating: Bool, patience: Int) throws {
        self.path = path
        pool = try Self.open(
            path, creating: creating, patience: patience, applicationID: Self.applicationID, Self.schema)
    }

    /// Opens a file of one of Muster's kinds of store and brings it to this version's schema.
    static func open(
        _ path: String, creating: Bool, patience: Int, applicationID: Int, _ schema: DatabaseMigrator
    ) throws -> DatabasePool {
        let exists = FileManager.default.fileExists(atPath: path)
        if !exists, !creating { throw StoreError.missing(path: path) }
        guard isWritable(path) else { throw StoreError.readOnly(path: path) }
        return try translating(path) {
            if exists { try inspect(path, applicationID, schema) } else { PrivateFile.make(path) }
            var configuration = Configuration()
            configuration.busyMode = .timeout(TimeInterval(patience))
            let pool = try DatabasePool(path: path, configuration: configuration)
            // WAL alone may lose the last commits when the power fails; FULL waits for the disk at each one.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try migrate(pool, schema)
            return pool
        }
    }

    /// Looks at the file without changing it: opening a pool on somebody else's file would turn it into WAL.
    ///
    /// The connection may write all the same, since one that may not cannot undo what a crash left half done.
    private static func inspect(_ path: String, _ applicationID: Int, _ schema: DatabaseMigrator) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw StoreError.notAStore(path: path, why: "it is a folder")
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(TimeInterval(patience))
        try DatabaseQueue(path: path, configuration: configuration).read { db in
            let identifier = try Int.fetchOne(db, sql: "PRAGMA application_id")
            if identifier != applicationID {
                // A crash while the store was being made may leave a file with nothing in it.
                let tables = try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE '%grdb_%'")
                guard identifier == 0, tables == 0 else {
                    throw StoreError.notAStore(path: path, why: "it is a database of another program")
                }
            }
            let known = Set(schema.migrations)
            let changes = try schema.appliedIdentifiers(db).filter { !known.contains($0) }.sorted()
            guard changes.isEmpty else { throw StoreError.newer(path: path, changes: changes) }
        }
    }

    /// Another process that opens the same store may make a step first: then this one goes on from there.
    private static func migrate(_ pool: DatabasePool, _ schema: DatabaseMigrator) throws {
        var done = try pool.read(schema.appliedIdentifiers).count
        while true {
            do {
                return try schema.migrate(pool)
            } catch let error as DatabaseError {
                let now = try pool.read(schema.appliedIdentifiers).count
                guard now > done else { throw error }
                done = now
            }
        }
    }

    // MARK: - Transactions

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.translating(path) { try pool.read(body) }
    }

    /// One transaction; its lock is taken at the start, so what `body` reads is still so when it writes.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.translating(path) { try pool.write(body) }
    }

    static func translating<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            let detail = error.message ?? error.resultCode.description
            switch error.resultCode {
            case .SQLITE_NOTADB: throw StoreError.notAStore(path: path, why: detail)
            case .SQLITE_READONLY, .SQLITE_PERM: throw StoreError.readOnly(path: path)
            case .SQLITE_FULL: throw StoreError.diskFull(path: path)
            case .SQLITE_IOERR,
                .SQLITE_CANTOPEN where !hasRoom(path):
                throw StoreError.diskFull(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw StoreError.busy(path: path)
            case .SQLITE_CORRUPT: throw StoreError.damaged(path: path, detail: detail)
            default: throw StoreError.failed(path: path, detail: detail)
            }
        }
    }

    /// Where the index of the log finds no room, SQLite speaks of an input or output error and not of a full disk.
    private static func hasRoom(_ path: String) -> Bool {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let free = try? FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? Int
        return free.map { $0 >= 64 << 10 } ?? true
    }

    /// SQLite opens a file that it may not write without a word, and says no more than "cannot open" of a
    /// folder in which it may not make one.
    private static func isWritable(_ path: String) -> Bool {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let files = FileManager.default
        guard files.fileExists(atPath: folder) else { return true }
        return files.isWritableFile(atPath: folder)
            && (!files.fileExists(atPath: path) || files.isWritableFile(atPath: path))
    }
}
