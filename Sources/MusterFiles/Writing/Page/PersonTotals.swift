import Roster

/// What the rota asks of one person over the period.
struct PersonTotals {
    /// Duties and leave.
    let paid: PaidMinutes
    /// Owed under the contract for the days employed; nil for somebody who is booked from elsewhere.
    let contracted: PaidMinutes?
    let nights: Int
    /// Weekends with any work between 00:01 on Saturday and 23:59 on Sunday.
    let weekends: Int

    init(_ id: Person.ID, in output: RotaOutput) {
        let scenario = output.scenario
        let period = output.rota.period
        let duties = output.rota.duties.filter { $0.person == id }
        nights = duties.count { scenario.shiftType($0.shift)?.isNight == true }
        weekends =
            Set(
                duties.flatMap { duty in
                    // A Friday night belongs to the weekend in which it ends.
                    [duty.start.day.monday, duty.end.day.monday].filter { monday in
                        duty.start < London.instant(monday.advanced(by: 6), minute: 1439)
                            && London.instant(monday.advanced(by: 5), minute: 1) < duty.end
                    }
                }
            ).count
        let worked = duties.reduce(PaidMinutes.zero) { $0 + $1.paid }
        guard let person = scenario.person(id) else {
            paid = worked
            contracted = nil
            return
        }
        let employed = period.days.count(where: person.isEmployed)
        var owed = PaidMinutes(person.paidPerWeek.count * employed / 7)
        var credited = PaidMinutes.zero
        for leave in scenario.leave where leave.person == id {
            let credit = leave.credit(paidPerWeek: person.paidPerWeek, in: period)
            if leave.kind == .unpaid { owed = owed - credit } else { credited = credited + credit }
        }
        paid = worked + credited
        contracted = owed
    }

    /// `138/150`.
    var hours: String {
        guard let contracted else { return whole(paid) }
        return "\(whole(paid))/\(whole(contracted))"
    }

    /// `+2`, `−12`, `0`.
    var balance: String {
        guard let contracted else { return "" }
        let hours = Int((Double((paid - contracted).count) / 60).rounded())
        return hours > 0 ? "+\(hours)" : grouped(hours)
    }

    private func whole(_ minutes: PaidMinutes) -> String {
        String(Int((Double(minutes.count) / 60).rounded()))
    }
}
