import Extracts
import PlainText
import Roster

/// Duties of published rotas.
struct DutiesExport {
    let codes: TrustCodes
    let trust: RosterFile
    let staff: [String: Person]
    private let usualRole: [Grade.ID: Role.ID]

    init(codes: TrustCodes, trust: RosterFile, staff: [String: Person]) {
        self.codes = codes
        self.trust = trust
        self.staff = staff
        usualRole = trust.usualRoles
    }

    func row(_ row: ExportRow) -> DutyRow? {
        let unit = codes.units(row.required("unit", accepted: "a unit"))
        let person = row.person(in: staff)
        let day = row.day("date")
        let stated = row.optional("role").flatMap { codes.roles($0) }
        let hours = row.optional("hours")?.hours(in: 0...48).map { PaidMinutes($0) }
        guard let unit, let person, let day else { return nil }
        guard let role = stated ?? onlyRole(of: person) else {
            let why =
                person.roles.isEmpty
                ? "has a grade that is usual for no role"
                : "may fill several roles, of which the row names none"
            row.fault("person", why, accepted: "a role in the column role")
            return nil
        }
        guard let duty = codes.duty(row, person.id, day, unit, role, source: .imported) else { return nil }
        row.refuse(person, as: trust.roles[role], on: day)
        return DutyRow(line: row.line, duty: duty, statedPaid: hours)
    }

    /// The one role that somebody may fill, or the usual one of the grade if that is among them: what cannot be known is
    /// not guessed, for it decides what is covered.
    private func onlyRole(of person: Person) -> Role.ID? {
        if person.roles.count == 1 { return person.roles.first }
        let usual = usualRole[person.grade]
        return person.roles.isEmpty ? usual : usual.flatMap { person.roles.contains($0) ? $0 : nil }
    }
}

/// Requests to banks and agencies, and what was booked.
struct BookingsExport {
    let codes: TrustCodes
    let trust: RosterFile
    let staff: [String: Person]

    func row(_ row: ExportRow) -> BookingRow? {
        let id = row.required("id", accepted: "an id")?.identifier()
        let unit = codes.units(row.required("unit", accepted: "a unit"))
        let day = row.day("date")
        let role = codes.roles(row.required("role", accepted: "a role"))
        let state = codes.states(row.required("state", accepted: "a state of a request"))
        let person = row.optional("person").flatMap { $0.identifier() }.map { Person.ID($0) }
        let skills = Set(row.list("skills").compactMap { codes.skills($0) })
        let origin = row.optional("origin").flatMap { codes.origins($0) }
        let step = row.optional("step").flatMap { codes.steps($0) }
        let released = row.optional("released").flatMap(row.export.format.instant)
        let releasedBy = row.dispensable("released-by").flatMap { codes.authorisers($0) }
        let reason = row.optional("reason").flatMap { codes.reasons($0) }
        guard let id, let unit, let day, let role, let state else { return nil }
        if let person, let known = staff[person.text] {
            row.refuse(known, as: trust.roles[role], on: day)
        } else if person != nil, let origin, trust.roles[role]?.barred.contains(Marker(origin)) == true {
            row.fault("origin", "is barred from the role \(role)", accepted: "a role that is not barred")
        }
        let duty = codes.duty(row, person ?? Person.ID(id), day, unit, role, source: .booking)
        guard let duty else { return nil }
        return BookingRow(
            line: row.line,
            request: Request(
                id: Request.ID(id), unit: unit, day: day, shift: duty.shift, role: role, start: duty.start,
                end: duty.end, state: state, step: step, released: released,
                releasedBy: releasedBy, origin: origin, reason: reason),
            person: person, skills: skills)
    }
}

/// What units need: the template.
struct RequirementsExport {
    let codes: TrustCodes

    func row(_ row: ExportRow) -> RequirementRow? {
        let unit = codes.units(row.required("unit", accepted: "a unit"))
        let period = row.required("period", accepted: "a period")?.choice(
            codes.periods, of: "a period or a shift")
        let role = codes.roles(row.required("role", accepted: "a role"))
        let heads = row.required("heads", accepted: "a number of people")?.integer(in: 0...1000)
        let minimum = heads.flatMap { row.optional("minimum")?.integer(in: 0...$0) }
        let date = row.optionalDay("date")
        let weekdays = row.optional("day").flatMap { codes.days($0) }
        guard let unit, let period, let role, let heads else { return nil }
        return RequirementRow(
            line: row.line, unit: unit, role: role, days: date.map { .date($0) } ?? weekdays ?? .every,
            from: period.from, to: period.to, heads: heads, minimum: minimum)
    }
}

extension ExportRow {
    /// Whoever cannot fill a role, or is not employed, is no cover, whatever a rota says. Skills are judged where
    /// cover is counted.
    fileprivate func refuse(_ person: Person, as role: Role?, on day: Day) {
        let isStated = export.columns["role"] != nil
        let column = isStated ? "role" : "person"
        if let role, !role.canBeFilled(by: person.grade) {
            let grades = role.grades.union(role.substitutes).sorted().map(\.text).joined(separator: ", ")
            fault(
                column,
                isStated
                    ? "is a role that the person's grade cannot fill"
                    : "is of a grade that cannot fill the role",
                accepted: "somebody of \(grades)")
        }
        if let role, !person.roles.isEmpty, !person.roles.contains(role.id) {
            fault(
                column, "is none of the person's roles",
                accepted: person.roles.sorted().map(\.text).joined(separator: ", "))
        }
        if let role, let marker = role.barred.intersection(person.markers).min() {
            fault(
                column, "is a role that nobody marked \(marker) may fill",
                accepted: "somebody who is not \(marker)")
        }
        if !person.isEmployed(on: day) {
            fault(
                "date", "is a day on which the person is not employed",
                accepted: "a day from start to leaving")
        }
    }
}

extension RequirementRow {
    /// What a template says once.
    var subject: AnyHashable { [AnyHashable(unit), role, days, from, to] }
}

extension TrustCodes {
    /// A duty from its shift, its times or both; nil for a rest day, and with a fault for what is neither.
    func duty(
        _ row: ExportRow, _ person: Person.ID, _ day: Day, _ unit: Unit.ID, _ role: Role.ID,
        source: DutySource
    ) -> Duty? {
        var shift: ShiftType?
        if let code = row.optional("shift") {
            switch shifts.meaning(code, in: unit) {
            case .off, nil: return nil
            case .shift(let found): shift = found
            }
        }
        let areTimesMapped = row.isMapped("start") && row.isMapped("end")
        guard areTimesMapped else {
            if let shift { return duty(person, day, unit, shift, role, source: source) }
            row.fault("shift", "is empty", accepted: "a shift or a code of one")
            return nil
        }
        let start = row.required("start", accepted: "a time such as 07:30").flatMap {
            row.export.format.clock($0)
        }
        let end = row.required("end", accepted: "a time such as 20:00").flatMap {
            row.export.format.clock($0, isEnd: true)
        }
        guard let start, let end else { return nil }
        if shift == nil { shift = shifts.shift(from: start, to: end, in: unit, role: role) }
        guard let shift else {
            row.fault(
                "start", "and end are those of no shift", accepted: "the times of a shift of trust.yaml")
            return nil
        }
        let plain = duty(person, day, unit, shift, role, source: source)
        guard start != shift.start || end.minute % 1440 != shift.end.minute % 1440 else { return plain }
        guard let times = Self.times(start, end, of: shift) else {
            row.fault(
                "start", "and end lie outside the shift \(shift.id), or make no time",
                accepted: "times that share some with \(shift.start) to \(shift.end)")
            return nil
        }
        return changed(plain, of: shift, times)
    }

    /// Minutes after the midnight before which a duty of the shift begins that has times of its own; after midnight a night
    /// goes on, however late it is begun. Nil if they share nothing with the shift: then one of them is wrong, and what it
    /// covers is not known.
    private static func times(_ start: ClockTime, _ end: ClockTime, of shift: ShiftType) -> Range<Int>? {
        guard start.minute % 1440 != end.minute % 1440 || shift.wallLength == 1440 else { return nil }
        let own = shift.start.minute..<shift.endMinute
        let plain = start.minute..<(end > start ? end.minute : end.minute + 1440)
        return [plain, (plain.lowerBound + 1440)..<(plain.upperBound + 1440)].first { $0.overlaps(own) }
    }

    /// The duty at times of its own: paid and working time follow the time that is gained or lost.
    private func changed(_ plain: Duty, of shift: ShiftType, _ times: Range<Int>) -> Duty {
        let begins = instant(plain.day, minute: times.lowerBound)
        let ends = instant(plain.day, minute: times.upperBound)
        let gained = (ends - begins).count - plain.elapsed.count
        return Duty(
            person: plain.person, day: plain.day, unit: plain.unit, shift: plain.shift, role: plain.role,
            start: begins, end: ends, paid: PaidMinutes(max(0, plain.paid.count + gained)),
            working: WorkingMinutes(max(0, plain.working.count + (shift.kind == .onCall ? 0 : gained))),
            source: plain.source)
    }
}

extension RosterFile {
    /// The first role for which a grade is usual, for exports that name none.
    fileprivate var usualRoles: [Grade.ID: Role.ID] {
        var usual: [Grade.ID: Role.ID] = [:]
        for role in roles.values where role.skills.isEmpty {
            for grade in role.grades where usual[grade] == nil { usual[grade] = role.id }
        }
        return usual
    }
}
