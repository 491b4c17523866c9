import MusterStore
import Roster
import RulePack
import SystemPool

/// What the receiving organisation does with a confirmed call: somebody who comes is booked on the gap in its rota.
public struct LoanArrival {
    private let store: MusterStore
    private let own: Organisation.ID
    private let scenario: Scenario
    private let rules: RuleBook

    /// By how many minutes a shift that is named may begin before whoever comes, or end after they go, where no hard cover
    /// is missing: a handover. Longer hours would count as covered with nobody there.
    static let handover = 30

    /// - Parameter own: How the system knows this organisation.
    public init(store: MusterStore, own: Organisation.ID, scenario: Scenario, rules: RuleBook) {
        self.store = store
        self.own = own
        self.scenario = scenario
        self.rules = rules
    }

    /// Books whoever comes under a call on its gap in the published rota, by pseudonym; the independent checker judges it
    /// as any booking. The lender's word stands for competence and for rest before and after.
    ///
    /// - Parameter named: The shift; nil for the one whose times the call has.
    /// - Throws: ``LoanRefusal``, `StoreRefusal`, `StoreError`.
    public func book(
        _ id: AidRequest.ID, shift named: ShiftType.ID? = nil, role: Role.ID? = nil, by who: String,
        reason: String, at now: Instant
    ) throws -> BookingRecord {
        let known = try store.calls()
        guard let call = known.first(where: { $0.id == id }) else {
            throw LoanRefusal.unknownCall(id, known: known.map(\.id))
        }
        guard call.asking == own else { throw LoanRefusal.notTheReceiver(id) }
        guard call.state == .confirmed else {
            throw LoanRefusal.notInState(id, call.state, needed: .confirmed)
        }
        let open = try store.openGaps()
        guard let gap = gap(for: call, among: open) else {
            throw LoanRefusal.noGap(id, open: open.map(\.gap.id))
        }
        let role = role ?? self.role(for: gap.gap, call)
        guard let role, let shift = named.flatMap(scenario.shiftType) ?? self.shift(for: call, role) else {
            throw LoanRefusal.noShift(id)
        }
        guard let duty = duty(on: shift, role, for: call) else { throw LoanRefusal.noShift(id) }
        // Of hard cover not a minute is said to be there that is not; a duty covers other gaps of the unit as well.
        let isHard = open.contains { record in
            record.gap.severity == .hard && record.gap.unit == duty.unit && record.gap.start < duty.end
                && duty.start < record.gap.end
        }
        let most = isHard ? 0 : Self.handover
        guard (call.need.start - duty.start).count <= most, (duty.end - call.need.end).count <= most else {
            throw LoanRefusal.longerThanCall(id, shift: shift.id, from: call.need.start, to: call.need.end)
        }
        let skills = Set(call.need.skills).union(scenario.role(role)?.skills ?? [])
        return try store.book(
            BookingRequest(
                gap: gap.gap.id, duty: duty, skills: skills, origin: MusterStore.mutualAid,
                vouchedFor: BookingRequest.Window(
                    from: min(duty.start, call.need.start), until: max(duty.end, call.need.end))),
            scenario: scenario, rules: rules, by: who, reason: reason, at: now)
    }

    /// The gap to name in a booking, still open while they are there: one of the call's own name, else of its rule, else of
    /// a wider one. The head that a call is for may be missing under several gaps one after another, and under those of
    /// every rule for which whoever comes counts; the booking covers all of them.
    private func gap(for call: AidRequest, among open: [GapRecord]) -> GapRecord? {
        let meanwhile = open.filter { record in
            record.gap.unit == call.need.unit
                && record.remaining.contains { $0.start < call.need.end && call.need.start < $0.end }
        }.sorted { $0.gap.start < $1.gap.start }
        func isWider(_ record: GapRecord) -> Bool {
            guard let asked = call.need.vacancy?.rule,
                let rule = scenario.coverRules.first(where: {
                    $0.unit == call.need.unit && [$0.id.text, "\($0.unit).\($0.id)"].contains { $0 == asked }
                }), let wider = scenario.coverRule(record.gap.rule), wider.asksForHeads
            else { return false }
            return rule.counted.isWithin(wider.counted, roles: scenario.roles)
        }
        return meanwhile.first { call.isFor($0.gap) } ?? meanwhile.first { call.isForRule(of: $0.gap) }
            ?? meanwhile.first(where: isWider)
    }

    /// One that the gap's rule counts, for the grade that is asked for; rather one that needs no more skills than were
    /// asked for, as far as there is one.
    private func role(for gap: Gap, _ call: AidRequest) -> Role.ID? {
        let counted = scenario.coverRule(gap.rule)?.counted.roles ?? []
        let fit = scenario.roles.filter { role in
            (counted.isEmpty || counted.contains(role.id))
                && !role.grades.union(role.substitutes).isDisjoint(with: call.need.grades)
        }
        return (fit.first { $0.skills.isSubset(of: call.need.skills) } ?? fit.first)?.id
    }

    /// The shortest shift that holds the times of the call.
    private func shift(for call: AidRequest, _ role: Role.ID) -> ShiftType? {
        scenario.shiftTypes.filter { shift in
            guard shift.countsForCover, shift.kind == .work,
                shift.units.isEmpty || shift.units.contains(call.need.unit),
                shift.roles.isEmpty || shift.roles.contains(role)
            else { return false }
            let duty = duty(on: shift, role, for: call)
            return duty?.start == call.need.start && duty?.end == call.need.end
        }.min { $0.id < $1.id }
    }

    /// The duty of a shift that has most of the call's time, which for a part after midnight begins the day before; nil if
    /// none has any.
    private func duty(on shift: ShiftType, _ role: Role.ID, for call: AidRequest) -> Duty? {
        func shared(_ duty: Duty) -> Int {
            (min(duty.end, call.need.end) - max(duty.start, call.need.start)).count
        }
        let day = call.need.start.day
        let duties = [day, day.advanced(by: -1)].map { day in
            Duty(
                person: call.visitor, day: day, unit: call.need.unit, shift: shift, role: role,
                source: .booking)
        }
        return duties.filter { shared($0) > 0 }.max { shared($0) < shared($1) }
    }
}

extension AidRequest {
    /// Whether it is for that gap of the receiving organisation's rota, or for a part of it. Where units use one id for two
    /// rules, the system was told the gap's id with its unit before it.
    func isFor(_ gap: Gap) -> Bool {
        guard gap.unit == need.unit, let vacancy = need.vacancy else { return false }
        return [gap.id.text, "\(gap.unit).\(gap.id)"].contains { vacancy.isPart(of: Vacancy.ID($0)) }
    }

    /// Whether it is for what the gap's rule asks for, whatever that gap is called: what is left of a gap once a part of it
    /// is booked begins later in a newer rota, and in what the system was told since.
    fileprivate func isForRule(of gap: Gap) -> Bool {
        guard gap.unit == need.unit, let rule = need.vacancy?.rule else { return false }
        return [gap.rule.text, "\(gap.unit).\(gap.rule)"].contains { $0 == rule }
    }
}
