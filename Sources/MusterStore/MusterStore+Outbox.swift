import Foundation
import GRDB
import Roster

/// The outbox: messages are kept before they are sent, so that none is lost, and known by issue and recipient,
/// so that none is sent twice.
extension MusterStore {
    /// What a message may become: `waiting` → `sending` → `waiting`, `accepted` or `refused`; `waiting` → `expired`.
    ///
    /// Message bytes are kept as they were sent: they are the proof of what the recipient was told.
    static let outbox = """
        CREATE TABLE issue (
            id INTEGER PRIMARY KEY,
            organisation TEXT NOT NULL,
            date TEXT NOT NULL,
            edition TEXT NOT NULL CHECK (edition <> ''),
            valid INTEGER NOT NULL CHECK (valid IN (0, 1)),
            generated INTEGER NOT NULL,
            report TEXT NOT NULL CHECK (json_valid(report)),
            UNIQUE (organisation, date, edition, valid)
        ) STRICT;

        CREATE TABLE message (
            id INTEGER PRIMARY KEY,
            issue INTEGER NOT NULL REFERENCES issue,
            recipient TEXT NOT NULL CHECK (recipient <> ''),
            sender TEXT NOT NULL,
            address TEXT NOT NULL,
            message_id TEXT NOT NULL UNIQUE,
            subject TEXT NOT NULL,
            bytes BLOB NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'accepted', 'refused', 'expired')),
            due INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            UNIQUE (issue, recipient)
        ) STRICT;
        CREATE INDEX unsent_message ON message (due) WHERE state IN ('waiting', 'sending');

        CREATE TABLE attempt (
            message INTEGER NOT NULL REFERENCES message,
            number INTEGER NOT NULL,
            began INTEGER NOT NULL,
            ended INTEGER,
            verdict TEXT CHECK ((verdict IS NULL) = (ended IS NULL)),
            code INTEGER,
            reply TEXT,
            PRIMARY KEY (message, number)
        ) STRICT, WITHOUT ROWID;
        """

    /// Keeps an issue and its messages, in one step. What is there already stays as it is: the first word counts.
    ///
    /// Nobody gets an older report after a newer one: what no server has of an older issue is no longer news for those who
    /// have a message of a newer one, and the next ``recover(_:at:)`` gives it up. One that is being sent just now ends as
    /// it ends, and is not tried again.
    ///
    /// - Parameter expires: From when on a message that still waits is no longer sent.
    /// - Returns: The messages that were not there before.
    @discardableResult
    public func enqueue(_ issue: ReportIssue, _ drafts: [OutboxDraft], expires: Instant, at now: Instant)
        throws
        -> [OutboxMessage.ID]
    {
        try write { db in
            try Self.keep(db, issue)
            let added = try drafts.compactMap { draft in
                try Int64.fetchOne(
                    db,
                    sql: """
                        INSERT INTO message (issue, recipient, sender, address, message_id, subject, bytes, state,
                            due, expires)
                        SELECT id, ?, ?, ?, ?, ?, ?, 'waiting', ?, ? FROM issue
                        WHERE organisation = ? AND date = ? AND edition = ? AND valid = ?
                        ON CONFLICT (issue, recipient) DO NOTHING RETURNING id
                        """,
                    arguments: [
                        draft.recipient, draft.from, draft.to, draft.messageID, draft.subject, draft.bytes,
                        now.minutes, expires.minutes, issue.key.organisation.text,
                        issue.key.date.description, issue.key.edition, issue.key.isValid,
                    ]
                ).map { OutboxMessage.ID($0) }
            }
            try Self.retireReplaced(db, at: now)
            return added
        }
    }

    /// What no server has and a newer message has taken the place of is no longer news.
    static func retireReplaced(_ db: Database, at now: Instant) throws {
        try db.execute(
            sql: """
                UPDATE message SET expires = ?1
                WHERE state IN ('waiting', 'sending', 'refused') AND expires > ?1 AND EXISTS (\(replacement))
                """, arguments: [now.minutes])
    }

    /// The messages to the same recipient that are of a newer issue than `message`.
    ///
    /// Newer is what is about the same day or a later one and was made at the same time or later, and the valid report of
    /// an edition for which there was none. Where each of two is newer in that sense, it is the one that was kept last.
    static let replacement = """
        SELECT newer.id FROM message AS newer JOIN issue AS theirs ON theirs.id = newer.issue
        JOIN issue AS ours ON ours.id = message.issue
        WHERE newer.recipient = message.recipient AND theirs.organisation = ours.organisation
        AND CASE WHEN theirs.date = ours.date AND theirs.edition = ours.edition THEN theirs.valid > ours.valid
            ELSE theirs.date >= ours.date AND theirs.generated >= ours.generated
                AND (theirs.date > ours.date OR theirs.generated > ours.generated OR newer.id > message.id)
            END
        """

    /// Keeps an issue that was shown and not sent, for the next day to compare with. A newer one takes its place, but
    /// never the place of one of which there are messages.
    public func keep(_ issue: ReportIssue) throws { try write { try Self.keep($0, issue) } }

    private static func keep(_ db: Database, _ issue: ReportIssue) throws {
        try db.execute(
            sql: """
                INSERT INTO issue (organisation, date, edition, valid, generated, report)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET generated = excluded.generated, report = excluded.report
                WHERE NOT EXISTS (SELECT 1 FROM message WHERE message.issue = issue.id)
                """,
            arguments: [
                issue.key.organisation.text, issue.key.date.description, issue.key.edition,
                issue.key.isValid, issue.generated.minutes,
                String(decoding: issue.report, as: UTF8.self),
            ])
    }

    /// The issue of that day and edition, if it was kept.
    ///
    /// - Parameter isAddressed: Only if there are messages of it.
    public func issue(
        on date: Day, edition: String, isValid: Bool, isAddressed: Bool = false
    ) throws -> ReportIssue? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT * FROM issue WHERE date = ? AND edition = ? AND valid = ?
                    AND (NOT ? OR EXISTS (SELECT 1 FROM message WHERE message.issue = issue.id))
                    """,
                arguments: [date.description, edition, isValid, isAddressed]
            ).map(ReportIssue.init)
        }
    }

    /// The valid issues of a time, the oldest first; `last` is not included.
    ///
    /// - Parameter isAddressed: Only those of which there are messages.
    public func issues(from first: Day, before last: Day, isAddressed: Bool = false) throws -> [ReportIssue] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM issue WHERE date >= ? AND date < ? AND valid
                    AND (NOT ? OR EXISTS (SELECT 1 FROM message WHERE message.issue = issue.id))
                    ORDER BY date, generated, id
                    """,
                arguments: [first.description, last.description, isAddressed]
            ).map(ReportIssue.init)
        }
    }

    // MARK: - Reading

    /// Every message, the newest issue first.
    public func outboxMessages() throws -> [OutboxMessage] {
        try read { try Self.messages($0, "TRUE", "issue.date DESC, message.id") }
    }

    /// Messages that are still news and that no server has: they wait, or somebody must act.
    public func outstandingMessages(at now: Instant) throws -> [OutboxMessage] {
        try read {
            try Self.messages(
                $0, "state IN ('waiting', 'sending', 'refused') AND expires > ?", "message.id", [now.minutes])
        }
    }

    /// The messages of one issue, in the order in which they were kept.
    public func outboxMessages(of key: ReportIssue.Key) throws -> [OutboxMessage] {
        try read {
            try Self.messages(
                $0, "organisation = ? AND date = ? AND edition = ? AND valid = ?", "message.id",
                [key.organisation.text, key.date.description, key.edition, key.isValid])
        }
    }

    /// - Throws: ``StoreRefusal/noMessage(_:)``.
    public func outboxMessage(_ id: OutboxMessage.ID) throws -> OutboxMessage {
        try read { try Self.message($0, id) }
    }

    /// What was tried, in order.
    public func attempts(of id: OutboxMessage.ID) throws -> [OutboxAttempt] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM attempt WHERE message = ? ORDER BY number", arguments: [id.value]
            ).map(OutboxAttempt.init)
        }
    }

    private static func messages(
        _ db: Database, _ condition: String, _ order: String, _ arguments: StatementArguments = []
    ) throws -> [OutboxMessage] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT message.*, organisation, date, edition, valid, verdict, code, reply,
                    (SELECT count(*) FROM attempt WHERE attempt.message = message.id
                        AND attempt.verdict IS NOT 'bounced') AS attempts
                FROM message JOIN issue ON issue.id = message.issue
                LEFT JOIN attempt ON attempt.message = message.id AND attempt.number =
                    (SELECT max(number) FROM attempt WHERE attempt.message = message.id AND ended IS NOT NULL)
                WHERE \(condition) ORDER BY \(order)
                """, arguments: arguments
        ).map(OutboxMessage.init)
    }

    static func message(_ db: Database, _ id: OutboxMessage.ID) throws -> OutboxMessage {
        guard let message = try messages(db, "message.id = ?", "message.id", [id.value]).first else {
            throw StoreRefusal.noMessage(id)
        }
        return message
    }

    static func unsent(_ db: Database, dueAt now: Instant) throws -> [OutboxMessage] {
        try messages(db, "state = 'waiting' AND due <= ?", "due, message.id", [now.minutes])
    }

    static func expiring(_ db: Database, at now: Instant) throws -> [OutboxMessage] {
        try messages(db, "state = 'waiting' AND expires <= ?", "message.id", [now.minutes])
    }

    static func inFlight(_ db: Database) throws -> [OutboxMessage] {
        try messages(db, "state = 'sending'", "message.id")
    }
}

extension ReportIssue {
    fileprivate init(_ row: Row) throws {
        self.init(
            key: try Key(row), generated: Instant(minutes: row["generated"]),
            report: Data((row["report"] as String).utf8))
    }
}

extension ReportIssue.Key {
    fileprivate init(_ row: Row) throws {
        self.init(
            organisation: Organisation.ID(row["organisation"]), date: try Stored.day(row, "date"),
            edition: row["edition"], isValid: row["valid"])
    }
}

extension OutboxMessage {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: ID(row["id"]), issue: try ReportIssue.Key(row),
            draft: OutboxDraft(
                recipient: row["recipient"], from: row["sender"], to: row["address"],
                messageID: row["message_id"], subject: row["subject"], bytes: row["bytes"]),
            state: try Stored.word(row, "state"), attempts: row["attempts"],
            due: Instant(minutes: row["due"]), expires: Instant(minutes: row["expires"]),
            last: try Delivery(row))
    }
}

extension Delivery {
    fileprivate init?(_ row: Row) throws {
        guard row["verdict"] != nil else { return nil }
        self.init(try Stored.word(row, "verdict"), code: row["code"], reply: row["reply"] ?? "")
    }
}

extension OutboxAttempt {
    fileprivate init(_ row: Row) throws {
        self.init(
            number: row["number"], began: Instant(minutes: row["began"]),
            ended: Stored.instant(row, "ended"), delivery: try Delivery(row))
    }
}
