import Roster
import RulePack

extension Picture {
    /// Days before and after the window whose duties are looked at: rules on rest and runs reach no further.
    public static let reach = 14

    /// A window no longer than this, in minutes, is one shift.
    public static let longestShift = 13 * 60

    /// The days whose duties ``init(_:window:now:)`` can use.
    public static func daysNeeded(for window: Period) -> ClosedRange<Day> {
        window.first.advanced(by: -reach)...window.last.advanced(by: reach)
    }

    /// Puts the extracts together and says what is doubtful about them.
    ///
    /// - Parameter published: rotas that Muster published; for their units and days they go before the extracts.
    /// - Returns: Nil if the trust names no organisation.
    /// - Complexity: about linear in rows.
    public init?(
        _ extracts: TrustExtracts, published: [PublishedRota] = [], window: Period, now: Instant
    ) {
        let (extracts, parts) = extracts.merging(published, window: window, now: now)
        let definitions = extracts.definitions
        guard let organisation = definitions.organisations.first else { return nil }
        let validation = Validation(extracts, published: parts, window: window, now: now)
        let needed = Self.daysNeeded(for: window)
        let leave = (extracts.leave?.rows ?? []).map(\.leave).filter {
            $0.first <= needed.upperBound && needed.lowerBound <= $0.last
        }
        let sound = SoundDuties(
            extracts.statedDuties(in: needed), leave: Dictionary(grouping: leave, by: \.person),
            calledOff: extracts.calledOff(),
            reported: window.first.advanced(by: -1)...window.last.advanced(by: 1), names: validation.names)
        let shifts = Dictionary(definitions.shiftTypes.map { ($0.id, $0) }) { first, _ in first }
        let template = Template(
            extracts.requirements?.rows ?? [], window: window, names: validation.names,
            published: parts.days)
        let units = extracts.units?.rows ?? []

        let staff = extracts.staff
        let known = Set(staff.map(\.id))
        // Who came from elsewhere last night is known by the booking alone.
        func isLookedAt(_ booking: Booking) -> Bool {
            window.contains(booking.day)
                || booking.day == window.first.advanced(by: -1) && !known.contains(booking.person)
        }
        let scenario = Scenario(
            name: definitions.name, period: window, organisations: definitions.organisations,
            sites: definitions.sites, units: units.map(\.unit), grades: definitions.grades,
            skills: definitions.skills, roles: definitions.roles,
            contracts: definitions.contracts.map(\.withoutOvertimeLimit),
            shiftTypes: definitions.shiftTypes, coverRules: template.rules + definitions.coverRules,
            people: staff, leave: leave,
            bookings: (extracts.confirmed + parts.bookings).filter(isLookedAt).fulfilled(by: sound.duties),
            history: sound.duties.filter { $0.day < window.first }.map { HistoryDuty($0, shifts) }
                + parts.history(in: needed.lowerBound..<window.first, besides: sound.duties),
            demand: template.demand + parts.demand, planQuantile: parts.planQuantile ?? 0.75)
        let lastNight = LastNight(extracts, parts, window: window)
        self.init(
            organisation: organisation, window: window, scenario: scenario,
            rota: Rota(period: window, duties: sound.duties.filter { window.contains($0.day) }),
            following: sound.duties.filter { $0.day > window.last },
            rules: definitions.rules,
            unitFacts: Dictionary(units.map { ($0.unit.id, extracts.facts(of: $0)) }) { first, _ in first },
            // With those of last night, which may still be short.
            requests: (extracts.bookings?.rows ?? []).map(\.told).filter {
                window.contains($0.day) || $0.day == window.first.advanced(by: -1)
            },
            findings: validation.findings + sound.findings
                + lastNight.findings(scenario, names: validation.names, now: now),
            counts: extracts.sources.map(\.count),
            policy: extracts.policy, notIncluded: validation.unitsNotIncluded,
            unitsGone: validation.unitsGone,
            daysWithoutRota: validation.daysWithoutRota, lastNightKnown: lastNight.known,
            doubtful: sound.calledOff)
    }
}

extension TrustExtracts {
    /// What exports and bookings say of who is on duty.
    fileprivate func statedDuties(in days: ClosedRange<Day>) -> [SoundDuties.Stated] {
        let rota = (duties?.rows ?? []).filter { days.contains($0.duty.day) }.map {
            SoundDuties.Stated(duty: $0.duty, row: duties?.source.reference($0.line))
        }
        let types = Dictionary(definitions.shiftTypes.map { ($0.id, $0) }) { first, _ in first }
        let booked = (bookings?.rows ?? []).filter { days.contains($0.request.day) }.compactMap { row in
            row.duty(types).map {
                SoundDuties.Stated(duty: $0, row: bookings?.source.reference(row.line))
            }
        }
        return rota + booked
    }

    /// Whether the bookings say that somebody does not come whom a rota still shows: which of the two is newer nobody knows.
    fileprivate func calledOff() -> (Duty) -> Bool {
        let named = Dictionary(grouping: (bookings?.rows ?? []).filter { $0.person != nil }, by: \.person)
        return { duty in
            guard duty.source != .booking, let rows = named[duty.person] else { return false }
            func shared(_ request: Request) -> Int {
                request.unit == duty.unit
                    ? (min(request.end, duty.end) - max(request.start, duty.start)).count : 0
            }
            // Of a duty beside it, such as the night before, it says nothing.
            return rows.contains {
                [.cancelled, .didNotAttend].contains($0.request.state) && $0.request.day == duty.day
                    && shared($0.request) * 2 > duty.elapsed.count
            } && !rows.contains { $0.request.state == .booked && shared($0.request) > 0 }
        }
    }

    /// People with the competencies that the extract of skills adds.
    fileprivate var staff: [Person] {
        let competencies = Dictionary(grouping: skills?.rows ?? [], by: \.person)
        return (people?.rows ?? []).map { row in
            guard let skills = competencies[row.person.id] else { return row.person }
            return row.person.holding(row.person.competencies + skills.map(\.competency))
        }
    }

    fileprivate var confirmed: [Booking] {
        (bookings?.rows ?? []).compactMap { row in
            guard row.request.state == .booked, let person = row.person else { return nil }
            return Booking(
                gap: Gap.ID(row.request.id.text), person: person, day: row.request.day,
                shift: row.request.shift,
                unit: row.request.unit, role: row.request.role, skills: row.skills,
                origin: row.request.origin ?? "bank")
        }
    }

    fileprivate func facts(of row: UnitRow) -> UnitFacts {
        UnitFacts(
            extractedAt: row.refreshed ?? duties?.source.extractedAt, approval: row.approval,
            headroom: row.headroom ?? policy.headroom, budgetedPerWeek: row.budgetedPerWeek,
            mailbox: row.mailbox ?? policy.contact)
    }
}

extension BookingRow {
    /// The request, with whether it names who comes.
    fileprivate var told: Request {
        var request = request
        request.namesNobody = isBookedByNobody
        return request
    }

    /// The duty that a booking stands for; nil unless it is booked.
    fileprivate func duty(_ shifts: [ShiftType.ID: ShiftType]) -> Duty? {
        guard request.state == .booked, let person, let shift = shifts[request.shift] else { return nil }
        let plain = Duty(
            person: person, day: request.day, unit: request.unit, shift: shift, role: request.role,
            source: .booking)
        guard plain.start != request.start || plain.end != request.end else { return plain }
        let gained = (request.end - request.start).count - plain.elapsed.count
        return Duty(
            person: person, day: request.day, unit: request.unit, shift: shift.id, role: request.role,
            start: request.start, end: request.end,
            paid: PaidMinutes(Swift.max(0, plain.paid.count + gained)),
            working: WorkingMinutes(Swift.max(0, plain.working.count + gained)), source: .booking)
    }
}

extension Contract {
    /// A limit on hours above the contract is for a whole roster period; the few days of a window would break it.
    fileprivate var withoutOvertimeLimit: Contract {
        Contract(id: id, name: name, rulePacks: rulePacks, tolerance: tolerance, hoursOwed: hoursOwed)
    }
}

extension Person {
    fileprivate func holding(_ competencies: [Competency]) -> Person {
        Person(
            id: id, name: name, organisation: organisation, unit: unit, otherUnits: otherUnits, grade: grade,
            contract: contract, paidPerWeek: paidPerWeek, optedOut: optedOut, competencies: competencies,
            roles: roles, markers: markers, workingDays: workingDays, starts: starts, leaves: leaves)
    }
}

extension HistoryDuty {
    fileprivate init(_ duty: Duty, _ shifts: [ShiftType.ID: ShiftType]) {
        let shift = shifts[duty.shift]
        // Without a place it does not count for cover: supernumerary and study duties are none.
        let counts = shift?.countsForCover ?? false
        self.init(
            person: duty.person, start: duty.start, end: duty.end, paid: duty.paid, working: duty.working,
            kind: shift?.kind ?? .work, unit: counts ? duty.unit : nil, role: counts ? duty.role : nil,
            onSite: shift?.onSite ?? true)
    }
}
