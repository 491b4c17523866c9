import Testing

@testable import RosterEngine

@Suite struct HoursLedgerTests {
    private let free = Counter(kind: .paid, floor: 0, underSlope: 0, kinks: [])

    private func ledger(
        _ paid: [Int], days: Int = 2, counter: Counter? = nil, totals: PaidTotals = PaidTotals(),
        limit: Int = .max
    ) -> HoursLedger {
        HoursLedger(paid: paid, days: days, counter: counter ?? free, totals: totals, limit: limit)
    }

    @Test func aStepIsTheGreatestCommonDivisor() {
        let found = ledger([0, 690, 480, 0, 750, 480])
        #expect(found.step == 30 && found.length == [0, 23, 16, 0, 25, 16] && found.longest == 25)
        #expect(found.steps == (690 + 750) / 30)
    }

    @Test func nothingPaidHasOneStep() {
        let found = ledger([0, 0])
        #expect(found.step == 1 && found.steps == 0 && found.cost == [0])
    }

    @Test func limitsRoundDownAndMinimumsForbid() {
        var totals = PaidTotals()
        totals.minimum = 500
        #expect(ledger([0, 480, 0, 480], totals: totals).cost == [-1, -1, 0])
        #expect(ledger([0, 480, 0, 480], limit: 959).steps == 1)
        #expect(ledger([0, 480, 0, 480], limit: -5).steps == 0)
        totals.maximum = 700
        #expect(ledger([0, 480, 0, 480], totals: totals).cost == [-1, -1])
    }

    @Test func costIsTheCountersAtEachTotal() {
        let counter = Counter(kind: .paid, floor: 600, underSlope: 6, kinks: [.init(from: 700, slope: 12)])
        #expect(ledger([0, 480, 0, 480], counter: counter).cost == [3600, 720, 3120])
    }
}
