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
        try trust.store.keepLoan(
            of: "fay", under: call, by: "Desk", reason: "agreed", at: InventedTrust.now)
        func includes(_ isCurrent: Bool) throws -> [AidRequest.ID] {
            try trust.store.ownPush(
                InventedTrust.terms, days: 2, at: InventedTrust.now, isCurrent: isCurrent
            ).includes
        }
        #expect(try includes(true) == ["aid-1"])
        #expect(try includes(false).isEmpty)
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
}
