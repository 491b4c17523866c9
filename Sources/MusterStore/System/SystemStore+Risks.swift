import GRDB
import Roster
import SystemPool

extension SystemStore {
    public func risks(includingClosed: Bool) throws -> [RiskRow] {
        try read { db in
            try Self.risks(db).filter { includingClosed || $0.closed == nil }
        }
    }

    public func unreadableRisks() throws -> [UnreadableRisk] { try read { try Self.register($0).unreadable } }

    static func risks(_ db: Database) throws -> [RiskRow] { try register(db).rows }

    /// In the order in which they were raised. One that cannot be read must not keep anybody from seeing the others.
    static func register(_ db: Database) throws -> (rows: [RiskRow], unreadable: [UnreadableRisk]) {
        var rows: [RiskRow] = []
        var unreadable: [UnreadableRisk] = []
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT id, document, CAST(document ->> '$.organisation' AS TEXT) AS organisation
                FROM risk ORDER BY number
                """)
        {
            do {
                rows.append(try Stored.value(row, "document"))
            } catch {
                unreadable.append(
                    UnreadableRisk(
                        id: RiskRow.ID(row["id"]),
                        organisation: (row["organisation"] as String?).map { Organisation.ID($0) }))
            }
        }
        return (rows, unreadable)
    }

    public func refreshRisks(at: Instant) throws {
        try write { db in
            let (before, unreadable) = try Self.register(db)
            let register = RiskRegister(try picture(db, at: at), history: try Self.shortages(db, at: at))
            let known = Dictionary(before.map { ($0.id, $0) }) { first, _ in first }
            for row in register.refreshed(before, taken: Set(unreadable.map(\.id))) where known[row.id] != row
            {
                try Self.keep(db, row)
                if known[row.id] == nil {
                    try Self.note(db, at, .muster, .raise, "risk \(row.id)", row.cause)
                }
            }
        }
    }

    private static func keep(_ db: Database, _ row: RiskRow) throws {
        try db.execute(
            sql: """
                INSERT INTO risk (id, closed, document) VALUES (?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET closed = excluded.closed, document = excluded.document
                """, arguments: [row.id.text, row.closed?.at.minutes, try Stored.json(row)])
    }

    /// - Throws: ``SystemRefusal/notAMember(_:)``, ``SystemRefusal/outOfRange(field:accepted:)``.
    public func raiseRisk(_ draft: RiskDraft, by: Actor, reason: Remark, at: Instant) throws -> RiskRow {
        try write { db in
            guard try Self.required(db).member(draft.organisation) != nil else {
                throw SystemRefusal.notAMember(draft.organisation)
            }
            let number = try Int64.fetchOne(db, sql: "SELECT coalesce(max(number), 0) + 1 FROM risk") ?? 1
            let row = try RiskRow(draft, id: RiskRow.ID("risk-\(number)"), at: at)
            try Self.keep(db, row)
            try Self.note(db, at, by, .raise, "risk \(row.id)", reason.text)
            return row
        }
    }

    /// - Throws: ``SystemRefusal/unknownRisk(_:)``, ``SystemRefusal/riskClosed(_:)``,
    ///   ``SystemRefusal/outOfRange(field:accepted:)``.
    public func reviewRisk(_ id: RiskRow.ID, _ change: RiskChange, by: Actor, remark: Remark, at: Instant)
        throws
        -> RiskRow
    {
        try update(id, .review, by, remark, at) { row throws(SystemRefusal) in
            try row.review(change, by: by, remark: remark, at: at)
        }
    }

    public func closeRisk(_ id: RiskRow.ID, by: Actor, remark: Remark, at: Instant) throws -> RiskRow {
        try update(id, .close, by, remark, at) { row throws(SystemRefusal) in
            try row.close(by: by, remark: remark, at: at)
        }
    }

    private func update(
        _ id: RiskRow.ID, _ action: SystemAuditEntry.Action, _ by: Actor, _ remark: Remark, _ at: Instant,
        _ change: (inout RiskRow) throws(SystemRefusal) -> Void
    ) throws -> RiskRow {
        try write { db in
            guard var row = try Self.risks(db).first(where: { $0.id == id }) else {
                throw SystemRefusal.unknownRisk(id)
            }
            try change(&row)
            try Self.keep(db, row)
            try Self.note(db, at, by, action, "risk \(id)", remark.text)
            return row
        }
    }
}
