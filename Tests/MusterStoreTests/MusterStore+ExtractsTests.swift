import Extracts
import Foundation
import GRDB
import Roster
import RulePack
import Testing

@testable import MusterStore

@Suite("Extracts in the store")
struct MusterStoreExtractsTests {
    private let folder: TemporaryFolder
    private let store: MusterStore
    private static let friday = InventedWard.day("2025-11-21")
    private static let now = London.instant(friday, minute: 390)

    init() throws {
        folder = try TemporaryFolder()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
    }

    private static func source(_ kind: ExtractKind, _ hash: String, at: Instant, rows: Int) -> ExtractSource {
        ExtractSource(
            kind: kind, file: "\(kind.rawValue).csv", sha256: hash, extractedAt: at, read: rows + 1,
            rejected: [RejectedRow(line: 9, check: .missingTimes, unit: "ED", reason: "end is empty")])
    }

    /// Every field of every kind of row with something in it, and once with nothing.
    static func extracts(_ hash: String = "aa", hoursOld: Int = 1, people: Int = 2) -> TrustExtracts {
        let at = now - ElapsedMinutes(hours: hoursOld)
        func extract<Row: Sendable>(_ kind: ExtractKind, _ rows: [Row]) -> Extract<Row> {
            Extract(source: source(kind, hash, at: at, rows: rows.count), rows: rows)
        }
        let scenario = InventedWard.scenario()
        let ids = (1...people).map { "P\($0)" }
        let full = Person(
            id: "P0", name: "P0", organisation: "ORG", unit: "ED", otherUnits: ["A", "B"], grade: "B5",
            contract: "AFC", paidPerWeek: PaidMinutes(hours: 20), optedOut: true, roles: ["rn"],
            markers: ["new"], starts: friday, leaves: friday.advanced(by: 9))
        let plain = ids.map {
            Person(
                id: Person.ID($0), name: $0, organisation: "ORG", unit: "ED", grade: "B5", contract: "AFC",
                paidPerWeek: .zero)
        }
        let duty = Duty(
            person: "P1", day: friday, unit: "ED", shift: InventedWard.shifts[0], role: "rn",
            source: .imported)
        func request(_ id: Request.ID, _ state: Request.State, full: Bool) -> Request {
            Request(
                id: id, unit: "ED", day: friday, shift: "D", role: "rn", start: duty.start, end: duty.end,
                state: state, step: full ? .agency : nil, released: full ? at : nil,
                releasedBy: full ? "matron" : nil, origin: full ? "agency" : nil,
                reason: full ? .industrialAction : nil)
        }
        return TrustExtracts(
            definitions: TrustDefinitions(
                name: "Trust", organisations: scenario.organisations, sites: scenario.sites,
                grades: scenario.grades, skills: scenario.skills, roles: scenario.roles,
                contracts: scenario.contracts, shiftTypes: scenario.shiftTypes,
                coverRules: scenario.coverRules, rules: InventedWard.rules),
            policy: ReportPolicy(days: 5),
            units: extract(
                .units,
                [
                    UnitRow(line: 2, unit: scenario.units[0]),
                    UnitRow(
                        line: 3,
                        unit: Roster.Unit(
                            id: "X", name: "X", site: "MAIN", organisation: "ORG",
                            closed: [friday...friday.advanced(by: 3)]), approval: .partial, refreshed: at,
                        headroom: 21.5, budgetedPerWeek: PaidMinutes(hours: 100), mailbox: "x@y.example"),
                ]),
            people: extract(
                .people,
                ([full] + plain).enumerated().map { PersonRow(line: $0.offset + 2, person: $0.element) }),
            skills: extract(
                .skills,
                [
                    SkillRow(line: 2, person: "P1", competency: Competency(skill: "sdm", from: friday)),
                    SkillRow(
                        line: 3, person: "P2",
                        competency: Competency(skill: "sdm", from: friday, expiry: friday.advanced(by: 2))),
                ]),
            duties: extract(
                .duties,
                [DutyRow(line: 2, duty: duty), DutyRow(line: 3, duty: duty, statedPaid: PaidMinutes(5))]),
            leave: extract(
                .leave,
                [LeaveRow(line: 2, leave: Leave(person: "P2", first: friday, last: friday, kind: .parental))]),
            bookings: extract(
                .bookings,
                [
                    BookingRow(line: 2, request: request("r1", .open, full: false)),
                    BookingRow(
                        line: 3, request: request("r2", .booked, full: true), person: "AG1",
                        skills: ["sdm", "iv"]),
                ]),
            requirements: extract(
                .requirements,
                [RequirementRow.Days.every, .weekdays([.monday, .sunday]), .date(friday)].enumerated().map {
                    RequirementRow(
                        line: $0.offset + 2, unit: "ED", role: "rn", days: $0.element,
                        from: ClockTime(minute: 480), to: ClockTime(minute: 1440), heads: 2, minimum: 1)
                }))
    }

    private func inForce(at now: Instant = now) throws -> TrustExtracts? {
        try store.read { try MusterStore.extracts($0, at: now) }
    }

    @discardableResult
    private func keep(_ extracts: TrustExtracts, reading: String = "m1") throws -> [ImportedExtract.Outcome] {
        try store.keep(extracts, reading: reading, by: "job", at: Self.now).map(\.outcome)
    }

    @Test("What is kept comes back as it was, row for row")
    func roundTrip() throws {
        let given = Self.extracts()
        try keep(given)
        let back = try #require(try inForce())
        #expect(back.definitions == given.definitions)
        #expect(back.policy == given.policy)
        #expect(back.units?.rows == given.units?.rows)
        #expect(back.people?.rows == given.people?.rows)
        #expect(back.skills?.rows == given.skills?.rows)
        #expect(back.duties?.rows == given.duties?.rows)
        #expect(back.leave?.rows == given.leave?.rows)
        #expect(back.bookings?.rows == given.bookings?.rows)
        #expect(back.requirements?.rows == given.requirements?.rows)
        #expect(back.sources == given.sources)
    }

    @Test("The same again changes nothing, not even the audit")
    func idempotent() throws {
        #expect(try keep(Self.extracts()).allSatisfy { $0 == .inForce })
        let before = try store.verifyAudit()
        #expect(try keep(Self.extracts()).allSatisfy { $0 == .unchanged })
        #expect(try store.verifyAudit().hash == before.hash)
        #expect(before.rows == 1)
        let audit = try #require(try store.audit().last)
        #expect(audit.what == .import && audit.who == "job" && audit.detail.contains("duties of"))
    }

    @Test("Old bytes are no newer because a copy of their file is, and grow stale")
    func copied() throws {
        try keep(Self.extracts("a", hoursOld: 9))
        var copy = Self.extracts("a", hoursOld: 1)
        let source = try #require(copy.duties?.source)
        copy.duties = Extract(
            source: ExtractSource(
                kind: .duties, file: source.file, sha256: source.sha256, extractedAt: source.extractedAt,
                isTimeOfFile: true, read: source.read, rejected: source.rejected),
            rows: copy.duties?.rows ?? [])
        let outcomes = try store.keep(copy, reading: "m1", by: "job", at: Self.now)
        #expect(outcomes.filter { $0.outcome == .unchanged }.map(\.count.kind) == [.duties])
        #expect(try inForce()?.duties?.source.extractedAt == Self.now - ElapsedMinutes(hours: 9))
    }

    @Test("A failed import is told of from then on, until one succeeds, be it that nothing is new in it")
    func failed() throws {
        func failure(_ minutes: Int) throws -> FailedImport? {
            try store.read { try MusterStore.failedImport($0, at: Self.now + ElapsedMinutes(minutes)) }
        }
        func findings(_ minutes: Int) throws -> [Finding.Check] {
            try store.picture(on: Self.friday, days: 3, at: Self.now + ElapsedMinutes(minutes))?.findings
                .map(\.check).filter { $0 == .failedImport } ?? []
        }
        func keep(_ extracts: TrustExtracts, _ minutes: Int) throws {
            try store.keep(extracts, reading: "m1", by: "job", at: Self.now + ElapsedMinutes(minutes))
        }
        try keep(Self.extracts(), 0)
        try store.keepFailedImport(
            files: ["b.csv", "a.csv", "b.csv"], by: "job", at: Self.now + ElapsedMinutes(10))
        try keep(Self.extracts("old", hoursOld: 5), 15)
        #expect(try failure(9) == nil)
        #expect(
            try failure(20)
                == FailedImport(at: Self.now + ElapsedMinutes(10), files: ["a.csv", "b.csv"]))
        #expect(try findings(20) == [.failedImport])
        try keep(Self.extracts(), 30)
        #expect(try failure(29) != nil)
        #expect(try failure(30) == nil)
        #expect(try findings(30).isEmpty)
        #expect(throws: StoreRefusal.self) {
            try store.keepFailedImport(files: [], by: " ", at: Self.now)
        }
    }

    @Test("Nobody but its owner reads a new store, or what stands beside it")
    func rights() throws {
        try keep(Self.extracts())
        for suffix in ["", "-wal", "-shm"] {
            let rights = try FileManager.default.attributesOfItem(
                atPath: store.path + suffix)[.posixPermissions]
            #expect(rights as? Int == 0o600)
        }
    }

    @Test("What was kept of who released a request before that was checked is gone")
    func uncheckedReleases() throws {
        let path = folder.path("old.sqlite")
        let pool = try DatabasePool(path: path)
        try MusterStore.schema.migrate(pool, upTo: "system-link")
        try pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO trust_import VALUES (1, 1, 'job', 1, 'm', '{}', '{}');
                    INSERT INTO extract VALUES (1, 1, 'bookings', 'b.csv', 'aa', 'm', 1, 1, '[]', 1);
                    INSERT INTO extract_booking (extract, line, id, unit, day, shift, role, start, "end", state,
                        released_by, skills)
                    VALUES (1, 2, 'r', 'ED', 1, 'D', 'rn', 1, 2, 'open', 'Jane Doe', '');
                    """)
        }
        try pool.close()
        let store = try MusterStore(path: path, creating: false)
        let kept = try store.read { try String?.fetchAll($0, sql: "SELECT released_by FROM extract_booking") }
        #expect(kept == [nil])
    }

    @Test("With another mapping the same bytes are read anew")
    func otherReading() throws {
        try keep(Self.extracts())
        #expect(try keep(Self.extracts(), reading: "m2").allSatisfy { $0 == .inForce })
    }

    @Test("An older extract never takes the place of a newer one, in whatever order they come")
    func older() throws {
        try keep(Self.extracts("new", hoursOld: 1, people: 3))
        let outcomes = try keep(Self.extracts("old", hoursOld: 5))
        #expect(outcomes.allSatisfy { $0 == .older(than: Self.now - ElapsedMinutes(hours: 1)) })
        #expect(try inForce()?.people?.rows.count == 4)
        #expect(try inForce()?.sources.allSatisfy { $0.sha256 == "new" } == true)
        // A report about this morning, made again, sees what was known then.
        #expect(
            try inForce(at: Self.now - ElapsedMinutes(hours: 2))?.sources.allSatisfy { $0.sha256 == "old" }
                == true)
    }

    @Test("Of two extracts of the same minute, the one that came later is in force")
    func sameMinute() throws {
        try keep(Self.extracts("first"))
        try keep(Self.extracts("second", people: 4))
        #expect(try inForce()?.people?.rows.count == 5)
        // The first once more changes nothing, and it is said that it is not in force.
        let before = try store.verifyAudit()
        let time = try #require(try inForce()?.people?.source.extractedAt)
        #expect(try keep(Self.extracts("first")).allSatisfy { $0 == .unchangedBehind(time) })
        #expect(try keep(Self.extracts("second", people: 4)).allSatisfy { $0 == .unchanged })
        #expect(try inForce()?.people?.rows.count == 5)
        #expect(try store.verifyAudit().hash == before.hash)
    }

    @Test("A part of the exports renews only its kinds")
    func part() throws {
        try keep(Self.extracts("old", hoursOld: 5))
        var some = Self.extracts("new", hoursOld: 1)
        some.leave = nil
        some.people = nil
        try keep(some)
        #expect(try inForce()?.leave?.source.sha256 == "old")
        #expect(try inForce()?.duties?.source.sha256 == "new")
    }

    @Test("An extract from the future is not taken unless there is no other, and then it is called one")
    func future() throws {
        try keep(Self.extracts("late", hoursOld: -2))
        #expect(
            try store.picture(on: Self.friday, days: 3, at: Self.now)?.fatal.contains {
                $0.check == .staleExtract && $0.sentence.contains("future")
            } == true)
        try keep(Self.extracts("now", hoursOld: 0))
        #expect(try inForce()?.sources.allSatisfy { $0.sha256 == "now" } == true)
    }

    @Test("Rows that were replaced more than a week ago go; what they were is remembered")
    func prune() throws {
        try keep(Self.extracts("a", hoursOld: 24 * 20))
        try keep(Self.extracts("b", hoursOld: 24 * 9))
        try keep(Self.extracts("c", hoursOld: 1))
        let rows = try store.read { db in
            try Int.fetchAll(db, sql: "SELECT count(*) FROM extract_person GROUP BY extract")
        }
        #expect(rows == [3, 3], "a is gone; b was in force until an hour ago")
        #expect(
            try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM extract WHERE kind = 'people'") }
                == 3)
        #expect(try keep(Self.extracts("a", hoursOld: 24 * 20)).allSatisfy { !$0.isNew })
    }

    @Test("The fullest extract of the week before is remembered, so that one that broke off is seen for days")
    func before() throws {
        try keep(Self.extracts("full", hoursOld: 72, people: 9))
        #expect(try inForce()?.before == EarlierExtracts())
        for (hash, hours) in [("half", 48), ("still", 24)] {
            var extracts = Self.extracts(hash, hoursOld: hours)
            extracts.units = extracts.units.map {
                Extract(
                    source: Self.source(.units, hash, at: $0.source.extractedAt, rows: 1),
                    rows: Array($0.rows.prefix(1)))
            }
            try keep(extracts)
            let before = try #require(try inForce()?.before)
            #expect(before.accepted[.people] == 10)
            #expect(before.units?.map(\.id) == ["ED", "X"])
            #expect(before.requirements == extracts.requirements?.rows)
        }
        try keep(Self.extracts("much later", hoursOld: -24 * 6))
        #expect(try inForce(at: Self.now + ElapsedMinutes(hours: 24 * 6))?.before.accepted[.people] == 3)
    }

    @Test("If anything cannot be kept, nothing is")
    func whole() throws {
        var extracts = Self.extracts()
        let row = try #require(extracts.requirements?.rows.first)
        let source = try #require(extracts.requirements?.source)
        extracts.requirements = Extract(source: source, rows: [row, row])
        #expect(throws: StoreError.self) { try store.keep(extracts, reading: "m", by: "job", at: Self.now) }
        #expect(try inForce() == nil)
        #expect(try store.verifyAudit().rows == 0)
        #expect(throws: StoreRefusal.self) {
            try store.keep(Self.extracts(), reading: "m", by: " ", at: Self.now)
        }
    }

    @Test("Nothing imported and nothing published is no picture")
    func nothing() throws {
        #expect(try store.picture(on: Self.friday, days: 3, at: Self.now) == nil)
        #expect(try store.policy(at: Self.now) == nil)
    }

    @Test("A published rota is in the picture of its units, with its bookings")
    func published() throws {
        let draft = try store.saveInvented()
        #expect(try store.picture(on: InventedWard.monday, days: 3, at: InventedWard.noon) == nil)
        try store.publishInvented(draft.id)
        try store.bookInvented(InventedWard.request("S2"))
        let picture = try #require(try store.picture(on: InventedWard.monday, days: 3, at: InventedWard.noon))
        let days = InventedWard.monday...InventedWard.wednesday
        let expected = InventedWard.duties.filter { days.contains($0.day) }.count + 1
        #expect(picture.rota.duties.count == expected)
        #expect(picture.rota.duties.filter { $0.source == .booking }.map(\.person) == ["S2"])
        #expect(
            picture.following.map(\.day)
                == InventedWard.duties.filter { $0.day > InventedWard.wednesday }.map(\.day))
        #expect(picture.scenario.coverRules == InventedWard.scenario().coverRules)
        #expect(picture.rules == InventedWard.rules)
        #expect(picture.fatal.isEmpty)
        #expect(picture.scenario.people.allSatisfy { $0.name == $0.id.text })
    }

    @Test("A unit whose last published rota ended long ago is still in the picture", arguments: [-1, 5, 60])
    func ranOut(days: Int) throws {
        try store.publishInvented(store.saveInvented().id)
        let first = InventedWard.monday.advanced(by: days)
        let picture = try #require(try store.picture(on: first, days: 3, at: InventedWard.noon))
        let expected = Set(
            Period(first: first, days: 3).days.filter { !InventedWard.scenario().period.contains($0) })
        #expect(picture.daysWithoutRota == ["ED": expected])
    }
}
