import GRDB
import Roster
import SystemPool

extension SystemStore {
    public func escalation(at: Instant) throws -> [EscalationState] {
        try write { db in
            let picture = try picture(db, at: at)
            return try picture.organisations.map { organisation in
                let reading = EscalationReading(picture, organisation)
                let previous = try Self.standing(db, organisation.id)
                let step = reading.step(after: previous)
                try Self.change(db, organisation.id, from: previous, to: step.standing, step.ended, at: at)
                return reading.state(
                    step.standing, opel: try Self.opel(db, organisation.id),
                    past: try Self.past(db, organisation.id, at: at))
            }
        }
    }

    /// Keeps what stands, and what has ended by it; the audit says when a level begins or ends.
    private static func change(
        _ db: Database, _ id: Organisation.ID, from previous: EscalationStanding?,
        to standing: EscalationStanding?, _ ended: EndedLevel?, at: Instant
    ) throws {
        if standing != previous { try keep(db, standing, of: id) }
        if let ended { try keep(db, ended) }
        guard standing?.point != previous?.point else { return }
        let name = standing.map { "point \($0.point)" } ?? "no level"
        let before = previous.map { "point \($0.point)" } ?? "no level"
        let why = ended.map { ": \($0.why.rawValue)" } ?? ""
        try note(db, at, .muster, .escalate, "level of \(id)", "\(name), after \(before)\(why)")
    }

    /// Ends the levels whose points the system has no more: nothing says later what they were.
    func endLevelsTakenOut(
        _ db: Database, of before: EscalationPlan, by: Actor, reason: Remark, at: Instant
    ) throws {
        let system = try Self.required(db)
        let points = Set(system.escalation.points.map(\.id))
        for id in system.members.map(\.id) {
            guard let standing = try Self.standing(db, id), !points.contains(standing.point),
                let point = before.points.first(where: { $0.id == standing.point })
            else { continue }
            // In a drill the clock of the levels may be ahead of that of whoever sets the system up.
            let picture = try picture(db, at: max(at, standing.lastMet))
            let next = picture.organisation(id).flatMap {
                EscalationReading(picture, $0).standing(afterEnding: standing)
            }
            let ended = EndedLevel(
                standing, of: point, in: id, at: picture.at, .takenOut, by: by, reason: reason)
            try Self.change(db, id, from: standing, to: next, ended, at: at)
        }
    }

    static func standing(_ db: Database, _ id: Organisation.ID) throws -> EscalationStanding? {
        try Row.fetchOne(
            db, sql: "SELECT document FROM standing WHERE organisation = ?", arguments: [id.text]
        ).map {
            try Stored.value($0, "document")
        }
    }

    private static func keep(_ db: Database, _ standing: EscalationStanding?, of id: Organisation.ID) throws {
        guard let standing else {
            return try db.execute(sql: "DELETE FROM standing WHERE organisation = ?", arguments: [id.text])
        }
        try db.execute(
            sql: """
                INSERT INTO standing (organisation, document) VALUES (?, ?)
                ON CONFLICT DO UPDATE SET document = excluded.document
                """, arguments: [id.text, try Stored.json(standing)])
    }

    private static func keep(_ db: Database, _ ended: EndedLevel) throws {
        try db.execute(
            sql: "INSERT INTO ended_level (organisation, ended, document) VALUES (?, ?, ?)",
            arguments: [ended.organisation.text, ended.ended.minutes, try Stored.json(ended)])
    }

    /// Levels that ended lately, the newest first.
    static func past(_ db: Database, _ id: Organisation.ID, at: Instant) throws -> [EndedLevel] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT document FROM ended_level WHERE organisation = ? AND ended > ?
                ORDER BY ended DESC, number DESC
                """, arguments: [id.text, (at - EndedLevel.shown).minutes]
        ).map { try Stored.value($0, "document") }
    }

    /// - Throws: ``SystemRefusal/noLevel(_:)``, ``SystemRefusal/levelReached(_:)``.
    @discardableResult
    public func standDown(_ id: Organisation.ID, by: Actor, reason: Remark, at: Instant) throws
        -> EscalationState
    {
        try write { db in
            let picture = try picture(db, at: at)
            guard let organisation = picture.organisation(id) else { throw SystemRefusal.notAMember(id) }
            let reading = EscalationReading(picture, organisation)
            guard let standing = reading.step(after: try Self.standing(db, id)).standing,
                let point = picture.system.escalation.points.first(where: { $0.id == standing.point })
            else { throw SystemRefusal.noLevel(id) }
            guard reading.state(standing, opel: nil).mayStandDown else {
                throw SystemRefusal.levelReached(id)
            }
            let next = reading.standing(afterEnding: standing)
            try Self.keep(db, next, of: id)
            try Self.keep(
                db, EndedLevel(standing, of: point, in: id, at: at, .stoodDown, by: by, reason: reason))
            try Self.note(db, at, by, .standDown, "level of \(id), point \(point.id)", reason.text)
            return reading.state(
                next, opel: try Self.opel(db, id), past: try Self.past(db, id, at: at))
        }
    }

    static func opel(_ db: Database, _ id: Organisation.ID) throws -> OpelEntry? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM opel WHERE organisation = ? ORDER BY at DESC, rowid DESC LIMIT 1",
            arguments: [id.text]
        ).map { row in
            OpelEntry(
                level: row["level"], framework: row["framework"], at: Instant(minutes: row["at"]),
                by: try Stored.word(row, "by"))
        }
    }

    /// - Throws: ``SystemRefusal/notAMember(_:)``, ``SystemRefusal/outOfRange(field:accepted:)``.
    public func enterOpel(
        _ level: Int, framework: String, for organisation: Organisation.ID, by: Actor, reason: Remark,
        at: Instant
    ) throws {
        guard (1...4).contains(level) else {
            throw SystemRefusal.outOfRange(field: "level", accepted: "1 to 4")
        }
        guard CheckedCode.isCode(framework) else {
            throw SystemRefusal.outOfRange(field: "framework", accepted: CheckedCode.accepted)
        }
        try write { db in
            guard try Self.required(db).member(organisation) != nil else {
                throw SystemRefusal.notAMember(organisation)
            }
            try db.execute(
                sql: "INSERT INTO opel (organisation, at, level, framework, by) VALUES (?, ?, ?, ?, ?)",
                arguments: [organisation.text, at.minutes, level, framework, by.role.rawValue])
            try Self.note(db, at, by, .opel, "OPEL \(level) of \(organisation)", reason.text)
        }
    }

    /// - Throws: ``SystemRefusal/unknownAction(_:)``, ``SystemRefusal/actionDone(_:)``.
    public func completeAction(
        _ card: ActionCard.ID, of organisation: Organisation.ID, by: Actor, reason: Remark, at: Instant
    ) throws {
        try write { db in
            let plan = try Self.required(db).escalation
            guard var standing = try Self.standing(db, organisation),
                let point = plan.points.first(where: { $0.id == standing.point }),
                point.actions.contains(where: { $0.id == card })
            else { throw SystemRefusal.unknownAction(card) }
            guard !standing.done.contains(where: { $0.card == card }) else {
                throw SystemRefusal.actionDone(card)
            }
            standing.done.append(EscalationStanding.Done(card: card, at: at, by: by))
            try Self.keep(db, standing, of: organisation)
            try Self.note(db, at, by, .action, "action \(card) of \(organisation)", reason.text)
        }
    }
}
