import Foundation
import Roster
import RulePack

@testable import MusterStore

/// A small invented department: two nights that need a senior, one day that needs two nurses.
///
/// Its rota leaves `senior@2026-11-04T20:00` (hard) and `rn@2026-11-03T08:00` (soft, one of two) short.
enum InventedWard {
    static let monday = day("2026-11-02")
    static let tuesday = monday.advanced(by: 1)
    static let wednesday = monday.advanced(by: 2)
    static let thursday = monday.advanced(by: 3)
    static let noon = London.instant(monday, hour(12))
    static let hardGap: Gap.ID = "senior@2026-11-04T20:00"
    static let softGap: Gap.ID = "rn@2026-11-03T08:00"

    static func day(_ text: String) -> Day { Day(text) ?? Day(ordinal: 0) }

    static func hour(_ hour: Int) -> ClockTime { ClockTime(minute: hour * 60) }

    static let shifts = [
        shift("D", 8, 20), shift("N", 20, 8),
        shift("EVE", 20, 2), shift("DAWN", 2, 8),
    ]

    private static func shift(_ id: ShiftType.ID, _ start: Int, _ end: Int) -> ShiftType {
        ShiftType(id: id, name: id.text, start: hour(start), end: hour(end))
    }

    private static func senior(_ id: Person.ID, until expiry: Day? = nil) -> Person {
        person(id, grade: "C", skills: [Competency(skill: "sdm", from: day("2020-01-01"), expiry: expiry)])
    }

    private static func person(_ id: Person.ID, grade: Grade.ID, skills: [Competency] = []) -> Person {
        Person(
            id: id, name: "\(id) Example (invented)", organisation: "ORG", unit: "ED", grade: grade,
            contract: "AFC", paidPerWeek: PaidMinutes(hours: 40), competencies: skills)
    }

    static func scenario(
        first: Day = monday, days: Int = 7, units: [Roster.Unit.ID] = ["ED"], leave: [Leave] = [],
        bookings: [Booking] = [], history: [HistoryDuty] = [],
        nights: Set<Weekday> = [.tuesday, .wednesday], overtimeLimit: PaidMinutes? = nil
    ) -> Scenario {
        Scenario(
            name: "Invented department", period: Period(first: first, days: days),
            organisations: [Organisation(id: "ORG", name: "Invented trust")],
            sites: [Site(id: "MAIN", name: "Main", organisation: "ORG")],
            units: units.map { Roster.Unit(id: $0, name: $0.text, site: "MAIN", organisation: "ORG") },
            grades: [
                Grade(id: "C", name: "Consultant", staffGroup: .medical),
                Grade(id: "B5", name: "Band 5", staffGroup: .registered),
            ], skills: [Skill(id: "sdm", name: "Senior decision maker")],
            roles: [
                Role(id: "senior", name: "Senior", staffGroup: .medical, grades: ["C"], skills: ["sdm"]),
                Role(id: "rn", name: "Nurse", staffGroup: .registered, grades: ["B5"]),
            ],
            contracts: [
                Contract(
                    id: "AFC", name: "Invented terms", rulePacks: ["working-time"],
                    overtimeLimit: overtimeLimit)
            ],
            shiftTypes: shifts,
            coverRules: [
                CoverRule(
                    id: "senior", name: "Senior at night", unit: "ED", purpose: .seniorDecisionMaker,
                    counted: Counted(roles: ["senior"]), weekdays: nights,
                    from: hour(20), to: hour(8),
                    requirement: .heads(minimum: 1, target: 1, maximum: nil)),
                CoverRule(
                    id: "rn", name: "Nurses by day", unit: "ED", counted: Counted(roles: ["rn"]),
                    weekdays: [.tuesday], from: hour(8), to: hour(20),
                    requirement: .heads(minimum: 1, target: 2, maximum: nil)),
            ],
            people: [
                senior("S1"), senior("S2"), senior("S3", until: wednesday), senior("S4"), senior("S5"),
                person("A1", grade: "B5"), person("A2", grade: "B5"),
            ], leave: leave, bookings: bookings, history: history)
    }

    static let rules = RuleBook(rulesByContract: [
        "AFC": [
            Rule(
                id: "WTR-DAILY", title: "11 hours of rest between duties", source: "SI 1998/1833 reg 10",
                effective: day("1998-10-01"), classification: .statutory, reach: .line,
                kind: .restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any))
        ]
    ])

    static func duty(
        _ person: Person.ID, _ day: Day, _ shift: ShiftType.ID, _ role: Role.ID = "senior",
        source: DutySource = .solved
    ) -> Duty {
        Duty(
            person: person, day: day, unit: "ED", shift: shifts.first { $0.id == shift } ?? shifts[0],
            role: role,
            source: source)
    }

    /// S4 works the day before the hard gap, S5 the day after it.
    static let duties = [
        duty("S1", tuesday, "N"), duty("A1", tuesday, "D", "rn"), duty("S4", wednesday, "D"),
        duty("S5", thursday, "D"),
    ]

    static let run = Run(
        status: .hardGaps(provenMinimal: true),
        levels: [LevelResult(level: 1, objective: 720, bound: 720, proven: true)], parts: ["shortage": 1200],
        seconds: 1.5, secondsToFirst: 0.25, secondsToBest: 1, iterations: 42, seed: .max, threads: 2)

    static let gaps = [
        Gap(
            rule: "senior", unit: "ED", start: London.instant(wednesday, minute: 1200),
            end: London.instant(wednesday, minute: 1920), required: 1, planned: 0, severity: .hard),
        Gap(
            rule: "rn", unit: "ED", start: London.instant(tuesday, minute: 480),
            end: London.instant(tuesday, minute: 1200), required: 2, planned: 1, severity: .belowTarget),
    ]

    static func solved(
        _ scenario: Scenario = scenario(), duties: [Duty] = duties, gaps: [Gap] = gaps
    ) -> SolvedRota {
        SolvedRota(
            scenario: scenario, inputs: ["roster.yaml": String(repeating: "0a", count: 32)],
            packs: ["working-time": "1998"], program: "0.1.0", run: run,
            rota: Rota(period: scenario.period, duties: duties), gaps: gaps)
    }

    static let accepting = [
        hardGap: Acceptance(person: "Dr Example", reason: "on-call consultant within 20 minutes")
    ]

    /// Acceptances of both nights, so many weeks after the invented one.
    static func hardGaps(weeksLater weeks: Int) -> [Gap.ID: Acceptance] {
        let nights = [tuesday, wednesday].map { $0.advanced(by: 7 * weeks) }
        return Dictionary(
            uniqueKeysWithValues: nights.map {
                (Gap.ID("senior@\($0)T20:00"), Acceptance(person: "Dr Example", reason: "known"))
            })
    }

    static func request(
        _ person: Person.ID, _ shift: ShiftType.ID = "N", on day: Day = wednesday, role: Role.ID = "senior",
        gap: Gap.ID = hardGap, skills: Set<Skill.ID> = [], window: BookingRequest.Window? = nil
    ) -> BookingRequest {
        BookingRequest(
            gap: gap, duty: duty(person, day, shift, role, source: .booking), skills: skills, origin: "bank",
            vouchedFor: window)
    }
}

/// A folder of its own for one test, gone with it.
final class TemporaryFolder: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "muster-store-\(UUID())")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}

extension MusterStore {
    @discardableResult
    func saveInvented(_ solved: SolvedRota = InventedWard.solved(), at: Instant = InventedWard.noon) throws
        -> RotaVersion
    {
        try save(solved, by: "R. Example", reason: "first look", at: at)
    }

    @discardableResult
    func publishInvented(
        _ id: RotaVersion.ID, scenario: Scenario = InventedWard.scenario(),
        accepting: [Gap.ID: Acceptance] = InventedWard.accepting
    ) throws -> RotaVersion {
        try publish(
            id, scenario: scenario, rules: InventedWard.rules, accepting: accepting, by: "M. Example",
            reason: "agreed at the roster meeting", at: InventedWard.noon)
    }

    @discardableResult
    func bookInvented(_ request: BookingRequest, scenario: Scenario = InventedWard.scenario()) throws
        -> BookingRecord
    {
        try book(
            request, scenario: scenario, rules: InventedWard.rules, by: "B. Example", reason: "bank desk",
            at: InventedWard.noon)
    }

    func gap(_ id: Gap.ID) throws -> GapRecord? {
        try published(for: InventedWard.scenario()).flatMap { rota in
            try gaps(of: rota.id).first { $0.gap.id == id }
        }
    }
}
