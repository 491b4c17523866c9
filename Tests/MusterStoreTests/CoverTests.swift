import Roster
import Testing

@testable import MusterStore

@Suite("What bookings cover")
struct CoverTests {
    private func gap(missing: Int, from: Int = 0, to: Int = 600, measure: Gap.Measure = .heads) -> Gap {
        Gap(
            rule: "rn", unit: "ED", start: Instant(minutes: from), end: Instant(minutes: to),
            required: missing + 1, planned: 1, severity: .belowTarget, measure: measure)
    }

    private func cover(_ from: Int, _ to: Int, _ amount: Int = 1) -> Cover {
        Cover(gap: "rn", start: Instant(minutes: from), end: Instant(minutes: to), amount: amount)
    }

    private func shortfall(_ from: Int, _ to: Int, _ missing: Int) -> Shortfall {
        Shortfall(start: Instant(minutes: from), end: Instant(minutes: to), missing: missing)
    }

    private func duty(_ from: Int, _ to: Int) -> Duty {
        Duty(
            person: "A", day: Day(ordinal: 0), unit: "ED", shift: "D", role: "rn",
            start: Instant(minutes: from), end: Instant(minutes: to), paid: .zero, working: .zero,
            source: .booking)
    }

    @Test("What is left, head by head and piece by piece")
    func remainingHeads() {
        let two = gap(missing: 2)
        #expect(two.remaining(after: []) == [shortfall(0, 600, 2)])
        #expect(two.remaining(after: [cover(0, 600)]) == [shortfall(0, 600, 1)])
        #expect(two.remaining(after: [cover(0, 300), cover(300, 600)]) == [shortfall(0, 600, 1)])
        #expect(
            two.remaining(after: [cover(0, 400), cover(200, 600)]) == [
                shortfall(0, 200, 1), shortfall(400, 600, 1),
            ])
        #expect(two.remaining(after: [cover(0, 600), cover(0, 600)]).isEmpty)
        #expect(two.remaining(after: [cover(0, 600), cover(0, 600), cover(0, 600)]).isEmpty)
    }

    @Test("Minutes of a week that two bookings share count once")
    func remainingMinutes() {
        let week = gap(missing: 500, measure: .weeklyMinutes)
        #expect(week.remaining(after: []) == [shortfall(0, 600, 500)])
        #expect(week.remaining(after: [cover(0, 300, 300)]) == [shortfall(0, 600, 200)])
        #expect(
            week.remaining(after: [cover(0, 300, 300), cover(100, 300, 200)]) == [shortfall(0, 600, 200)])
        #expect(
            week.remaining(after: [cover(0, 300, 300), cover(200, 400, 200)]) == [shortfall(0, 600, 100)])
        #expect(week.remaining(after: [cover(0, 300, 300), cover(300, 500, 200)]).isEmpty)
    }

    @Test("A booking covers where the checker finds less missing with it, and nowhere else")
    func covers() {
        let whole = gap(missing: 1)
        #expect(
            whole.covers(of: duty(-60, 300), now: [whole], then: [gap(missing: 1, from: 300)]) == [
                Cover(gap: whole.id, start: Instant(minutes: 0), end: Instant(minutes: 300), amount: 1)
            ])
        #expect(whole.covers(of: duty(0, 600), now: [whole], then: [whole]).isEmpty)
        #expect(whole.covers(of: duty(600, 900), now: [whole], then: []).isEmpty)
        // What is no longer asked for is not covered by anybody.
        #expect(whole.covers(of: duty(0, 600), now: [], then: []).isEmpty)
    }

    @Test("Of a week's minutes a booking covers what the checker finds less")
    func coversWeek() {
        let week = gap(missing: 500, measure: .weeklyMinutes)
        let less = gap(missing: 380, measure: .weeklyMinutes)
        #expect(
            week.covers(of: duty(0, 240), now: [week], then: [less]) == [
                Cover(gap: week.id, start: Instant(minutes: 0), end: Instant(minutes: 240), amount: 120)
            ])
        #expect(week.covers(of: duty(0, 240), now: [week], then: [week]).isEmpty)
    }
}
