extension MusterStore {
    /// What other systems' exports said, version by version. An extract is never changed; which one is in force is
    /// told by `extracted`, and of two of the same minute by `id`.
    ///
    /// Days are numbers here (since 1 January 1970), and lists stand in one text with spaces between, because a
    /// trust has hundreds of thousands of these rows and they are read every morning.
    static let extracts = """
        CREATE TABLE trust_import (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            who TEXT NOT NULL CHECK (who <> ''),
            extracted INTEGER NOT NULL,
            reading TEXT NOT NULL,
            definitions TEXT NOT NULL CHECK (json_valid(definitions)),
            policy TEXT NOT NULL CHECK (json_valid(policy))
        ) STRICT;

        CREATE TABLE extract (
            id INTEGER PRIMARY KEY,
            import INTEGER NOT NULL REFERENCES trust_import,
            kind TEXT NOT NULL,
            file TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            reading TEXT NOT NULL,
            extracted INTEGER NOT NULL,
            "read" INTEGER NOT NULL,
            rejected TEXT NOT NULL CHECK (json_valid(rejected)),
            has_rows INTEGER NOT NULL DEFAULT 1 CHECK (has_rows IN (0, 1)),
            UNIQUE (kind, sha256, reading, extracted)
        ) STRICT;
        CREATE INDEX extract_in_force ON extract (kind, extracted, id);

        CREATE TABLE extract_unit (
            extract INTEGER NOT NULL REFERENCES extract, line INTEGER NOT NULL,
            id TEXT NOT NULL, name TEXT NOT NULL, site TEXT NOT NULL, organisation TEXT NOT NULL,
            closed_from INTEGER, closed_to INTEGER, approval TEXT NOT NULL, refreshed INTEGER, headroom REAL,
            budget INTEGER, mailbox TEXT,
            PRIMARY KEY (extract, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE extract_person (
            extract INTEGER NOT NULL REFERENCES extract, line INTEGER NOT NULL,
            id TEXT NOT NULL, organisation TEXT NOT NULL, unit TEXT NOT NULL, other_units TEXT NOT NULL,
            grade TEXT NOT NULL, contract TEXT NOT NULL, paid_per_week INTEGER NOT NULL, opted_out INTEGER NOT NULL,
            roles TEXT NOT NULL, markers TEXT NOT NULL, starts INTEGER, leaves INTEGER,
            PRIMARY KEY (extract, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE extract_skill (
            extract INTEGER NOT NULL REFERENCES extract, line INTEGER NOT NULL,
            person TEXT NOT NULL, skill TEXT NOT NULL, "from" INTEGER NOT NULL, expiry INTEGER,
            PRIMARY KEY (extract, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE extract_duty (
            extract INTEGER NOT NULL REFERENCES extract, line INTEGER NOT NULL,
            person TEXT NOT NULL, day INTEGER NOT NULL, unit TEXT NOT NULL, shift TEXT NOT NULL,
            role TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL CHECK ("end" > start),
            paid INTEGER NOT NULL, working INTEGER NOT NULL, stated INTEGER,
            PRIMARY KEY (extract, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE extract_leave (
            extract INTEGER NOT NULL REFERENCES extract, line INTEGER NOT NULL,
            person TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, kind TEXT NOT NULL,
            PRIMARY KEY (extract, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE extract_booking (
            extract INTEGER NOT NULL REFERENCES extract, line INTEGER NOT NULL,
            id TEXT NOT NULL, unit TEXT NOT NULL, day INTEGER NOT NULL, shift TEXT NOT NULL, role TEXT NOT NULL,
            start INTEGER NOT NULL, "end" INTEGER NOT NULL CHECK ("end" > start), state TEXT NOT NULL,
            step TEXT, released INTEGER, released_by TEXT, origin TEXT, reason TEXT, person TEXT,
            skills TEXT NOT NULL,
            PRIMARY KEY (extract, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE extract_requirement (
            extract INTEGER NOT NULL REFERENCES extract, line INTEGER NOT NULL,
            unit TEXT NOT NULL, role TEXT NOT NULL, weekdays INTEGER NOT NULL, day INTEGER,
            "from" INTEGER NOT NULL, "to" INTEGER NOT NULL, heads INTEGER NOT NULL,
            PRIMARY KEY (extract, line)
        ) STRICT, WITHOUT ROWID;

        -- The folder from which a rota was published, for reports that look across units.
        CREATE TABLE rota_folder (
            rota INTEGER PRIMARY KEY REFERENCES rota,
            folder TEXT NOT NULL CHECK (json_valid(folder))
        ) STRICT;
        """
}
