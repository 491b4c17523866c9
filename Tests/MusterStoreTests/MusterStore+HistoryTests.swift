import Roster
import Testing

@testable import MusterStore

@Suite("Listings")
struct HistoryTests {
    private let folder: TemporaryFolder
    private let store: MusterStore

    init() throws {
        folder = try TemporaryFolder()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
    }

    @Test("An empty store lists nothing")
    func empty() throws {
        #expect(try store.versions().isEmpty)
        #expect(try store.bookings().isEmpty)
        #expect(try store.audit().isEmpty)
        #expect(try store.openGaps().isEmpty)
        #expect(try store.criticalVacancies().isEmpty)
        #expect(try store.newestDraft(of: InventedWard.scenario()) == nil)
        #expect(try store.published(for: InventedWard.scenario()) == nil)
    }

    @Test("A rota that is not there is an error wherever it is asked for")
    func unknownRota() throws {
        let id = RotaVersion.ID(7)
        let refusal = StoreRefusal.unknownRota(id)
        #expect(throws: refusal) { try store.version(id) }
        #expect(throws: refusal) { try store.rota(id) }
        #expect(throws: refusal) { try store.gaps(of: id) }
    }

    @Test("Drafts have no open gaps to fill; only what is published has")
    func draftsAreNotOpen() throws {
        let id = try store.saveInvented().id
        #expect(try store.gaps(of: id).count == 2)
        #expect(try store.openGaps().isEmpty)
    }

    @Test("The newest draft is meant, and of the same units and period, whatever the folder's name is now")
    func newestDraft() throws {
        try store.saveInvented()
        let second = try store.saveInvented()
        try store.saveInvented(InventedWard.solved(InventedWard.scenario(days: 14)))
        #expect(try store.newestDraft(of: InventedWard.scenario())?.id == second.id)
    }

    @Test("The rota in force is what was published without what was cancelled, and what was booked")
    func inForce() throws {
        let id = try store.saveInvented().id
        try store.publishInvented(id)
        let booking = try store.bookInvented(InventedWard.request("S2"))
        #expect(try store.rota(id).duties.contains(booking.request.duty) == false)
        #expect(
            try store.rotaInForce(for: InventedWard.scenario())?.duties.contains(booking.request.duty) == true
        )
        try store.cancel(booking.id, by: "B. Example", reason: "ill", at: InventedWard.noon)
        #expect(try store.rotaInForce(for: InventedWard.scenario()) == store.rota(id))
        #expect(try store.rotaInForce(for: InventedWard.scenario(days: 14)) == nil)
    }

    @Test("Each refusal says what and what to do")
    func words() {
        let id = RotaVersion.ID(3)
        let record = BookingRecord(
            id: RecordNumber(5), request: InventedWard.request("S2"), booked: InventedWard.noon,
            cancelled: nil)
        let refusals: [(StoreRefusal, String)] = [
            (.unsaid(field: "reason"), "reason"), (.unknownRota(id), "rota 3"),
            (.unknownBooking(RecordNumber(5)), "booking 5"), (.unknownGap("x", open: ["y"]), "Open gaps: y"),
            (.repeatedGap("x"), "gap x"), (.notADraft(id, .superseded), "superseded"),
            (.otherScenario(rota: id, its: "a", given: "b"), "is for a, but the folder is for b"),
            (.overlapsPublished(id, other: RecordNumber(2), its: "a"), "rota 2, published for a"),
            (.breaches(id, ["s"]), "1 rule:\n  - s"),
            (.hardGapsOpen(id, InventedWard.gaps), "2 hard gaps open:\n  - senior@2026-11-04T20:00: 1 of 1"),
            (.nothingToAccept(id, ["x"]), "no open hard gap x"), (.nothingPublished(scenario: "a"), "for a"),
            (.gapClosed("x"), "Gap x"), (.doubleBooked(record), "(booking 5)"),
            (.notLawful("S2", "x", ["s"]), "S2 cannot be booked on x:\n  - s"),
            (.doesNotCover("S2", "x"), "S2"), (.notVouchedFor("P-17"), "P-17"),
            (.alreadyCancelled(RecordNumber(5)), "Booking 5"),
        ]
        for (refusal, part) in refusals {
            #expect(refusal.description.contains(part))
            #expect(refusal.description.hasSuffix("."))
        }
    }
}
