import GRDB
import Roster

extension RotaVersion {
    /// Which rota this is, for people: name, units and period.
    var label: String { Self.label(name: scenario, units: units, period: period) }

    static func label(name: String, units: Set<Unit.ID>, period: Period) -> String {
        "\(name) (\(units.map(\.text).sorted().joined(separator: ", ")), \(period.first) to \(period.last))"
    }
}

extension MusterStore {
    /// All rotas, the newest first.
    public func versions() throws -> [RotaVersion] {
        try read {
            try Row.fetchAll($0, sql: RotaVersion.select + " ORDER BY rota.id DESC").map(RotaVersion.init)
        }
    }

    /// - Throws: ``StoreRefusal/unknownRota(_:)``.
    public func version(_ id: RotaVersion.ID) throws -> RotaVersion {
        try read { try Self.version($0, id) }
    }

    /// The newest draft for the scenario's units and period: what `muster publish` means without a number.
    public func newestDraft(of scenario: Scenario) throws -> RotaVersion? {
        try read { try Self.newest($0, .draft, of: scenario) }
    }

    /// The rota that is in force for the scenario's units and period.
    public func published(for scenario: Scenario) throws -> RotaVersion? {
        try read { try Self.newest($0, .published, of: scenario) }
    }

    /// Who works what, as it was saved; bookings made since are apart, in ``bookings()``.
    ///
    /// - Throws: ``StoreRefusal/unknownRota(_:)``.
    public func rota(_ id: RotaVersion.ID) throws -> Rota {
        try read { db in
            Rota(period: try Self.version(db, id).period, duties: try Self.duties(db, id))
        }
    }

    /// Who works what now, for the scenario's units and period: the published rota and the live bookings.
    ///
    /// - Returns: Nil if no rota is published.
    public func rotaInForce(for scenario: Scenario) throws -> Rota? {
        try read { db in
            guard let version = try Self.newest(db, .published, of: scenario) else { return nil }
            return Rota(period: version.period, duties: try Self.dutiesInForce(db, version))
        }
    }

    /// The duties of a version and the live bookings in its units and period; of bookings that the store knows, it
    /// alone is believed.
    static func dutiesInForce(_ db: Database, _ version: RotaVersion) throws -> [Duty] {
        let booked = try bookings(db).map(\.request.duty)
        let duties = try duties(db, version.id).filter { duty in
            duty.source != .booking
                || !booked.contains { $0.person == duty.person && $0.sharesTime(with: duty) }
        }
        let live = try liveBookings(db, units: version.units, period: version.period)
        return duties + live.map(\.request.duty)
    }

    /// The gaps of one rota with what became of each, by start, then by rule.
    ///
    /// - Throws: ``StoreRefusal/unknownRota(_:)``.
    public func gaps(of id: RotaVersion.ID) throws -> [GapRecord] {
        try read { try Self.gaps($0, try Self.version($0, id).id) }
    }

    /// Gaps of all published rotas that bookings have not closed, accepted or not: hard ones first.
    public func openGaps() throws -> [GapRecord] {
        try read { db in
            try Self.published(db).flatMap { try Self.gaps(db, $0.id) }
                .filter { $0.state != .booked }
                .sorted {
                    ($0.gap.severity, $0.gap.start, $0.gap.id) < ($1.gap.severity, $1.gap.start, $1.gap.id)
                }
        }
    }

    /// The hard ones of ``openGaps()``: named until a confirmed booking closes them, whoever accepted them.
    public func criticalVacancies() throws -> [GapRecord] { try openGaps().filter(\.isCriticalVacancy) }

    /// All bookings, cancelled ones too, in the order in which they were made.
    public func bookings() throws -> [BookingRecord] {
        try read(Self.bookings)
    }

    /// Live bookings in the scenario's units and period, for solving with them in place.
    public func confirmedBookings(for scenario: Scenario) throws -> [Booking] {
        try read { db in
            try Self.liveBookings(db, units: Set(scenario.units.map(\.id)), period: scenario.period)
                .map(\.request.booking)
        }
    }

    /// Who did what, when and why: oldest first.
    public func audit() throws -> [AuditEntry] {
        try read { try Row.fetchAll($0, sql: "SELECT * FROM audit ORDER BY id").map(AuditEntry.init) }
    }

    // MARK: - Inside a transaction

    static func version(_ db: Database, _ id: RotaVersion.ID) throws -> RotaVersion {
        let sql = RotaVersion.select + " WHERE rota.id = ?"
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [id.value]) else {
            throw StoreRefusal.unknownRota(id)
        }
        return try RotaVersion(row)
    }

    static func newest(_ db: Database, _ state: RotaState, of scenario: Scenario) throws -> RotaVersion? {
        try Row.fetchOne(
            db,
            sql: RotaVersion.select + """
                 WHERE units = ? AND first = ? AND last = ? AND state = ? ORDER BY version DESC LIMIT 1
                """,
            arguments: [
                try json(scenario.units), scenario.period.first.description, scenario.period.last.description,
                state.rawValue,
            ]
        ).map(RotaVersion.init)
    }

    static func published(_ db: Database) throws -> [RotaVersion] {
        try Row.fetchAll(db, sql: RotaVersion.select + " WHERE state = 'published' ORDER BY first, rota.id")
            .map(RotaVersion.init)
    }

    /// The duties of a rota that start in a time, all of them unless one is given.
    static func duties(
        _ db: Database, _ id: RotaVersion.ID, from: Instant = Instant(minutes: .min),
        to: Instant = Instant(minutes: .max)
    ) throws -> [Duty] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM duty WHERE rota = ? AND start >= ? AND start < ?",
            arguments: [id.value, from.minutes, to.minutes]
        ).map(Duty.init)
    }

    static func bookings(_ db: Database) throws -> [BookingRecord] {
        try Row.fetchAll(db, sql: "SELECT * FROM booking ORDER BY id").map(BookingRecord.init)
    }

    static func liveBookings(_ db: Database, units: Set<Unit.ID>, period: Period) throws -> [BookingRecord] {
        try bookings(db).filter {
            $0.isLive && units.contains($0.request.duty.unit) && period.contains($0.request.duty.day)
        }
    }

    static func gaps(_ db: Database, _ rota: RotaVersion.ID) throws -> [GapRecord] {
        let rowsByGap = try coverRows(db, of: rota)
        return try Row.fetchAll(
            db,
            sql: """
                SELECT gap.*, acceptance.person, acceptance.reason FROM gap
                LEFT JOIN acceptance ON acceptance.rota = gap.rota AND acceptance.gap = gap.id
                WHERE gap.rota = ? ORDER BY gap.start, gap.rule
                """, arguments: [rota.value]
        ).map { row in
            let gap = try Gap(row)
            let covers = rowsByGap[gap.id] ?? []
            var acceptance: Acceptance?
            if let person = row["person"] as String? {
                acceptance = Acceptance(person: person, reason: row["reason"])
            }
            return GapRecord(
                rota: rota, gap: gap, acceptance: acceptance,
                bookings: Set(covers.map { BookingRecord.ID($0["booking"]) }).sorted(),
                remaining: gap.remaining(after: covers.map(Cover.init)))
        }
    }

    /// What live bookings cover of each gap.
    static func covers(_ db: Database, of rota: RotaVersion.ID) throws -> [Gap.ID: [Cover]] {
        try coverRows(db, of: rota).mapValues { $0.map(Cover.init) }
    }

    private static func coverRows(_ db: Database, of rota: RotaVersion.ID) throws -> [Gap.ID: [Row]] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT cover.* FROM cover JOIN booking ON booking.id = cover.booking
                WHERE cover.rota = ? AND booking.cancelled IS NULL
                """, arguments: [rota.value])
        return Dictionary(grouping: rows) { Gap.ID($0["gap"]) }
    }
}
