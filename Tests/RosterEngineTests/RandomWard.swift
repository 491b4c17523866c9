import Roster
import RosterCheck
import RulePack

@testable import RosterEngine

/// Random invented wards, by seed: what the properties of the engine are tested on.
enum RandomWard {
    static let shifts: [ShiftType] = [
        shift("E", "07:00", "15:00"),
        shift("L", "13:30", "21:30"),
        shift("LD", "07:30", "20:00", breaks: [30, 30]),
        shift("N", "19:30", "08:00", breaks: [30, 30]),
        shift("NS", "22:00", "06:00"),
        ShiftType(
            id: "OC", name: "On call", start: clock("08:00"), end: clock("08:00"), kind: .onCall,
            paid: PaidMinutes(hours: 6), working: WorkingMinutes(hours: 4), onSite: false,
            countsForCover: false),
        shift("LE", "15:00", "00:30"),
    ]

    static let nurse = Role(
        id: "rn", name: "Registered nurse", staffGroup: .registered, grades: ["B5"], substitutes: ["B6"])
    static let lead = Role(
        id: "lead", name: "Lead", staffGroup: .registered, grades: ["B6"], skills: ["leading"],
        barred: ["agency"])

    static let starts = ["2026-10-12", "2026-10-15", "2026-03-16", "2026-03-22", "2026-06-01", "2026-12-19"]

    static func clock(_ text: String) -> ClockTime {
        guard let clock = ClockTime(text) else { preconditionFailure("not a time: \(text)") }
        return clock
    }

    static func day(_ text: String) -> Day {
        guard let day = Day(text) else { preconditionFailure("not a date: \(text)") }
        return day
    }

    static func shift(_ id: ShiftType.ID, _ from: String, _ to: String, breaks: [Int] = []) -> ShiftType {
        ShiftType(
            id: id, name: id.text, start: clock(from), end: clock(to),
            breaks: breaks.map { ElapsedMinutes($0) }
        )
    }

    static func person(
        _ id: Person.ID = "p1", grade: Grade.ID = "B5", optedOut: Bool = false, hours: Int = 0,
        skills: [Competency] = [], starts: Day? = nil, leaves: Day? = nil
    ) -> Person {
        Person(
            id: id, name: "Person \(id)", organisation: "ORG", unit: "W", grade: grade, contract: "C",
            paidPerWeek: PaidMinutes(hours: hours), optedOut: optedOut, competencies: skills, starts: starts,
            leaves: leaves)
    }

    static func scenario(
        period: Period, people: [Person], shifts: [ShiftType], cover: [CoverRule] = [], leave: [Leave] = [],
        pinned: [Duty] = [], published: [Duty] = [], bookings: [Booking] = [], balances: [Balance] = [],
        preferences: [Preference] = [], history: [HistoryDuty] = [], demand: [DemandRow] = [],
        contract: Contract = Contract(id: "C", name: "Contract", rulePacks: [], hoursOwed: false),
        weights: Weights = Weights()
    ) -> Scenario {
        Scenario(
            name: "Test (invented)", period: period,
            organisations: [Organisation(id: "ORG", name: "Invented trust")],
            sites: [Site(id: "S", name: "Site", organisation: "ORG")],
            units: [Unit(id: "W", name: "Ward", site: "S", organisation: "ORG")],
            grades: [
                Grade(id: "B5", name: "Band 5", staffGroup: .registered),
                Grade(id: "B6", name: "Band 6", staffGroup: .registered),
            ],
            skills: [Skill(id: "leading", name: "Leading")], roles: [nurse, lead], contracts: [contract],
            shiftTypes: shifts, coverRules: cover, people: people, leave: leave, pinned: pinned,
            published: published, bookings: bookings, balances: balances, preferences: preferences,
            history: history, demand: demand, weights: weights)
    }

    static func rule(
        _ kind: RuleKind, id: String = "R", enforcement: Enforcement = .hard, reach: RuleReach = .line
    ) -> Rule {
        Rule(
            id: id, title: "A rule", source: "invented", effective: day("2020-01-01"),
            classification: .policy, reach: reach, enforcement: enforcement, kind: kind)
    }

    static func book(_ rules: [Rule]) -> RuleBook { RuleBook(rulesByContract: ["C": rules]) }

    /// One duty a day at most, none while another is on, back to three weeks before the period.
    static func history(
        of person: Person.ID = "p1", before first: Day, _ random: inout RandomSource
    ) -> [HistoryDuty] {
        let reach = Int.random(in: 0...20, using: &random)
        let density = Double.random(in: 0.2...0.9, using: &random)
        var free = Instant(minutes: 0)
        return (0..<reach).reversed().compactMap { back -> HistoryDuty? in
            guard Double.random(in: 0..<1, using: &random) < density,
                let shift = shifts.randomElement(using: &random)
            else { return nil }
            let duty = Duty(
                person: person, day: first.advanced(by: -1 - back), unit: "W", shift: shift, role: "rn",
                source: .imported)
            guard duty.start >= free else { return nil }
            free = duty.end
            return HistoryDuty(
                person: person, start: duty.start, end: duty.end, paid: duty.paid, working: duty.working,
                kind: shift.kind)
        }
    }
}

extension Problem {
    /// The duties that a choice of slots stands for.
    func duties(_ person: Int, _ slots: [UInt8]) -> [Duty] {
        let model = people[person]
        return slots.enumerated().compactMap { day, slot in
            let slot = model.slots[Int(slot)]
            if let fixed = slot.fixed { return fixed }
            return slot.shift.map {
                Duty(
                    person: model.person.id, day: days[day].day, unit: slot.unit, shift: $0, role: slot.role,
                    source: slot.source)
            }
        }
    }

    /// The slots that a person may take on a day, rules apart.
    func allowed(_ person: Int, _ day: Int) -> [UInt8] {
        let model = people[person]
        return model.slots.indices.filter { model.allowed[model.index(day, $0)] }.map(UInt8.init)
    }

    /// A path through the graph of lines, each day's arc by chance; nil if the days allowed lead nowhere.
    func randomWalk(_ person: Int, working: Double, _ random: inout RandomSource) -> [UInt8]? {
        let model = people[person]
        let graph = graphs[model.graph]
        var node = model.root
        var slots: [UInt8] = []
        for day in 0..<dayCount {
            let open = allowed(person, day)
            let arcs = graph.arcs[Int(graph.firstArc[Int(node)])..<Int(graph.firstArc[Int(node) + 1])]
            let ways = open.flatMap { slot in
                arcs.filter { $0.kind == model.slots[Int(slot)].kind }.map { (slot, $0.target) }
            }
            let worked = ways.filter { $0.0 != 0 }
            let works = Double.random(in: 0..<1, using: &random) < working && !worked.isEmpty
            guard
                let way = (works ? worked : ways.filter { $0.0 == 0 }).randomElement(using: &random)
                    ?? ways.randomElement(using: &random)
            else { return nil }
            slots.append(way.0)
            node = way.1
        }
        return slots
    }

    /// The cheapest lawful line at prices by chance, some slots being shut.
    func pricedLine(
        _ person: Int, working: Double, _ pricer: Pricer, _ random: inout RandomSource
    ) -> [UInt8]? {
        var prices = Prices(problem: self, countsLineCost: true)
        for row in rows.indices { prices.rows[row] = Int64.random(in: -1000...1000, using: &random) }
        let width = people[person].slots.count
        pricer.closed[person] = people[person].allowed.indices.map {
            $0 % width != 0 && Double.random(in: 0..<1, using: &random) > working
        }
        defer { pricer.closed[person] = nil }
        return pricer.price(person, prices).line?.slots
    }

    /// Allowed slots by chance, whatever the rules say.
    func randomLine(_ person: Int, working: Double, _ random: inout RandomSource) -> [UInt8] {
        (0..<dayCount).map { day in
            let open = allowed(person, day)
            let works = Double.random(in: 0..<1, using: &random) < working
            return (works ? open.filter { $0 != 0 } : [0]).randomElement(using: &random) ?? open[0]
        }
    }

    /// The line with one day spent in another way.
    func mutated(_ person: Int, _ slots: [UInt8], _ random: inout RandomSource) -> [UInt8] {
        var slots = slots
        let day = Int.random(in: 0..<dayCount, using: &random)
        slots[day] = allowed(person, day).randomElement(using: &random) ?? slots[day]
        return slots
    }
}

extension RandomSource {
    /// - Precondition: there is at least one.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &self)]
    }
}
