import Roster
import RulePack

/// A duty on its day of the period (negative days are history): what path rules ask, in plain numbers.
struct PlacedDuty {
    let day: Int
    /// Day × kinds + kind; −1 for history.
    let cell: Int
    let start: Int
    let end: Int
    let working: Int
    let passes: UInt64

    init(day: Int, cell: Int, _ facts: DutyFacts) {
        self.day = day
        self.cell = cell
        start = facts.start
        end = facts.end
        working = facts.working
        passes = facts.passes
    }

    /// The same duty in a part of the period.
    init(_ duty: PlacedDuty, day: Int, cell: Int) {
        self.day = day
        self.cell = cell
        start = duty.start
        end = duty.end
        working = duty.working
        passes = duty.passes
    }

    func passes(_ test: Int) -> Bool { passes & (1 << UInt64(test)) != 0 }
}

/// A rule whose memory is too long for an automaton: it is relaxed in pricing and tested on whole lines.
struct PathRule: Sendable {
    enum Kind: Sendable {
        case restWithin([RestPattern])
        case rollingHours(maximum: Int, window: Int)
        case meanWeek(maximum: Int, weeks: Int)
        case nightWorkerMean(maximum: Int, test: Int, nights: Int, weeks: Int)
        case outOfHoursShare(percent: Int, plain: DutyTest.Span)
        case shiftTotal(ShiftType.ID, Int)
        case programmedActivities(
            maximum: Double, plainMinutes: Int, premiumMinutes: Int, plain: DutyTest.Span)
    }

    let id: String
    /// Nil for a hard rule.
    let penalty: Int64?
    let kind: Kind

    /// It limits mean work, so that no few duties break it.
    var isMean: Bool {
        switch kind {
        case .meanWeek, .nightWorkerMean: true
        default: false
        }
    }

    init(_ rule: Rule, _ kind: Kind, _ weights: Weights) {
        id = rule.id
        penalty = rule.penalty(weights)
        self.kind = kind
    }
}
