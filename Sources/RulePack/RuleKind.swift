import Roster

/// A test that a duty passes or fails, on the wall clock in London. All tests that are stated must pass.
///
/// So "night" and "long shift" are data of each pack, not words in the code: a resident doctor's night has at
/// least 3 hours inside 23:00 to 06:00, a long shift is rostered for more than 10 hours.
public struct DutyTest: Hashable, Sendable, Codable {
    /// A span of the wall clock; at or before `from`, `to` means the next day.
    public struct Span: Hashable, Sendable, Codable {
        public let from: ClockTime
        public let to: ClockTime

        public init(from: ClockTime, to: ClockTime) {
            self.from = from
            self.to = to
        }
    }

    /// The word people read: `night`, `long shift`, `any`.
    public let name: String
    /// Wall-clock length from start to end, in minutes, of more than this.
    public let longerThan: Int?
    /// At least so many wall-clock minutes of the duty inside one occurrence of the span, which may start on
    /// any day from the one before the duty.
    public let inside: Span?
    public let insideAtLeast: Int
    /// Starts before this time of its day.
    public let startsBefore: ClockTime?
    /// Starts at or after this time of its day.
    public let startsFrom: ClockTime?
    /// Ends after this time of its starting day (an end on the next day is after every time).
    public let endsAfter: ClockTime?
    /// True: only on-call from home. False: never on-call from home. Nil: both.
    public let onCall: Bool?
    /// Starts on one of these weekdays; empty means all.
    public let weekdays: Set<Weekday>
    /// Only these shift types; empty means all.
    public let shifts: Set<ShiftType.ID>

    public init(
        name: String, longerThan: Int? = nil, inside: Span? = nil, insideAtLeast: Int = 1,
        startsBefore: ClockTime? = nil, startsFrom: ClockTime? = nil, endsAfter: ClockTime? = nil,
        onCall: Bool? = nil, weekdays: Set<Weekday> = [], shifts: Set<ShiftType.ID> = []
    ) {
        self.name = name
        self.longerThan = longerThan
        self.inside = inside
        self.insideAtLeast = insideAtLeast
        self.startsBefore = startsBefore
        self.startsFrom = startsFrom
        self.endsAfter = endsAfter
        self.onCall = onCall
        self.weekdays = weekdays
        self.shifts = shifts
    }

    public static let any = DutyTest(name: "any")
}

/// One way to have had enough rest: `count` rests of `rest` each within every `days` days.
public struct RestPattern: Hashable, Sendable, Codable {
    public let rest: ElapsedMinutes
    public let count: Int
    public let days: Int

    public init(rest: ElapsedMinutes, count: Int, days: Int) {
        self.rest = rest
        self.count = count
        self.days = days
    }
}

/// What a rule says, in a form that two independent readers understand: the engine's automata and the
/// checker's instants. Numbers are parameters; nothing about a regulation is a literal in the code.
///
/// "Consecutive" duties are duties that start on consecutive days. History counts as if it were rostered.
public enum RuleKind: Hashable, Sendable, Codable {
    /// At least so much elapsed time between the end of a duty that passes the one test and the start of the next that
    /// passes the other. What lies between and passes neither, as being on call from home, changes nothing.
    case restBetween(minimum: ElapsedMinutes, after: DutyTest, before: DutyTest)
    /// Uninterrupted elapsed rest: in every window of consecutive days inside the period (00:00 to 24:00, as
    /// long as the longest pattern's `days`, each later by a day) one of the patterns holds. A shorter
    /// pattern holds if it does in each of its own windows inside that one. Rests are counted inside the
    /// window, and do not overlap. A rest longer than `rest` by a multiple counts as that many. A period
    /// shorter than the longest pattern has no window, and passes.
    case restWithin([RestPattern])
    /// Mean working minutes a week over the reference weeks that end with the period, history included,
    /// leave neutralised; `optedOut` is the limit for people who signed the opt-out (nil: none).
    ///
    /// The reference starts `weeks` × 7 days before the end of the period, but not before the day of the
    /// person's first duty in the history (without any: the first day of the period). Its days are those on
    /// which the person is employed and not on leave of any kind; its minutes are those of all duties that
    /// start in it. The rule holds if minutes × 7 ≤ maximum × days. Where the history breaks that alone
    /// (its minutes × 7 > maximum × days), the breach is inherited and the period is judged by its own
    /// minutes and days.
    case meanWeek(maximum: WorkingMinutes, optedOut: WorkingMinutes?, weeks: Int)
    /// Mean working minutes in each 24 hours for night workers: mean week ÷ 6 days must not exceed it. A
    /// night worker has at least `nights` duties that pass the test in the period. Judged as ``meanWeek``
    /// with six times the maximum; no opt-out lifts it.
    case nightWorkerMean(maximum: WorkingMinutes, night: DutyTest, nights: Int, weeks: Int)
    /// Working minutes in every window of so much elapsed time, wherever it starts. A duty that lies partly
    /// inside counts in proportion to its elapsed minutes inside, rounded down. It is enough to look at the
    /// windows that start when a duty starts and those that end when a duty ends.
    case rollingHours(maximum: WorkingMinutes, window: ElapsedMinutes)
    /// Length of a duty on the wall clock, in minutes.
    case dutyLength(maximum: Int, of: DutyTest)
    /// At most so many duties in a row, on consecutive days, all of which pass the test. If `rest` is given
    /// it must follow a run that reaches `restFrom` duties, before the next duty of any kind.
    case runMaximum(of: DutyTest, maximum: Int, rest: ElapsedMinutes?, restFrom: Int)
    /// After the last duty of a run (duties on consecutive days that pass the test), before the next duty of
    /// any kind that does not continue the run: night, day off, night breaks 46 hours too.
    case restAfterRun(of: DutyTest, minimum: ElapsedMinutes)
    /// At least so many worked days in a row; runs that touch either edge of the period are exempt.
    case runMinimum(worked: Int)
    /// At least so many days off in a row; runs that touch either edge of the period are exempt.
    case offMinimum(days: Int)
    /// In every `outOf` weekends in a row at most `maximum` are worked. A weekend is worked if any part of a
    /// duty falls from `fromSaturday` minutes after Saturday's 00:00 to Sunday's 23:59 (1: 00:01 Saturday).
    /// Windows end with any weekend that a duty of the period can reach and go back into the history.
    case weekends(maximum: Int, outOf: Int, fromSaturday: Int)
    /// At most so many weekends in the whole period in which a duty starts on Saturday or Sunday.
    case weekendTotal(maximum: Int)
    /// In every so many consecutive days, history included, at most so many duties that pass the test start.
    case countWithin(of: DutyTest, maximum: Int, days: Int)
    /// The duty on the next day after one that passes `first` may not pass `second`.
    case succession(first: DutyTest, second: DutyTest)
    /// In no Monday week, history included, may there be duties that pass `first` and duties that pass
    /// `second`.
    case noMixInWeek(first: DutyTest, second: DutyTest)
    /// The duty on the next day after one that passes the test has at most so many working minutes.
    case nextDayMaximum(after: DutyTest, working: WorkingMinutes)
    /// At most so many per cent of working minutes in the period outside `plain` on weekdays (all of
    /// Saturday, Sunday and bank holidays in England is outside). Of a duty's working minutes those outside
    /// are in proportion to its wall-clock minutes outside, rounded down.
    case outOfHoursShare(percent: Int, plain: DutyTest.Span)
    /// Total of paid minutes in the period.
    case totalPaid(minimum: PaidMinutes, maximum: PaidMinutes)
    /// At most so many duties of each of these shift types in the period.
    case shiftTotals([ShiftType.ID: Int])
    /// Mean programmed activities a week over the period may not exceed this; plain and premium minutes to
    /// an activity differ. Premium minutes are counted as for ``outOfHoursShare``; weeks are days ÷ 7.
    case programmedActivities(maximum: Double, plainMinutes: Int, premiumMinutes: Int, plain: DutyTest.Span)
    /// Breaks of a shift type, on-call from home excepted: for wall lengths above each threshold, at least so
    /// many breaks of at least so many minutes.
    case breaks([BreakRule])
    /// Nobody is on call from home for a unit and role in which a colleague works a shift that counts for
    /// cover and overlaps the on-call.
    case onCallDuplicate
    /// A rule for people to keep; stated, not computed.
    case described

    /// A step of ``breaks(_:)``.
    public struct BreakRule: Hashable, Sendable, Codable {
        public let longerThan: Int
        public let count: Int
        public let minutes: ElapsedMinutes

        public init(longerThan: Int, count: Int, minutes: ElapsedMinutes) {
            self.longerThan = longerThan
            self.count = count
            self.minutes = minutes
        }
    }
}
