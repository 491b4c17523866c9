import Extracts
import GRDB
import Roster

extension MusterStore {
    /// What is known for some days ahead, from the newest extract of each kind that was made by `now`.
    ///
    /// If all extracts of a kind are younger than `now`, the oldest of them is taken and called one from the future.
    ///
    /// - Parameters:
    ///   - day: The first day reported on.
    ///   - days: How many, 1 or more.
    ///   - now: The time of the report; no clock is asked.
    /// - Returns: Nil if nothing was ever imported or published for days about which a report could ask.
    /// - Complexity: Linear in the rows of the extracts.
    public func picture(on day: Day, days: Int, at now: Instant) throws -> Picture? {
        try read { db in try Self.picture(db, Period(first: day, days: days), at: now) }
    }

    static func picture(_ db: Database, _ window: Period, at now: Instant) throws -> Picture? {
        let published = try published(db, on: Picture.daysNeeded(for: window))
        let imported = try extracts(db, at: now)
        var extracts =
            imported ?? published.first.map(TrustExtracts.init(publishedAlone:))
        extracts?.failedImport = try failedImport(db, at: now)
        return extracts.flatMap { Picture($0, published: published, window: window, now: now) }
    }

    /// Rotas in force on some of the days, with their live bookings, and the last of each unit that has none of these:
    /// that its rota has run out must be told.
    private static func published(_ db: Database, on days: ClosedRange<Day>) throws -> [PublishedRota] {
        let versions = try published(db)
        var chosen = versions.filter { $0.period.days.overlaps(days) }
        var told = Set(chosen.flatMap(\.units))
        for version in versions.reversed() where !version.units.isSubset(of: told) {
            chosen.append(version)
            told.formUnion(version.units)
        }
        return try chosen.compactMap { version in
            // A rota that was published before folders were kept is not known well enough.
            let row = try Row.fetchOne(
                db, sql: "SELECT folder FROM rota_folder WHERE rota = ?", arguments: [version.id.value])
            guard let row else { return nil }
            let folder: PublishedRota.Folder = try Stored.value(row, "folder")
            let duties = try dutiesInForce(db, version)
            let known = try liveBookings(db, units: version.units, period: version.period)
            let listed = folder.bookings.filter { booking in
                duties.contains {
                    $0.source == .booking && $0.person == booking.person && $0.day == booking.day
                }
            }
            return PublishedRota(
                folder: folder, period: version.period, publishedAt: version.published ?? version.saved,
                duties: duties, bookings: listed + known.map(\.request.booking))
        }
    }

    /// How the organisation reports, as it was at a time; nil if nothing was ever imported.
    public func policy(at now: Instant) throws -> ReportPolicy? {
        try read { db in try Self.importRow(db, at: now).map { try Stored.value($0, "policy") } }
    }

    static func extracts(_ db: Database, at now: Instant) throws -> TrustExtracts? {
        guard let row = try importRow(db, at: now) else { return nil }
        var extracts = TrustExtracts(
            definitions: try Stored.value(row, "definitions"), policy: try Stored.value(row, "policy"),
            units: try extract(db, .units, at: now), people: try extract(db, .people, at: now),
            skills: try extract(db, .skills, at: now), duties: try extract(db, .duties, at: now),
            leave: try extract(db, .leave, at: now), bookings: try extract(db, .bookings, at: now),
            requirements: try extract(db, .requirements, at: now))
        extracts.before = try before(db, extracts)
        return extracts
    }

    /// What the fullest extracts of the days before these held.
    private static func before(_ db: Database, _ extracts: TrustExtracts) throws -> EarlierExtracts {
        var earlier = EarlierExtracts()
        for source in extracts.sources {
            let head = try Row.fetchOne(
                db,
                sql: """
                    SELECT * FROM extract WHERE kind = ?1 AND extracted < ?2 AND extracted >= ?2 - ?3
                    ORDER BY "read" - json_array_length(rejected) DESC, extracted DESC, id DESC LIMIT 1
                    """, arguments: [source.kind.rawValue, source.extractedAt.minutes, daysKept * 1440])
            guard let head else { continue }
            let rejected: [RejectedRow] = try Stored.value(head, "rejected")
            earlier.accepted[source.kind] = head["read"] - rejected.count
            if source.kind == .units, head["has_rows"] {
                earlier.units = try rows(db, of: head, as: UnitRow.self).map(\.unit)
            }
            if source.kind == .requirements, head["has_rows"] {
                earlier.requirements = try rows(db, of: head, as: RequirementRow.self)
            }
        }
        return earlier
    }

    private static func importRow(_ db: Database, at now: Instant) throws -> Row? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT definitions, policy FROM trust_import
                ORDER BY extracted > ?1, abs(extracted - ?1), id DESC LIMIT 1
                """, arguments: [now.minutes])
    }

    private static func extract<Value: StoredExtractRow>(
        _ db: Database, _ kind: ExtractKind, at now: Instant
    ) throws -> Extract<Value>? {
        let head = try Row.fetchOne(
            db,
            sql: """
                SELECT * FROM extract WHERE kind = ?1 AND has_rows
                ORDER BY extracted > ?2, abs(extracted - ?2), id DESC LIMIT 1
                """, arguments: [kind.rawValue, now.minutes])
        guard let head else { return nil }
        let source = ExtractSource(
            kind: kind, file: head["file"], sha256: head["sha256"],
            extractedAt: Instant(minutes: head["extracted"]), read: head["read"],
            rejected: try Stored.value(head, "rejected"))
        return Extract(source: source, rows: try rows(db, of: head, as: Value.self))
    }

    private static func rows<Value: StoredExtractRow>(
        _ db: Database, of head: Row, as: Value.Type
    ) throws -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(head["read"])
        let cursor = try Row.fetchCursor(
            db,
            sql:
                "SELECT \(Value.columns.joined(separator: ", ")) FROM \(Value.table) WHERE extract = ? ORDER BY line",
            arguments: [head["id"] as Int64])
        while let row = try cursor.next() { values.append(try Value(row)) }
        return values
    }
}
