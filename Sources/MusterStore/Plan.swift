import Roster
import RosterCheck
import RulePack

/// A rota as the folder and the store together know it: what the independent checker is asked about.
///
/// Bookings that the store knows come from the store alone, whatever the folder or the rota lists: a cancelled
/// one is not there, a live one is there once.
struct Plan {
    /// Rules on rest and on runs look no further than this many days; hours carried over from earlier rotas are
    /// for the folder's history.
    static let reach = 14

    /// The store's live bookings in the units and period.
    let bookings: [BookingRecord]
    /// Without the store's bookings.
    let base: (scenario: Scenario, duties: [Duty])
    let rules: RuleBook
    /// What the same people work near the period in other published rotas, on bookings there, and where they are lent.
    private let elsewhere: [Person.ID: [Duty]]
    /// Where people are lent who are rostered here.
    let loans: [Person.ID: [LoanRecord]]

    /// - Parameters:
    ///   - duties: The rota as it was saved.
    ///   - known: Every booking in the store, cancelled ones too.
    ///   - published: Duties of other published rotas in the period and ``reach`` days around it.
    ///   - loans: Every loan in the store, cancelled ones too.
    init(
        scenario: Scenario, rules: RuleBook, duties: [Duty], known: [BookingRecord], published: [Duty],
        loans: [LoanRecord]
    ) {
        let units = Set(scenario.units.map(\.id))
        func isHere(_ duty: Duty) -> Bool { units.contains(duty.unit) && scenario.period.contains(duty.day) }
        let live = known.filter(\.isLive)
        bookings = live.filter { isHere($0.request.duty) }

        let knownByPerson = Dictionary(grouping: known.map(\.request.duty), by: \.person)
        func isKnown(_ duty: Duty) -> Bool {
            knownByPerson[duty.person]?.contains { $0.sharesTime(with: duty) } ?? false
        }
        let listed = scenario.bookings.filter { booking in
            guard let duty = booking.duty(in: scenario) else { return true }
            return !isKnown(duty)
        }
        base = (
            scenario.replacing(bookings: listed), duties.filter { $0.source != .booking || !isKnown($0) }
        )
        self.rules = rules

        let lent = loans.filter(\.isLive)
        self.loans = Dictionary(grouping: lent, by: \.person)
        // The folder's history may already tell of an earlier rota: nothing is to count twice.
        let history = Dictionary(grouping: scenario.history, by: \.person)
        let others =
            published.filter { $0.source != .booking || !isKnown($0) }
            + live.map(\.request.duty).filter { !isHere($0) } + lent.map(\.away.duty)
        elsewhere = Dictionary(
            grouping: others.filter { duty in
                !(history[duty.person]?.contains { $0.start < duty.end && duty.start < $0.end } ?? false)
            }, by: \.person)
    }

    // MARK: - Gaps

    /// For each booking, where it lessens what the published gaps say is missing: on its own, so that it is worth the same
    /// when others are taken back, and no more than it does on top of those before it.
    ///
    /// - Parameters:
    ///   - others: bookings that stand, whose covers are `known`.
    func covers(
        of bookings: [BookingRequest], besides others: [BookingRequest], known: [Gap.ID: [Cover]],
        for gaps: [Gap]
    ) -> [[Cover]] {
        func byRule(_ bookings: [BookingRequest]) -> [CoverRule.ID: [Gap]] {
            Dictionary(grouping: self.gaps(with: bookings), by: \.rule)
        }
        let none = byRule([])
        var (others, known) = (others, known)
        var before = byRule(others)
        return bookings.map { booking in
            let alone = byRule([booking])
            others.append(booking)
            let with = byRule(others)
            defer { before = with }
            return gaps.flatMap { gap -> [Cover] in
                let covers = gap.covers(
                    of: booking.duty, now: none[gap.rule] ?? [], then: alone[gap.rule] ?? []
                ).flatMap {
                    gap.tempered(
                        $0, besides: known[gap.id] ?? [], now: before[gap.rule] ?? [],
                        then: with[gap.rule] ?? [])
                }
                known[gap.id, default: []] += covers
                return covers
            }
        }
    }

    /// What is missing with these of the store's bookings. No rule of a contract bears on who is present.
    func gaps(with bookings: [BookingRequest]) -> [Gap] {
        let (scenario, duties) = with(bookings)
        return RosterCheck.check(
            scenario, RuleBook(rulesByContract: [:]), Rota(period: scenario.period, duties: duties)
        ).gaps
    }

    // MARK: - Law

    /// What makes the rota with its live bookings unlawful, one sentence each.
    func breaches() -> [String] {
        let (scenario, duties) = with(bookings.map(\.request))
        let report = RosterCheck.check(
            scenario, rules, Rota(period: scenario.period, duties: duties))
        let own = Dictionary(grouping: duties, by: \.person)
        let between = elsewhere.keys.sorted().flatMap { person -> [Breach] in
            guard let here = own[person], let other = elsewhere[person] else { return [] }
            return added(by: other, to: here, of: person)
        }
        return (report.breaches + between).map(\.sentence)
    }

    /// What stops a person from taking a booking, one sentence each.
    ///
    /// - Throws: ``StoreRefusal/notVouchedFor(_:)`` for somebody of whom the folder knows nothing.
    func obstacles(to request: BookingRequest) throws -> [String] {
        let duty = request.duty
        if let sentence = loan(inTheWayOf: duty) { return [sentence] }
        let (scenario, duties) = with(bookings.map(\.request))
        let obstacles: [String]
        if scenario.person(duty.person) == nil {
            obstacles = try obstaclesFromElsewhere(to: request, in: scenario)
        } else {
            let check = RosterCheck(scenario, rules, Rota(period: scenario.period, duties: duties))
            obstacles = [check.obstacle(to: duty)?.sentence].compactMap { $0 }
        }
        guard obstacles.isEmpty else { return obstacles }
        let own = duties.filter { $0.person == duty.person } + (elsewhere[duty.person] ?? [])
        return added(by: [duty], to: own, of: duty.person).map(\.sentence)
    }

    private func obstaclesFromElsewhere(to request: BookingRequest, in scenario: Scenario) throws -> [String]
    {
        let duty = request.duty
        guard let window = request.vouchedFor else { throw StoreRefusal.notVouchedFor(duty.person) }
        let booked = scenario.replacing(bookings: scenario.bookings + [request.booking])
        let breaches = DutyCheck.breaches(duty, scenario: booked).map(\.sentence)
        guard duty.start < window.from || window.until < duty.end else { return breaches }
        return ["Their own organisation vouches only for \(window.from) to \(window.until)"] + breaches
    }

    /// What a person's line breaks with some more duties, and neither without them nor in them alone.
    func added(by more: [Duty], to duties: [Duty], of id: Person.ID) -> [Breach] {
        let known = base.scenario.person(id)
        let person = known ?? .fromElsewhere(id)
        let book = known == nil ? rules.forPeopleFromElsewhere : rules
        func breaches(_ duties: [Duty]) -> Set<Breach> {
            Set(
                LineCheck.breaches(person: person, duties: duties, scenario: base.scenario, rules: book)
                    .filter(\.counts))
        }
        return breaches(duties + more).subtracting(breaches(duties)).subtracting(breaches(more))
            .sorted { ($0.rule, $0.sentence) < ($1.rule, $1.sentence) }
    }

    func with(_ bookings: [BookingRequest]) -> (scenario: Scenario, duties: [Duty]) {
        let scenario = base.scenario
        return (
            scenario.replacing(bookings: scenario.bookings + bookings.map(\.booking)),
            base.duties + bookings.map(\.duty)
        )
    }
}

extension Person {
    /// Somebody of whom only the pseudonym is known.
    fileprivate static func fromElsewhere(_ id: ID) -> Person {
        Person(
            id: id, name: id.text, organisation: "", unit: "", grade: "", contract: RuleBook.elsewhere,
            paidPerWeek: .zero)
    }
}

extension RuleBook {
    fileprivate static let elsewhere: Contract.ID = "elsewhere"

    /// Hours and means are for a person's own organisation, which knows all their duties; rest between two
    /// duties by law can be judged on those that are known here.
    fileprivate var forPeopleFromElsewhere: RuleBook {
        RuleBook(rulesByContract: [Self.elsewhere: statutoryRest], packs: packs)
    }
}

extension Duty {
    func sharesTime(with other: Duty) -> Bool { start < other.end && other.start < end }
}

extension Booking {
    /// Nil if the scenario does not know the shift.
    func duty(in scenario: Scenario) -> Duty? {
        scenario.shiftType(shift).map {
            Duty(person: person, day: day, unit: unit, shift: $0, role: role, source: .booking)
        }
    }
}

extension BookingRequest {
    var booking: Booking {
        Booking(
            gap: gap, person: duty.person, day: duty.day, shift: duty.shift, unit: duty.unit, role: duty.role,
            skills: skills, origin: origin)
    }
}
