import Roster
import RulePack

/// The outcome of one day: where the automaton goes, and whether the rule was broken on the way.
struct AutomatonStep {
    let state: Int32
    let broken: Bool

    init(_ state: Int, broken: Bool = false) {
        self.state = Int32(state)
        self.broken = broken
    }
}

/// A rule as a finite automaton that reads a line of work day by day.
///
/// A broken step still has a next state, so that soft rules can be broken at a price, and history that is
/// already in breach leads to a state from which the breach cannot be made worse.
///
/// Within the period a step depends on the day only by its weekday, its length and whether it is the period's first,
/// and on the duty only relative to the day's start: so two days that are alike in these lead to the same states.
protocol LineAutomaton: Sendable {
    var start: Int32 { get }
    /// `duty` is nil on a day off.
    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep
}

/// Rest that is owed, as the minutes after the current midnight before which nothing may start.
private func release(_ end: Int, plus rest: Int, after day: DayFacts) -> Int { max(0, end + rest - day.end) }

private func decay(_ release: Int, over day: DayFacts) -> Int { max(0, release - (day.end - day.start)) }

struct RestBetween: LineAutomaton {
    let minimum: Int
    let after: Int
    let before: Int
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        guard let duty else { return AutomatonStep(decay(Int(state), over: day)) }
        let tooSoon = duty.passes(before) && duty.start < day.start + Int(state)
        // Rest is owed to the next duty that is bound by it: what is not, as being on call from home, may lie between.
        let carried = duty.passes(before) ? 0 : decay(Int(state), over: day)
        let owed = duty.passes(after) ? release(duty.end, plus: minimum, after: day) : 0
        return AutomatonStep(max(carried, owed), broken: tooSoon)
    }
}

/// State: length of the run in the low ten bits, above them the minutes of rest still owed.
struct RunMaximum: LineAutomaton {
    let test: Int
    let maximum: Int
    let rest: Int?
    let restFrom: Int
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        let run = Int(state & 1023)
        let owed = Int(state >> 10)
        guard let duty else { return AutomatonStep(decay(owed, over: day) << 10) }
        let continues = duty.passes(test) && run > 0
        var broken = !continues && duty.start < day.start + owed
        var length = 0
        var owedAfter = 0
        if duty.passes(test) {
            length = min(run + 1, maximum + 1)
            broken = broken || length > maximum
            if let rest, length >= restFrom { owedAfter = release(duty.end, plus: rest, after: day) }
        }
        return AutomatonStep(min(length, maximum) | owedAfter << 10, broken: broken)
    }
}

/// State: bit 0 says that yesterday's duty passed; above it the minutes of rest still owed.
struct RestAfterRun: LineAutomaton {
    let test: Int
    let minimum: Int
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        let owed = Int(state >> 1)
        guard let duty else { return AutomatonStep(decay(owed, over: day) << 1) }
        let passes = duty.passes(test)
        let continues = passes && state & 1 == 1
        let broken = !continues && duty.start < day.start + owed
        let owedAfter = passes ? release(duty.end, plus: minimum, after: day) : 0
        return AutomatonStep(owedAfter << 1 | (passes ? 1 : 0), broken: broken)
    }
}

/// Runs of work (or of days off) of at least a length; runs that touch an edge of the period are exempt.
///
/// State: 0 outside such a run or inside one that needs no more; n > 0 when n days of it are done.
struct RunMinimum: LineAutomaton {
    let days: Int
    let ofWork: Bool
    /// Day of the period's start: a run that is already on then is exempt.
    let first: Day
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        let inside = (duty != nil) == ofWork
        // On the first day any run touches the edge.
        if day.day <= first { return AutomatonStep(inside ? Self.satisfied : 0) }
        if inside {
            if state == Self.satisfied { return AutomatonStep(Self.satisfied) }
            let done = Int(state) + 1
            return AutomatonStep(done >= days ? Self.satisfied : done)
        }
        return AutomatonStep(0, broken: state > 0 && state < Int32(days))
    }

    private static let satisfied = Int(Int16.max)
}

/// State: bit 0 says that this weekend is worked; above it one bit for each weekend before, the last lowest.
struct Weekends: LineAutomaton {
    let maximum: Int
    let outOf: Int
    let fromSaturday: Int
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        var worked = state & 1 == 1
        var before = Int(state >> 1)
        if day.day.weekday == .monday {
            before = (before << 1 | (worked ? 1 : 0)) & ((1 << (outOf - 1)) - 1)
            worked = false
        }
        var broken = false
        if let duty, !worked, Self.touchesWeekend(duty, startingOn: day.day, from: fromSaturday) {
            worked = true
            broken = before.nonzeroBitCount + 1 > maximum
        }
        return AutomatonStep(before << 1 | (worked ? 1 : 0), broken: broken)
    }

    static func touchesWeekend(_ duty: DutyFacts, startingOn day: Day, from minute: Int) -> Bool {
        let saturday = day.monday.advanced(by: 5)
        let begins = London.instant(saturday, minute: minute).minutes
        let ends = London.instant(saturday.advanced(by: 2), minute: 0).minutes - 1
        return duty.start < ends && begins < duty.end
    }
}

/// State: weekends worked so far, and in bit 0 whether this one is. Counts Saturday and Sunday starts.
struct WeekendTotal: LineAutomaton {
    let maximum: Int
    let first: Day
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        var worked = state & 1 == 1
        var count = Int(state >> 1)
        if day.day.weekday == .monday || day.day <= first { worked = false }
        if day.day < first { return AutomatonStep(0) }
        var broken = false
        if duty != nil, day.day.weekday >= .saturday, !worked {
            worked = true
            broken = count + 1 > maximum
            count = min(count + 1, maximum)
        }
        return AutomatonStep(count << 1 | (worked ? 1 : 0), broken: broken)
    }
}

/// State: one bit for each of the days before, yesterday lowest.
struct CountWithin: LineAutomaton {
    let test: Int
    let maximum: Int
    let days: Int
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        let mask = (1 << (days - 1)) - 1
        let passes = duty?.passes(test) ?? false
        let broken = passes && Int(state).nonzeroBitCount + 1 > maximum
        return AutomatonStep((Int(state) << 1 | (passes ? 1 : 0)) & mask, broken: broken)
    }
}

/// State: 1 if yesterday's duty passed the first test.
struct Succession: LineAutomaton {
    let first: Int
    let second: Int
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        guard let duty else { return AutomatonStep(0) }
        return AutomatonStep(duty.passes(first) ? 1 : 0, broken: state == 1 && duty.passes(second))
    }
}

/// State: bit 0 if the week has a duty that passes the first test, bit 1 for the second, bit 2 once broken.
struct NoMixInWeek: LineAutomaton {
    let first: Int
    let second: Int
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        var flags = day.day.weekday == .monday ? 0 : Int(state)
        if let duty {
            if duty.passes(first) { flags |= 1 }
            if duty.passes(second) { flags |= 2 }
        }
        // One break a week, however many duties take part in it.
        let broken = flags == 3
        return AutomatonStep(broken ? 7 : flags, broken: broken)
    }
}

/// State: 1 if yesterday's duty passed the test.
struct NextDayMaximum: LineAutomaton {
    let test: Int
    let working: Int
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        guard let duty else { return AutomatonStep(0) }
        return AutomatonStep(duty.passes(test) ? 1 : 0, broken: state == 1 && duty.working > working)
    }
}

struct DutyLength: LineAutomaton {
    let test: Int
    let maximum: Int
    let start: Int32 = 0

    func step(_ state: Int32, on day: DayFacts, duty: DutyFacts?) -> AutomatonStep {
        guard let duty else { return AutomatonStep(0) }
        return AutomatonStep(0, broken: duty.passes(test) && duty.wallLength > maximum)
    }
}
