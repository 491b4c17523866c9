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

    private func share(required: Int, planned: Int) -> Gap {
        Gap(
            rule: "rn", unit: "ED", start: Instant(minutes: 0), end: Instant(minutes: 600),
            required: required, planned: planned, severity: .belowTarget, measure: .heads)
    }

    /// At least 65 % of six, three of whom count: with a seventh who counts it is 65 % of seven.
    @Test("Of a share it is what is missing that counts, and not who is there")
    func coversShare() {
        let now = share(required: 4, planned: 3)
        #expect(now.covers(of: duty(0, 600), now: [now], then: [share(required: 5, planned: 4)]).isEmpty)
        #expect(now.covers(of: duty(0, 600), now: [now], then: []).map(\.amount) == [1])
        let cap = share(required: 8, planned: 6)
        #expect(cap.covers(of: duty(0, 600), now: [cap], then: [share(required: 12, planned: 8)]).isEmpty)
    }

    /// One person stands in for two rules until either is relieved: two bookings that each relieve one do no more.
    @Test("What two bookings would each lessen is claimed once where together they lessen it once")
    func temperedHeads() {
        let gap = gap(missing: 2)
        let first = gap.tempered(cover(0, 600).of(gap), besides: [], now: [gap], then: [self.gap(missing: 1)])
        #expect(first == [cover(0, 600).of(gap)])
        let still = self.gap(missing: 1)
        #expect(gap.tempered(cover(0, 600).of(gap), besides: first, now: [still], then: [still]).isEmpty)
        // For a part of the time the second one does something.
        let half = self.gap(missing: 1, from: 300)
        #expect(
            gap.tempered(cover(0, 600).of(gap), besides: first, now: [still], then: [half])
                == [cover(0, 300).of(gap)])
        // Where nothing is claimed to be open, a second keeps its worth for when the first is taken back.
        let one = self.gap(missing: 1)
        #expect(
            one.tempered(cover(0, 600).of(one), besides: [cover(0, 600).of(one)], now: [], then: [])
                == [cover(0, 600).of(one)])
    }

    @Test("Minutes of a week are claimed no further than the week gets shorter")
    func temperedWeek() {
        let week = gap(missing: 500, measure: .weeklyMinutes)
        let now = gap(missing: 300, measure: .weeklyMinutes)
        let then = gap(missing: 200, measure: .weeklyMinutes)
        let known = [cover(0, 200, 200).of(week)]
        let whole = cover(300, 500, 200).of(week)
        #expect(week.tempered(whole, besides: known, now: [now], then: [then]).map(\.amount) == [100])
        #expect(
            week.tempered(
                whole, besides: known, now: [now], then: [gap(missing: 100, measure: .weeklyMinutes)]) == [
                    whole
                ])
    }
}

extension Cover {
    fileprivate func of(_ gap: Gap) -> Cover { Cover(gap: gap.id, start: start, end: end, amount: amount) }
}
