import Roster
import Testing

@testable import RosterSamples

@Suite("Sample units")
struct SampleUnitTests {
    @Test("Units share out everybody, in sizes from 20 to 45 once there are enough")
    func sizes() {
        for people in 8...500 {
            let units = SampleUnit.sharing(people: people)
            #expect(units.map(\.people).reduce(0, +) == people)
            #expect(Set(units.map(\.id)).count == units.count)
            if people >= 20 { #expect(units.allSatisfy { (20...45).contains($0.people) }) }
            for unit in units {
                let teams = unit.kind.teams(people: unit.people)
                #expect(teams.map(\.people).reduce(0, +) == unit.people)
                #expect(teams.allSatisfy { $0.people > 0 })
            }
        }
    }

    @Test("An emergency department has the seniors and practitioners that its hard cover needs")
    func emergency() {
        let teams = UnitKind.emergencyDepartment.teams(people: 30)
        #expect(teams.map(\.team.id) == ["seniors", "frailty", "nurses", "support"])
        #expect(teams.map(\.people) == [8, 4, 13, 5])
    }

    @Test("Demand gives each daily slot a head on each day first, then uses the hours up")
    func demand() {
        for team in [Team.nurses, .support, .seniors, .leads, .virtualNurses, .frailty] {
            let hours = 400.0
            let heads = team.demand(hours: hours)
            for (slot, heads) in zip(team.slots, heads) {
                #expect(heads.allSatisfy { $0 >= (slot.isDaily ? 1 : 0) })
                if team.growsOnWeekdays { #expect(heads[5] == (slot.isDaily ? 1 : 0)) }
            }
            let used = zip(team.slots, heads).reduce(0.0) {
                $0 + $1.0.paidHours * Double($1.1.reduce(0, +))
            }
            #expect(used <= hours)
            #expect(used > hours - (team.slots.map(\.paidHours).max() ?? 0))
        }
    }

    @Test("With too few hours the first slot is served first")
    func scarce() {
        #expect(Team.support.demand(hours: 100) == [[1, 1, 1, 1, 1, 1, 1], [1, 0, 0, 0, 0, 0, 0]])
    }
}
