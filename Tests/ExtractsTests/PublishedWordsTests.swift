import Roster
import RosterCheck
import RulePack
import Testing

@testable import Extracts

/// Two wards that published a rota each, from folders in which one id means two things.
@Suite("Words of published folders")
struct PublishedWordsTests {
    private struct Ward {
        var unit: Unit
        var person: Person.ID
        var roles = [Role(id: "rn", name: "Nurse", staffGroup: .registered, grades: ["B5"])]
        var shift = SmallTrust.day
        var requirement = Requirement.heads(minimum: 1, target: 1, maximum: nil)
        var demand: [DemandRow] = []
        var rest = 11
        var skills: [Competency] = []
        var shares: Set<CoverRule.ID> = []

        func published(worksOn days: [Int] = [], minutesAgo: Int = 0) -> PublishedRota {
            let definitions = SmallTrust().extracts.definitions
            let rules = ["first", "second"].map {
                CoverRule(
                    id: CoverRule.ID($0), name: $0, unit: unit.id, counted: Counted(roles: ["rn"]),
                    from: ClockTime(minute: 480), to: ClockTime(minute: 1170), requirement: requirement,
                    hard: true, sharesWith: shares.subtracting([CoverRule.ID($0)]))
            }
            let scenario = Scenario(
                name: unit.name, period: SmallTrust.window, organisations: definitions.organisations,
                sites: definitions.sites, units: [unit], grades: definitions.grades, skills: [],
                roles: roles, contracts: definitions.contracts, shiftTypes: [shift], coverRules: rules,
                people: [
                    Person(
                        id: person, name: person.text, organisation: "NORTH", unit: unit.id, grade: "B5",
                        contract: "AFC", paidPerWeek: PaidMinutes(hours: 37), competencies: skills,
                        roles: ["rn"])
                ], demand: demand)
            let book = RuleBook(rulesByContract: [
                "AFC": [
                    Rule(
                        id: "REST", title: "Rest", source: "invented", effective: Day(ordinal: 0),
                        classification: .statutory, reach: .line,
                        kind: .restBetween(minimum: ElapsedMinutes(hours: rest), after: .any, before: .any))
                ]
            ])
            return PublishedRota(
                folder: PublishedRota.Folder(scenario, book), period: SmallTrust.window,
                publishedAt: SmallTrust.now - ElapsedMinutes(minutesAgo),
                duties: days.map {
                    Duty(
                        person: person, day: SmallTrust.friday.advanced(by: $0), unit: unit.id, shift: shift,
                        role: "rn", source: .solved)
                })
        }
    }

    private var ash = Ward(unit: SmallTrust.ash, person: "a", shares: ["first", "second"])
    private var oak = Ward(unit: SmallTrust.oak, person: "o", shares: ["first", "second"])

    /// Ash ward's folder is the younger, so it goes first.
    private func picture(
        ash days: [Int] = [0, 1, 2], oak others: [Int] = [0, 1, 2], exports: TrustExtracts? = nil
    ) throws -> Picture {
        let rotas = [ash.published(worksOn: days), oak.published(worksOn: others, minutesAgo: 60)]
        return try #require(
            Picture(
                exports ?? TrustExtracts(publishedAlone: rotas[0]), published: rotas,
                window: SmallTrust.window, now: SmallTrust.now))
    }

    private func gaps(_ picture: Picture) -> [String] {
        RotaCover(picture.coverScenario, picture.rota).gaps().map {
            "\($0.unit) \($0.rule) \(SmallTrust.friday.distance(to: $0.start.day)) \($0.severity)"
        }
    }

    @Test("A hard rule of one unit is not lost because another unit's has its id")
    func rules() throws {
        let picture = try picture(oak: [0, 2])
        #expect(picture.scenario.coverRules.map(\.id) == ["first", "second", "OAK.first", "OAK.second"])
        #expect(picture.scenario.coverRules.map(\.sharesWith.count) == [1, 1, 1, 1])
        #expect(picture.scenario.coverRules.last?.sharesWith == ["OAK.first"])
        #expect(gaps(picture) == ["OAK OAK.first 1 hard", "OAK OAK.second 1 hard"])
        #expect(gaps(try self.picture()).isEmpty)
    }

    @Test("Whose rule keeps its id does not depend on who published last")
    func stable() throws {
        for minutes in [0, 120] {
            let rotas = [
                ash.published(worksOn: [0, 1, 2], minutesAgo: minutes),
                oak.published(worksOn: [0, 2], minutesAgo: 60),
            ]
            let picture = try #require(
                Picture(
                    TrustExtracts(publishedAlone: rotas[0]), published: rotas, window: SmallTrust.window,
                    now: SmallTrust.now))
            #expect(gaps(picture) == ["OAK OAK.first 1 hard", "OAK OAK.second 1 hard"])
        }
    }

    @Test("What each unit's forecast asks for is asked of that unit alone")
    mutating func demand() throws {
        func row(_ heads: Double) -> DemandRow {
            DemandRow(
                subject: .rule("first"), start: London.instant(SmallTrust.friday, minute: 480),
                end: London.instant(SmallTrust.friday, minute: 1170), value: heads)
        }
        (ash.requirement, ash.demand) = (.demand, [row(1)])
        (oak.requirement, oak.demand) = (.demand, [row(2)])
        let demand = try picture().scenario.resolvedDemand()
        #expect(demand.map(\.rule) == ["first", "OAK.first"])
        #expect(demand.map(\.target) == [1, 2])
    }

    @Test("Who is placed in a role is judged by the skills that their own folder asks for")
    mutating func roles() throws {
        ash.roles = [Role(id: "rn", name: "Nurse", staffGroup: .registered, grades: ["B5"])]
        oak.roles = [
            Role(id: "rn", name: "Nurse", staffGroup: .registered, grades: ["B5"], skills: ["iv"])
        ]
        oak.skills = [
            Competency(
                skill: "iv", from: SmallTrust.friday.advanced(by: -9), expiry: SmallTrust.friday)
        ]
        let picture = try picture()
        #expect(picture.scenario.role("rn")?.skills == [])
        #expect(picture.scenario.role("OAK.rn")?.skills == ["iv"])
        #expect(picture.scenario.person("o")?.roles == ["OAK.rn"])
        #expect(
            gaps(picture) == [
                "OAK OAK.first 1 hard", "OAK OAK.second 1 hard", "OAK OAK.first 2 hard",
                "OAK OAK.second 2 hard",
            ])
    }

    @Test("A shift that counts for no cover in its own folder counts for none")
    mutating func shifts() throws {
        oak.shift = ShiftType(
            id: "LD", name: "Study", start: ClockTime(minute: 450), end: ClockTime(minute: 1200),
            countsForCover: false)
        let picture = try picture(oak: [0])
        #expect(picture.scenario.shiftType("OAK.LD")?.countsForCover == false)
        #expect(picture.rota.duties.filter { $0.unit == "OAK" }.map(\.shift) == ["OAK.LD"])
        #expect(gaps(picture).count == 6)
    }

    @Test("A person's rest is that of their own contract")
    mutating func contracts() throws {
        #expect(try picture().scenario.person("o")?.contract == "AFC")
        oak.rest = 12
        let picture = try picture()
        #expect(picture.scenario.person("a")?.contract == "AFC")
        #expect(picture.scenario.person("o")?.contract == "OAK.AFC")
        #expect(picture.rules.rules(for: "AFC") != picture.rules.rules(for: "OAK.AFC"))
        #expect(picture.rules.rules(for: "OAK.AFC").count == 1)
        #expect(picture.scenario.contract("OAK.AFC") != nil)
    }

    @Test("Two folders of one unit mean the same by an id, as do the exports that tell of it")
    mutating func sameUnit() throws {
        oak.unit = SmallTrust.ash
        oak.roles = [Role(id: "rn", name: "Nurse", staffGroup: .registered, grades: ["B5", "B6"])]
        let picture = try picture()
        #expect(picture.scenario.roles.map(\.id) == ["rn"])
        #expect(picture.scenario.coverRules.map(\.id) == ["first", "second"])

        var exports = SmallTrust().extracts
        exports.duties = nil
        oak.unit = SmallTrust.oak
        #expect(try self.picture(exports: exports).scenario.roles.map(\.id) == ["rn"])
    }
}
