import PlainText
import Roster

/// `history.csv`: duties worked or published before the period.
struct HistoryFile {
    private(set) var duties: [HistoryDuty] = []
    /// Where each stands, to find people who are in two places.
    private(set) var spans: [DutySpan] = []

    init(_ folder: inout OpenFolder, roster: RosterFile, people: Definitions<Person>) {
        let table = folder.table(
            "history.csv", required: ["person", "start", "end"],
            optional: ["paid_hours", "working_hours", "kind", "unit", "role", "on_site"])
        for row in table?.rows ?? [] {
            guard let duty = Self.duty(row, roster: roster, people: people) else { continue }
            duties.append(duty)
            spans.append(
                DutySpan(person: duty.person, start: duty.start, end: duty.end, row: row, column: "start"))
        }
    }

    /// Duties that would cover the first hours of the period if their people had not been on leave.
    func onLeave(_ leave: LeaveFile, before period: Period) -> [Fault] {
        reaching(into: period).compactMap { duty, span in
            guard let (away, line) = leave.leave(of: duty.person, on: duty.start.day) else { return nil }
            return Fault(
                at: span.row.place(span.column), value: "\(duty.start.day) \(duty.start.clock)",
                "is a day of \(away.kind.rawValue) leave of \(duty.person) (leave.csv:\(line)): \(Self.nothing)"
            )
        }
    }

    /// The same if their people could do the role, and were employed.
    func unfit(roster: RosterFile, people: Definitions<Person>, before period: Period) -> [Fault] {
        reaching(into: period).compactMap { duty, span in
            guard let person = people[duty.person], let role = duty.role.flatMap({ roster.roles[$0] }) else {
                return nil
            }
            guard role.canBeFilled(by: person) else {
                return Fault(
                    at: span.row.place("role"), value: role.id.text,
                    "is no role that \(person.id) can fill, by grade, markers and roles: \(Self.nothing)")
            }
            guard person.isEmployed(on: duty.start.day) else {
                return Fault(
                    at: span.row.place(span.column), value: "\(duty.start.day) \(duty.start.clock)",
                    "is a day on which \(person.id) is not employed: \(Self.nothing)")
            }
            return nil
        }
    }

    private static let nothing = "this duty covers nothing in the period"

    private func reaching(into period: Period) -> [(HistoryDuty, DutySpan)] {
        let midnight = London.instant(period.first, minute: 0)
        return zip(duties, spans).filter { duty, _ in duty.unit != nil && midnight < duty.end }
    }

    private static func duty(_ row: Row, roster: RosterFile, people: Definitions<Person>) -> HistoryDuty? {
        let person = people.reference(row.required("person", accepted: "an id"))
        let start = row.required("start", accepted: "a local time")?.instant()
        let end = row.required("end", accepted: "a local time")?.instant()
        let paid = row.optional("paid_hours")?.hours(in: 0...48)
        let working = row.optional("working_hours")?.hours(in: 0...25)
        let kind =
            row.optional("kind").map { $0.choice(ShiftKind.self, of: "a kind of shift") } ?? ShiftKind.work
        let unit = row.optional("unit").flatMap { roster.units.reference($0) }
        let role = row.optional("role").flatMap { roster.roles.reference($0) }
        let onSite = row.optional("on_site").map { $0.boolean() } ?? true
        if (row.optional("unit") == nil) != (row.optional("role") == nil) {
            row.fault(
                "person", "has only one of unit and role in this row",
                accepted: "both, so that a duty that reaches into the period counts for cover, or neither")
        }
        guard let person, let start, let end, let kind, let onSite else { return nil }
        guard row.holds(start: start, end: end) else { return nil }
        if let period = roster.period, period.first <= start.day {
            row.fault(
                "start", "lies in or after the period",
                accepted: "a start before \(period.first); duties of the period stand in duties.csv")
        }
        if kind == .onCall, paid == nil || working == nil {
            row.fault(
                "kind", "needs to say how much of the time is paid and is work",
                accepted: "paid_hours and working_hours")
        }
        let elapsed = (end - start).count
        return HistoryDuty(
            person: person, start: start, end: end, paid: PaidMinutes(paid ?? elapsed),
            working: WorkingMinutes(working ?? elapsed), kind: kind, unit: unit, role: role, onSite: onSite)
    }
}
