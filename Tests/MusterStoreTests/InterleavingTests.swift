import Roster
import Testing

@testable import MusterStore

/// S. Vigna's splitmix64: the same numbers from the same seed everywhere.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Any interleaving of operations")
struct InterleavingTests {
    private let folder: TemporaryFolder
    private let store: MusterStore

    init() throws {
        folder = try TemporaryFolder()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
    }

    @Test("keeps what the store promises", arguments: 1...6 as ClosedRange<UInt64>)
    func keepsPromises(seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        var refused = 0
        for _ in 1...40 {
            do {
                try step(&generator)
            } catch is StoreRefusal { refused += 1 }
            try checkPromises()
        }
        // Both outcomes are common, or the test says little.
        #expect((4...36).contains(refused))
        try store.verifyAudit()
    }

    private func step(_ generator: inout SplitMix) throws {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: try store.saveInvented()
        case 1, 2:
            let ids = try store.versions().map(\.id)
            guard let id = ids.randomElement(using: &generator) else { return }
            try store.publishInvented(
                id, accepting: Bool.random(using: &generator) ? InventedWard.accepting : [:])
        case 3, 4:
            guard let booking = try store.bookings().randomElement(using: &generator) else { return }
            try store.cancel(booking.id, by: "B. Example", reason: "plans changed", at: InventedWard.noon)
        default:
            let people: [Person.ID] = ["S1", "S2", "S3", "S4", "S5", "A1", "A2", "P-17"]
            let person = people.randomElement(using: &generator) ?? "S1"
            let shift = (["N", "EVE", "DAWN", "D"] as [ShiftType.ID]).randomElement(using: &generator) ?? "N"
            let isNurse = shift == "D"
            let day = isNurse ? InventedWard.tuesday : InventedWard.wednesday
            try store.bookInvented(
                InventedWard.request(
                    person, shift, on: shift == "DAWN" ? InventedWard.thursday : day,
                    role: isNurse ? "rn" : "senior",
                    gap: isNurse ? InventedWard.softGap : InventedWard.hardGap, skills: ["sdm"],
                    window: BookingRequest.Window(
                        from: InventedWard.noon, until: InventedWard.noon + ElapsedMinutes(hours: 96))))
        }
    }

    private func checkPromises() throws {
        let versions = try store.versions()
        let published = versions.filter { $0.state == .published }
        #expect(published.count <= 1)
        #expect(versions.contains { $0.state == .superseded } == false || published.count == 1)

        let live = try store.bookings().filter(\.isLive)
        for (index, booking) in live.enumerated() {
            #expect(
                !live[(index + 1)...].contains {
                    $0.request.duty.person == booking.request.duty.person
                        && $0.request.duty.sharesTime(with: booking.request.duty)
                })
        }
        for rota in published {
            for record in try store.gaps(of: rota.id) {
                // Minute by minute, from the bookings alone.
                let covered = (record.gap.start.minutes..<record.gap.end.minutes).allSatisfy { minute in
                    live.filter {
                        $0.request.gap == record.gap.id && $0.request.duty.start.minutes <= minute
                            && minute < $0.request.duty.end.minutes
                    }.count >= record.gap.missing
                }
                #expect((record.state == .booked) == covered)
                let isListed = try store.criticalVacancies().contains { $0.gap == record.gap }
                #expect(isListed == (record.gap.severity == .hard && !covered))
            }
        }
    }
}
