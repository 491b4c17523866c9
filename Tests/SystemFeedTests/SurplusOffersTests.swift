import Extracts
import Roster
import SystemPool
import Testing

@testable import SystemFeed

@Suite("Whom a unit can spare")
struct SurplusOffersTests {
    private var ward: InventedWard

    init() {
        ward = InventedWard()
        ward.terms = LendingTerms(
            organisation: "NS1", agreement: "sharing", partners: ward.terms.partners, lendsSurplus: true)
    }

    private func put(
        _ people: [Person.ID], into ward: inout InventedWard, grade: Grade.ID = "B5", as role: Role.ID = "rn",
        skills: Set<Skill.ID> = ["iv"]
    ) {
        for person in people {
            ward.hire(person, grade: grade, skills: skills)
            ward.work(person, as: role)
        }
    }

    @Test(
        "Who is present above what is asked for is offered as a head of the unit, and the line says what must stay"
    )
    func surplus() throws {
        var ward = ward
        ward.ask(1)
        put(["one", "two"], into: &ward)
        let push = ward.feed().push()
        let offer = try #require(push.offers.first)
        #expect(push.offers.count == 1)
        #expect(offer.source == .surplus("A"))
        #expect(offer.releasedFrom == ["A.0730"])
        let stretch = try #require(push.cover.first?.stretches.first)
        #expect((stretch.present, stretch.keep) == (2, 1))
    }

    @Test(
        "A head that was offered keeps its name while another goes: a call for it would be refused otherwise")
    func names() throws {
        var ward = ward
        ward.ask(1)
        put(["one", "two", "three"], into: &ward)
        let before = ward.feed().push().offers.map(\.id)
        #expect(before.count == 2)
        for gone in before {
            let left = ward.feed(taken: [gone]).push().offers.map(\.id)
            #expect(left.first == before.first { $0 != gone } && !left.contains(gone))
        }
    }

    @Test("Whoever lacks something that they need is no head that a unit could name")
    func passport() {
        var ward = ward
        ward.ask(1)
        put(["one", "two", "three"], into: &ward)
        func heads(_ standing: StaffPassport.Standing) -> Int {
            ward.terms = LendingTerms(
                organisation: "NS1", agreement: "sharing", partners: ward.terms.partners, lendsSurplus: true,
                passports: [
                    "one": StaffPassport([.registration: standing]),
                    "two": StaffPassport([.registration: standing]),
                ])
            return ward.feed().push().offers.count
        }
        #expect(heads(.held) == 2)
        #expect(heads(.through(InventedWard.monday.advanced(by: -1))) == 1)
    }

    @Test("A unit with nobody to spare lends nobody")
    func nobodyToSpare() {
        var ward = ward
        ward.ask(2)
        put(["one", "two"], into: &ward)
        #expect(ward.feed().push().offers.isEmpty)
    }

    @Test(
        "A second head is offered only where the unit can do without both: of a share, the heads alone do not tell"
    )
    func share() throws {
        var ward = ward
        ward.ask(1)
        put(["n1", "n2", "n3"], into: &ward)
        put(["a1", "a2"], into: &ward, grade: "B2", as: "hca")
        #expect(
            ward.feed().push().offers.map(\.grade) == ["B5", "B5"], "without a share two of three can go")
        // With two of three nurses gone, one of three would be a nurse.
        ward.askForShare(atLeast: 50)
        let push = ward.feed().push()
        #expect(push.offers.map(\.grade) == ["B5"])
        _ = try OrganisationPush.read(push.json())
    }

    @Test("Of two grades whose share is ruled, one alone is offered: no line could hold both back")
    func oneShape() {
        var ward = ward
        ward.ask(1)
        put(["n1", "n2", "n3", "n4"], into: &ward)
        put(["s1", "s2"], into: &ward, grade: "B6")
        put(["a1", "a2"], into: &ward, grade: "B2", as: "hca")
        #expect(Set(ward.feed().push().offers.map(\.grade)) == ["B5", "B6"])
        ward.askForShare(atLeast: 67)
        // Six of eight are nurses, and one of either grade can go, but not one of both.
        #expect(ward.feed().push().offers.map(\.grade) == ["B5"])
        // At another time nobody takes away from the share by day.
        ward.ask(1, from: "20:00", to: "08:00")
        let dark = ShiftType(
            id: "D", name: "Dark", start: InventedWard.clock("20:00"), end: InventedWard.clock("08:00"))
        ward.shifts.append(dark)
        for id in ["d1", "d2"] {
            ward.hire(Person.ID(id), grade: "B6")
            ward.work(Person.ID(id), dark)
        }
        #expect(Set(ward.feed().push().offers.map(\.grade)) == ["B5", "B6"])
    }

    @Test("Who is one of those of whom a share is asked matters for it, and nobody does when it is not asked")
    func whole() {
        var ward = ward
        ward.ask(1)
        ward.ask(1, role: "hca")
        put(["n1", "n2", "n3"], into: &ward)
        put(["a1", "a2"], into: &ward, grade: "B2", as: "hca")
        func grades(_ change: (inout InventedWard) -> Void) -> Set<Grade.ID> {
            var ward = ward
            change(&ward)
            return Set(ward.feed().push().offers.map(\.grade))
        }
        #expect(grades { _ in } == ["B5", "B2"])
        #expect(grades { $0.askForShare(atLeast: 20) } == ["B5"])
        #expect(grades { $0.askForShare(atLeast: 20, on: [.tuesday]) } == ["B5", "B2"])
    }

    @Test("Those go first whom the fewest rules count, and a head who alone has a skill does not go")
    func skill() throws {
        var ward = ward
        ward.ask(1)
        ward.ask(1, from: "07:31", skills: ["iv"])
        put(["n1"], into: &ward)
        put(["n2", "n3"], into: &ward, skills: [])
        let push = ward.feed().push()
        #expect(push.offers.map(\.releasedFrom) == [["A.0730"], ["A.0730"]])
        let line = try #require(push.cover.first { $0.id == "A.0730" })
        #expect(line.stretches.allSatisfy { $0.present == 3 && $0.keep == 1 })
        ward.rules = []
        ward.ask(2)
        ward.ask(1, from: "07:31", skills: ["iv"])
        ward.hire("n0")
        ward.duties.removeAll { $0.person == "n3" }
        ward.work("n0")
        #expect(ward.feed().push().offers.map(\.releasedFrom) == [["A.0730"]], "n2, not n0")
        ward.rules.removeFirst()
        ward.ask(1)
        // The representative by name has no such skill, the others have: one of them has to stay.
        ward.duties = []
        ward.people = []
        put(["n1"], into: &ward, skills: [])
        put(["n2"], into: &ward)
        #expect(ward.feed().push().offers.map(\.releasedFrom) == [["A.0730"]])
    }

    @Test("A head has the skills and inductions of everybody who could be named for it, and no others")
    func skillsOfAll() throws {
        var ward = ward
        ward.ask(1)
        ward.terms = LendingTerms(
            organisation: "NS1", agreement: "sharing", partners: ward.terms.partners,
            volunteers: ["n1", "n2"].map { .init(person: $0, inducted: ["NS2-H", Site.ID("NS2-\($0)")]) },
            lendsSurplus: true)
        put(["n1", "n2"], into: &ward, skills: ["iv", "als"])
        func offered() throws -> (skills: [Skill.ID], inducted: [Site.ID]) {
            let push = try OrganisationPush.read(try ward.feed().push().json())
            let offer = try #require(push.offers.first { $0.source == .surplus("A") })
            return (offer.skills.map(\.id), offer.inducted)
        }
        #expect(try offered().skills == ["als", "iv"] && offered().inducted == ["NS2-H"])
        // Of three who are there two can go, and the third could be one of them.
        put(["n3"], into: &ward, skills: ["iv"])
        #expect(try offered().skills == ["iv"] && offered().inducted == [])
        // Who has to stay is nobody who could be named.
        ward.ask(1, from: "07:31", skills: ["key"])
        ward.people.removeAll { $0.id == "n3" }
        ward.hire("n3", skills: ["key"])
        #expect(try offered().skills == ["als", "iv"] && offered().inducted == ["NS2-H"])
    }

    @Test(
        "A head's skill ends with the first of those who could be named, and is valid wherever they could go")
    func skillEnds() throws {
        var ward = ward
        ward.ask(1)
        func offered(_ competencies: [[Competency]]) throws -> [Offer.Skill] {
            ward.people = []
            ward.duties = []
            for (number, held) in competencies.enumerated() {
                let id = Person.ID("n\(number)")
                ward.hire(id, held: held)
                ward.work(id)
            }
            return try #require(ward.feed().push().offers.first).skills
        }
        func iv(until expiry: String?, sites: Set<Site.ID> = []) -> Competency {
            Competency(
                skill: "iv", from: InventedWard.day("2020-01-01"), expiry: expiry.map(InventedWard.day),
                sites: sites)
        }
        let ends = try offered([
            [iv(until: "2026-12-24"), iv(until: "2027-12-24")], [iv(until: "2027-06-30")], [iv(until: nil)],
        ])
        #expect(ends == [Offer.Skill(id: "iv", expiry: InventedWard.day("2027-06-30"))])
        #expect(try offered([[iv(until: nil)], [iv(until: nil)]]) == [Offer.Skill(id: "iv")])
        #expect(try offered([[iv(until: nil)], [iv(until: "2026-11-01")]]).isEmpty)
        for site: Site.ID in ["NS1-M", "NS2-H"] {
            #expect(
                try offered([[iv(until: nil)], [iv(until: "2027-06-30", sites: [site])]])
                    == [Offer.Skill(id: "iv", expiry: InventedWard.day("2027-06-30"), sites: [site])])
        }
        #expect(
            try offered([[iv(until: nil, sites: ["NS1-M"])], [iv(until: nil, sites: ["NS2-H"])]]).isEmpty)
        #expect(try offered(Array(repeating: [iv(until: nil, sites: ["elsewhere"])], count: 2)).isEmpty)
    }

    @Test("By data of a unit that are out of date nobody is to spare, of that unit")
    func outOfDate() {
        var ward = ward
        ward.ask(1)
        ward.ask(1, in: "B")
        put(["n1", "n2"], into: &ward)
        for id in ["b1", "b2"] {
            ward.hire(Person.ID(id), unit: "B")
            ward.work(Person.ID(id), in: "B")
        }
        #expect(ward.feed().push().offers.map(\.source) == [.surplus("A"), .surplus("B")])
        ward.findings = [
            Finding(check: .staleExtract, severity: .warning, units: ["A"], sentence: "A week old.")
        ]
        #expect(ward.feed().push().offers.map(\.source) == [.surplus("B")])
    }

    @Test("Heads of the same grade and start who work to different ends are told apart")
    func ids() throws {
        var ward = ward
        ward.ask(1, to: "13:30")
        ward.ask(1, from: "13:30")
        put(["n1", "n2"], into: &ward)
        let early = ShiftType(
            id: "E", name: "Early", start: InventedWard.clock("07:30"), end: InventedWard.clock("13:30"))
        ward.shifts.append(early)
        for id in ["n3", "n4"] {
            ward.hire(Person.ID(id))
            ward.work(Person.ID(id), early)
        }
        let push = ward.feed().push()
        #expect(push.offers.count > 2)
        _ = try OrganisationPush.read(push.json())
    }
}
