import Foundation
import MusterFiles
import Roster
import RosterCheck
import RulePack

/// An invented department with a rota in a fixed pattern: no search, so that only the writing is tested.
enum WritingFixture {
    static func day(_ text: String) -> Day { Day(text) ?? Day(ordinal: 0) }
    static func clock(_ text: String) -> ClockTime { ClockTime(text) ?? ClockTime(minute: 0) }

    static let firstDay = day("2026-10-19")

    static let shifts = [
        ShiftType(
            id: "E", name: "Early", start: clock("07:30"), end: clock("15:30"),
            breaks: [ElapsedMinutes(30)]),
        ShiftType(
            id: "L", name: "Late", start: clock("12:30"), end: clock("20:30"),
            breaks: [ElapsedMinutes(30)]),
        ShiftType(
            id: "LD", name: "Long day", start: clock("07:30"), end: clock("20:00"),
            breaks: [ElapsedMinutes(60)]),
        ShiftType(
            id: "N", name: "Night", start: clock("19:30"), end: clock("08:00"),
            breaks: [ElapsedMinutes(60)]),
        ShiftType(
            id: "ST", name: "Study day", start: clock("09:00"), end: clock("17:00"), kind: .study,
            countsForCover: false),
    ]

    static let grades = [
        Grade(id: "CONS", name: "Consultant", staffGroup: .medical),
        Grade(id: "ST4", name: "Specialty registrar ST4+", staffGroup: .medical),
        Grade(id: "B7", name: "Band 7 sister or charge nurse", staffGroup: .registered),
        Grade(id: "B5", name: "Band 5 nurse", staffGroup: .registered),
        Grade(id: "B3", name: "Band 3 support worker", staffGroup: .unregistered),
        Grade(id: "ACP", name: "Frailty practitioner", staffGroup: .therapy),
    ]

    static let roles = [
        Role(id: "senior", name: "Senior decision maker", staffGroup: .medical, grades: ["CONS", "ST4"]),
        Role(id: "charge", name: "Nurse in charge", staffGroup: .registered, grades: ["B7"]),
        Role(
            id: "rn", name: "Registered nurse", staffGroup: .registered, grades: ["B5"], substitutes: ["B7"]),
        Role(id: "hcsw", name: "Support worker", staffGroup: .unregistered, grades: ["B3"]),
        Role(id: "frailty", name: "Frailty practitioner", staffGroup: .therapy, grades: ["ACP"]),
    ]

    static let rules = [
        CoverRule(
            id: "senior", name: "Senior decision maker", unit: "ED", purpose: .seniorDecisionMaker,
            counted: Counted(roles: ["senior"]),
            requirement: .arrivals(
                SeniorFormula(floor: 1, minutesByStream: ["majors": 12, "resus": 40], productiveShare: 0.7))),
        CoverRule(
            id: "frailty", name: "Frailty in-reach", unit: "ED", purpose: .frailtyInReach,
            counted: Counted(roles: ["frailty"]), from: clock("08:00"), to: clock("20:00"),
            requirement: .heads(minimum: 1, target: 1, maximum: nil), weeklyMinimum: ElapsedMinutes(hours: 70)
        ),
        CoverRule(
            id: "rn", name: "Registered nurses", unit: "ED", counted: Counted(roles: ["rn", "charge"]),
            requirement: .heads(minimum: 4, target: 5, maximum: 9)),
        CoverRule(
            id: "charge", name: "Nurse in charge", unit: "ED", counted: Counted(roles: ["charge"]),
            requirement: .heads(minimum: 1, target: 1, maximum: nil)),
        CoverRule(
            id: "hcsw", name: "Support workers", unit: "ED", counted: Counted(roles: ["hcsw"]),
            requirement: .heads(minimum: 1, target: 2, maximum: nil)),
        CoverRule(
            id: "mix", name: "Registered share at least 65 %", unit: "ED",
            counted: Counted(roles: ["rn", "charge"]),
            requirement: .atLeast(percent: 65, whole: Counted(roles: ["rn", "charge", "hcsw"]))),
    ]

    /// One whom the pattern meets in every hour of the rule.
    static let easyHardRule = CoverRule(
        id: "easy", name: "A registered nurse", unit: "ED", counted: Counted(roles: ["rn"]),
        from: clock("12:30"), to: clock("15:30"), requirement: .heads(minimum: 1, target: 1, maximum: nil),
        hard: true)

    /// One person, one night: the one that the clocks make an hour longer.
    static var autumnNight: Scenario { scenario(days: 7, people: Array(people().prefix(1))) }

    private static let staff: [(grade: Grade.ID, role: Role.ID, count: Int)] = [
        ("CONS", "senior", 10), ("ST4", "senior", 8), ("B7", "charge", 8), ("B5", "rn", 24),
        ("B3", "hcsw", 13),
        ("ACP", "frailty", 5),
    ]

    private static let given = [
        "Amara", "Bryn", "Chidi", "Deepa", "Eilidh", "Farid", "Grace", "Huw", "Ines", "Jonah", "Keziah",
        "Liam",
        "Maryam", "Niamh", "Oluwaseun", "Priya", "Quentin",
    ]
    private static let family = [
        "Ashdown", "Brackenridge", "Cole", "Drummond-Featherstone", "Eze", "Fairweather", "Gill", "Holt",
        "Ibbotson", "Jarvis", "Khan", "Lowe", "Marsh",
    ]

    static func people(_ share: Int = 1) -> [Person] {
        var number = 0
        return staff.flatMap { group in
            (0..<max(1, group.count / share)).map { _ in
                number += 1
                return Person(
                    id: Person.ID("P\(number)"),
                    name: "\(given[number % given.count]) \(family[number * 5 % family.count])",
                    organisation: "NORTH", unit: "ED", grade: group.grade, contract: "AFC",
                    paidPerWeek: PaidMinutes(number % 4 == 0 ? 1350 : 2250))
            }
        }
    }

    static func scenario(
        days: Int = 28, people: [Person]? = nil, name: String = "Northgate emergency department (invented)",
        rules: [CoverRule] = rules
    ) -> Scenario {
        let people = people ?? self.people()
        let period = Period(first: firstDay, days: days)
        return Scenario(
            name: name, period: period,
            organisations: [Organisation(id: "NORTH", name: "Northgate (invented)")],
            sites: [Site(id: "MAIN", name: "Main site", organisation: "NORTH")],
            units: [Unit(id: "ED", name: "Emergency department", site: "MAIN", organisation: "NORTH")],
            grades: grades, skills: [], roles: roles,
            contracts: [Contract(id: "AFC", name: "Agenda for Change", rulePacks: ["working-time"])],
            shiftTypes: shifts, coverRules: rules, people: people,
            leave: people.enumerated().compactMap { index, person in
                guard index % 6 == 3 else { return nil }
                let start = period.first.advanced(by: index * 3 % days)
                return Leave(
                    person: person.id, first: start, last: start.advanced(by: 4),
                    kind: index % 4 == 1 ? .sickness : .annual)
            },
            demand: period.days.flatMap(arrivals))
    }

    private static func arrivals(_ day: Day) -> [DemandRow] {
        (0..<24).flatMap { hour -> [DemandRow] in
            let start = London.instant(day, minute: hour * 60)
            let end = London.instant(day, minute: hour * 60 + 60)
            let majors: Double = hour > 8 && hour < 22 ? 5 : 1.5
            let resus: Double = day.weekday >= .saturday ? 0.9 : 0.4
            return [
                DemandRow(subject: .stream("ED", "majors"), start: start, end: end, value: majors),
                DemandRow(subject: .stream("ED", "resus"), start: start, end: end, value: resus),
            ]
        }
    }

    /// Four weeks of work that every person walks through from another day on.
    private static let pattern: [ShiftType.ID?] = [
        "LD", "LD", nil, nil, "E", "L", nil, "N", "N", "N", nil, nil, nil, "LD", "E", nil, "LD", "LD", nil,
        nil, "L",
        nil, "N", "N", nil, nil, nil, "ST",
    ]

    static func rota(_ scenario: Scenario) -> Rota {
        let shifts = Dictionary(uniqueKeysWithValues: scenario.shiftTypes.map { ($0.id, $0) })
        let duties = scenario.people.enumerated().flatMap { index, person -> [Duty] in
            scenario.period.days.compactMap { day in
                let step = (day.ordinal + 5 + index * 5) % pattern.count
                guard let code = pattern[step], let shift = shifts[code],
                    !scenario.leave.contains(where: { $0.person == person.id && $0.contains(day) }),
                    let role = scenario.roles.first(where: { $0.grades.contains(person.grade) })
                else { return nil }
                let stands = role.id == "charge" && step % 5 == 4
                return Duty(
                    person: person.id, day: day, unit: person.unit, shift: shift,
                    role: stands ? "rn" : role.id,
                    source: step % 9 == 0 ? .pinned : .solved)
            }
        }
        return Rota(period: scenario.period, duties: duties)
    }

    static let run = run(bound: nil)

    static func run(bound: Double?) -> Run {
        Run(
            status: .hardGaps(provenMinimal: true),
            levels: [
                LevelResult(level: 1, objective: 720, bound: 720, proven: true),
                LevelResult(level: 2, objective: 3600, bound: 3300, proven: true),
                LevelResult(level: 3, objective: 41_250, bound: bound, proven: false),
            ],
            parts: ["shortage": 30_100, "wishes": 640, "nights": 510.5], seconds: 58.2, secondsToFirst: 0.8,
            secondsToBest: 41.7, iterations: 1200, seed: 7, threads: 2)
    }

    static func explanations(_ gaps: [Gap], _ people: [Person]) -> [GapExplanation] {
        gaps.map { gap in
            GapExplanation(
                gap: gap,
                obstacles: people.prefix(gap.severity == .hard ? 9 : 4).enumerated().map { index, person in
                    switch index % 3 {
                    case 0:
                        Obstacle(
                            person: person.id, kind: .leave, sentence: "Is on annual leave until Tue 27 Oct.")
                    case 1:
                        Obstacle(
                            person: person.id, kind: .rule, rule: "WTR-DAILY",
                            sentence:
                                "Would have 9.5 h of rest before the early on Sun 25 Oct; 11 h are the law.")
                    default:
                        Obstacle(
                            person: person.id, kind: .duty, sentence: "Works the night that overlaps it.")
                    }
                },
                relaxations: gap.severity == .hard
                    ? [
                        Relaxation(
                            kind: .extraPerson, sentence: "One more senior decision maker for the night.",
                            remaining: 0),
                        Relaxation(
                            kind: .leave, sentence: "Ask Chidi Holt to come back a day early from leave.",
                            remaining: 120),
                    ] : [],
                hourValue: gap.severity == .hard ? 60 : 112.5)
        }
    }

    static func wishes(_ scenario: Scenario) -> [WishOutcome] {
        scenario.people.enumerated().flatMap { index, person in
            (0..<3).map { count in
                let day = scenario.period.first.advanced(
                    by: (index * 7 + count * 9) % scenario.period.dayCount)
                return WishOutcome(
                    preference: Preference(
                        person: person.id, day: day, wanted: count == 0 ? .off : .shift("LD"),
                        strength: 1 + index % 5),
                    granted: (index + count) % 7 != 0,
                    sentence: (index + count) % 7 == 0
                        ? "It would leave one nurse fewer on the late, for 8 hours." : "Granted.")
            }
        }
    }

    static let ruleBook = RuleBook(
        rulesByContract: [:],
        packs: [
            RulePack(
                id: "working-time", title: "Working Time Regulations 1998", version: "2024-01-01", rules: []),
            RulePack(id: "agenda-for-change", title: "Agenda for Change", version: "2025-04", rules: []),
        ])

    /// The whole department, made once.
    static let output = output(scenario())

    static func output(_ scenario: Scenario, run: Run = run) -> RotaOutput {
        let rota = rota(scenario)
        let report = RosterCheck.check(scenario, ruleBook, rota)
        return RotaOutput(
            scenario: scenario, rules: ruleBook, rota: rota, run: run, report: report,
            explanations: explanations(report.gaps, scenario.people), wishes: wishes(scenario),
            inputHashes: [
                "roster.yaml": String(repeating: "0f", count: 32),
                "people.csv": String(repeating: "a1", count: 32),
            ],
            version: "0.1.0")
    }
}
