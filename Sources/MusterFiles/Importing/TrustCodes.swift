import Extracts
import PlainText
import Roster

/// The tables of codes of a mapping, held against what the trust defines.
///
/// A class, because every reader of an export shares it and it remembers instants that it has worked out.
final class TrustCodes {
    let units: CodeTable<Unit.ID>
    let grades: CodeTable<Grade.ID>
    let roles: CodeTable<Role.ID>
    let skills: CodeTable<Skill.ID>
    let contracts: CodeTable<Contract.ID>
    let markers: CodeTable<Marker>
    let leave: CodeTable<LeaveKind>
    let states: CodeTable<Request.State>
    let steps: CodeTable<CascadeStep.Level>
    let reasons: CodeTable<RequestReason>
    let origins: CodeTable<String>
    let authorisers: CodeTable<String>
    let shifts: ShiftCodes
    let periods: [String: (from: ClockTime, to: ClockTime)]
    let days: CodeTable<RequirementRow.Days>

    /// - Parameter cascade: by whose roles the trust says that gaps are released.
    init(mapping: MappingFile, trust: RosterFile, cascade: [CascadeStep]) {
        let codes = mapping.codes
        units = CodeTable("a unit", trust.units, codes["units"]) { $0.id }
        grades = CodeTable("a grade", trust.grades, codes["grades"]) { $0.id }
        roles = CodeTable("a role", trust.roles, codes["roles"]) { $0.id }
        skills = CodeTable("a skill", trust.skills, codes["skills"]) { $0.id }
        contracts = CodeTable("a contract", trust.contracts.contracts, codes["contracts"]) { $0.id }
        markers = CodeTable("a marker", known: trust.markerNames, codes: codes["markers"])
        leave = CodeTable("a class of absence", codes: codes["leave"])
        states = CodeTable("a state of a request", codes: codes["states"])
        steps = CodeTable("a step of the cascade", codes: codes["steps"])
        reasons = CodeTable("a reason", codes: codes["reasons"])
        origins = CodeTable(
            "an origin", known: ["bank": "bank", "agency": "agency", "mutual-aid": "mutual-aid"],
            codes: codes["origins"])
        authorisers = CodeTable(
            "a role that releases", words: cascade.map(\.authoriser), codes: codes["authorisers"])
        shifts = ShiftCodes(trust.shifts.values, codes: codes["shifts"])
        periods = Self.periods(codes["periods"], shifts: trust.shifts.values)
        days = CodeTable("a day of the week", known: Self.weekdays, codes: codes["days"])
    }

    /// The unit that a row tells of, without a fault if it cannot be read.
    func unit(of row: ExportRow) -> Unit.ID? { row.optional("unit").flatMap { units.values[$0.text] } }

    private static let weekdays: [String: RequirementRow.Days] = {
        var days: [String: RequirementRow.Days] = [
            "daily": .every, "weekday": .weekdays([.monday, .tuesday, .wednesday, .thursday, .friday]),
            "weekend": .weekdays([.saturday, .sunday]),
        ]
        for weekday in Weekday.allCases { days[weekday.word] = .weekdays([weekday]) }
        return days
    }()

    /// Windows of cover: `N: 19:30-07:30`. A shift stands for its own times, its handover included.
    private static func periods(
        _ cursor: YAMLCursor?, shifts: [ShiftType]
    ) -> [String: (from: ClockTime, to: ClockTime)] {
        var periods = Dictionary(shifts.map { ($0.id.text, (from: $0.start, to: $0.end)) }) { first, _ in
            first
        }
        for (code, meaning) in cursor?.entries() ?? [] {
            let window = meaning.value(accepted: "a window such as 07:30-19:30") {
                text -> (ClockTime, ClockTime)? in
                let parts = text.split(separator: "-")
                guard parts.count == 2, let from = ClockTime(parts[0]), let to = ClockTime(parts[1]),
                    from.minute < 1440, from != to
                else { return nil }
                return (from, to)
            }
            if let window { periods[code.text] = (from: window.0, to: window.1) }
        }
        return periods
    }

    // MARK: - Instants

    private struct WallTime: Hashable {
        let day: Int
        let minute: Int
    }
    private var instants: [WallTime: Instant] = [:]

    /// A time on the wall clock; asked for many times over, and worked out once.
    func instant(_ day: Day, minute: Int) -> Instant {
        let wall = WallTime(day: day.ordinal, minute: minute)
        if let known = instants[wall] { return known }
        let instant = London.instant(day, minute: minute)
        instants[wall] = instant
        return instant
    }

    private struct ShiftDay: Hashable {
        let shift: ShiftType.ID
        let day: Int
    }
    private var templates: [ShiftDay: Duty] = [:]

    /// A duty of the shift at its usual times.
    func duty(
        _ person: Person.ID, _ day: Day, _ unit: Unit.ID, _ shift: ShiftType, _ role: Role.ID,
        source: DutySource
    ) -> Duty {
        let key = ShiftDay(shift: shift.id, day: day.ordinal)
        let plain: Duty
        if let known = templates[key] {
            plain = known
        } else {
            plain = Duty(person: person, day: day, unit: unit, shift: shift, role: role, source: source)
            templates[key] = plain
        }
        return Duty(
            person: person, day: day, unit: unit, shift: shift.id, role: role, start: plain.start,
            end: plain.end, paid: plain.paid, working: plain.working, source: source)
    }
}

/// Codes of shifts. One code may stand for several shifts, of which the unit decides, or for none.
struct ShiftCodes {
    private var byCode: [String: [ShiftType]] = [:]
    private let all: [ShiftType]

    /// What a code stands for that is no duty: a rest day.
    static let off = "off"

    init(_ shifts: [ShiftType], codes: YAMLCursor?) {
        all = shifts
        var known = Dictionary(shifts.map { ($0.id.text, [$0]) }) { first, _ in first }
        byCode = known
        known[Self.off] = []
        for (code, meaning) in codes?.entries() ?? [] {
            let names =
                meaning.scalar(accepted: "a shift, several after one another, or off")?.list(separator: " ")
                ?? []
            byCode[code.text] = names.compactMap { $0.choice(known, of: "a shift of trust.yaml, or off") }
                .flatMap { $0 }
        }
    }

    enum Meaning {
        case off
        case shift(ShiftType)
    }

    func meaning(_ scalar: Scalar, in unit: Unit.ID) -> Meaning? {
        guard let shifts = scalar.choice(byCode, of: "a shift or a code of one") else { return nil }
        guard !shifts.isEmpty else { return .off }
        if let shift = shifts.first(where: { $0.units.isEmpty || $0.units.contains(unit) }) {
            return .shift(shift)
        }
        scalar.fault(
            "is no shift of the unit \(unit)", accepted: "a shift that trust.yaml gives to the unit")
        return nil
    }

    /// The shift with these times.
    func shift(from start: ClockTime, to end: ClockTime, in unit: Unit.ID, role: Role.ID) -> ShiftType? {
        all.first {
            $0.start == start && $0.end.minute % 1440 == end.minute % 1440
                && ($0.units.isEmpty || $0.units.contains(unit))
                && ($0.roles.isEmpty || $0.roles.contains(role))
        }
    }
}

extension CodeTable {
    /// What a trust defines and the codes for it. A code may stand for what is there and could not be read.
    init<Defined>(
        _ what: String, _ defined: Definitions<Defined>, _ codes: YAMLCursor?,
        id: (Defined) -> Identifier<Defined>
    ) where Value == Identifier<Defined> {
        self.init(what, known: Dictionary(defined.values.map { (id($0).text, id($0)) }) { first, _ in first })
        for (code, meaning) in codes?.entries() ?? [] {
            let meant = defined.reference(meaning.scalar(accepted: "an id"), as: what)
            // Of what is there and could not be read, nothing more can be said than that: a row that tells of it is
            // rejected, and the code is no mistake.
            if let meant, defined[meant] != nil { values[code.text] = meant }
        }
    }
}

extension RosterFile {
    fileprivate var markerNames: [String: Marker] {
        Dictionary(markers.ids.map { ($0.text, $0) }) { first, _ in first }
    }
}
