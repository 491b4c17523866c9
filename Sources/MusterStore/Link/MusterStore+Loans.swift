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
    /// - Returns: Those that are new or have gone a step further.
    @discardableResult
    public func keepCalls(_ calls: [AidRequest], at: Instant) throws -> [AidRequest] {
        try write { db in
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
            let duty = booking.request.duty
            return booking.isLive && booking.request.origin == mutualAid && duty.person == old.visitor
                && duty.start < old.need.end && old.need.start < duty.end
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
            let own = try Set(String.fetchAll(db, sql: "SELECT DISTINCT organisation FROM push_queue"))
            let named = try Set(Self.loans(db).filter(\.isLive).map(\.call))
            return try Self.calls(db).filter { call in
                call.state == .confirmed && call.need.end > now && !named.contains(call.id)
                    && own.contains(call.loan?.lender.text ?? "")
            }
        }
    }

    // MARK: - People who are lent

    /// Keeps that somebody goes; the same again changes nothing.
    public func keepLoan(
        of person: Person.ID, under call: AidRequest, by who: String, reason: String, at: Instant
    ) throws {
        try Self.require(who, "name of who confirms")
        try Self.require(reason, "reason for the loan")
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO loan (call, person, receiver, start, "end", travel, recorded)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET person = excluded.person, recorded = excluded.recorded,
                        told = NULL, cancelled = NULL
                    WHERE person <> excluded.person OR cancelled IS NOT NULL
                    """,
                arguments: [
                    call.id.text, person.text, call.asking.text, call.need.start.minutes,
                    call.need.end.minutes, call.loan?.travelMinutes ?? 0, at.minutes,
                ])
            guard db.changesCount > 0 else { return }
            try AuditDraft(
                at: at, who: who, what: .lend, subject: "loan \(call.id)", why: reason,
                detail: "\(person) to \(call.asking), \(call.need.start) to \(call.need.end)"
            ).append(db)
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
