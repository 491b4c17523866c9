@testable import RosterEngine
import Testing

@testable import muster_bench

@Suite("The time to a gap")
struct GapTimeTests {
    private func seconds(to percent: Double, in history: [Progress]) -> Double? {
        GapTime(percent: percent, in: history).seconds
    }

    /// The bound is 100 throughout, so `best` says the gap.
    private func progress(
        _ seconds: Double, best: Double, bound: Double? = 100, hard: Int = 0, minimum: Int = 0
    ) -> Progress {
        Progress(
            seconds: seconds, iteration: 0, hardMinutes: hard, minimumMinutes: minimum, best: best,
            bound: bound, source: "dive")
    }

    @Test("It is when the gap was first within, the limit included")
    func first() {
        let history = [
            progress(1, best: 200, bound: nil), progress(2, best: 125), progress(3, best: 104),
            progress(5, best: 100),
        ]
        #expect(seconds(to: 20, in: history) == 2)
        #expect(seconds(to: 5, in: history) == 3)
        #expect(seconds(to: 1, in: history) == 5)
    }

    @Test("A gap that opened again was not reached before it closed for good")
    func opened() {
        let history = [progress(1, best: 101), progress(2, best: 150), progress(3, best: 101)]
        #expect(seconds(to: 5, in: history) == 3)
    }

    @Test("A rota that was cheap because it left more cover open does not count")
    func open() {
        let cheap = [progress(1, best: 100, hard: 60), progress(4, best: 101)]
        #expect(seconds(to: 5, in: cheap) == 4)
        let thin = [progress(1, best: 100, minimum: 60), progress(4, best: 101)]
        #expect(seconds(to: 5, in: thin) == 4)
    }

    @Test("It is nothing if the gap never closed, no bound was known, or nothing happened")
    func never() {
        #expect(seconds(to: 5, in: [progress(1, best: 150)]) == nil)
        #expect(seconds(to: 5, in: [progress(1, best: 100), progress(2, best: 150)]) == nil)
        #expect(seconds(to: 5, in: [progress(1, best: 100, bound: nil)]) == nil)
        #expect(seconds(to: 5, in: []) == nil)
    }
}
