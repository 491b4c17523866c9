import Roster
import RulePack

/// What a rule can ask about one duty on one day, in plain integers.
struct DutyFacts {
    /// Minutes since 1970 in UTC, so that differences are elapsed time on every night of the year.
    let start: Int
    private(set) var end: Int
    private(set) var working: Int
    let paid: Int
    /// Minutes after midnight on the wall clock at which it starts.
    let startMinute: Int
    let wallLength: Int
    /// Of the day on which it starts.
    let weekday: Weekday
    let onCall: Bool
    let shift: ShiftType.ID?
    /// Bit i is set if the duty passes test i of the graph's list of tests.
    var passes: UInt64 = 0

    init(_ duty: Duty, kind: ShiftKind) {
        start = duty.start.minutes
        end = duty.end.minutes
        working = duty.working.count
        // Hours of a booking are the bank's, not the contract's.
        paid = duty.source == .booking ? 0 : duty.paid.count
        startMinute = duty.start.clock.minute
        wallLength = duty.wallLength
        weekday = duty.start.day.weekday
        onCall = kind == .onCall
        shift = duty.shift
    }

    init(_ duty: HistoryDuty) {
        start = duty.start.minutes
        end = duty.end.minutes
        working = duty.working.count
        paid = duty.paid.count
        startMinute = duty.start.clock.minute
        wallLength = end - start + duty.end.offset - duty.start.offset
        weekday = duty.start.day.weekday
        onCall = duty.kind == .onCall
        shift = nil
    }

    /// The same but for the shift type's name, and before any test.
    func isAlike(_ other: DutyFacts) -> Bool {
        start == other.start && end == other.end && working == other.working && paid == other.paid
            && onCall == other.onCall
    }

    /// This duty and a later one of the same day as one: it passes what either passes.
    func joined(with later: DutyFacts) -> DutyFacts {
        var copy = self
        copy.end = max(end, later.end)
        copy.working += later.working
        copy.passes |= later.passes
        return copy
    }

    func judged(by tests: [DutyTest]) -> DutyFacts {
        var copy = self
        for (index, test) in tests.enumerated() where copy.satisfies(test) {
            copy.passes |= 1 << UInt64(index)
        }
        return copy
    }

    func passes(_ test: Int) -> Bool { passes & (1 << UInt64(test)) != 0 }

    private func satisfies(_ test: DutyTest) -> Bool {
        if let longerThan = test.longerThan, wallLength <= longerThan { return false }
        if let inside = test.inside, wallMinutes(inside: inside) < test.insideAtLeast { return false }
        if let before = test.startsBefore, startMinute >= before.minute { return false }
        if let from = test.startsFrom, startMinute < from.minute { return false }
        if let after = test.endsAfter, startMinute + wallLength <= after.minute { return false }
        if let wanted = test.onCall, wanted != onCall { return false }
        if !test.weekdays.isEmpty, !test.weekdays.contains(weekday) { return false }
        if !test.shifts.isEmpty, shift.map({ !test.shifts.contains($0) }) ?? true { return false }
        return true
    }

    /// Working minutes outside the plain hours of weekdays, bank holidays being outside throughout.
    func premiumMinutes(_ plain: DutyTest.Span, startingOn day: Day) -> Int {
        guard wallLength > 0 else { return 0 }
        let plainEnd = plain.to > plain.from ? plain.to.minute : plain.to.minute + 1440
        var inside = 0
        for offset in -1...1 {
            let day = day.advanced(by: offset)
            guard day.weekday < .saturday, !day.isBankHoliday else { continue }
            let low = max(startMinute, plain.from.minute + offset * 1440)
            let high = min(startMinute + wallLength, plainEnd + offset * 1440)
            inside += max(0, high - low)
        }
        return working * (wallLength - inside) / wallLength
    }

    /// Wall-clock minutes inside one occurrence of a daily span, the one that the duty is most inside.
    func wallMinutes(inside span: DutyTest.Span) -> Int {
        let spanEnd = span.to > span.from ? span.to.minute : span.to.minute + 1440
        return (-1...2).reduce(0) { most, shift in
            let low = max(startMinute, span.from.minute + shift * 1440)
            let high = min(startMinute + wallLength, spanEnd + shift * 1440)
            return max(most, high - low)
        }
    }
}

/// One day of the calendar as the automata see it.
struct DayFacts {
    let day: Day
    /// Midnight at its start and at its end, in minutes since 1970 in UTC.
    let start: Int
    let end: Int

    init(_ day: Day) {
        self.day = day
        start = London.instant(day, minute: 0).minutes
        end = London.instant(day.advanced(by: 1), minute: 0).minutes
    }
}
