import Roster
import RulePack

/// A rule compiled for pricing: an automaton, with what a break of it costs.
struct CompiledRule {
    /// What it says, whatever it is called: rules that say the same compile to the same automaton.
    struct Meaning: Hashable {
        /// Nil for the rule that nobody is in two places at once.
        let kind: RuleKind?
        let penalty: Int64?
    }

    let kind: RuleKind?
    let automaton: any LineAutomaton
    /// Nil for a hard rule: a break is not allowed.
    let penalty: Int64?

    var meaning: Meaning { Meaning(kind: kind, penalty: penalty) }
}

/// The rules of one contract as two lists: automata, which shape the graph of lines, and path rules, whose
/// memory would blow the graph up and which are tested on whole lines.
struct CompiledRules {
    private(set) var automata: [CompiledRule] = []
    private(set) var pathRules: [PathRule] = []
    private(set) var tests: [DutyTest] = []
    private(set) var totals = PaidTotals()

    /// Shift types that a limit names.
    var limitedShifts: Set<ShiftType.ID> {
        Set(
            pathRules.compactMap { rule in
                if case .shiftTotal(let shift, _) = rule.kind { shift } else { nil }
            })
    }

    init(_ rules: [Rule], period: Period, optedOut: Bool, weights: Weights) {
        // Nobody is in two places at once, whatever the packs say.
        automata.append(
            CompiledRule(
                kind: nil, automaton: RestBetween(minimum: 0, after: test(.any), before: test(.any)),
                penalty: nil))
        for rule in rules where rule.reach == .line || rule.reach == .template {
            compile(rule, period: period, optedOut: optedOut, weights: weights)
        }
    }

    private mutating func test(_ test: DutyTest) -> Int {
        if let index = tests.firstIndex(of: test) { return index }
        precondition(tests.count < 64, "a contract's rules use at most 64 different duty tests")
        tests.append(test)
        return tests.count - 1
    }

    private mutating func compile(_ rule: Rule, period: Period, optedOut: Bool, weights: Weights) {
        switch rule.kind {
        case .restBetween(let minimum, let after, let before):
            add(rule, RestBetween(minimum: minimum.count, after: test(after), before: test(before)), weights)
        case .runMaximum(let of, let maximum, let rest, let restFrom):
            add(
                rule,
                RunMaximum(test: test(of), maximum: maximum, rest: rest?.count, restFrom: restFrom), weights)
        case .restAfterRun(let of, let minimum):
            add(rule, RestAfterRun(test: test(of), minimum: minimum.count), weights)
        case .runMinimum(let worked):
            add(rule, RunMinimum(days: worked, ofWork: true, first: period.first), weights)
        case .offMinimum(let days):
            add(rule, RunMinimum(days: days, ofWork: false, first: period.first), weights)
        case .weekends(let maximum, let outOf, let fromSaturday):
            add(rule, Weekends(maximum: maximum, outOf: outOf, fromSaturday: fromSaturday), weights)
        case .weekendTotal(let maximum):
            add(rule, WeekendTotal(maximum: maximum, first: period.first), weights)
        case .countWithin(let of, let maximum, let days):
            add(rule, CountWithin(test: test(of), maximum: maximum, days: days), weights)
        case .succession(let first, let second):
            add(rule, Succession(first: test(first), second: test(second)), weights)
        case .noMixInWeek(let first, let second):
            add(rule, NoMixInWeek(first: test(first), second: test(second)), weights)
        case .nextDayMaximum(let after, let working):
            add(rule, NextDayMaximum(test: test(after), working: working.count), weights)
        case .dutyLength(let maximum, let of):
            add(rule, DutyLength(test: test(of), maximum: maximum), weights)
        case .restWithin(let patterns):
            pathRules.append(PathRule(rule, .restWithin(patterns), weights))
        case .rollingHours(let maximum, let window):
            pathRules.append(
                PathRule(rule, .rollingHours(maximum: maximum.count, window: window.count), weights))
        case .meanWeek(let maximum, let optedOutMaximum, let weeks):
            if let limit = optedOut ? optedOutMaximum : maximum {
                pathRules.append(PathRule(rule, .meanWeek(maximum: limit.count, weeks: weeks), weights))
            }
        case .nightWorkerMean(let maximum, let night, let nights, let weeks):
            pathRules.append(
                PathRule(
                    rule,
                    .nightWorkerMean(maximum: maximum.count, test: test(night), nights: nights, weeks: weeks),
                    weights))
        case .outOfHoursShare(let percent, let plain):
            pathRules.append(PathRule(rule, .outOfHoursShare(percent: percent, plain: plain), weights))
        case .programmedActivities(let maximum, let plainMinutes, let premiumMinutes, let plain):
            pathRules.append(
                PathRule(
                    rule,
                    .programmedActivities(
                        maximum: maximum, plainMinutes: plainMinutes, premiumMinutes: premiumMinutes,
                        plain: plain), weights))
        case .shiftTotals(let limits):
            for (shift, limit) in limits.sorted(by: { $0.key < $1.key }) {
                pathRules.append(PathRule(rule, .shiftTotal(shift, limit), weights))
            }
        case .totalPaid(let minimum, let maximum):
            totals.minimum = max(totals.minimum, minimum.count)
            totals.maximum = min(totals.maximum, maximum.count)
        case .breaks, .onCallDuplicate, .described:
            break  // judged on shift types, across people (`OnCallDuplicates`), or by people
        }
    }

    private mutating func add(_ rule: Rule, _ automaton: any LineAutomaton, _ weights: Weights) {
        automata.append(CompiledRule(kind: rule.kind, automaton: automaton, penalty: rule.penalty(weights)))
    }
}

/// Hard limits on totals over the period.
struct PaidTotals: Hashable {
    var minimum = 0
    var maximum = Int.max
}

extension Rule {
    /// What a break costs in sixtieths of a point; nil if it is not allowed at all.
    func penalty(_ weights: Weights) -> Int64? {
        switch enforcement {
        case .hard: nil
        case .soft(let weight): Int64(weight * 60)
        case .off: 0
        }
    }
}
