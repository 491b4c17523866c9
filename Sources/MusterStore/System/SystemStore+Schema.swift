import GRDB

extension SystemStore {
    /// The steps by which a system's store has grown, in order. They only go forward, and one that has been released
    /// never changes. Instants are minutes since 1970-01-01T00:00Z; a document is JSON.
    static let schema: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("system") { try $0.execute(sql: first) }
        migrator.registerMigration("shortage-passed") { try $0.execute(sql: shortagePassed) }
        migrator.registerMigration("calls-raised") {
            try $0.execute(sql: "CREATE INDEX calls_raised ON audit (at) WHERE action = 'call'")
        }
        migrator.registerMigration("ended-levels") { try $0.execute(sql: endedLevels) }
        migrator.registerMigration("site-holders") { try $0.execute(sql: siteHolders) }
        migrator.registerMigration("audit-token") {
            try $0.execute(sql: "ALTER TABLE audit ADD COLUMN token TEXT")
        }
        return migrator
    }()

    /// Levels that stood once; one stands in an organisation at a time, which `standing` holds.
    private static let endedLevels = """
        CREATE TABLE ended_level (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            organisation TEXT NOT NULL,
            ended INTEGER NOT NULL,
            document TEXT NOT NULL CHECK (json_valid(document))
        ) STRICT;
        CREATE INDEX ended_level_of_organisation ON ended_level (organisation, ended);
        """

    /// Which organisation sent a site's id first, of those whose latest push has it. Of what is here already, it is whoever
    /// pushed first.
    private static let siteHolders = """
        CREATE TABLE site (
            id TEXT PRIMARY KEY,
            organisation TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT OR IGNORE INTO site (id, organisation)
        SELECT site.value ->> '$.id', latest.organisation
        FROM push AS latest, json_each(latest.document, '$.sites') AS site
        WHERE latest.document IS NOT NULL
        ORDER BY (SELECT min(received) FROM push WHERE push.organisation = latest.organisation);
        """

    /// `minutes` are what the latest push says of the time after its extract; `passed` what was missing in time that has
    /// passed, which no later push takes back.
    private static let shortagePassed = """
        ALTER TABLE shortage ADD COLUMN passed INTEGER NOT NULL DEFAULT 0;
        UPDATE shortage SET passed = minutes, minutes = 0 WHERE day < (
            SELECT date(max(extracted) * 60, 'unixepoch') FROM push
            WHERE push.organisation = shortage.organisation);
        """

    /// Of an organisation's pushes, only the latest keeps its document; of the others it is known that they were here.
    private static let first = """
        PRAGMA application_id = \(applicationID);

        CREATE TABLE revision (number INTEGER NOT NULL) STRICT;
        INSERT INTO revision VALUES (0);

        CREATE TABLE system (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            document TEXT NOT NULL CHECK (json_valid(document))
        ) STRICT;

        CREATE TABLE push (
            organisation TEXT NOT NULL,
            extracted INTEGER NOT NULL,
            received INTEGER NOT NULL,
            hash TEXT NOT NULL,
            document TEXT CHECK (document IS NULL OR json_valid(document)),
            PRIMARY KEY (organisation, extracted)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX latest_push ON push (organisation) WHERE document IS NOT NULL;

        CREATE TABLE shortage (
            organisation TEXT NOT NULL,
            unit TEXT NOT NULL,
            staff_group TEXT NOT NULL,
            day TEXT NOT NULL,
            site TEXT NOT NULL,
            minutes INTEGER NOT NULL,
            PRIMARY KEY (organisation, day, unit, staff_group)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE aid (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            state TEXT NOT NULL,
            document TEXT NOT NULL CHECK (json_valid(document))
        ) STRICT;

        CREATE TABLE opel (
            organisation TEXT NOT NULL,
            at INTEGER NOT NULL,
            level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
            framework TEXT NOT NULL,
            by TEXT NOT NULL
        ) STRICT;
        CREATE INDEX opel_of_organisation ON opel (organisation, at);

        CREATE TABLE standing (
            organisation TEXT PRIMARY KEY,
            document TEXT NOT NULL CHECK (json_valid(document))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE risk (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            closed INTEGER,
            document TEXT NOT NULL CHECK (json_valid(document))
        ) STRICT;

        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            organisation TEXT,
            role TEXT,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            reason TEXT NOT NULL,
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
