import GRDB
import Testing

@testable import MusterStore

@Suite("The schema")
struct SchemaTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("The names of the steps, which are promises to stores that exist")
    func names() {
        #expect(
            MusterStore.schema.migrations == [
                "rotas", "gaps-and-bookings", "audit", "extracts", "outbox", "template-minimums",
                "system-link", "failed-imports", "unchecked-releases", "data-sharing",
            ])
    }

    @Test("From every earlier step, with rows in it, the store comes to the present one and works")
    func fromEachStep() throws {
        for (index, step) in MusterStore.schema.migrations.enumerated() {
            let path = folder.path("from-\(index).sqlite")
            let pool = try DatabasePool(path: path)
            try MusterStore.schema.migrate(pool, upTo: step)
            try pool.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO scenario VALUES (1, 'Old', '2026-10-05', '2026-10-11', '["ED"]');
                        INSERT INTO run VALUES (1, 1, '0.0.1', '{}', '{}', ?);
                        INSERT INTO rota VALUES (1, 1, 1, 1, 'draft', 29000000, NULL, NULL);
                        INSERT INTO duty VALUES
                            (1, 'A1', '2026-10-05', 'ED', 'D', 'rn', 29000000, 29000720, 660, 660, 'solved');
                        """, arguments: [try Stored.json(InventedWard.run)])
            }
            try pool.close()

            let store = try MusterStore(path: path, creating: false)
            #expect(try store.versions().map(\.scenario) == ["Old"])
            #expect(try store.rota(RecordNumber(1)).duties.map(\.person) == ["A1"])
            try store.publishInvented(try store.saveInvented().id)
            try store.bookInvented(InventedWard.request("S2"))
            #expect(try store.criticalVacancies().isEmpty)
            try store.verifyAudit()
        }
    }

    @Test("Two rotas of one scenario cannot both be published, whoever writes them")
    func onePublished() throws {
        let store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
        try store.saveInvented()
        try store.saveInvented()
        let error = #expect(throws: DatabaseError.self) {
            try store.pool.write { try $0.execute(sql: "UPDATE rota SET state = 'published', published = 1") }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }
}
