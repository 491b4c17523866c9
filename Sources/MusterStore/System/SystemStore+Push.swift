import CCrypto
import Foundation
import GRDB
import Roster
import SystemPool

extension SystemStore {
    public func receive(_ push: OrganisationPush, by: Actor, at: Instant) throws -> PushReceipt {
        let hash = AuditChain.sha256(try push.json())
        let document = try Stored.json(push)
        return try write { db in
            guard try Self.required(db).member(push.organisation) != nil else {
                throw SystemRefusal.notAMember(push.organisation)
            }
            guard push.extractedAt <= at + Self.tolerance else {
                throw SystemRefusal.fromTheFuture(push.extractedAt)
            }
            func receipt(_ result: PushReceipt.Result, taken: [Site.ID] = []) -> PushReceipt {
                PushReceipt(
                    organisation: push.organisation, extractedAt: push.extractedAt, result: result,
                    hash: hash,
                    vacancies: push.vacancies.count, offers: push.offers.count, takenSites: taken)
            }
            let extract = "extract \(push.organisation) \(push.extractedAt)"
            let key: StatementArguments = [push.organisation.text, push.extractedAt.minutes]
            if let known = try String.fetchOne(
                db, sql: "SELECT hash FROM push WHERE organisation = ? AND extracted = ?", arguments: key)
            {
                guard known == hash else {
                    throw SystemRefusal.contradicts(push.organisation, extractedAt: push.extractedAt)
                }
                try Self.note(db, at, by, .replay, extract, "the same again: nothing was changed")
                return receipt(.repeated, taken: push.sites(heldByOthers: try Self.siteHolders(db)))
            }
            let newest = try Int.fetchOne(
                db, sql: "SELECT max(extracted) FROM push WHERE organisation = ?",
                arguments: [push.organisation.text])
            if let newest, newest > push.extractedAt.minutes { return receipt(.older) }
            // As it was when the last push was made: gaps that have passed since were missing too. What else cannot be read
            // keeps no push out.
            let last = newest.map(Instant.init(minutes:)) ?? at
            let known = try? picture(db, at: last).organisation(push.organisation)
            try Self.keep(db, push, hash, document, at)
            try Self.claimSites(db, of: push)
            let taken = push.sites(heldByOthers: try Self.siteHolders(db))
            try Self.keepShortages(db, of: push, after: known)
            try Self.note(
                db, at, by, .push, extract,
                "vacancies: \(push.vacancies.count), offers: \(push.offers.count), metrics: \(push.metrics.count)"
                    + (taken.isEmpty ? "" : "; \(PushReceipt.words(ofTaken: taken))"))
            return receipt(.taken, taken: taken)
        }
    }

    /// An id is of whoever sent it first, until they no longer do.
    private static func claimSites(_ db: Database, of push: OrganisationPush) throws {
        let sites = push.sites.map(\.id.text)
        let held = try String.fetchAll(
            db, sql: "SELECT id FROM site WHERE organisation = ?", arguments: [push.organisation.text])
        for id in held where !sites.contains(id) {
            try db.execute(sql: "DELETE FROM site WHERE id = ?", arguments: [id])
        }
        for id in sites {
            try db.execute(
                sql: "INSERT OR IGNORE INTO site (id, organisation) VALUES (?, ?)",
                arguments: [id, push.organisation.text])
        }
    }

    /// Who has left the system holds nothing.
    static func siteHolders(_ db: Database) throws -> [Site.ID: Organisation.ID] {
        let members = Set(try required(db).members.map(\.id))
        return try Row.fetchAll(db, sql: "SELECT id, organisation FROM site").reduce(into: [:]) {
            holders, row in
            let holder = Organisation.ID(row["organisation"])
            if members.contains(holder) { holders[Site.ID(row["id"])] = holder }
        }
    }

    private static func keep(
        _ db: Database, _ push: OrganisationPush, _ hash: String, _ document: String, _ at: Instant
    )
        throws
    {
        try db.execute(
            sql: "UPDATE push SET document = NULL WHERE organisation = ? AND document IS NOT NULL",
            arguments: [push.organisation.text])
        try db.execute(
            sql:
                "INSERT INTO push (organisation, extracted, received, hash, document) VALUES (?, ?, ?, ?, ?)",
            arguments: [push.organisation.text, push.extractedAt.minutes, at.minutes, hash, document])
    }

    /// Counts what was missing until the push, as it was known before, and puts what it says of the time ahead in the place
    /// of what was said before. Of passed time, a push may say more than was known; it takes nothing back, for most no
    /// longer tell of gaps that are over.
    private static func keepShortages(
        _ db: Database, of push: OrganisationPush, after known: OrganisationPicture?
    ) throws {
        try db.execute(
            sql: "UPDATE shortage SET minutes = 0 WHERE organisation = ?",
            arguments: [push.organisation.text])
        func keep(_ records: [ShortageRecord], isAhead: Bool, _ change: String) throws {
            let statement = try db.makeStatement(
                sql: """
                    INSERT INTO shortage (organisation, unit, staff_group, day, site, minutes, passed)
                    VALUES (?, ?, ?, ?, ?, \(isAhead ? "?, 0" : "0, ?")) ON CONFLICT DO UPDATE SET \(change)
                    """)
            for record in records {
                try statement.execute(arguments: [
                    record.organisation.text, record.unit.text, record.staffGroup.rawValue,
                    record.day.description, record.site.text, record.minutes,
                ])
            }
        }
        let (id, now) = (push.organisation, push.extractedAt)
        if let known, let before = known.push?.extractedAt {
            try keep(
                ShortageRecord.records(of: known.vacancies, in: id, from: before, to: now), isAhead: false,
                "passed = passed + excluded.passed")
        }
        try keep(
            ShortageRecord.records(of: push.vacancies, in: id, to: now), isAhead: false,
            "passed = max(passed, excluded.passed)")
        try keep(
            ShortageRecord.records(of: push.vacancies, in: id, from: now), isAhead: true,
            "minutes = minutes + excluded.minutes")
    }

    /// Of the days that the risk register looks back on.
    static func shortages(_ db: Database, at: Instant) throws -> [ShortageRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT organisation, unit, staff_group, day, site, minutes + passed AS minutes FROM shortage
                WHERE day > ? AND minutes + passed > 0 ORDER BY organisation, day, unit, staff_group
                """,
            arguments: [at.day.advanced(by: -RiskRegister.span).description]
        ).map { row in
            ShortageRecord(
                organisation: Organisation.ID(row["organisation"]), site: Site.ID(row["site"]),
                unit: Roster.Unit.ID(row["unit"]), staffGroup: try Stored.word(row, "staff_group"),
                day: try Stored.day(row, "day"), minutes: row["minutes"])
        }
    }
}
