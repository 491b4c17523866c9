import Extracts
import Roster
import RosterCheck

/// Asks an organisation's own rota, as it stands now, whether somebody may be lent.
public struct LendingCheck {
    private let picture: Picture
    private let lent: [AwayDuty]
    private let cover: RotaCover

    /// - Parameter lent: Who goes elsewhere already, under other calls. They are not at home meanwhile, whatever the rota
    ///   says.
    public init(_ picture: Picture, lent: [AwayDuty] = []) {
        self.picture = picture.without(lent)
        self.lent = lent
        cover = RotaCover(self.picture.coverScenario, self.picture.rota)
    }

    /// What stands against it, one sentence each; empty if nothing does.
    ///
    /// Rest and hours on both sides by the rules of their contract, leave, employment; and what they leave at home: no
    /// rule of their unit may miss more people than before. Where the data of their unit are out of date, nobody is known
    /// to be free or to spare.
    public func obstacles(to away: AwayDuty) -> [String] {
        guard let person = picture.scenario.person(away.person) else {
            return ["\(away.person) is not among the people of this organisation"]
        }
        let released = duties(of: person.id).filter { $0.start < away.returns && away.leaves < $0.end }
        // A duty at home is worked whole or not at all.
        let unspared = released.filter { duty in
            !cover.spare(duty, from: duty.start, to: duty.end).contains {
                $0.start == duty.start && $0.end == duty.end
            }
        }
        return unspared.map { duty in
            let unit = picture.scenario.unit(duty.unit)?.name ?? duty.unit.text
            return "\(unit) would fall below its own cover without them from \(duty.start) to \(duty.end)"
        } + unknown(person, away) + picture.outOfDate(in: person.unit) + absence(person, away)
            + breaches(person, away, without: released)
    }

    /// Where there is no rota nobody is known to be off duty.
    private func unknown(_ person: Person, _ away: AwayDuty) -> [String] {
        let days = away.leaves.day...away.returns.day
        guard !picture.hasRota(of: person.unit, on: days) else { return [] }
        let unit = picture.scenario.unit(person.unit)?.name ?? person.unit.text
        return ["No rota of \(unit) is known for all days from \(days.lowerBound) to \(days.upperBound)"]
    }

    private func duties(of person: Person.ID) -> [Duty] {
        (picture.rota.duties + picture.following + picture.doubtful).filter { $0.person == person }
    }

    private func absence(_ person: Person, _ away: AwayDuty) -> [String] {
        let days = away.leaves.day...away.returns.day
        var sentences: [String] = []
        if days.contains(where: { !person.isEmployed(on: $0) }) {
            sentences.append("They are not employed here on all of those days")
        }
        if picture.scenario.leave.contains(where: { leave in
            leave.person == person.id && leave.contains(away.start.day)
        }) {
            sentences.append("They are unavailable on \(away.start.day)")
        }
        if lent.contains(where: {
            $0.person == person.id && $0.leaves < away.returns && away.leaves < $0.returns
        }) {
            sentences.append("They are lent elsewhere at that time")
        }
        return sentences
    }

    private func breaches(_ person: Person, _ away: AwayDuty, without released: [Duty]) -> [String] {
        let scenario = picture.scenario
        let first = picture.window.first.advanced(by: -14)
        let last = max(picture.window.last, away.returns.day).advanced(by: 14)
        let period = Period(first: first, days: first.distance(to: last) + 1)
        let others = lent.filter { $0.person == person.id }
        let own = duties(of: person.id).filter { !released.contains($0) } + others.map(\.duty)
        let book = picture.rules
        let wide = scenario.asLine(over: period)
        func found(_ duties: [Duty]) -> Set<Breach> {
            Set(
                LineCheck.breaches(person: person, duties: duties, scenario: wide, rules: book).filter(
                    \.counts))
        }
        return found(own + [away.duty]).subtracting(found(own)).map(\.sentence).sorted()
    }
}

extension Picture {
    /// What is known of a unit and out of date, one sentence each; empty if nothing is.
    func outOfDate(in unit: Unit.ID) -> [String] {
        findings.filter { $0.check == .staleExtract && $0.units.contains(unit) }.map(\.sentence)
    }
}

extension Scenario {
    /// Long enough for rest and hours on both sides, without what it asks of units.
    fileprivate func asLine(over period: Period) -> Scenario {
        Scenario(
            name: name, period: period, organisations: organisations, sites: sites, units: units,
            grades: grades, skills: skills, roles: roles,
            contracts: contracts.map {
                Contract(
                    id: $0.id, name: $0.name, rulePacks: $0.rulePacks, tolerance: $0.tolerance,
                    hoursOwed: $0.hoursOwed)
            },
            shiftTypes: shiftTypes, coverRules: [], people: people,
            leave: leave, bookings: bookings, balances: balances, history: history)
    }
}
