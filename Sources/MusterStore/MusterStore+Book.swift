import GRDB
import Roster
import RulePack

extension MusterStore {
    /// Confirms a booking against a gap of the published rota.
    ///
    /// The independent checker judges the person on the duty, together with everything that the folder and the
    /// store know of them: competent, in date, free, and rested on both sides. Where the booking covers only a
    /// part, the gap stays open for the rest; other gaps for which the person counts at the time are covered
    /// too.
    ///
    /// - Parameter scenario: The folder, for the same units and period as the published rota.
    /// - Throws: ``StoreRefusal/unsaid(field:)``, ``StoreRefusal/nothingPublished(scenario:)``,
    ///   ``StoreRefusal/unknownGap(_:open:)``, ``StoreRefusal/gapClosed(_:)``,
    ///   ``StoreRefusal/doubleBooked(_:)``, ``StoreRefusal/notVouchedFor(_:)``,
    ///   ``StoreRefusal/notLawful(_:_:_:)``, ``StoreRefusal/doesNotCover(_:_:)``.
    @discardableResult
    public func book(
        _ request: BookingRequest, scenario: Scenario, rules: RuleBook, by who: String, reason: String,
        at: Instant
    ) throws -> BookingRecord {
        try Self.require(who, "name of who books")
        try Self.require(reason, "reason for the booking")
        try Self.require(request.origin, "origin of the person booked")
        return try write { db in
            guard let rota = try Self.newest(db, .published, of: scenario) else {
                throw StoreRefusal.nothingPublished(
                    scenario: RotaVersion.label(
                        name: scenario.name, units: Set(scenario.units.map(\.id)), period: scenario.period))
            }
            let gaps = try Self.gaps(db, rota.id)
            guard let gap = gaps.first(where: { $0.gap.isCalled(request.gap) }) else {
                throw StoreRefusal.unknownGap(
                    request.gap, open: gaps.filter { $0.state != .booked }.map(\.gap.id))
            }
            let request = request.on(gap.gap.id)
            guard gap.state != .booked else { throw StoreRefusal.gapClosed(request.gap) }
            if let other = try Self.liveBooking(db, sharingTimeWith: request.duty) {
                throw StoreRefusal.doubleBooked(other)
            }

            let plan = try Self.plan(db, of: rota.id, scenario: scenario, rules: rules)
            let obstacles = try plan.obstacles(to: request)
            guard obstacles.isEmpty else {
                throw StoreRefusal.notLawful(request.duty.person, request.gap, obstacles)
            }
            let covers = plan.covers(
                of: [request], besides: plan.bookings.map(\.request), known: try Self.covers(db, of: rota.id),
                for: gaps.map(\.gap)
            ).flatMap(\.self)
            guard covers.contains(where: { $0.gap == request.gap }) else {
                throw StoreRefusal.doesNotCover(request.duty.person, request.gap)
            }

            let id = try Self.insert(db, request, at: at)
            for cover in covers { try cover.insert(db, rota: rota.id, booking: id) }
            try AuditDraft(
                at: at, who: who, what: .book, subject: "booking \(id)", why: reason,
                detail: "\(request.duty.person) (\(request.origin)) on \(request.gap), "
                    + "\(request.duty.start) to \(request.duty.end)"
            ).append(db)
            return try Self.booking(db, id)
        }
    }

    /// Takes a booking back. What it covered is open again.
    ///
    /// - Throws: ``StoreRefusal/unsaid(field:)``, ``StoreRefusal/unknownBooking(_:)``,
    ///   ``StoreRefusal/alreadyCancelled(_:)``.
    @discardableResult
    public func cancel(_ id: BookingRecord.ID, by who: String, reason: String, at: Instant) throws
        -> BookingRecord
    {
        try Self.require(who, "name of who cancels")
        try Self.require(reason, "reason for cancelling")
        return try write { db in
            let booking = try Self.booking(db, id)
            guard booking.isLive else { throw StoreRefusal.alreadyCancelled(id) }
            try db.execute(
                sql: "UPDATE booking SET cancelled = ? WHERE id = ?", arguments: [at.minutes, id.value])
            try AuditDraft(
                at: at, who: who, what: .cancel, subject: "booking \(id)", why: reason,
                detail: "\(booking.request.duty.person) on \(booking.request.gap)"
            ).append(db)
            return try Self.booking(db, id)
        }
    }

    // MARK: - Inside a transaction

    /// The rota with all that the store knows besides; `without` are rotas that it is about to replace.
    static func plan(
        _ db: Database, of rota: RotaVersion.ID, scenario: Scenario, rules: RuleBook,
        without replaced: Set<RotaVersion.ID> = []
    ) throws -> Plan {
        let others = try published(db).map(\.id).filter { $0 != rota && !replaced.contains($0) }
        let from = London.instant(scenario.period.first.advanced(by: -Plan.reach), minute: 0)
        let to = London.instant(scenario.period.last.advanced(by: Plan.reach), minute: 1440)
        return Plan(
            scenario: scenario, rules: rules, duties: try duties(db, rota), known: try bookings(db),
            published: try others.flatMap { try duties(db, $0, from: from, to: to) }, loans: try loans(db))
    }

    private static func booking(_ db: Database, _ id: BookingRecord.ID) throws -> BookingRecord {
        let sql = "SELECT * FROM booking WHERE id = ?"
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [id.value]) else {
            throw StoreRefusal.unknownBooking(id)
        }
        return try BookingRecord(row)
    }

    private static func liveBooking(_ db: Database, sharingTimeWith duty: Duty) throws -> BookingRecord? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT * FROM booking
                WHERE cancelled IS NULL AND person = ? AND start < ? AND "end" > ? ORDER BY start
                """, arguments: [duty.person.text, duty.end.minutes, duty.start.minutes]
        ).map(BookingRecord.init)
    }

    private static func insert(_ db: Database, _ request: BookingRequest, at: Instant) throws
        -> BookingRecord.ID
    {
        let first: [(any DatabaseValueConvertible)?] = [request.gap.text]
        let last: [(any DatabaseValueConvertible)?] = [
            try Stored.json(request.skills.sorted()), request.origin, request.vouchedFor?.from.minutes,
            request.vouchedFor?.until.minutes, at.minutes,
        ]
        try db.execute(
            sql: """
                INSERT INTO booking
                    (gap, \(Duty.columns), skills, origin, free_from, free_until, booked)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, arguments: StatementArguments(first + request.duty.values + last))
        return BookingRecord.ID(db.lastInsertedRowID)
    }
}
