import Testing

@testable import RosterEngine

@Suite struct StopTests {
    @Test func withoutALimitItIsDueOnlyWhenAsked() {
        let stop = Stop(seconds: nil)
        #expect(!stop.isDue)
        stop.ask()
        #expect(stop.isDue)
    }

    @Test func anInnerStopEndsWithTheOuterOneAndNotTheOtherWayRound() {
        let outer = Stop(seconds: nil)
        let inner = Stop(seconds: nil, within: outer)
        inner.ask()
        #expect(inner.isDue && !outer.isDue)
        let other = Stop(seconds: nil, within: outer)
        #expect(!other.isDue)
        outer.ask()
        #expect(other.isDue)
        #expect(Stop(seconds: 1000, within: Stop(seconds: 0)).isDue)
    }
}
