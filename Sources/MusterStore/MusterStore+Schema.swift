import GRDB

extension MusterStore {
    /// The steps by which a store has grown, in order. They only go forward, and one that has been released
    /// never changes.
    ///
    /// What is searched or constrained is a column; a document that is only read back whole is JSON. Instants
    /// are minutes since 1970-01-01T00:00Z, days are ISO dates.
    static let schema: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("rotas") { try $0.execute(sql: rotas) }
        migrator.registerMigration("gaps-and-bookings") { try $0.execute(sql: gapsAndBookings) }
        migrator.registerMigration("audit") { try $0.execute(sql: audit) }
        migrator.registerMigration("extracts") { try $0.execute(sql: extracts) }
        migrator.registerMigration("outbox") { try $0.execute(sql: outbox) }
        migrator.registerMigration("template-minimums") {
            try $0.execute(sql: "ALTER TABLE extract_requirement ADD COLUMN minimum INTEGER")
        }
        migrator.registerMigration("system-link") { try $0.execute(sql: link) }
        migrator.registerMigration("failed-imports") { try $0.execute(sql: failedImports) }
        // Before it was checked on the way in, a name may have stood here.
        migrator.registerMigration("unchecked-releases") {
            try $0.execute(sql: "UPDATE extract_booking SET released_by = NULL")
        }
        // Under which agreement each push goes.
        migrator.registerMigration("data-sharing") {
            try $0.execute(sql: "ALTER TABLE push_queue ADD COLUMN data_sharing TEXT")
        }
        return migrator
    }()

    /// A scenario is a set of units and a period; its name may change. Exactly one of its rotas is published.
    private static let rotas = """
        PRAGMA application_id = \(applicationID);

        CREATE TABLE scenario (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            first TEXT NOT NULL,
            last TEXT NOT NULL,
            units TEXT NOT NULL CHECK (json_valid(units)),
            UNIQUE (units, first, last)
        ) STRICT;

        CREATE TABLE run (
            id INTEGER PRIMARY KEY,
            scenario INTEGER NOT NULL REFERENCES scenario,
            program TEXT NOT NULL,
            inputs TEXT NOT NULL CHECK (json_valid(inputs)),
            packs TEXT NOT NULL CHECK (json_valid(packs)),
            report TEXT NOT NULL CHECK (json_valid(report))
        ) STRICT;

        CREATE TABLE requirement (
            run INTEGER NOT NULL REFERENCES run,
            rule TEXT NOT NULL,
            unit TEXT NOT NULL,
            hard INTEGER NOT NULL CHECK (hard IN (0, 1)),
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL CHECK ("end" > start),
            minimum INTEGER NOT NULL,
            target INTEGER NOT NULL,
            maximum INTEGER,
            distribution TEXT CHECK (distribution IS NULL OR json_valid(distribution)),
            arithmetic TEXT NOT NULL
        ) STRICT;
        CREATE INDEX requirement_of_run ON requirement (run, start);

        CREATE TABLE rota (
            id INTEGER PRIMARY KEY,
            scenario INTEGER NOT NULL REFERENCES scenario,
            run INTEGER NOT NULL REFERENCES run,
            version INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'superseded')),
            saved INTEGER NOT NULL,
            published INTEGER CHECK ((published IS NULL) = (state = 'draft')),
            superseded INTEGER CHECK ((superseded IS NULL) = (state <> 'superseded')),
            UNIQUE (scenario, version)
        ) STRICT;
        CREATE UNIQUE INDEX one_published_rota ON rota (scenario) WHERE state = 'published';

        CREATE TABLE duty (
            rota INTEGER NOT NULL REFERENCES rota,
            person TEXT NOT NULL,
            day TEXT NOT NULL,
            unit TEXT NOT NULL,
            shift TEXT NOT NULL,
            role TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL CHECK ("end" > start),
            paid INTEGER NOT NULL,
            working INTEGER NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (rota, start, person, "end")
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX duty_of_person ON duty (person, start);
        """

    /// A booking belongs to units and days, not to one version: it stands when a new version is published.
    /// `cover` says when, and for how many heads or minutes (as the gap measures), a booking counts for it.
    private static let gapsAndBookings = """
        CREATE TABLE gap (
            rota INTEGER NOT NULL REFERENCES rota,
            id TEXT NOT NULL,
            rule TEXT NOT NULL,
            unit TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL CHECK ("end" > start),
            required INTEGER NOT NULL,
            planned INTEGER NOT NULL CHECK (planned < required),
            severity INTEGER NOT NULL,
            measure TEXT NOT NULL,
            PRIMARY KEY (rota, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE acceptance (
            rota INTEGER NOT NULL,
            gap TEXT NOT NULL,
            person TEXT NOT NULL CHECK (person <> ''),
            reason TEXT NOT NULL CHECK (reason <> ''),
            at INTEGER NOT NULL,
            PRIMARY KEY (rota, gap),
            FOREIGN KEY (rota, gap) REFERENCES gap (rota, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE booking (
            id INTEGER PRIMARY KEY,
            gap TEXT NOT NULL,
            person TEXT NOT NULL,
            day TEXT NOT NULL,
            unit TEXT NOT NULL,
            shift TEXT NOT NULL,
            role TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL CHECK ("end" > start),
            paid INTEGER NOT NULL,
            working INTEGER NOT NULL,
            source TEXT NOT NULL,
            skills TEXT NOT NULL CHECK (json_valid(skills)),
            origin TEXT NOT NULL,
            free_from INTEGER,
            free_until INTEGER,
            booked INTEGER NOT NULL,
            cancelled INTEGER
        ) STRICT;
        CREATE INDEX live_booking_of_person ON booking (person, start) WHERE cancelled IS NULL;

        CREATE TABLE cover (
            booking INTEGER NOT NULL REFERENCES booking,
            rota INTEGER NOT NULL,
            gap TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL CHECK ("end" > start),
            amount INTEGER NOT NULL CHECK (amount > 0),
            PRIMARY KEY (rota, gap, booking, start),
            FOREIGN KEY (rota, gap) REFERENCES gap (rota, id)
        ) STRICT, WITHOUT ROWID;
        """

    /// Rows are only added; each carries the hash of itself and of the row before.
    private static let audit = """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            who TEXT NOT NULL CHECK (who <> ''),
            what TEXT NOT NULL,
            subject TEXT NOT NULL,
            why TEXT NOT NULL,
            detail TEXT NOT NULL,
            hash TEXT NOT NULL
        ) STRICT;

        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
        CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
        CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
        WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
        """
}
