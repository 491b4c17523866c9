extension MusterStore {
    /// What passes between this organisation and its system: pushes that wait or were sent, calls for aid that were
    /// pulled down, people who are lent, and the key from which pseudonyms are made. A person's id never leaves here.
    static let link = """
        CREATE TABLE push_queue (
            organisation TEXT NOT NULL,
            extracted INTEGER NOT NULL,
            hash TEXT NOT NULL,
            bytes BLOB,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'older', 'refused')),
            kept INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            tried INTEGER,
            answer TEXT NOT NULL DEFAULT '',
            CHECK (state <> 'waiting' OR bytes IS NOT NULL),
            PRIMARY KEY (organisation, extracted)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE aid_call (
            id TEXT PRIMARY KEY,
            document TEXT NOT NULL CHECK (json_valid(document)),
            pulled INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE loan (
            call TEXT PRIMARY KEY,
            person TEXT NOT NULL,
            receiver TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL CHECK ("end" > start),
            travel INTEGER NOT NULL,
            recorded INTEGER NOT NULL,
            told INTEGER,
            cancelled INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE pseudonym_key (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            key BLOB NOT NULL CHECK (length(key) = 32)
        ) STRICT;
        """
}
