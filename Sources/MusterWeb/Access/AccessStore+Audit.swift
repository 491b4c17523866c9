import GRDB
import Roster

/// Something that happened to access, before it is written down.
struct AccessEvent: Sendable {
    enum Action: String, Sendable {
        case created, revoked
        case signedIn = "signed in"
        case signedOut = "signed out"
    }

    let who: String
    let what: Action
    let subject: String
    let why: String

    func append(_ db: Database, at now: Instant) throws {
        try db.execute(
            sql: "INSERT INTO audit (at, who, what, subject, why) VALUES (?, ?, ?, ?, ?)",
            arguments: [now.minutes, who, what.rawValue, subject.bounded, why.bounded])
    }
}

/// A row of the audit of access.
public struct AccessEntry: Sendable, Equatable {
    public let number: Int
    public let at: Instant
    public let who: String
    public let what: String
    public let subject: String
    public let why: String
}

extension AccessStore {
    /// The last rows of the audit, the newest first.
    public func audit(last count: Int) throws -> [AccessEntry] {
        try pool.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM audit ORDER BY id DESC LIMIT ?", arguments: [count]).map
            { row in
                AccessEntry(
                    number: row["id"], at: Instant(minutes: row["at"]), who: row["who"], what: row["what"],
                    subject: row["subject"], why: row["why"])
            }
        }
    }
}

extension String {
    /// What somebody sent, fit for a row of the audit: short, on one line.
    fileprivate var bounded: String {
        let line = unicodeScalars.prefix(300).map {
            $0.properties.generalCategory == .control ? "\u{FFFD}" : $0
        }
        return String(String.UnicodeScalarView(line))
    }
}
