import Roster

/// What one more person-hour is worth where somebody is missing, on level 3.
struct HourValue {
    private let situation: Situation

    init(_ situation: Situation) { self.situation = situation }

    /// Points of level 3 saved by each missing hour that somebody from outside covers, and the dual that says so; nil
    /// if it was not found or no shift reaches the gap.
    ///
    /// The rota is valued with that person added, as it stands and with the neighbourhood solved anew; the
    /// better one counts. What the neighbourhood could gain without the person is not credited to the person.
    func points(for gap: Gap, candidates: [Candidate]) -> (confirmed: Double, dual: Double?)? {
        let scenario = situation.scenario
        guard let rule = scenario.coverRule(gap.rule), !rule.asksWhoSomebodyIs,
            let duty = situation.shapes(for: gap, rule).first
        else { return nil }
        let minutes = duty.minutes(in: situation.open(gap))
        let hood = Neighbourhood(situation, free: people(around: duty, candidates))
        let helped = scenario.adding(duty, for: rule, number: 1)
        guard minutes > 0, let present = hood.present(in: scenario), let added = hood.present(in: helped)
        else { return nil }
        let unhelped = hood.best(in: scenario)
        let before = [present, unhelped?.worth].compactMap { $0 }.min() ?? present
        let after = [added, hood.best(in: helped)?.worth].compactMap { $0 }.min() ?? added
        // One search that was cut short says nothing beside another that was not.
        guard !situation.stop.isDue else { return nil }
        // Where help lets a level before this one gain, points alone would say too little: take the rota as it is.
        let saved =
            after.keepsCover(of: before) && before.keepsCover(of: after)
            ? before.points - after.points : present.points - added.points
        let dual = unhelped?.duals.mean(of: gap.rule, level: 3, from: gap.start, to: gap.end)
        return (saved * 60 / Double(minutes), dual)
    }

    /// Those at work at the time, who could go home, and those who could come in.
    private func people(around duty: Duty, _ candidates: [Candidate]) -> Set<Person.ID> {
        let there = situation.rota.duties.filter {
            $0.unit == duty.unit && $0.role == duty.role && $0.start < duty.end && duty.start < $0.end
        }
        let all = there.map(\.person) + candidates.map(\.person.id)
        var seen: Set<Person.ID> = []
        let known = all.filter { situation.scenario.person($0) != nil && seen.insert($0).inserted }
        return Set(known.prefix(situation.effort.people))
    }
}
