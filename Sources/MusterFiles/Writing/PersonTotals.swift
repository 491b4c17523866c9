import Roster
import RosterCheck

/// What the rota asks of one person over the period.
struct PersonTotals {
    /// Duties, and leave for people to whom hours are owed.
    let paid: PaidMinutes
    /// Nil for somebody to whom no hours are owed.
    let contracted: PaidMinutes?
    /// What was carried over included: above zero is owed to the person.
    let balance: PaidMinutes?
    let nights: Int
    /// Weekends with any work between 00:01 on Saturday and 23:59 on Sunday.
    let weekends: Int

    init(_ duties: [Duty], hours: Quality.Hours?, scenario: Scenario) {
        let worked = duties.reduce(PaidMinutes.zero) { $0 + $1.paid }
        paid = hours.map { $0.rostered + $0.leave } ?? worked
        contracted = hours?.contracted
        balance = hours?.balance
        nights = duties.count { scenario.shiftType($0.shift)?.isNight == true }
        weekends =
            Set(
                duties.flatMap { duty in
                    [duty.start.day.monday, duty.end.day.monday].filter { monday in
                        duty.start < London.instant(monday.advanced(by: 6), minute: 1439)
                            && London.instant(monday.advanced(by: 5), minute: 1) < duty.end
                    }
                }
            ).count
    }
}

extension RotaOutput {
    /// By person, for everybody in the roster and everybody on a duty.
    var totals: [Person.ID: PersonTotals] {
        let duties = Dictionary(grouping: rota.duties, by: \.person)
        let hours = Dictionary(report.quality.hours.map { ($0.person, $0) }) { first, _ in first }
        let people = Set(duties.keys).union(scenario.people.map(\.id))
        return Dictionary(
            uniqueKeysWithValues: people.map {
                ($0, PersonTotals(duties[$0] ?? [], hours: hours[$0], scenario: scenario))
            })
    }
}
