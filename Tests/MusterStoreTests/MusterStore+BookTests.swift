import Roster
import RulePack
import Testing

@testable import MusterStore

/// Each test has a store of its own in which the invented rota is published, its hard gap accepted.
@Suite("Booking")
struct BookTests {
    private let folder: TemporaryFolder
    private let store: MusterStore

    init() throws {
        folder = try TemporaryFolder()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
        try store.publishInvented(try store.saveInvented().id)
    }

    private func sentences(_ refusal: StoreRefusal?) -> [String] {
        guard case .notLawful(_, _, let sentences) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return []
        }
        return sentences
    }

    @Test("A competent, rested person closes the gap, and it is a critical vacancy no more")
    func closes() throws {
        let request = InventedWard.request("S2")
        let booking = try store.bookInvented(request)
        #expect(booking.request == request)
        #expect(booking.isLive)
        #expect(try store.gap(InventedWard.hardGap)?.state == .booked)
        #expect(try store.gap(InventedWard.hardGap)?.bookings == [booking.id])
        #expect(try store.criticalVacancies().isEmpty)
        #expect(try store.openGaps().map(\.gap.id) == [InventedWard.softGap])
        #expect(try store.bookings() == [booking])
        #expect(try store.audit().last?.what == .book)
        #expect(try store.audit().last?.why == "bank desk")
    }

    @Test("A booking is paid beside the contract, and no limit of overtime keeps anybody from it")
    func overtime() throws {
        // Of whom the contract asks for no hour in a period of leave: any duty of the rota would be above it.
        let leave = [
            Leave(person: "S2", first: InventedWard.monday, last: InventedWard.tuesday, kind: .annual),
            Leave(
                person: "S2", first: InventedWard.thursday, last: InventedWard.day("2026-11-08"),
                kind: .annual),
        ]
        let scenario = InventedWard.scenario(leave: leave, overtimeLimit: PaidMinutes(0))
        try store.bookInvented(InventedWard.request("S2"), scenario: scenario)
        #expect(try store.gap(InventedWard.hardGap)?.state == .booked)
    }

    @Test("A gap may be called as a report of several units calls it")
    func calledByUnit() throws {
        let booking = try store.bookInvented(
            InventedWard.request("S2", gap: Gap.ID("ED.\(InventedWard.hardGap)")))
        #expect(booking.request == InventedWard.request("S2"))
        #expect(try store.gap(InventedWard.hardGap)?.state == .booked)
    }

    @Test("A booking of a part leaves the rest open until that is booked too")
    func partial() throws {
        try store.bookInvented(InventedWard.request("S2", "EVE"))
        let gap = try #require(try store.gap(InventedWard.hardGap))
        let two = London.instant(InventedWard.thursday, minute: 120)
        #expect(gap.state == .accepted)
        #expect(gap.remaining == [Shortfall(start: two, end: gap.gap.end, missing: 1)])
        #expect(try store.criticalVacancies() == [gap])
        try store.bookInvented(InventedWard.request("S1", "DAWN", on: InventedWard.thursday))
        #expect(try store.gap(InventedWard.hardGap)?.state == .booked)
    }

    @Test("A competency that runs out during the duty is not in date")
    func expired() throws {
        let refusal = #expect(throws: StoreRefusal.self) {
            try store.bookInvented(InventedWard.request("S3"))
        }
        #expect(sentences(refusal).contains { $0.contains("sdm") })
        #expect(try store.gap(InventedWard.hardGap)?.state == .accepted)
        #expect(try store.bookings().isEmpty)
    }

    @Test("Rest is judged before and after", arguments: ["S4", "S5"] as [Person.ID])
    func rested(person: Person.ID) throws {
        let refusal = #expect(throws: StoreRefusal.self) {
            try store.bookInvented(InventedWard.request(person))
        }
        #expect(sentences(refusal).contains { $0.contains("WTR-DAILY") })
    }

    @Test("Rest is judged against the rota that is published for the days after")
    func restedBeforeNextRota() throws {
        let next = InventedWard.scenario(first: InventedWard.thursday.advanced(by: 4))
        let first = InventedWard.duty("S2", next.period.first, "D")
        let id = try store.saveInvented(InventedWard.solved(next, duties: [first], gaps: [])).id
        try store.publishInvented(id, scenario: next, accepting: InventedWard.hardGaps(weeksLater: 1))
        // The last night of the period, on which the folder asks for a senior too.
        let sunday = next.period.first.advanced(by: -1)
        let nightly = InventedWard.scenario(nights: [.tuesday, .wednesday, .sunday])
        let gap = Gap.ID("senior@\(sunday)T20:00")
        var accepting = InventedWard.accepting
        accepting[gap] = Acceptance(person: "Dr Example", reason: "known")
        try store.publishInvented(
            try store.saveInvented(InventedWard.solved(nightly)).id, scenario: nightly, accepting: accepting)
        let refusal = #expect(throws: StoreRefusal.self) {
            try store.bookInvented(InventedWard.request("S2", on: sunday, gap: gap), scenario: nightly)
        }
        #expect(sentences(refusal).contains { $0.contains("WTR-DAILY") })
        try store.bookInvented(InventedWard.request("S1", on: sunday, gap: gap), scenario: nightly)
    }

    @Test("A booking that the folder lists as well is not counted twice")
    func listedInFolder() throws {
        let booking = try store.bookInvented(InventedWard.request("S2", "EVE"))
        let listing = InventedWard.scenario(bookings: [booking.request.booking])
        try store.bookInvented(
            InventedWard.request("S1", "DAWN", on: InventedWard.thursday), scenario: listing)
        #expect(try store.gap(InventedWard.hardGap)?.state == .booked)
        try store.cancel(booking.id, by: "B. Example", reason: "ill", at: InventedWard.noon)
        #expect(try store.gap(InventedWard.hardGap)?.state == .accepted)
        // The folder still lists it, but the store knows better.
        try store.bookInvented(InventedWard.request("S2", "EVE"), scenario: listing)
        #expect(try store.gap(InventedWard.hardGap)?.state == .booked)
    }

    @Test("Rest is judged against other bookings too")
    func restedBetweenBookings() throws {
        try store.bookInvented(
            InventedWard.request("A2", "D", on: InventedWard.tuesday, role: "rn", gap: InventedWard.softGap))
        #expect(try store.gap(InventedWard.softGap)?.state == .booked)
        let other = try store.bookInvented(InventedWard.request("S2", "EVE"))
        // From 02:00, when the first booking of the same person ends.
        let refusal = #expect(throws: StoreRefusal.self) {
            try store.bookInvented(InventedWard.request("S2", "DAWN", on: InventedWard.thursday))
        }
        #expect(sentences(refusal).contains { $0.contains("WTR-DAILY") })
        #expect(try store.bookings().last == other)
    }

    @Test("A nurse does not become a senior by being booked as one")
    func grade() throws {
        let refusal = #expect(throws: StoreRefusal.self) {
            try store.bookInvented(InventedWard.request("A2"))
        }
        #expect(!sentences(refusal).isEmpty)
    }

    @Test("Leave stops a booking")
    func leave() throws {
        let leave = Leave(
            person: "S2", first: InventedWard.wednesday, last: InventedWard.wednesday, kind: .annual)
        let refusal = #expect(throws: StoreRefusal.self) {
            try store.bookInvented(
                InventedWard.request("S2"), scenario: InventedWard.scenario(leave: [leave]))
        }
        #expect(!sentences(refusal).isEmpty)
    }

    @Test("Nobody is booked twice for the same time")
    func doubleBooked() throws {
        let first = try store.bookInvented(InventedWard.request("S2", "EVE"))
        #expect(throws: StoreRefusal.doubleBooked(first)) {
            try store.bookInvented(InventedWard.request("S2", "N"))
        }
    }

    @Test("A closed gap is not booked again")
    func closed() throws {
        try store.bookInvented(InventedWard.request("S2"))
        #expect(throws: StoreRefusal.gapClosed(InventedWard.hardGap)) {
            try store.bookInvented(InventedWard.request("S1"))
        }
    }

    @Test("A duty at another time, or in a role that does not count, closes nothing")
    func doesNotCover() throws {
        #expect(throws: StoreRefusal.doesNotCover("S2", InventedWard.hardGap)) {
            try store.bookInvented(InventedWard.request("S2", on: InventedWard.monday))
        }
        #expect(throws: StoreRefusal.doesNotCover("A2", InventedWard.hardGap)) {
            try store.bookInvented(InventedWard.request("A2", role: "rn"))
        }
    }

    @Test("A gap that the published rota does not have is refused with those that are open")
    func unknownGap() throws {
        #expect(
            throws: StoreRefusal.unknownGap(
                "senior@2026-11-05T20:00", open: [InventedWard.softGap, InventedWard.hardGap])
        ) { try store.bookInvented(InventedWard.request("S2", gap: "senior@2026-11-05T20:00")) }
    }

    @Test("Nothing is booked on a rota that is not published")
    func nothingPublished() throws {
        let next = InventedWard.scenario(first: InventedWard.monday.advanced(by: 7))
        try store.saveInvented(InventedWard.solved(next, duties: []))
        #expect(
            throws: StoreRefusal.nothingPublished(
                scenario: "Invented department (ED, 2026-11-09 to 2026-11-15)")
        ) { try store.bookInvented(InventedWard.request("S2"), scenario: next) }
    }

    // MARK: - People from elsewhere

    private static let window = BookingRequest.Window(
        from: London.instant(InventedWard.wednesday, minute: 1140),
        until: London.instant(InventedWard.thursday, minute: 600))

    @Test("A pseudonym with confirmed skills and an organisation that vouches for the time closes the gap")
    func pseudonym() throws {
        try store.bookInvented(InventedWard.request("P-17", skills: ["sdm"], window: Self.window))
        #expect(try store.gap(InventedWard.hardGap)?.state == .booked)
    }

    @Test("A pseudonym without confirmed skills is refused")
    func unskilledPseudonym() throws {
        let refusal = #expect(throws: StoreRefusal.self) {
            try store.bookInvented(InventedWard.request("P-17", window: Self.window))
        }
        #expect(sentences(refusal).contains { $0.contains("sdm") })
    }

    @Test("A pseudonym for whom nobody vouches is refused, and one outside the time vouched for")
    func unvouchedPseudonym() throws {
        #expect(throws: StoreRefusal.notVouchedFor("P-17")) {
            try store.bookInvented(InventedWard.request("P-17", skills: ["sdm"]))
        }
        let short = BookingRequest.Window(
            from: Self.window.from, until: London.instant(InventedWard.thursday, minute: 479))
        let refusal = #expect(throws: StoreRefusal.self) {
            try store.bookInvented(InventedWard.request("P-17", skills: ["sdm"], window: short))
        }
        #expect(sentences(refusal).count == 1)
    }

    @Test("A pseudonym rests between the bookings that are known here")
    func restedPseudonym() throws {
        try store.bookInvented(
            InventedWard.request("P-17", "EVE", skills: ["sdm"], window: Self.window))
        let refusal = #expect(throws: StoreRefusal.self) {
            try store.bookInvented(
                InventedWard.request(
                    "P-17", "DAWN", on: InventedWard.thursday, skills: ["sdm"], window: Self.window))
        }
        #expect(sentences(refusal).contains { $0.contains("WTR-DAILY") })
    }

    // MARK: - Cancelling

    @Test("A cancelled booking opens the gap again, and the person can be booked again")
    func cancel() throws {
        let booking = try store.bookInvented(InventedWard.request("S2"))
        let cancelled = try store.cancel(booking.id, by: "B. Example", reason: "ill", at: InventedWard.noon)
        #expect(cancelled.cancelled == InventedWard.noon)
        #expect(try store.gap(InventedWard.hardGap)?.state == .accepted)
        #expect(try store.criticalVacancies().count == 1)
        #expect(throws: StoreRefusal.alreadyCancelled(booking.id)) {
            try store.cancel(booking.id, by: "B. Example", reason: "again", at: InventedWard.noon)
        }
        try store.bookInvented(InventedWard.request("S2"))
        #expect(try store.audit().suffix(3).map(\.what) == [.book, .cancel, .book])
    }

    @Test("Booking and cancelling need names, reasons and something to cancel")
    func unsaid() throws {
        let request = InventedWard.request("S2")
        let nowhere = BookingRequest(gap: request.gap, duty: request.duty, origin: "")
        for (request, who, why, field) in [
            (request, "", "x", "name of who books"), (request, "x", "", "reason for the booking"),
            (nowhere, "x", "x", "origin of the person booked"),
        ] {
            #expect(throws: StoreRefusal.unsaid(field: field)) {
                try store.book(
                    request, scenario: InventedWard.scenario(), rules: InventedWard.rules, by: who,
                    reason: why, at: InventedWard.noon)
            }
        }
        let id = BookingRecord.ID(9)
        for (who, why, refusal) in [
            ("", "x", StoreRefusal.unsaid(field: "name of who cancels")),
            ("x", "", .unsaid(field: "reason for cancelling")), ("x", "x", .unknownBooking(id)),
        ] {
            #expect(throws: refusal) { try store.cancel(id, by: who, reason: why, at: InventedWard.noon) }
        }
    }
}
