import PlainText
import Roster

/// `bookings.csv`: confirmed bookings of bank, agency and shared staff.
///
/// A booking closes a gap only if the person is competent and in date, so one that is not is a fault. Somebody who
/// is not in `people.csv` stands under a pseudonym, with the skills that were confirmed.
struct BookingsFile {
    private(set) var bookings: [Booking] = []
    private(set) var spans: [DutySpan] = []

    private static let origins = ["bank": "bank", "agency": "agency", "mutual-aid": "mutual-aid"]

    init(_ folder: inout OpenFolder, roster: RosterFile, people: PeopleFile) {
        let table = folder.table(
            "bookings.csv", required: ["gap", "person", "date", "shift", "unit", "role", "origin"],
            optional: ["skills"])
        let eligibility = Eligibility(roster: roster, people: people)
        for row in table?.rows ?? [] {
            guard let booking = Self.booking(row, roster: roster),
                let shift = roster.shifts[booking.shift]
            else { continue }
            let duty = Duty(
                person: booking.person, day: booking.day, unit: booking.unit, shift: shift,
                role: booking.role, source: .booking)
            eligibility.refuseClosedUnit(booking.unit, on: booking.day, in: row)
            if let person = people.people[booking.person] {
                eligibility.refuseRole(
                    booking.role, of: person, from: duty.start, to: duty.end, on: booking.unit, in: row)
            } else if let role = roster.roles[booking.role] {
                for marker in role.barred.intersection(booking.markers).sorted() {
                    row.fault(
                        "role", "is barred to who comes by \(marker)", accepted: "a role that is not barred")
                }
                for skill in role.skills.subtracting(booking.skills).sorted() {
                    row.fault(
                        "role", "needs the skill \(skill), which the booking does not confirm",
                        accepted: "\(skill) in the column skills")
                }
            }
            bookings.append(booking)
            spans.append(
                DutySpan(person: duty.person, start: duty.start, end: duty.end, row: row, column: "date"))
        }
    }

    private static func booking(_ row: Row, roster: RosterFile) -> Booking? {
        let gap = row.required("gap", accepted: "the id of a gap")?.gap()
        let person = row.required("person", accepted: "an id or a pseudonym")?.identifier()
        let day = row.required("date", accepted: "a date")?.day(in: roster.period)
        let shift = roster.shifts.reference(row.required("shift", accepted: "an id"))
        let unit = roster.units.reference(row.required("unit", accepted: "an id"))
        let role = roster.roles.reference(row.required("role", accepted: "an id"))
        let skills = roster.skills.references(row.list("skills"))
        let origin = row.required("origin", accepted: "bank, agency, mutual-aid")?.choice(
            origins, of: "an origin of bookings")
        guard let gap, let person, let day, let shift, let unit, let role, let origin else { return nil }
        return Booking(
            gap: gap, person: Person.ID(person), day: day, shift: shift, unit: unit, role: role,
            skills: skills, origin: origin)
    }
}

extension Scalar {
    /// A gap's id, such as `senior@2026-11-03T22:00`.
    fileprivate func gap() -> Gap.ID? {
        let marks: Set<Character> = [".", "_", "-", "@", ":"]
        let isSound =
            text.count <= 96 && text.first.map { $0.isLetter || $0.isNumber } == true
            && text.allSatisfy { $0.isLetter || $0.isNumber || marks.contains($0) }
        guard isSound else {
            fault("is not the id of a gap", accepted: "an id as in gaps.csv, such as senior@2026-11-03T22:00")
            return nil
        }
        return Gap.ID(text)
    }
}
