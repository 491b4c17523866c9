import Roster
import Testing

@testable import RulePack

@Suite struct StrictnessTests {
    /// What it means to be as strict: whoever keeps the one keeps the other. On random lines of work.
    @Test(arguments: RandomKind.allCases)
    func aLineThatKeepsTheStricterKeepsTheOther(of random: RandomKind) {
        var generator = SplitMix(seed: 11)
        var stricter = 0
        var kept = 0
        var broken = 0
        for _ in 0..<600 {
            let mine = random.kind(&generator)
            let other = random.kind(&generator)
            guard mine.isAtLeastAsStrict(as: other) else { continue }
            stricter += 1
            for _ in 0..<10 {
                let line = Line(&generator)
                guard line.keeps(mine) else {
                    broken += 1
                    continue
                }
                kept += 1
                #expect(line.keeps(other), "\(line.duties) keeps \(mine) and not \(other)")
            }
        }
        #expect(stricter > 5)
        #expect(kept > 5)
        #expect(broken > 5)
    }

    /// Safe but not useless: more of what binds is stricter, less of it is not.
    @Test(
        arguments: [
            (
                RuleKind.restBetween(minimum: h(12), after: .any, before: .any),
                .restBetween(minimum: h(11), after: .any, before: .any)
            ),
            (
                .restBetween(minimum: h(11), after: .any, before: .any),
                .restBetween(minimum: h(11), after: long, before: .any)
            ),
            (
                .restWithin([RestPattern(rest: h(24), count: 1, days: 7)]),
                .restWithin([RestPattern(rest: h(24), count: 2, days: 14)])
            ),
            (
                .restWithin([RestPattern(rest: h(48), count: 1, days: 14)]),
                .restWithin([RestPattern(rest: h(24), count: 2, days: 14)])
            ),
            (
                .meanWeek(maximum: h(40), optedOut: nil, weeks: 17),
                .meanWeek(maximum: h(48), optedOut: nil, weeks: 17)
            ),
            (
                .meanWeek(maximum: h(48), optedOut: h(56), weeks: 17),
                .meanWeek(maximum: h(48), optedOut: nil, weeks: 17)
            ),
            (
                .nightWorkerMean(maximum: h(7), night: long, nights: 3, weeks: 17),
                .nightWorkerMean(maximum: h(8), night: long, nights: 3, weeks: 17)
            ),
            (.rollingHours(maximum: h(60), window: h(168)), .rollingHours(maximum: h(72), window: h(168))),
            (.rollingHours(maximum: h(72), window: h(200)), .rollingHours(maximum: h(72), window: h(168))),
            (.dutyLength(maximum: 720, of: .any), .dutyLength(maximum: 780, of: long)),
            (
                .runMaximum(of: long, maximum: 3, rest: h(48), restFrom: 3),
                .runMaximum(of: long, maximum: 4, rest: h(48), restFrom: 4)
            ),
            (
                .runMaximum(of: long, maximum: 4, rest: h(48), restFrom: 4),
                .runMaximum(of: long, maximum: 4, rest: nil, restFrom: 4)
            ),
            (.restAfterRun(of: long, minimum: h(48)), .restAfterRun(of: long, minimum: h(46))),
            (.runMinimum(worked: 3), .runMinimum(worked: 2)), (.offMinimum(days: 3), .offMinimum(days: 2)),
            (
                .weekends(maximum: 1, outOf: 3, fromSaturday: 1),
                .weekends(maximum: 1, outOf: 2, fromSaturday: 1)
            ),
            (
                .weekends(maximum: 1, outOf: 2, fromSaturday: 1),
                .weekends(maximum: 3, outOf: 4, fromSaturday: 60)
            ),
            (.weekendTotal(maximum: 1), .weekendTotal(maximum: 2)),
            (.countWithin(of: .any, maximum: 2, days: 7), .countWithin(of: long, maximum: 3, days: 7)),
            (.succession(first: .any, second: long), .succession(first: long, second: long)),
            (.noMixInWeek(first: .any, second: long), .noMixInWeek(first: long, second: long)),
            (.nextDayMaximum(after: .any, working: h(8)), .nextDayMaximum(after: long, working: h(10))),
            (
                .outOfHoursShare(percent: 30, plain: span(7, 19)),
                .outOfHoursShare(percent: 40, plain: span(7, 21))
            ),
            (.totalPaid(minimum: h(10), maximum: h(20)), .totalPaid(minimum: h(9), maximum: h(21))),
            (.shiftTotals(["N": 3, "E": 2]), .shiftTotals(["N": 4])),
            (
                .programmedActivities(
                    maximum: 10, plainMinutes: 240, premiumMinutes: 180, plain: span(7, 19)),
                .programmedActivities(maximum: 12, plainMinutes: 240, premiumMinutes: 180, plain: span(7, 19))
            ),
            (
                .breaks([.init(longerThan: 300, count: 2, minutes: h(1))]),
                .breaks([.init(longerThan: 360, count: 1, minutes: h(1))])
            ),
        ] as [(RuleKind, RuleKind)])
    func moreOfWhatBindsIsStricter(stricter: RuleKind, looser: RuleKind) {
        #expect(stricter.isAtLeastAsStrict(as: looser))
        #expect(!looser.isAtLeastAsStrict(as: stricter))
        #expect(stricter.isAtLeastAsStrict(as: stricter))
        #expect(looser.isAtLeastAsStrict(as: looser))
    }

    @Test func whatCannotBeComparedIsNotStricter() {
        let quarter = RuleKind.meanWeek(maximum: h(48), optedOut: nil, weeks: 17)
        let half = RuleKind.meanWeek(maximum: h(40), optedOut: nil, weeks: 26)
        #expect(!quarter.isAtLeastAsStrict(as: half))
        #expect(!half.isAtLeastAsStrict(as: quarter))
        #expect(
            !RuleKind.weekendTotal(maximum: 0).isAtLeastAsStrict(
                as: .weekends(maximum: 1, outOf: 2, fromSaturday: 1)))
        #expect(RuleKind.described.isAtLeastAsStrict(as: .described))
        #expect(RuleKind.onCallDuplicate.isAtLeastAsStrict(as: .onCallDuplicate))
    }

    /// A long run ends where a short shift follows; a run of any shifts goes on, and rests later.
    @Test func aRestAfterAWiderRunComesTooLate() {
        let wide = RuleKind.runMaximum(of: .any, maximum: 4, rest: h(48), restFrom: 2)
        let narrow = RuleKind.runMaximum(of: long, maximum: 4, rest: h(48), restFrom: 2)
        #expect(!wide.isAtLeastAsStrict(as: narrow))
        #expect(
            !RuleKind.restAfterRun(of: .any, minimum: h(48)).isAtLeastAsStrict(
                as: .restAfterRun(of: long, minimum: h(48))))
    }

    @Test func aTestCoversWhatAsksForMore() {
        let night = DutyTest(name: "n", inside: span(23, 6), insideAtLeast: 180)
        let deepNight = DutyTest(name: "d", inside: span(23, 6), insideAtLeast: 240, weekdays: [.monday])
        #expect(night.covers(deepNight) && !deepNight.covers(night))
        #expect(DutyTest.any.covers(night) && !night.covers(.any))
        #expect(DutyTest(name: "", shifts: ["A", "B"]).covers(DutyTest(name: "", shifts: ["A"])))
        #expect(!DutyTest(name: "", shifts: ["A"]).covers(DutyTest(name: "", shifts: ["A", "B"])))
        #expect(!DutyTest(name: "", onCall: true).covers(DutyTest(name: "", onCall: false)))
        #expect(!DutyTest(name: "", weekdays: [.monday]).covers(.any))
        let late = DutyTest(name: "", startsFrom: ClockTime(minute: 720), endsAfter: ClockTime(minute: 1200))
        #expect(DutyTest(name: "", startsFrom: ClockTime(minute: 600)).covers(late))
        #expect(!late.covers(DutyTest(name: "", startsFrom: ClockTime(minute: 720))))
        #expect(
            DutyTest(name: "", startsBefore: ClockTime(minute: 600)).covers(
                DutyTest(name: "", startsBefore: ClockTime(minute: 540))))
    }
}

private func h<Clock>(_ hours: Int) -> Minutes<Clock> { Minutes(hours: hours) }
private func span(_ from: Int, _ to: Int) -> DutyTest.Span {
    .init(from: ClockTime(minute: from * 60), to: ClockTime(minute: to * 60))
}
private let long = DutyTest(name: "long", longerThan: 600)
private let longish = DutyTest(name: "longish", longerThan: 480)
private let late = DutyTest(name: "late", startsFrom: ClockTime(minute: 720))

/// Kinds whose parameters are drawn around what random lines just keep or just break.
enum RandomKind: CaseIterable {
    case restBetween, restWithin, rollingHours, dutyLength, runMaximum, restAfterRun, weekends, countWithin
    case succession, noMixInWeek, nextDayMaximum

    func kind(_ generator: inout SplitMix) -> RuleKind {
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        func test() -> DutyTest { [.any, long, longish, late][number(0...3)] }
        switch self {
        case .restBetween: return .restBetween(minimum: h(number(6...14)), after: test(), before: test())
        case .restWithin:
            return .restWithin(
                (0...number(0...1)).map { _ in
                    RestPattern(rest: h(12 * number(1...4)), count: number(1...2), days: number(3...14))
                })
        case .rollingHours: return .rollingHours(maximum: h(number(20...90)), window: h(number(24...168)))
        case .dutyLength: return .dutyLength(maximum: 60 * number(6...13), of: test())
        case .runMaximum:
            let maximum = number(1...6)
            return .runMaximum(
                of: test(), maximum: maximum, rest: number(0...1) == 0 ? nil : h(number(10...48)),
                restFrom: number(1...maximum))
        case .restAfterRun: return .restAfterRun(of: test(), minimum: h(number(8...48)))
        case .weekends:
            return .weekends(maximum: number(0...3), outOf: number(1...4), fromSaturday: number(0...2))
        case .countWithin: return .countWithin(of: test(), maximum: number(0...5), days: number(1...10))
        case .succession: return .succession(first: test(), second: test())
        case .noMixInWeek: return .noMixInWeek(first: test(), second: test())
        case .nextDayMaximum: return .nextDayMaximum(after: test(), working: h(number(6...12)))
        }
    }
}

/// A random line of eight weeks, judged by the plainest reading of each kind, on a clock that never changes.
struct Line {
    struct Duty { let day, start, length: Int }

    let duties: [Duty]
    private let days = 56

    init(_ generator: inout SplitMix) {
        let density = Int.random(in: 1...5, using: &generator)
        duties = (0..<56).compactMap { day in
            guard Int.random(in: 0...5, using: &generator) < density else { return nil }
            let start = [7, 8, 13, 20].randomElement(using: &generator) ?? 7
            let length = [6, 8, 9, 11, 12].randomElement(using: &generator) ?? 8
            return Duty(day: day, start: day * 1440 + start * 60, length: length * 60)
        }
    }

    func keeps(_ kind: RuleKind) -> Bool {
        let pairs = zip(duties, duties.dropFirst())
        func rest(_ left: Duty, _ right: Duty) -> Int { right.start - left.start - left.length }
        switch kind {
        case .restBetween(let minimum, let after, let before):
            return pairs.allSatisfy {
                !passes($0, after) || !passes($1, before) || rest($0, $1) >= minimum.count
            }
        case .restWithin(let patterns):
            // One pattern at a time, in all its own windows.
            return patterns.contains { pattern in
                (0...(days - pattern.days)).allSatisfy { first in
                    rests(from: first * 1440, to: (first + pattern.days) * 1440)
                        .reduce(0) { $0 + $1 / pattern.rest.count } >= pattern.count
                }
            }
        case .rollingHours(let maximum, let window):
            return duties.allSatisfy { work(from: $0.start, to: $0.start + window.count) <= maximum.count }
        case .dutyLength(let maximum, let of):
            return duties.allSatisfy { !passes($0, of) || $0.length <= maximum }
        case .runMaximum(let of, let maximum, let least, let restFrom):
            return runs(of).allSatisfy { run in
                guard run.count <= maximum else { return false }
                guard let least, run.count >= restFrom else { return true }
                return next(after: run).map { rest(duties[run.upperBound - 1], $0) >= least.count } ?? true
            }
        case .restAfterRun(let of, let minimum):
            return runs(of).allSatisfy { run in
                next(after: run).map { rest(duties[run.upperBound - 1], $0) >= minimum.count } ?? true
            }
        case .weekends(let maximum, let outOf, let fromSaturday):
            let worked = (0..<(days / 7)).map { week in
                let from = (week * 7 + 5) * 1440 + fromSaturday
                return work(from: from, to: (week * 7 + 7) * 1440 - 1) > 0 ? 1 : 0
            }
            return (0...(worked.count - outOf)).allSatisfy {
                worked[$0..<($0 + outOf)].reduce(0, +) <= maximum
            }
        case .countWithin(let of, let maximum, let window):
            return (0...(days - window)).allSatisfy { first in
                duties.filter { (first..<(first + window)).contains($0.day) && passes($0, of) }.count
                    <= maximum
            }
        case .succession(let first, let second):
            return pairs.allSatisfy { $1.day > $0.day + 1 || !passes($0, first) || !passes($1, second) }
        case .noMixInWeek(let first, let second):
            return (0..<(days / 7)).allSatisfy { week in
                let mine = duties.filter { $0.day / 7 == week }
                return !mine.contains { passes($0, first) } || !mine.contains { passes($0, second) }
            }
        case .nextDayMaximum(let after, let working):
            return pairs.allSatisfy {
                $1.day > $0.day + 1 || !passes($0, after) || $1.length <= working.count
            }
        default: return true
        }
    }

    private func passes(_ duty: Duty, _ test: DutyTest) -> Bool {
        duty.length > test.longerThan ?? 0 && duty.start % 1440 >= test.startsFrom?.minute ?? 0
    }

    private func work(from: Int, to: Int) -> Int {
        duties.reduce(0) { $0 + max(0, min($1.start + $1.length, to) - max($1.start, from)) }
    }

    private func rests(from: Int, to: Int) -> [Int] {
        var free = from
        var lengths: [Int] = []
        for duty in duties where duty.start < to && duty.start + duty.length > from {
            lengths.append(max(0, duty.start - free))
            free = duty.start + duty.length
        }
        return lengths + [max(0, to - free)]
    }

    /// Indices of duties on consecutive days that pass.
    private func runs(_ test: DutyTest) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for (index, duty) in duties.enumerated() where passes(duty, test) {
            if let last = runs.last, last.upperBound == index, duties[index - 1].day + 1 == duty.day {
                runs[runs.count - 1] = last.lowerBound..<(index + 1)
            } else {
                runs.append(index..<(index + 1))
            }
        }
        return runs
    }

    private func next(after run: Range<Int>) -> Duty? {
        run.upperBound < duties.count ? duties[run.upperBound] : nil
    }
}

/// The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
