import Roster
import RulePack

/// A rule that limits a sum over the line: the burdens of a lawful line's duties add up to `limit` at most.
struct PathLimit: Sendable {
    let rule: Int
    let limit: Int
    /// By day × kinds + kind, in the rule's own measure; 0 for a day off.
    let burdens: [Int]
    /// The largest of them, whatever their sign; at least 1.
    let largest: Int
    /// Some duties make room for others.
    let hasRelief: Bool
    /// Each duty counts as one or not at all.
    let isCount: Bool

    init(rule: Int, limit: Int, burdens: [Int]) {
        self.rule = rule
        self.limit = limit
        self.burdens = burdens
        largest = max(1, burdens.lazy.map(abs).max() ?? 1)
        hasRelief = burdens.contains { $0 < 0 }
        isCount = burdens.allSatisfy { $0 == 0 || $0 == 1 }
    }

    /// The rule as a plain limit; nil if it is none.
    ///
    /// - Parameter dutyFacts: for each day the facts of each kind of duty.
    init?(
        _ index: Int, _ rule: PathRule, _ days: [DayFacts], _ dutyFacts: [[DutyFacts?]],
        _ reference: ReferenceWeeks
    ) {
        func burdens(_ burden: (Int, DutyFacts) -> Int) -> [Int] {
            dutyFacts.enumerated().flatMap { day, facts in facts.map { $0.map { burden(day, $0) } ?? 0 } }
        }
        switch rule.kind {
        case .outOfHoursShare(let percent, let plain):
            self.init(
                rule: index, limit: 0,
                burdens: burdens { day, facts in
                    facts.premiumMinutes(plain, startingOn: days[day].day) * 100 - percent * facts.working
                })
        case .programmedActivities(let maximum, let plainMinutes, let premiumMinutes, let plain):
            let weeks = Double(days.count) / 7
            self.init(
                rule: index,
                limit: Int((maximum * weeks + 1e-9) * Double(plainMinutes * premiumMinutes)),
                burdens: burdens { day, facts in
                    let premium = facts.premiumMinutes(plain, startingOn: days[day].day)
                    return (facts.working - premium) * premiumMinutes + premium * plainMinutes
                })
        case .meanWeek(let maximum, let weeks):
            // Only a reference that holds the whole period limits the period's total.
            guard weeks * 7 >= days.count else { return nil }
            let (_, minutes, present) = reference.known(maximum, weeks)
            self.init(
                rule: index, limit: maximum * present / 7 - minutes, burdens: burdens { $1.working })
        case .shiftTotal(let shift, let limit):
            self.init(rule: index, limit: limit, burdens: burdens { $1.shift == shift ? 1 : 0 })
        case .nightWorkerMean, .restWithin, .rollingHours: return nil
        }
    }

    func sum(_ duties: [PlacedDuty]) -> Int {
        var sum = 0
        for duty in duties { sum += burdens[duty.cell] }
        return sum
    }

    func isBroken(by duties: [PlacedDuty]) -> Bool { !duties.isEmpty && sum(duties) > limit }
}
