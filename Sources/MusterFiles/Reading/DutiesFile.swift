import PlainText
import Roster

/// `duties.csv`: duties that stand, pinned or published.
struct DutiesFile {
    private(set) var pinned: [Duty] = []
    private(set) var published: [Duty] = []
    private(set) var pinnedSpans: [DutySpan] = []
    private(set) var publishedSpans: [DutySpan] = []

    private enum State: String, CaseIterable {
        case pinned, published
    }

    init(_ folder: inout OpenFolder, roster: RosterFile, people: PeopleFile, leave: LeaveFile) {
        let table = folder.table(
            "duties.csv", required: ["person", "date", "shift", "role", "state"],
            optional: ["unit", "start", "end"])
        let reader = DutyReader(
            period: roster.period, units: roster.units, roles: roster.roles, shifts: roster.shifts,
            people: people.people)
        for row in table?.rows ?? [] {
            let state = row.required("state", accepted: "pinned or published")?.choice(
                State.self, of: "a state of a duty")
            let source: DutySource = state == .published ? .published : .pinned
            guard let duty = reader.duty(row, source: source), let state else { continue }
            let span = DutySpan(
                person: duty.person, start: duty.start, end: duty.end, row: row, column: "date")
            switch state {
            case .pinned:
                Eligibility(roster: roster, people: people).refuse(duty, in: row)
                Self.refuse(duty, onLeave: leave, in: row)
                pinned.append(duty)
                pinnedSpans.append(span)
            case .published:
                published.append(duty)
                publishedSpans.append(span)
            }
        }
    }

    private static func refuse(_ duty: Duty, onLeave leave: LeaveFile, in row: Row) {
        guard let (away, line) = leave.leave(of: duty.person, on: duty.day) else { return }
        row.fault(
            "date", "is a day of \(away.kind.rawValue) leave of \(duty.person) (leave.csv:\(line))",
            accepted: "a pinned duty outside leave")
    }
}

/// Reads the columns that a duty has in `duties.csv` and in a rota.
struct DutyReader {
    let period: Period?
    let units: Definitions<Unit>
    let roles: Definitions<Role>
    let shifts: Definitions<ShiftType>
    let people: Definitions<Person>

    /// A duty of a shift, with its own start or end if the row states one; empty `unit` is the home unit.
    func duty(_ row: Row, source: DutySource) -> Duty? {
        let person = people.reference(row.required("person", accepted: "an id"))
        let day = row.required("date", accepted: "a date")?.day(in: period)
        let shift = shifts.reference(row.required("shift", accepted: "an id"))
        let role = roles.reference(row.required("role", accepted: "an id"))
        let stated = row.optional("unit").map { units.reference($0) }
        let start = row.optional("start")
        let end = row.optional("end")
        guard let person, let day, let role, let type = shift.flatMap({ shifts[$0] }) else { return nil }
        if stated == nil, people[person] == nil, people.isSound {
            row.fault("person", "has no home unit", accepted: "a unit in the column unit")
        }
        guard let unit = stated ?? people[person]?.unit else { return nil }
        let plain = Duty(person: person, day: day, unit: unit, shift: type, role: role, source: source)
        guard start != nil || end != nil else { return plain }
        return changed(plain, of: type, row, start: start, end: end)
    }

    /// The duty with times of its own: paid and working time follow the time that is gained or lost.
    private func changed(_ plain: Duty, of type: ShiftType, _ row: Row, start: Scalar?, end: Scalar?) -> Duty?
    {
        let begins = start.map { $0.instant(on: plain.day) } ?? plain.start
        guard let begins else { return nil }
        guard begins.day == plain.day else {
            start?.fault("is not on the date of the duty", accepted: "a time on \(plain.day)")
            return nil
        }
        let ends = end.map { self.end($0, after: begins, on: plain.day) } ?? plain.end
        guard let ends, row.holds(start: begins, end: ends) else { return nil }
        let gained = (ends - begins).count - plain.elapsed.count
        return Duty(
            person: plain.person, day: plain.day, unit: plain.unit, shift: plain.shift, role: plain.role,
            start: begins, end: ends, paid: PaidMinutes(max(0, plain.paid.count + gained)),
            working: WorkingMinutes(max(0, plain.working.count + (type.kind == .onCall ? 0 : gained))),
            source: plain.source)
    }

    /// A bare time of day at or before the start is on the next day.
    private func end(_ scalar: Scalar, after start: Instant, on day: Day) -> Instant? {
        guard let clock = ClockTime(scalar.text), clock <= start.clock else { return scalar.instant(on: day) }
        return scalar.instant(day, minute: clock.minute + 1440)
    }
}
