import Testing

@testable import Roster

@Suite("What if")
struct WhatIfTests {
    private let first = Day(ordinal: 20_400)

    private var scenario: Scenario {
        let people = (1...20).map { number in
            Person(
                id: Person.ID("n-\(padded(number, 2))"), name: "Invented", organisation: "ORG", unit: "OAK",
                grade: "B5", contract: "AFC", paidPerWeek: PaidMinutes(2250))
        }
        let shift = ShiftType(
            id: "D", name: "Day", start: ClockTime(minute: 480), end: ClockTime(minute: 1200))
        let units = ["OAK", "ELM"].map {
            Unit(id: Unit.ID($0), name: $0, site: "MAIN", organisation: "ORG")
        }
        let quantiles = DemandDistribution([
            .init(probability: 0.5, heads: 4), .init(probability: 0.9, heads: 6),
        ])
        return Scenario(
            name: "Invented", period: Period(first: first, days: 28), organisations: [], sites: [],
            units: units,
            grades: [], skills: [], roles: [], contracts: [], shiftTypes: [shift], coverRules: [],
            people: people,
            leave: [Leave(person: "n-01", first: first, last: first.advanced(by: 6), kind: .annual)],
            pinned: people.map {
                Duty(
                    person: $0.id, day: first.advanced(by: 9), unit: "OAK", shift: shift, role: "rn",
                    source: .pinned)
            },
            demand: [
                DemandRow(
                    subject: .rule("rn"), start: Instant(minutes: 0), end: Instant(minutes: 60), value: 5,
                    quantiles: quantiles)
            ])
    }

    @Test("A fifth more demand is a fifth more in value and every quantile")
    func demand() throws {
        let (changed, said) = WhatIf(name: "surge", demandPercent: 20).applied(to: scenario)
        let row = try #require(changed.demand.first)
        #expect(row.value == 6)
        #expect(
            abs(row.quantiles!.quantile(0.5) - 4.8) < 1e-9 && abs(row.quantiles!.quantile(0.9) - 7.2) < 1e-9)
        #expect(said == ["20 % more demand and arrivals; fixed numbers of heads stay as they are"])
    }

    @Test(
        "Twelve per cent of person-days fall sick, never on leave or on a pinned duty, and the same each time"
    )
    func sickness() {
        let whatIf = WhatIf(name: "flu", sicknessPercent: 12, seed: 4)
        let (changed, _) = whatIf.applied(to: scenario)
        let sick = changed.leave.filter { $0.kind == .sickness }
        #expect(sick.reduce(0) { $0 + $1.first.distance(to: $1.last) + 1 } == 67)
        #expect(sick.allSatisfy { !$0.contains(first.advanced(by: 9)) })
        #expect(sick.filter { $0.person == "n-01" }.allSatisfy { $0.first > first.advanced(by: 6) })
        #expect(whatIf.applied(to: scenario).scenario.leave == changed.leave)
        let days = sick.flatMap { leave in (leave.first...leave.last).map { "\(leave.person) \($0)" } }
        #expect(Set(days).count == days.count)
    }

    @Test("Whoever is lost leaves nothing behind, and is named")
    func lost() {
        let (named, said) = WhatIf(name: "two", lost: .named(["n-01", "n-07"])).applied(to: scenario)
        #expect(named.people.count == 18 && named.pinned.count == 18 && named.leave.isEmpty)
        #expect(said == ["2 people lost: n-01, n-07", "2 pinned duties of theirs fall away"])
        let (drawn, _) = WhatIf(name: "ten", lost: .count(10)).applied(to: scenario)
        #expect(drawn.people.count == 10)
    }

    @Test("A closed unit needs nobody and keeps no pinned duty")
    func closed() {
        let closure = WhatIf.Closure(unit: "OAK", first: first.advanced(by: 8), last: first.advanced(by: 10))
        let (changed, _) = WhatIf(name: "refit", closures: [closure]).applied(to: scenario)
        #expect(changed.pinned.isEmpty)
        #expect(changed.unit("OAK")?.isClosed(on: first.advanced(by: 9)) == true)
        #expect(changed.unit("OAK")?.isClosed(on: first.advanced(by: 11)) == false)
        #expect(changed.unit("ELM")?.isClosed(on: first.advanced(by: 9)) == false)
    }

    @Test("A what-if of nothing changes nothing")
    func nothing() {
        let (changed, said) = WhatIf(name: "nothing").applied(to: scenario)
        #expect(said.isEmpty)
        #expect(
            changed.people == scenario.people && changed.demand == scenario.demand
                && changed.leave == scenario.leave)
    }
}
