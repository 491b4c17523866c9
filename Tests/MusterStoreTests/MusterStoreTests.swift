import Foundation
import GRDB
import Testing

@testable import MusterStore

@Suite("Opening the store")
struct MusterStoreTests {
    private let folder: TemporaryFolder
    private let store: MusterStore

    init() throws {
        folder = try TemporaryFolder()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
    }

    @Test("A new store can be opened again, by this process and by another pool at the same time")
    func opensAgain() throws {
        try store.saveInvented()
        let other = try MusterStore(path: store.path, creating: false)
        #expect(try other.versions() == store.versions())
    }

    @Test("Commits wait for the disk, in WAL, with foreign keys")
    func isDurable() throws {
        let pragmas = try store.pool.writeWithoutTransaction { db in
            try ["synchronous", "journal_mode", "foreign_keys"].map {
                try String.fetchOne(db, sql: "PRAGMA \($0)")
            }
        }
        #expect(pragmas == ["2", "wal", "1"])
    }

    @Test("No table takes a value of the wrong type")
    func isStrict() throws {
        let loose = try store.pool.read {
            try String.fetchAll(
                $0,
                sql: """
                    SELECT name FROM pragma_table_list
                    WHERE schema = 'main' AND type = 'table' AND strict = 0
                        AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
                    """)
        }
        #expect(loose.isEmpty)
    }

    @Test("A path without a file is an error unless the store is to be made")
    func missing() throws {
        let path = folder.path("none.sqlite")
        #expect(throws: StoreError.missing(path: path)) { try MusterStore(path: path, creating: false) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("A text file, another program's database and a folder are refused and left as they are")
    func notAStore() throws {
        let text = folder.url.appending(path: "people.csv")
        try Data(String(repeating: "id,name\n", count: 1000).utf8).write(to: text)
        let foreign = folder.url.appending(path: "other.sqlite")
        try DatabaseQueue(path: foreign.path).write { try $0.execute(sql: "CREATE TABLE theirs (id)") }
        for file in [text, foreign] {
            let before = try Data(contentsOf: file)
            let error = #expect(throws: StoreError.self) {
                try MusterStore(path: file.path, creating: true)
            }
            guard case .notAStore = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(try Data(contentsOf: file) == before)
        }
        #expect(throws: StoreError.notAStore(path: folder.url.path, why: "it is a folder")) {
            try MusterStore(path: folder.url.path, creating: true)
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(
            Set(left).isSubset(of: [
                "people.csv", "other.sqlite", "trust.sqlite", "trust.sqlite-wal", "trust.sqlite-shm",
            ]))
    }

    @Test("An empty file, as a crash in the making leaves it, becomes a store")
    func emptyFile() throws {
        let file = folder.url.appending(path: "fresh.sqlite")
        try Data().write(to: file)
        try MusterStore(path: file.path, creating: true).saveInvented()
    }

    @Test("What a crash in the making left half written is undone, and becomes a store")
    func halfMade() throws {
        let path = folder.path("half.sqlite")
        var configuration = Configuration()
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = 1") }
        let copy = folder.path("copy.sqlite")
        try DatabaseQueue(path: path, configuration: configuration).inTransaction { db in
            try db.execute(sql: "CREATE TABLE scenario (text); CREATE TABLE run (text)")
            for _ in 1...100 {
                try db.execute(sql: "INSERT INTO scenario VALUES (hex(randomblob(1000)))")
            }
            for suffix in ["", "-journal"] {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
            }
            return .rollback
        }
        try MusterStore(path: copy, creating: true).saveInvented()
    }

    @Test("A store that a newer version has changed is refused by name of the change")
    func newer() throws {
        try store.pool.write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('outbox-of-the-future')")
        }
        #expect(throws: StoreError.newer(path: store.path, changes: ["outbox-of-the-future"])) {
            try MusterStore(path: store.path, creating: false)
        }
    }

    @Test("A file and a folder that may not be written are refused as such")
    func readOnly() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.path("trust.sqlite")
            try MusterStore(path: path, creating: true).pool.close()
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.url.path)
            // The superuser may write everything: go on as nobody.
            if getuid() == 0 { precondition(setuid(65_534) == 0) }
            for path in [path, folder.path("new.sqlite")] {
                #expect(throws: StoreError.readOnly(path: path)) {
                    try MusterStore(path: path, creating: true)
                }
            }
        }
    }

    @Test("A folder that is not there is an error that names the path")
    func noFolder() throws {
        let path = folder.path("none/trust.sqlite")
        let error = #expect(throws: StoreError.self) { try MusterStore(path: path, creating: true) }
        #expect(error?.description.hasPrefix(path) == true)
    }

    @Test("A full disk keeps nothing of the step and everything before it")
    func diskFull() throws {
        let kept = try store.saveInvented()
        try store.pool.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        #expect(throws: StoreError.diskFull(path: store.path)) {
            for _ in 1...1000 { try store.saveInvented() }
        }
        try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        let versions = try store.versions()
        #expect(versions.contains(kept))
        #expect(try store.audit().count == versions.count)
        try store.verifyAudit()
        try store.saveInvented()
    }

    @Test("A writer that another keeps waiting for too long gives up and says so")
    func busy() throws {
        let other = try MusterStore(path: store.path, creating: false, patience: 0)
        try store.pool.write { _ -> Void in
            #expect(throws: StoreError.busy(path: store.path)) { try other.saveInvented() }
        }
        try other.saveInvented()
    }

    @Test("Damaged contents are called damaged")
    func damaged() throws {
        let file = folder.url.appending(path: "trust.sqlite")
        try store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try store.pool.close()
        var bytes = try Data(contentsOf: file)
        bytes.replaceSubrange(100..., with: Data(repeating: 0x5A, count: bytes.count - 100))
        try bytes.write(to: file)
        let error = #expect(throws: StoreError.self) {
            try MusterStore(path: file.path, creating: false).versions()
        }
        guard case .damaged(file.path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("Each error names the file and what to do")
    func words() {
        let errors: [StoreError] = [
            .missing(path: "a.sqlite"), .notAStore(path: "a.sqlite", why: "it is a folder"),
            .newer(path: "a.sqlite", changes: ["x"]), .readOnly(path: "a.sqlite"),
            .diskFull(path: "a.sqlite"), .busy(path: "a.sqlite"), .damaged(path: "a.sqlite", detail: "x"),
            .auditBroken(path: "a.sqlite", row: 3, why: "is missing"), .failed(path: "a.sqlite", detail: "x"),
        ]
        for error in errors {
            #expect(error.description.hasPrefix("a.sqlite: "))
            #expect(error.description.hasSuffix("."))
        }
    }
}
