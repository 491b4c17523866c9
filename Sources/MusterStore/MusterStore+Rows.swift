import Foundation
import GRDB
import Roster

/// Between the store's rows and the values that they keep.
enum Stored {
    /// Documents that are only read back whole; sorted keys, so that equal values are equal text.
    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ row: Row, _ column: String) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data((row[column] as String).utf8))
        } catch { throw unreadable(column) }
    }

    static func day(_ row: Row, _ column: String) throws -> Day {
        guard let day = Day(row[column] as String) else { throw unreadable(column) }
        return day
    }

    static func period(_ row: Row) throws -> Period {
        let first = try day(row, "first")
        let days = first.distance(to: try day(row, "last")) + 1
        guard days > 0 else { throw unreadable("last") }
        return Period(first: first, days: days)
    }

    static func word<Word: RawRepresentable>(_ row: Row, _ column: String) throws -> Word
    where Word.RawValue: DatabaseValueConvertible {
        guard let word = Word(rawValue: row[column]) else { throw unreadable(column) }
        return word
    }

    static func instant(_ row: Row, _ column: String) -> Instant? {
        (row[column] as Int?).map(Instant.init(minutes:))
    }

    /// A value that the store did not write in this form.
    private static func unreadable(_ column: String) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "column \(column) cannot be read")
    }
}

extension Duty {
    static let columns = #"person, day, unit, shift, role, start, "end", paid, working, source"#

    var values: [any DatabaseValueConvertible] {
        [
            person.text, day.description, unit.text, shift.text, role.text, start.minutes, end.minutes,
            paid.count, working.count, source.rawValue,
        ]
    }

    init(_ row: Row) throws {
        self.init(
            person: Person.ID(row["person"]), day: try Stored.day(row, "day"), unit: Unit.ID(row["unit"]),
            shift: ShiftType.ID(row["shift"]), role: Role.ID(row["role"]),
            start: Instant(minutes: row["start"]), end: Instant(minutes: row["end"]),
            paid: PaidMinutes(row["paid"]), working: WorkingMinutes(row["working"]),
            source: try Stored.word(row, "source"))
    }
}

extension Gap {
    init(_ row: Row) throws {
        self.init(
            rule: CoverRule.ID(row["rule"]), unit: Unit.ID(row["unit"]),
            start: Instant(minutes: row["start"]),
            end: Instant(minutes: row["end"]), required: row["required"], planned: row["planned"],
            severity: try Stored.word(row, "severity"), measure: try Stored.word(row, "measure"))
    }
}

extension RotaVersion {
    static let select = """
        SELECT rota.*, scenario.name, scenario.first, scenario.last, scenario.units,
            run.program, run.inputs, run.packs, run.report
        FROM rota JOIN scenario ON scenario.id = rota.scenario JOIN run ON run.id = rota.run
        """

    init(_ row: Row) throws {
        self.init(
            id: ID(row["id"]), scenario: row["name"], units: try Stored.value(row, "units"),
            period: try Stored.period(row), version: row["version"], state: try Stored.word(row, "state"),
            saved: Instant(minutes: row["saved"]), published: Stored.instant(row, "published"),
            superseded: Stored.instant(row, "superseded"), run: try Stored.value(row, "report"),
            inputs: try Stored.value(row, "inputs"), packs: try Stored.value(row, "packs"),
            program: row["program"])
    }
}

extension BookingRecord {
    init(_ row: Row) throws {
        var window: BookingRequest.Window?
        if let from = Stored.instant(row, "free_from"), let until = Stored.instant(row, "free_until") {
            window = BookingRequest.Window(from: from, until: until)
        }
        self.init(
            id: ID(row["id"]),
            request: BookingRequest(
                gap: Gap.ID(row["gap"]), duty: try Duty(row), skills: try Stored.value(row, "skills"),
                origin: row["origin"], vouchedFor: window),
            booked: Instant(minutes: row["booked"]), cancelled: Stored.instant(row, "cancelled"))
    }
}

extension AuditEntry {
    init(_ row: Row) throws {
        self.init(
            number: row["id"], at: Instant(minutes: row["at"]), who: row["who"],
            what: try Stored.word(row, "what"), subject: row["subject"], why: row["why"],
            detail: row["detail"], hash: row["hash"])
    }
}
