import Extracts
import GRDB
import Roster

/// What became of one kind of extract in an import.
public struct ImportedExtract: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        /// Kept, and in force from now on.
        case inForce
        /// The same bytes, read in the same way and of the same time, are in the store already: nothing changed.
        case unchanged
        /// In the store already too, but another stays in force: one of this later time, or of the same time that was read
        /// after it.
        case unchangedBehind(Instant)
        /// Kept for what lies behind, but a newer one stays in force.
        case older(than: Instant)

        /// Something is kept that was not in the store.
        public var isNew: Bool {
            switch self {
            case .inForce, .older: true
            case .unchanged, .unchangedBehind: false
            }
        }
    }

    public let count: ExtractCount
    public let outcome: Outcome
}

extension MusterStore {
    /// Keeps the extracts of one folder: all of them or none.
    ///
    /// - Parameters:
    ///   - reading: What `mapping.yaml`, `trust.yaml` and `report.yaml` were, as one fingerprint: with another
    ///     mapping the same bytes say something else.
    ///   - who: The person or the job that imports.
    /// - Returns: What became of each kind, by kind. If each is unchanged, nothing was written, not even to the audit,
    ///   but that no import has failed since.
    /// - Throws: ``StoreRefusal/unsaid(field:)``.
    /// - Complexity: Linear in rows.
    @discardableResult
    public func keep(
        _ extracts: TrustExtracts, reading: String, by who: String, at: Instant
    ) throws -> [ImportedExtract] {
        try Self.require(who, "name of who imports")
        return try write { db in
            let outcomes = try extracts.sources.map {
                ImportedExtract(count: $0.count, outcome: try Self.outcome(db, $0, reading: reading))
            }
            // That an old extract could be read says nothing of the newest data.
            if outcomes.contains(where: \.isAboutNow) { try Self.clearFailedImports(db, at: at) }
            guard outcomes.contains(where: \.outcome.isNew) else { return outcomes }
            try db.execute(
                sql: """
                    INSERT INTO trust_import (at, who, extracted, reading, definitions, policy)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    at.minutes, who, extracts.sources.map(\.extractedAt).max()?.minutes ?? at.minutes,
                    reading,
                    try Stored.json(extracts.definitions), try Stored.json(extracts.policy),
                ])
            let number = db.lastInsertedRowID
            let new = Set(outcomes.filter(\.outcome.isNew).map(\.count.kind))
            func keep<Row: StoredExtractRow>(_ extract: Extract<Row>?) throws {
                guard let extract, new.contains(extract.source.kind) else { return }
                try Self.insert(db, extract, reading: reading, of: number)
            }
            try keep(extracts.units)
            try keep(extracts.people)
            try keep(extracts.skills)
            try keep(extracts.duties)
            try keep(extracts.leave)
            try keep(extracts.bookings)
            try keep(extracts.requirements)
            try Self.prune(db)
            try AuditDraft(
                at: at, who: who, what: .import, subject: "import \(number)", why: "",
                detail: outcomes.map(\.summary).joined(separator: "; ")
            ).append(db)
            return outcomes
        }
    }

    private static func outcome(
        _ db: Database, _ source: ExtractSource, reading: String
    ) throws -> ImportedExtract.Outcome {
        let isKnown = try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM extract WHERE kind = ? AND sha256 = ? AND reading = ? AND extracted = ?)
                """,
            arguments: [source.kind.rawValue, source.sha256, reading, source.extractedAt.minutes])
        let newest = try Row.fetchOne(
            db,
            sql:
                "SELECT extracted, sha256, reading FROM extract WHERE kind = ? ORDER BY extracted DESC, id DESC LIMIT 1",
            arguments: [source.kind.rawValue])
        guard let newest else { return .inForce }
        let time = Instant(minutes: newest["extracted"])
        let isSame = newest["sha256"] == source.sha256 && newest["reading"] == reading
        if isKnown == true {
            return isSame && time == source.extractedAt ? .unchanged : .unchangedBehind(time)
        }
        if source.isTimeOfFile, isSame { return .unchanged }
        return time > source.extractedAt ? .older(than: time) : .inForce
    }

    private static func insert<Row: StoredExtractRow>(
        _ db: Database, _ extract: Extract<Row>, reading: String, of number: Int64
    ) throws {
        let source = extract.source
        try db.execute(
            sql: """
                INSERT INTO extract (import, kind, file, sha256, reading, extracted, "read", rejected)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                number, source.kind.rawValue, source.file, source.sha256, reading, source.extractedAt.minutes,
                source.read, try Stored.json(source.rejected),
            ])
        let id = db.lastInsertedRowID
        let columns = Row.columns.joined(separator: ", ")
        let places = Array(repeating: "?", count: Row.columns.count + 1).joined(separator: ", ")
        let statement = try db.makeStatement(
            sql: "INSERT INTO \(Row.table) (extract, \(columns)) VALUES (\(places))")
        for row in extract.rows { try statement.execute(arguments: StatementArguments([id] + row.values)) }
    }

    /// Days for which the rows of an extract are kept after a newer one took its place.
    static let daysKept = 7

    /// Rows of extracts that have not been in force for long go; what they were stays in `extract`.
    private static func prune(_ db: Database) throws {
        for kind in ExtractKind.allCases {
            let old = try Int64.fetchAll(
                db,
                sql: """
                    SELECT id FROM extract AS old WHERE kind = ?1 AND has_rows AND EXISTS (
                        SELECT 1 FROM extract AS next WHERE next.kind = ?1
                        AND (next.extracted, next.id) > (old.extracted, old.id)
                        AND next.extracted < (SELECT max(extracted) FROM extract WHERE kind = ?1) - ?2)
                    """, arguments: [kind.rawValue, daysKept * 1440])
            for id in old {
                try db.execute(
                    sql: "DELETE FROM \(kind.table) WHERE extract = ?", arguments: [id])
                try db.execute(sql: "UPDATE extract SET has_rows = 0 WHERE id = ?", arguments: [id])
            }
        }
    }
}

extension ExtractKind {
    fileprivate var table: String {
        switch self {
        case .units: UnitRow.table
        case .people: PersonRow.table
        case .skills: SkillRow.table
        case .duties: DutyRow.table
        case .leave: LeaveRow.table
        case .bookings: BookingRow.table
        case .requirements: RequirementRow.table
        }
    }
}

extension ImportedExtract {
    fileprivate var isAboutNow: Bool {
        switch outcome {
        case .inForce, .unchanged: true
        case .older, .unchangedBehind: false
        }
    }

    fileprivate var summary: String {
        let state =
            switch outcome {
            case .inForce: "in force"
            case .unchanged, .unchangedBehind: "unchanged"
            case .older(let newer): "older than \(newer)"
            }
        return "\(count.kind.rawValue) of \(count.extractedAt): \(count.accepted) rows, "
            + "\(count.rejected) rejected, \(state)"
    }
}
