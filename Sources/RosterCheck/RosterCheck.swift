import Roster
import RulePack

/// The independent checker: it re-reads any rota in real instants of time and shares no code with the engine.
public struct RosterCheck {
    /// Everything that is wrong, missing or worth knowing in a rota, whoever made it.
    ///
    /// Confirmed bookings that the rota does not hold yet are read as if it did. Duties of the history that
    /// reach into the period count for cover if they say where and as what they were worked.
    ///
    /// - Complexity: about (people × duties of one person²) + (intervals × people present × cover rules).
    public static func check(_ scenario: Scenario, _ rules: RuleBook, _ rota: Rota) -> CheckReport {
        RosterCheck(scenario, rules, rota).report()
    }

    let records: Records
    let rules: RuleBook
    let rota: Rota
    /// Duties of the rota and bookings that it does not hold.
    let duties: [Duty]
    let dutiesByPerson: [Person.ID: [Duty]]
    let dutiesByUnit: [Unit.ID: [Duty]]

    var scenario: Scenario { records.scenario }

    /// For asking several questions about one rota: ``obstacle(to:)``.
    public init(_ scenario: Scenario, _ rules: RuleBook, _ rota: Rota) {
        records = Records(scenario)
        self.rules = rules
        self.rota = rota
        duties = rota.duties + scenario.bookedDuties(missingFrom: rota)
        dutiesByPerson = Dictionary(grouping: duties, by: \.person)
        dutiesByUnit = Dictionary(grouping: duties, by: \.unit)
    }

    private func report() -> CheckReport {
        let lines = scenario.people.map {
            Line(person: $0, duties: dutiesByPerson[$0.id] ?? [], records: records)
        }
        let found =
            duties.flatMap { DutyCheck.breaches($0, records: records) }
            + lines.flatMap { $0.breaches(of: rules.rules(for: $0.person.contract)) }
            + outsiders.flatMap { $0.breaches(of: rules.statutoryRest) }
            + lines.compactMap(overtime) + missingPins() + onCallDuplicates(among: duties) + shortBreaks()
            + unprovenMeans(lines) + unprovenRest() + restOverStart(lines)
        let breaches = found.filter(\.counts)
        let warnings = found.filter { !$0.counts }
        let covers = RotaCover(
            scenario, duties: duties, midnights: records.midnights, demand: scenario.resolvedDemand()
        ).covers()
        let gaps = RotaCover.gaps(of: covers, in: scenario)
        let softWeekly = gaps.filter { $0.measure == .weeklyMinutes && $0.severity == .belowMinimum }
        return CheckReport(
            breaches: breaches, warnings: warnings, gaps: gaps,
            breakExposures: covers.flatMap { $0.breakExposures() },
            level1: gaps.filter { $0.severity == .hard }.reduce(0) { $0 + $1.missingMinutes },
            level2: covers.reduce(0) { $0 + $1.minutesBelowSoftMinimums() }
                + softWeekly.reduce(0) { $0 + $1.missingMinutes },
            quality: Quality(
                self, lines: lines, covers: covers, gaps: gaps, breaches: breaches.count,
                warnings: warnings.count))
    }
}

extension RosterCheck {
    /// The lines of those who are booked and not on the list, as far as they are known: nobody is in two places at once,
    /// and the law's rest between duties binds bank and agency, too.
    private var outsiders: [Line] {
        let listed = Set(scenario.people.map(\.id))
        return dutiesByPerson.filter { !listed.contains($0.key) }.sorted { $0.key < $1.key }.map {
            id, duties in
            let person = Person(
                id: id, name: id.text, organisation: scenario.organisations.first?.id ?? "",
                unit: duties[0].unit, grade: "",
                contract: "", paidPerWeek: PaidMinutes(0))
            return Line(person: person, duties: duties, records: records)
        }
    }
}

extension Booking {
    func isFulfilled(by duty: Duty) -> Bool {
        person == duty.person && day == duty.day && shift == duty.shift && unit == duty.unit
            && role == duty.role
    }

    func isFulfilled(by duty: HistoryDuty) -> Bool {
        person == duty.person && day == duty.start.day && unit == duty.unit && role == duty.role
    }
}

extension Scenario {
    /// The duties that confirmed bookings of the period stand for, without those that the rota already holds. One of last
    /// night is in the history.
    func bookedDuties(missingFrom rota: Rota) -> [Duty] {
        guard !bookings.isEmpty else { return [] }
        let duties = Dictionary(grouping: rota.duties, by: \.person)
        return bookings.compactMap { booking in
            guard period.contains(booking.day), let shift = shiftType(booking.shift),
                !(duties[booking.person] ?? []).contains(where: booking.isFulfilled)
            else { return nil }
            return Duty(
                person: booking.person, day: booking.day, unit: booking.unit, shift: shift,
                role: booking.role, source: .booking)
        }
    }
}
