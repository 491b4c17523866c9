import Extracts
import GRDB
import Roster

/// A row of an extract as the store keeps it. Columns are read by position, which is many times faster than by name.
protocol StoredExtractRow: Sendable {
    static var table: String { get }
    /// Without the extract's number; the first is the line.
    static var columns: [String] { get }
    var values: [(any DatabaseValueConvertible)?] { get }
    init(_ row: Row) throws
}

extension UnitRow: StoredExtractRow {
    static let table = "extract_unit"
    static let columns = [
        "line", "id", "name", "site", "organisation", "closed_from", "closed_to", "approval", "refreshed",
        "headroom", "budget", "mailbox",
    ]

    var values: [(any DatabaseValueConvertible)?] {
        [
            line, unit.id.text, unit.name, unit.site.text, unit.organisation.text,
            unit.closed.first?.lowerBound.ordinal, unit.closed.first?.upperBound.ordinal, approval.rawValue,
            refreshed?.minutes, headroom, budgetedPerWeek?.count, mailbox,
        ]
    }

    init(_ row: Row) throws {
        let from = (row[5] as Int?).map(Day.init(ordinal:))
        let to = (row[6] as Int?).map(Day.init(ordinal:))
        var closed: [ClosedRange<Day>] = []
        if let from, let to, from <= to { closed = [from...to] }
        self.init(
            line: row[0],
            unit: Unit(
                id: Unit.ID(row[1]), name: row[2], site: Site.ID(row[3]),
                organisation: Organisation.ID(row[4]), closed: closed),
            approval: try Stored.word(row, "approval"), refreshed: Stored.instant(row, "refreshed"),
            headroom: row[9], budgetedPerWeek: (row[10] as Int?).map { PaidMinutes($0) }, mailbox: row[11])
    }
}

extension PersonRow: StoredExtractRow {
    static let table = "extract_person"
    static let columns = [
        "line", "id", "organisation", "unit", "other_units", "grade", "contract", "paid_per_week",
        "opted_out",
        "roles", "markers", "starts", "leaves",
    ]

    var values: [(any DatabaseValueConvertible)?] {
        [
            line, person.id.text, person.organisation.text, person.unit.text,
            Stored.text(person.otherUnits), person.grade.text, person.contract.text, person.paidPerWeek.count,
            person.optedOut, Stored.text(person.roles), Stored.text(person.markers), person.starts?.ordinal,
            person.leaves?.ordinal,
        ]
    }

    init(_ row: Row) throws {
        let id: String = row[1]
        self.init(
            line: row[0],
            person: Person(
                id: Person.ID(id), name: id, organisation: Organisation.ID(row[2]), unit: Unit.ID(row[3]),
                otherUnits: Stored.ids(row[4]), grade: Grade.ID(row[5]), contract: Contract.ID(row[6]),
                paidPerWeek: PaidMinutes(row[7]), optedOut: row[8], roles: Stored.ids(row[9]),
                markers: Stored.ids(row[10]), starts: (row[11] as Int?).map(Day.init(ordinal:)),
                leaves: (row[12] as Int?).map(Day.init(ordinal:))))
    }
}

extension SkillRow: StoredExtractRow {
    static let table = "extract_skill"
    static let columns = ["line", "person", "skill", "\"from\"", "expiry"]

    var values: [(any DatabaseValueConvertible)?] {
        [line, person.text, competency.skill.text, competency.from.ordinal, competency.expiry?.ordinal]
    }

    init(_ row: Row) throws {
        self.init(
            line: row[0], person: Person.ID(row[1]),
            competency: Competency(
                skill: Skill.ID(row[2]), from: Day(ordinal: row[3]),
                expiry: (row[4] as Int?).map(Day.init(ordinal:))))
    }
}

extension DutyRow: StoredExtractRow {
    static let table = "extract_duty"
    static let columns = [
        "line", "person", "day", "unit", "shift", "role", "start", "\"end\"", "paid", "working", "stated",
    ]

    var values: [(any DatabaseValueConvertible)?] {
        [
            line, duty.person.text, duty.day.ordinal, duty.unit.text, duty.shift.text, duty.role.text,
            duty.start.minutes, duty.end.minutes, duty.paid.count, duty.working.count, statedPaid?.count,
        ]
    }

    init(_ row: Row) throws {
        self.init(
            line: row[0],
            duty: Duty(
                person: Person.ID(row[1]), day: Day(ordinal: row[2]), unit: Unit.ID(row[3]),
                shift: ShiftType.ID(row[4]), role: Role.ID(row[5]), start: Instant(minutes: row[6]),
                end: Instant(minutes: row[7]), paid: PaidMinutes(row[8]), working: WorkingMinutes(row[9]),
                source: .imported),
            statedPaid: (row[10] as Int?).map { PaidMinutes($0) })
    }
}

extension LeaveRow: StoredExtractRow {
    static let table = "extract_leave"
    static let columns = ["line", "person", "first", "last", "kind"]

    var values: [(any DatabaseValueConvertible)?] {
        [line, leave.person.text, leave.first.ordinal, leave.last.ordinal, leave.kind.rawValue]
    }

    init(_ row: Row) throws {
        self.init(
            line: row[0],
            leave: Leave(
                person: Person.ID(row[1]), first: Day(ordinal: row[2]), last: Day(ordinal: row[3]),
                kind: try Stored.word(row, "kind")))
    }
}

extension BookingRow: StoredExtractRow {
    static let table = "extract_booking"
    static let columns = [
        "line", "id", "unit", "day", "shift", "role", "start", "\"end\"", "state", "step", "released",
        "released_by", "origin", "reason", "person", "skills",
    ]

    var values: [(any DatabaseValueConvertible)?] {
        [
            line, request.id.text, request.unit.text, request.day.ordinal, request.shift.text,
            request.role.text, request.start.minutes, request.end.minutes, request.state.rawValue,
            request.step?.rawValue, request.released?.minutes, request.releasedBy, request.origin,
            request.reason?.rawValue, person?.text, Stored.text(skills),
        ]
    }

    init(_ row: Row) throws {
        self.init(
            line: row[0],
            request: Request(
                id: Request.ID(row[1]), unit: Unit.ID(row[2]), day: Day(ordinal: row[3]),
                shift: ShiftType.ID(row[4]), role: Role.ID(row[5]), start: Instant(minutes: row[6]),
                end: Instant(minutes: row[7]), state: try Stored.word(row, "state"),
                step: try Stored.optionalWord(row, "step"), released: Stored.instant(row, "released"),
                releasedBy: row[11], origin: row[12], reason: try Stored.optionalWord(row, "reason")),
            person: (row[14] as String?).map { Person.ID($0) }, skills: Stored.ids(row[15]))
    }
}

extension RequirementRow: StoredExtractRow {
    static let table = "extract_requirement"
    static let columns = [
        "line", "unit", "role", "weekdays", "day", "\"from\"", "\"to\"", "heads", "minimum",
    ]

    /// Weekdays are bits, Monday the lowest; all seven mean every day.
    var values: [(any DatabaseValueConvertible)?] {
        let bits: Int
        var date: Day?
        switch days {
        case .every: bits = 127
        case .weekdays(let weekdays): bits = weekdays.reduce(0) { $0 | 1 << $1.rawValue }
        case .date(let day):
            bits = 0
            date = day
        }
        return [line, unit.text, role.text, bits, date?.ordinal, from.minute, to.minute, heads, minimum]
    }

    init(_ row: Row) throws {
        let bits: Int = row[3]
        let days: Days
        if let date = row[4] as Int? {
            days = .date(Day(ordinal: date))
        } else if bits == 127 {
            days = .every
        } else {
            days = .weekdays(Set(Weekday.allCases.filter { bits & 1 << $0.rawValue != 0 }))
        }
        self.init(
            line: row[0], unit: Unit.ID(row[1]), role: Role.ID(row[2]), days: days,
            from: try Stored.clock(row, "from"), to: try Stored.clock(row, "to"), heads: row[7],
            minimum: row[8])
    }
}

extension Stored {
    /// A list in one text. Identifiers hold no spaces.
    static func text<Entity>(_ ids: Set<Identifier<Entity>>) -> String {
        ids.isEmpty ? "" : ids.map(\.text).sorted().joined(separator: " ")
    }

    static func ids<Entity>(_ text: String) -> Set<Identifier<Entity>> {
        text.isEmpty ? [] : Set(text.split(separator: " ").map { Identifier(String($0)) })
    }

    static func clock(_ row: Row, _ column: String) throws -> ClockTime {
        let minute: Int = row[column]
        guard (0...1440).contains(minute) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "column \(column) cannot be read")
        }
        return ClockTime(minute: minute)
    }

    static func optionalWord<Word: RawRepresentable>(_ row: Row, _ column: String) throws -> Word?
    where Word.RawValue: DatabaseValueConvertible {
        (row[column] as DatabaseValue).isNull ? nil : try word(row, column) as Word
    }
}
