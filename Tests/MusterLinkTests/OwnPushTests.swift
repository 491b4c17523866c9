import Extracts
import MusterStore
import Roster
import SystemPool
import Testing

@testable import MusterLink

@Suite("A push made from the store")
struct OwnPushTests {
    private let trust: InventedTrust

    init() throws { trust = try InventedTrust() }

    @Test("It tells the gaps of a rota that is in force")
    func inForce() throws {
        let push = try trust.store.ownPush(InventedTrust.terms, days: 2, at: InventedTrust.now)
        #expect(push.vacancies.map(\.id.text) == [InventedTrust.gap.text])
        #expect(push.extractedAt == InventedTrust.now)
    }

    @Test("It says that it allows for a loan only if it is known that the call stands as it was")
    func current() throws {
        let call = try InventedTrust.call(source: trust.source("fay"), until: .confirm)
        try trust.store.keepCalls([call], at: InventedTrust.now)
        try trust.store.keepLoan(under: call, by: "Desk", reason: "agreed", at: InventedTrust.now) { _, _ in
            "fay"
        }
        func includes(_ isCurrent: Bool) throws -> [AidRequest.ID] {
            try trust.store.ownPush(
                InventedTrust.terms, days: 2, at: InventedTrust.now, isCurrent: isCurrent
            ).includes
        }
        #expect(try includes(true) == ["aid-1"])
        #expect(try includes(false).isEmpty)
    }

    @Test("A visitor whom an imported rota shows is not counted once more, each booking for one call")
    func toldByImport() throws {
        let call = try InventedTrust.call(source: trust.source("fay"), until: .confirm)
        let need = call.need
        func request(
            _ id: Request.ID = "r1", unit: Roster.Unit.ID? = nil, state: Request.State = .booked,
            origin: String? = "mutual-aid", later: Int = 0
        ) -> Request {
            Request(
                id: id, unit: unit ?? need.unit, day: need.start.day, shift: "E", role: "nurse",
                start: need.start + ElapsedMinutes(hours: later),
                end: need.end + ElapsedMinutes(hours: later),
                state: state, origin: origin)
        }
        #expect([request()].visitors(of: [call]) == ["aid-1"])
        #expect([request(later: 2)].visitors(of: [call]) == ["aid-1"])
        for other in [
            request(later: 24), request(unit: "elsewhere"), request(state: .open), request(origin: "bank"),
            request(origin: nil),
        ] {
            #expect([other].visitors(of: [call]).isEmpty)
        }
        var nobody = request()
        nobody.namesNobody = true
        #expect([nobody].visitors(of: [call]).isEmpty)
        // One booking closes one call, whichever.
        let two = AidRequest(
            id: "aid-2", asking: call.asking, need: need, at: InventedTrust.now,
            by: Actor(organisation: call.asking, role: .bankDesk), reason: try Remark("short tonight"))
        #expect([request()].visitors(of: [call, two]).count == 1)
        #expect([request(), request("r2")].visitors(of: [call, two]).count == 2)
    }

    @Test("Data from which no report may be made make no push, and it is said why")
    func fatal() throws {
        let later = London.instant(InventedTrust.monday.advanced(by: 30), minute: 360)
        let refusal = #expect(throws: LoanRefusal.self) {
            try trust.store.ownPush(InventedTrust.terms, at: later)
        }
        #expect(refusal?.description.contains("No extract and no published rota holds a duty") == true)
        #expect(refusal?.description.contains("muster push --waiting") == true)
    }

    @Test(
        "A unit that the system takes under no id makes no push: it is named, with what is wrong and what to do"
    )
    func unsendable() throws {
        let trust = try InventedTrust(unit: "Elm-\u{e9}")
        let refusal = #expect(throws: LoanRefusal.self) {
            try trust.store.ownPush(InventedTrust.terms, days: 2, at: InventedTrust.now)
        }
        let text = refusal?.description ?? ""
        #expect(text.contains("unit Elm-\u{e9} has other letters or signs"), "\(text)")
        #expect(text.contains("Give each another id") && text.contains("muster push --waiting"), "\(text)")
    }
}
