import PlainText
import Roster

/// `balances.csv`: what each person carries over from earlier periods.
struct BalancesFile {
    private(set) var balances: [Balance] = []

    init(_ folder: inout OpenFolder, people: Definitions<Person>) {
        let table = folder.table(
            "balances.csv", required: ["person"],
            optional: ["paid_hours", "nights", "weekends", "refused_wishes", "programmed_activities"])
        var lines: [Person.ID: Int] = [:]
        for row in table?.rows ?? [] {
            let person = people.reference(row.required("person", accepted: "an id"))
            func count(_ column: String) -> Int { row.optional(column)?.integer(in: -1000...1000) ?? 0 }
            let balance = person.map {
                Balance(
                    person: $0,
                    paid: PaidMinutes(row.optional("paid_hours")?.hours(in: -10_000...10_000) ?? 0),
                    nights: count("nights"), weekends: count("weekends"),
                    refusedWishes: count("refused_wishes"),
                    programmedActivities: row.optional("programmed_activities")?.decimal(in: 0...10_000))
            }
            guard let balance else { continue }
            if let line = lines[balance.person] {
                row.fault("person", "has a balance in line \(line) already", accepted: "each person once")
            }
            lines[balance.person] = row.line
            balances.append(balance)
        }
    }
}
