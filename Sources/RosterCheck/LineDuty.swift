import Roster
import RulePack

/// One stretch of work of one person, from the history or the rota, on both clocks.
struct LineDuty {
    let start: Instant
    let end: Instant
    /// Start and end on the wall clock in London, in minutes since 1970-01-01 00:00 there.
    let startWall: Int
    let endWall: Int
    let working: Int
    let paid: Int
    let kind: ShiftKind
    /// Nil in the history, which does not say.
    let shift: ShiftType.ID?
    let isHistory: Bool
    /// A booking is paid beside the contract.
    let isBooking: Bool
    /// Worked for another organisation: what it breaks by itself is not this rota's.
    let isAway: Bool

    /// - Parameter isBooked: whether a confirmed booking is for it; that the rota calls it one is not enough.
    init(_ duty: Duty, kind: ShiftKind, isBooked: Bool = false, isAway: Bool = false) {
        start = duty.start
        end = duty.end
        startWall = duty.start.minutes + duty.start.offset
        endWall = duty.end.minutes + duty.end.offset
        working = duty.working.count
        paid = duty.paid.count
        self.kind = kind
        shift = isAway ? nil : duty.shift
        isHistory = false
        isBooking = isBooked && duty.source == .booking
        self.isAway = isAway
    }

    /// It is paid as a duty at home is.
    init(_ away: AwayDuty) { self.init(away.duty, kind: .work, isAway: true) }

    init(_ duty: HistoryDuty) {
        start = duty.start
        end = duty.end
        startWall = duty.start.minutes + duty.start.offset
        endWall = duty.end.minutes + duty.end.offset
        working = duty.working.count
        paid = duty.paid.count
        kind = duty.kind
        shift = nil
        isHistory = true
        isBooking = false
        isAway = false
    }

    /// The day on which it starts.
    var day: Day { Day(ordinal: startWall / 1440) }
    var wallLength: Int { endWall - startWall }
    var elapsed: Int { (end - start).count }
    var stretch: Breach.Stretch { Breach.Stretch(start: start, end: end) }

    /// Every test that is stated passes.
    func passes(_ test: DutyTest) -> Bool {
        let midnight = startWall / 1440 * 1440
        if let longerThan = test.longerThan, wallLength <= longerThan { return false }
        if let span = test.inside, mostMinutes(inside: span) < test.insideAtLeast { return false }
        if let limit = test.startsBefore, startWall - midnight >= limit.minute { return false }
        if let limit = test.startsFrom, startWall - midnight < limit.minute { return false }
        if let limit = test.endsAfter, endWall - midnight <= limit.minute { return false }
        if let onCall = test.onCall, onCall != (kind == .onCall) { return false }
        if !test.weekdays.isEmpty, !test.weekdays.contains(day.weekday) { return false }
        if !test.shifts.isEmpty, !(shift.map(test.shifts.contains) ?? false) { return false }
        return true
    }

    /// The most wall-clock minutes inside any one occurrence of the span.
    private func mostMinutes(inside span: DutyTest.Span) -> Int {
        occurrences(of: span).map { $0.minutes }.max() ?? 0
    }

    /// Working minutes outside `plain` on weekdays that are no bank holidays, in proportion, rounded down.
    func workingOutside(_ plain: DutyTest.Span) -> Int {
        guard wallLength > 0 else { return 0 }
        let inside = occurrences(of: plain)
            .filter { $0.day.weekday < .saturday && !$0.day.isBankHoliday }
            .reduce(0) { $0 + $1.minutes }
        return working * (wallLength - inside) / wallLength
    }

    /// Each occurrence of the span that can touch the duty, with the minutes they share.
    private func occurrences(of span: DutyTest.Span) -> [(day: Day, minutes: Int)] {
        let length =
            span.to > span.from ? span.to.minute - span.from.minute : span.to.minute + 1440 - span.from.minute
        // A duty that ends before it starts has wrong times, which is said elsewhere, and touches nothing.
        guard startWall < endWall else { return [] }
        return (startWall / 1440 - 1...endWall / 1440).map { ordinal in
            let from = ordinal * 1440 + span.from.minute
            return (Day(ordinal: ordinal), max(0, min(endWall, from + length) - max(startWall, from)))
        }
    }

    /// Elapsed minutes that lie in a window.
    func elapsed(from: Instant, to: Instant) -> Int {
        max(0, min(end, to).minutes - max(start, from).minutes)
    }
}
