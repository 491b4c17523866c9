import Roster
import RosterCheck
import RosterEngine
import RulePack

/// A rota with everything that is asked about it over and over.
struct Situation {
    let scenario: Scenario
    let rules: RuleBook
    let rota: Rota
    let run: Run
    let effort: ExplainEffort
    let stop: Stop
    let check: RosterCheck
    let cover: RotaCover
    let gaps: [Roster.Unit.ID: [Gap]]
    /// Duties of the rota and of confirmed bookings that it does not hold, without those of people who are lent then.
    let everyDuty: [Duty]
    let dutiesByPerson: [Person.ID: [Duty]]
    /// By rule, by start.
    let requirements: [CoverRule.ID: [CoverRequirement]]
    let preferences: [Person.ID: [Preference]]

    init(
        _ scenario: Scenario, _ rules: RuleBook, _ rota: Rota, run: Run, effort: ExplainEffort, stop: Stop
    ) {
        self.scenario = scenario
        self.rules = rules
        self.rota = rota
        self.run = run
        self.effort = effort
        self.stop = stop
        check = RosterCheck(scenario, rules, rota)
        cover = RotaCover(scenario, rota)
        gaps = Dictionary(grouping: cover.gaps(), by: \.unit)
        let booked = scenario.bookings.compactMap { booking in
            scenario.shiftType(booking.shift).map {
                Duty(
                    person: booking.person, day: booking.day, unit: booking.unit, shift: $0,
                    role: booking.role, source: .booking)
            }
        }
        let planned =
            rota.duties
            + booked.filter { one in
                !rota.duties.contains { $0.person == one.person && $0.start == one.start }
            }
        everyDuty = planned.filter { duty in !scenario.away.contains { $0.cuts(into: duty) } }
        dutiesByPerson = Dictionary(grouping: rota.duties, by: \.person)
        requirements = Dictionary(grouping: scenario.resolvedDemand(), by: \.rule)
            .mapValues { $0.sorted { $0.start < $1.start } }
        preferences = Dictionary(grouping: scenario.preferences, by: \.person)
    }

    func duties(of person: Person.ID, on day: Day) -> [Duty] {
        (dutiesByPerson[person] ?? []).filter { $0.day == day }
    }

    func report(_ other: Rota) -> CheckReport { RosterCheck.check(scenario, rules, other) }

    /// Solves with this situation's limits; nil if somebody has no lawful line then.
    func solve(_ scenario: Scenario, _ rules: RuleBook, until isEnough: (Progress) -> Bool = { _ in false })
        -> SolveResult?
    {
        guard !stop.isDue else { return nil }
        let inner = Stop(seconds: nil, within: stop)
        var options = SolveOptions()
        options.iterations = effort.iterations
        options.seed = run.seed
        return try? RosterEngine.solve(scenario, rules, options: options, stop: inner) { progress in
            if isEnough(progress) { inner.ask() }
        }
    }
}
