import Extracts
import Foundation
import MusterFiles
import Roster
import RosterCheck
import RulePack
import SystemPool

@testable import SystemFeed

/// Numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
    mutating func isOne(in number: Int) -> Bool { Int.random(in: 0..<number, using: &self) == 0 }
    mutating func some<Value>(of values: [Value]) -> Set<Value> {
        Set(values.filter { _ in Bool.random(using: &self) })
    }
}

/// A roster of whatever rules, with whoever is on duty by chance: what is missing, and what whoever comes would fill.
struct InventedShortage {
    var scenario: Scenario
    var duties: [Duty] = []

    static let monday = InventedWard.monday

    /// - Parameter rules: Of unit `A`.
    init(_ rules: [CoverRule], days: Int = 2, demand: [DemandRow] = []) {
        scenario = Scenario(
            name: "Invented", period: Period(first: Self.monday, days: days),
            organisations: [Organisation(id: "NS1", name: "Invented trust")],
            sites: [Site(id: "NS1-M", name: "Main site", organisation: "NS1")],
            units: [Unit(id: "A", name: "Ward A", site: "NS1-M", organisation: "NS1")],
            grades: [
                Grade(id: "B5", name: "Band 5", staffGroup: .registered),
                Grade(id: "B6", name: "Band 6", staffGroup: .registered),
            ],
            skills: [Skill(id: "iv", name: "Intravenous"), Skill(id: "lead", name: "In charge")],
            roles: [
                Role(
                    id: "charge", name: "In charge", staffGroup: .registered, grades: ["B6"], skills: ["lead"]
                ),
                Role(id: "rn", name: "Nurse", staffGroup: .registered, grades: ["B5", "B6"]),
            ],
            contracts: [Contract(id: "AFC", name: "Agenda for Change", rulePacks: [])],
            shiftTypes: [InventedWard.longDay, InventedWard.night], coverRules: rules, people: [],
            demand: demand)
    }

    /// A roster that ships with Muster, of which so many of a hundred people have a duty on each day.
    init(shipped name: String, onDuty percent: Int, _ dice: inout Dice) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Rosters/\(name)")
        scenario = try RosterFolder.read(folder).scenario
        for person in scenario.people {
            for day in scenario.period.days where Int.random(in: 0..<100, using: &dice) < percent {
                let options = scenario.shiftTypes.flatMap { shift in
                    scenario.roles.filter {
                        shift.countsForCover && $0.canBeFilled(by: person)
                            && (shift.roles.isEmpty || shift.roles.contains($0.id))
                    }.map { (shift, $0.id) }
                }
                guard let (shift, role) = options.randomElement(using: &dice) else { continue }
                duties.append(
                    Duty(
                        person: person.id, day: day, unit: person.unit, shift: shift, role: role,
                        source: .imported))
            }
        }
    }

    func feed(at now: String? = nil) -> SystemFeed {
        SystemFeed(
            Picture(
                organisation: scenario.organisations[0], window: scenario.period, scenario: scenario,
                rota: Rota(period: scenario.period, duties: duties), rules: RuleBook(rulesByContract: [:])),
            terms: LendingTerms(organisation: "NS1", agreement: "sharing", partners: [], volunteers: []),
            key: InventedWard.key,
            at: now.map(InventedWard.at) ?? London.instant(scenario.period.first, minute: 0))
    }

    /// What is missing now, besides what a hard rule would like to have beyond its minimum.
    func gaps() -> [Gap] {
        feed().cover.gaps().filter { gap in
            guard let rule = scenario.coverRule(gap.rule), gap.measure == .heads else { return false }
            return rule.asksForHeads && !(rule.hard && gap.severity == .belowTarget)
        }
    }

    /// Somebody comes who counts for the rule of the vacancy, and has no more than that needs.
    mutating func fill(_ vacancy: Vacancy, heads: Int = 1, _ dice: inout Dice) {
        guard let id = vacancy.id.rule, let rule = scenario.coverRule(CoverRule.ID(String(id))) else {
            return
        }
        for _ in 0..<heads {
            let roles = scenario.roles.filter { role in
                (rule.counted.roles.isEmpty || rule.counted.roles.contains(role.id))
                    && (rule.counted.grades.isEmpty || !rule.counted.grades.isDisjoint(with: role.grades))
            }
            guard let role = roles.randomElement(using: &dice) else { return }
            let grades =
                rule.counted.grades.isEmpty ? role.grades : role.grades.intersection(rule.counted.grades)
            let name = Person.ID("visitor-\(scenario.people.count)")
            let markers = rule.counted.markers.sorted().randomElement(using: &dice).map { Set([$0]) } ?? []
            let person = Person(
                id: name, name: "Visitor", organisation: scenario.organisations[0].id, unit: vacancy.unit,
                grade: grades.min() ?? "B5", contract: scenario.contracts[0].id, paidPerWeek: PaidMinutes(0),
                competencies: rule.counted.skills.union(role.skills).map {
                    Competency(skill: $0, from: Day(ordinal: 0))
                }, markers: markers)
            scenario = scenario.adding(person)
            work(name, from: vacancy.start, to: vacancy.end, as: role.id, in: vacancy.unit)
        }
    }

    mutating func work(
        _ person: Person.ID, from start: Instant, to end: Instant, as role: Role.ID = "rn",
        in unit: Roster.Unit.ID = "A"
    ) {
        let shift = scenario.shiftTypes.first { $0.countsForCover && $0.onSite }?.id ?? "LD"
        duties.append(
            Duty(
                person: person, day: start.day, unit: unit, shift: shift, role: role, start: start, end: end,
                paid: PaidMinutes((end - start).count), working: WorkingMinutes((end - start).count),
                source: .imported))
    }

    mutating func hire(_ id: Person.ID, grade: Grade.ID = "B5", skills: Set<Skill.ID> = []) {
        scenario = scenario.adding(
            Person(
                id: id, name: "Nurse", organisation: "NS1", unit: "A", grade: grade, contract: "AFC",
                paidPerWeek: PaidMinutes(hours: 37),
                competencies: skills.map { Competency(skill: $0, from: Day(ordinal: 0)) }))
    }
}

extension Scenario {
    func adding(_ person: Person) -> Scenario { replacing(people: people + [person]) }
}

extension CoverRule {
    /// Of unit `A`.
    static func asking(
        _ id: ID, _ heads: Int, least: Int = 0, of counted: Counted = Counted(roles: ["rn", "charge"]),
        from: String = "07:30", to: String = "20:00", hard: Bool = false, risk: Int = 1, sharing: Set<ID> = []
    ) -> CoverRule {
        CoverRule(
            id: id, name: "Heads", unit: "A", counted: counted, from: InventedWard.clock(from),
            to: InventedWard.clock(to),
            requirement: .heads(minimum: hard ? heads : least, target: heads, maximum: nil), hard: hard,
            risk: risk, sharesWith: sharing)
    }
}
