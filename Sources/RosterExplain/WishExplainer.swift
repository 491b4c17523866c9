import Roster
import RosterCheck

/// Which wishes the rota grants, and what granting the others would have cost.
struct WishExplainer {
    private let situation: Situation
    private var scenario: Scenario { situation.scenario }

    init(_ situation: Situation) { self.situation = situation }

    /// In the order of the scenario's preferences.
    func outcomes() -> [WishOutcome] {
        let wishes = scenario.preferences
        let refused = wishes.indices.filter { !isGranted(wishes[$0]) }
        let solved = Set(
            refused.sorted { (-wishes[$0].strength, $0) < (-wishes[$1].strength, $1) }
                .prefix(situation.effort.wishes))
        return wishes.indices.map { index in
            outcome(of: wishes[index], solving: solved.contains(index))
        }
    }

    /// - Parameter solving: whether to solve again for what granting it would have cost.
    func outcome(of wish: Preference, solving: Bool) -> WishOutcome {
        let words = "\(situation.words(wish.wanted)) on \(wish.day.words)"
        guard !isGranted(wish) else {
            return WishOutcome(preference: wish, granted: true, sentence: "Granted: \(words)")
        }
        let reason = reason(against: wish)
        let cost = solving && reason.isOpen ? cost(of: wish) : nil
        return WishOutcome(
            preference: wish, granted: false,
            sentence: "Refused: \(cost ?? reason.sentence)")
    }

    private func isGranted(_ wish: Preference) -> Bool {
        wish.isGranted(by: situation.duties(of: wish.person, on: wish.day))
    }

    // MARK: What stands against it

    /// Why a wish was refused, read off the rota; `isOpen` if other duties of other people could change that.
    private struct Reason {
        let sentence: String
        let isOpen: Bool
    }

    private func reason(against wish: Preference) -> Reason {
        let duties = situation.duties(of: wish.person, on: wish.day)
        if let fixed = duties.first(where: { scenario.isPinned($0) || scenario.isBooked($0) }) {
            let how = scenario.isPinned(fixed) ? "pinned" : "booked"
            return Reason(sentence: "the \(scenario.words(fixed)) is \(how)", isOpen: false)
        }
        if let duty = duties.first, let short = situation.shortfall(without: duty) {
            switch wish.wanted {
            case .off, .avoid:
                return Reason(
                    sentence: "\(short.rule.name) on \(wish.day.words) would have been \(short.words)",
                    isOpen: true)
            case .shift, .anyShift: break
            }
        }
        return switch wish.wanted {
        case .off, .avoid:
            Reason(sentence: "nobody would be missing, but hours and fairness weigh more", isOpen: true)
        case .shift(let shift): reason(against: wish, shifts: [shift], instead: duties.first)
        case .anyShift:
            reason(against: wish, shifts: scenario.shiftTypes.filter(\.offered).map(\.id), instead: nil)
        }
    }

    /// Why the person does not work one of the shifts on the day.
    private func reason(against wish: Preference, shifts: [ShiftType.ID], instead: Duty?) -> Reason {
        guard let person = scenario.person(wish.person) else {
            return Reason(sentence: "nobody here is called \(wish.person)", isOpen: false)
        }
        let possible = shifts.compactMap(scenario.shiftType).flatMap { shift in
            scenario.duties(of: person, shift, on: wish.day)
        }
        guard !possible.isEmpty else {
            return Reason(
                sentence: "no such shift is open to \(person.name) on \(wish.day.words)", isOpen: false)
        }
        let rest = Rota(period: situation.rota.period, duties: situation.rota.duties.filter { $0 != instead })
        let check = instead == nil ? situation.check : RosterCheck(scenario, situation.rules, rest)
        let stopped = possible.map { situation.hindrance($0, for: nil, in: check) }
        if !stopped.contains(nil), let obstacle = stopped.compactMap({ $0 }).telling {
            let isOpen = obstacle.kind == .rule || obstacle.kind == .duty
            return Reason(sentence: obstacle.sentence, isOpen: isOpen)
        }
        if let instead, let short = situation.shortfall(without: instead) {
            return Reason(
                sentence: "the \(scenario.words(instead)) needs them: \(short.rule.name) would have been "
                    + short.words, isOpen: true)
        }
        return Reason(sentence: "nobody is missing there whom \(person.name) could replace", isOpen: true)
    }

    // MARK: What granting it costs

    /// The wish as if nothing on level 3 could outweigh it, so that it is granted wherever the levels before
    /// lose nothing by it.
    private static let overwhelming = 5000

    /// What solving the neighbourhood again with the wish granted gives; nil if it was not done.
    private func cost(of wish: Preference) -> String? {
        let hood = Neighbourhood(situation, free: neighbours(of: wish))
        let forced = scenario.replacing(
            preferences: scenario.preferences.map { $0 == wish ? wish.of(strength: Self.overwhelming) : $0 })
        guard let present = hood.present(in: scenario), let (rota, worth, _) = hood.best(in: forced) else {
            return nil
        }
        let own = rota.duties.filter { $0.person == wish.person && $0.day == wish.day }
        guard wish.isGranted(by: own), worth.keepsCover(of: present) else {
            return reason(against: wish).sentence + ", and no exchange with others was found"
        }
        let more = worth.points - present.points
        if more < 0 { return "the search was cut short; a longer one could grant it at no cost" }
        let cost = more > 0 ? "at most \(points(more))" : "nothing on balance"
        let parts = ["granting it would have cost \(cost)", mainly(worth, present)].compactMap { $0 }
        let others = whom(rota, wish).map { ", \($0)" } ?? ": \(reason(against: wish).sentence)"
        return parts.joined(separator: ", ") + others
    }

    /// The part of level 3 that rises most, the wish itself aside.
    private func mainly(_ worth: Neighbourhood.Worth, _ present: Neighbourhood.Worth) -> String? {
        let rises = Set(worth.parts.keys).union(present.parts.keys).sorted().map {
            (name: $0, rise: (worth.parts[$0] ?? 0) - (present.parts[$0] ?? 0))
        }
        guard let most = rises.max(by: { $0.rise < $1.rise }), most.rise > 0 else { return nil }
        return "mainly \(most.name)"
    }

    /// Whose duties would have been others.
    private func whom(_ rota: Rota, _ wish: Preference) -> String? {
        let after = Dictionary(grouping: rota.duties, by: \.person)
        let moved = scenario.people.map(\.id).filter { person in
            person != wish.person
                && Set((after[person] ?? []).map(Work.init))
                    != Set((situation.dutiesByPerson[person] ?? []).map(Work.init))
        }
        let thatDay = moved.filter { person in
            Set((after[person] ?? []).filter { $0.day == wish.day }.map(Work.init))
                != Set(situation.duties(of: person, on: wish.day).map(Work.init))
        }
        let told = (thatDay.isEmpty ? moved : thatDay).prefix(2).map(scenario.words)
        guard !told.isEmpty else { return nil }
        return "with other duties for \(listed(Array(told)))"
    }

    /// A duty, whatever it came from.
    private struct Work: Hashable {
        let start: Instant
        let shift: ShiftType.ID
        let unit: Unit.ID
        let role: Role.ID

        init(_ duty: Duty) {
            start = duty.start
            shift = duty.shift
            unit = duty.unit
            role = duty.role
        }
    }

    /// The person, those who work that day in the same roles, and those who could step in.
    private func neighbours(of wish: Preference) -> Set<Person.ID> {
        guard let person = scenario.person(wish.person) else { return [] }
        let own = situation.duties(of: wish.person, on: wish.day)
        let roles = own.isEmpty ? scenario.roles(of: person) : Set(own.map(\.role))
        let units = person.otherUnits.union([person.unit])
        let working = situation.rota.duties.filter {
            $0.day == wish.day && roles.contains($0.role) && units.contains($0.unit)
        }
        let stepping = scenario.people.filter { other in
            own.contains { situation.check.obstacle(to: $0.worked(by: other.id)) == nil }
        }
        let half = situation.effort.people / 2
        let chosen = working.map(\.person).filter { $0 != wish.person }.prefix(half)
        let free = stepping.map(\.id).prefix(situation.effort.people - 1 - chosen.count)
        return Set(chosen).union(free).union([wish.person])
    }
}

extension [Obstacle] {
    /// Of what stops a person from several duties, what tells most: lacking a skill for one of them tells least.
    var telling: Obstacle? { first { $0.kind != .skill } ?? first }
}

extension Preference {
    fileprivate func of(strength: Int) -> Preference {
        Preference(person: person, day: day, wanted: wanted, strength: strength, isBid: isBid)
    }
}

extension Scenario {
    /// Roles that the person's grade, roles and markers allow.
    func roles(of person: Person) -> Set<Role.ID> {
        Set(
            roles.filter {
                ($0.grades.contains(person.grade) || $0.substitutes.contains(person.grade))
                    && (person.roles.isEmpty || person.roles.contains($0.id))
                    && $0.barred.isDisjoint(with: person.markers)
            }.map(\.id))
    }

    /// The ways in which the person could work a shift on a day, home unit first, as something that a cover
    /// rule there asks for.
    func duties(of person: Person, _ shift: ShiftType, on day: Day) -> [Duty] {
        guard shift.weekdays.isEmpty || shift.weekdays.contains(day.weekday) else { return [] }
        let units = ([person.unit] + person.otherUnits.sorted()).filter {
            shift.units.isEmpty || shift.units.contains($0)
        }
        let open = roles(of: person).filter { shift.roles.isEmpty || shift.roles.contains($0) }.sorted()
        return units.flatMap { unit in
            open.map {
                Duty(person: person.id, day: day, unit: unit, shift: shift, role: $0, source: .solved)
            }
        }
    }
}
