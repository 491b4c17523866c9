import Roster
import RulePack

@testable import RosterEngine

/// The kinds of rule that bind a line of work, each with random parameters.
enum RandomRule: String, CaseIterable, Sendable {
    case restBetween, restWithin, meanWeek, nightWorkerMean, rollingHours, dutyLength, runMaximum
    case runMaximumWithRest, restAfterRun, runMinimum, offMinimum, weekends, weekendTotal, countWithin
    case succession, noMixInWeek, nextDayMaximum, outOfHoursShare, programmedActivities, totalPaid
    case shiftTotals

    static let night = DutyTest(
        name: "night",
        inside: DutyTest.Span(from: RandomWard.clock("23:00"), to: RandomWard.clock("06:00")),
        insideAtLeast: 180)

    private static let tests: [DutyTest] = [
        .any, night, DutyTest(name: "long", longerThan: 600, onCall: false),
        DutyTest(name: "work", onCall: false), DutyTest(name: "on call", onCall: true),
        DutyTest(name: "early", startsBefore: RandomWard.clock("10:00")),
        DutyTest(name: "late", startsFrom: RandomWard.clock("13:30"), onCall: false),
        DutyTest(name: "evening", endsAfter: RandomWard.clock("21:00")),
        DutyTest(name: "midweek", weekdays: [.tuesday, .wednesday, .thursday, .friday]),
        DutyTest(name: "E, LD or N", shifts: ["E", "LD", "N"]),
    ]

    private static let spans = [
        ("07:00", "19:00"), ("07:00", "21:00"), ("20:00", "08:00"), ("09:00", "24:00"),
    ]

    private static func test(_ random: inout RandomSource) -> DutyTest {
        tests.randomElement(using: &random) ?? .any
    }

    private static func span(_ random: inout RandomSource) -> DutyTest.Span {
        let (from, to) = spans.randomElement(using: &random) ?? spans[0]
        return DutyTest.Span(from: RandomWard.clock(from), to: RandomWard.clock(to))
    }

    func kind(_ random: inout RandomSource) -> RuleKind {
        func pick(_ range: ClosedRange<Int>, _ random: inout RandomSource) -> Int {
            Int.random(in: range, using: &random)
        }
        let test = Self.test(&random)
        switch self {
        case .restBetween:
            return .restBetween(
                minimum: ElapsedMinutes(pick(9...60, &random) * 60), after: test,
                before: Self.test(&random))
        case .restWithin:
            let all = [
                RestPattern(rest: ElapsedMinutes(hours: 35), count: 1, days: 7),
                RestPattern(rest: ElapsedMinutes(hours: 24), count: 2, days: 6),
                RestPattern(rest: ElapsedMinutes(hours: 48), count: 1, days: 9),
                RestPattern(rest: ElapsedMinutes(hours: 11), count: 1, days: 1),
                RestPattern(rest: ElapsedMinutes(hours: 17), count: 1, days: 1),
                RestPattern(rest: ElapsedMinutes(hours: 24), count: 3, days: 8),
                RestPattern(rest: ElapsedMinutes(hours: 15), count: 1, days: 2),
            ]
            return .restWithin(Array(all.shuffled(using: &random).prefix(pick(1...2, &random))))
        case .meanWeek:
            return .meanWeek(
                maximum: WorkingMinutes(pick(20...50, &random) * 60),
                optedOut: pick(0...2, &random) == 0 ? nil : WorkingMinutes(pick(35...60, &random) * 60),
                weeks: pick(1...5, &random))
        case .nightWorkerMean:
            return .nightWorkerMean(
                maximum: WorkingMinutes(pick(180...420, &random)), night: Self.night,
                nights: pick(0...3, &random), weeks: pick(1...5, &random))
        case .rollingHours:
            let days = pick(2...9, &random)
            return .rollingHours(
                maximum: WorkingMinutes(days * pick(300...480, &random)),
                window: ElapsedMinutes(days * 1440 + pick(-12...12, &random) * 30))
        case .dutyLength:
            return .dutyLength(maximum: [480, 570, 720, 750, 810][pick(0...4, &random)], of: test)
        case .runMaximum:
            let long = pick(0...7, &random) == 0
            return .runMaximum(
                of: test, maximum: long ? pick(12...17, &random) : pick(1...2, &random), rest: nil,
                restFrom: 1)
        case .runMaximumWithRest:
            let maximum = pick(2...5, &random)
            return .runMaximum(
                of: test, maximum: maximum, rest: ElapsedMinutes(pick(11...72, &random) * 60),
                restFrom: pick(1...maximum, &random))
        case .restAfterRun:
            return .restAfterRun(of: test, minimum: ElapsedMinutes(pick(9...80, &random) * 60))
        case .runMinimum: return .runMinimum(worked: pick(2...3, &random))
        case .offMinimum: return .offMinimum(days: pick(2...3, &random))
        case .weekends:
            let outOf = pick(2...4, &random)
            return .weekends(
                maximum: pick(1...max(1, outOf - 2), &random), outOf: outOf,
                fromSaturday: [0, 1, 480, 1200, 1440][pick(0...4, &random)])
        case .weekendTotal: return .weekendTotal(maximum: pick(0...2, &random))
        case .countWithin:
            let days = pick(1...8, &random)
            return .countWithin(of: test, maximum: pick(0...max(1, days / 2), &random), days: days)
        case .succession: return .succession(first: test, second: Self.test(&random))
        case .noMixInWeek: return .noMixInWeek(first: test, second: Self.test(&random))
        case .nextDayMaximum:
            return .nextDayMaximum(after: test, working: WorkingMinutes(pick(4...12, &random) * 60))
        case .outOfHoursShare:
            return .outOfHoursShare(percent: pick(30...90, &random), plain: Self.span(&random))
        case .programmedActivities:
            return .programmedActivities(
                maximum: Double(pick(30...120, &random)) / 10, plainMinutes: 240, premiumMinutes: 180,
                plain: Self.span(&random))
        case .shiftTotals:
            let limits = RandomWard.shifts.map { ($0.id, pick(2...7, &random)) }
            return .shiftTotals(Dictionary(uniqueKeysWithValues: limits))
        case .totalPaid:
            let minimum = pick(10...50, &random)
            return .totalPaid(
                minimum: PaidMinutes(hours: minimum),
                maximum: PaidMinutes(hours: minimum + pick(20...60, &random)))
        }
    }
}
