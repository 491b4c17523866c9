import Extracts
import GRDB
import Roster
import RulePack

extension MusterStore {
    /// Puts a draft in force: from now on it, with the bookings that are live, is the rota of its units and days.
    ///
    /// The independent checker reads it together with the folder as it is now; what it finds short are the
    /// gaps that are published. Rotas for the same or a part of the units and days are superseded; their
    /// bookings stand, and close gaps of this one.
    ///
    /// - Parameters:
    ///   - scenario: The folder, for the same units and period as the draft.
    ///   - accepting: For each hard gap that stays open, who carries it and why. It stays a critical vacancy.
    /// - Throws: ``StoreRefusal/unsaid(field:)``, ``StoreRefusal/unknownRota(_:)``,
    ///   ``StoreRefusal/notADraft(_:_:)``, ``StoreRefusal/otherScenario(rota:its:given:)``,
    ///   ``StoreRefusal/overlapsPublished(_:other:its:)``, ``StoreRefusal/rosteredWhileLent(_:_:)``,
    ///   ``StoreRefusal/breaches(_:_:)``, ``StoreRefusal/hardGapsOpen(_:_:)``,
    ///   ``StoreRefusal/nothingToAccept(_:_:)``.
    @discardableResult
    public func publish(
        _ id: RotaVersion.ID, scenario: Scenario, rules: RuleBook,
        accepting: [Gap.ID: Acceptance] = [:], by who: String, reason: String, at: Instant
    ) throws -> RotaVersion {
        try Self.require(who, "name of who publishes it")
        try Self.require(reason, "reason for publishing it")
        for (gap, acceptance) in accepting.sorted(by: { $0.key < $1.key }) {
            try Self.require(acceptance.person, "name of who accepts \(gap)")
            try Self.require(acceptance.reason, "reason for accepting \(gap)")
        }
        return try write { db in
            let draft = try Self.version(db, id)
            guard draft.state == .draft else { throw StoreRefusal.notADraft(id, draft.state) }
            try draft.requireSameScenario(as: scenario)
            let replaced = try Self.replaced(db, by: draft)

            let plan = try Self.plan(
                db, of: id, scenario: scenario, rules: rules, without: Set(replaced.map(\.id)))
            let away = plan.dutiesOfLentPeople()
            guard away.isEmpty else { throw StoreRefusal.rosteredWhileLent(id, away) }
            let breaches = plan.breaches()
            guard breaches.isEmpty else { throw StoreRefusal.breaches(id, breaches) }

            try db.execute(sql: "DELETE FROM gap WHERE rota = ?", arguments: [id.value])
            let gaps = plan.gaps(with: [])
            try Self.insert(db, gaps, rota: id)
            let covers = plan.covers(
                of: plan.bookings.map(\.request), besides: [], known: [:], for: gaps)
            for (booking, covers) in zip(plan.bookings, covers) {
                for cover in covers { try cover.insert(db, rota: id, booking: booking.id) }
            }
            try Self.accept(db, accepting, of: id, for: who, at: at)

            for rota in replaced {
                try db.execute(
                    sql: "UPDATE rota SET state = 'superseded', superseded = ? WHERE id = ?",
                    arguments: [at.minutes, rota.id.value])
                try AuditDraft(
                    at: at, who: who, what: .supersede, subject: "rota \(rota.id)", why: reason,
                    detail: "by rota \(id)"
                ).append(db)
            }
            try db.execute(
                sql: "UPDATE rota SET state = 'published', published = ? WHERE id = ?",
                arguments: [at.minutes, id.value])
            try db.execute(
                sql: "INSERT INTO rota_folder (rota, folder) VALUES (?, ?)",
                arguments: [id.value, try Stored.json(PublishedRota.Folder(scenario, rules))])
            try AuditDraft(
                at: at, who: who, what: .publish, subject: "rota \(id)", why: reason,
                detail: "\(draft.label), version \(draft.version), \(accepting.count) hard gaps accepted"
            ).append(db)
            return try Self.version(db, id)
        }
    }

    /// Published rotas that speak of nothing that the draft does not speak of.
    private static func replaced(_ db: Database, by draft: RotaVersion) throws -> [RotaVersion] {
        let shared = try published(db).filter {
            !$0.units.isDisjoint(with: draft.units) && $0.period.days.overlaps(draft.period.days)
        }
        for other in shared
        where !other.units.isSubset(of: draft.units) || !draft.period.contains(other.period.first)
            || !draft.period.contains(other.period.last)
        {
            throw StoreRefusal.overlapsPublished(draft.id, other: other.id, its: other.label)
        }
        return shared
    }

    /// Every hard gap that is open is accepted by name, and nothing else is.
    private static func accept(
        _ db: Database, _ accepting: [Gap.ID: Acceptance], of rota: RotaVersion.ID, for who: String,
        at: Instant
    ) throws {
        let hard = try gaps(db, rota).filter(\.isCriticalVacancy).map(\.gap)
        let strange = Set(accepting.keys).subtracting(hard.map(\.id))
        guard strange.isEmpty else { throw StoreRefusal.nothingToAccept(rota, strange.sorted()) }
        let unaccepted = hard.filter { accepting[$0.id] == nil }
        guard unaccepted.isEmpty else { throw StoreRefusal.hardGapsOpen(rota, unaccepted) }
        for (gap, acceptance) in accepting.sorted(by: { $0.key < $1.key }) {
            try db.execute(
                sql: "INSERT INTO acceptance (rota, gap, person, reason, at) VALUES (?, ?, ?, ?, ?)",
                arguments: [rota.value, gap.text, acceptance.person, acceptance.reason, at.minutes])
            try AuditDraft(
                at: at, who: acceptance.person, what: .accept, subject: "gap \(gap) of rota \(rota)",
                why: acceptance.reason, detail: "entered by \(who)"
            ).append(db)
        }
    }
}

extension RotaVersion {
    fileprivate func requireSameScenario(as scenario: Scenario) throws {
        let given = Set(scenario.units.map(\.id))
        guard given == units, scenario.period == period else {
            throw StoreRefusal.otherScenario(
                rota: id, its: label,
                given: Self.label(name: scenario.name, units: given, period: scenario.period))
        }
    }
}
