import GRDB
import Roster
import SystemPool

extension SystemStore {
    public func aid() throws -> [AidRequest] { try read(Self.aid) }

    static func aid(_ db: Database) throws -> [AidRequest] { try calls(db).readable }

    /// In the order in which they were raised. One that cannot be read must not keep anybody from seeing the others.
    static func calls(_ db: Database) throws -> (readable: [AidRequest], unreadable: [UnreadableAid]) {
        var calls: [AidRequest] = []
        var unreadable: [UnreadableAid] = []
        for row in try Row.fetchAll(db, sql: "SELECT id, document FROM aid ORDER BY id") {
            do {
                calls.append(try Stored.value(row, "document"))
            } catch {
                if let call = try self.unreadable(db, row["id"]) { unreadable.append(call) }
            }
        }
        return (calls, unreadable)
    }

    private static func unreadable(_ db: Database, _ number: Int64) throws -> UnreadableAid? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT state, CAST(document ->> '$.asking' AS TEXT) AS asking,
                    CAST(document ->> '$.need.unit' AS TEXT) AS unit,
                    CAST(document ->> '$.loan.lender' AS TEXT) AS lender,
                    CAST(document ->> '$.need.end' AS TEXT) AS "end"
                FROM aid WHERE id = ?
                """, arguments: [number]
        ).map { row in
            func text(_ column: String) -> String? { row[column] }
            return UnreadableAid(
                id: id(number), state: text("state").flatMap(AidRequest.State.init),
                asking: text("asking").map { Organisation.ID($0) },
                unit: text("unit").map { Roster.Unit.ID($0) },
                lender: text("lender").map { Organisation.ID($0) }, end: text("end").flatMap { Instant($0) })
        }
    }

    private static func id(_ number: Int64) -> AidRequest.ID { AidRequest.ID("aid-\(number)") }

    public func aidLedger() throws -> AidLedger {
        try read { AidLedger(try Self.aid($0), of: try Self.required($0)) }
    }

    public func requestAid(
        _ need: AidRequest.Need, for asking: Organisation.ID, by: Actor, reason: Remark, at: Instant
    ) throws -> AidRequest {
        try write { db in
            try check(db, need, for: asking, by: by, at: at)
            return try Self.request(db, need, for: asking, by: by, reason: reason, at: at)
        }
    }

    public func requestAid(
        _ need: AidRequest.Need, heads: Int, for asking: Organisation.ID, by: Actor, reason: Remark,
        at: Instant
    ) throws -> [AidRequest] {
        try write { db in
            try check(db, need, for: asking, by: by, at: at)
            return try (0..<heads).map { _ in
                try Self.request(db, need, for: asking, by: by, reason: reason, at: at)
            }
        }
    }

    private static func request(
        _ db: Database, _ need: AidRequest.Need, for asking: Organisation.ID, by: Actor, reason: Remark,
        at: Instant
    ) throws -> AidRequest {
        try db.execute(sql: "INSERT INTO aid (state, document) VALUES ('requested', '{}')")
        let request = AidRequest(
            id: id(db.lastInsertedRowID), asking: asking, need: need, at: at, by: by,
            reason: reason)
        try keep(db, request)
        try note(db, at, by, .request, "call \(request.id) of \(asking)", reason.text)
        return request
    }

    private func check(
        _ db: Database, _ need: AidRequest.Need, for asking: Organisation.ID, by: Actor, at: Instant
    ) throws {
        guard by.role != .muster, by.organisation == nil || by.organisation == asking else {
            throw SystemRefusal.notYours(.request, by: by)
        }
        guard let organisation = try picture(db, at: at).organisation(asking) else {
            throw SystemRefusal.notAMember(asking)
        }
        guard need.start < need.end, need.end > at else {
            throw SystemRefusal.outOfRange(field: "end", accepted: "a time after the start and after now")
        }
        guard need.end - need.start <= AidRequest.Need.longest else {
            throw SystemRefusal.outOfRange(field: "end", accepted: "at most 24 hours after the start")
        }
        if let vacancy = need.vacancy {
            try Self.check(need, vacancy, of: organisation, at: at)
        } else if organisation.isStruck(need) {
            throw SystemRefusal.loanRefused(.strikeCover)
        }
    }

    /// - Parameter call: nil before it is made.
    private static func check(
        _ need: AidRequest.Need, _ id: Vacancy.ID, of organisation: OrganisationPicture,
        call: AidRequest.ID? = nil, at: Instant
    ) throws {
        let key = VacancyKey(organisation.id, id)
        let open = organisation.open(for: need, of: call)
        // What has passed is not missing any more, and is pushed no more.
        let covered = open.reduce(max(need.start, at)) { $1.start <= $0 ? max($0, $1.end) : $0 }
        guard !open.isEmpty, need.end <= covered else {
            let wasSent = organisation.push?.vacancies.contains { id.isPart(of: $0.id) } ?? false
            let isOpen = organisation.withoutPromises.contains { $0.id == id }
            throw wasSent || isOpen ? SystemRefusal.vacancyClosed(key) : SystemRefusal.unknownVacancy(key)
        }
        // Nobody is asked to do what the law does not let them.
        if open.contains(where: \.isStrikeCover) { throw SystemRefusal.loanRefused(.strikeCover) }
    }

    /// A loan is judged by the latest data of both sides when it is offered, and again when it is accepted and
    /// confirmed.
    ///
    /// - Throws: ``SystemRefusal/unknownAid(_:)``, ``SystemRefusal/loanRefused(_:)``, and what
    ///   ``AidRequest/advanced(_:loan:seen:by:reason:at:)`` throws.
    public func advanceAid(
        _ id: AidRequest.ID, _ step: AidStep, loan: AidRequest.Loan?, seen: String?, by: Actor,
        reason: Remark,
        at: Instant
    ) throws -> AidRequest {
        try write { db in
            guard let request = try Self.aid(db).first(where: { $0.id == id }) else {
                throw SystemRefusal.unknownAid(id)
            }
            let next = try request.advanced(step, loan: loan, seen: seen, by: by, reason: reason, at: at)
            if [.offer, .accept, .confirm].contains(step), let loan = next.loan {
                let picture = try picture(db, at: at)
                if let rule = picture.obstacle(to: loan, for: next.need, of: next.asking, call: id) {
                    throw SystemRefusal.loanRefused(rule)
                }
                if let vacancy = next.need.vacancy, let asking = picture.organisation(next.asking) {
                    try Self.check(next.need, vacancy, of: asking, call: id, at: at)
                }
            }
            try Self.keep(db, next)
            try Self.note(db, at, by, Self.action(step), "call \(id) of \(request.asking)", reason.text)
            return next
        }
    }

    private static func keep(_ db: Database, _ request: AidRequest) throws {
        try db.execute(
            sql: "UPDATE aid SET state = ?, document = ? WHERE id = ?",
            arguments: [
                request.state.rawValue, try Stored.json(request),
                Int64(request.id.text.dropFirst("aid-".count)),
            ])
    }

    private static func action(_ step: AidStep) -> SystemAuditEntry.Action {
        switch step {
        case .request: .request
        case .offer: .offer
        case .accept: .accept
        case .confirm: .confirm
        case .decline: .decline
        case .withdraw: .withdraw
        case .complete: .complete
        }
    }
}
