import GRDB
import Roster

extension MusterStore {
    /// Keeps what a run made, as the next draft for its units and period.
    ///
    /// - Parameters:
    ///   - who: The person or the job that solved it.
    ///   - reason: Why, for the audit; may be empty.
    /// - Throws: ``StoreRefusal/unsaid(field:)``, ``StoreRefusal/repeatedGap(_:)``.
    /// - Complexity: Linear in duties, gaps and requirements.
    @discardableResult
    public func save(_ solved: SolvedRota, by who: String, reason: String = "", at: Instant) throws
        -> RotaVersion
    {
        try Self.require(who, "name of who saves it")
        let requirements = solved.scenario.resolvedDemand().filter { $0.start < $0.end }
        return try write { db in
            let scenario = try Self.scenario(db, solved.scenario)
            try db.execute(
                sql: "INSERT INTO run (scenario, program, inputs, packs, report) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    scenario, solved.program, try Stored.json(solved.inputs), try Stored.json(solved.packs),
                    try Stored.json(solved.run),
                ])
            let run = db.lastInsertedRowID
            try Self.insert(db, requirements, of: solved.scenario, run: run)
            try db.execute(
                sql: """
                    INSERT INTO rota (scenario, run, version, state, saved)
                    SELECT ?1, ?2, coalesce(max(version), 0) + 1, 'draft', ?3 FROM rota WHERE scenario = ?1
                    """, arguments: [scenario, run, at.minutes])
            let rota = RotaVersion.ID(db.lastInsertedRowID)
            try Self.insert(db, solved.rota.duties, rota: rota)
            try Self.insert(db, solved.gaps, rota: rota)
            let saved = try Self.version(db, rota)
            try AuditDraft(
                at: at, who: who, what: .save, subject: "rota \(rota)", why: reason,
                detail: "\(saved.label), version \(saved.version): \(solved.run.status.name), "
                    + "\(solved.rota.duties.count) duties, \(solved.gaps.count) gaps"
            ).append(db)
            return saved
        }
    }

    static func require(_ text: String, _ field: String) throws {
        guard text.contains(where: { !$0.isWhitespace }) else { throw StoreRefusal.unsaid(field: field) }
    }

    /// The row for these units and this period, which takes the folder's present name.
    private static func scenario(_ db: Database, _ scenario: Scenario) throws -> Int64 {
        try Int64.fetchOne(
            db,
            sql: """
                INSERT INTO scenario (name, first, last, units) VALUES (?, ?, ?, ?)
                ON CONFLICT (units, first, last) DO UPDATE SET name = excluded.name RETURNING id
                """,
            arguments: [
                scenario.name, scenario.period.first.description, scenario.period.last.description,
                try json(scenario.units),
            ]) ?? 0
    }

    /// One text for one set of units.
    static func json(_ units: [Unit]) throws -> String { try Stored.json(units.map(\.id).sorted()) }

    private static func insert(
        _ db: Database, _ requirements: [CoverRequirement], of scenario: Scenario, run: Int64
    ) throws {
        let statement = try db.makeStatement(
            sql: """
                INSERT INTO requirement
                    (run, rule, unit, hard, start, "end", minimum, target, maximum, distribution, arithmetic)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for requirement in requirements {
            let rule = scenario.coverRule(requirement.rule)
            try statement.execute(arguments: [
                run, requirement.rule.text, rule?.unit.text ?? "", rule?.hard ?? false,
                requirement.start.minutes, requirement.end.minutes, requirement.minimum, requirement.target,
                requirement.maximum, try requirement.distribution.map(Stored.json), requirement.arithmetic,
            ])
        }
    }

    private static func insert(_ db: Database, _ duties: [Duty], rota: RotaVersion.ID) throws {
        let statement = try db.makeStatement(
            sql: "INSERT INTO duty (rota, \(Duty.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for duty in duties {
            try statement.execute(arguments: StatementArguments([rota.value] + duty.values))
        }
    }

    static func insert(_ db: Database, _ gaps: [Gap], rota: RotaVersion.ID) throws {
        var seen: Set<Gap.ID> = []
        let statement = try db.makeStatement(
            sql: """
                INSERT INTO gap (rota, id, rule, unit, start, "end", required, planned, severity, measure)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for gap in gaps {
            guard seen.insert(gap.id).inserted else { throw StoreRefusal.repeatedGap(gap.id) }
            try statement.execute(arguments: [
                rota.value, gap.id.text, gap.rule.text, gap.unit.text, gap.start.minutes, gap.end.minutes,
                gap.required, gap.planned, gap.severity.rawValue, gap.measure.rawValue,
            ])
        }
    }
}
