import Extracts
import Roster
import Testing

@testable import LookForward

@Suite struct LearningTests {
    private let id: ReportedGap.ID = "WARD-A.rn.0730@2026-11-02T07:30"

    private func request(_ state: Request.State, released: String? = nil) -> Request {
        Request(
            id: "r", unit: "WARD-A", day: Trust.monday, shift: "LD", role: "rn",
            start: Trust.at("2026-11-02 07:30"),
            end: Trust.at("2026-11-02 20:00"), state: state, step: .collaborative,
            released: released.map(Trust.at))
    }

    /// What became of the one gap of Monday, named on the Sunday and on the day.
    private func ended(_ change: (inout Trust) -> Void) throws -> Learning.Ended {
        var trust = Trust.oneShort
        trust.window = Period(first: Trust.monday.advanced(by: -1), days: 3)
        let sunday = try trust.report(at: Trust.at("2026-11-01 06:30"))
        trust.window = Period(first: Trust.monday, days: 3)
        let monday = try trust.report(at: Trust.morning)
        trust.window = Period(first: Trust.monday, days: 1)
        change(&trust)
        let learning = try #require(Learning(issues: [monday, sunday], known: trust.picture))
        #expect(learning.ended.count == 1)
        return try #require(learning.ended.first { $0.gap.id == id })
    }

    @Test func nobodyCame() throws {
        let ended = try ended { _ in }
        #expect(ended.outcome == .unfilled)
        #expect(ended.minutesLeft == 750)
        #expect(ended.step == nil)
        // Named at 06:30 on the Sunday, 25 hours before.
        #expect(ended.leadMinutes == 1_500)
        #expect(ended.minutesToAction == nil)
    }

    @Test func aBookingFilledIt() throws {
        let ended = try ended { trust in
            trust.hire("bank", contract: "BANK")
            trust.work("bank", source: .booking)
            trust.requests = [request(.booked, released: "2026-11-01 07:00")]
        }
        #expect(ended.outcome == .filled)
        #expect(ended.step == .collaborative)
        #expect(ended.minutesToAction == 30)
    }

    @Test func somebodyWasLent() throws {
        let ended = try ended { trust in
            trust.hire("lent", unit: "WARD-B", also: ["WARD-A"])
            trust.work("lent")
        }
        #expect(ended.outcome == .filled)
        #expect(ended.step == .float)
    }

    @Test func halfOfItIsPartly() throws {
        let ended = try ended { trust in
            trust.hire("late")
            trust.work("late", Trust.late)
        }
        #expect(ended.outcome == .partly)
        #expect(ended.minutesLeft == 330)
    }

    @Test func onlyWhatWasAheadWhenItWasLastNamedIsHeldAgainstWhatCame() throws {
        var trust = Trust.oneShort
        let afternoon = try trust.report(at: Trust.at("2026-11-02 13:00"))
        trust.hire("late")
        trust.work("late", Trust.late)
        trust.window = Period(first: Trust.monday, days: 1)
        let ended = try #require(Learning(issues: [afternoon], known: trust.picture)?.ended.first)
        #expect((ended.gap.minutes, ended.minutesLeft) == (420, 0))
        #expect(ended.outcome == .filled)
    }

    @Test func demandThatWasNeverThereMakesAFalseGap() throws {
        #expect(
            try ended { $0.rules = [] }.outcome == .falseGap)
        #expect(
            try ended { trust in
                trust.units[0] = Unit(
                    id: "WARD-A", name: "Ward A", site: "MAIN", organisation: "TR1",
                    closed: [Trust.monday...Trust.monday])
            }.outcome == .falseGap)
        #expect(
            try ended { trust in
                trust.rules = []
                trust.ask(1, days: [.monday])
            }.outcome == .falseGap)
        #expect(
            try ended { trust in
                trust.hire("planned")
                trust.work("planned")
                trust.requests = [request(.cancelled)]
            }.outcome == .falseGap)
    }

    @Test func dataThatSayNothingSayNothing() throws {
        #expect(try ended { $0.notIncluded = ["WARD-A"] }.outcome == .unknown)
        #expect(try ended { $0.units.removeFirst() }.outcome == .unknown)
        #expect(
            try ended {
                $0.rules = []
                $0.findings = [
                    Finding(
                        check: .roleNotAsked, severity: .warning, units: ["WARD-A"], sentence: "Rows are lost"
                    )
                ]
            }.outcome == .unknown)
        #expect(try ended { $0.daysWithoutRota = ["WARD-A": [Trust.monday]] }.outcome == .unknown)
        #expect(
            try ended {
                $0.findings = [Finding(check: .noUnits, severity: .fatal, sentence: "No units")]
            }.outcome == .unknown)
    }

    @Test func whatNobodyNamedIsMissed() throws {
        var trust = Trust.oneShort
        let issue = try trust.report()
        trust.ask(1, in: "WARD-B", days: [.monday])
        let learning = try #require(Learning(issues: [issue], known: trust.picture))
        #expect(learning.missed.map(\.place.unit) == ["WARD-B"])
        #expect(Learning(issues: [], known: trust.picture) == nil)
    }

    @Test func whatWasNamedShortIsHeldAgainstWhatCame() throws {
        let learning = Learning(
            day: Trust.monday,
            ended: [
                end("a", .filled, lead: 1, step: .own), end("b", .partly, lead: 1, step: .own, left: 150),
                end("c", .unfilled, lead: 1, left: 600), end("d", .falseGap, lead: 1),
                end("e", .unknown, lead: 1), end("f", .filled, lead: 1),
            ], missed: [end("m", .unfilled, lead: 1).gap])
        #expect(learning.minutesNamed == 3_000)
        #expect(learning.minutesShort == 750)
        #expect(learning.minutesMissed == 600)
        #expect(learning.filledBy == [.own: 2, nil: 1])
        let review = Review([learning])
        #expect(review.minutesFalse == 600)

        var report = try Trust.oneShort.report()
        report.learning = learning
        let outside = Recipient(
            id: "o", name: "Other", mailbox: "o@example.org", isInside: false, organisations: ["TR1"])
        #expect(report.cut(for: outside).learning?.filledBy == [nil: 3])
        #expect(report.anonymised().learning?.filledBy == [nil: 3])
    }

    // MARK: Review

    private func end(
        _ id: String, _ outcome: Learning.Outcome, lead: Int, action: Int? = nil,
        step: CascadeStep.Level? = nil,
        left: Int = 0
    ) -> Learning.Ended {
        Learning.Ended(
            gap: ClosedGap(
                id: ReportedGap.ID(id),
                place: UnitLabel(unit: "U", name: "U", site: "S", organisation: "TR1"),
                organisation: "TR1",
                day: Trust.monday, shift: "", role: "", staffGroup: .registered, minutes: 600, isHard: false),
            outcome: outcome, step: step, minutesLeft: left, leadMinutes: lead, minutesToAction: action)
    }

    @Test func figuresAreByNoticeAndLeaveOutWhatIsUnknown() {
        let review = Review([
            Learning(
                day: Trust.monday,
                ended: [
                    end("a", .filled, lead: 239, action: 10, step: .own),
                    end("b", .unfilled, lead: 240, left: 600),
                    end("c", .filled, lead: 2_879, action: 50, step: .own),
                    end("d", .partly, lead: 2_880, action: 30, left: 150),
                    end("e", .falseGap, lead: 5_000, action: 1), end("f", .unknown, lead: 5_000),
                ])
        ])
        #expect(review.fills.map(\.percent) == [100, 0, 100, 0])
        #expect(review.fills.map(\.percentOfMinutes) == [100, 0, 100, 75])
        #expect(review.named == 6)
        #expect(review.falsePercent == 20)
        #expect(review.unknown == 1)
        #expect(review.medianMinutesToAction == 30)
        #expect(review.withoutAction == 1)
        #expect(review.filledBy == ["own": 2])
    }

    @Test func whatWasDoneBeforeAnIssueNamedItIsNoTimeToAction() {
        func review(_ ended: Learning.Ended...) -> Review {
            Review([Learning(day: Trust.monday, ended: ended)])
        }
        let mixed = review(
            end("a", .filled, lead: 600, action: -985), end("b", .unfilled, lead: 600, action: -1),
            end("c", .filled, lead: 600, action: 0), end("d", .partly, lead: 600, action: 90),
            end("e", .filled, lead: 600, action: 120), end("f", .unknown, lead: 600, action: 5))
        #expect(mixed.medianMinutesToAction == 90)
        #expect(mixed.actedBefore == 2)
        let early = review(end("a", .filled, lead: 600, action: -985))
        #expect(early.medianMinutesToAction == nil && early.actedBefore == 1)
        #expect(early.withoutAction == 0)
    }

    @Test func aGapCountsOnceAsItIsLastTold() {
        let review = Review([
            Learning(day: Trust.monday.advanced(by: 1), ended: [end("a", .filled, lead: 10)]),
            Learning(day: Trust.monday, ended: [end("a", .unfilled, lead: 10, left: 600)]),
        ])
        #expect(review.named == 1)
        #expect(review.fills[0].percent == 100)
    }

    @Test func noFiguresFromNothing() {
        let review = Review([])
        #expect(review.falsePercent == nil)
        #expect(review.medianMinutesToAction == nil)
        #expect(review.fills.allSatisfy { $0.percent == nil })
    }
}
