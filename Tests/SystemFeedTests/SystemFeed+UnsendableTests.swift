import Roster
import SystemPool
import Testing

@testable import SystemFeed

@Suite("What the system could not be told")
struct UnsendableTests {
    private func named(_ ward: InventedWard) -> [String] { ward.feed().unsendable().map(\.description) }

    @Test("Ids that the system takes stand in no push's way")
    func none() {
        var ward = InventedWard()
        ward.ask(2, skills: ["iv"])
        #expect(named(ward).isEmpty)
    }

    @Test("A unit is named with what is wrong with its id, also while nobody is missing there")
    func units() {
        var ward = InventedWard()
        ward.unit = "01273-696955"
        #expect(named(ward) == ["unit 01273-696955 reads as a telephone number"])
        ward.unit = "Elm-\u{e9}"
        #expect(named(ward) == ["unit Elm-\u{e9} has other letters or signs than A-Z a-z 0-9 . _ : @ -"])
        // The system would refuse it; that it is left out must not be what becomes of it.
        #expect(ward.feed().push().units.map(\.id) == ["Elm-\u{e9}", "B"])
    }

    @Test("Sites, grades and skills that gaps name, and rules whose gaps have no code, are named all at once")
    func everything() {
        var ward = InventedWard()
        ward.site = "caf\u{e9}"
        ward.moreGrades = [Grade(id: "B\u{e4}nd", name: "Band", staffGroup: .registered)]
        let long = CoverRule.ID(String(repeating: "r", count: 48))
        for (id, counted) in [("any", Counted(skills: ["iv\u{e9}"])), (long, Counted(roles: ["rn"]))] {
            ward.rules.append(
                CoverRule(
                    id: id, name: "Heads", unit: "A", counted: counted, from: InventedWard.clock("07:30"),
                    to: InventedWard.clock("20:00"),
                    requirement: .heads(minimum: 0, target: 1, maximum: nil)))
        }
        let found = ward.feed().unsendable()
        #expect(found.map(\.kind) == [.grade, .rule, .site, .skill])
        #expect(found.map(\.id) == ["B\u{e4}nd", long.text, "caf\u{e9}", "iv\u{e9}"])
        #expect(
            found[1].description.contains(
                "calls a gap \(long)@2026-11-02T07:30, which is longer than 64"))
        // Also while nobody is known to be missing.
        ward.daysWithoutRota = ["A": Set(ward.window.days)]
        #expect(ward.feed().push().vacancies.isEmpty)
        #expect(ward.feed().unsendable().map(\.id) == found.map(\.id))
    }

    @Test("The name of a gap's later part counts too, and a rule for grades that nobody knows of")
    func parts() {
        var ward = InventedWard()
        // With ".720" behind it the id of the second half is one too long.
        let rule = CoverRule.ID(String(repeating: "r", count: 44))
        func ask(_ id: CoverRule.ID, until end: String, _ counted: Counted) {
            ward.rules = [
                CoverRule(
                    id: id, name: "Heads", unit: "A", purpose: .seniorDecisionMaker, counted: counted,
                    from: InventedWard.clock("08:00"), to: InventedWard.clock(end),
                    requirement: .heads(minimum: 1, target: 1, maximum: nil), hard: true)
            ]
        }
        ask(rule, until: "20:00", Counted(roles: ["rn"]))
        #expect(named(ward).isEmpty)
        ask(rule, until: "08:00", Counted(roles: ["rn"]))
        #expect(named(ward).map { $0.contains("T08:00.720, which is longer") } == [true])
        // No doctor's grade is known.
        ask("senior", until: "20:00", Counted(skills: ["iv"]))
        #expect(named(ward) == ["rule senior can be filled by no grade that is known"])
    }

    @Test("A unit that is gone from the unit list and had no such id holds up no push")
    func gone() {
        var ward = InventedWard()
        ward.unitsGone = ["ELM", "01273-696955"].map {
            Roster.Unit(id: Unit.ID($0), name: "Gone", site: "NS1-M", organisation: "NS1")
        }
        #expect(named(ward).isEmpty)
        #expect(ward.feed().push().units.map(\.id) == ["A", "B", "ELM"])
    }
}
