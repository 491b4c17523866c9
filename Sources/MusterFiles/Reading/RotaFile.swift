import Foundation
import PlainText
import Roster

/// Reads a rota made by hand, by another system or by `muster solve`, for checking.
///
/// Columns: person, date, shift, role; and, if stated, unit (else the person's home unit), start and end (a time with
/// offset or `HH:MM`; else the shift's), paid_minutes (else the shift's) and source (else imported).
public enum RotaFile {
    /// - Throws: everything in the file that does not fit the scenario. Whether the duties are lawful is the
    ///   checker's to say.
    public static func read(_ url: URL, scenario: Scenario) throws(Faults) -> Rota {
        let faults = FaultList()
        var duties: [Duty] = []
        if let file = SourceFile(at: url, name: url.lastPathComponent, faults: faults) {
            let table = Table(
                file, required: ["person", "date", "shift", "role"],
                optional: ["unit", "start", "end", "paid_minutes", "source"], faults: faults)
            let reader = DutyReader(scenario: scenario)
            duties = table.rows.compactMap { duty($0, reader) }
        }
        try faults.throwIfAny()
        return Rota(period: scenario.period, duties: duties)
    }

    private static func duty(_ row: Row, _ reader: DutyReader) -> Duty? {
        let paid = row.optional("paid_minutes")?.integer(in: 0...2880)
        let source =
            row.optional("source").map { $0.choice(DutySource.self, of: "a source of duties") }
            ?? DutySource.imported
        guard let source, let duty = reader.duty(row, source: source) else { return nil }
        return Duty(
            person: duty.person, day: duty.day, unit: duty.unit, shift: duty.shift, role: duty.role,
            start: duty.start, end: duty.end, paid: paid.map { PaidMinutes($0) } ?? duty.paid,
            working: duty.working, source: source)
    }
}

extension DutyReader {
    /// Somebody who is booked under a pseudonym may stand in a rota, with a unit.
    fileprivate init(scenario: Scenario) {
        var people = Definitions("the id of a person in people.csv", scenario.people, by: \.id)
        for booking in scenario.bookings { people.admit(booking.person) }
        self.init(
            period: scenario.period,
            units: Definitions("a unit of this roster", scenario.units, by: \.id),
            roles: Definitions("a role of this roster", scenario.roles, by: \.id),
            shifts: Definitions("a shift of this roster", scenario.shiftTypes, by: \.id), people: people)
    }
}
