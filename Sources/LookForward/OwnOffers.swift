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

    private var scenario: Scenario { staff.scenario }

    /// - Parameter steps: Those that are open to the gap.
    func offers(for gap: NamedGap, steps: Set<CascadeStep.Level>) -> OffersForGap {
        guard gap.measure == .heads else { return OffersForGap() }
        let shapes = shapes(for: gap)
        guard !shapes.isEmpty else { return OffersForGap() }
        var found = OffersForGap()
        var asked = 0
        for candidate in candidates(for: gap, shapes) where steps.contains(candidate.step) {
            let kept = found.offers.count { $0.step == candidate.step }
            guard kept < OffersForGap.kept else { continue }
            guard asked < OffersForGap.asked else {
                found.notAsked += 1
                continue
            }
            asked += 1
            guard cover.counts(candidate.duty, for: gap.rule),
                check.breaches(taking: [candidate.duty]).isEmpty
            else { continue }
            found.offers.append(offer(candidate, for: gap))
        }
        return found
    }

    private struct Candidate {
        let person: Person
        let duty: Duty
        let role: Role
        let step: CascadeStep.Level
        let paid: Int
        let cost: Int
        /// Spreads people of the same cost over gaps, always in the same way.
        let turn: UInt64
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
    private func candidates(for gap: NamedGap, _ shapes: [(duty: Duty, role: Role)]) -> [Candidate] {
        staff.rostered(in: gap.rule.unit).compactMap { person -> Candidate? in
            let fit = shapes.first { shape in
                (shape.role.grades.contains(person.grade) || shape.role.substitutes.contains(person.grade))
                    && (person.roles.isEmpty || person.roles.contains(shape.role.id))
                    && staff.seemsFree(person, for: shape.duty)
            }
            return fit.map { candidate(person, $0.duty, $0.role, for: gap) }
        }
        .sorted { ($0.step, $0.cost, $0.turn, $0.person.id) < ($1.step, $1.cost, $1.turn, $1.person.id) }
    }

    private func candidate(_ person: Person, _ shape: Duty, _ role: Role, for gap: NamedGap) -> Candidate {
        let duty = Duty(
            person: person.id, day: shape.day, unit: shape.unit, shift: shape.shift, role: shape.role,
            start: shape.start, end: shape.end, paid: shape.paid, working: shape.working, source: .booking)
        let paid = staff.paid(person.id, inWeekOf: duty.day) + duty.paid.count
        var cost = role.grades.contains(person.grade) ? 0 : 60
        if person.unit != gap.rule.unit { cost += 30 }
        // Hours that are owed first, then the bank, then hours above the contract, most of all above full time.
        if scenario.contract(person.contract)?.hoursOwed ?? true {
            cost += max(0, paid - person.paidPerWeek.count)
            if paid > Self.fullTime { cost += 240 }
        } else {
            cost += 180
        }
        return Candidate(
            person: person, duty: duty, role: role, step: step(of: person), paid: paid, cost: cost,
            turn: Self.turn(gap.id.text, person.id.text))
    }

    /// 37.5 hours, the full-time week of Agenda for Change.
    private static let fullTime = 2_250

    private func step(of person: Person) -> CascadeStep.Level {
        if person.markers.contains("agency") { return .agency }
        return person.organisation == organisation ? .own : .collaborative
    }

    private func offer(_ candidate: Candidate, for gap: NamedGap) -> ClosingOffer {
        let person = candidate.person
        let owed = scenario.contract(person.contract)?.hoursOwed ?? true
        let above = candidate.paid - person.paidPerWeek.count
        let week = "brings them to \(hours(candidate.paid)) in the week"
        let sideEffect =
            owed ? "\(week), \(above > 0 ? "\(hours(above)) above" : "within") their contract" : week
        return ClosingOffer(
            gap: gap.id, unit: gap.rule.unit, step: candidate.step, way: .duty(candidate.duty),
            person: person,
            start: candidate.duty.start, end: candidate.duty.end, role: candidate.role,
            minutesClosed: gap.minutesCovered(from: candidate.duty.start, to: candidate.duty.end),
            cost: candidate.cost, sideEffect: sideEffect)
    }

    /// Fowler, Noll and Vo's hash: the same number on every machine.
    private static func turn(_ texts: String...) -> UInt64 {
        texts.joined(separator: "\n").utf8.reduce(0xCBF2_9CE4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
    }
}
