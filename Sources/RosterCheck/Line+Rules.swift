import Roster
import RulePack

extension Line {
    /// Where the line breaks a rule. Rules that are kept by people, or judged on what was really worked, say
    /// nothing about a line; breaks belong to shift types, and on-call duplicates to two people.
    func findings(of rule: Rule) -> [Finding] {
        guard rule.enforcement != .off, rule.reach != .process, rule.reach != .actuals else { return [] }
        return switch rule.kind {
        case .restBetween(let minimum, let after, let before):
            restBetween(minimum, after: after, before: before)
        case .restWithin(let patterns): restWithin(patterns)
        case .runMaximum(let test, let maximum, let rest, let restFrom):
            runsAbove(maximum, of: test) + (rest.map { restAfterRuns($0, of: test, from: restFrom) } ?? [])
        case .restAfterRun(let test, let minimum): restAfterRuns(minimum, of: test, from: 1)
        case .rollingHours(let maximum, let window): rollingHours(maximum.count, window: window)
        case .meanWeek(let maximum, let optedOut, let weeks):
            meanWeek(person.optedOut ? optedOut?.count : maximum.count, weeks: weeks)
        case .nightWorkerMean(let maximum, let night, let nights, let weeks):
            meanWeek(isNightWorker(night, nights) ? maximum.count * 6 : nil, weeks: weeks)
        case .dutyLength(let maximum, let test): dutyLength(maximum, of: test)
        case .runMinimum(let worked): workedRuns(under: worked)
        case .offMinimum(let days): offRuns(under: days)
        case .weekends(let maximum, let outOf, let fromSaturday):
            weekends(maximum, outOf: outOf, fromSaturday: fromSaturday)
        case .weekendTotal(let maximum): weekendTotal(maximum)
        case .countWithin(let test, let maximum, let days): countWithin(of: test, maximum, days: days)
        case .succession(let first, let second): succession(first, second)
        case .noMixInWeek(let first, let second): mixInWeek(first, second)
        case .nextDayMaximum(let after, let working): nextDay(after: after, maximum: working)
        case .outOfHoursShare(let percent, let plain): outOfHours(percent, plain: plain)
        case .totalPaid(let minimum, let maximum): totalPaid(minimum, maximum)
        case .shiftTotals(let limits): shiftTotals(limits)
        case .programmedActivities(let maximum, let plainMinutes, let premiumMinutes, let plain):
            activities(maximum, plainMinutes: plainMinutes, premiumMinutes: premiumMinutes, plain: plain)
        case .breaks, .onCallDuplicate, .described: []
        }
    }
}
