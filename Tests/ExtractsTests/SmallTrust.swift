import Roster
import RulePack

@testable import Extracts

/// Two wards with four nurses on Friday 21 November 2025 and the days after, with nothing wrong.
struct SmallTrust {
    static let friday = Day(ordinal: 20_413)
    static let window = Period(first: friday, days: 3)
    /// 06:30 on Friday.
    static let now = London.instant(friday, minute: 390)

    static let ash = Unit(id: "ASH", name: "Ash ward", site: "MAIN", organisation: "NORTH")
    static let oak = Unit(id: "OAK", name: "Oak ward", site: "MAIN", organisation: "NORTH")
    static let day = ShiftType(
        id: "LD", name: "Long day", start: ClockTime(minute: 450), end: ClockTime(minute: 1200),
        breaks: [ElapsedMinutes(60)])
    static let night = ShiftType(
        id: "N", name: "Night", start: ClockTime(minute: 1170), end: ClockTime(minute: 480),
        breaks: [ElapsedMinutes(60)])

    var extracts = TrustExtracts(
        definitions: TrustDefinitions(
            name: "North (invented)", organisations: [Organisation(id: "NORTH", name: "North (invented)")],
            sites: [Site(id: "MAIN", name: "Main", organisation: "NORTH")],
            grades: [Grade(id: "B5", name: "Band 5", staffGroup: .registered)], skills: [],
            roles: [Role(id: "rn", name: "Nurse", staffGroup: .registered, grades: ["B5"])],
            contracts: [
                Contract(id: "AFC", name: "AfC", rulePacks: [], overtimeLimit: PaidMinutes(hours: 4))
            ], shiftTypes: [day, night], coverRules: [], rules: RuleBook(rulesByContract: [:])),
        units: extract(
            .units, [UnitRow(line: 2, unit: ash, approval: .approved), UnitRow(line: 3, unit: oak)]),
        people: extract(
            .people,
            ["a", "b", "c", "d"].enumerated().map {
                PersonRow(line: $0.offset + 2, person: person($0.element))
            }),
        skills: extract(.skills, []),
        duties: extract(
            .duties,
            [
                DutyRow(line: 2, duty: duty("a", friday)), DutyRow(line: 3, duty: duty("b", friday, in: oak)),
                DutyRow(line: 4, duty: duty("a", friday.advanced(by: -1))),
                DutyRow(line: 5, duty: duty("a", friday.advanced(by: 3))),
                DutyRow(line: 6, duty: duty("d", friday.advanced(by: 1))),
                DutyRow(line: 7, duty: duty("d", friday.advanced(by: 2))),
                DutyRow(line: 8, duty: duty("b", friday.advanced(by: 3), in: oak)),
            ]),
        leave: extract(.leave, [LeaveRow(line: 2, leave: longAgo)]),
        bookings: extract(.bookings, [BookingRow(line: 2, request: cancelled)]),
        requirements: extract(
            .requirements,
            [ash, oak].enumerated().map {
                RequirementRow(
                    line: $0.offset + 2, unit: $0.element.id, role: "rn", days: .every,
                    from: ClockTime(minute: 480), to: ClockTime(minute: 1170), heads: 1)
            }))

    /// So that leave and bookings are not empty.
    static let longAgo = Leave(
        person: "c", first: friday.advanced(by: -90), last: friday.advanced(by: -90), kind: .annual)
    static let cancelled = Request(
        id: "R1", unit: "ASH", day: friday, shift: "LD", role: "rn", start: duty("a", friday).start,
        end: duty("a", friday).end, state: .cancelled)

    static func person(_ id: String) -> Person {
        Person(
            id: Person.ID(id), name: id, organisation: "NORTH", unit: "ASH", grade: "B5", contract: "AFC",
            paidPerWeek: PaidMinutes(hours: 37))
    }

    static func duty(_ person: String, _ day: Day, in unit: Unit = ash, _ shift: ShiftType = day) -> Duty {
        Duty(
            person: Person.ID(person), day: day, unit: unit.id, shift: shift, role: "rn", source: .imported)
    }

    static func extract<Row: Sendable>(
        _ kind: ExtractKind, _ rows: [Row], hoursOld: Int = 1, rejected: [RejectedRow] = []
    ) -> Extract<Row> {
        Extract(
            source: ExtractSource(
                kind: kind, file: "\(kind.rawValue).csv", sha256: "",
                extractedAt: now - ElapsedMinutes(hours: hoursOld),
                read: rows.count + rejected.count, rejected: rejected), rows: rows)
    }

    var picture: Picture {
        guard let picture = Picture(extracts, window: Self.window, now: Self.now) else {
            fatalError("the small trust has an organisation")
        }
        return picture
    }

    /// Findings of one check.
    func found(_ check: Finding.Check) -> [Finding] { picture.findings.filter { $0.check == check } }

    mutating func add(_ duty: Duty, line: Int = 9, stated: PaidMinutes? = nil) {
        guard let duties = extracts.duties else { return }
        extracts.duties = Extract(
            source: duties.source, rows: duties.rows + [DutyRow(line: line, duty: duty, statedPaid: stated)])
    }

    mutating func replaceAsh(with row: UnitRow) {
        extracts.units = Self.extract(.units, [row, UnitRow(line: 3, unit: Self.oak)])
    }
}
