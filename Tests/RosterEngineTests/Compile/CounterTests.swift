import Testing

@testable import RosterEngine

@Suite struct CounterTests {
    @Test func beyondTheShareEachUnitCostsMoreThanTheLast() {
        let nights = Counter.fairness(.nights, share: 2, weight: 8)
        #expect((0...5).map { nights.cost($0) / 60 } == [0, 0, 0, 8, 24, 48])
        for total in 1...12 { #expect(nights.slopes(at: total).below <= nights.slopes(at: total).above) }
    }

    @Test func betweenFloorAndFirstKinkNothingCosts() {
        let hours = Counter(kind: .paid, floor: 10, underSlope: 3, kinks: [.init(from: 20, slope: 5)])
        #expect([0, 9, 10, 20, 21, 30].map(hours.cost) == [30, 3, 0, 0, 5, 50])
    }

    @Test func whatIsCountedAlreadyShiftsFloorAndKinks() {
        let kinks = [Counter.Kink(from: 4, slope: 2), Counter.Kink(from: 6, slope: 7)]
        let whole = Counter(kind: .nights, floor: 3, underSlope: 5, kinks: kinks)
        for counted in 0...8 {
            let rest = whole.shifted(by: counted)
            #expect((0...5).map(rest.cost) == (0...5).map { whole.cost($0 + counted) })
        }
    }
}
