import Foundation
import MusterStore
import Roster
import RulePack
import SystemPool

@testable import MusterLink

/// An invented ward with a published rota in a store of its own, for a lender and for a receiver.
///
/// It asks for one nurse on Monday, whom it has, and for two on Tuesday, of whom it has one: `dee` works on Monday, `eli`
/// on Tuesday, `fay` on neither day. `gil`, who is on neither, has a skill that runs out on Monday.
struct InventedTrust {
    static let monday = Day(ordinal: 20_759)
    static let tuesday = monday.advanced(by: 1)
    static let now = London.instant(monday, minute: 360)
    static let own: Organisation.ID = "NS1"
    static let other: Organisation.ID = "NS2"
    static let gap = Gap.ID("nurses@\(tuesday)T07:30")

    let folder: Scratch
    let store: MusterStore

    /// - Parameters:
    ///   - also: Who else is on duty on Monday.
    ///   - isHard: Whether both nurses of Tuesday are hard cover; that one is missing was accepted.
    ///   - unit: The ward's id.
    ///   - shift: What `eli` works on Tuesday.
    init(
        also: [Person.ID] = [], isHard: Bool = false, unit: Roster.Unit.ID = "OAK",
        shift: ShiftType = longDay
    ) throws {
        let scenario = Self.scenario(isHard: isHard, unit: unit)
        folder = try Scratch()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
        let draft = try store.save(
            SolvedRota(
                scenario: scenario, inputs: [:], packs: [:], program: "0.1.0",
                run: Run(
                    status: .feasible, levels: [], parts: [:], seconds: 1, secondsToFirst: 1,
                    secondsToBest: 1,
                    iterations: 1, seed: 1, threads: 1),
                rota: Rota(
                    period: scenario.period,
                    duties: (["dee"] + also).map { Self.duty($0, Self.monday, in: unit) }
                        + [Self.duty("eli", Self.tuesday, shift, in: unit)]),
                gaps: []), by: "Desk", reason: "first", at: Self.now)
        try store.publish(
            draft.id, scenario: scenario, rules: Self.rules,
            accepting: isHard ? [Self.gap: Acceptance(person: "Matron", reason: "asked elsewhere")] : [:],
            by: "Desk", reason: "agreed", at: Self.now)
    }

    static let longDay = ShiftType(
        id: "LD", name: "Long day", start: ClockTime(minute: 450), end: ClockTime(minute: 1200))

    static let midday = ShiftType(
        id: "MD", name: "Midday", start: ClockTime(minute: 840), end: ClockTime(minute: 930))
    static let early = ShiftType(id: "E", name: "Early", start: longDay.start, end: midday.start)
    static let late = ShiftType(id: "L", name: "Late", start: midday.end, end: longDay.end)

    private static func duty(
        _ person: Person.ID, _ day: Day, _ shift: ShiftType = longDay, in unit: Roster.Unit.ID
    ) -> Duty {
        Duty(person: person, day: day, unit: unit, shift: shift, role: "nurse", source: .solved)
    }

    static let rules = RuleBook(rulesByContract: [
        "AFC": [
            Rule(
                id: "REST", title: "Rest", source: "invented", effective: Day(ordinal: 18_000),
                classification: .statutory, reach: .line,
                kind: .restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any))
        ]
    ])

    static let scenario = scenario(isHard: false)
    static let hard = scenario(isHard: true)

    private static func scenario(isHard: Bool, unit: Roster.Unit.ID = "OAK") -> Scenario {
        Scenario(
            name: "Invented", period: Period(first: monday, days: 2),
            organisations: [Organisation(id: own, name: "Invented trust")],
            sites: [Site(id: "NS1-M", name: "Main site", organisation: own)],
            units: [Roster.Unit(id: unit, name: "Oak ward", site: "NS1-M", organisation: own)],
            grades: [Grade(id: "B5", name: "Band 5", staffGroup: .registered)],
            skills: [Skill(id: "iv", name: "Intravenous"), Skill(id: "lead", name: "In charge")],
            roles: [
                Role(
                    id: "charge", name: "In charge", staffGroup: .registered, grades: ["B5"],
                    skills: ["iv", "lead"]),
                Role(id: "nurse", name: "Nurse", staffGroup: .registered, grades: ["B5"], skills: ["iv"]),
            ],
            contracts: [Contract(id: "AFC", name: "Agenda for Change", rulePacks: [])],
            shiftTypes: [longDay, midday, early, late],
            coverRules: [
                CoverRule(
                    id: "nurses", name: "Nurses by day", unit: unit,
                    counted: Counted(roles: ["charge", "nurse"]),
                    weekdays: [.tuesday], from: longDay.start, to: longDay.end,
                    requirement: .heads(minimum: isHard ? 2 : 0, target: 2, maximum: nil), hard: isHard),
                // Of which nobody is missing.
                CoverRule(
                    id: "iv", name: "Intravenous", unit: unit,
                    counted: Counted(roles: ["nurse"], skills: ["iv"]),
                    weekdays: [.tuesday], from: longDay.start, to: longDay.end,
                    requirement: .heads(minimum: 0, target: 0, maximum: nil)),
                CoverRule(
                    id: "monday", name: "Nurses on Monday", unit: unit, counted: Counted(roles: ["nurse"]),
                    weekdays: [.monday], from: longDay.start, to: longDay.end,
                    requirement: .heads(minimum: 1, target: 1, maximum: nil)),
            ],
            people: ["dee", "eli", "fay", "gil"].map {
                Person(
                    id: $0, name: "\($0) Invented", organisation: own, unit: unit, grade: "B5",
                    contract: "AFC",
                    paidPerWeek: PaidMinutes(hours: 37),
                    competencies: [
                        Competency(
                            skill: "iv", from: Day(ordinal: 18_000), expiry: $0 == "gil" ? monday : nil,
                            sites: $0 == "eli" ? ["NS1-M"] : [])
                    ])
            })
    }

    static let terms = LendingTerms(
        organisation: own, agreement: "sharing",
        partners: [.init(organisation: other, travel: [.init(site: "NS2-H", minutes: 30)])],
        volunteers: [.init(person: "dee"), .init(person: "fay"), .init(person: "gil", until: monday)])

    static let reason: Remark = {
        guard let remark = try? Remark("agreed by telephone") else { preconditionFailure("a plain remark") }
        return remark
    }()

    /// Whom the store shows the system under that pseudonym.
    func source(_ person: Person.ID) throws -> Offer.Source {
        .person(Pseudonym(of: person, key: Array(try store.pseudonymKey())))
    }

    /// A call that has gone so far; from `start` to `end` on the wall, on one day.
    static func call(
        _ id: AidRequest.ID = "aid-1", asking: Organisation.ID = other, lender: Organisation.ID = own,
        source: Offer.Source = .surplus("OAK"), unit: Roster.Unit.ID = "QUAY", vacancy: Vacancy.ID? = nil,
        group: StaffGroup = .registered, grades: [Grade.ID] = ["B5"], skills: [Skill.ID] = ["iv"],
        on day: Day = tuesday, from start: Int = 450, to end: Int = 1200,
        needsInduction: Bool = false, until last: AidStep = .accept
    ) throws -> AidRequest {
        let asks = Actor(organisation: asking, role: .bankDesk)
        let lends = Actor(organisation: lender, role: .bankDesk)
        let loan = AidRequest.Loan(
            lender: lender, offer: "one", source: source, agreement: "sharing", costOwner: .receiver,
            indemnity: .receiverScheme, travelMinutes: 30)
        var call = AidRequest(
            id: id, asking: asking,
            need: AidRequest.Need(
                vacancy: vacancy, site: "NS2-H", unit: unit, staffGroup: group, grades: grades,
                skills: skills, start: London.instant(day, minute: start),
                end: London.instant(day, minute: end), isHard: false,
                needsInduction: needsInduction),
            at: now, by: asks, reason: reason)
        for (step, by) in [(AidStep.offer, lends), (.accept, asks), (.confirm, lends)] {
            call = try call.advanced(step, loan: step == .offer ? loan : nil, by: by, reason: reason, at: now)
            if step == last { break }
        }
        return call
    }
}

extension AidRequest {
    func step(_ step: AidStep, by organisation: Organisation.ID) throws -> AidRequest {
        try advanced(
            step, by: Actor(organisation: organisation, role: .bankDesk), reason: InventedTrust.reason,
            at: InventedTrust.now)
    }
}
