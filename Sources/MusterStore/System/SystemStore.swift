import GRDB
import Roster
import Synchronization
import SystemPool

/// What lasts for a whole system, in one SQLite file of its own: the latest push of each organisation, calls for help,
/// levels and their actions, risks, and who did what, when and why. It never holds a name.
///
/// Each operation is one transaction together with its audit row. Several processes may use one file. Every operation
/// throws ``StoreError`` if the file lets it down, and ``SystemRefusal`` if it may not be.
public struct SystemStore: SystemRecords {
    public let path: String
    let pool: DatabasePool
    /// Pushes are large and read again and again; what was decoded once is kept, by its hash.
    private let decoded = DecodedPushes()

    static let patience = 10
    /// Stands in the file's header and tells a system's store from an organisation's: "MSYS".
    static let applicationID = 0x4D53_5953
    /// How far ahead of our clock an extract may be.
    static let tolerance = ElapsedMinutes(10)

    /// - Parameter creating: Make the store if there is no file; otherwise that is an error.
    public init(path: String, creating: Bool) throws {
        self.path = path
        pool = try MusterStore.open(
            path, creating: creating, patience: Self.patience, applicationID: Self.applicationID, Self.schema)
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try MusterStore.translating(path) { try pool.read(body) }
    }

    /// One transaction; its lock is taken at the start.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try MusterStore.translating(path) { try pool.write(body) }
    }

    // MARK: - The system

    public func system() throws -> HealthSystem? { try read(Self.system) }

    static func system(_ db: Database) throws -> HealthSystem? {
        try Row.fetchOne(db, sql: "SELECT document FROM system WHERE id = 1").map {
            try Stored.value($0, "document")
        }
    }

    static func required(_ db: Database) throws -> HealthSystem {
        guard let system = try system(db) else { throw SystemRefusal.notConfigured }
        return system
    }

    public func configure(_ system: HealthSystem, by: Actor, reason: Remark, at: Instant) throws {
        let faults = system.faults
        guard faults.isEmpty else { throw SystemRefusal.badSystem(faults) }
        try write { db in
            let before = try Self.system(db)
            guard before != system else { return }
            try db.execute(
                sql: """
                    INSERT INTO system (id, document) VALUES (1, ?)
                    ON CONFLICT (id) DO UPDATE SET document = excluded.document
                    """, arguments: [try Stored.json(system)])
            try Self.note(db, at, by, .configure, "system \(system.id)", reason.text)
            if let before {
                try endLevelsTakenOut(db, of: before.escalation, by: by, reason: reason, at: at)
            }
        }
    }

    public func revision() throws -> Int64 { try read(Self.revision) }

    static func revision(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT number FROM revision") ?? 0
    }

    // MARK: - The picture

    public func picture(at: Instant) throws -> SystemPicture {
        try read { try picture($0, at: at) }
    }

    /// All that is known, for who only looks: nothing is written, not even since when a level has stood.
    ///
    /// - Throws: ``SystemRefusal/notConfigured``.
    public func snapshot(at: Instant) throws -> SystemSnapshot {
        try read { db in
            let picture = try picture(db, at: at)
            let register = RiskRegister(picture, history: try Self.shortages(db, at: at))
            let (rows, unreadable) = try Self.register(db)
            return SystemSnapshot(
                picture: picture,
                escalation: try picture.organisations.map { organisation in
                    let reading = EscalationReading(picture, organisation)
                    let step = reading.step(after: try Self.standing(db, organisation.id))
                    let past = try Self.past(db, organisation.id, at: at)
                    return reading.state(
                        step.standing, opel: try Self.opel(db, organisation.id),
                        past: [step.ended].compactMap(\.self) + past)
                },
                risks: register.refreshed(rows, taken: Set(unreadable.map(\.id))).filter { $0.closed == nil },
                unreadableRisks: unreadable, ledger: AidLedger(try Self.aid(db), of: picture.system))
        }
    }

    func picture(_ db: Database, at: Instant) throws -> SystemPicture {
        let system = try Self.required(db)
        var pushes: [KeptPush] = []
        var unreadable: [Organisation.ID: Instant] = [:]
        let holders = try Self.siteHolders(db)
        for row in try Row.fetchAll(
            db, sql: "SELECT organisation, hash, received, document FROM push WHERE document IS NOT NULL")
        {
            let received = Instant(minutes: row["received"])
            do {
                let push = try decoded.push(row["hash"]) { try Stored.value(row, "document") }
                pushes.append(
                    KeptPush(
                        push: push, receivedAt: received,
                        takenSites: Set(push.sites(heldByOthers: holders))))
            } catch {
                // What one organisation sent must not keep all the others from seeing theirs.
                unreadable[Organisation.ID(row["organisation"])] = received
            }
        }
        let calls = try Self.calls(db)
        let aid = calls.readable.filter { !$0.state.isOver || $0.need.end > at - ElapsedMinutes(hours: 72) }
        return SystemPicture.assemble(
            system, pushes: pushes, unreadable: unreadable, aid: aid, unreadableAid: calls.unreadable, at: at,
            revision: try Self.revision(db))
    }
}

/// A class, because every copy of a store shares it; guarded by its lock.
private final class DecodedPushes: Sendable {
    private let pushes = Mutex<[String: OrganisationPush]>([:])

    func push(_ hash: String, _ decode: () throws -> OrganisationPush) rethrows -> OrganisationPush {
        if let known = pushes.withLock({ $0[hash] }) { return known }
        let push = try decode()
        pushes.withLock { known in
            // An older push of the same organisation is of no more use.
            known = known.filter { $0.value.organisation != push.organisation }
            known[hash] = push
        }
        return push
    }
}
