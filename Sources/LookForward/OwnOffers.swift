import Extracts
import Roster
import RosterCheck

/// Finds people who could lawfully take a further duty: the organisation's own, its bank, and whoever else the data
/// tell of.
struct OwnOffers {
    let staff: Staff
    let naming: GapNaming
    let cover: RotaCover
    /// Judges rest with the weeks before and the days that follow.
    let check: RosterCheck
    let organisation: Organisation.ID
    let now: Instant
    let confidence: (Unit.ID) -> Confidence

    private var scenario: Scenario { staff.scenario }

    /// - Parameter steps: Those that are open to the gap.
    func offers(
        for gap: NamedGap, steps: Set<CascadeStep.Level>, reach: OffersForGap.Reach
    ) -> OffersForGap {
        guard gap.measure != .share else { return OffersForGap() }
        let shapes = shapes(for: gap)
        guard !shapes.isEmpty else { return OffersForGap() }
        let people = staff.rostered(in: gap.rule.unit)
        var found = OffersForGap()
        var asked = 0
        var kept: [CascadeStep.Level: Int] = [:]
        for rank in ranking(people, for: gap, shapes) where steps.contains(rank.step) {
            guard kept[rank.step, default: 0] < reach.kept, asked < reach.asked else {
                found.notAsked += 1
                continue
            }
            asked += 1
            let person = people[rank.person]
            // Who may not work the best shift, for want of rest, may be able to work another.
            let others = shapes[rank.shape...].filter { fits(person, $0) }.prefix(Self.shapesTried)
            for shape in others {
                let duty = shape.duty.worked(by: person.id)
                guard cover.counts(duty, for: gap.rule), check.breaches(taking: [duty]).isEmpty else {
                    continue
                }
                kept[rank.step, default: 0] += 1
                found.offers.append(
                    offer(
                        person, duty, shape.role, rank.step, cost(person, shape.duty, shape.role, for: gap),
                        for: gap))
                break
            }
        }
        return found
    }

    /// The shifts that are looked at for one person.
    private static let shapesTried = 4

    private func fits(_ person: Person, _ shape: (duty: Duty, role: Role)) -> Bool {
        (shape.role.grades.contains(person.grade) || shape.role.substitutes.contains(person.grade))
            && (person.roles.isEmpty || person.roles.contains(shape.role.id))
            && staff.seemsFree(person, for: shape.duty)
    }

    /// Where somebody who seems fit and free stands among those who could be asked. Small, because there are many.
    private struct Rank: Comparable {
        let step: CascadeStep.Level
        let cost: Int
        /// Spreads people of the same cost over gaps, always in the same way.
        let turn: UInt64
        /// Indices of the person and of the best shift that they could work.
        let person: Int
        let shape: Int

        static func < (left: Self, right: Self) -> Bool {
            (left.step.rank, left.cost, left.turn, left.person)
                < (right.step.rank, right.cost, right.turn, right.person)
        }
    }

    /// Shifts that would cover part of the gap and have not begun: most of it first, then the shortest.
    private func shapes(for gap: NamedGap) -> [(duty: Duty, role: Role)] {
        let roles = scenario.roles.filter {
            gap.rule.counted.roles.isEmpty
                ? $0.staffGroup == gap.group : gap.rule.counted.roles.contains($0.id)
        }
        let days = gap.start.day.advanced(by: -1)...gap.end.day
        let unit = scenario.unit(gap.rule.unit)
        return naming.shifts(for: gap.rule).filter(\.offered).flatMap { shift in
            days.filter {
                (shift.weekdays.isEmpty || shift.weekdays.contains($0.weekday))
                    && !(unit?.isClosed(on: $0) ?? true)
            }.flatMap { day in
                roles.filter { shift.roles.isEmpty || shift.roles.contains($0.id) }.map { role in
                    (
                        duty: Duty(
                            person: "", day: day, unit: gap.rule.unit, shift: shift, role: role.id,
                            source: .booking),
                        role: role
                    )
                }
            }
        }
        .filter { $0.duty.start >= now && isWorthIt($0.duty, for: gap) }
        .sorted {
            let left = gap.minutesCovered(from: $0.duty.start, to: $0.duty.end)
            let right = gap.minutesCovered(from: $1.duty.start, to: $1.duty.end)
            return (-left, $0.duty.elapsed, $0.duty.start, $0.role.id)
                < (-right, $1.duty.elapsed, $1.duty.start, $1.role.id)
        }
    }

    /// It covers half of what is left of the gap, or half of it is in the gap: nobody is called in for a handover.
    private func isWorthIt(_ duty: Duty, for gap: NamedGap) -> Bool {
        let covered = gap.minutesCovered(from: duty.start, to: duty.end)
        let left = gap.minutesCovered(from: max(now, gap.start), to: gap.end)
        return covered > 0 && (covered * 2 >= left || covered * 2 >= duty.elapsed.count)
    }

    /// Whoever seems fit and free for the best shift that they could work, the least costly first.
    private func ranking(
        _ people: [Person], for gap: NamedGap, _ shapes: [(duty: Duty, role: Role)]
    ) -> [Rank] {
        let seed = Self.hash(gap.id.text)
        return people.indices.compactMap { index -> Rank? in
            let person = people[index]
            let fit = shapes.firstIndex { fits(person, $0) }
            // Whoever may be at work without our knowing is not called free.
            guard confidence(person.unit) != .none else { return nil }
            return fit.map { shape in
                Rank(
                    step: step(of: person),
                    cost: cost(person, shapes[shape].duty, shapes[shape].role, for: gap),
                    turn: Self.hash(person.id.text, from: seed), person: index, shape: shape)
            }
        }
        .sorted()
    }

    private func cost(_ person: Person, _ duty: Duty, _ role: Role, for gap: NamedGap) -> Int {
        var cost = role.grades.contains(person.grade) ? 0 : 60
        if person.unit != gap.rule.unit { cost += 30 }
        // Hours that are owed first, then the bank, then hours above the contract, most of all above full time.
        guard scenario.contract(person.contract)?.hoursOwed ?? true else { return cost + 180 }
        let paid = paid(person, with: duty)
        cost += max(0, paid - person.paidPerWeek.count)
        return paid > Self.fullTime ? cost + 240 : cost
    }

    /// Paid minutes in the week, this duty included.
    private func paid(_ person: Person, with duty: Duty) -> Int {
        staff.paid(person.id, inWeekOf: duty.day) + duty.paid.count
    }

    /// 37.5 hours, the full-time week of Agenda for Change.
    private static let fullTime = 2_250

    private func step(of person: Person) -> CascadeStep.Level {
        if person.markers.contains("agency") { return .agency }
        return person.organisation == organisation ? .own : .collaborative
    }

    private func offer(
        _ person: Person, _ duty: Duty, _ role: Role, _ step: CascadeStep.Level, _ cost: Int,
        for gap: NamedGap
    ) -> ClosingOffer {
        let paid = paid(person, with: duty)
        let above = paid - person.paidPerWeek.count
        let week = "brings them to \(hours(paid)) in the week"
        let sideEffect =
            scenario.contract(person.contract)?.hoursOwed ?? true
            ? "\(week), \(above > 0 ? "\(hours(above)) above" : "within") their contract" : week
        return ClosingOffer(
            gap: gap.id, unit: gap.rule.unit, step: step, way: .duty(duty), person: person,
            start: duty.start, end: duty.end, role: role,
            minutesClosed: gap.minutesCovered(from: duty.start, to: duty.end), cost: cost,
            sideEffect: sideEffect + confidence(person.unit).caution)
    }

    /// Fowler, Noll and Vo's hash: the same number on every machine.
    private static func hash(_ text: String, from seed: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
        text.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

extension Duty {
    fileprivate func worked(by person: Person.ID) -> Duty {
        Duty(
            person: person, day: day, unit: unit, shift: shift, role: role, start: start, end: end,
            paid: paid,
            working: working, source: source)
    }
}
