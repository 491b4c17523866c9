import Roster
import RosterCheck

/// What stops one person from one duty, in plain words.
extension Situation {
    /// What would still stop somebody if they were not at work already at that time: a duty that the search placed
    /// could be another's. Nil if nothing would.
    func hindranceBehind(_ duty: Duty, for rule: CoverRule.ID) -> Obstacle? {
        let others = rota.duties.filter {
            $0.person != duty.person || $0.source != .solved || duty.end <= $0.start || $0.end <= duty.start
        }
        let without = RosterCheck(scenario, rules, Rota(period: rota.period, duties: others))
        return hindrance(duty, for: scenario.coverRule(rule), in: without)
    }

    /// Nil if nothing lawful does.
    ///
    /// - Parameters:
    ///   - rule: the cover rule that the duty is meant for, whose skills are asked for beside the role's.
    ///   - other: a reading of another rota than this one.
    func hindrance(_ duty: Duty, for rule: CoverRule?, in other: RosterCheck? = nil) -> Obstacle? {
        let found = (other ?? check).obstacle(to: duty)
        guard let person = scenario.person(duty.person) else { return found }
        switch found?.kind {
        case .leave:
            guard
                let leave = scenario.leave.first(where: {
                    $0.person == person.id && $0.contains(duty.day)
                })
            else { return found }
            return Obstacle(
                person: person.id, kind: .leave, sentence: "\(person.name) is on \(leave.words) \(leave.when)"
            )
        case .skill, nil:
            let asked = (scenario.role(duty.role)?.skills ?? []).union(rule?.skillsAsked ?? [])
            guard let unit = scenario.unit(duty.unit),
                let lacking = asked.sorted().first(where: {
                    !person.holds($0, from: duty.day, through: duty.lastDay, at: unit.site)
                })
            else { return found }
            return Obstacle(
                person: person.id, kind: .skill,
                sentence: "\(person.name)\(person.lack(of: lacking, for: duty, at: unit.site))")
        default:
            // Some of the checker's sentences begin with the name, and the obstacle's begins with it again.
            let name = "\(person.name): "
            guard let found, found.sentence.hasPrefix(name + person.name) else { return found }
            return Obstacle(
                person: person.id, kind: found.kind, rule: found.rule,
                sentence: String(found.sentence.dropFirst(name.count)))
        }
    }
}

extension Leave {
    /// Only what may be asked about is named; why else somebody is away is nobody's business here.
    fileprivate var words: String {
        switch kind {
        case .annual: "annual leave"
        case .study: "study leave"
        default: "leave"
        }
    }

    fileprivate var when: String {
        first == last ? "on \(first.words)" : "from \(first.words) to \(last.words)"
    }
}

extension Person {
    fileprivate func lack(of skill: Skill.ID, for duty: Duty, at site: Site.ID) -> String {
        let held = competencies.filter { $0.skill == skill }
        let here = held.filter { $0.sites.isEmpty || $0.sites.contains(site) }
        if held.isEmpty { return " does not hold the skill \(skill)" }
        guard let last = here.max(by: { $0.from < $1.from }) else {
            return "'s skill \(skill) is not valid at \(site)"
        }
        if let expiry = last.expiry, expiry < duty.day {
            return "'s skill \(skill) expired on \(expiry.words)"
        }
        if let expiry = last.expiry, expiry < duty.lastDay {
            return "'s skill \(skill) ends on \(expiry.words), and the duty on \(duty.end.words)"
        }
        return "'s skill \(skill) begins only on \(last.from.words)"
    }
}
