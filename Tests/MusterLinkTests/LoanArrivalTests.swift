import MusterStore
import Roster
import SystemPool
import Testing

@testable import MusterLink

/// The receiver's part: Tuesday is one nurse short.
@Suite("Booking whoever comes")
struct LoanArrivalTests {
    private let trust: InventedTrust
    private let visitor: Pseudonym

    init() throws {
        trust = try InventedTrust()
        visitor = Pseudonym(of: "somebody", key: [7])
    }

    private func call(
        asking: Organisation.ID = InventedTrust.own, unit: Roster.Unit.ID = "OAK",
        vacancy: Vacancy.ID? = Vacancy.ID(InventedTrust.gap.text), on day: Day = InventedTrust.tuesday,
        from start: Int = 450, to end: Int = 1200, until last: AidStep = .confirm
    ) throws -> AidRequest {
        try InventedTrust.call(
            asking: asking, lender: InventedTrust.other, source: .person(visitor), unit: unit,
            vacancy: vacancy, on: day, from: start, to: end, until: last)
    }

    private func receive(_ call: AidRequest, shift: ShiftType.ID? = nil) throws -> BookingRecord {
        try trust.store.keepCalls([call], at: InventedTrust.now)
        return try LoanArrival(
            store: trust.store, own: InventedTrust.own, scenario: InventedTrust.scenario,
            rules: InventedTrust.rules
        ).book(call.id, shift: shift, by: "Desk", reason: "NS2 confirmed it", at: InventedTrust.now)
    }

    private func isOpen() throws -> Bool {
        try trust.store.openGaps().contains { $0.gap.id == InventedTrust.gap }
    }

    @Test("They are booked on the gap by pseudonym, on the shift with the times, and the gap is closed")
    func books() throws {
        #expect(try isOpen())
        try trust.store.enqueue(
            OrganisationPush(
                organisation: InventedTrust.own, extractedAt: InventedTrust.now, first: InventedTrust.monday),
            at: InventedTrust.now)
        try trust.store.keepCalls([try call()], at: InventedTrust.now)
        #expect(try trust.store.callsLackingVisitor(at: InventedTrust.now).map(\.id) == ["aid-1"])
        let booking = try receive(try call())
        #expect(try trust.store.callsLackingVisitor(at: InventedTrust.now).isEmpty)
        #expect(booking.request.duty.person == Person.ID(visitor.text))
        #expect(booking.request.duty.shift == "LD" && booking.request.duty.role == "nurse")
        #expect(booking.request.origin == "mutual-aid" && booking.request.skills == ["iv"])
        #expect(try !isOpen())
        #expect(throws: LoanRefusal.noGap("aid-1", open: [])) { try receive(try call()) }
        #expect(try trust.store.bookings().count == 1)
    }

    @Test(
        "Once whoever was to come does not, their booking is cancelled and the gap is open again; else it stands"
    )
    func takenBack() throws {
        let confirmed = try call()
        _ = try receive(confirmed)
        let reason = try Remark("needed at home")
        let done = try confirmed.advanced(
            .complete, by: Actor(organisation: InventedTrust.own, role: .bankDesk), reason: reason,
            at: confirmed.need.end)
        try trust.store.keepCalls([done], at: InventedTrust.now)
        #expect(try !isOpen(), "it was worked")
        let takenBack = try confirmed.advanced(
            .withdraw, by: Actor(organisation: InventedTrust.other, role: .bankDesk), reason: reason,
            at: InventedTrust.now)
        try trust.store.keepCalls([takenBack], at: InventedTrust.now)
        #expect(try isOpen())
        #expect(try trust.store.bookings().map(\.isLive) == [false])
        #expect(try trust.store.audit().last?.what == .cancel)
        // Somebody else comes under the same call.
        let other = try InventedTrust.call(
            asking: InventedTrust.own, lender: InventedTrust.other,
            source: .person(Pseudonym(of: "another", key: [7])), unit: "OAK",
            vacancy: Vacancy.ID(InventedTrust.gap.text), from: 450, to: 1200, until: .confirm)
        _ = try receive(other)
        #expect(try !isOpen())
        try trust.store.keepCalls([confirmed], at: InventedTrust.now)
        #expect(try isOpen(), "the one who is booked is not the one who comes")
    }

    @Test("A part of a gap is booked on the gap as the rota names it")
    func part() throws {
        _ = try receive(try call(vacancy: Vacancy.ID("\(InventedTrust.gap).120")))
        #expect(try !isOpen())
    }

    @Test(
        "What is left of a gap of which a part is booked has another name in newer data, and is booked all the same",
        arguments: ["nurses", "OAK.nurses"])
    func rest(rule: String) throws {
        let renamed = Vacancy.ID("\(rule)@\(InventedTrust.tuesday)T13:30")
        #expect(throws: LoanRefusal.self, "its hours are another day's") {
            try receive(try call(vacancy: renamed, on: InventedTrust.monday))
        }
        #expect(throws: LoanRefusal.self) { try receive(try call(vacancy: Vacancy.ID("nurses.\(renamed)"))) }
        _ = try receive(try call(vacancy: renamed))
        #expect(try !isOpen())
    }

    @Test("A head missing under several gaps in a row is one vacancy, and whoever comes closes all")
    func layers() throws {
        let trust = try InventedTrust(shift: InventedTrust.midday)
        let (gap, next) = (InventedTrust.gap.text, "nurses@\(InventedTrust.tuesday)T15:30")
        func told() throws -> [String: Int] {
            let push = try trust.store.ownPush(InventedTrust.terms, days: 2, at: InventedTrust.now)
            return Dictionary(push.vacancies.map { ($0.id.text, $0.minutes) }) { $0 + $1 }
        }
        func receive(_ id: AidRequest.ID, _ vacancy: String, from start: Int, to end: Int) throws {
            let call = try InventedTrust.call(
                id, asking: InventedTrust.own, lender: InventedTrust.other,
                source: .person(Pseudonym(of: Person.ID(id.text), key: [7])), unit: "OAK",
                vacancy: Vacancy.ID(vacancy), from: start, to: end, until: .confirm)
            try trust.store.keepCalls([call], at: InventedTrust.now)
            _ = try LoanArrival(
                store: trust.store, own: InventedTrust.own, scenario: InventedTrust.scenario,
                rules: InventedTrust.rules
            ).book(id, by: "Desk", reason: "NS2 confirmed it", at: InventedTrust.now)
        }
        func open() throws -> [String] {
            try trust.store.openGaps().map { "\($0.gap.start.clock) \($0.remaining.map(\.missing))" }.sorted()
        }
        #expect(try open() == ["07:30 [2]", "14:00 [1]", "15:30 [2]"])
        #expect(try told() == [gap: 750, "\(gap)-390": 390, next: 270])
        try receive("aid-1", gap, from: 450, to: 1200)
        #expect(try open() == ["07:30 [1]", "15:30 [1]"])
        #expect(try told() == [gap: 390, next: 270])
        // Under the name that it had before.
        try receive("aid-2", "\(gap)-390", from: 450, to: 840)
        #expect(try open() == ["15:30 [1]"] && told() == [next: 270])
        // For a part of the layer, under the name of a gap that is closed.
        try receive("aid-3", gap, from: 930, to: 1200)
        #expect(try open().isEmpty && told().isEmpty)
    }

    @Test("Whoever was to come for a narrower rule that is met meanwhile is booked on a wider one")
    func wider() throws {
        _ = try receive(try call(vacancy: Vacancy.ID("iv@\(InventedTrust.tuesday)T07:30")))
        #expect(try !isOpen())
    }

    @Test("A part of a layer is booked on the gap that is open then, and not on the first of the same name")
    func partOfLayer() throws {
        let trust = try InventedTrust(shift: InventedTrust.midday)
        let call = try InventedTrust.call(
            asking: InventedTrust.own, lender: InventedTrust.other, source: .person(visitor), unit: "OAK",
            vacancy: Vacancy.ID(InventedTrust.gap.text), from: 930, to: 1200, until: .confirm)
        try trust.store.keepCalls([call], at: InventedTrust.now)
        let booking = try LoanArrival(
            store: trust.store, own: InventedTrust.own, scenario: InventedTrust.scenario,
            rules: InventedTrust.rules
        ).book(call.id, by: "Desk", reason: "NS2 confirmed it", at: InventedTrust.now)
        #expect(booking.request.gap == Gap.ID("nurses@\(InventedTrust.tuesday)T15:30"))
    }

    @Test("A gap whose rule shares its id with another unit's is called with its unit")
    func calledByUnit() throws {
        let gap = try #require(
            try trust.store.openGaps().first { $0.gap.id == InventedTrust.gap }?.gap)
        #expect(try call().isFor(gap))
        #expect(try call(vacancy: Vacancy.ID("\(gap.unit).\(gap.id)")).isFor(gap))
        #expect(try call(vacancy: Vacancy.ID("\(gap.unit).\(gap.id).120")).isFor(gap))
        #expect(try !call(vacancy: Vacancy.ID("X\(gap.unit).\(gap.id)")).isFor(gap))
    }

    @Test("A call that is not confirmed, not ours, or for no gap that is open books nobody")
    func refused() throws {
        #expect(throws: LoanRefusal.notInState("aid-1", .accepted, needed: .confirmed)) {
            try receive(try call(until: .accept))
        }
        #expect(throws: LoanRefusal.notTheReceiver("aid-1")) { try receive(try call(asking: "NS3")) }
        for strange in [
            try call(vacancy: nil), try call(vacancy: "porters@2020-01-01T07:30"), try call(unit: "ELM"),
        ] {
            #expect(throws: LoanRefusal.noGap("aid-1", open: [InventedTrust.gap])) { try receive(strange) }
        }
        let arrival = LoanArrival(
            store: trust.store, own: InventedTrust.own, scenario: InventedTrust.scenario,
            rules: InventedTrust.rules)
        #expect(throws: LoanRefusal.unknownCall("aid-9", known: ["aid-1"])) {
            try arrival.book("aid-9", by: "Desk", reason: "agreed", at: InventedTrust.now)
        }
        #expect(try trust.store.bookings().isEmpty && isOpen())
    }

    @Test("Times that no shift has need a shift to be named")
    func shifts() throws {
        let late = try call(from: 480, to: 1200)
        #expect(throws: LoanRefusal.noShift("aid-1")) { try receive(late) }
        #expect(throws: LoanRefusal.noShift("aid-1")) { try receive(late, shift: "NN") }
        #expect(try receive(late, shift: "LD").request.duty.shift == "LD")
    }

    @Test("Hard cover counts from the minute on in which somebody is there, handover or not")
    func hardCover() throws {
        let hard = try InventedTrust(isHard: true)
        func receive(_ id: AidRequest.ID, from start: Int) throws -> BookingRecord {
            let call = try InventedTrust.call(
                id, asking: InventedTrust.own, lender: InventedTrust.other, source: .person(visitor),
                unit: "OAK", vacancy: Vacancy.ID(InventedTrust.gap.text), from: start, until: .confirm)
            try hard.store.keepCalls([call], at: InventedTrust.now)
            return try LoanArrival(
                store: hard.store, own: InventedTrust.own, scenario: InventedTrust.hard,
                rules: InventedTrust.rules
            ).book(id, shift: "LD", by: "Desk", reason: "NS2 confirmed it", at: InventedTrust.now)
        }
        #expect(throws: LoanRefusal.self) { try receive("aid-1", from: 451) }
        #expect(try hard.store.openGaps().map(\.gap.severity) == [.hard])
        _ = try receive("aid-2", from: 450)
        #expect(try hard.store.openGaps().isEmpty)
    }

    @Test("Nobody is booked for more of a shift than a handover beyond the hours for which they come")
    func partOnly() throws {
        let afternoon = try call(from: 810, to: 1200)
        let refusal = LoanRefusal.longerThanCall(
            "aid-1", shift: "LD", from: afternoon.need.start, to: afternoon.need.end)
        #expect(throws: refusal) { try receive(afternoon, shift: "LD") }
        #expect(throws: LoanRefusal.self) { try receive(try call(from: 450, to: 1140), shift: "LD") }
        #expect(try isOpen() && trust.store.bookings().isEmpty)
        #expect(refusal.description.contains("LD is longer"))
    }

    @Test("Nobody who comes after midnight is booked on the night that begins after they went home")
    func afterMidnight() throws {
        // On Tuesday from 00:30 to 07:30; the night of that day begins in the evening.
        let early = try call(from: 30, to: 450)
        #expect(throws: LoanRefusal.self) { try receive(early, shift: "NN") }
        #expect(try trust.store.bookings().isEmpty)
    }
}
