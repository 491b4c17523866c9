import Roster
import Testing

@Suite struct DemandResolveTests {
    private let autumn = given(Day("2026-10-25"))
    private let spring = given(Day("2027-03-28"))

    // MARK: Windows

    @Test func aWindowOverMidnightRunsIntoTheNextDay() {
        let rule = rule(from: "20:00", to: "08:00")
        let found = scenario([rule], from: given(Day("2026-11-02")), days: 2).resolvedDemand()
        #expect(
            found.map { "\($0.start) \($0.end)" } == [
                "2026-11-02T20:00+00:00 2026-11-03T08:00+00:00",
                "2026-11-03T20:00+00:00 2026-11-04T08:00+00:00",
            ])
    }

    @Test func windowsFollowTheClockChange() {
        let night = rule(from: "20:00", to: "08:00")
        let day = rule(from: "00:00", to: "24:00")
        func hours(_ rule: CoverRule, _ first: Day) -> [Int] {
            scenario([rule], from: first, days: 1).resolvedDemand().map { ($0.end - $0.start).count / 60 }
        }
        #expect(hours(night, autumn.advanced(by: -1)) == [13])
        #expect(hours(night, spring.advanced(by: -1)) == [11])
        #expect(hours(day, autumn) == [25])
        #expect(hours(day, spring) == [23])
    }

    @Test func aWindowThatTheClocksSkipAsksForNothing() {
        let found = scenario([rule(from: "01:00", to: "02:00")], from: spring, days: 2).resolvedDemand()
        #expect(found.map(\.start.day) == [spring.advanced(by: 1)])
    }

    @Test func theHourThatComesTwiceIsCoveredTwice() {
        let found = scenario([rule(from: "01:00", to: "02:00")], from: autumn, days: 1).resolvedDemand()
        #expect(found.map { ($0.end - $0.start).count } == [120])
    }

    @Test func weekdaysAndClosedDaysAreLeftOut() {
        let monday = given(Day("2026-11-02"))
        let rule = rule(from: "08:00", to: "16:00", weekdays: [.monday, .tuesday, .sunday])
        let closed = monday.advanced(by: 1)...monday.advanced(by: 1)
        let found = scenario([rule], from: monday, days: 7, closed: [closed]).resolvedDemand()
        #expect(found.map(\.start.day.weekday) == [.monday, .sunday])
    }

    // MARK: Requirements

    @Test func headsAreWhatIsStated() {
        let stated = rule(requirement: .heads(minimum: 3, target: 2, maximum: 5))
        let found = scenario([stated], days: 1).resolvedDemand()
        #expect(found.map { [$0.minimum, $0.target, $0.maximum ?? -1] } == [[3, 3, 5]])
    }

    @Test func sharesAskForNoHeads() {
        let found = scenario([rule(requirement: .atLeast(percent: 65, whole: Counted()))], days: 2)
            .resolvedDemand()
        #expect(found.map { [$0.minimum, $0.target] } == [[0, 0], [0, 0]])
    }

    @Test func demandIsCutToTheWindowAndRoundedUp() throws {
        let rule = rule(from: "08:00", to: "20:00", requirement: .demand)
        let row = demandRow(.rule("R"), "2026-11-02T06:00Z", "2026-11-02T10:00Z", 2.1)
        let after = demandRow(.rule("R"), "2026-11-02T20:00Z", "2026-11-02T22:00Z", 9)
        let found = scenario([rule], days: 1, demand: [row, after]).resolvedDemand()
        #expect(
            found.map { "\($0.start.clock) \($0.end.clock) \($0.minimum) \($0.target)" } == [
                "08:00 10:00 0 3"
            ])
    }

    @Test func quantilesArePlannedAndKept() throws {
        let quantiles = try #require(
            DemandDistribution([.init(probability: 0.5, heads: 3), .init(probability: 0.9, heads: 7)]))
        let row = DemandRow(
            subject: .rule("R"), start: given(Instant("2026-11-02T08:00Z")),
            end: given(Instant("2026-11-02T10:00Z")),
            value: 4, quantiles: quantiles)
        let soft = scenario([rule(requirement: .demand)], days: 1, demand: [row]).resolvedDemand()
        // 3 + (0.75 − 0.5) / 0.4 × 4 = 5.5
        #expect(soft.map { [$0.minimum, $0.target] } == [[0, 6]])
        #expect(soft.first?.distribution == quantiles)
        #expect(soft.first?.arithmetic == "6 heads are enough with probability 0.75")
        let hard = scenario([rule(requirement: .demand, hard: true)], days: 1, demand: [row]).resolvedDemand()
        #expect(hard.map { [$0.minimum, $0.target] } == [[6, 6]])
    }

    /// A quantile that is a whole number of heads but for rounding in binary is not rounded up to one more.
    @Test(arguments: [(0.4, 16.6, 13), (0.7, 8.8, 7), (2.7, 10.8, 9), (4.0, 4.0, 4)])
    func aWholeQuantileStaysWhole(low: Double, high: Double, target: Int) throws {
        // Seven ninths of the way, which binary fractions overshoot.
        let quantiles = try #require(
            DemandDistribution([
                .init(probability: 0.05, heads: low), .init(probability: 0.95, heads: high),
            ]))
        let row = DemandRow(
            subject: .rule("R"), start: given(Instant("2026-11-02T08:00Z")),
            end: given(Instant("2026-11-02T10:00Z")), value: 4, quantiles: quantiles)
        let found = scenario([rule(requirement: .demand)], days: 1, demand: [row]).resolvedDemand()
        #expect(found.first?.target == target)
    }

    // MARK: Senior decision makers

    @Test func seniorsFollowTheArithmetic() {
        let formula = SeniorFormula(
            floor: 1, minutesByStream: ["resus": 20, "majors": 6, "minors": 1.5], productiveShare: 0.7)
        let rows = [
            demandRow(.stream("U", "resus"), "2026-11-02T08:00Z", "2026-11-02T09:00Z", 2),
            demandRow(.stream("U", "majors"), "2026-11-02T08:00Z", "2026-11-02T10:00Z", 16),
            demandRow(.stream("V", "majors"), "2026-11-02T08:00Z", "2026-11-02T10:00Z", 99),
            demandRow(.stream("U", "other"), "2026-11-02T08:00Z", "2026-11-02T10:00Z", 99),
        ]
        let rule = rule(from: "08:00", to: "11:00", requirement: .arrivals(formula))
        let found = scenario([rule], days: 1, demand: rows).resolvedDemand()
        // 08:00: 2 × 20 + 8 × 6 = 88 of 42 minutes; 09:00: 48 of 42; 10:00: nobody comes.
        #expect(found.map(\.minimum) == [3, 2, 1])
        #expect(found.map(\.target) == [3, 2, 1])
        #expect(found.map(\.start.clock.description) == ["08:00", "09:00", "10:00"])
        #expect(
            found[0].arithmetic
                == "8 majors × 6 min + 2 resus × 20 min = 88 min ÷ (60 × 0.7) → 3; floor 1 → 3")
        #expect(found[2].arithmetic == "no arrivals = 0 min ÷ (60 × 0.7) → 0; floor 1 → 1")
    }

    @Test func exactlyEnoughIsEnough() {
        let formula = SeniorFormula(floor: 0, minutesByStream: ["a": 0.1], productiveShare: 0.7)
        let rows = [demandRow(.stream("U", "a"), "2026-11-02T08:00Z", "2026-11-02T09:00Z", 420)]
        let found = scenario(
            [rule(from: "08:00", to: "09:00", requirement: .arrivals(formula))], days: 1, demand: rows
        ).resolvedDemand()
        #expect(found.map(\.minimum) == [1])
    }

    @Test func partOfAnHourAsksForItsPart() {
        let formula = SeniorFormula(floor: 1, minutesByStream: ["a": 10], productiveShare: 1)
        let rows = [demandRow(.stream("U", "a"), "2026-11-02T08:00Z", "2026-11-02T10:00Z", 24)]
        let rule = rule(from: "08:30", to: "10:00", requirement: .arrivals(formula))
        let found = scenario([rule], days: 1, demand: rows).resolvedDemand()
        // 12 arrivals an hour take two seniors, in the half hour too.
        #expect(found.map(\.minimum) == [2, 2])
        #expect(found.map { ($0.end - $0.start).count } == [60, 30])
    }

    @Test func seniorsAreCountedThroughTheClockChange() {
        let formula = SeniorFormula(floor: 1, minutesByStream: [:], productiveShare: 0.7)
        let rule = rule(from: "22:00", to: "08:00", requirement: .arrivals(formula))
        #expect(scenario([rule], from: autumn.advanced(by: -1), days: 1).resolvedDemand().count == 11)
        #expect(scenario([rule], from: spring.advanced(by: -1), days: 1).resolvedDemand().count == 9)
    }

    @Test func theTwoPurposesAreAlwaysHard() {
        for purpose in CoverPurpose.allCases {
            let rule = CoverRule(
                id: "R", name: "", unit: "U", purpose: purpose, counted: Counted(), requirement: .demand)
            #expect(rule.hard == (purpose != .general))
        }
    }

    // MARK: -

    private func rule(
        from: String = "00:00", to: String = "24:00", weekdays: Set<Weekday> = [],
        requirement: Requirement = .heads(minimum: 1, target: 1, maximum: nil), hard: Bool = false
    ) -> CoverRule {
        CoverRule(
            id: "R", name: "Rule", unit: "U", counted: Counted(), weekdays: weekdays,
            from: given(ClockTime(from)),
            to: given(ClockTime(to)), requirement: requirement, hard: hard)
    }

    private func demandRow(_ subject: DemandRow.Subject, _ start: String, _ end: String, _ value: Double)
        -> DemandRow
    {
        DemandRow(subject: subject, start: given(Instant(start)), end: given(Instant(end)), value: value)
    }

    private func scenario(
        _ rules: [CoverRule], from first: Day = given(Day("2026-11-02")), days: Int,
        closed: [ClosedRange<Day>] = [],
        demand: [DemandRow] = []
    ) -> Scenario {
        Scenario(
            name: "Test", period: Period(first: first, days: days), organisations: [], sites: [],
            units: [Unit(id: "U", name: "Unit", site: "S", organisation: "O", closed: closed)], grades: [],
            skills: [], roles: [], contracts: [], shiftTypes: [], coverRules: rules, people: [],
            demand: demand)
    }

    @Test func whatIsLeftOfLastNightIsAskedForFromMidnight() {
        let monday = given(Day("2026-11-02"))
        func left(_ rule: CoverRule, closed: [ClosedRange<Day>] = []) -> [[Int]] {
            scenario([rule], from: monday, days: 1, closed: closed).demandLeftOfLastNight().map {
                [$0.start, $0.end].map { ($0 - London.instant(monday, minute: 0)).count / 60 }
            }
        }
        #expect(left(rule(from: "20:00", to: "08:00")) == [[0, 8]])
        #expect(left(rule(from: "08:00", to: "08:00")) == [[0, 8]])
        #expect(left(rule(from: "00:00", to: "24:00")).isEmpty)
        #expect(left(rule(from: "08:00", to: "20:00")).isEmpty)
        let sunday = monday.advanced(by: -1)
        #expect(left(rule(from: "20:00", to: "08:00"), closed: [sunday...sunday]).isEmpty)
    }
}
