import Roster
import Testing

@testable import MusterStore

@Suite("Saving")
struct SaveTests {
    private let folder: TemporaryFolder
    private let store: MusterStore

    init() throws {
        folder = try TemporaryFolder()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
    }

    @Test("What was saved comes back as it was")
    func roundTrip() throws {
        let solved = InventedWard.solved()
        let saved = try store.saveInvented(solved)
        #expect(saved.state == .draft)
        #expect(saved.version == 1)
        #expect(saved.scenario == "Invented department")
        #expect(saved.units == ["ED"])
        #expect(saved.period == solved.rota.period)
        #expect(saved.run == solved.run)
        #expect(saved.inputs == solved.inputs)
        #expect(saved.packs == solved.packs)
        #expect(saved.program == "0.1.0")
        #expect(saved.saved == InventedWard.noon)
        #expect(try store.rota(saved.id) == solved.rota)
        #expect(try Set(store.gaps(of: saved.id).map(\.gap)) == Set(solved.gaps))
        #expect(try store.newestDraft(of: solved.scenario) == saved)
        #expect(try store.version(saved.id) == saved)
    }

    @Test("The demand of the run is kept, hard or not")
    func requirements() throws {
        try store.saveInvented()
        let rows = try store.pool.read {
            try String.fetchAll(
                $0, sql: "SELECT rule || ' ' || unit || ' ' || hard || ' ' || target FROM requirement")
        }
        #expect(rows.sorted() == ["rn ED 0 2", "senior ED 1 1", "senior ED 1 1"])
    }

    @Test("Versions count within their units and period")
    func versions() throws {
        let other = InventedWard.scenario(days: 14)
        #expect(try store.saveInvented().version == 1)
        #expect(try store.saveInvented().version == 2)
        #expect(try store.saveInvented(InventedWard.solved(other)).version == 1)
        #expect(try store.versions().map(\.id.value) == [3, 2, 1])
    }

    @Test("A window that the clocks skip asks for nothing and does not stop the save")
    func clockChange() throws {
        let scenario = InventedWard.scenario(first: InventedWard.day("2027-03-28"), days: 1)
        let skipped = CoverRule(
            id: "skipped", name: "Skipped hour", unit: "ED", counted: Counted(), from: InventedWard.hour(1),
            to: InventedWard.hour(2), requirement: .heads(minimum: 1, target: 1, maximum: nil))
        try store.saveInvented(
            InventedWard.solved(scenario.replacing(coverRules: [skipped]), duties: [], gaps: []))
    }

    @Test("Two gaps of one id are refused, and nothing of the rota is kept")
    func repeatedGap() throws {
        let gaps = InventedWard.gaps + InventedWard.gaps.suffix(1)
        #expect(throws: StoreRefusal.repeatedGap(InventedWard.softGap)) {
            try store.saveInvented(InventedWard.solved(gaps: gaps))
        }
        #expect(try store.versions().isEmpty)
        #expect(try store.audit().isEmpty)
    }

    @Test("Nobody saves without a name")
    func unsaid() throws {
        #expect(throws: StoreRefusal.unsaid(field: "name of who saves it")) {
            try store.save(InventedWard.solved(), by: " \t", at: InventedWard.noon)
        }
    }
}
