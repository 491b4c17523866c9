import Extracts
import Foundation
import GRDB
import Roster
import RulePack
import SystemPool

extension MusterStore {
    // MARK: - Calls that were pulled down

    /// Keeps the calls that concern this organisation as the system knows them now. A loan whose call is no longer
    /// confirmed, or by another offer than that for which somebody was named, is cancelled: the person is free again. So is
    /// the booking of somebody who was to come and does not: the gap is open again.
    ///
    /// - Parameter gone: Those that the system shows to others now; they are not kept any longer.
    /// - Returns: Those that are new or have gone a step further.
    @discardableResult
    public func keepCalls(
        _ calls: [AidRequest], forgetting gone: [AidRequest.ID] = [], at: Instant
    ) throws -> [AidRequest] {
        try write { db in
            for call in gone {
                try db.execute(sql: "DELETE FROM aid_call WHERE id = ?", arguments: [call.text])
                try Self.cancelLoan(
                    db, call, reason: "the call was taken back and is shown here no more", at: at)
            }
            let known = Dictionary(try Self.calls(db).map { ($0.id, $0) }) { first, _ in first }
            let changed = calls.filter { known[$0.id] != $0 }
            for call in changed {
                if let old = known[call.id] { try Self.cancelVisit(db, old, now: call, at: at) }
                try db.execute(
                    sql: """
                        INSERT INTO aid_call (id, document, pulled) VALUES (?, ?, ?)
                        ON CONFLICT DO UPDATE SET document = excluded.document, pulled = excluded.pulled
                        """, arguments: [call.id.text, try Stored.json(call), at.minutes])
                if let why = call.endsLoan(of: known[call.id]) {
                    try Self.cancelLoan(db, call.id, reason: why, at: at)
                }
            }
            return changed
        }
    }

    private static func cancelVisit(_ db: Database, _ old: AidRequest, now call: AidRequest, at: Instant)
        throws
    {
        guard old.state.isBooked, !call.state.isBooked || call.visitor != old.visitor else { return }
        let visits = try bookings(db).filter { booking in
            booking.isLive && booking.request.origin == mutualAid && old.isWorked(by: booking.request.duty)
        }
        for visit in visits {
            try db.execute(
                sql: "UPDATE booking SET cancelled = ? WHERE id = ?",
                arguments: [at.minutes, visit.id.value])
            try AuditDraft(
                at: at, who: "muster", what: .cancel, subject: "booking \(visit.id)",
                why: "the call \(call.id) is \(call.state.rawValue)",
                detail: "\(visit.request.duty.person) on \(visit.request.gap)"
            ).append(db)
        }
    }

    /// Calls that are known here, not over and not among these, though their time is not.
    public func callsGoingOn(besides listed: [AidRequest], at now: Instant) throws -> [AidRequest] {
        let listed = Set(listed.map(\.id))
        return try calls().filter { !$0.state.isOver && $0.need.end > now && !listed.contains($0.id) }
    }

    /// Who this is, as far as is known from what it has pushed.
    public func organisationsPushed() throws -> Set<Organisation.ID> { try read(Self.organisationsPushed) }

    private static func organisationsPushed(_ db: Database) throws -> Set<Organisation.ID> {
        try Set(
            String.fetchAll(db, sql: "SELECT DISTINCT organisation FROM push_queue").map {
                Organisation.ID($0)
            })
    }

    /// The origin of bookings of people whom another organisation lends.
    public static let mutualAid = "mutual-aid"

    /// By id.
    public func calls() throws -> [AidRequest] { try read(Self.calls) }

    private static func calls(_ db: Database) throws -> [AidRequest] {
        try Row.fetchAll(db, sql: "SELECT document FROM aid_call ORDER BY length(id), id").map {
            try Stored.value($0, "document")
        }
    }

    /// Confirmed calls that are not over under which this organisation lends somebody, and nobody is named who goes: they
    /// were confirmed on the system's page. Which organisation this is, is known from what it has pushed.
    public func callsLackingPerson(at now: Instant) throws -> [AidRequest] {
        try read { db in
            let own = try Self.organisationsPushed(db)
            let named = try Set(Self.loans(db).filter(\.isLive).map(\.call))
            return try Self.calls(db).filter { call in
                call.state == .confirmed && call.need.end > now && !named.contains(call.id)
                    && call.loan.map { own.contains($0.lender) } ?? false
            }
        }
    }

    /// Confirmed calls of this organisation that are not over and under which nobody is booked here: the system counts
    /// their gaps as closed, the rota does not.
    public func callsLackingVisitor(at now: Instant) throws -> [AidRequest] {
        try read { db in
            let own = try Self.organisationsPushed(db)
            let visits = try Self.bookings(db).filter(\.isLive).map(\.request.duty)
            return try Self.calls(db).filter { call in
                call.state == .confirmed && call.need.end > now && own.contains(call.asking)
                    && !visits.contains { call.isWorked(by: $0) }
            }
        }
    }

    // MARK: - People who are lent

    /// Keeps that somebody goes, who is named by what the store knows then: nothing is published, imported, booked or
    /// lent between the two. The same again changes nothing.
    ///
    /// - Parameter naming: Who goes, by the organisation's own rota of today until after the call, and by who goes under
    ///   other calls; it throws if nobody may, and must not ask the store.
    /// - Returns: Who goes.
    /// - Throws: ``StoreRefusal/elsewhere(_:_:)`` for somebody who is booked, or goes under another call, at that time;
    ///   what `naming` throws; `StoreError`.
    @discardableResult
    public func keepLoan(
        under call: AidRequest, by who: String, reason: String, at: Instant,
        naming: (_ picture: Picture?, _ others: [AwayDuty]) throws -> Person.ID
    ) throws -> Person.ID {
        try Self.require(who, "name of who confirms")
        try Self.require(reason, "reason for the loan")
        return try write { db in
            let others = try Self.loans(db).filter { $0.isLive && $0.call != call.id }.map(\.away)
            let person = try naming(try Self.picture(db, call.window(at: at), at: at), others)
            try Self.requireFree(person, under: call, db)
            try db.execute(
                sql: """
                    INSERT INTO loan (call, person, receiver, start, "end", travel, recorded)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET person = excluded.person, receiver = excluded.receiver,
                        start = excluded.start, "end" = excluded."end", travel = excluded.travel,
                        recorded = excluded.recorded, told = NULL, cancelled = NULL
                    WHERE person <> excluded.person OR cancelled IS NOT NULL OR receiver <> excluded.receiver
                        OR start <> excluded.start OR "end" <> excluded."end" OR travel <> excluded.travel
                    """,
                arguments: [
                    call.id.text, person.text, call.asking.text, call.need.start.minutes,
                    call.need.end.minutes, call.loan?.travelMinutes ?? 0, at.minutes,
                ])
            guard db.changesCount > 0 else { return person }
            try AuditDraft(
                at: at, who: who, what: .lend, subject: "loan \(call.id)", why: reason,
                detail: "\(person) to \(call.asking), \(call.need.start) to \(call.need.end)"
            ).append(db)
            return person
        }
    }

    /// Whatever a rota says: bookings and loans as they were kept here.
    private static func requireFree(_ person: Person.ID, under call: AidRequest, _ db: Database) throws {
        let away = AwayDuty(
            person: person, start: call.need.start, end: call.need.end,
            travelMinutes: call.loan?.travelMinutes ?? 0)
        // Whoever is one of a unit's surplus is on duty there, perhaps by a booking.
        func isTakenFrom(_ duty: Duty) -> Bool {
            guard case .surplus(let unit)? = call.loan?.source else { return false }
            return duty.unit == unit && duty.start < call.need.end && call.need.start < duty.end
        }
        let bookings = try bookings(db).filter {
            $0.isLive && away.cuts(into: $0.request.duty) && !isTakenFrom($0.request.duty)
        }.map { "booking \($0.id) from \($0.request.duty.start) to \($0.request.duty.end)" }
        let loans = try loans(db).map { ($0, $0.away) }.filter { loan, other in
            loan.isLive && loan.call != call.id && loan.person == person && other.leaves < away.returns
                && away.leaves < other.returns
        }.map { "loan \($0.0.call) from \($0.0.start) to \($0.0.end)" }
        guard bookings.isEmpty, loans.isEmpty else {
            throw StoreRefusal.elsewhere(person, bookings + loans)
        }
    }

    /// Takes back what was kept, because the system did not take the confirmation.
    public func cancelLoan(under call: AidRequest.ID, reason: String, at: Instant) throws {
        try write { try Self.cancelLoan($0, call, reason: reason, at: at) }
    }

    private static func cancelLoan(_ db: Database, _ call: AidRequest.ID, reason: String, at: Instant) throws
    {
        try db.execute(
            sql: "UPDATE loan SET cancelled = ? WHERE call = ? AND cancelled IS NULL",
            arguments: [at.minutes, call.text])
        guard db.changesCount > 0 else { return }
        try AuditDraft(at: at, who: "muster", what: .cancel, subject: "loan \(call)", why: reason).append(db)
    }

    /// Keeps that the receiving organisation has been told who comes.
    public func keepTold(_ call: AidRequest.ID, at: Instant) throws {
        try write {
            try $0.execute(
                sql: "UPDATE loan SET told = ? WHERE call = ?", arguments: [at.minutes, call.text])
        }
    }

    /// By start.
    public func loans() throws -> [LoanRecord] { try read(Self.loans) }

    /// When people of the scenario are lent: for the checker, who counts for nothing at home meanwhile.
    public func lent(of scenario: Scenario, rules: RuleBook) throws -> [AwayDuty] {
        try plan(of: scenario, rules).away
    }

    /// The same for a search: loans that it holds in people's lines, and the days that the others cost.
    public func lentForSearch(
        of scenario: Scenario, rules: RuleBook
    ) throws -> (away: [AwayDuty], leave: [Leave]) {
        try plan(of: scenario, rules).forSearch()
    }

    private func plan(of scenario: Scenario, _ rules: RuleBook) throws -> Plan {
        Plan(
            scenario: scenario, rules: rules, duties: [], known: [], published: [], loans: try loans())
    }

    static func loans(_ db: Database) throws -> [LoanRecord] {
        try Row.fetchAll(db, sql: #"SELECT * FROM loan ORDER BY start, call"#).map { row in
            LoanRecord(
                call: AidRequest.ID(row["call"]), person: Person.ID(row["person"]),
                receiver: Organisation.ID(row["receiver"]), start: Instant(minutes: row["start"]),
                end: Instant(minutes: row["end"]), travelMinutes: row["travel"],
                recordedAt: Instant(minutes: row["recorded"]), toldAt: Stored.instant(row, "told"),
                cancelledAt: Stored.instant(row, "cancelled"))
        }
    }
}

extension AidRequest {
    /// The days that a loan is judged by: from today, or its own day if that has passed, to the day after it at least.
    fileprivate func window(at now: Instant) -> Period {
        let day = need.start.day
        return Period(first: min(day, now.day), days: 1 + max(2, now.day.distance(to: day) + 1))
    }

    /// Why nobody goes any more under what was known of the call; nil if they do.
    fileprivate func endsLoan(of known: AidRequest?) -> String? {
        // Accepted is the step before confirmed: a confirmation may be on its way.
        guard state.isBooked || state == .accepted else { return "the call is \(state.rawValue)" }
        guard let known else { return nil }
        // The system shows a lender what has happened since the last offer, and of what was before its own part alone.
        let goesOn = loan == known.loan && eventsSinceOffer.starts(with: known.eventsSinceOffer)
        return goesOn ? nil : "the call was taken back and offered anew"
    }
}
