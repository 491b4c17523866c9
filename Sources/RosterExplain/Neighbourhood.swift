import Roster
import RosterEngine
import RulePack

/// A few people whose duties may change, and everybody else, whose duties stand.
///
/// Everybody stays in the scenario, so fair shares and cover are what they were, and points can be compared.
struct Neighbourhood {
    /// What a solution is worth on the three levels.
    struct Worth: Comparable {
        let hard: Double
        let minimum: Double
        let points: Double
        let parts: [String: Double]

        init(_ run: Run) {
            hard = run.levels.first { $0.level == 1 }?.objective ?? 0
            minimum = run.levels.first { $0.level == 2 }?.objective ?? 0
            points = run.levels.first { $0.level == 3 }?.objective ?? 0
            parts = run.parts
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.hard, left.minimum, left.points) < (right.hard, right.minimum, right.points)
        }

        /// As good on hard cover and on minimums.
        func keepsCover(of other: Worth) -> Bool { (hard, minimum) <= (other.hard, other.minimum) }
    }

    let free: Set<Person.ID>
    private let situation: Situation

    init(_ situation: Situation, free: Set<Person.ID>) {
        self.situation = situation
        self.free = free
    }

    /// The rota as it is, in a scenario with other preferences or bookings.
    func present(in scenario: Scenario) -> Worth? {
        // Nobody has a choice, so the first rota is the only one.
        situation.solve(standing(scenario, except: []), situation.rules, until: { _ in true })
            .map { Worth($0.run) }
    }

    /// The best found when the free people may be rostered anew.
    func best(in scenario: Scenario) -> (rota: Rota, worth: Worth, duals: [HourDual])? {
        situation.solve(standing(scenario, except: free), situation.rules).map {
            ($0.rota, Worth($0.run), $0.duals)
        }
    }

    private func standing(_ scenario: Scenario, except moving: Set<Person.ID>) -> Scenario {
        let pinned = situation.rota.duties.filter { duty in
            !moving.contains(duty.person) && !scenario.isBooked(duty) && scenario.person(duty.person) != nil
        }
        return scenario.replacing(
            people: scenario.people.map {
                moving.contains($0.id) ? $0 : $0.standing(bound: free.contains($0.id))
            },
            pinned: pinned + scenario.pinned.filter { moving.contains($0.person) })
    }
}

extension Person {
    /// The same person with no other choice than what is pinned: no role is open to them. Those who are not
    /// `bound` lose their contract's rules too, which cost time and can change nothing.
    fileprivate func standing(bound: Bool) -> Person {
        Person(
            id: id, name: name, organisation: organisation, unit: unit, otherUnits: otherUnits, grade: grade,
            contract: bound ? contract : Scenario.standing, paidPerWeek: paidPerWeek, optedOut: optedOut,
            competencies: competencies, roles: ["(none open)"], markers: markers, workingDays: workingDays,
            starts: starts, leaves: leaves)
    }
}
