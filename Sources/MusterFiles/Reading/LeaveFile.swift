import PlainText
import Roster

/// `leave.csv`: who is away when. Leave may reach over the edges of the period, and lie before it, where it
/// neutralises weeks of the mean.
struct LeaveFile {
    private(set) var leave: [Leave] = []
    private var lines: [Person.ID: [(leave: Leave, line: Int)]] = [:]

    private static let longest = 3 * 366

    init(_ folder: inout OpenFolder, people: Definitions<Person>) {
        let table = folder.table(
            "leave.csv", required: ["person", "from", "to", "kind"], optional: ["paid_hours"])
        for row in table?.rows ?? [] {
            guard let entry = Self.leave(row, people: people) else { continue }
            let others = lines[entry.person] ?? []
            if let other = others.first(where: {
                $0.leave.first <= entry.last && entry.first <= $0.leave.last
            }) {
                row.fault(
                    "from", "overlaps the leave of \(entry.person) in line \(other.line)",
                    accepted: "each day of leave once")
            }
            lines[entry.person, default: []].append((entry, row.line))
            leave.append(entry)
        }
    }

    private static func leave(_ row: Row, people: Definitions<Person>) -> Leave? {
        let person = people.reference(row.required("person", accepted: "an id"))
        let first = row.required("from", accepted: "a date")?.day()
        let last = row.required("to", accepted: "a date")?.day()
        let kind: LeaveKind? = row.required("kind", accepted: "a kind of leave")?.choice(
            of: "a kind of leave")
        let paid = row.optional("paid_hours")?.hours(in: 0...10_000)
        guard let first, let last else { return nil }
        guard first <= last else {
            row.fault("to", "lies before from", accepted: "\(first) or a later date")
            return nil
        }
        guard first.distance(to: last) < longest else {
            row.fault("to", "makes a leave of over three years", accepted: "a nearer date")
            return nil
        }
        guard let person, let kind else { return nil }
        return Leave(person: person, first: first, last: last, kind: kind, paid: paid.map { PaidMinutes($0) })
    }

    /// The leave of a person on a day and the line in which it stands.
    func leave(of person: Person.ID, on day: Day) -> (leave: Leave, line: Int)? {
        lines[person]?.first { $0.leave.contains(day) }
    }
}
