import Foundation
import GRDB
import Roster
import Testing

@testable import MusterStore

@Suite("Crashes and crowds")
struct CrashTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Saves for ever, and writes a byte to the file `acknowledged` after each; ends without warning some
    /// microseconds after so many saves.
    private static func save(in folder: String, killedAfter saves: Int, microseconds: UInt32) throws {
        let acknowledged = open(folder + "/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        if saves == 0 { killSoon(after: microseconds) }
        let store = try MusterStore(path: folder + "/trust.sqlite", creating: true)
        for save in 1... {
            try store.saveInvented()
            write(acknowledged, "x", 1)
            if save == saves { killSoon(after: microseconds) }
        }
    }

    /// Watches the clock beside the work, so that the blow falls between any two instructions of it.
    private static func killSoon(after microseconds: UInt32) {
        let end = ContinuousClock.now + .microseconds(Int(microseconds))
        Thread.detachNewThread {
            while ContinuousClock.now < end {}
            kill(getpid(), SIGKILL)
        }
    }

    @Test("Killed at any instant: each acknowledged save is there, and none is half there")
    func killed() async throws {
        let path = folder.url.path
        var generator = SplitMix(state: 20_261_122)
        var promised = 0
        for _ in 1...25 {
            let saves = Int.random(in: 0...3, using: &generator)
            let microseconds = UInt32.random(in: 0...10_000, using: &generator)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, saves = saves as Int, microseconds = microseconds as UInt32] in
                try Self.save(in: path, killedAfter: saves, microseconds: microseconds)
            }
            promised += saves
            guard FileManager.default.fileExists(atPath: folder.path("trust.sqlite")) else { continue }
            let store = try MusterStore(path: folder.path("trust.sqlite"), creating: false)
            let acknowledged = (try? Data(contentsOf: URL(filePath: folder.path("acknowledged"))))?.count ?? 0
            let versions = try store.versions()
            #expect(versions.count >= acknowledged)
            for version in versions {
                #expect(try store.rota(version.id).duties.count == InventedWard.duties.count)
                #expect(try store.gaps(of: version.id).count == InventedWard.gaps.count)
            }
            #expect(try store.verifyAudit().rows == Int64(versions.count))
            // What was kept without being acknowledged in time is kept: from here on it counts.
            try Data(repeating: 0x78, count: versions.count)
                .write(to: URL(filePath: folder.path("acknowledged")))
        }
        let store = try MusterStore(path: folder.path("trust.sqlite"), creating: false)
        #expect(try store.versions().count >= promised)
    }

    private static func importForEver(into folder: String, killedAfter microseconds: UInt32) throws {
        let store = try MusterStore(path: folder + "/trust.sqlite", creating: true)
        killSoon(after: microseconds)
        for number in 1... {
            let extracts = MusterStoreExtractsTests.extracts("\(getpid())-\(number)", people: 300)
            try store.keep(extracts, reading: "m", by: "job", at: InventedWard.noon)
        }
    }

    @Test("Killed at any instant, an import is there whole or not at all")
    func killedImporting() async throws {
        let path = folder.url.path
        var generator = SplitMix(state: 20_251_121)
        var last = 0
        for _ in 1...15 {
            let microseconds = UInt32.random(in: 0...150_000, using: &generator)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, microseconds = microseconds as UInt32] in
                try Self.importForEver(into: path, killedAfter: microseconds)
            }
            let store = try MusterStore(path: folder.path("trust.sqlite"), creating: false)
            let (imports, people, requirements) = try store.read { db in
                func count(_ sql: String) throws -> Int {
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM \(sql)") ?? 0
                }
                return (
                    try count("trust_import"), try count("extract_person"), try count("extract_requirement")
                )
            }
            #expect(people == imports * 301)
            #expect(requirements == imports * 3)
            #expect(try store.verifyAudit().rows == Int64(imports))
            last = imports
        }
        #expect(last > 0, "some blows fall after an import")
    }

    @Test("Three processes that make and fill one store at once wait for each other")
    func crowd() async throws {
        let path = folder.path("trust.sqlite")
        await withTaskGroup { group in
            for _ in 1...3 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String] in
                        let store = try MusterStore(path: path, creating: true)
                        for _ in 1...20 { try store.saveInvented() }
                    }
                }
            }
        }
        let store = try MusterStore(path: path, creating: false)
        #expect(try store.versions().map(\.version).sorted() == Array(1...60))
        #expect(try store.verifyAudit().rows == 60)
    }

    @Test("Of many that open a store that is not there yet, each finds it made, once")
    func madeOnce() async throws {
        for round in 1...10 {
            let path = folder.path("\(round).sqlite")
            try await withThrowingTaskGroup { group in
                for _ in 1...6 {
                    group.addTask { _ = try MusterStore(path: path, creating: true).saveInvented() }
                }
                try await group.waitForAll()
            }
            #expect(try MusterStore(path: path, creating: false).versions().count == 6)
        }
    }

    @Test("Of two desks that book one gap at the same time, one is told that it is closed")
    func raceForAGap() async throws {
        let path = folder.path("trust.sqlite")
        let store = try MusterStore(path: path, creating: true)
        try store.publishInvented(try store.saveInvented().id)
        let refusals = await withTaskGroup(of: StoreRefusal?.self) { group in
            for person in ["S1", "S2"] as [Person.ID] {
                group.addTask {
                    do {
                        let desk = try MusterStore(path: path, creating: false)
                        try desk.bookInvented(InventedWard.request(person))
                        return nil
                    } catch { return error as? StoreRefusal }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(refusals.filter { $0 == nil }.count == 1)
        #expect(refusals.contains(.gapClosed(InventedWard.hardGap)))
    }
}
